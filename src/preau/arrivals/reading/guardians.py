"""Guardians: one row each with repeated blocks of children, or one row per pupil and guardian with a footer."""

from typing import NamedTuple

from preau.arrivals.reading.columns import BLOCK_LABELS, block_start, ends_in_blocks
from preau.arrivals.reading.lines import GUARDIANS, ChildRef, GuardianLine, Names, ReadFile
from preau.arrivals.reading.rows import Row
from preau.arrivals.reading.spelling import civility, proper_first_name, proper_name, read_date
from preau.kit.names import name_key
from preau.kit.tables import header_key

MAX_CHILDREN = 24


class Blocks(NamedTuple):
    """The children of a guardian's row."""

    start: int
    fields: tuple  # of one block, repeated to the end of the row
    groups: tuple = ()  # {field: place} of each child, where other columns follow: such a table is not ragged


def read(table, columns) -> ReadFile:
    """Every guardian; organisations and the footer are set aside."""
    blocks = _blocks(table.header)
    lines, problems, aside, cut = [], [], [], []
    for line in table.rows:
        row = Row(table, line, columns.places)
        what = _not_a_person(row)
        if what:
            aside.append((row.number, what))
            continue
        guardian = _read_row(row, blocks)
        problems += row.problems
        cut += row.cut
        if guardian:
            lines.append(guardian)
    return ReadFile(
        table.name,
        GUARDIANS,
        _generation(table, blocks),
        lines=tuple(lines),
        problems=tuple(problems),
        unknown_headers=tuple(columns.unknown),
        set_aside=tuple(aside),
        cut_names=tuple(cut),
    )


def _blocks(header):
    """None for one row per pair."""
    start = block_start(header)
    if start is None:
        return None
    groups = [{}]
    for place, label in enumerate(header):
        field = BLOCK_LABELS.get(header_key(label))
        if field in groups[-1]:
            groups.append({})
        if field:
            groups[-1][field] = place
    block = []
    for label in header[start:]:
        field = BLOCK_LABELS.get(header_key(label))
        if field is None or field in block:
            break
        block.append(field)
    return Blocks(start, tuple(block), () if ends_in_blocks(header) else tuple(groups))


def _generation(table, blocks):
    if blocks is None:
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


def _read_row(row, blocks):
    row.refuse_formulas()
    if blocks is None or blocks.groups:
        row.refuse_shifted()
    row.refuse_cut(whole=_is_whole(row, blocks))
    names = row.names()
    children = _children_of_blocks(row, blocks) if blocks else _child_of_pair(row)
    if not names or any(problem.blocks for problem in row.problems):
        return None
    return GuardianLine(
        row.table.name, row.number, civility(row.get("civility")), names, row.contacts(), tuple(children)
    )


def _is_whole(row, blocks):
    count, first = len(row.cells), row.table.rows[0]
    if blocks is None or blocks.groups:
        return count >= len(row.table.header)
    start, block = blocks.start, blocks.fields
    over = (len(first.cells) - start) % len(block) if first.number != row.number else 0  # an empty last column
    return count >= start and (count - start) % len(block) in (0, over)


def _values(row, blocks):
    """{field: what is written} of each child."""
    if blocks.groups:
        filled = dict(enumerate(row.cells))
        return [{field: filled.get(place, "") for field, place in group.items()} for group in blocks.groups]
    cells, width = row.cells[blocks.start :], len(blocks.fields)
    return [dict(zip(blocks.fields, cells[first:], strict=False)) for first in range(0, len(cells), width)]


def _children_of_blocks(row, blocks):
    found = []
    for number, values in enumerate(_values(row, blocks)):
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
