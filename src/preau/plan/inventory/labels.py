"""Labels to stick on assets: A4 sheets of 3 × 8, begun at the first label still free. Pure: labels in, a PDF out."""

from dataclasses import asdict, dataclass

from preau.kit.paper import draw_sheet

COLUMNS, ROWS = 3, 8
WIDTH, HEIGHT = 70, 37.125  # of one label, in millimetres: the common sheets of 24
PAD, SIDE = 4.5, 26
PER_SHEET = COLUMNS * ROWS


@dataclass(frozen=True)
class Label:
    """What is printed: the owner, the six signs as shown, the thing, and the address of its page."""

    owner: str
    tag: str
    name: str
    address: str


def draw(labels, *, first: int, title, now) -> bytes:
    """The PDF. `first` is the place of the first free label of the first sheet, from 1 to 24."""
    return draw_sheet(__name__, title, now, labels=[asdict(label) for label in labels], first=first)


def lay_out(pdf, labels, first):
    """On a `kit.paper.ink.Sheet`, in the process that draws."""
    for place, label in enumerate(labels, first - 1):
        if place % PER_SHEET == 0 or place == first - 1:
            pdf.add_page()
        spot = place % PER_SHEET
        _draw_label(pdf, Label(**label), (spot % COLUMNS) * WIDTH, (spot // COLUMNS) * HEIGHT)
    if not labels:
        pdf.add_page()
        pdf.write_text(24, 40, 162, "Aucune étiquette à imprimer.", 13)


def _draw_label(pdf, label, left, top):
    pdf.draw_qr(label.address, left + PAD, top + (HEIGHT - SIDE) / 2, SIDE)
    x, width = left + PAD + SIDE + 2, WIDTH - 2 * PAD - SIDE - 2
    y = pdf.write_text(x, top + PAD + 1.5, width, label.tag, 17, bold=True, lines=1)
    y = pdf.write_text(x, y + 1, width, label.name, 8, lines=3)
    pdf.write_text(x, y + 1, width, label.owner, 7, lines=2)
