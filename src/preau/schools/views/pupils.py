"""By hand, in under a minute: a pupil arrives, changes class, leaves."""

from functools import partial

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate, now

from preau.kit.dates import day_text
from preau.kit.names import of_name
from preau.kit.views import signed_in, submit
from preau.schools import actions, forms, queries
from preau.schools.correcting_forms import PupilCorrectionForm
from preau.schools.views.likeness import NEW, guardian_asked, guardian_page
from preau.schools.views.loading import form_page, pupil_to_change, school_to_keep


@signed_in("GET", "POST")
def arrival(request, school_id):
    """« Un élève arrive »: one form; a likeness is put to the head before anything is written."""
    today, school = localdate(), school_to_keep(request, school_id)
    form = forms.ArrivalForm(request.POST or None, classrooms=queries.current_classrooms(school, today), today=today)
    back = reverse("schools:school", kwargs={"school_id": school.pk})
    if not (request.method == "POST" and form.is_valid()):
        return form_page(
            request, form, title="Un élève arrive", button="Inscrire", back=back, template="schools/arrival.html"
        )
    facts = form.facts()
    names = {name: facts[name] for name in ("last_name", "first_name", "birth_date")}
    likely = queries.likely_same_pupils(school, **names)
    answer = request.POST.get("answer", "")
    same_as = next((pupil for pupil in likely if str(pupil.pk) == answer), None)
    if likely and not same_as and answer != NEW:
        return render(request, "schools/likeness.html", _likeness(form, likely, school, back))
    entries = []
    for number, entry in enumerate(facts["guardians"], 1):
        entry, asked = guardian_asked(request, school, entry, f"answer_{number}")
        if asked:
            return guardian_page(request, form, entry=entry, known=asked, name=f"answer_{number}", back=back)
        entries.append(entry)
    return _enrol(request, school, facts | {"guardians": tuple(entries)}, same_as)


def _likeness(form, likely, school, back):
    known = [(pupil, queries.enrolments_of(pupil, [school.pk])[0]) for pupil in likely[:3]]
    return {"form": form, "known": known, "written": form.cleaned_data, "back": back}


def _left_to_do(guardians_count):
    if not guardians_count:
        return "Il reste à dire qui répond de cet élève."
    whom = "à son responsable sa" if guardians_count == 1 else "à chaque responsable sa"
    return f"Il reste à remettre {whom} fiche de connexion."


def _enrol(request, school, facts, same_as):
    made = actions.enrol_pupil(school=school, same_as=same_as, person=request.person, now=now(), **facts)
    where = made.classroom.name if made.classroom else "l’école, sans classe pour l’instant"
    is_later = made.starts_on > localdate()
    when = f"sera, le {day_text(made.starts_on)}," if is_later else "est"
    said = f"{made.pupil.full_name} {when} dans {where}."
    messages.success(request, f"{said} {_left_to_do(len(facts['guardians']))}")
    return redirect("schools:pupil", pupil_id=made.pupil_id)


@signed_in("GET", "POST")
def pupil_correction(request, pupil_id):
    """« Corriger » how a pupil is named, or a birth date."""
    pupil, enrolment = pupil_to_change(request, pupil_id)
    form = PupilCorrectionForm(request.POST or None, pupil=pupil, today=localdate())
    back = reverse("schools:pupil", kwargs={"pupil_id": pupil.pk})
    if request.method == "POST" and form.is_valid():
        corrected = actions.correct_person(
            known=pupil, values=form.cleaned_data, place_id=enrolment.school_id, person=request.person, now=now()
        )
        messages.success(request, f"C’est corrigé\u00a0: {corrected.full_name}. Sa classe le lit ainsi.")
        return redirect(back)
    return form_page(
        request,
        form,
        title=f"Corriger {pupil.full_name}",
        button="Corriger",
        back=back,
        lead="Corrigez aussi dans ONDE\u00a0: sinon, le prochain fichier proposera l’ancienne écriture.",
    )


@signed_in("GET", "POST")
def change_class(request, pupil_id):
    """« Change de classe », from a day."""
    today = localdate()
    pupil, enrolment = pupil_to_change(request, pupil_id)
    others = queries.current_classrooms(enrolment.school, today).exclude(pk=enrolment.classroom_id)
    form = forms.ChangeClassForm(
        request.POST or None, classrooms=others, initial={"level": enrolment.level, "on": today}
    )
    back = reverse("schools:pupil", kwargs={"pupil_id": pupil.pk})
    if submit(request, form, partial(actions.change_class, enrolment=enrolment, person=request.person, now=now())):
        said = f"{pupil.first_name} change pour {form.cleaned_data['classroom'].name}"
        since = day_text(form.cleaned_data["on"])
        messages.success(request, f"{said} le {since}. Sa famille lit ce que cette classe publie dès ce jour-là.")
        return redirect(back)
    return form_page(
        request,
        form,
        title=f"{pupil.full_name} change de classe",
        button="Changer de classe",
        back=back,
        lead=f"Aujourd’hui\u00a0: {enrolment.classroom.name if enrolment.classroom else 'sans classe'}.",
    )


@signed_in("GET", "POST")
def leaving(request, pupil_id):
    """« Part », with its last day; « Annuler » stays on the record for 30 days."""
    pupil, enrolment = pupil_to_change(request, pupil_id)
    form = forms.LeavingForm(request.POST or None, initial={"on": localdate()})
    back = reverse("schools:pupil", kwargs={"pupil_id": pupil.pk})
    if submit(request, form, partial(actions.end_enrolment, enrolment=enrolment, person=request.person, now=now())):
        said = f"Le départ {of_name(pupil.full_name)} est noté, le {day_text(form.cleaned_data['on'])} au soir."
        messages.success(request, f"{said} Sa famille garde ce qu’elle a reçu, et ne lit pas la suite.")
        return redirect(back)
    return form_page(request, form, title=f"{pupil.full_name} part", button="Noter le départ", back=back)


@signed_in("POST")
def leaving_taken_back(request, pupil_id):
    """« Annuler » a leaving."""
    pupil, enrolment = pupil_to_change(request, pupil_id)
    actions.take_back_leaving(enrolment=enrolment, person=request.person, now=now())
    said = f"Le départ {of_name(pupil.full_name)} est annulé."
    messages.success(request, f"{said} Sa famille lit de nouveau ce que sa classe publie.")
    return redirect("schools:pupil", pupil_id=pupil.pk)
