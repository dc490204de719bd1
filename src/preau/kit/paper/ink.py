"""Draws a PDF on A4, black on white, in the house's letter: nothing is lost by a poor printer.

`kit.paper` runs it as a program, which loads 40 MB that no process of Préau keeps: how the document is drawn comes on
its input as JSON, and its number of pages, then its bytes, leave on its output. Nothing here asks the base.
"""

import datetime
import json
import re
import sys
from importlib import import_module

import qrcode
from fpdf import FPDF
from fpdf.bidi import auto_detect_base_direction
from fpdf.enums import TableBordersLayout, TextDirection
from fpdf.fonts import FontFace
from PIL import Image

from preau.kit.paper.figures import plain_font
from preau.kit.paper.letters import JOINED, OTHER_FONTS, other_font

FONT = "Atkinson"
STYLES = (("", "Regular"), ("B", "Bold"))
MARGIN = 15
NUMBER_OF_PAGES = "{nb}"
PICTURE_SIDE = 1000


class Sheet(FPDF):
    """An A4 document without margins nor pages, to draw on; `signs`: all that it will write."""

    def __init__(self, title, now, signs=""):
        super().__init__(orientation="portrait", unit="mm", format="A4")
        self.set_title(title)
        self.set_lang("fr-FR")
        self.set_creator("Préau")
        self.set_creation_date(now)
        self.set_display_mode("fullpage")
        self.set_auto_page_break(False)
        self.set_margin(0)
        self.c_margin = 0
        for style, weight in STYLES:
            self.add_font(FONT, style, plain_font(weight))
        self.elsewhere = {}  # {sign that FONT has not: the family that has it}
        self._bring_letters(set(signs))

    def write_text(self, x, y, width, text, points, *, bold=False, lines=0):
        """Writes within the width, smaller when it takes more than `lines` lines. Returns where the next line goes.
        Each line of the text is set from the side where its first letter is read from."""
        self.set_text_color(0)
        paragraphs = [line or " " for line in text.split("\n")]
        for share in (1, 0.94, 0.88, 0.82, 0.76, 0.7, 0.64, 0.58, 0.52):
            size = points * share
            asked = {"bold": bold, "dry_run": True, "output": "LINES"}
            taken = sum(len(self._write_paragraph(width, each, size, **asked)) for each in paragraphs) if lines else 0
            if taken <= lines:
                break
        self.set_y(y)
        for paragraph in paragraphs:
            self.set_x(x)
            self._write_paragraph(width, paragraph, size, bold=bold)
        return self.get_y()

    def width_of(self, text, points):
        """In millimetres, on one line as `write_label` writes it."""
        return sum(wide for _, wide in self._pieces(text, points))

    def write_label(self, x, y, text, points):
        """One line, from `x`; what follows « / » is in its own letter and direction. Returns where it ends."""
        for piece, wide in self._pieces(text, points):
            self.set_xy(x, y)
            self.cell(wide, self.font_size * 1.28, piece)
            x += wide
        return x

    def _pieces(self, text, points):
        for piece in re.split("(?<= / )", text):
            self._set_letter(piece, "", points)
            yield piece, self.get_string_width(piece)

    def is_rtl(self, text):
        """Whether its first letter is read from the right."""
        return bool(self.elsewhere) and auto_detect_base_direction(text) == TextDirection.RTL

    def _write_paragraph(self, width, text, points, *, bold, **asked):
        self._set_letter(text, "B" if bold else "", points)
        align = "R" if self.is_rtl(text) else "L"
        return self.multi_cell(width, self.font_size * 1.28, text, align=align, **asked)

    def _set_letter(self, text, style, points):
        """The font that has all letters of the text: a word is not written with those of two."""
        family = next((self.elsewhere[sign] for sign in text if sign in self.elsewhere), FONT)
        self.set_font(family, style, points)
        self.set_text_shaping(family == JOINED)

    def _bring_letters(self, signs):
        """Adds the other fonts, where a sign asks for one."""
        signs = {sign for sign in signs if sign.isprintable() and ord(sign) not in self.fonts[FONT.lower()].cmap}
        if not signs:
            return
        for family in OTHER_FONTS:
            for style, weight in STYLES:
                self.add_font(family, style, other_font(family, weight))
            has = self.fonts[family.lower()].cmap
            self.elsewhere |= {sign: family for sign in signs if ord(sign) in has and sign not in self.elsewhere}
        self.set_fallback_fonts([FONT, *OTHER_FONTS])
        if JOINED in self.elsewhere.values():
            self.set_text_shaping(True)

    def draw_qr(self, text, x, y, side):
        """A QR code with its quiet zone inside `side` millimetres, drawn as squares: sharp at any size."""
        code = qrcode.QRCode(border=2)
        code.add_data(text)
        rows = code.get_matrix()
        step = side / len(rows)
        self.set_fill_color(0)
        for line, row in enumerate(rows):
            start = None
            for column, dark in enumerate([*row, False]):
                if dark and start is None:
                    start = column
                elif not dark and start is not None:
                    self.rect(x + start * step, y + line * step, (column - start) * step, step, style="F")
                    start = None


class Flow(Sheet):
    """Pages with `head` (left, right) at the top, and at the foot `foot` and « page 2 sur 5 »; `foot` None: nothing."""

    def __init__(self, title, now, *, head, foot, signs=""):
        super().__init__(title, now, signs)
        self.head, self.foot = head, foot
        self.set_margins(MARGIN, 26, MARGIN)
        self.set_auto_page_break(True, margin=20)
        self.add_page()

    def header(self):
        self.set_font(FONT, "B", 9)
        self.set_xy(MARGIN, 11)
        self.cell(self.epw * 0.7, 5, self.head[0])
        self.set_font(FONT, "", 9)
        self.cell(self.epw * 0.3, 5, self.head[1], align="R")
        self.set_line_width(0.5)
        self.line(MARGIN, 18, MARGIN + self.epw, 18)
        self.set_xy(MARGIN, 26)

    def footer(self):
        if self.foot is None:
            return
        self.set_font(FONT, "", 7)
        self.set_xy(MARGIN, -13)
        self.cell(self.epw * 0.8, 4, self.foot)
        self.cell(self.epw * 0.2, 4, f"page {self.page_no()} sur {NUMBER_OF_PAGES}", align="R")

    def title_line(self, text):
        """The document's own name."""
        self._write(text, 20, bold=True, before=0, after=2)

    def section(self, text):
        """A heading that is never left alone at the bottom of a page."""
        if self.will_page_break(24):
            self.add_page()
        self._write(text, 14, bold=True, before=4, after=1.5)

    def subsection(self, text, *, room=16):
        """A lesser heading, kept with what follows; `room` in millimetres, both together."""
        if self.will_page_break(room):
            self.add_page()
        self._write(text, 11, bold=True, before=2, after=0.5)

    def paragraph(self, text, *, points=10):
        """Text as it is; its own line ends are kept."""
        self._write(text, points, before=0, after=1.5)

    def bullets(self, texts):
        """One line or more for each, after a dash."""
        for text in texts:
            self.set_font(FONT, "", 10)
            self.cell(4, 5, "–")
            self.multi_cell(self.epw - 4, 5, text, align="L", new_x="LMARGIN", new_y="NEXT")
        self.ln(1.5)

    def boxes(self, labels):
        """Empty boxes to tick with a pen, side by side, then a line below."""
        for label in labels:
            wide = self.get_string_width(label) + 12
            if self.get_x() + wide > MARGIN + self.epw:
                self.ln(7)
            if self.will_page_break(5.6):  # else a box would stay behind its label
                self.add_page()
            self.set_line_width(0.4)
            self.rect(self.get_x(), self.get_y() + 1, 3.6, 3.6)
            self.set_x(self.get_x() + 5.5)
            self.cell(wide - 5.5, 5.6, label)
        self.ln(8)

    def grid(self, header, rows, *, widths, numbers=(), tall=False):
        """A ruled table that repeats its header on each page; `widths` are shares, `numbers` columns set right;
        `tall` leaves room to sign by hand."""
        self.set_font(FONT, "", 9)
        self.set_line_width(0.15)
        aligns = tuple("RIGHT" if place in numbers else "LEFT" for place in range(len(header)))
        with self.table(
            col_widths=widths,
            text_align=aligns,
            line_height=5,
            padding=(2.6 if tall else 0.8, 1.2),
            borders_layout=TableBordersLayout.HORIZONTAL_LINES,
            headings_style=FontFace(emphasis="BOLD"),
        ) as table:
            for cells in (header, *rows):
                table.row([str(cell) for cell in cells])
        self.ln(3)

    def picture(self, path, *, height=90):
        """As wide as the page, or as high as this; on paper a thousand points are enough."""
        with Image.open(path) as source:
            drawn = source.convert("RGB")
        drawn.thumbnail((PICTURE_SIDE, PICTURE_SIDE))
        wide = min(self.epw, height * drawn.width / drawn.height)
        tall = wide * drawn.height / drawn.width
        if self.will_page_break(tall + 2):
            self.add_page()
        self.set_image_filter("DCTDecode")
        self.image(drawn, x=MARGIN, w=wide, h=tall)
        self.set_x(MARGIN)
        self.ln(2)

    def _write(self, text, points, *, bold=False, before=0, after=0):
        self.ln(before)
        self.set_font(FONT, "B" if bold else "", points)
        self.multi_cell(self.epw, points * 0.49, text, align="L", new_x="LMARGIN", new_y="NEXT")
        self.ln(after)


def draw(order) -> FPDF:
    """The document of an order: `steps` of a Flow, or what the function `lay_out` of a module draws on a Sheet."""
    now, signs = datetime.datetime.fromisoformat(order["now"]), json.dumps(order, ensure_ascii=False)
    if "steps" in order:
        pdf = Flow(order["title"], now, head=order["head"], foot=order["foot"], signs=signs)
        for name, words, options in order["steps"]:
            getattr(pdf, name)(*words, **options)
        return pdf
    pdf = Sheet(order["title"], now, signs)
    import_module(order["module"]).lay_out(pdf, **order["content"])
    return pdf


if __name__ == "__main__":
    document = draw(json.load(sys.stdin.buffer))
    data = bytes(document.output())
    sys.stdout.buffer.write(b"%d\n" % document.page_no() + data)
