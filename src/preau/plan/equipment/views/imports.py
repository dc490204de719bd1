"""« Importer mon tableau »: give the file, see every difference, apply, undo."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import localdate, now

from preau.kit.answers import require
from preau.kit.batches import CannotUndo
from preau.kit.money import NBSP
from preau.kit.tables import TableRefused, write_csv, write_ods
from preau.kit.views import signed_in
from preau.plan.equipment import actions, forms, queries, rules
from preau.plan.equipment.models import PlanDraft
from preau.plan.equipment.views.reading import chosen_city

TEMPLATE = ("École", "UAI", "Nature", "Année", "Classes équipées", "Classes de l’école", "Montant", "HT/TTC", "Source")


def _writable_city(request, today):
    city = chosen_city(request, rules.cities_visible_to(request.person, today))
    require(rules.can_write_plan(request.person, city, today))
    return city


def _draft(request, draft_id, today):
    drafts = PlanDraft.objects.filter(city__in=rules.cities_visible_to(request.person, today))
    draft = get_object_or_404(drafts.select_related("city"), id=draft_id)
    require(rules.can_write_plan(request.person, draft.city, today))
    return draft


@signed_in("GET", "POST")
def import_new(request):
    """The file, the model to fill, and what was imported before."""
    city = _writable_city(request, localdate())
    form = forms.SheetForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        sheet = form.cleaned_data["sheet"]
        try:
            draft = actions.keep_draft(person=request.person, city=city, name=sheet.name, data=sheet.read(), now=now())
        except TableRefused as refused:
            form.add_error("sheet", str(refused))
        else:
            return redirect("equipment:import_preview", draft_id=draft.id)
    context = {
        "city": city,
        "form": form,
        "imports": queries.imports_of(actions.scope_of(city=city), actions.KIND)[:20],
        "columns": TEMPLATE,
    }
    return render(request, "equipment/import_new.html", context, status=422 if request.method == "POST" else 200)


@signed_in()
def import_preview(request, draft_id):
    """Every difference with its reason; nothing is written yet."""
    draft = _draft(request, draft_id, localdate())
    comparison = actions.compare_draft(draft=draft, now=now())
    return render(request, "equipment/import_preview.html", {"draft": draft, "comparison": comparison})


@signed_in("POST")
def import_application(request, draft_id):
    """« Appliquer »"""
    draft = _draft(request, draft_id, localdate())
    applied = actions.apply_draft(person=request.person, draft=draft, now=now())
    if applied.batch is None:
        messages.success(request, f"Rien à changer{NBSP}: Préau dit déjà la même chose que votre tableau.")
    else:
        messages.success(
            request, f"{len(applied.comparison.changes)} lignes appliquées. Vous pouvez annuler ci-dessous."
        )
    return redirect("equipment:import_new")


@signed_in("POST")
def import_undoing(request, import_id):
    """« Annuler cet import »"""
    city = _writable_city(request, localdate())
    imports = queries.imports_of(actions.scope_of(city=city), actions.KIND)
    batch = get_object_or_404(imports, id=import_id)
    try:
        actions.undo_import(person=request.person, city=city, batch=batch, now=now())
        messages.success(request, "L’import est annulé. Tout est comme avant.")
    except CannotUndo as cannot:
        reasons = f"{NBSP}; ".join(map(str, cannot.obstacles))
        messages.error(request, f"Rien n’est annulé. À défaire d’abord{NBSP}: {reasons}.")
    return redirect("equipment:import_new")


@signed_in()
def import_template(request, extension):
    """An empty table with the columns Préau reads."""
    _writable_city(request, localdate())
    write, kind = {
        "csv": (write_csv, "text/csv; charset=utf-8"),
        "ods": (write_ods, "application/vnd.oasis.opendocument.spreadsheet"),
    }[extension]
    headers = {"Content-Disposition": f'attachment; filename="plan-modele.{extension}"'}
    return HttpResponse(write(TEMPLATE, []), content_type=kind, headers=headers)
