"""Pupils: 20 columns (BE1D), 22 columns (ONDE since 2017), and later labels in any order."""

from preau.arrivals.reading.lines import PUPILS, PupilLine, ReadFile
from preau.arrivals.reading.rows import Row
from preau.arrivals.reading.spelling import level_of_class, read_date, read_hint, read_level
from preau.kit.names import name_key


def read(table, columns) -> ReadFile:
    """Every pupil of the table; the level comes from the level column, never from the cycle."""
    places, cut = columns.places, []
    lines, problems, aside = [], [], []
    for line in table.rows:
        row = Row(table, line, places)
        if row.is_footer:
            aside.append((row.number, "pied de page"))
            continue
        pupil = _read_row(row)
        problems += row.problems
        cut += row.cut
        if pupil:
            lines.append(pupil)
    return ReadFile(
        table.name,
        PUPILS,
        _generation(table, places),
        lines=tuple(lines),
        problems=tuple(problems),
        unknown_headers=tuple(columns.unknown),
        set_aside=tuple(aside),
        cut_names=tuple(cut),
    )


def _generation(table, places):
    if "ine" not in places and len(table.header) == 20:
        return "élèves BE1D (20 colonnes)"
    if "ine" in places and len(table.header) == 22:
        return "élèves ONDE (22 colonnes)"
    return "élèves, libellés récents"


def _read_row(row):
    row.refuse_formulas()
    row.refuse_shifted()
    row.refuse_cut(whole=len(row.cells) >= len(row.table.header))
    names, born = row.names(), _birth_date(row)
    label = row.class_label(row.get("class_label"), row.label("class_label"))
    if not names or not born or row.problems:
        return None
    level, dispositif = _level(row)
    _, class_is = read_level(label)
    if class_is:  # the class itself is the ULIS: the child keeps the reference class already known
        dispositif, label = dispositif or class_is, ""
    if not row.get("level") and not dispositif:
        level = level_of_class(label)
    return PupilLine(
        row.table.name,
        row.number,
        names,
        born,
        ine=row.get("ine").replace(" ", "").upper()[:40],
        level=level,
        dispositif=dispositif or _other_dispositif(row),
        class_label=label,
        class_id=row.get("class_id")[:40] if label else "",
        photo_hint=read_hint(row.get("photo")),
        association_hint=read_hint(row.get("association")),
        addresses=tuple(filter(None, (row.address("1"), row.address("2")))),
    )


def _birth_date(row):
    text = row.get("birth_date")
    born = read_date(text)
    if not born:
        given = f"«\u00a0{text[:20]}\u00a0» n’est pas une date" if text else "la date de naissance manque"
        row.say("birth_date", f"{given}. Écrivez-la comme 03/05/2018.")
    return born


def _level(row):
    text = row.get("level")
    level, dispositif = read_level(text)
    if text and not level and not dispositif:
        row.say("level", f"le niveau «\u00a0{text[:40]}\u00a0» n’est pas connu\u00a0: il reste vide.", blocks=False)
    return level, dispositif


def _other_dispositif(row):
    for word in name_key(row.get("dispositif")).split():
        _, dispositif = read_level(word)
        if dispositif:
            return dispositif
    return ""
