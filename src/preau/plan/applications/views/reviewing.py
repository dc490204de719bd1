"""What reviewers do with a file beside opinions: ask for changes, write, note, close."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate, now

from preau.kit.answers import No, require
from preau.kit.money import NBSP
from preau.kit.views import form_page, signed_in
from preau.plan.applications import actions, forms, rules
from preau.plan.applications.models import FormField
from preau.plan.applications.views.loading import file_in_sight

NO_NOTES = "Les notes internes sont celles des services qui rendent un avis."


def _address(file):
    return reverse("applications:application_detail", args=[file.id])


@signed_in("POST")
def inspection_open(request, application_id):
    """The school has its circonscription at last: the IEN is asked."""
    file = file_in_sight(request, application_id)
    require(rules.can_open_inspector_review(request.person, file, localdate()))
    actions.open_inspector_review(person=request.person, application=file, now=now())
    messages.success(
        request,
        f"{file.school.shown_name}{NBSP}: l’avis est demandé à l’IEN, qui le voit à son accueil avec son délai.",
    )
    return redirect(_address(file))


@signed_in("GET", "POST")
def change_request_create(request, application_id):
    """« Demander des modifications »"""
    file = file_in_sight(request, application_id)
    require(rules.can_request_changes(request.person, file, localdate()))
    form = forms.TextForm(request.POST or None, label="Ce que l’école doit reprendre")
    if request.method == "POST" and form.is_valid():
        actions.request_changes(person=request.person, application=file, text=form.cleaned_data["text"], now=now())
        messages.success(
            request, f"{file.school.shown_name} a de nouveau son dossier, avec votre demande. Son équipe est attendue."
        )
        return redirect(_address(file))
    return form_page(
        request,
        form,
        title="Demander des modifications",
        button="Rendre le dossier à l’école",
        back=_address(file),
        eyebrow=file.school.shown_name,
        lead="L’école corrige, puis dépose une nouvelle copie. Les avis se rendent sur elle.",
    )


@signed_in("GET", "POST")
def closing_create(request, application_id):
    """« Classer sans suite »"""
    file = file_in_sight(request, application_id)
    require(rules.can_close_application(request.person, file, localdate()))
    form = forms.TextForm(request.POST or None, label="Motif", hint="L’école le lit.", longest=2000)
    if request.method == "POST" and form.is_valid():
        actions.close_without_follow_up(
            person=request.person, application=file, reason=form.cleaned_data["text"], now=now()
        )
        messages.success(
            request,
            f"{file.school.shown_name}{NBSP}: dossier sans suite. L’école lit pourquoi, aucun avis n’est plus attendu.",
        )
        return redirect(_address(file))
    return form_page(
        request,
        form,
        title="Classer sans suite",
        button="Classer sans suite",
        back=_address(file),
        eyebrow=file.school.shown_name,
    )


@signed_in("POST")
def message_create(request, application_id):
    """« Envoyer »; an empty one comes back with the reason."""
    file = file_in_sight(request, application_id)
    require(rules.can_write_message(request.person, file, localdate()))
    form = forms.TextForm(request.POST, label="Votre message")
    if form.is_valid():
        actions.send_message(person=request.person, application=file, text=form.cleaned_data["text"], now=now())
        messages.success(request, "Votre message est envoyé. L’école et les autorités de ce dossier le lisent.")
        return redirect(f"{_address(file)}#messages")
    return form_page(
        request,
        form,
        title="Écrire sur le dossier",
        button="Envoyer",
        back=_address(file),
        eyebrow=file.school.shown_name,
    )


@signed_in("GET", "POST")
def note_list(request, application_id):
    """One's service's own notes, question by question."""
    file = file_in_sight(request, application_id)
    today = localdate()
    authorities = rules.authorities_of(request.person, file.school, today)
    require(rules.can_write_notes(request.person, file, authorities[0], today) if authorities else No(NO_NOTES))
    authority = authorities[0]
    wrong = None
    if request.method == "POST":
        wrong = _save_note(request, file, authority)
        if wrong is None:
            messages.success(request, "La note est enregistrée, avec votre nom et le jour. Votre service seul la lit.")
            return redirect("applications:note_list", application_id=file.id)
    questions = _questions(file).order_by("position", "id")
    kept = {n.question: n for n in rules.notes_visible_to(request.person, file, authority, today)}
    cards = [(q, kept.get(q.key), _note_form(q, kept.get(q.key), wrong)) for q in questions]
    context = {"file": file, "authority": authority, "cards": cards}
    return render(request, "applications/note_list.html", context, status=422 if wrong else 200)


def _questions(file):
    return file.call.form_revision.fields.put_to(file.school).filter(audience=FormField.Audience.ANNOTATION)


def _note_form(question, note, wrong):
    """The form that came back when it is this question's, else what is kept."""
    if wrong is not None and wrong.data.get("question") == question.key:
        return wrong
    initial = {"version": note.version if note else 0, "question": question.key, "text": note.text if note else ""}
    return forms.NoteForm(initial=initial, auto_id=f"id_{question.key}_%s")


def _save_note(request, file, authority):
    """None once saved; else the form with what was typed and why not."""
    asked = request.POST.get("question", "")
    known = _questions(file).filter(key=asked).exists()
    form = forms.NoteForm(request.POST, auto_id=f"id_{asked}_%s")
    if not known or not form.is_valid():
        return form
    try:
        actions.save_note(person=request.person, application=file, authority=authority, now=now(), **form.cleaned_data)
    except actions.NoteChanged as changed:
        form.add_error(None, f"Un collègue a changé cette note. La sienne{NBSP}: «{NBSP}{changed.current.text}{NBSP}»")
        form.data = form.data.copy()
        form.data["version"] = changed.current.version
        return form
    return None
