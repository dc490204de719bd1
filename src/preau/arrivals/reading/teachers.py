"""Teachers: a list made by hand from a model, one more « Classe » column for each further class."""

from preau.arrivals.reading.lines import TEACHERS, ReadFile, TeacherLine
from preau.arrivals.reading.rows import Row
from preau.arrivals.reading.spelling import civility, read_hint


def read(table, found) -> ReadFile:
    """Every teacher; the postal address is not kept, the school is."""
    columns = found.classes
    lines, problems, aside, cut = [], [], [], []
    for line in table.rows:
        row = Row(table, line, found.places)
        if row.is_footer:
            aside.append((row.number, "pied de page"))
            continue
        row.refuse_formulas()
        head = row.get("head")
        if head and not read_hint(head):
            reason = f"«\u00a0{head[:40]}\u00a0» n’est ni oui ni non\u00a0: cette case est lue comme «\u00a0non\u00a0»."
            row.say("head", reason, blocks=False)
        row.refuse_cut(whole=not columns or len(row.cells) >= columns[0])
        names, classes = row.names(), _classes(row, columns)
        if names and not any(problem.blocks for problem in row.problems):
            lines.append(_line(row, names, classes))
        problems += row.problems
        cut += row.cut
    return ReadFile(
        table.name,
        TEACHERS,
        "enseignants, liste faite à la main",
        lines=tuple(lines),
        problems=tuple(problems),
        unknown_headers=tuple(found.unknown),
        set_aside=tuple(aside),
        cut_names=tuple(cut),
    )


def _classes(row, columns):
    # Classes may run past the header: a row is then longer than the others.
    last = columns[-1] if columns else len(row.cells)
    places = [*columns, *range(last + 1, len(row.cells))] if last == len(row.table.header) - 1 else columns
    column = row.table.header[columns[0]] if columns else ""
    return [label for place in places if place < len(row.cells) if (label := row.class_label(row.cells[place], column))]


def _line(row, names, classes):
    return TeacherLine(
        row.table.name,
        row.number,
        civility(row.get("civility")),
        names,
        row.contacts(),
        is_head=read_hint(row.get("head")) == "yes",
        classes=tuple(dict.fromkeys(classes)),
    )
