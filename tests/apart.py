"""What Préau does in a process of its own, done in the tests' process: starting Python with its libraries for each
document, picture and table took a quarter of a run.

The same functions are called with the same bytes. The process itself, its limits and how it dies are what the tests
marked `apart` are about: those run it as it is.
"""

import json
from functools import cache, lru_cache
from importlib.util import module_from_spec, spec_from_file_location

READERS = (
    "preau.kit.tables.reading.read_apart",
    "preau.media.documents.read_apart",
    "preau.media.images.read_apart",
)
INK = "preau.kit.paper._draw"


@cache
def module_at(path):
    spec = spec_from_file_location("reader", path)
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def read_here(reader, *words, content, limits):
    """As `kit.apart.read_apart`, without limits."""
    return read_once(reader, words, content)


@lru_cache(maxsize=32)
def read_once(reader, words, content):
    """The same bytes give the same answer: a picture drawn again takes more than the test that sends it."""
    try:
        return module_at(reader).answer(content, *words)
    except Exception:
        return 1, b""


def draw_here(order):
    """As `kit.paper`: what is drawn has passed through JSON, and the same order gives the same document."""
    return draw_once(json.dumps(order))


@lru_cache(maxsize=16)
def draw_once(order):
    from preau.kit.paper import ink

    pdf = ink.draw(json.loads(order))
    data = bytes(pdf.output())
    for font in pdf.fonts.values():
        font.ttfont.close()
    return data, pdf.page_no()


HERE = {**dict.fromkeys(READERS, read_here), INK: draw_here}
