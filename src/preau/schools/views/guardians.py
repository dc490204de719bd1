"""A guardian is added, ended, restricted by a decision."""

from django.contrib import messages
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.timezone import localdate, now

from preau.kit.answers import require
from preau.kit.dates import day_text
from preau.kit.names import of_name
from preau.kit.views import signed_in
from preau.people.models import Badge
from preau.people.queries.cards import badges_of
from preau.schools import actions, forms, queries, rules
from preau.schools.correcting_forms import GuardianCorrectionForm
from preau.schools.views.likeness import guardian_asked, guardian_page
from preau.schools.views.loading import form_page, link_to_change, newest_enrolment, pupil_to_change

CARD_ENDED = "Sa carte de la maison n’est plus acceptée\u00a0: imprimez-en une autre pour qui la garde."


@signed_in("GET", "POST")
def guardian_new(request, pupil_id):
    """A guardian is added to a child."""
    pupil, enrolment = pupil_to_change(request, pupil_id)
    require(rules.can_change_guardians(request.person, pupil, localdate()))
    form = forms.GuardianForm(request.POST or None, initial={"starts_on": localdate()})
    back = reverse("schools:pupil", kwargs={"pupil_id": pupil.pk})
    if request.method == "POST" and form.is_valid():
        entry, known = guardian_asked(request, enrolment.school, form.entry(), "answer")
        if known:
            return guardian_page(request, form, entry=entry, known=known, name="answer", back=back)
        link = actions.add_guardian(
            child=pupil,
            school=enrolment.school,
            entry=entry,
            starts_on=form.cleaned_data["starts_on"],
            person=request.person,
            now=now(),
        )
        messages.success(request, _added(link))
        return redirect(back)
    return form_page(
        request,
        form,
        title=f"Un responsable pour {pupil.full_name}",
        button="Ajouter",
        back=back,
        lead="Si l’école connaît déjà ce nom avec ce téléphone ou ce courriel, c’est la même personne.",
    )


def _added(link):
    said = f"{link.guardian.full_name} est responsable {of_name(link.child.first_name)}."
    if not link.restricted_on:
        account = getattr(link.guardian, "account", None)
        if account and account.last_login:
            return f"{said} Ce que la classe publie lui est montré dès maintenant."
        return f"{said} Remettez-lui sa fiche de connexion\u00a0: elle lui montrera ce que la classe publie."
    return (
        f"{said} La décision «\u00a0{link.restriction_reference}\u00a0» tient toujours\u00a0: rien ne lui est montré."
    )


@signed_in("GET", "POST")
def guardian_correction(request, link_id):
    """« Corriger »: files say little of a guardian, and people's telephones change."""
    link = link_to_change(request, link_id)
    form = GuardianCorrectionForm(request.POST or None, link=link)
    back = reverse("schools:pupil", kwargs={"pupil_id": link.child_id})
    if request.method == "POST" and form.is_valid():
        school = newest_enrolment(request, link.child, localdate()).school
        actions.correct_guardian(link=link, school=school, person=request.person, now=now(), **form.facts())
        said = f"C’est corrigé pour {form.cleaned_data['first_name']}, et pour tous ses enfants."
        messages.success(request, f"{said} L’école seule lit ses coordonnées.")
        return redirect(back)
    return form_page(
        request,
        form,
        title=f"Corriger {link.guardian.full_name}",
        button="Corriger",
        back=back,
        lead=f"Responsable {of_name(link.child.full_name)}. Les coordonnées et le nom valent pour tous ses enfants.",
    )


@signed_in("GET", "POST")
def guardian_end(request, link_id):
    """No longer answers for the child, after a day."""
    link = link_to_change(request, link_id)
    form = forms.LeavingForm(request.POST or None, initial={"on": localdate()})
    form.fields["on"].label, form.fields["on"].help_text = "Dernier jour", ""
    back = reverse("schools:pupil", kwargs={"pupil_id": link.child_id})
    if request.method == "POST" and form.is_valid():
        actions.end_guardianship(link=link, on=form.cleaned_data["on"], person=request.person, now=now())
        said = f"{link.guardian.full_name} n’est plus responsable {of_name(link.child.first_name)}"
        last = day_text(form.cleaned_data["on"])
        messages.success(request, f"{said} après le {last}, et ne lit plus rien de ce qui se publie ensuite.")
        return redirect(back)
    title = f"{link.guardian.full_name} n’est plus responsable"
    return form_page(request, form, title=title, button="Noter la fin", back=back)


@signed_in("GET", "POST")
def reading_language(request, link_id):
    """What this guardian reads better than French."""
    link = link_to_change(request, link_id)
    guardian, enrolment = link.guardian, newest_enrolment(request, link.child, localdate())
    form = forms.LanguageForm(request.POST or None, initial={"language": guardian.reading_language})
    back = reverse("schools:pupil", kwargs={"pupil_id": link.child_id})
    if request.method == "POST" and form.is_valid():
        actions.note_reading_language(
            guardian=guardian, school=enrolment.school, person=request.person, now=now(), **form.cleaned_data
        )
        read = guardian.get_reading_language_display() or "le français"
        messages.success(request, f"C’est noté\u00a0: {guardian.full_name} lit plutôt {read}. Qui publie le saura.")
        return redirect(back)
    return form_page(
        request,
        form,
        title=f"La langue que lit {guardian.full_name}",
        button="Noter la langue",
        back=back,
        lead="Préau écrit en français. Cette note rappelle à l’école de dire aussi les choses de vive voix.",
    )


@signed_in("GET", "POST")
def restriction(request, link_id):
    """A decision restricts this guardian: they read nothing of the child any more."""
    link = link_to_change(request, link_id, ended=True)
    form = forms.RestrictionForm(request.POST or None, today=localdate())
    back = reverse("schools:pupil", kwargs={"pupil_id": link.child_id})
    kept = _kept_for(request.person, link)
    if request.method == "POST" and form.is_valid():
        has_card = Badge.Kind.HOME in badges_of([link.child], localdate()).get(link.child_id, {})
        actions.restrict_guardian(link=link, person=request.person, now=now(), **form.cleaned_data)
        said = (
            f"La décision est notée. {link.guardian.full_name} ne lit plus rien {of_name(link.child.first_name)}.{kept}"
        )
        messages.success(request, " ".join((said, *([CARD_ENDED] if has_card else ()), *_password_known(link))))
        return redirect(back)
    return form_page(
        request,
        form,
        title=f"Restreindre {link.guardian.full_name}",
        button="Noter la décision",
        back=back,
        lead="À partir de cette date, cette personne ne lit plus rien de ce qui concerne l’élève. La carte de la "
        f"maison de l’élève, s’il en a une, s’arrête aussitôt.{kept}",
    )


def _kept_for(person, link):
    """A decision often names brothers and sisters, each of whom has a page of their own: it is said."""
    today = localdate()
    others = queries.other_children(link, rules.pupils_visible_to(person, today), today)
    if not others:
        return ""
    names, where = " et ".join(each.first_name for each in others), "sa page" if len(others) == 1 else "leurs pages"
    return f" Rien ne change pour {names}\u00a0: notez-la aussi sur {where}, si elle en parle."


def _password_known(link):
    """A pupil who has an account may have given its password at home: the school closes it on the page that follows."""
    account = getattr(link.child, "account", None)
    if account and account.is_active and account.has_usable_password():
        yield (
            f"{link.child.first_name} a un mot de passe, que {link.guardian.full_name} connaît peut-être\u00a0: "
            "pour qu’il ne serve plus, «\u00a0Fiche de connexion\u00a0» ci-dessous, puis «\u00a0Tout fermer\u00a0»."
        )


@signed_in("POST")
def restriction_lifted(request, link_id):
    """The decision no longer holds."""
    link = link_to_change(request, link_id, ended=True)
    actions.lift_restriction(link=link, person=request.person, now=now())
    said = f"La décision est levée. {link.guardian.full_name} lit de nouveau ce qui se publie pour"
    messages.success(request, f"{said} {link.child.first_name}.")
    return redirect("schools:pupil", pupil_id=link.child_id)
