"""« Dire ce que sont les colonnes » of a file, for this one and the school's next."""

from functools import partial
from urllib.parse import urlencode

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.timezone import now

from preau.arrivals import actions, queries
from preau.arrivals.models import FileTitle
from preau.arrivals.reading import GUARDIANS, WORDS, Named, missing_of, of_blocks
from preau.arrivals.views.importing import upload_to_read
from preau.kit.tables.columns import ColumnsForm, columns_shown, first_lines
from preau.kit.views import press, signed_in

SAID = "Les colonnes sont dites. Préau lira ainsi le prochain fichier de l’école."


@signed_in("GET", "POST")
def columns(request, school_id, upload_id, file_place):
    """`contient`: what the file is of; `ligne`: the line that names its columns, when it is another."""
    upload = upload_to_read(request, school_id, upload_id)
    if "deplacer" in request.POST:
        asked = {name: request.POST.get(name, "") for name in ("contient", "ligne")}
        response = redirect("arrivals:columns", school_id, upload_id, file_place)
        response["Location"] += f"?{urlencode(asked)}"
        return response
    opened = queries.open_file(upload, file_place, line=_line(request), kind=_kind(request))
    if opened is None:
        messages.error(request, actions.GONE)
        return redirect("arrivals:start", school_id)
    return _answered(request, upload, file_place, opened)


def _answered(request, upload, place, opened):
    table, kind = opened.table, opened.kind
    shown = columns_shown(table, opened.columns)
    if kind == GUARDIANS:
        shown = [each for each in shown if not of_blocks(table.header, each.place)]
    missing = partial(missing_of, kind, header=table.header)
    form = ColumnsForm(
        request.POST or None, columns=shown, words=WORDS[kind], is_missing=lambda found, _: missing(columns=found)
    )
    if request.method == "POST" and form.is_valid():
        named = Named(kind, table.header_line, form.found)
        name = partial(actions.name_columns, upload=upload, place=place, table=table, named=named)
        press(request, partial(name, person=request.person, now=now()), SAID)
        return redirect("arrivals:files", upload.school_id, upload.pk)
    context = {
        "school": upload.school, "upload": upload, "file_name": upload.files[place]["name"], "form": form,
        "lines": first_lines(table), "header_line": table.header_line, "missing": missing(columns=opened.columns),
        "kind": kind, "kinds": FileTitle.Kind.choices,
    }  # fmt: skip
    return render(request, "arrivals/columns.html", context, status=422 if request.method == "POST" else 200)


def _line(request):
    line = request.GET.get("ligne", "")
    return int(line) if line.isdecimal() and len(line) < 6 else 0


def _kind(request):
    kind = request.GET.get("contient", "")
    return kind if kind in WORDS else ""
