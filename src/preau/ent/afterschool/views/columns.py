"""« Dire ce que sont les colonnes » of the city's file, and what its services are; the first lines read that way."""

from dataclasses import replace
from functools import partial

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.timezone import localdate, now

from preau.ent.afterschool import actions, queries, reading, schools_named
from preau.ent.afterschool.forms import WordsForm
from preau.ent.afterschool.models import ServiceLine
from preau.ent.afterschool.views.files import file_to_keep
from preau.kit.answers import Conflict
from preau.kit.sheets import told_once
from preau.kit.tables.columns import NOT_READ, ColumnsForm, columns_of, columns_shown, first_lines
from preau.kit.views import press, signed_in

FIRST = 8
SAID = "Le fichier est lu ainsi, et le prochain le sera de même."


@signed_in("GET", "POST")
def file_columns(request, service_file_id):
    """« Voir les premières lignes » writes nothing; « Lire ainsi ce fichier » does."""
    file = file_to_keep(request, service_file_id)
    if "deplacer" in request.POST:
        response = redirect("afterschool:file_columns", file.pk)
        response["Location"] += f"?ligne={_line_of(request.POST)}"
        return response
    try:
        table, known = queries.table_of(file), queries.known_of(file.city)
    except Conflict as gone:
        messages.error(request, gone.reason)
        to = ("file_detail", file.pk) if file.applied_at else ("file_new", file.city_id)
        return redirect(f"afterschool:{to[0]}", to[1])
    columns = file.columns
    if (line := _line_of(request.GET)) not in (0, table.header_line):
        table = table.headed_at(line)
        columns = columns_of(table, reading.ALL_LABELS, known.titles)
    return _answered(request, file, table, columns, known)


def _answered(request, file, table, columns, known):
    posted, reads = request.method == "POST", "voir" not in request.POST
    shown = columns_shown(table, columns)
    form = ColumnsForm(
        request.POST or None, columns=shown, words=reading.WORDS, is_missing=lambda found, _: reading.missing_of(found)
    )
    if posted and form.is_valid():
        columns = form.found
    said = {key: ",".join(kinds) or NOT_READ for key, kinds in known.services.items()}
    words = reading.words_to_say(table, columns)
    names = schools_named.names_to_say(table, columns, known)
    is_asked = posted and any(key[:2] in ("s-", "e-") for key in request.POST)
    asks = {"words": words, "said": said, "names": names, "schools_said": known.homonyms.said}
    words_form = WordsForm(request.POST if is_asked else None, **asks)
    is_said = words_form.is_valid() or not (words or names)
    if posted and reads and form.is_valid() and is_said:
        means = {"services": words_form.means("s-"), "schools": words_form.means("e-")}
        say = partial(actions.say_columns, file=file, header_line=table.header_line, columns=columns, **means)
        if press(request, partial(say, person=request.person, now=now()), SAID):
            return redirect("afterschool:file_detail", file.pk)
    known = _answered_so_far(known, words_form)
    read = reading.read_columns(table, columns, known, localdate())
    context = {
        "file": file, "city": file.city, "form": form, "words_form": words_form, "header_line": table.header_line,
        "services": words_form.asked("s-").values(), "schools": words_form.asked("e-").values(),
        "lines": first_lines(table), "missing": reading.missing_of(columns), "read": read,
        "first": [ServiceLine(**line) for line in read.lines[:FIRST]], "problems": told_once(read.problems)[:FIRST],
    }  # fmt: skip
    return render(request, "afterschool/file_columns.html", context, status=422 if posted and reads else 200)


def _answered_so_far(known, words_form):
    """What is known, with the words answered so far."""
    said = {key: value for key, value in getattr(words_form, "cleaned_data", {}).items() if value}
    kinds = {key: queries.kinds_of(said[f"s-{key}"]) for key in words_form.words if f"s-{key}" in said}
    schools = {key: said[f"e-{key}"] for key in words_form.names if f"e-{key}" in said}
    homonyms = queries.homonyms_of(known.schools, known.homonyms.said | schools)
    return replace(known, services=known.services | kinds, homonyms=homonyms)


def _line_of(data):
    line = data.get("ligne", "")
    return int(line) if line.isdecimal() and len(line) < 6 else 0
