"""A paper of an opening as a PDF."""

from preau.kit.paper import Paper as Sheet
from preau.privacy.papers import DRAFT, FOOT, Paper


def draw(paper: Paper, version: str, now) -> bytes:
    """On A4, each page with its version at the foot."""
    sheet = Sheet(paper.title, now, head=(paper.title, "Projet"), foot=f"Version {version}. {FOOT}")
    sheet.title_line(paper.title)
    sheet.paragraph(DRAFT)
    for part in paper.parts:
        sheet.section(part.title)
        for said in part.says:
            sheet.paragraph(said)
        if part.lists:
            sheet.bullets(part.lists)
        if part.rows:
            sheet.grid(part.header, part.rows, widths=[1] * len(part.header))
    return sheet.finish()[0]
