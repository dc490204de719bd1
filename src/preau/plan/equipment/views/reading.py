"""The plan read: its figures, and each of their parts down to one class received."""

from django.core.paginator import Paginator
from django.db.models import CharField, Subquery
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import localdate

from preau.kit.views import chosen_by_slug, signed_in
from preau.places.models import City
from preau.plan.equipment import queries, rules
from preau.plan.equipment.models import Measure

BY_PAGE = 50
IN_SIGHT = queries.situations_kept(rules.schools_visible_to)
IN_CITY = queries.situations_kept(
    lambda person, today, slug: rules.schools_visible_to(person, today).filter(city__slug=slug), CharField
)


def chosen_city(request, cities):
    """The city named by `?ville=`, among those given, else the first. 404 when there is none."""
    return city_among(request, cities)[0]


def city_among(request, cities):
    """(the chosen city, all those given): one read, for pages that let one change."""
    return chosen_by_slug(request, queries.marked(cities))


@signed_in()
def plan_home(request, above):
    """The three figures, their averages and conventions, what was published, the laboratory."""
    person, today = request.person, localdate()
    try:
        city, cities = city_among(request, rules.cities_visible_to(person, today))
    except Http404:
        if request.GET.get("ville") or not rules.schools_visible_to(person, today).exists():
            raise
        return redirect("equipment:school_list")
    totals_only = rules.reads_totals_only(person, city, today)
    is_part = not totals_only and not rules.reads_whole_city(person, city, today)
    if is_part:
        schools = rules.schools_visible_to(person, today).filter(city=city)
        overview = queries.overview_of(city, schools, today, is_part=True)
    else:
        overview = queries.overview_of_city(city, today)
    return render(
        request,
        "equipment/plan_home.html",
        {
            "city": city,
            "cities": cities,
            "overview": overview,
            "totals_only": totals_only,
            "is_part": is_part,
            "may_write": rules.can_write_plan(person, city, today),
            "may_receive": rules.can_write_acceptances(person, city, today),
            "above": above,
        },
    )


def schools_in_sight(request, today):
    """(situation, `?etat=`, the schools it keeps, whether what each cost is told). 404 without a school in sight."""
    schools, slug = rules.schools_visible_to(request.person, today), request.GET.get("ville")
    if slug:
        schools = schools.filter(city__slug=slug)
    situation = IN_CITY(request.person, today, slug) if slug else IN_SIGHT(request.person, today)
    if not situation.schools:
        raise Http404
    state = request.GET.get("etat", "")
    kept = {"equipees": situation.equipped, "attente": situation.remaining, "inconnu": situation.unsettled}
    shown = kept.get(state, situation.schools)
    told = rules.schools_with_amounts(schools, request.person, today)
    return situation, state, shown, not schools.exclude(id__in=told.values("id")).exists()


@signed_in()
def school_list(request):
    """Every school in sight and its two facts; `?etat=` keeps the equipped ones, the others, or those nobody tells."""
    situation, state, shown, with_amounts = schools_in_sight(request, localdate())
    page = Paginator(shown, BY_PAGE).get_page(request.GET.get("page"))
    context = {
        "writes_in": rules.own_cities(request.person, situation.on) if situation.unsettled else (),
        "this_year": queries.year_of(situation.on),
        "situation": situation, "page": page, "state": state, "with_amounts": with_amounts,
        "beside": () if situation.is_told else _published_beside(situation),
    }  # fmt: skip
    return render(request, "equipment/school_list.html", context)


def _published_beside(situation):
    """What was published of their city, when these schools are of one."""
    cities = City.objects.filter(schools__in=[school.id for school in situation.schools]).distinct()[:2]
    if len(cities) != 1:
        return ()
    return queries.totals_among(queries.published_facts(cities[0], situation.on))


@signed_in()
def class_list(request, above):
    """« 161 classes », one line each."""
    page = Paginator(classes_in_sight(request, localdate()), BY_PAGE).get_page(request.GET.get("page"))
    return render(request, "equipment/class_list.html", {"page": page, "above": above})


def classes_in_sight(request, today):
    """The classes received that the person may read, of the city asked for. 404 without a school in sight."""
    acceptances = rules.acceptances_visible_to(request.person, today)
    if request.GET.get("ville"):
        acceptances = acceptances.filter(school__city__slug=request.GET["ville"])
    elif not rules.schools_visible_to(request.person, today).exists():
        raise Http404
    return queries.classes_received(acceptances, today)


@signed_in()
def school_detail(request, school_id, above):
    """One school: its two facts, its classes, what it cost, what the kit in force asks."""
    today = localdate()
    visible = rules.schools_visible_to(request.person, today)
    left_out = Subquery(queries.left_out_of().values("reason")[:1])
    school = get_object_or_404(visible.select_related("city").annotate(left_out_reason=left_out), id=school_id)
    # A closed school keeps its page: it is read at its last day.
    day = min(today, school.closed_on or today)
    facts = list(queries.facts_about(school))
    received = rules.acceptances_visible_to(request.person, today).filter(school=school)
    acceptances = list(queries.acceptance_lines(received))
    situation = queries.situation_of_school(school, day, queries.known_by(facts, day), acceptances)
    state = next(iter(situation.schools), None)
    kit, lines = queries.kit_in_force(school, today)
    with_amounts = rules.reads_amounts(request.person, school, today)
    classes = state.classes_count if state else None
    floors = queries.latest(facts, Measure.FLOORS)
    return render(
        request,
        "equipment/school_detail.html",
        {
            "school": school,
            "above": above,
            "state": state,
            "is_closed": not school.is_open_on(today),
            "acceptances": acceptances,
            "this_year": queries.year_of(today),
            "with_amounts": with_amounts,
            "expenses": queries.expense_lines(school) if with_amounts else (),
            "facts": [fact for fact in facts if not fact.proxy_of_id],
            "estimate": next((fact for fact in facts if fact.proxy_of_id), None),
            "priority": queries.latest(facts, Measure.PRIORITY_EDUCATION),
            "kit": kit,
            "needs": queries.needs_of(lines, classes=classes, floors=floors and floors.value, pupils=None),
            "may_write": (may_write := rules.can_write_plan(request.person, school.city, today)),
            "may_estimate": may_write and not queries.social_indexes(facts),
            "may_receive": rules.can_write_acceptances(request.person, school.city, today),
        },
    )


@signed_in()
def fact_list(request):
    """Every published figure of the city, with its day, source and quality."""
    today = localdate()
    city = chosen_city(request, rules.cities_visible_to(request.person, today))
    return render(
        request,
        "equipment/fact_list.html",
        {
            "city": city,
            "facts": queries.facts_of(city),
            "this_year": queries.year_of(today),
            "may_write": rules.can_write_plan(request.person, city, today),
        },
    )
