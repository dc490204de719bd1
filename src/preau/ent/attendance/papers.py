"""The register of a class for a month, on A4. Pure: `queries.Register` in, a PDF out; it asks nothing of the base."""

from preau.kit.dates import MONTHS
from preau.kit.money import NBSP, decimal
from preau.kit.paper import draw_sheet

ABSENT, EXCUSED, LATE, AWAY = "A", "J", "R", "–"  # without a lawful reason, with one, late, not of the class then
HALVES = ("am", "pm")
EDGE, TOP, NAME, TOTAL = 10, 34, 44, 9  # millimetres: the margin, the first row, the name, a column of totals
ROW, ROWS = 6.4, 34  # the height of a pupil's row, and how many a page holds
WIDTH = 190
LEGEND = (
    f"{ABSENT}{NBSP}: absence sans raison de la loi. {EXCUSED}{NBSP}: avec. {LATE}{NBSP}: retard. {AWAY}{NBSP}: pas "
    "dans la classe. Chaque jour\u00a0: matin, puis après-midi."
)


def draw(register, *, now) -> bytes:
    """The PDF. Half-days without an appel count for nobody, and the foot says so."""
    month = f"{MONTHS[register.month.month - 1]} {register.month.year}"
    found = sorted({day for day, _ in register.halves})
    lines = [
        {
            "name": line.name,
            "marks": [[line.marks.get((day, half), "") for half in HALVES] for day in found],
            "totals": [line.possible_count, line.absent_count, line.excused_count],
        }
        for line in register.lines
    ]
    return draw_sheet(
        __name__,
        f"Registre d’appel, {register.classroom}, {month}",
        now,
        heading=f"Registre d’appel, {month}",
        place=f"{register.classroom}, {register.classroom.school}",
        days=[str(day.day) for day in found],
        lines=lines,
        foot=_foot(register),
    )


def _foot(register):
    if not register.possible_count:
        return "Aucun appel n’est fait ce mois-ci."
    rate = decimal(register.attended_percent)
    return (
        f"{register.possible_count} demi-journées possibles, {register.absent_count} d’absence dont "
        f"{register.excused_count} avec une raison de la loi. Taux de présence{NBSP}: {rate}{NBSP}%. "
        f"{len(register.halves)} appels faits\u00a0: les autres demi-journées ne comptent pas."
    )


def lay_out(pdf, heading, place, days, lines, foot):
    """On a `kit.paper.ink.Sheet`, in the process that draws."""
    pages = [lines[start : start + ROWS] for start in range(0, len(lines), ROWS)] or [[]]
    for number, some in enumerate(pages, start=1):
        pdf.add_page()
        pdf.write_text(EDGE, 10, WIDTH, heading, 15, bold=True, lines=1)
        pdf.write_text(EDGE, 17, WIDTH, place, 10, lines=1)
        wide = (WIDTH - NAME - 3 * TOTAL) / max(len(days), 1)
        _draw_head(pdf, days, wide)
        for rank, line in enumerate(some):
            _draw_line(pdf, line, TOP + rank * ROW, wide)
        if number == len(pages):
            y = pdf.write_text(EDGE, TOP + len(some) * ROW + 3, WIDTH, foot, 9)
            y = pdf.write_text(EDGE, y + 1, WIDTH, LEGEND, 8)
            pdf.write_text(EDGE, y + 5, WIDTH, "Lu et arrêté le ……………………  Signature de la direction", 9)


def _draw_head(pdf, days, wide):
    for rank, day in enumerate(days):
        pdf.write_label(EDGE + NAME + rank * wide + 0.6, TOP - 5, day, 7)
    for rank, word in enumerate(("poss.", "abs.", "dont J")):
        pdf.write_label(EDGE + WIDTH - (3 - rank) * TOTAL + 0.4, TOP - 5, word, 6.5)


def _draw_line(pdf, line, y, wide):
    pdf.set_line_width(0.2)
    pdf.rect(EDGE, y, WIDTH, ROW)
    pdf.write_text(EDGE + 1, y + 1.2, NAME - 2, line["name"], 8, lines=1)
    for rank, marks in enumerate(line["marks"]):
        x = EDGE + NAME + rank * wide
        pdf.line(x, y, x, y + ROW)
        for place, mark in enumerate(marks):
            pdf.write_label(x + place * wide / 2 + 0.5, y + 1.6, mark, 7)
    for rank, total in enumerate(line["totals"]):
        x = EDGE + WIDTH - (3 - rank) * TOTAL
        pdf.line(x, y, x, y + ROW)
        pdf.write_label(x + 1, y + 1.4, str(total), 8)
