"""« La vie » of a space: what was published there, of every kind, newest first."""

from django.http import Http404
from django.shortcuts import render
from django.utils.timezone import localdate, now

from preau.ent.portal import queries
from preau.ent.posts import rules as posts
from preau.ent.posts.stream import in_hand, just_done
from preau.kit.pages import addresses
from preau.kit.rooms.doors import tabs_of
from preau.kit.views import first_or_404, signed_in
from preau.spaces import audiences
from preau.spaces.kinds import Reader
from preau.spaces.naming import life_address, words
from preau.spaces.queries import Position
from preau.spaces.rules.single import space_entered


@signed_in(is_family=True)
def classroom_life(request, classroom_id):
    return _life(request, "classroom", classroom_id)


@signed_in(is_family=True)
def group_life(request, group_id):
    return _life(request, "group", group_id)


@signed_in(is_family=True)
def school_life(request, school_id):
    return _life(request, "school", school_id)


@signed_in(is_family=True)
def afterschool_life(request, afterschool_id):
    return _life(request, "afterschool", afterschool_id)


@signed_in(is_family=True)
def network_life(request, network_id):
    return _life(request, "network", network_id)


@signed_in(is_family=True)
def city_life(request, city_id):
    return _life(request, "city", city_id)


def page_after(request):
    """Where an older page starts; a wrong address is no page."""
    text = request.GET.get("avant", "")
    position = Position.read(text)
    if text and position is None:
        raise Http404
    return position


def _life(request, kind, place_id):
    reader = Reader(request.person, localdate(), now(), acts=True)
    memberships = audiences.memberships_of(reader.person, reader.today)
    place = first_or_404(space_entered(reader.person, kind, place_id, reader.today, memberships=memberships))
    before = page_after(request)
    page = queries.stream(reader, memberships, only=audiences.keys(place), before=before)
    can_publish = posts.can_publish_in(reader.person, place, None, reader.today)
    context = {
        "place": place, "kind": kind, "words": words(place), "life_url": life_address(place),
        "publish_url": addresses.address(f"posts:{kind}_publish", place.pk), "can_publish": can_publish,
        **page.shown, "after": page.after, "is_first_page": before is None,
        "in_hand": in_hand(place, reader) if can_publish and before is None else [],
        "just_done": just_done(request.GET.get("fait", ""), reader),
        "now": reader.now, "links": not any(m.profile == audiences.Profile.PUPIL for m in memberships),
        "tabs": tabs_of(kind, place, person=reader.person, today=reader.today, path=request.path),
    }  # fmt: skip
    return render(request, "portal/life.html", context)
