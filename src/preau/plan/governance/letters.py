"""Letters that convene, one seat to a letter, black and white. Pure: letters in, the bytes of a PDF out."""

from django.utils.timezone import localtime

from preau.kit.dates import day_text, hour_text, weekday_text
from preau.kit.money import NBSP
from preau.kit.paper import Paper


def draw(letters, *, session, now) -> bytes:
    """The PDF of `letters` (at least one), each on its own page or pages."""
    committee = session.committee
    head = (f"{committee.long_name} du plan numérique, {committee.city.name}", f"Convocation, séance {session.number}")
    # No foot: counting the pages of several letters together would tell one seat of the others.
    paper = Paper(f"Convocations, {committee}, séance {session.number}", now, head=head, foot=None)
    for place, letter in enumerate(letters):
        if place:
            paper.add_page()
        _letter(paper, letter, session)
    return paper.finish()[0]


def _letter(paper, letter, session):
    committee = session.committee
    paper.ln(8)
    paper.paragraph("\n".join(line for line in (letter.name, letter.title, letter.college) if line), points=11)
    paper.ln(6)
    paper.paragraph(f"Le {day_text(localtime(letter.called_at).date())}")
    what = "Ordre du jour modifié" if letter.is_change else "Convocation"
    paper.section(f"{what}{NBSP}: {committee}, {weekday_text(session.planned_on)} {session.planned_on.year}")
    if committee.city.is_fictitious:
        paper.paragraph("Commune fictive, données fictives de démonstration.")
    paper.paragraph(
        f"Le {committee.long_name.lower()} se réunit le {when_and_where(session)}. Vous y siégez.", points=11
    )
    if letter.is_change:
        paper.paragraph("L’ordre du jour a changé depuis votre convocation. Celui-ci le remplace.", points=11)
    paper.subsection("Ordre du jour")
    for number, (title, aim) in enumerate(letter.points, 1):
        paper.paragraph(f"{number}. {title} ({aim})", points=11)
    paper.ln(4)
    paper.paragraph(
        "Si vous ne pouvez pas venir, prévenez la Direction Éducation, qui tient le secrétariat du comité.", points=11
    )
    paper.ln(8)
    paper.paragraph(f"Pour le secrétariat du comité{NBSP}: la Direction Éducation, {committee.city.name}", points=11)


def when_and_where(session) -> str:
    """« mardi 3 décembre 2026 à 17 h 30, salle du conseil »"""
    hour = f" à {hour_text(session.starts_at)}" if session.starts_at else ""
    place = f", {session.place}" if session.place else ""
    return f"{weekday_text(session.planned_on)} {session.planned_on.year}{hour}{place}"
