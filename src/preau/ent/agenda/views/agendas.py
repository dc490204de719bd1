"""Five weeks at a time: of all the places one is in, or of one space."""

from django.shortcuts import render
from django.utils.timezone import localdate

from preau.ent.agenda import queries, rules
from preau.kit.pages import addresses
from preau.kit.rooms.doors import tabs_of
from preau.kit.views import first_or_404, signed_in
from preau.places.queries import calendar_covers
from preau.schools.queries import children_of_guardian
from preau.spaces import audiences
from preau.spaces.naming import child_tags
from preau.spaces.queries import children_of
from preau.spaces.rules.single import space_entered


@signed_in(is_family=True)
def mine(request):
    """Everything that is coming for the person, each thing with the children it concerns; where they may add."""
    today = localdate()
    memberships = audiences.memberships_of(request.person, today)
    present = children_of(memberships, today)
    children = children_of_guardian(request.person, today) if present else ()
    tags = child_tags(children, present)
    places = rules.places_written_in(request.person, today)
    written = [(place, addresses.address(f"agenda:{place._meta.model_name}_agenda", place.pk)) for place in places]
    return _page(request, memberships, today, tags=tags, written=written)


def _of(kind):
    """The page of the spaces of one kind."""

    @signed_in(is_family=True)
    def agenda(request, **ids):
        return _space(request, kind, *ids.values())

    return agenda


classroom_agenda, group_agenda, afterschool_agenda = _of("classroom"), _of("group"), _of("afterschool")
school_agenda, city_agenda = _of("school"), _of("city")


def _space(request, kind, place_id):
    today, person = localdate(), request.person
    memberships = audiences.memberships_of(person, today)
    place = first_or_404(space_entered(person, kind, place_id, today, memberships=memberships))
    can_add = rules.can_add_event(person, place, today)
    add_url = addresses.address(f"agenda:{kind}_event", place.pk) if can_add else ""
    opens = kind == "classroom" and can_add
    round_url = addresses.address("agenda:round_new", place.pk) if opens else ""
    if kind == "school" and rules.can_convene(person, place, today):
        round_url = addresses.address("agenda:council_new", place.pk)
    tabs = tabs_of(kind, place, person=person, today=today, path=request.path)
    only, about = audiences.keys(place), {"place": place, "add_url": add_url, "round_url": round_url, "kind": kind}
    return _page(request, memberships, today, only=only, tabs=tabs, **about)


def _page(request, memberships, today, *, tags=None, only=None, **context):
    window = queries.window_asked(request.GET.get("du", ""), today)
    chosen = [m for m in memberships if only is None or m.audience in only]
    is_family = any(m.profile == audiences.Profile.FAMILY for m in chosen)
    person = request.person if is_family else None
    items = queries.coming(chosen, today, since=window.first, until=window.last, tags=tags, person=person)
    calendar = queries.calendar_of_spaces(memberships, today)
    days = queries.days_of(window, items, calendar, today)
    is_now, is_empty = window.first <= today <= window.last, all(day.is_empty for day in days)
    context |= {"days": days, "window": window, "is_now": is_now, "is_empty": is_empty}
    context["holidays_unknown"] = bool(calendar.code) and not calendar_covers(calendar, window.last)
    context["has_councils"] = any(m.kind == "school" and m.profile != audiences.Profile.PUPIL for m in chosen)
    return render(request, "agenda/agenda.html", context)
