"""A file on paper: the locked copy, its opinions as this reader may see them, the digest at the foot of each page."""

from itertools import groupby

from django.utils.timezone import localdate

from preau.kit.dates import day_text
from preau.kit.money import NBSP
from preau.kit.paper import Paper


def draw(*, file, copy, lines, pieces, opinions, now) -> bytes:
    """The bytes of the PDF. `copy` is None for a draft, and the document says so."""
    state = f"copie {copy.number}, déposée le {day_text(localdate(copy.submitted_at))}" if copy else "brouillon"
    foot = f"empreinte {copy.digest}" if copy else f"brouillon du {day_text(localdate(now))}, sans valeur de dépôt"
    paper = Paper(f"Candidature, {file.school.shown_name}", now, head=(file.school.full_name, state), foot=foot)
    title = next((line.value for line in lines if line.key == "titre"), "")
    paper.title_line(f"{file.school.full_name}{NBSP}: {title}" if title else file.school.full_name)
    paper.paragraph(f"{file.call.title}. {file.call.city.name}.")
    _answers(paper, lines)
    _pieces(paper, pieces)
    _opinions(paper, opinions)
    return paper.finish()[0]


def _answers(paper, lines):
    for section, rows in groupby(lines, key=lambda line: line.section_title):
        paper.section(section)
        for line in rows:
            paper.subsection(line.label)
            paper.paragraph(line.value or "non répondu")
            if line.origin:
                paper.paragraph(f"Source{NBSP}: {line.origin}", points=8)


def _pieces(paper, pieces):
    """The bytes are not here: their digest says which they are."""
    if pieces:
        paper.section("Pièces jointes")
    for piece in pieces:
        paper.subsection(piece.label)
        paper.paragraph(piece.says)
        paper.paragraph(f"SHA-256{NBSP}: {piece.digest}", points=8)


def _opinions(paper, opinions):
    if opinions:
        paper.section("Les avis")
    for line in opinions:
        paper.subsection(f"{line.authority_label}{NBSP}: {line.says}")
        if line.given_at and not line.is_hidden:
            giver = f"{line.giver}, " if line.giver else ""
            paper.paragraph(f"{giver}{day_text(localdate(line.given_at))}", points=8)
            if line.motivation:
                paper.paragraph(line.motivation)
