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
    """« Ce midi : 18 mangent, 6 non indiqués. Ce soir : non indiqué. »; never zero of what nobody said."""
    noon = _count_of(*table.counts_of("noon"), "enfant mange", "enfants mangent")
    evening = _count_of(*table.counts_of("evening"), "enfant reste", "enfants restent")
    return f"Ce midi{NBSP}: {noon}. Ce soir{NBSP}: {evening}."


def _count_of(count, unknown_count, one, many):
    if count is None:
        return NOT_SAID
    said = counted(count, one, many)
    return f"{said}, {counted(unknown_count, NOT_SAID, 'non indiqués')}" if unknown_count else said


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
