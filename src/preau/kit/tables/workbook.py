"""Reads a workbook: what a sheet of 1.4 KB may announce is a grid of 512 GB (trust.md 51).

`kit.apart` runs it: it imports nothing of Préau.
"""

import datetime
import io
import json

import python_calamine

TOO_LARGE, LOCKED, TOO_HARD = 3, 4, 5  # another code is a broken file
MOST_SHEETS = 20


def answer(content: bytes, most_rows: str, most_columns: str) -> tuple[int, bytes]:
    """(0, the sheets as JSON: [name, lists of cells], from their first line and column, each as ONDE would write it).

    The rows of all sheets together stay within `most_rows`: one that does not fit is left out, but for the first.
    (TOO_LARGE, its height and width), (LOCKED, nothing) or (TOO_HARD, nothing); raises what a broken file makes raise.
    """
    try:
        book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
        sheets, left = [], int(most_rows)
        for name in _names(book):
            sheet = book.get_sheet_by_name(name)
            if sheet.total_height > left or sheet.total_width > int(most_columns):
                if not sheets:
                    return TOO_LARGE, json.dumps([sheet.total_height, sheet.total_width]).encode()
                continue
            left -= sheet.total_height
            sheets.append([name, [[_text(cell) for cell in row] for row in sheet.to_python(skip_empty_area=False)]])
        return 0, json.dumps(sheets).encode()
    except python_calamine.PasswordError:
        return LOCKED, b""
    except MemoryError:
        return TOO_HARD, b""


def _names(book):
    """Of the sheets that hold cells: neither charts nor macros."""
    kinds = python_calamine.SheetTypeEnum
    return [sheet.name for sheet in book.sheets_metadata if sheet.typ == kinds.WorkSheet][:MOST_SHEETS]


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
