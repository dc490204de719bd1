"""Connection sheets on paper: one to a page, or eight to cut out. Black on white, nothing lost by a poor printer.

Pure: sheets and their words in (`sheet_words`), the bytes of a PDF out. The QR code is drawn as squares, sharp at any
size. A guardian who reads another language reads theirs too: beside French on a page, instead of it where eight share
one; their QR code asks for it.
"""

from dataclasses import dataclass

from preau.kit.paper import draw_sheet

PAGE_WIDTH, PAGE_HEIGHT = 210, 297
COLUMNS, ROWS = 2, 4


@dataclass(frozen=True)
class Sheet:
    """What is printed for one person. Without `code`, the account is open already."""

    school: str
    name: str
    children: tuple[tuple[str, str], ...]  # (name, class)
    is_pupil: bool
    secret: str
    code: str
    identifier: str
    language: str = "fr"  # of a guardian, when families' pages are written in it


@dataclass(frozen=True)
class Size:
    """Measures of a sheet: millimetres, and points for letters."""

    width: float
    height: float
    pad: float
    picture: float  # side of the QR code
    name: float
    text: float
    small: float
    code: float
    gap: float


EIGHT = Size(PAGE_WIDTH / COLUMNS, PAGE_HEIGHT / ROWS, 7.5, 32, 13, 9, 8, 17, 1.2)
LINE = 5.5  # millimetres that a line to write on takes where eight share a page
WHOLE = Size(PAGE_WIDTH, PAGE_HEIGHT, 22, 84, 30, 17, 13, 42, 6)


def draw(sheets, *, layout, title, now) -> bytes:
    """The PDF of what `sheet_words.said` gives for each. `layout`: "page" or "eight"."""
    return draw_sheet(__name__, title, now, layout=layout, sheets=sheets)


def lay_out(pdf, sheets, layout):
    """On a `kit.paper.ink.Sheet`, in the process that draws: it knows no language, so all comes as words."""
    size = WHOLE if layout == "page" else EIGHT
    per_page = 1 if layout == "page" else COLUMNS * ROWS
    for place, said in enumerate(sheets):
        if place % per_page == 0:
            pdf.add_page()
            if per_page > 1:
                _cutting_lines(pdf)
        spot = place % per_page
        left, top = (spot % COLUMNS) * size.width, (spot // COLUMNS) * size.height
        _draw_sheet(pdf, Sheet(**said["sheet"]), said, size, left if per_page > 1 else 0, top if per_page > 1 else 0)
    if not sheets:
        pdf.add_page()
        pdf.write_text(24, 40, 162, "Personne n’attend de fiche dans cette classe.", WHOLE.text)


def _cutting_lines(pdf):
    pdf.set_draw_color(140)
    pdf.set_line_width(0.15)
    pdf.set_dash_pattern(dash=1.5, gap=1.5)
    pdf.line(EIGHT.width, 0, EIGHT.width, PAGE_HEIGHT)
    for row in range(1, ROWS):
        pdf.line(0, row * EIGHT.height, PAGE_WIDTH, row * EIGHT.height)
    pdf.set_dash_pattern()


def _draw_sheet(pdf, sheet, said, size, left, top):
    x, y, width = left + size.pad, top + size.pad, size.width - 2 * size.pad
    french, other = said["french"], said["other"]
    read = (size is EIGHT and other) or french
    y = _roof(pdf, size, x, y, width)
    y = pdf.write_text(x, y, width, f"{sheet.school} · {french['title']}", size.small, lines=1) + size.gap / 2
    side = size.picture if sheet.code else 0
    beside = width - side - (size.gap * 2 if side else 0)
    wide = beside if size is EIGHT else width
    low = pdf.write_text(x, y, wide, sheet.name, size.name, bold=True, lines=2)
    low = pdf.write_text(x, low + size.gap / 3, wide, _children(sheet), size.text, lines=3) + size.gap * 1.3
    if size is WHOLE:
        low = pdf.write_text(x, low - size.gap / 2, wide, french["what_for"], size.text) + size.gap
    shelf = y if size is EIGHT else low  # where the picture starts: beside the name, or under it
    low = _numbered(pdf, size, x, low, beside, read["sentences"])
    if sheet.code:
        pdf.draw_qr(said["target"], x + width - side, shelf, side)
        foot = top + size.height - size.pad - size.code * 0.62 + (0 if other else 2.5)  # of who has no mark under it
        under = foot if size is EIGHT else max(low, shelf + side) + size.gap
        if size is EIGHT and low <= under - LINE:
            _to_write_on(pdf, size, x, under - LINE, beside, read["identifier"])
        low = pdf.write_text(x, under, width, read["without_phone"], size.small, lines=1)
        low = pdf.write_text(x, low, width, sheet.code, size.code, bold=True, lines=1)
        if size is WHOLE:
            low = _to_write_on(pdf, size, x, low + size.gap * 2, width, read["identifier"])
    else:
        y = pdf.write_text(x, low + size.gap, width, read["identifier"], size.text)
        low = pdf.write_text(x, y, width, sheet.identifier, size.code, bold=True, lines=1)
    if other and size is WHOLE:
        low = pdf.write_text(x, low + size.gap, width, other["title"], size.text, bold=True) + size.gap / 2
        low = pdf.write_text(x, low, width, other["what_for"], size.text) + size.gap / 2
        low = _numbered(pdf, size, x, low, width, other["sentences"])
        if sheet.code:
            low = pdf.write_text(x, low, width, other["without_phone"], size.small, lines=2)
    if other:
        pdf.write_text(x, low, width, other["mark"], size.small, lines=1)


def _to_write_on(pdf, size, x, y, width, label):
    """A label and a line: the page that gives an identifier says to copy it here. Returns where the next line goes."""
    taken = pdf.width_of(label, size.text) + 3
    is_rtl, foot = pdf.is_rtl(label), y + size.text * 0.36
    low = pdf.write_text(x + width - taken + 3 if is_rtl else x, y, taken, label, size.text, lines=1)
    pdf.set_line_width(0.3)
    pdf.line(*((x, foot, x + width - taken, foot) if is_rtl else (x + taken, foot, x + width, foot)))
    return low + size.gap


def _children(sheet):
    """« Enfants : Zoé Toupie (CP A), Noé Toupie (CM2) »; of a pupil, the class."""
    if sheet.is_pupil:
        return sheet.children[0][1]
    word = "Enfants" if len(sheet.children) > 1 else "Enfant"
    return f"{word}\u00a0: " + ", ".join(f"{name} ({room})" for name, room in sheet.children)


def _roof(pdf, size, x, y, width):
    """The house's sign: a school roof."""
    pdf.set_draw_color(0)
    pdf.set_line_width(size.gap / 3)
    peak, rise = x + width * 0.18, size.gap * 1.4
    pdf.polyline([(x, y + rise), (peak, y), (x + width, y + rise)])
    return y + rise + size.gap


def _numbered(pdf, size, x, y, width, sentences):
    """Each after its number, on the side where the sentence begins. Returns where the next line goes."""
    indent = size.text * 0.45
    for number, sentence in enumerate(sentences, 1):
        is_rtl, mark = pdf.is_rtl(sentence), str(number)
        at = x + width - pdf.width_of(mark, size.text) if is_rtl else x
        pdf.write_text(at, y, indent, mark, size.text, bold=True)
        start, lines = x if is_rtl else x + indent, 2 if size is EIGHT else 0
        y = pdf.write_text(start, y, width - indent, sentence, size.text, lines=lines) + size.gap / 2
    return y
