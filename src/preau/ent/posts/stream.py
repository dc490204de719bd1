"""What this room gives to the stream and to the search: its posts, and what their reader may do with each."""

import uuid
from collections.abc import Iterable
from dataclasses import replace

from django.db.models import DateTimeField, UUIDField

from preau.ent.posts import queries, rules
from preau.ent.posts.models import KIND
from preau.ent.posts.queries import LifeItem
from preau.kit.rows import one_or_none
from preau.people.prepared import PreparedFor
from preau.places.models import kind_of
from preau.spaces.kinds import Kind, Reader, Searched


def items_for(items, reader: Reader) -> dict[uuid.UUID, LifeItem]:
    """The posts of these feed items; two queries."""
    found = {item.publication.pk: item for item in queries.items_of(items, reader.person)}
    return {key: _with_acts(item, reader) for key, item in found.items()} if reader.acts else found


def in_hand(place, reader: Reader) -> list[LifeItem]:
    """What of this place is not published and waits for the reader."""
    recent = reader.now - rules.RECOVER_WITHIN
    posts = _IN_HAND.rows(reader.person, reader.today, place.pk, recent, key=(kind_of(place),))
    queries.join_pictures(posts, reader.today)
    return with_acts(map(queries.item_of, posts), reader)


_IN_HAND = PreparedFor(
    lambda person, today, place, recent, kind: queries.posts_in_hand(
        rules.posts_to_decide(person, today, recent), kind, place
    ),
    UUIDField,
    DateTimeField,
)


def just_done(text: str, reader: Reader) -> LifeItem | None:
    """The post whose id an address says it was just published or withdrawn, to say so with its « Annuler »."""
    try:
        post_id = uuid.UUID(text)
    except ValueError:
        return None
    posts = queries.with_pictures(rules.posts_visible_to(reader.person, reader.today))
    post = one_or_none(posts.filter(pk=post_id))
    return post and _with_acts(queries.item_of(post), reader)


def with_acts(items: Iterable[LifeItem], reader: Reader) -> list[LifeItem]:
    """Items with what the reader may do with each: no query, mandates are remembered."""
    return [_with_acts(item, reader) for item in items]


def _with_acts(item, reader):
    person, today, post = reader.person, reader.today, item.post
    edit = rules.can_edit_post(person, post, today)
    joins = rules.joins_files(post.scope, post.publication.place)
    allowed = {
        "edit": edit,
        "join": edit and joins,
        "publish": edit and rules.can_discard_post(person, post, today),
        "withdraw": rules.can_withdraw_post(person, post, today, edits=edit),
        "restore": rules.can_restore_post(person, post, today),
        "confirm": rules.can_confirm_post(person, post, today),
        "discard": rules.can_discard_post(person, post, today),
        "undo": rules.can_undo_post(person, post, reader.now, today),
    }
    return replace(item, allowed=allowed)


KINDS = (Kind(KIND, items_for, "posts/_item.html"),)
SEARCHED = (Searched(KIND, "La vie", "posts:post_detail", rules.posts_visible_to, said=lambda post: ("", post.text)),)
