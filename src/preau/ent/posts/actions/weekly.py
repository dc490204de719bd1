"""« Ce qu’on a appris »: a post that tells the week of a class, and leads to what it did."""

import datetime
import uuid
from collections.abc import Iterable

from django.db import transaction

from preau.ent.posts.actions.posting import publish_draft, write_post
from preau.ent.posts.models import Post, Scope, Told
from preau.people.models import Person
from preau.places.models import Classroom
from preau.spaces.models import Publication


@transaction.atomic
def tell_week(
    *,
    person: Person,
    classroom: Classroom,
    text: str,
    week: datetime.date,
    told: Iterable[Publication],
    now: datetime.datetime,
    once: uuid.UUID | None = None,
) -> Post:
    """Published to the class; `week` is a Monday. What was withdrawn meanwhile is left out. Raises Refused,
    Conflict."""
    post = write_post(person=person, place=classroom, scope=Scope.CLASS, text=text, once=once, now=now)
    if post.publication.state != Publication.State.DRAFT or post.told_week:
        return post  # sent twice
    wanted = [one.pk for one in told]
    there = Publication.objects.filter(classroom=classroom, state=Publication.State.PUBLISHED).in_bulk(wanted)
    kept = [there[pk] for pk in wanted if pk in there]
    post.told_week, post.told_count = week, len(kept)
    post.save(update_fields=["told_week", "told_count"])
    Told.objects.bulk_create(Told(post=post, publication=one, position=rank) for rank, one in enumerate(kept))
    return publish_draft(person=person, post=post, now=now)
