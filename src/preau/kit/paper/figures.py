"""The pages' font with a plain zero: Atkinson Hyperlegible slashes its own, which reads as a crossed-out figure in
sums, and has no OpenType feature that takes the slash away. Its licence (SIL OFL, no reserved name) allows the change.
"""

import atexit
import shutil
from functools import cache
from importlib import resources
from pathlib import Path
from tempfile import mkdtemp

from fontTools.ttLib import TTFont
from fontTools.ttLib.tables._g_l_y_f import Glyph, GlyphCoordinates
from fontTools.ttLib.tables.ttProgram import Program

WEIGHTS = ("Regular", "Bold")
ZEROS = ("zero", "zero.tf")  # proportional and tabular


@cache
def plain_font(weight: str) -> Path:
    """A TTF of this weight, made once by each process, gone with it."""
    files = resources.files("fontpkg_atkinson_hyperlegible").joinpath("files")
    with resources.as_file(files.joinpath(f"AtkinsonHyperlegible-{weight}.ttf")) as source:
        font = TTFont(source, recalcTimestamp=False)  # the same bytes whoever makes it
    for name in ZEROS:
        _open_zero(font["glyf"], name)
    folder = mkdtemp(prefix="preau-font-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    path = Path(folder) / f"{weight}.ttf"
    font.save(path)
    return path


def _open_zero(glyphs, name):
    """One counter, as wide and as high as the two that the slash leaves: the bowl itself, reduced and reversed."""
    glyph = glyphs[name]
    points, ends, flags = glyph.getCoordinates(glyphs)
    bowl, *halves = [slice(start, end + 1) for start, end in zip([0, *(end + 1 for end in ends)], ends, strict=False)]
    outer = list(points[bowl])
    inner = [point for half in halves for point in points[half]]
    boxes = [[(min(axis), max(axis)) for axis in zip(*some, strict=True)] for some in (outer, inner)]
    counter = [
        tuple(
            round(low + (at - least) * (high - low) / (most - least))
            for at, (least, most), (low, high) in zip(point, *boxes, strict=True)
        )
        for point in reversed(outer)
    ]
    plain = Glyph()
    plain.numberOfContours = 2
    plain.coordinates = GlyphCoordinates(outer + counter)
    plain.flags = bytearray([*flags[bowl], *reversed(flags[bowl])])
    plain.endPtsOfContours = [len(outer) - 1, 2 * len(outer) - 1]
    plain.program = Program()  # no hint: the subset drops them too
    plain.program.fromBytecode(b"")
    plain.recalcBounds(glyphs)
    glyphs[name] = plain
