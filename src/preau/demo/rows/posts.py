"""Posts of a class in bulk: publication, reach, text, picture and journal lines, as publishing one leaves them."""

import datetime
import os
import secrets
from functools import cache
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from preau.demo import texts
from preau.demo.families import first_september
from preau.demo.pictures import DRAWINGS
from preau.ent.posts.models import KIND, Post, Scope
from preau.kit import rich
from preau.media.images import draw_here
from preau.media.models import Picture
from preau.spaces.models import Publication, Reach, SearchText
from preau.spaces.stems import key_of

SHOWN = 12  # the newest posts carry pictures, as far as a reader goes; older ones are text


def post_rows(made, classroom, teacher, count, bulk):
    """Adds `count` posts of the teacher to `made`, oldest first, spread over the school days since September."""
    items = texts.BY_LEVEL.get(classroom.levels[0], texts.BY_LEVEL["CP"])
    for rank in range(count):
        drawing, text = items[rank % len(items)]
        moment = moment_of(bulk.today, rank, count)
        publication = Publication(
            classroom=classroom,
            kind=KIND,
            author=teacher,
            question=texts.QUESTIONS.get(drawing, ""),
            state=Publication.State.PUBLISHED,
            created_at=moment,
            published_at=moment,
        )
        made.add(publication)
        for audience in Scope.CLASS.audiences_in(classroom):
            made.add(Reach(publication=publication, audience=audience, at=moment))
        made.add(Post(publication=publication, scope=Scope.CLASS, text=text, html=html_of(text)))
        made.add(SearchText(publication=publication, **words_of(text)))
        traced = {"place": classroom, "actor_id": teacher.pk, "at": moment}
        made.trace(bulk, "open_draft", publication, **traced)
        if drawing and count - rank <= SHOWN:
            picture = _picture(made, publication, drawing, moment)
            made.trace(bulk, "add_picture", picture, fields=["alt", "position"], **traced)
        made.trace(bulk, "publish", publication, fields=["state"], **traced)


def moment_of(today, rank, count):
    """Like `life`: the last one yesterday, none on a day without school."""
    first = first_september(today) + datetime.timedelta(days=3)
    last = max(today - datetime.timedelta(days=1), first)
    day = last - datetime.timedelta(days=(last - first).days * (count - 1 - rank) // max(count, 1))
    while day.isoweekday() in (3, 6, 7):
        day -= datetime.timedelta(days=1)
    minutes = 8 * 60 + (rank * 11) % 480
    return timezone.make_aware(datetime.datetime.combine(day, datetime.time()) + datetime.timedelta(minutes=minutes))


@cache
def html_of(text):
    return rich.from_text(text)


@cache
def words_of(text, title=""):
    """What it is found by."""
    return {"title_key": key_of(title), "text_key": key_of(f"{title} {text}")}


@cache
def _drawn(name):
    """The drawing, reduced as any picture; its two files are kept once and linked under each random name."""
    draw, alt = DRAWINGS[name]
    drawn = draw_here(draw(1), f"{name}.jpg")
    root = Path(settings.FILES_ROOT) / "pictures"
    root.mkdir(parents=True, exist_ok=True)
    sources = (root / f"demo-{name}.webp", root / f"demo-{name}.small.webp")
    for path, content in zip(sources, (drawn.picture, drawn.thumbnail), strict=True):
        path.write_bytes(content)
        path.chmod(0o600)
    return drawn, alt, sources


def _picture(made, publication, name, moment):
    drawn, alt, sources = _drawn(name)
    picture = Picture(
        publication=publication,
        name=secrets.token_hex(16),
        width=drawn.width,
        height=drawn.height,
        weight=len(drawn.picture),
        alt=alt,
        position=0,
        added_at=moment,
    )
    for source, path in zip(sources, (picture.path, picture.thumbnail_path), strict=True):
        kept = Path(settings.FILES_ROOT) / path
        kept.parent.mkdir(parents=True, exist_ok=True)
        os.link(source, kept)
    return made.add(picture)
