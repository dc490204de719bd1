"""« Accueil » of a space: what it is, who is there, the last things said."""

from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.timezone import localdate, now

from preau.ent.portal import queries
from preau.ent.posts import rules as posts
from preau.kit.rooms.doors import tabs_of
from preau.kit.views import first_or_404, signed_in
from preau.people.models import Role
from preau.people.queries import holds
from preau.places.models import Level
from preau.schools import rules as register
from preau.spaces import audiences, rules
from preau.spaces.kinds import Reader
from preau.spaces.naming import life_address
from preau.spaces.rules.single import space_entered

LAST = 3


@signed_in(is_family=True)
def classroom_home(request, classroom_id):
    """A class: its levels, its adults, what was last said."""
    memberships = audiences.memberships_of(request.person, localdate())
    classroom = _classroom(request.person, classroom_id, localdate(), memberships)
    levels = [Level(code).label for code in classroom.untold_levels if code in Level.values]
    return _home(request, "classroom", classroom, memberships, {"school": classroom.school, "levels": levels})


def _classroom(person, classroom_id, today, memberships):
    if not holds(person, Role.SCHOOL_HEAD, today=today):  # their own class is read with who they are
        return first_or_404(space_entered(person, "classroom", classroom_id, today, "school", memberships=memberships))
    visible = rules.classrooms_visible_to(person, today, memberships=memberships).select_related("school")
    return get_object_or_404(queries.with_week(visible, today), pk=classroom_id)


@signed_in(is_family=True)
def group_home(request, group_id):
    """A group or a dispositif, for its own people only."""
    memberships = audiences.memberships_of(request.person, localdate())
    visible = rules.groups_visible_to(request.person, localdate(), memberships=memberships)
    group = get_object_or_404(visible.select_related("school"), pk=group_id)
    return _home(request, "group", group, memberships, {"school": group.school})


@signed_in(is_family=True)
def school_home(request, school_id):
    """A school, as its families, pupils and adults enter it: its life, and those of its spaces that are theirs."""
    today, person = localdate(), request.person
    memberships = audiences.memberships_of(person, today)
    visible = rules.schools_visible_to(person, today, memberships=memberships)
    classrooms = rules.classrooms_visible_to(person, today, memberships=memberships).filter(school=school_id)
    groups = rules.groups_visible_to(person, today, memberships=memberships).filter(school=school_id)
    classrooms = list(classrooms.select_related("school").order_by("-school_year", "order_key"))
    # Whoever is in a class is in its school: one read less for nearly everyone.
    school = classrooms[0].school if classrooms else get_object_or_404(visible, pk=school_id)
    groups = list(groups.order_by("-school_year", "sort_key"))
    return _home(request, "school", school, memberships, {"school": school, "classrooms": classrooms, "groups": groups})


@signed_in(is_family=True)
def afterschool_home(request, afterschool_id):
    """A périscolaire site, for its team and the families of the children put down for its services."""
    memberships = audiences.memberships_of(request.person, localdate())
    visible = rules.afterschools_visible_to(request.person, localdate(), memberships=memberships)
    site = get_object_or_404(visible, pk=afterschool_id)
    return _home(request, "afterschool", site, memberships, {})


@signed_in(is_family=True)
def network_home(request, network_id):
    """The space of a network of schools: what the city says to them and their families."""
    memberships = audiences.memberships_of(request.person, localdate())
    visible = rules.networks_visible_to(request.person, localdate(), memberships=memberships)
    network = get_object_or_404(visible, pk=network_id)
    return _home(request, "network", network, memberships, {"schools": network.schools.order_by("sort_key", "id")})


@signed_in(is_family=True)
def city_home(request, city_id):
    """The city's space: what it says to its schools and their families."""
    memberships = audiences.memberships_of(request.person, localdate())
    visible = rules.cities_visible_to(request.person, localdate(), memberships=memberships)
    city = get_object_or_404(visible, pk=city_id)
    return _home(request, "city", city, memberships, {})


def _home(request, kind, place, memberships, context):
    today, person = localdate(), request.person
    current = [m for m in memberships if m.is_current(today)]
    own = audiences.keys(place)
    profiles = {m.profile for m in current if m.audience in own}
    is_adult = not any(m.profile == audiences.Profile.PUPIL for m in memberships)
    reader = Reader(person, today, now())
    home = queries.stream(reader, memberships, only=own, limit=LAST)
    addresses = {
        "life_url": life_address(place),
        "publish_url": reverse(f"posts:{kind}_publish", kwargs={f"{kind}_id": place.pk}),
    }
    if profiles and kind in ("classroom", "group"):
        works_here = bool(profiles & {audiences.Profile.STAFF, audiences.Profile.HEAD})
        context["members"] = queries.space_members(place, today, counts_parents=works_here)
    school = context.get("school")
    context |= addresses | {
        "keeps_register": school and register.can_keep_register(person, school, today),
        "place": place,
        "kind": kind,
        **home.shown,
        "now": reader.now,
        "links": is_adult,
        "can_publish": posts.can_publish_in(person, place, None, today),
        "tabs": tabs_of(kind, place, person=person, today=today, path=request.path),
    }
    if kind == "classroom" and context["can_publish"]:
        context["offers_week"] = queries.offers_week(place, today)
    return render(request, "portal/space_home.html", context)
