"""What is hidden on a picture is destroyed: it is drawn again, under another name."""

import datetime
import secrets

from django.core.files.storage import default_storage
from django.db import transaction

from preau.journal.actions import record
from preau.kit.rows import lock
from preau.kit.stored import store, with_its_files
from preau.media import images
from preau.media.models import Picture
from preau.people.models import Person
from preau.spaces import actions as spaces
from preau.spaces.models import Publication


@with_its_files()
@transaction.atomic
def hide_parts(
    *, person: Person, picture: Picture, parts: images.Parts, crops: bool, now: datetime.datetime
) -> Picture:
    """Blurs these parts of a picture, or keeps them alone, in the picture and its thumbnail; nothing of what was there
    is kept. The room of the publication asked its rule. Raises NotAPicture."""
    picture = lock(picture, "publication")
    drawn = images.hide(_read(picture.path), parts, crops=crops)
    old = (picture.path, picture.thumbnail_path)
    picture.name = secrets.token_hex(16)
    picture.width, picture.height, picture.weight = drawn.width, drawn.height, len(drawn.picture)
    store(picture.path, drawn.picture)
    store(picture.thumbnail_path, drawn.thumbnail)
    picture.save(update_fields=["name", "width", "height", "weight"])
    record(person_id=person.pk, verb="picture.hide", subject=picture, now=now, fields=["name"])
    spaces.touch(publication=picture.publication)
    transaction.on_commit(lambda: _forget(old))
    return picture


@with_its_files()
@transaction.atomic
def move_files(*, picture: Picture) -> None:
    """The same files under another name: signed addresses of the files' own host lead nowhere (kit.files). Locked:
    somebody may be hiding a face in them, and the files of before must not come back."""
    picture = lock(picture)
    old = (picture.path, picture.thumbnail_path)
    try:
        contents = [_read(path) for path in old]
    except FileNotFoundError:  # nothing leads there already
        return
    picture.name = secrets.token_hex(16)
    for path, content in zip((picture.path, picture.thumbnail_path), contents, strict=True):
        store(path, content)
    picture.save(update_fields=["name"])
    transaction.on_commit(lambda: _forget(old))


@transaction.atomic
def declare_pictures(*, publication: Publication) -> None:
    """Somebody has said again that no child without accord shows: pictures withheld are shown. The room of the
    publication asked its rule, and writes its line."""
    Picture.objects.filter(publication=publication).exclude(withheld_at=None).update(withheld_at=None)
    spaces.touch(publication=publication)


def _read(path):
    with default_storage.open(path) as file:
        return file.read()


def _forget(paths):
    for path in paths:
        default_storage.delete(path)
