"""« Dire ce que sont les colonnes »: the same page for every kind of table."""

from dataclasses import dataclass
from functools import partial

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.timezone import now

from preau.kit.answers import Conflict
from preau.kit.tables.columns import ColumnsForm, columns_shown, first_lines
from preau.plan.sheets import queries
from preau.plan.sheets.views.tables import waits_no_more


@dataclass(frozen=True)
class Page:
    """What differs from one kind of table to the other: its addresses and its actions."""

    kind: queries.SheetKind
    actions: object  # the module of this kind
    preview: str
    columns: str
    start: str


def say_columns(request, draft, page):
    """Every column with its first values and what it says. `ligne`: the line that names them, when it is another."""
    try:
        table = queries.table_of(draft)
    except Conflict as gone:
        messages.error(request, str(gone))
        return redirect(page.preview, draft.id)
    try:
        return _said(request, draft, page, table)
    except Conflict as conflict:
        return waits_no_more(request, conflict, draft, page.start)


def _said(request, draft, page, table):
    line = request.POST.get("ligne", "")
    if "deplacer" in request.POST:
        if line.isdecimal():
            page.actions.move_header(person=request.person, draft=draft, line=int(line), now=now())
        return redirect(page.columns, draft.id)
    shown = columns_shown(table, draft.columns)
    is_missing = partial(page.kind.missing, table)
    form = ColumnsForm(request.POST or None, columns=shown, words=page.kind.words, is_missing=is_missing)
    if request.method == "POST" and form.is_valid():
        page.actions.name_columns(
            person=request.person, draft=draft, line=table.header_line, columns=form.found, now=now()
        )
        messages.success(request, "Les colonnes sont dites. Préau lira ainsi votre prochain tableau.")
        return redirect(page.preview, draft.id)
    context = {
        "draft": draft, "form": form, "lines": first_lines(table), "header_line": table.header_line,
        "missing": draft.reading.get("missing"), "start": page.start,
    }  # fmt: skip
    return render(request, "sheets/columns.html", context, status=422 if request.method == "POST" else 200)
