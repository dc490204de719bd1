"""« La vie »: what was published in a space, newest first; one post alone."""

import uuid

from django.shortcuts import get_object_or_404, render
from django.utils.timezone import localdate, now

from preau.ent.posts import queries, rules
from preau.ent.posts.views.spaces import (
    address,
    before_publishing,
    entered,
    page_after,
    reads_links,
    tabbed,
    visible_post,
    words,
)
from preau.kit.views import signed_in
from preau.spaces import audiences
from preau.spaces.queries import feed_positions, select_memberships

PAGE = 8  # a class feed of eight thumbnails stays within its weight (users.md §3.1)


@signed_in()
def classroom_life(request, classroom_id):
    return _life(request, "classroom", classroom_id)


@signed_in()
def group_life(request, group_id):
    return _life(request, "group", group_id)


@signed_in()
def school_life(request, school_id):
    return _life(request, "school", school_id)


@signed_in()
def city_life(request, city_id):
    return _life(request, "city", city_id)


@signed_in()
def post_detail(request, post_id):
    """One post, as its readers see it, with what its author or the head may do."""
    today = localdate()
    post = visible_post(request, post_id)
    memberships = audiences.memberships_of(request.person, today)
    item = shown([queries.item_of(post)], request.person, today, now())[0]
    place = post.publication.place
    context = {"item": item, "place": place, "now": now(), "links": reads_links(memberships), **_around(place)}
    if item[1]["publish"] or item[1]["confirm"]:
        context |= before_publishing(request.person, post, today)
    return render(request, "posts/post_detail.html", context)


@signed_in()
def picture_detail(request, picture_id):
    """One picture of a post with what is said there, and links to the others; page.js shows its figure in a dialog."""
    posts = rules.posts_visible_to(request.person, localdate()).filter(publication__pictures=picture_id)
    item = queries.item_of(get_object_or_404(queries.with_pictures(posts)))
    place = item.publication.place
    rank = next(rank for rank, picture in enumerate(item.pictures) if picture.pk == picture_id)
    context = {
        "item": item, "picture": item.pictures[rank], "number": rank + 1, "place": place, "words": words(place),
        "before": item.pictures[rank - 1] if rank else None,
        "after": item.pictures[rank + 1] if rank + 1 < len(item.pictures) else None,
        "links": reads_links(audiences.memberships_of(request.person, localdate())), "now": now(),
    }  # fmt: skip
    return render(request, "posts/picture_detail.html", context)


def shown(items, person, today, moment):
    """Items with what the person may do with each: no query, mandates are remembered."""
    return [(item, _allowed(item.post, person, today, moment)) for item in items]


def _life(request, kind, place_id):
    today, person = localdate(), request.person
    place, memberships = entered(request, kind, place_id)
    before = page_after(request)
    own = select_memberships(memberships, only=audiences.keys(place))
    feed = feed_positions(own, today, before=before, limit=PAGE)
    can_publish = rules.can_publish_in(person, place, None, today)
    context = {
        "place": place, "items": shown(queries.items_of(feed), person, today, now()), "after": feed.after,
        "is_first_page": before is None, "can_publish": can_publish, "now": now(), "links": reads_links(memberships),
        "just_done": _just_done(request),
    }  # fmt: skip
    if can_publish and before is None:
        in_hand = queries.posts_in_hand(rules.posts_to_decide(person, today), place)
        context["in_hand"] = shown(in_hand, person, today, now())
    return render(request, "posts/life.html", context | tabbed(request, place) | _around(place))


def _around(place):
    return {"life_url": address("life", place), "publish_url": address("publish", place), "words": words(place)}


def _allowed(post, person, today, moment):
    edit = rules.can_edit_post(person, post, today)
    return {
        "edit": edit,
        "publish": edit and rules.can_discard_post(person, post),
        "withdraw": rules.can_withdraw_post(person, post, today),
        "restore": rules.can_restore_post(person, post, today),
        "confirm": rules.can_confirm_post(person, post, today),
        "discard": rules.can_discard_post(person, post),
        "undo": rules.can_undo_post(person, post, moment, today),
    }


def _just_done(request):
    """The post that was just published or withdrawn, to say so with its « Annuler »."""
    try:
        post_id = uuid.UUID(request.GET.get("fait", ""))
    except ValueError:
        return None
    posts = queries.with_pictures(rules.posts_visible_to(request.person, localdate()))
    post = posts.filter(pk=post_id).first()
    return post and shown([queries.item_of(post)], request.person, localdate(), now())[0]
