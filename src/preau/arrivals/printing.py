"""Connection sheets on paper: one to a page, or eight to cut out. Black on white, nothing lost by a poor printer.

Pure: sheets in, the bytes of a PDF out. The QR code is drawn as squares, sharp at any size.
"""

import datetime
from dataclasses import asdict, dataclass
from urllib.parse import urlsplit

from preau.kit.dates import day_text
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
WHOLE = Size(PAGE_WIDTH, PAGE_HEIGHT, 22, 84, 30, 17, 13, 42, 6)


def draw(sheets, *, layout, title, address, last_day: datetime.date, now) -> bytes:
    """The PDF. `layout`: "page" or "eight"; `address`: the page where a code is given."""
    until = day_text(last_day).rsplit(" ", 1)[0]  # within 30 days: no need of the year
    content = {"layout": layout, "address": address, "until": until}
    return draw_sheet(__name__, title, now, sheets=[asdict(sheet) for sheet in sheets], **content)


def lay_out(pdf, sheets, layout, address, until):
    """On a `kit.paper.ink.Sheet`, in the process that draws: it knows no language, so dates come as words."""
    words = Words(address, until)
    size = WHOLE if layout == "page" else EIGHT
    per_page = 1 if layout == "page" else COLUMNS * ROWS
    for place, sheet in enumerate(sheets):
        if place % per_page == 0:
            pdf.add_page()
            if per_page > 1:
                _cutting_lines(pdf)
        spot = place % per_page
        left, top = (spot % COLUMNS) * size.width, (spot // COLUMNS) * size.height
        _draw_sheet(pdf, Sheet(**sheet), words, size, left if per_page > 1 else 0, top if per_page > 1 else 0)
    if not sheets:
        pdf.add_page()
        pdf.write_text(24, 40, 162, "Personne n’attend de fiche dans cette classe.", WHOLE.text)


class Words:
    """Three plain sentences for each case, one idea each."""

    def __init__(self, address, until):
        parts = urlsplit(address)
        self.address = address
        self.shown = f"{parts.netloc}{parts.path}"
        self.home = parts.netloc
        self.until = until

    def title(self, sheet):
        if not sheet.code:
            return "Ton espace est déjà ouvert" if sheet.is_pupil else "Votre espace est déjà ouvert"
        return "Ta fiche de connexion" if sheet.is_pupil else "Votre fiche de connexion"

    def sentences(self, sheet):
        if sheet.code and sheet.is_pupil:
            return (
                "Avec un adulte, vise ce carré avec un téléphone.",
                "Choisis ton mot de passe. Garde-le pour toi.",
                f"Ce code sert une fois, jusqu’au {self.until}.",
            )
        if sheet.code:
            return (
                "Visez ce carré avec votre téléphone.",
                "Choisissez un mot de passe. Aucun courriel n’est demandé.",
                f"Ce code sert une fois, jusqu’au {self.until}. Gardez-le pour vous.",
            )
        if sheet.is_pupil:
            return (
                f"Va à {self.home} et choisis «\u00a0Entrer\u00a0».",
                "Écris ton identifiant et ton mot de passe.",
                "Mot de passe oublié\u00a0? Demande une nouvelle fiche à l’école.",
            )
        return (
            f"Allez à {self.home} et choisissez «\u00a0Entrer\u00a0».",
            "Écrivez votre identifiant et votre mot de passe.",
            "Mot de passe oublié\u00a0? Demandez une nouvelle fiche à l’école.",
        )

    def without_phone(self):
        return f"Sans téléphone\u00a0: {self.shown}, puis ce code"


def _cutting_lines(pdf):
    pdf.set_draw_color(140)
    pdf.set_line_width(0.15)
    pdf.set_dash_pattern(dash=1.5, gap=1.5)
    pdf.line(EIGHT.width, 0, EIGHT.width, PAGE_HEIGHT)
    for row in range(1, ROWS):
        pdf.line(0, row * EIGHT.height, PAGE_WIDTH, row * EIGHT.height)
    pdf.set_dash_pattern()


def _draw_sheet(pdf, sheet, words, size, left, top):
    x, y, width = left + size.pad, top + size.pad, size.width - 2 * size.pad
    y = _roof(pdf, size, x, y, width)
    y = pdf.write_text(x, y, width, f"{sheet.school} · {words.title(sheet)}", size.small, lines=1) + size.gap / 2
    side = size.picture if sheet.code else 0
    beside = width - side - (size.gap * 2 if side else 0)
    wide = beside if size is EIGHT else width
    low = pdf.write_text(x, y, wide, sheet.name, size.name, bold=True, lines=2)
    low = pdf.write_text(x, low + size.gap / 3, wide, _children(sheet), size.text, lines=3) + size.gap * 1.3
    shelf = y if size is EIGHT else low  # where the picture starts: beside the name, or under it
    for number, sentence in enumerate(words.sentences(sheet), 1):
        low = _numbered(pdf, size, x, low, beside, number, sentence)
    if sheet.code:
        pdf.draw_qr(f"{words.address}#{sheet.secret}", x + width - side, shelf, side)
        under = top + size.height - size.pad - size.code * 0.62 if size is EIGHT else max(low, shelf + side) + size.gap
        _code(pdf, sheet, words, size, x, under, width)
    else:
        y = pdf.write_text(x, low + size.gap, width, f"{_your(sheet)} identifiant\u00a0:", size.text)
        pdf.write_text(x, y, width, sheet.identifier, size.code, bold=True, lines=1)


def _code(pdf, sheet, words, size, x, y, width):
    """To type when there is no telephone."""
    y = pdf.write_text(x, y, width, words.without_phone(), size.small, lines=1)
    pdf.write_text(x, y, width, sheet.code, size.code, bold=True, lines=1)


def _your(sheet):
    return "Ton" if sheet.is_pupil else "Votre"


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


def _numbered(pdf, size, x, y, width, number, sentence):
    indent = size.text * 0.45
    pdf.write_text(x, y, indent, str(number), size.text, bold=True)
    return pdf.write_text(x + indent, y, width - indent, sentence, size.text) + size.gap / 2
