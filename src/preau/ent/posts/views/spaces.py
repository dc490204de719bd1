"""From an address to a space that the person may enter; the same for every view of the room."""

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils.timezone import localdate

from preau.ent.posts import queries, rules
from preau.ent.posts.models import Scope
from preau.kit.rooms.doors import tabs_of
from preau.places.models import kind_of
from preau.spaces import audiences
from preau.spaces.models import Publication
from preau.spaces.queries.stops import with_opening
from preau.spaces.rules import spaces_visible_to, tell_why


def entered(request, kind, place_id):
    """The place; 404 when the space is not theirs."""
    return get_object_or_404(with_opening(spaces_visible_to(request.person, kind, localdate())), pk=place_id)


def tabbed(request, place):
    """The tabs of the space, for its page and those under it."""
    return {"tabs": tabs_of(kind_of(place), place, person=request.person, today=localdate(), path=request.path)}


def visible_post(request, post_id):
    """A post the person may read, with all that its page shows; 404 otherwise. Who read it before it was recalled is
    told so."""
    return shown_or_told(request, Publication.objects.filter(post=post_id), pk=post_id)


def shown_or_told(request, publications, **which):
    """The post among these, one at most, that the person may read."""
    today = localdate()
    post = queries.with_pictures(rules.posts_visible_to(request.person, today)).filter(**which).first()
    if post is None:
        tell_why(request.person, publications.first(), today)
        raise Http404
    return post


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
