"""A notebook as a PDF."""

import datetime
from collections.abc import Mapping
from pathlib import Path

from django.utils.timezone import localdate
from django.utils.translation import gettext

from preau.kit.dates import day_text
from preau.kit.money import NBSP
from preau.kit.paper import Paper
from preau.kit.spoken import date, other_language
from preau.people.models import Person

MOST_SECONDS = 900  # of a job: 320 pictures took 80 on a machine of two cores that did six other things


def draw(child: Person, years: Mapping[str, list], folder: Path, named: dict, *, now: datetime.datetime) -> bytes:
    """The pages in the order they were written, year by year; a voice is named, and lies in the archive."""
    title = f"{gettext('Cahier de progrès')}{NBSP}: {child.full_name}"
    paper = Paper(title, now, head=(child.full_name, gettext("Cahier de progrès")), foot=title)
    paper.title_line(title)
    for year, pages in years.items():
        paper.section(f"{year}, {pages[0].page.classroom.name}, {pages[0].page.school.full_name}")
        for one in pages:
            _page(paper, one, folder, named)
    return paper.finish(MOST_SECONDS)[0]


def _page(paper, one, folder, named):
    page, language = one.page, other_language()
    day = localdate(page.created_at)
    said = date(day, language) if language else day_text(day)
    paper.subsection(f"{said}{' — ' if page.title else ''}{page.title}", room=30)
    if page.text:
        paper.paragraph(page.text)
    if one.domains:
        paper.bullets(one.domains)
    for piece in one.pictures:
        if piece.pk in named:
            paper.picture(str(folder / named[piece.pk]), height=80)
    for piece in one.voices:
        if piece.pk in named:
            paper.paragraph(f"{gettext('Voix, dans l’archive')}{NBSP}: {named[piece.pk]}")
            if piece.heard:
                paper.paragraph(f"{gettext('Ce qu’on y entend')}{NBSP}: {piece.heard}")
