"""Documents on A4. What they say is noted here, then drawn by `kit.paper.ink` in a process that ends with them: the
libraries of PDF take 40 MB, and a document is drawn now and then.
"""

import json
import subprocess
import sys
from pathlib import Path

SOURCES = Path(__file__).parents[3]
INK = f"{__name__}.ink"
MOST_SECONDS = 120


class Paper:
    """A document whose text flows from page to page between `head` (left, right) and, at the foot, `foot` with « page 2
    sur 5 »; `foot` None: nothing."""

    def __init__(self, title, now, *, head=("", ""), foot=""):
        self.order = {"title": title, "now": now.isoformat(), "head": head, "foot": foot}
        self.steps = []

    def title_line(self, text):
        """The document's own name."""
        self._note("title_line", text)

    def section(self, text):
        """A heading that is never left alone at the bottom of a page."""
        self._note("section", text)

    def subsection(self, text, *, room=16):
        """A lesser heading, kept with what follows; `room` in millimetres, both together."""
        self._note("subsection", text, room=room)

    def paragraph(self, text, *, points=10):
        """Text as it is; its own line ends are kept."""
        self._note("paragraph", text, points=points)

    def bullets(self, texts):
        """One line or more for each, after a dash."""
        self._note("bullets", list(texts))

    def boxes(self, labels):
        """Empty boxes to tick with a pen, side by side, then a line below."""
        self._note("boxes", labels)

    def grid(self, header, rows, *, widths, numbers=(), tall=False):
        """A ruled table that repeats its header on each page; `widths` are shares, `numbers` columns set right;
        `tall` leaves room to sign by hand."""
        rows = [[str(cell) for cell in row] for row in rows]
        self._note("grid", header, rows, widths=widths, numbers=list(numbers), tall=tall)

    def picture(self, path, *, height=90):
        """A picture of this machine's own disk, at most so many millimetres high, never cut between two pages."""
        self._note("picture", path, height=height)

    def ln(self, height):
        """Leaves so many millimetres."""
        self._note("ln", height)

    def add_page(self):
        self._note("add_page")

    def finish(self, most_seconds=MOST_SECONDS) -> tuple[bytes, int]:
        """The bytes and how many pages; a job gives a document of hundreds of pictures more seconds."""
        return _draw({**self.order, "steps": self.steps, "most_seconds": most_seconds})

    def _note(self, step, *words, **options):
        self.steps.append((step, words, options))


def draw_sheet(module: str, title, now, **content) -> bytes:
    """The PDF that `lay_out(pdf, **content)` of this module draws on an empty `ink.Sheet`. The module asks nothing of
    the base, nor of Django's settings; the content goes as JSON."""
    return _draw({"title": title, "now": now.isoformat(), "module": module, "content": content})[0]


def _draw(order):
    """Raises CalledProcessError, whose reason is in the log."""
    done = subprocess.run(
        [sys.executable, "-m", INK],
        input=json.dumps(order).encode(),
        stdout=subprocess.PIPE,
        check=True,
        cwd="/",
        env={"PYTHONPATH": str(SOURCES)},
        timeout=order.get("most_seconds", MOST_SECONDS),
    )
    pages, _, data = done.stdout.partition(b"\n")
    return data, int(pages)
