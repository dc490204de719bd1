"""A notebook on the disk of this machine, then as a ZIP that any browser opens, without Préau and without a network."""

import datetime
import shutil
import tempfile
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from django.core.files.storage import default_storage
from django.template.loader import render_to_string
from django.utils.text import slugify

from preau.ent.portfolio.models import Piece
from preau.people.models import Person

FOLDERS = {Piece.Sort.PHOTO: "images", Piece.Sort.DRAWING: "images", Piece.Sort.VOICE: "sons"}
STYLE = Path(__file__).parent / "data" / "archive.css"


@contextmanager
def on_disk(years: Mapping[str, list]) -> Iterator[tuple[Path, dict]]:
    """(a folder that lasts the time of a job, {piece id: its path there, « images/2026-2027-03-1.webp »}). A piece
    whose bytes are lost, or not ready, is left out."""
    with tempfile.TemporaryDirectory() as path:
        folder, named = Path(path), {}
        for each in set(FOLDERS.values()):
            (folder / each).mkdir()
        for year, pages in years.items():
            for number, one in enumerate(pages, start=1):
                for rank, piece in enumerate([*one.pictures, *one.voices], start=1):
                    name = f"{FOLDERS[piece.sort]}/{year}-{number:02}-{rank}.{piece.kind}"
                    if piece.ready_at and _copied(piece.path, folder / name):
                        named[piece.pk] = name
        yield folder, named


def _copied(path, to):
    try:
        with default_storage.open(path) as source, to.open("wb") as kept:
            shutil.copyfileobj(source, kept)
    except FileNotFoundError:
        return False
    return True


def zipped(
    child: Person, years: Mapping[str, list], folder: Path, named: dict, pdf: bytes, *, now: datetime.datetime
) -> Path:
    """`index.html`, its style, `cahier.pdf`, `textes.txt`, `images/` and `sons/`, in one ZIP of this folder."""
    made = folder / "cahier.zip"
    lined = [(year, [(one, _files(one, named)) for one in pages]) for year, pages in years.items()]
    context = {"child": child, "years": lined, "now": now}
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("index.html", render_to_string("portfolio/archive.html", context))
        archive.write(STYLE, "style.css")
        archive.writestr("textes.txt", render_to_string("portfolio/archive.txt", context))
        archive.writestr("cahier.pdf", pdf, zipfile.ZIP_STORED)
        for name in sorted(named.values()):
            archive.write(folder / name, name, zipfile.ZIP_STORED)
    return made


def _files(one, named):
    """(pictures, voices) of a page, each [(piece, its path)]."""
    return tuple([(each, named[each.pk]) for each in held if each.pk in named] for held in (one.pictures, one.voices))


def file_name(child: Person) -> str:
    """What it is saved under, « cahier-de-adam »."""
    return f"cahier-{slugify(child.first_name) or 'enfant'}"
