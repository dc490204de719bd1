"""« Arrêt d’urgence »: stop what is published in a place, start it again, and what open pages ask."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import localdate, now

from preau.kit.answers import require
from preau.kit.dates import school_year_label
from preau.kit.ids import ids_of
from preau.kit.pages import addresses
from preau.kit.rooms.doors import StopDoor, declared
from preau.kit.views import press, public, signed_in, submit
from preau.places.models import School
from preau.spaces import actions, rules
from preau.spaces.forms import StopForm
from preau.spaces.models import Stop
from preau.spaces.queries import stops

STOPPED = "C’est arrêté\u00a0: {0}, pour {1}. Les pages déjà ouvertes se vident dans la minute."
KNOWN = "C’était déjà arrêté\u00a0: rien n’a changé."
BACK = "C’est remis en marche. Tout ce qui avait été publié est de nouveau montré."


@signed_in()
def stop_list(request):
    """The places one may stop, or the page of the only one."""
    today = localdate()
    require(rules.can_open_stops(request.person, today))
    cities = list(rules.cities_stoppable_by(request.person, today).order_by("name", "id"))
    schools = rules.schools_stoppable_by(request.person, today).exclude(city__in=cities)
    schools = list(schools.filter(closed_on=None).order_by("sort_key", "id"))
    if len(cities + schools) == 1:
        return _to(*cities, *schools)
    return render(request, "spaces/stop_list.html", {"cities": cities, "schools": schools})


@signed_in("GET", "POST")
def school_stop(request, school_id):
    """A school, whole, its classes, or one of them."""
    today = localdate()
    school = get_object_or_404(rules.schools_stoppable_by(request.person, today).select_related("city"), pk=school_id)
    heads = rules.stop_authority(request.person, school, today) == Stop.Authority.SCHOOL
    rooms = school.classrooms.filter(school_year=school_year_label(today)).order_by("order_key", "id") if heads else []
    return _stop(request, school, list(rooms))


@signed_in("GET", "POST")
def city_stop(request, city_id):
    """A city, whole, its schools, or one of them."""
    city = get_object_or_404(rules.cities_stoppable_by(request.person, localdate()), pk=city_id)
    return _stop(request, city, list(city.schools.filter(closed_on=None).order_by("sort_key", "id")))


@signed_in("POST")
def stop_end(request, stop_id):
    """« Remettre en marche »."""
    today = localdate()
    stop = get_object_or_404(stops.with_places(rules.stops_visible_to(request.person, today)), pk=stop_id)
    require(rules.can_start_again(request.person, stop, today))
    press(request, lambda: actions.start_again(person=request.person, stop=stop, now=now()), BACK)
    return _to(stop.place.school if stop.classroom_id else stop.place)


@public()
def stops_since(request):
    """When something was last stopped or started again in these places, in seconds since 1970: asked every 40 seconds
    by pages left open (kit/page.js). It says nothing of what."""
    at = stops.changed_at(ids_of(request.GET.get("lieux", "").split(",")))
    return HttpResponse(f"{at.timestamp():.0f}" if at else "0", content_type="text/plain")


def _stop(request, place, inside):
    person, today = request.person, localdate()
    require(rules.can_stop(person, place, today))
    form = StopForm(request.POST or None, place=place, inside=inside)
    made = submit(request, form, lambda **values: (actions.stop_place(person=person, now=now(), **values),))
    if made:
        messages.success(request, _said(made[0]))
        return _to(place)
    lines = stops.lines_of(stops.around(rules.stops_visible_to(person, today), place))
    lines = [(line, rules.can_start_again(person, line.stop, today)) for line in lines]
    is_city = not isinstance(place, School)
    beside = (
        [] if is_city else [(line, addresses.address(line.url_name, school_id=place.pk)) for line in declared(StopDoor)]
    )
    context = {"form": form, "place": place, "lines": lines, "is_city": is_city, "beside": beside}
    return render(request, "spaces/stop.html", context, status=422 if form.errors else 200)


def _said(begun):
    if not begun:
        return KNOWN
    (line,) = stops.lines_of(Stop.objects.filter(pk__in=[stop.pk for stop in begun]))
    return STOPPED.format(stops.called(line.stop), line.readers)


def _to(place):
    name = "school" if isinstance(place, School) else "city"
    return redirect(f"spaces:{name}_stop", place.pk)
