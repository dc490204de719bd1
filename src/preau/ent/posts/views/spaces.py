"""From an address to a space that the person may enter; the same for every view of the room."""

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils.timezone import localdate

from preau.ent.posts import queries, rules
from preau.ent.posts.models import Scope
from preau.kit.pages import addresses
from preau.kit.rooms.doors import tabs_of
from preau.places.models import City, Classroom, Group, School
from preau.spaces import audiences
from preau.spaces import rules as spaces
from preau.spaces.queries import Position

# Kind of an address → who may enter, what to read with it.
VISIBLE = {
    "classroom": (spaces.classrooms_visible_to, ("school",)),
    "group": (spaces.groups_visible_to, ("school",)),
    "school": (spaces.schools_visible_to, ()),
    "city": (spaces.cities_visible_to, ()),
}
KINDS = {Classroom: "classroom", Group: "group", School: "school", City: "city"}
WORDS = {  # « la vie de la classe », « dans la vie de la classe »
    "classroom": "de la classe",
    "group": "du groupe",
    "school": "de l’école",
    "city": "de la Ville",
}


def entered(request, kind, place_id):
    """The place and the person's memberships, read once; 404 when the space is not theirs."""
    visible, related = VISIBLE[kind]
    memberships = audiences.memberships_of(request.person, localdate())
    places = visible(request.person, localdate(), memberships=memberships).select_related(*related)
    return get_object_or_404(places, pk=place_id), memberships


def address(name, place):
    """The address of a page of a space: `address("life", classroom)`."""
    kind = KINDS[type(place)]
    return addresses.address(f"posts:{kind}_{name}", place.pk)


def words(place):
    """How the space is called in a sentence."""
    return WORDS[KINDS[type(place)]]


def tabbed(request, place):
    """The tabs of the space, for its page and those under it."""
    kind = KINDS[type(place)]
    return {"tabs": tabs_of(kind, place, person=request.person, today=localdate(), path=request.path)}


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


def page_after(request):
    """Where an older page starts; a wrong address is no page."""
    text = request.GET.get("avant", "")
    position = Position.read(text)
    if text and position is None:
        raise Http404
    return position
