"""Opens a workbook in a process of its own: what a sheet of 1.4 KB may announce is a grid of 512 GB (trust.md 51).

Run as a program it is the process that reads: the largest height and width in argument, a file on its input, the first
sheet's rows as JSON on its output. It imports nothing of Préau, so that it starts fast and knows nothing.
"""

import datetime
import io
import json
import resource
import subprocess
import sys

import python_calamine

CPU_SECONDS, WALL_SECONDS, MEMORY = 20, 60, 1024 * 1024 * 1024
TOO_LARGE, LOCKED, TOO_HARD = 3, 4, 5  # its exit codes; another one is a broken file


class NotAWorkbook(Exception):
    """`code` is TOO_LARGE (then `size` is height and width), LOCKED, TOO_HARD, or something else."""

    def __init__(self, code, size=()):
        super().__init__(code)
        self.code, self.size = code, size


def read_first_sheet(data: bytes, most_rows: int, most_columns: int) -> list[list[str]]:
    """The cells of the first sheet, from its first line and column, each as ONDE would write it."""
    try:
        done = subprocess.run(
            [sys.executable, "-I", __file__, str(most_rows), str(most_columns)], input=data, capture_output=True,
            cwd="/", env={}, timeout=WALL_SECONDS,
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        raise NotAWorkbook(TOO_HARD) from None
    if done.returncode:
        code = TOO_HARD if done.returncode < 0 else done.returncode  # a signal: it asked for more than it may
        raise NotAWorkbook(code, json.loads(done.stdout) if code == TOO_LARGE else ())
    return json.loads(done.stdout)


def _read_alone(most_rows, most_columns):
    """The whole program: limits first, then the file."""
    for limit, most in (
        (resource.RLIMIT_AS, MEMORY), (resource.RLIMIT_CPU, CPU_SECONDS), (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):  # fmt: skip
        resource.setrlimit(limit, (most, most))
    try:
        book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(sys.stdin.buffer.read()))
        sheet = book.get_sheet_by_index(0)
        if sheet.total_height > most_rows or sheet.total_width > most_columns:
            print(json.dumps([sheet.total_height, sheet.total_width]))
            sys.exit(TOO_LARGE)
        rows = [[_text(cell) for cell in row] for row in sheet.to_python(skip_empty_area=False)]
    except python_calamine.PasswordError:
        sys.exit(LOCKED)
    except MemoryError:
        sys.exit(TOO_HARD)
    sys.stdout.write(json.dumps(rows))


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


if __name__ == "__main__":
    _read_alone(int(sys.argv[1]), int(sys.argv[2]))
