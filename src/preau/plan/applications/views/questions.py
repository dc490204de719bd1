"""The form of the calls: its versions, the draft one edits, what changed from one to the next."""

from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.timezone import localdate, now

from preau.kit.answers import require
from preau.kit.views import form_page, press, signed_in, table_file
from preau.plan.applications import actions, forms, queries, rules
from preau.plan.applications.models import FormField
from preau.plan.applications.views.loading import city_managed

QUESTIONS = (
    "Version", "Publiée le", "Rubrique", "Question", "Aide", "Réponse", "Choix", "Demandée au dépôt", "Posée à", "Pour",
)  # fmt: skip


def _revision(request, form_id):
    rows = rules.revisions_visible_to(request.person, localdate()).select_related("city")
    return get_object_or_404(rows, id=form_id)


def _question(request, question_id):
    """A question of a form in sight, for who writes it."""
    seen = rules.revisions_visible_to(request.person, localdate())
    field = get_object_or_404(
        FormField.objects.filter(revision__in=seen).select_related("revision__city"), id=question_id
    )
    require(rules.can_manage_calls(request.person, field.revision.city, localdate()))
    return field


def _versions(request):
    """(the city, every version of its form, the last first)"""
    city = city_managed(request)
    require(rules.can_manage_calls(request.person, city, localdate()))
    return city, rules.revisions_visible_to(request.person, localdate()).filter(city=city).order_by("-number")


@signed_in()
def form_list(request):
    """Every version of the city's form."""
    city, rows = _versions(request)
    return render(request, "applications/form_list.html", {"city": city, "revisions": list(rows)})


@signed_in()
def form_export(request, extension):
    """The same versions, one line per question; a version without one has a line."""
    city, revisions = _versions(request)
    rows = []
    for revision in revisions.prefetch_related("fields"):
        head = (revision.number, localdate(revision.published_at) if revision.published_at else "brouillon")
        rows += [(*head, *row) for row in queries.question_rows(revision)] or [(*head, *[""] * 8)]
    return table_file(f"formulaire-{city.slug}-{localdate()}", extension, QUESTIONS, rows)


@signed_in("POST")
def form_start(request):
    """« Commencer une version »: the draft already begun, or a copy of the last."""
    city = city_managed(request)
    require(rules.can_manage_calls(request.person, city, localdate()))
    revision = actions.start_revision(person=request.person, city=city, now=now())
    return redirect("applications:form_detail", form_id=revision.id)


@signed_in()
def form_detail(request, form_id):
    """The questions, section by section; a draft is edited here."""
    revision = _revision(request, form_id)
    manages = rules.can_manage_calls(request.person, revision.city, localdate())
    context = {
        "revision": revision, "sections": queries.sections_of(revision), "may_manage": manages,
        "may_edit": manages and revision.published_at is None,
    }  # fmt: skip
    return render(request, "applications/form_detail.html", context)


@signed_in()
def form_changes(request, form_id):
    """What this version changes from the one before."""
    revision = _revision(request, form_id)
    before = rules.revisions_visible_to(request.person, localdate()).filter(
        city=revision.city, number=revision.number - 1
    )
    before = before.first()
    if before is None:
        raise Http404
    context = {"revision": revision, "before": before, "changes": queries.field_changes(before, revision)}
    return render(request, "applications/form_changes.html", context)


@signed_in("POST")
def form_publication(request, form_id):
    """« Publier cette version »"""
    revision = _revision(request, form_id)
    require(rules.can_manage_calls(request.person, revision.city, localdate()))
    press(request, lambda: actions.publish_revision(person=request.person, revision=revision, now=now()))
    return redirect("applications:form_detail", form_id=revision.id)


@signed_in("GET", "POST")
def question_create(request, form_id):
    """« Ajouter une question »"""
    revision = _revision(request, form_id)
    require(rules.can_manage_calls(request.person, revision.city, localdate()))
    form = forms.QuestionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        press(
            request,
            lambda: actions.add_field(person=request.person, revision=revision, now=now(), **form.cleaned_data),
        )
        return redirect("applications:form_detail", form_id=revision.id)
    return _question_page(request, form, revision, "Ajouter une question")


@signed_in("GET", "POST")
def question_edit(request, question_id):
    """« Changer la question »"""
    field = _question(request, question_id)
    names = ("section", "label", "hint", "kind", "is_required", "audience", "levels")
    initial = {name: getattr(field, name) for name in names} | {"choices": "\n".join(field.choices)}
    form = forms.QuestionForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        press(request, lambda: actions.change_field(person=request.person, field=field, now=now(), **form.cleaned_data))
        return redirect("applications:form_detail", form_id=field.revision_id)
    return _question_page(request, form, field.revision, "Changer la question")


def _question_page(request, form, revision, title):
    return form_page(
        request,
        form,
        title=title,
        button="Enregistrer",
        eyebrow=str(revision).capitalize(),
        back=reverse("applications:form_detail", args=[revision.id]),
    )


@signed_in("POST")
def question_move(request, question_id):
    """One place up, or down with `sens=bas`."""
    field = _question(request, question_id)
    is_up = request.POST.get("sens") != "bas"
    press(request, lambda: actions.move_field(person=request.person, field=field, up=is_up, now=now()))
    return redirect("applications:form_detail", form_id=field.revision_id)


@signed_in("POST")
def question_retirement(request, question_id):
    """« Retirer »: out of this version, the earlier ones keep it."""
    field = _question(request, question_id)
    press(request, lambda: actions.retire_field(person=request.person, field=field, now=now()))
    return redirect("applications:form_detail", form_id=field.revision_id)
