"""The convocation and the minutes of a conseil d’école, on A4. Pure: a council in, a PDF out."""

from django.utils.timezone import localdate

from preau.kit.dates import day_text, hour_text, weekday_text
from preau.kit.money import NBSP
from preau.kit.paper import Paper


def draw(council, now) -> bytes:
    """The minutes when they are final, else the convocation."""
    event, school = council.event, council.school
    title = "Procès-verbal du conseil d’école" if council.final_at else "Convocation au conseil d’école"
    paper = Paper(f"{title}, {school}", now, head=(str(school), day_text(event.first_on)))
    paper.title_line(title)
    day = f"{weekday_text(event.first_on)} {event.first_on.year}"
    paper.paragraph(f"{day}, {hour_text(event.begins_at)}, {event.where}")
    if event.cancelled_at:
        paper.paragraph(f"Annulé le {day_text(localdate(event.cancelled_at))}.")
    if school.is_fictitious:
        paper.paragraph("École fictive, données fictives de démonstration.")
    paper.section("Ordre du jour")
    paper.bullets(_lines(council.items))
    paper.section("Composition")
    paper.bullets(_lines(council.members))
    if council.final_at:
        paper.section("Procès-verbal")
        paper.paragraph(council.minutes)
        paper.paragraph(f"Définitif le {day_text(localdate(council.final_at))}. Signatures{NBSP}:")
        paper.grid(("Présidente ou président", "Secrétaire de séance"), [("", "")], widths=(50, 50), tall=True)
    else:
        paper.paragraph(f"Convocation du {day_text(localdate(council.convened_at))}.")
    return paper.finish()[0]


def _lines(text):
    return [line.strip() for line in text.splitlines() if line.strip()]
