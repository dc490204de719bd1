"""What pupils make in a session, for the tests of this room and those that look at its pages."""

import uuid

from django.utils.timezone import now

from preau.ent.lessons import actions
from preau.ent.lessons.models import WorkPart
from preau.media.documents import Document
from preau.media.images import draw_here
from tests.media.samples import drawing, encoded

Sort = WorkPart.Sort


def drawn():
    return draw_here(encoded(drawing()), "photo.jpg")


def recorded():
    """As a tablet sends it: a job writes it again."""
    return Document("mp3", b"\x1aE\xdf\xa3" + bytes(300), is_raw=True)


def keep(device, work_id=None, *, sort=Sort.TEXT, made="Ma cabane", **more):
    """A part of a page, begun when no id is given."""
    device.refresh_from_db()
    ids = {"work_id": work_id or uuid.uuid4(), "part_id": uuid.uuid4()}
    return actions.keep_part(device=device, sort=sort, made=made, **({"now": now()} | ids | more))


def finish(device, work, **more):
    return actions.say_finished(device=device, work=work, is_done=True, now=now(), **more)
