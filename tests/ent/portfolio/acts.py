"""Pages of notebooks of the small world, for the tests of this room and those that look at its pages."""

import uuid

from django.utils.timezone import now

from preau.ent.portfolio import actions
from preau.ent.portfolio.actions import Content, NewPiece
from preau.ent.portfolio.models import Page, Piece
from preau.media.documents import Document
from preau.media.images import draw_here
from tests.canaries import IN_NOTEBOOK
from tests.media.samples import drawing, encoded

State = Page.State
ADAM = IN_NOTEBOOK


def photo(alt="", sort=Piece.Sort.PHOTO):
    return NewPiece(sort, draw_here(encoded(drawing()), "photo.jpg"), alt)


def voice():
    """A recording that a job will write again."""
    return NewPiece(Piece.Sort.VOICE, Document("mp3", b"\x1aE\xdf\xa3" + bytes(300), is_raw=True))


def write(world, who="teacher", children=("child_adam",), *, to=State.APPROVED, pieces=(), once=None, **said):
    """The pages, one for each child."""
    words = {"title": ADAM, "text": "Il compte jusqu’à trente."} | said
    return actions.write_pages(
        person=world.people[who],
        children=[world.people[name] for name in children],
        content=Content(**words),
        once=once or uuid.uuid4(),
        now=now(),
        pieces=pieces,
        to=to,
    )


def write_own(world, who="pupil_cm2", *, to=State.WAITING, **said):
    return write(world, who, (who,), to=to, **{"title": "Mes fractions", "text": "J’ai compris."} | said)[0]
