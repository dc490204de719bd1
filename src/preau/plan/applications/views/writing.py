"""The team's own pages: begin, type section by section, file, withdraw, take up again."""

import uuid
from datetime import date

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate, now

from preau.kit.answers import require
from preau.kit.dates import day_text
from preau.kit.money import NBSP
from preau.kit.names import of_name
from preau.kit.views import form_page, signed_in
from preau.plan.ambitions.queries import ambitions_of
from preau.plan.applications import actions, forms, queries, rules
from preau.plan.applications.models import SECTIONS, Authority
from preau.plan.applications.views.loading import call_in_sight, file_in_sight, known_of
from preau.plan.premises.models import CouncilNotice
from preau.schools.queries import teachers_of

ORDER = list(SECTIONS)
NO_DISTRICT = f"L’école n’a pas de circonscription{NBSP}: la DSDEN demandera l’avis de l’IEN dès qu’elle en aura."
SOMEONE_FIRST = "Quelqu’un d’autre a enregistré cette rubrique avant vous."


@signed_in("POST")
def application_start(request, call_id):
    """« Commencer la candidature »"""
    call = call_in_sight(request, call_id)
    schools = rules.schools_in_reach(request.person, localdate()).filter(city=call.city_id)
    taught = schools.filter(id__in=rules.schools_taught_by(request.person, localdate()))
    wanted = request.POST.get("school")
    school = _among(taught, wanted) if wanted else (taught.first() or schools.first())
    require(rules.can_start_application(request.person, call, school, now()))
    application = actions.start_application(person=request.person, call=call, school=school, now=now())
    return redirect("applications:application_detail", application_id=application.id)


def _among(schools, wanted):
    """The school posted, or the page of what does not exist: also for what is no identifier."""
    for school in schools:
        if str(school.id) == wanted:
            return school
    raise Http404


@signed_in("POST")
def take_up_create(request, application_id):
    """« Reprendre le dossier de 2025-2026 »"""
    file = file_in_sight(request, application_id)
    require(rules.can_take_up(request.person, file, queries.file_to_take_up(file), now()))
    count = actions.take_up(person=request.person, application=file, now=now())
    said = f"{count} réponse{'s sont reprises' if count > 1 else ' est reprise'}. Relisez-les avant de déposer."
    messages.success(request, said if count else f"Tout était déjà écrit{NBSP}: rien n’a été repris.")
    return redirect(_file_address(file))


@signed_in("GET", "POST")
def section_edit(request, application_id, section, use_told_of):
    """One section of the form. Saved as one types where the browser can; by the button everywhere."""
    if section not in SECTIONS:
        raise Http404
    file = file_in_sight(request, application_id, section)
    require(rules.can_edit_application(request.person, file, now()))
    kept = getattr(file, "kept", None)  # Django leaves out what the join did not find
    form = _section_form(request, file, section, kept)
    context = {"file": file, "section": section, "title": SECTIONS[section], "form": form, "kept": kept, "now": now()}
    if request.method != "POST":
        return render(request, "applications/section_form.html", context | _around(file, section, use_told_of))
    is_typing = request.headers.get("HX-Request") == "true"
    if form.is_valid():
        try:
            row = actions.save_section(
                person=request.person,
                application=file,
                section=section,
                now=now(),
                answers=form.answers(),
                columns=form.columns(),
                version=form.cleaned_data["version"],
                page=form.cleaned_data["page"],
            )
        except actions.SectionChanged as changed:
            context |= _beside(request, form, changed.current)
        else:
            if is_typing:
                return render(request, "applications/_saved.html", {"row": row})
            messages.success(
                request, f"«{NBSP}{SECTIONS[section]}{NBSP}» est enregistré. Il reste à déposer le dossier."
            )
            return redirect(_after(request, file, section))
    if is_typing:
        status = 422 if "X-Leaving" in request.headers else 200  # nobody reads it then: kept for who comes back
        return render(request, "applications/_saved.html", context, status=status)
    return render(request, "applications/section_form.html", context | _around(file, section, use_told_of), status=422)


def _section_form(request, file, section, kept):
    fields = queries.public_fields(file, section)
    initial = {"version": kept.version if kept else 0, "page": uuid.uuid4()} | (kept.answers if kept else {})
    if section == "projet":
        initial |= {"title": file.title, "project": file.project, "ambitions": file.ambitions.all()}
    if section == "equipe":
        posts = file.posts_count or teachers_of(file.school, localdate()).count() or None
        initial |= {"committed_count": file.committed_count, "posts_count": posts}
    if section == "conseils":
        initial |= {
            "teachers_council_on": file.teachers_council_on,
            "school_council_on": file.school_council_on or _council_told_on(file.school),
        }
    return forms.SectionForm(
        request.POST or None, initial=initial, section=section, fields=fields, ambitions=ambitions_of(file.school.city)
    )


def _council_told_on(school):
    """Already written among the premises: proposed, not typed again."""
    told = CouncilNotice.objects.filter(school=school, subject=CouncilNotice.Subject.PROJECT).order_by("-held_on")
    return told.values_list("held_on", flat=True).first()


def _around(file, section, use_told_of):
    """What Préau knows of this section, the sections before and after."""
    place = ORDER.index(section)
    return {
        "known": known_of(file.school, use_told_of, section),
        "place": place + 1,
        "total": len(ORDER),
        "previous": ORDER[place - 1] if place else "",
        "next": ORDER[place + 1] if place + 1 < len(ORDER) else "",
        "sections": SECTIONS.items(),
    }


def _beside(request, form, current):
    """Someone saved first: what they wrote stands beside what was typed, which stays in the form."""
    theirs = []
    for question in form.questions:
        value = queries.as_text(question, current.answers.get(question.key))
        if value != queries.as_text(question, form.cleaned_data.get(question.key)):
            theirs.append((question.label, value))
    columns = form.columns()
    for name in (each for each in form.fields if each in columns):
        value = _as_text(_kept_column(current.application, name))
        if value != _as_text(columns[name]):
            theirs.append((form.fields[name].label, value))
    is_own = current.saved_by_id == request.person.pk
    who = "Vous avez enregistré cette rubrique depuis une autre page." if is_own else SOMEONE_FIRST
    form.add_error(None, f"{who} Comparez, puis enregistrez.")
    form.data = form.data.copy()
    form.data["version"] = current.version
    return {"other": current, "theirs": theirs}


def _kept_column(file, name):
    return file.ambitions.all() if name == "ambitions" else getattr(file, name)


def _as_text(value):
    """A day, several ambitions, a number or a text, as it is read."""
    if isinstance(value, QuerySet):
        return ", ".join(sorted(ambition.label for ambition in value))
    return day_text(value) if isinstance(value, date) else "" if value is None else str(value)


def _after(request, file, section):
    """The next section for « Enregistrer et continuer », the file otherwise."""
    place = ORDER.index(section)
    if "continue" in request.POST and place + 1 < len(ORDER):
        return _section_address(file, ORDER[place + 1])
    return _file_address(file)


def _section_address(file, section):
    return reverse("applications:section_edit", kwargs={"application_id": file.id, "section": section})


def _file_address(file):
    return reverse("applications:application_detail", kwargs={"application_id": file.id})


@signed_in("GET", "POST")
def submission_create(request, application_id, use_told_of):
    """« Déposer »: what lacks, section by section; then one button."""
    file = file_in_sight(request, application_id)
    require(rules.can_submit_application(request.person, file, now()))
    missing = queries.missing_for_submission(file, localdate())
    if request.method == "POST":
        try:
            known = known_of(file.school, use_told_of)
            copy = actions.submit(person=request.person, application=file, known=known, now=now())
        except actions.NotReady as refused:
            missing = refused.missing
        else:
            messages.success(request, f"Le dossier est déposé (copie {copy.number}). {_who_knows(file)}")
            return redirect("applications:application_detail", application_id=file.id)
    status = 422 if request.method == "POST" else 200
    return render(request, "applications/submission_form.html", {"file": file, "missing": missing}, status=status)


def _who_knows(file):
    if file.school.district_id is None:
        return NO_DISTRICT
    has_ien = Authority.IEN not in rules.pens_unheld(file.school, localdate())
    return "L’IEN est prévenu à l’écran." if has_ien else "L’IEN n’est pas encore nommé dans Préau."


@signed_in("GET", "POST")
def withdrawal_create(request, application_id):
    """« Retirer la candidature »"""
    file = file_in_sight(request, application_id)
    require(rules.can_withdraw_application(request.person, file, localdate()))
    form = forms.TextForm(
        request.POST or None,
        label="Pourquoi",
        hint="Lu de tous ceux qui lisent le dossier.",
        required=False,
        longest=2000,
    )
    if request.method == "POST" and form.is_valid():
        actions.withdraw(person=request.person, application=file, reason=form.cleaned_data["text"], now=now())
        messages.success(
            request,
            f"La candidature {of_name(file.school.shown_name)} est retirée. Ses lecteurs le voient, "
            "aucun avis n’est plus attendu.",
        )
        return redirect("applications:application_detail", application_id=file.id)
    return form_page(
        request,
        form,
        title="Retirer la candidature",
        button="Retirer",
        back=_file_address(file),
        eyebrow=file.school.shown_name,
    )


@signed_in("POST")
def reopening_create(request, application_id):
    """Back in the school's hands."""
    file = file_in_sight(request, application_id)
    require(rules.can_reopen_application(request.person, file, now()))
    actions.reopen(person=request.person, application=file, now=now())
    messages.success(
        request, f"La candidature {of_name(file.school.shown_name)} est rouverte. L’équipe de l’école est attendue."
    )
    return redirect("applications:application_detail", application_id=file.id)
