"""What happened: a school from its project to its uses, an ambition and what points to it."""

from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, render
from django.utils.timezone import localdate

from preau.kit.views import chosen_by_slug, signed_in, table_file
from preau.plan.ambitions import rules as ambitions
from preau.plan.desk import queries
from preau.plan.equipment import rules as equipment
from preau.plan.equipment.queries import situation_of_school
from preau.plan.rollouts import rules as rollouts

BY_PAGE = 50
HEADER = ("Jour", "Ce qui s’est passé", "Par", "Précision")
USES = ("Année scolaire", "Malles venues", "Séances de Wi-Fi", "dont confirmées par une borne")


def _school(request, school_id):
    visible = equipment.schools_visible_to(request.person, localdate())
    return get_object_or_404(visible.select_related("city"), id=school_id)


def _ambition(request, ambition_id):
    visible = ambitions.ambitions_visible_to(request.person, localdate())
    return get_object_or_404(visible.select_related("city"), id=ambition_id)


def _told(name, extension, events):
    rows = [
        (event.day if event.day_is_known else str(event.day.year), event.title, event.by_label, event.detail)
        for event in events
    ]
    return table_file(f"{name}-{localdate()}", extension, HEADER, rows)


@signed_in()
def story(request, school_id, uses_of, hours_of, proof):
    """A school from its project to its uses."""
    today = localdate()
    school = _school(request, school_id)
    situation = situation_of_school(school, min(today, school.closed_on or today))
    told = queries.story_of(school, request.person, today)
    state = situation.schools[0] if situation.schools else None
    context = {
        "school": school,
        "proof": proof,
        "state": state,
        "story": told,
        "weeks": uses_of(request.person, school, today),
        "spent": hours_of(told.lines, request.person, school, today),
        # To renew or to repair: the first roll-out is a line of a programme, that waits on the home.
        "may_renew": state and state.received_count and rollouts.can_open_rollout(request.person, school, today),
    }
    return render(request, "desk/story.html", context)


@signed_in()
def ambition_list(request):
    """What the plan is for; each opens on its story."""
    city, cities = chosen_by_slug(request, ambitions.cities_visible_to(request.person, localdate()))
    found = ambitions.ambitions_visible_to(request.person, localdate()).filter(city=city)
    context = {"city": city, "cities": cities, "ambitions": found.order_by("kind", "position", "id")}
    return render(request, "desk/ambition_list.html", context)


@signed_in()
def ambition_story(request, ambition_id):
    """The projects and the decisions that point to an ambition, the first first."""
    today = localdate()
    ambition = _ambition(request, ambition_id)
    page = Paginator(queries.told_of(ambition, request.person, today), BY_PAGE).get_page(request.GET.get("page"))
    context = {"ambition": ambition, "page": page, "events": queries.read_told(page.object_list)}
    return render(request, "desk/ambition_story.html", context)


@signed_in()
def story_export(request, school_id, extension):
    """The story without the weeks of use, whose page is elsewhere."""
    school = _school(request, school_id)
    return _told(f"histoire-{school.slug}", extension, queries.story_of(school, request.person, localdate()).events)


@signed_in()
def use_export(request, school_id, extension):
    """Kits that came and Wi-Fi put on, a line per school year."""
    school = _school(request, school_id)
    years = queries.story_of(school, request.person, localdate()).uses.years
    rows = [(year.label, year.loans_count, year.windows_count, year.measured_count) for year in years]
    return table_file(f"usages-{school.slug}-{localdate()}", extension, USES, rows)


@signed_in()
def ambition_export(request, ambition_id, extension):
    """The same projects and decisions to take away."""
    ambition = _ambition(request, ambition_id)
    events = queries.read_told(queries.told_of(ambition, request.person, localdate()))
    return _told(f"ambition-{ambition.city.slug}", extension, events)
