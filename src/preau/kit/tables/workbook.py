"""Reads a workbook: what a sheet of 1.4 KB may announce is a grid of 512 GB (trust.md 51).

`kit.apart` runs it: it imports nothing of Préau. Its reader is loaded by the functions that read.
"""

import datetime
import io
import json

TOO_LARGE, LOCKED, TOO_HARD, LONG_CELL = 3, 4, 5, 6  # another code is a broken file
MOST_SHEETS = 20
LEAST = 20  # signs that a full cell counts for at least: a short text or a number costs its place too


class LongCell(Exception):
    """The sheet, the line and the column of a cell that holds more than one may."""


def answer(content: bytes, most_rows: str, most_columns: str, longest_cell: str, most_text: str) -> tuple[int, bytes]:
    """(0, the sheets as JSON: [name, lists of cells], from their first line and column, each as ONDE would write it).

    The rows of all sheets together stay within `most_rows`: one that does not fit is left out, but for the first.
    (TOO_LARGE, its height and width), (LONG_CELL, its sheet, line and column), (LOCKED, nothing) or (TOO_HARD,
    nothing); raises what a broken file makes raise.
    """
    import python_calamine

    try:
        book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
        sheets, left, text_left = [], int(most_rows), int(most_text)
        for name in _names(book):
            sheet = book.get_sheet_by_name(name)
            if sheet.total_height > left or sheet.total_width > int(most_columns):
                if not sheets:
                    return TOO_LARGE, json.dumps([sheet.total_height, sheet.total_width]).encode()
                continue
            left -= sheet.total_height
            text_left -= _measure(sheet, int(longest_cell), text_left)
            if text_left < 0:
                return TOO_HARD, b""
            sheets.append([name, [[_text(cell) for cell in row] for row in sheet.to_python(skip_empty_area=False)]])
        return 0, json.dumps(sheets).encode()
    except python_calamine.PasswordError:
        return LOCKED, b""
    except LongCell as found:
        return LONG_CELL, json.dumps(found.args).encode()
    except MemoryError:
        return TOO_HARD, b""


def _measure(sheet, longest, most):
    """How many signs its cells hold, counted up to `most`: one text of the file may be in each. Raises LongCell."""
    total, (top, left) = 0, sheet.start or (0, 0)
    for line, row in enumerate(sheet.iter_rows(), top + 1):
        for column, cell in enumerate(row, left + 1):
            size = len(cell) if isinstance(cell, str) else LEAST
            if size > longest:
                raise LongCell(sheet.name, line, column)
            total += max(size, LEAST) if cell != "" else 1
        if total > most:
            break
    return total


def _names(book):
    """Of the sheets that hold cells: neither charts nor macros."""
    from python_calamine import SheetTypeEnum

    return [sheet.name for sheet in book.sheets_metadata if sheet.typ == SheetTypeEnum.WorkSheet][:MOST_SHEETS]


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
