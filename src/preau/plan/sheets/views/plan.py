"""« Importer mon tableau »: give the file, see every difference, apply, undo."""

from functools import partial

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import localdate, now

from preau.kit.answers import Conflict, require
from preau.kit.batches import batches_of
from preau.kit.bodies import of_files
from preau.kit.views import chosen_by_slug, signed_in, table_file
from preau.plan.equipment import rules
from preau.plan.equipment.queries import untold_schools
from preau.plan.sheets import forms, queries
from preau.plan.sheets.actions import left_out
from preau.plan.sheets.actions import plan as actions
from preau.plan.sheets.models import PlanDraft
from preau.plan.sheets.views.columns import Page, say_columns
from preau.plan.sheets.views.tables import (
    apply_seen,
    back_to,
    draft_given,
    say_settled,
    undo_import,
    waits_no_more,
)

TEMPLATE = (
    "École", "UAI", "Nature", "Année", "Classes équipées", "Classes de l’école", "Montant", "HT/TTC", "Latitude",
    "Longitude", "Adresse", "Code postal", "Téléphone", "Courriel", "Source",
)  # fmt: skip
COLUMNS = Page(queries.PLAN, actions, "sheets:import_preview", "sheets:import_columns", "sheets:import_new")


def _writable_city(request, today):
    city, _ = chosen_by_slug(request, rules.cities_visible_to(request.person, today))
    require(rules.can_write_plan(request.person, city, today))
    return city


def _draft(request, draft_id, today):
    drafts = PlanDraft.objects.filter(city__in=rules.cities_visible_to(request.person, today))
    draft = get_object_or_404(drafts.select_related("city"), id=draft_id)
    require(rules.can_write_plan(request.person, draft.city, today))
    return draft


@signed_in("GET", "POST", takes=of_files(1))
def import_new(request):
    """The file, the model to fill, the table that waits, and what was imported before."""
    today = localdate()
    city = _writable_city(request, today)
    form = forms.PlanForm(request.POST or None, request.FILES or None)
    draft = draft_given(form, partial(actions.keep_draft, person=request.person, city=city, now=now()))
    if draft:
        is_read = not draft.reading["missing"]
        return redirect("sheets:import_preview" if is_read else "sheets:import_columns", draft_id=draft.id)
    return _start(request, city, form, today)


def _start(request, city, form, today, in_way=()):
    context = {
        "city": city,
        "form": form,
        "in_way": in_way,
        "imports": batches_of(actions.scope_of(city=city), actions.KIND)[:20],
        "columns": TEMPLATE,
        "left_out": list(queries.open_left_out(city)),
        "untold_count": untold_schools(city, today).count(),
        "waiting": PlanDraft.objects.filter(city=city, batch=None).order_by("-created_at"),
        "may_receive": rules.can_write_acceptances(request.person, city, today),
    }
    return render(request, "sheets/import_new.html", context, status=422 if request.method == "POST" else 200)


@signed_in()
def import_preview(request, draft_id):
    """Every difference with its reason; nothing is written yet."""
    today = localdate()
    draft = _draft(request, draft_id, today)
    if draft.reading.get("missing"):
        return redirect("sheets:import_columns", draft_id=draft.id)
    comparison = actions.compare_draft(draft=draft, now=now())
    classes = queries.classes_received_in(comparison.counts)
    context = {
        "draft": draft, "comparison": comparison, "classes": classes,
        "totals": queries.totals_of(draft.reading, queries.plan_lines_of(draft), comparison.left),
        "is_held": classes and not rules.can_write_acceptances(request.person, draft.city, today),
    }  # fmt: skip
    return render(request, "sheets/import_preview.html", context)


@signed_in("GET", "POST")
def import_columns(request, draft_id):
    """What each column of the table says."""
    return say_columns(request, _draft(request, draft_id, localdate()), COLUMNS)


@signed_in("POST")
def import_answers(request, draft_id):
    """« Garder ces réponses »"""
    draft = _draft(request, draft_id, localdate())
    given = {key: value for key, value in request.POST.items() if key != "csrfmiddlewaretoken"}
    try:
        actions.answer_questions(person=request.person, draft=draft, answers=given, now=now())
    except Conflict as conflict:
        return waits_no_more(request, conflict, draft, "sheets:import_new")
    return redirect("sheets:import_preview", draft_id=draft.id)


@signed_in("POST")
def import_application(request, draft_id):
    """« Appliquer »"""
    draft = _draft(request, draft_id, localdate())
    try:
        is_done = apply_seen(request, partial(actions.apply_draft, person=request.person, draft=draft, now=now()))
    except Conflict as conflict:
        return waits_no_more(request, conflict, draft, "sheets:import_new")
    if not is_done:
        return redirect("sheets:import_preview", draft_id=draft.id)
    return back_to("sheets:import_new", draft.city)


@signed_in("POST")
def import_withdrawal(request, draft_id):
    """« Retirer ce tableau »"""
    draft = _draft(request, draft_id, localdate())
    if draft.batch_id:
        messages.error(request, "Ce tableau est déjà appliqué. Vous pouvez annuler son import ci-dessous.")
    else:
        actions.drop_draft(person=request.person, draft=draft, now=now())
        messages.success(request, "Le tableau lu est retiré. Rien d’autre n’a changé.")
    return back_to("sheets:import_new", draft.city)


@signed_in("POST")
def import_undoing(request, import_id):
    """« Annuler cet import »"""
    today = localdate()
    city = _writable_city(request, today)
    imports = batches_of(actions.scope_of(city=city), actions.KIND)
    batch = get_object_or_404(imports, id=import_id)
    undo = partial(actions.undo_import, person=request.person, city=city, batch=batch, now=now())
    in_way = undo_import(request, undo, partial(queries.in_the_way, batch))
    return _start(request, city, forms.PlanForm(), today, in_way) if in_way else back_to("sheets:import_new", city)


@signed_in("POST")
def import_settling(request):
    """« Ces lignes sont réglées »"""
    city = _writable_city(request, localdate())
    chosen = request.POST.getlist("ligne")
    say_settled(request, left_out.settle(person=request.person, city=city, chosen=chosen, now=now()))
    return back_to("sheets:import_new", city)


@signed_in()
def import_template(request, extension):
    """An empty table with the columns Préau reads."""
    _writable_city(request, localdate())
    return table_file("plan-modele", extension, TEMPLATE, [])
