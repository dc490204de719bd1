"""The week of a class on paper, in large letters, for its door. Pure: days in, a PDF out; it asks nothing of the base.

Only what is for the whole class: what is for a few pupils is nobody else's business."""

from preau.kit.dates import weekday_text
from preau.kit.money import NBSP
from preau.kit.paper import draw_sheet

EDGE, WIDTH, FOOT = 15, 180, 282  # millimetres: the margin, the lines, where a page ends
TITLE, DAY, LINE = 26, 20, 18  # points


def draw(*, classroom, week, days, now) -> bytes:
    """The bytes of the PDF."""
    said = [{"name": _capital(weekday_text(day.date)), "lines": _lines(day)} for day in days]
    title = f"Leçons de la semaine du {weekday_text(week.first)}"
    return draw_sheet(__name__, f"{title}, {classroom}", now, heading=title, place=f"{classroom}", days=said)


def _lines(day):
    if day.off:
        return [day.off.label]
    works = [work for work in day.works if not (work.pupils or work.due_day.cancelled_at)]
    return [f"{work.assignment.get_kind_display()}{NBSP}: {work.assignment.text}" for work in works] or ["–"]


def _capital(text):
    return text[0].upper() + text[1:]


def lay_out(pdf, heading, place, days):
    """On a `kit.paper.ink.Sheet`, in the process that draws."""
    pdf.add_page()
    y = pdf.write_text(EDGE, 14, WIDTH, heading, TITLE, bold=True, lines=1)
    y = pdf.write_text(EDGE, y + 1, WIDTH, place, LINE) + 4
    for day in days:
        if y > FOOT - 30:  # a day's name is never left alone at the foot
            pdf.add_page()
            y = 14
        pdf.set_line_width(0.6)
        pdf.line(EDGE, y, EDGE + WIDTH, y)
        y = pdf.write_text(EDGE, y + 3, WIDTH, day["name"], DAY, bold=True) + 1
        for line in day["lines"]:
            if y > FOOT - 18:
                pdf.add_page()
                y = 14
            y = pdf.write_text(EDGE, y, WIDTH, line, LINE) + 2
        y += 3
