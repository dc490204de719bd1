"""Guardians: one row each with repeated blocks of children, or one row per pupil and guardian with a footer."""

from preau.arrivals.reading.columns import BLOCK_LABELS, block_start
from preau.arrivals.reading.lines import GUARDIANS, ChildRef, GuardianLine, Names, ReadFile
from preau.arrivals.reading.rows import Row
from preau.arrivals.reading.spelling import civility, proper_first_name, proper_name, read_date
from preau.kit.names import name_key
from preau.kit.tables import header_key

MAX_CHILDREN = 24


def read(table, columns) -> ReadFile:
    """Every guardian; organisations and the footer are set aside."""
    start, block = _blocks(table.header)
    lines, problems, aside, cut = [], [], [], []
    for line in table.rows:
        row = Row(table, line, columns.places)
        what = _not_a_person(row)
        if what:
            aside.append((row.number, what))
            continue
        guardian = _read_row(row, start, block)
        problems += row.problems
        cut += row.cut
        if guardian:
            lines.append(guardian)
    return ReadFile(
        table.name,
        GUARDIANS,
        _generation(table, start),
        lines=tuple(lines),
        problems=tuple(problems),
        unknown_headers=tuple(columns.unknown),
        set_aside=tuple(aside),
        cut_names=tuple(cut),
    )


def _blocks(header):
    """(where the blocks begin, the fields of one block); (None, ()) for one row per pair."""
    start = block_start(header)
    if start is None:
        return None, ()
    fields = [BLOCK_LABELS.get(header_key(label)) for label in header]
    block = []
    for field in fields[start:]:
        if field is None or field in block:
            break
        block.append(field)
    return start, tuple(block)


def _generation(table, start):
    if start is None:
        return "responsables, une ligne par élève et par responsable"
    has_extension = any(header_key(label) == "numero de poste" for label in table.header)
    return "responsables BE1D (avec numéro de poste)" if has_extension else "responsables ONDE"


def _not_a_person(row):
    """Host organisations stand at the bottom of the file with a name and neither civility nor first name."""
    if row.is_footer:
        return "pied de page"
    if (
        row.get("first_name")
        or row.get("civility")
        or row.get("full_name")
        or not (row.get("last_name") or row.get("usage_name"))
    ):
        return ""
    return f"organisme d’accueil «\u00a0{(row.get('last_name') or row.get('usage_name'))[:60]}\u00a0»"


def _read_row(row, start, block):
    row.refuse_formulas()
    if start is None:
        row.refuse_shifted()
    row.refuse_cut(whole=_is_whole(row, start, block))
    names = row.names()
    children = _children_of_blocks(row, start, block) if start is not None else _child_of_pair(row)
    if not names or any(problem.blocks for problem in row.problems):
        return None
    return GuardianLine(
        row.table.name, row.number, civility(row.get("civility")), names, row.contacts(), tuple(children)
    )


def _is_whole(row, start, block):
    count, first = len(row.cells), row.table.rows[0]
    if start is None:
        return count >= len(row.table.header)
    over = (len(first.cells) - start) % len(block) if first.number != row.number else 0  # an empty last column
    return count >= start and (count - start) % len(block) in (0, over)


def _children_of_blocks(row, start, block):
    cells = row.cells[start:]
    found = []
    for number in range(-(-len(cells) // len(block))):
        values = dict(zip(block, cells[number * len(block) :], strict=False))
        family = values.get("last_name") or values.get("usage_name", "")
        given = values.get("first_name", "")
        if not family and not given:
            continue
        column = f"enfant {number + 1}"
        if not family or not given or number >= MAX_CHILDREN:
            row.say("", "le nom et le prénom de cet élève ne sont pas dans les cases attendues.", column=column)
            continue
        found.append(
            ChildRef(column, _names(family, values.get("usage_name", ""), given), values.get("class_label", ""))
        )
    return found


def _child_of_pair(row):
    family = row.get("child_last_name") or row.get("child_usage_name")
    given = row.get("child_first_name")
    if row.get("child_full_name") and not (family and given):
        family, given = row.cut_name("child_full_name") or ("", "")
        if not family:
            return []  # said already
    if not family and not given:
        return []
    if not family or not given:
        row.say("child_first_name" if family else "child_last_name", "le nom de l’élève est incomplet.")
        return []
    return [
        ChildRef(
            row.label("child_last_name") or row.label("child_full_name"),
            _names(family, row.get("child_usage_name"), given),
            row.get("child_class"),
            read_date(row.get("child_birth_date")),
        )
    ]


def _names(family, used, given):
    used = "" if name_key(used) == name_key(family) else used
    return Names(proper_name(family), proper_name(used), proper_first_name(given))
