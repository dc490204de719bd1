"""« Ce midi, ce soir » on paper, for the door of the class: one table a class, each on its page."""

from preau.ent.afterschool.queries import ABSENT, NO, UNKNOWN, YES, DayTable
from preau.kit.dates import weekday_text
from preau.kit.money import NBSP, counted
from preau.kit.paper import Paper

WIDTHS = (62, 34, 46, 40)
HEADER = ("Enfant", "Ce midi", "Ce soir", "Repart avec")
NOT_SAID = "non indiqué"


def draw(*, tables: list[DayTable], school, day, now) -> bytes:
    """The bytes of the PDF. « Non indiqué » is what the city's file does not say."""
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
        paper.paragraph("Aucun élève.")
    return paper.finish()[0]


def counts_of(table: DayTable) -> str:
    """« 18 mangent, 6 restent ce soir, 2 non indiqués »"""
    parts = [counted(table.eat_count, "enfant mange", "enfants mangent")]
    parts.append(counted(table.stay_count, "reste ce soir", "restent ce soir"))
    if table.unknown_count:
        parts.append(counted(table.unknown_count, "non indiqué", "non indiqués"))
    return f"{', '.join(parts)}."


def row_of(line) -> tuple[str, str, str, str]:
    """The cells of a child."""
    return line.child.full_name, noon_words(line.noon), evening_words(line.evening), line.evening.fetched_by or "–"


def noon_words(said) -> str:
    """« mange », « ne mange pas », « non indiqué »; « aujourd’hui » where it is for that day alone."""
    return {YES: "mange", NO: "ne mange pas", UNKNOWN: NOT_SAID, ABSENT: "absent"}[said.state]


def evening_words(said) -> str:
    """« étude, accueil du soir », « part à la sortie », « non indiqué »."""
    return {YES: said.words, NO: "part à la sortie", UNKNOWN: NOT_SAID, ABSENT: "absent"}[said.state]
