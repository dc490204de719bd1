"""« Importer mon inventaire »: give the file, see every difference, apply, undo."""

from functools import partial

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import localdate, now

from preau.kit.answers import Conflict, require
from preau.kit.batches import batches_of
from preau.kit.bodies import of_files
from preau.kit.views import chosen_by_slug, signed_in, table_file
from preau.plan.inventory import rules
from preau.plan.inventory.queries import HEADER
from preau.plan.sheets import forms
from preau.plan.sheets.actions import assets as actions
from preau.plan.sheets.models import AssetDraft
from preau.plan.sheets.queries import INVENTORY, in_the_way
from preau.plan.sheets.views.columns import Page, say_columns
from preau.plan.sheets.views.tables import apply_seen, back_to, draft_given, undo_import, waits_no_more

COLUMNS = Page(INVENTORY, actions, "sheets:asset_preview", "sheets:asset_columns", "sheets:asset_new")


def _writable_city(request, today):
    city, _ = chosen_by_slug(request, rules.cities_visible_to(request.person, today))
    require(rules.can_write_inventory(request.person, city, today))
    return city


def _draft(request, asset_draft_id, today):
    drafts = AssetDraft.objects.filter(city__in=rules.cities_visible_to(request.person, today))
    draft = get_object_or_404(drafts.select_related("city"), id=asset_draft_id)
    require(rules.can_write_inventory(request.person, draft.city, today))
    return draft


@signed_in("GET", "POST", takes=of_files(1))
def asset_new(request):
    """The file, the model to fill, and what was imported before."""
    city = _writable_city(request, localdate())
    form = forms.AssetsForm(request.POST or None, request.FILES or None)
    draft = draft_given(form, partial(actions.keep_draft, person=request.person, city=city, now=now()))
    if draft:
        is_read = not draft.reading["missing"]
        return redirect("sheets:asset_preview" if is_read else "sheets:asset_columns", asset_draft_id=draft.id)
    return _start(request, city, form)


def _start(request, city, form, in_way=()):
    imports = batches_of(actions.scope_of(city=city), actions.KIND)[:20]
    context = {"city": city, "form": form, "imports": imports, "columns": HEADER, "in_way": in_way}
    return render(request, "sheets/asset_new.html", context, status=422 if request.method == "POST" else 200)


@signed_in()
def asset_preview(request, asset_draft_id):
    """Every difference with its reason; nothing is written yet."""
    draft = _draft(request, asset_draft_id, localdate())
    if draft.reading.get("missing"):
        return redirect("sheets:asset_columns", asset_draft_id=draft.id)
    comparison = actions.compare_draft(draft=draft, now=now())
    return render(request, "sheets/asset_preview.html", {"draft": draft, "comparison": comparison})


@signed_in("GET", "POST")
def asset_columns(request, asset_draft_id):
    """What each column of the table says."""
    return say_columns(request, _draft(request, asset_draft_id, localdate()), COLUMNS)


@signed_in("POST")
def asset_application(request, asset_draft_id):
    """« Appliquer »"""
    draft = _draft(request, asset_draft_id, localdate())
    try:
        done = apply_seen(request, partial(actions.apply_draft, person=request.person, draft=draft, now=now()))
    except Conflict as conflict:
        return waits_no_more(request, conflict, draft, "sheets:asset_new")
    if not done:
        return redirect("sheets:asset_preview", asset_draft_id=draft.id)
    return back_to("sheets:asset_new", draft.city)


@signed_in("POST")
def asset_undoing(request, asset_import_id):
    """« Annuler cet import »"""
    city = _writable_city(request, localdate())
    batch = get_object_or_404(batches_of(actions.scope_of(city=city), actions.KIND), id=asset_import_id)
    try:
        undo = partial(actions.undo_import, person=request.person, city=city, batch=batch, now=now())
        in_way = undo_import(request, undo, partial(in_the_way, batch))
    except Conflict as cannot:
        messages.error(request, cannot.reason)
    else:
        if in_way:
            return _start(request, city, forms.AssetsForm(), in_way)
    return back_to("sheets:asset_new", city)


@signed_in()
def asset_template(request, extension):
    """An empty table with the columns Préau reads: those of the list taken away."""
    _writable_city(request, localdate())
    return table_file("inventaire-modele", extension, HEADER, [])
