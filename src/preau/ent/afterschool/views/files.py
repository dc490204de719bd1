"""The city's file: given, read, applied, undone."""

from functools import partial

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import localdate, now

from preau.ent.afterschool import actions, forms, queries, rules
from preau.ent.afterschool.reading import HEADER, missing_of
from preau.ent.afterschool.views.sites import city_to_keep
from preau.kit.answers import require
from preau.kit.bodies import of_files
from preau.kit.money import counted
from preau.kit.sheets import told_once
from preau.kit.tables import TableProblem, TableRefused
from preau.kit.views import press, signed_in, table_file

PAGE = 30


@signed_in("GET", "POST", takes=of_files(1))
def file_new(request, city_id):
    """The file of the city's family software."""
    city = city_to_keep(request, city_id)
    sent = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = forms.ServicesForm(*sent)
    if request.method == "POST" and form.is_valid():
        sheet = form.cleaned_data["sheet"]
        try:
            given = {"city": city, "name": sheet.name, "data": sheet.read()}
            file = actions.read_services(person=request.person, now=now(), **given)
        except TableRefused as refused:
            form.add_error("sheet", str(refused))
        else:
            return redirect("afterschool:file_detail", file.pk)
    context = {"city": city, "form": form, "columns": HEADER}
    return render(request, "afterschool/file_new.html", context, status=422 if form.errors else 200)


@signed_in()
def file_template(request, city_id, extension):
    """An empty table with the columns Préau reads."""
    city_to_keep(request, city_id)
    return table_file("services-modele", extension, HEADER, [])


@signed_in()
def file_detail(request, service_file_id):
    """What the file would change, line by line, then what it changed; the city reads the names of its own file."""
    file, today = file_to_keep(request, service_file_id), localdate()
    complete = request.GET.get("complet") == "1"
    if not file.applied_at and missing_of(file.columns):
        return redirect("afterschool:file_columns", file.pk)
    plan = queries.plan_of(file, today, complete=complete) if not file.applied_at else None
    lines = plan.lines if plan else queries.lines_of(file)
    problems = [*(TableProblem(**one) for one in file.problems), *(plan.problems if plan else ())]
    context = {
        "file": file, "city": file.city, "plan": plan, "complete": complete,
        "lines": Paginator(lines, PAGE).get_page(request.GET.get("page")),
        "waiting": {line.pk for line in plan.to_match} if plan else set(),
        "problems": told_once(problems), "refused_count": len({one.line for one in problems}),
        "is_site_lacking": any(one.column == "Site" for one in problems),
        "to_match_count": 0 if plan else queries.to_match_count(file),
    }  # fmt: skip
    return render(request, "afterschool/file_detail.html", context)


@signed_in("POST")
def application(request, service_file_id):
    """« Appliquer »: what was read, or it is shown again."""
    file = file_to_keep(request, service_file_id)
    read = {"seen": request.POST.get("seen", ""), "complete": request.POST.get("complet") == "1"}
    if press(request, partial(actions.apply_services, file=file, person=request.person, now=now(), **read)):
        messages.success(request, "C’est appliqué. Les écoles le lisent déjà. Vous pouvez annuler ci-dessous.")
    return redirect("afterschool:file_detail", file.pk)


@signed_in("POST")
def undoing(request, service_file_id):
    """« Annuler ce fichier »"""
    file = file_to_keep(request, service_file_id)
    undo = partial(actions.undo_services, file=file, person=request.person, now=now())
    press(request, undo, "Le fichier est annulé. Les inscriptions sont comme avant.")
    return redirect("afterschool:file_detail", file.pk)


@signed_in("POST")
def removal(request, service_file_id):
    """The file that waited is given up."""
    file = file_to_keep(request, service_file_id)
    drop = partial(actions.drop_file, file=file, person=request.person, now=now())
    count = counted(file.lines.count(), "ligne", "lignes")
    if press(request, drop, f"Le fichier est abandonné, {count}. Rien n’a changé."):
        return redirect("afterschool:city_sites", file.city_id)
    return redirect("afterschool:file_detail", file.pk)


def file_to_keep(request, service_file_id):
    """The file, for the Education service of its city."""
    files = rules.files_visible_to(request.person, localdate()).select_related("city")
    file = get_object_or_404(files, pk=service_file_id)
    require(rules.can_keep_sites(request.person, file.city, localdate()))
    return file
