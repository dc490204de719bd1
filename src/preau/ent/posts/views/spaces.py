"""From an address to a space that the person may enter; the same for every view of the room."""

from django.shortcuts import get_object_or_404
from django.utils.timezone import localdate

from preau.ent.posts import queries, rules
from preau.ent.posts.models import Scope
from preau.kit.rooms.doors import tabs_of
from preau.places.models import kind_of
from preau.spaces import audiences
from preau.spaces.rules import spaces_visible_to


def entered(request, kind, place_id):
    """The place; 404 when the space is not theirs."""
    return get_object_or_404(spaces_visible_to(request.person, kind, localdate()), pk=place_id)


def tabbed(request, place):
    """The tabs of the space, for its page and those under it."""
    return {"tabs": tabs_of(kind_of(place), place, person=request.person, today=localdate(), path=request.path)}


def visible_post(request, post_id):
    """A post the person may read, with all that its page shows; 404 otherwise."""
    posts = queries.with_pictures(rules.posts_visible_to(request.person, localdate()))
    return get_object_or_404(posts, pk=post_id)


def before_publishing(person, post, today):
    """What is shown of a post on its way: who will see it, and whether a head decides first."""
    place, scope = post.publication.place, Scope(post.scope)
    return {
        "whos": [queries.who_will_see(scope, place, today)],
        "waits_for_head": rules.needs_the_head(person, place, scope, today),
    }


def reads_links(memberships):
    """Links that leave Préau are for adults (trust.md R17)."""
    return not any(m.profile == audiences.Profile.PUPIL for m in memberships)
