"""« Ce midi, ce soir » on paper, for the door of the class: one table a class, each on its page."""

from preau.ent.afterschool.queries import ABSENT, NO, UNKNOWN, YES, DayTable
from preau.kit.dates import weekday_text
from preau.kit.money import NBSP, counted
from preau.kit.paper import Paper

WIDTHS = (62, 34, 46, 40)
HEADER = ("Enfant", "Ce midi", "Ce soir", "Repart avec")
NOT_SAID = "non indiqué"


def draw(*, tables: list[DayTable], school, day, closed: str, now) -> bytes:
    """The bytes of the PDF. « Non indiqué » is what the city's file does not say; `closed`, why nobody is expected."""
    said = weekday_text(day)
    paper = Paper(
        f"Ce midi, ce soir, {said}", now, head=(school.full_name, said), foot="D’après le fichier de la Ville"
    )
    for number, table in enumerate(tables):
        if number:
            paper.add_page()
        paper.title_line(f"{table.classroom or 'Sans classe'}{NBSP}: {said}")
        paper.paragraph(counts_of(table))
        paper.grid(HEADER, [row_of(line) for line in table.lines], widths=WIDTHS)
    if not tables:
        paper.paragraph(f"Pas d’école ce jour-là{NBSP}: {closed}." if closed else "Aucun élève.")
    return paper.finish()[0]


def counts_of(table: DayTable) -> str:
    """« 18 enfants mangent, 6 restent ce soir, 2 non indiqués »; never zero of what nobody said."""
    if table.eat_count is None and table.stay_count is None:
        return "Le fichier de la Ville ne dit rien de ces enfants."
    parts = [_count_of(table.eat_count, "enfant mange", "enfants mangent", "repas non indiqués")]
    parts.append(_count_of(table.stay_count, "reste ce soir", "restent ce soir", "soir non indiqué"))
    if table.unknown_count and None not in (table.eat_count, table.stay_count):
        parts.append(counted(table.unknown_count, "non indiqué", "non indiqués"))
    said = ", ".join(parts)
    return f"{said[0].upper()}{said[1:]}."


def _count_of(count, one, many, unknown):
    return unknown if count is None else counted(count, one, many)


def row_of(line) -> tuple[str, str, str, str]:
    """The cells of a child."""
    return line.child.full_name, noon_words(line.noon), evening_words(line.evening), line.evening.fetched_by or "–"


def noon_words(said) -> str:
    """« mange », « ne mange pas », « non indiqué »."""
    return _words({YES: "mange", NO: "ne mange pas"}, said)


def evening_words(said) -> str:
    """« étude, accueil du soir », « part à la sortie », « non indiqué »."""
    return _words({YES: said.words, NO: "part à la sortie"}, said)


def _words(words, said):
    """What is for that day alone says so: a parent at the door, a teacher, expect the week as it is written."""
    told = (words | {UNKNOWN: NOT_SAID, ABSENT: "absent"})[said.state]
    return f"{told} (changé ce jour)" if said.is_changed else told
