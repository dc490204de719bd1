"""Tables to take away. A cell that a spreadsheet would run as a formula is written as text (trust.md T9)."""

import csv
import datetime
import io
import unicodedata
from decimal import Decimal

from preau.kit.names import UNSEEN
from preau.kit.tables import ods

RISKY = tuple("=+-@\u2212")
# Spaces of every width, line ends, controls, and signs that show nothing: a spreadsheet may drop them at the start.
DROPPED = {"Zs", "Zl", "Zp", "Cc", "Cf", "Cn", "Co", "Cs"}


def neutral(value):
    """Text that begins like a formula gets an apostrophe in front; numbers and dates stay themselves."""
    if isinstance(value, str) and _begins_a_formula(value):
        return f"'{value}"
    return "" if value is None else value


def _begins_a_formula(text):
    """A tab or a carriage return in front counts as one; « ＝ » and its like are folded to « = » as spreadsheets do."""
    for sign in text:
        if sign in "\t\r":
            return True
        if unicodedata.category(sign) not in DROPPED and not UNSEEN.match(sign):
            return unicodedata.normalize("NFKC", sign).startswith(RISKY)
    return False


def write_csv(header, rows, *, separator=";", decimal_mark=",") -> bytes:
    """UTF-8 with its mark, so that every spreadsheet opens it with its accents. Machines read a dot in numbers."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=separator, lineterminator="\r\n")
    for row in (header, *rows):
        writer.writerow([_plain(neutral(cell), decimal_mark) for cell in row])
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def write_xlsx(header, rows, *, sheet="Feuille 1") -> bytes:
    """One sheet; nothing is ever written as a formula or a link."""
    import xlsxwriter

    out = io.BytesIO()
    options = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    with xlsxwriter.Workbook(out, options) as book:
        page = book.add_worksheet(sheet)
        bold, day = book.add_format({"bold": True}), book.add_format({"num_format": "dd/mm/yyyy"})
        for place, label in enumerate(header):
            page.write_string(0, place, str(neutral(label)), bold)
        for line, row in enumerate(rows, 1):
            for place, cell in enumerate(row):
                _write_cell(page, line, place, neutral(cell), day)
        page.freeze_panes(1, 0)
    return out.getvalue()


def write_ods(header, rows, *, sheet="Feuille 1") -> bytes:
    """One sheet; nothing is ever written as a formula."""
    return ods.write(map(neutral, header), (map(neutral, row) for row in rows), sheet=sheet)


def _plain(value, decimal_mark):
    if isinstance(value, bool):
        return "oui" if value else "non"
    if isinstance(value, datetime.date):
        return value.strftime("%d/%m/%Y")
    if isinstance(value, float | Decimal):
        return str(value).replace(".", decimal_mark)
    return value


def _write_cell(page, line, place, value, day):
    if isinstance(value, bool):
        page.write_string(line, place, "oui" if value else "non")
    elif isinstance(value, int | float | Decimal):
        page.write_number(line, place, value)
    elif isinstance(value, datetime.datetime):
        page.write_datetime(line, place, value.replace(tzinfo=None), day)
    elif isinstance(value, datetime.date):
        page.write_datetime(line, place, value, day)
    elif value != "":
        page.write_string(line, place, str(value))
