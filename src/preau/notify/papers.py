"""Coupons on A4 to cut out, one for each guardian and child. Pure: coupons in, a PDF out."""

from dataclasses import asdict, dataclass

from preau.kit.paper import draw_sheet

PAGE_WIDTH, PAGE_HEIGHT = 210, 297
PAD, SIDE = 12, 27  # millimetres: around a coupon, and its QR code
SIGN = "Date et signature"
BOX, ROW, ROWS_BESIDE = 3.6, 6.5, 2  # a box, a row of them, and how many rows stand above the signature
FEW, SOME = 380, 1100  # signs of a text of which three, or two, stand on a page


@dataclass(frozen=True)
class Coupon:
    """What one guardian reads for one child, the boxes to tick, and the address that its QR code opens. `said`: the
    same in the language of this guardian; `sign`: « Date et signature »."""

    school: str
    child: str
    guardian: str
    title: str
    facts: str
    text: str
    boxes: tuple[str, ...]
    back: str
    address: str
    said: str = ""
    sign: str = SIGN


def draw(coupons, *, title, now) -> bytes:
    """The PDF."""
    longest = max((len(coupon.text) + len(coupon.facts) + len(coupon.said) for coupon in coupons), default=0)
    per_page = 3 if longest <= FEW else 2 if longest <= SOME else 1
    return draw_sheet(__name__, title, now, coupons=[asdict(coupon) for coupon in coupons], per_page=per_page)


def lay_out(pdf, coupons, per_page):
    """On a `kit.paper.ink.Sheet`, in the process that draws."""
    height = PAGE_HEIGHT / per_page
    for place, coupon in enumerate(coupons):
        if place % per_page == 0:
            pdf.add_page()
        top = (place % per_page) * height
        _draw_coupon(pdf, Coupon(**coupon), top, height)
        if place % per_page:
            pdf.set_dash_pattern(dash=2, gap=2)
            pdf.set_line_width(0.2)
            pdf.line(0, top, PAGE_WIDTH, top)
            pdf.set_dash_pattern()


def _draw_coupon(pdf, coupon, top, height):
    width, foot = PAGE_WIDTH - 2 * PAD, top + height - PAD - SIDE
    y = pdf.write_text(PAD, top + 8, width, f"{coupon.child} · pour {coupon.guardian}", 12, bold=True, lines=1)
    y = pdf.write_text(PAD, y, width, coupon.school, 8, lines=1)
    y = pdf.write_text(PAD, y + 1, width, coupon.title, 14, bold=True, lines=2)
    if coupon.facts:
        y = pdf.write_text(PAD, y + 0.5, width, coupon.facts, 10, bold=True, lines=3)
    boxes, rows_count = _placed(pdf, coupon.boxes)
    shelf = foot - max(rows_count - ROWS_BESIDE, 0) * ROW  # more rows of boxes leave less to the text
    room = max(int((shelf - y - 2) / 5), 1)  # lines of eleven points
    text = f"{coupon.text}\n\n{coupon.said}" if coupon.said else coupon.text
    pdf.write_text(PAD, y + 1, width, text, 11, lines=room)
    pdf.draw_qr(coupon.address, PAGE_WIDTH - PAD - SIDE, foot, SIDE)
    for x, row, label in boxes:
        pdf.set_line_width(0.4)
        pdf.rect(x, shelf + 2.6 + row * ROW, BOX, BOX)
        pdf.write_label(x + 5.5, shelf + 2 + row * ROW, label, 10)
    low = top + height - PAD
    x = pdf.write_label(PAD, low - 8, coupon.sign, 8)
    pdf.set_line_width(0.2)
    pdf.line(x + 4, low - 4, PAGE_WIDTH - PAD - SIDE - 8, low - 4)
    pdf.write_text(PAD, low - 2.5, width - SIDE - 4, coupon.back, 8, lines=1)


def _placed(pdf, labels):
    """([(where the box begins, its row, its label)], how many rows), left of the QR code."""
    placed, x, row = [], PAD, 0
    for label in labels:
        wide = pdf.width_of(label, 10) + 12
        if x + wide > PAGE_WIDTH - PAD - SIDE - 4 and x > PAD:
            x, row = PAD, row + 1
        placed.append((x, row, label))
        x += wide
    return placed, row + 1
