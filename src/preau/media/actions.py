"""The only writes of pictures: rows and files together."""

import datetime
import secrets

from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import Max

from preau.journal.actions import record
from preau.kit.answers import Conflict
from preau.kit.rows import lock
from preau.kit.stored import store, with_its_files
from preau.media import images
from preau.media.models import Picture
from preau.people.models import Person
from preau.spaces.models import Publication

MAX_PICTURES = 8  # a class feed shows eight thumbnails (users.md §3.1)


@with_its_files()
@transaction.atomic
def add_picture(
    *, person: Person, publication: Publication, drawn: images.Drawn, alt: str, now: datetime.datetime
) -> Picture:
    """Keeps a picture that `images.draw_again` has made, after those already there."""
    publication = lock(publication)
    if publication.pictures.count() >= MAX_PICTURES:
        raise Conflict(f"{MAX_PICTURES} photos au plus\u00a0: enlevez-en une d’abord.")
    last = publication.pictures.aggregate(last=Max("position"))["last"]
    picture = Picture(
        publication=publication,
        name=secrets.token_hex(16),
        width=drawn.width,
        height=drawn.height,
        weight=len(drawn.picture),
        alt=alt.strip(),
        position=0 if last is None else last + 1,
        added_at=now,
    )
    store(picture.path, drawn.picture)
    store(picture.thumbnail_path, drawn.thumbnail)
    picture.save()
    record(
        person_id=person.pk,
        verb="add_picture",
        subject=picture,
        now=now,
        place_id=publication.place_id,
        fields=["alt", "position"],
    )
    return picture


@transaction.atomic
def describe_picture(*, person: Person, picture: Picture, alt: str, now: datetime.datetime) -> Picture:
    """Says what is seen on it."""
    if picture.alt == alt.strip():
        return picture
    picture.alt = alt.strip()
    picture.save(update_fields=["alt"])
    record(person_id=person.pk, verb="describe_picture", subject=picture, now=now, fields=["alt"])
    return picture


@transaction.atomic
def remove_picture(*, person: Person, picture: Picture, now: datetime.datetime) -> None:
    """Forgets a picture; its files go once the base has agreed."""
    record(person_id=person.pk, verb="remove_picture", subject=picture, now=now, place_id=picture.publication.place_id)
    paths = (picture.path, picture.thumbnail_path)
    picture.delete()
    transaction.on_commit(lambda: _forget_files(paths))


def _forget_files(paths):
    for path in paths:
        default_storage.delete(path)
