"""Reads a workbook: what a sheet of 1.4 KB may announce is a grid of 512 GB (trust.md 51).

`kit.apart` runs it: it imports nothing of Préau.
"""

import datetime
import io
import json

import python_calamine

TOO_LARGE, LOCKED, TOO_HARD = 3, 4, 5  # another code is a broken file


def answer(content: bytes, most_rows: str, most_columns: str) -> tuple[int, bytes]:
    """(0, the cells of the first sheet as JSON lists), from its first line and column, each as ONDE would write it.

    (TOO_LARGE, its height and width), (LOCKED, nothing) or (TOO_HARD, nothing); raises what a broken file makes raise.
    """
    try:
        book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
        sheet = book.get_sheet_by_index(0)
        if sheet.total_height > int(most_rows) or sheet.total_width > int(most_columns):
            return TOO_LARGE, json.dumps([sheet.total_height, sheet.total_width]).encode()
        rows = [[_text(cell) for cell in row] for row in sheet.to_python(skip_empty_area=False)]
        return 0, json.dumps(rows).encode()
    except python_calamine.PasswordError:
        return LOCKED, b""
    except MemoryError:
        return TOO_HARD, b""


def _text(cell):
    """A spreadsheet's value as ONDE would write it."""
    if isinstance(cell, datetime.datetime):
        return cell.strftime("%d/%m/%Y") if cell.time() == datetime.time() else cell.strftime("%d/%m/%Y %H:%M")
    if isinstance(cell, datetime.date):
        return cell.strftime("%d/%m/%Y")
    if isinstance(cell, bool):
        return "oui" if cell else "non"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell)
