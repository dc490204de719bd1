"""Roll-outs read: the list, one school's way, the procès-verbaux that the plan's figures open on."""

from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.utils.timezone import localdate

from preau.kit.views import kept_in_turn, one_in_turn, signed_in, table_file
from preau.plan.equipment.queries import year_of
from preau.plan.equipment.rules import can_write_plan, cities_to_choose, schools_visible_to, sight_of_schools
from preau.plan.premises.queries import counts_of
from preau.plan.rollouts import queries, rules
from preau.plan.rollouts.models import StepKind

BY_PAGE = 25
FILTERS = {
    "": ("En cours", lambda p: p.phase not in (queries.Phase.SERVICE, queries.Phase.ABANDONED)),
    "bloques": ("Bloqués", lambda p: bool(p.blocked)),
    "retard": ("En retard", lambda p: bool(p.late) and not p.rollout.abandoned_on),
    "service": ("En service", lambda p: p.is_in_service),
    "abandonnes": ("Abandonnés", lambda p: p.rollout.abandoned_on is not None),
    "tous": ("Tous", lambda p: True),
}

# The columns of the kanban: each leads to the list of its schools.
PHASES = tuple(phase for phase in queries.Phase if phase not in (queries.Phase.SERVICE, queries.Phase.ABANDONED))


def cities_of(request, today):
    """{"city": the one whose roll-outs are read, "cities": all those to choose from}; no city for who sees one, or a
    school: what they see is read whole."""
    cities = cities_to_choose(request.person, today)
    return {"city": one_in_turn(request, cities), "cities": cities}


def rollouts_in_sight(request, today):
    """Every roll-out of that city in sight, in the order of schools."""
    rollouts, cities = rules.rollouts_visible_to(request.person, today), cities_to_choose(request.person, today)
    return queries.in_order(kept_in_turn(request, rollouts, cities, "school__city")[0])


def some_or_404(request, found, today):
    """What was found; 404 when it is nothing and the person sees no school."""
    if not found and not schools_visible_to(request.person, today).exists():
        raise Http404
    return found


def standings_in_sight(request, today, city):
    """Where each of them stands, those of `city` alone when there is one."""
    sight = sight_of_schools(request.person, today)
    slug = city.slug if city else request.GET.get("ville", "")
    return some_or_404(request, queries.standings_of(sight, today, slug), today)


def tabs_of(standings, state):
    """(key, label, how many) of each state of the list; a phase stands among them when it is asked."""
    asked = [(state, queries.Phase(state).label.capitalize())] if state in PHASES else []
    labels = [(key, label) for key, (label, _) in FILTERS.items()]
    return [(key, label, sum(map(keeps(key), standings))) for key, label in labels + asked]


def keeps(state):
    """The test of a state of the list, or of a phase."""
    return FILTERS[state][1] if state in FILTERS else lambda p: p.phase == state


@signed_in()
def rollout_list(request):
    """Where each school is, what holds it back, who it waits for; `?etat=` keeps a state, or a phase of the kanban."""
    today = localdate()
    cities = cities_of(request, today)
    standings, state = standings_in_sight(request, today, cities["city"]), request.GET.get("etat", "")
    state = state if state in (*FILTERS, *PHASES) else ""
    page = Paginator(list(filter(keeps(state), standings)), BY_PAGE).get_page(request.GET.get("page"))
    page.object_list = queries.with_all_steps(page.object_list)
    tabs = tabs_of(standings, state)
    context = {"page": page, "tabs": tabs, "state": state, "under_way": tabs[0][2], **cities}
    return render(request, "rollouts/rollout_list.html", context)


@signed_in()
def rollout_detail(request, rollout_id):
    """One school's way: its steps, its procès-verbaux, what it still lacks."""
    person, today = request.person, localdate()
    visible = rules.rollouts_visible_to(person, today)
    rollout = get_object_or_404(visible.select_related("school__city", "kit"), id=rollout_id)
    progress = queries.progress_of([rollout], today)[0]
    receptions = rules.receptions_visible_to(person, today).filter(rollout=rollout)
    return render(
        request,
        "rollouts/rollout_detail.html",
        {
            "p": progress,
            "rollout": rollout,
            "school": rollout.school,
            "receptions": queries.reception_lines(receptions),
            "may_write": {kind for kind in StepKind if rules.can_write_step(person, rollout, kind, today)},
            "may_receive": rules.can_receive(person, rollout, today),
            "uncounted_in": year_of(today) if _lacks_classes(person, progress, today) else None,
            "may_abandon": rules.can_abandon_rollout(person, rollout, today),
        },
    )


def _lacks_classes(person, progress, today) -> bool:
    """Of a school in service, for who may write it: nobody wrote how many classes it has, and nothing counts it."""
    school = progress.rollout.school
    if not progress.is_in_service or not can_write_plan(person, school.city, today):
        return False
    return counts_of(school, today).classes is None


STEPS = ("Étape", "État", "Chez qui", "Prévue le", "Faite le", "Preuve", "Bloquée depuis le", "Ce qui la retient")
STATES = {"done": "faite", "stop": "bloquée", "wait": "en attente"}


@signed_in()
def step_export(request, rollout_id, extension):
    """The steps of one school's way, as its page tells them."""
    today = localdate()
    visible = rules.rollouts_visible_to(request.person, today)
    rollout = get_object_or_404(visible.select_related("school__city", "kit"), id=rollout_id)
    rows = [
        (
            s.label.capitalize(),
            STATES.get(s.state, "à faire"),
            s.owner_label,
            s.planned_on,
            s.done_on,
            s.proof,
            s.blocked_on,
            s.blocked_cause or (not s.done_on and s.held_by) or "",
        )
        for s in queries.progress_of([rollout], today)[0].steps
    ]
    return table_file(f"etapes-{rollout.school.slug}-{today}", extension, STEPS, rows)


def _receptions(request):
    """Every procès-verbal in sight, newest first; 404 for who sees none and no school."""
    today = localdate()
    receptions = rules.receptions_visible_to(request.person, today)
    if request.GET.get("ville"):
        receptions = receptions.filter(city__slug=request.GET["ville"])
    if request.GET.get("reserves"):
        receptions = queries.with_open_reservations(receptions)
    if not receptions.exists() and not schools_visible_to(request.person, today).exists():
        raise Http404
    return queries.reception_lines(receptions)


@signed_in()
def reception_list(request):
    """What « 23 écoles » opens on (plan.md AC-30)."""
    page = Paginator(_receptions(request), BY_PAGE).get_page(request.GET.get("page"))
    return render(request, "rollouts/reception_list.html", {"page": page, "only_open": "reserves" in request.GET})


RECEPTIONS = (
    "Procès-verbal", "École", "UAI", "Équipement type", "Visite du", "Classes reçues", "Classes vues",
    "Réserves à lever", "Signé par la Ville le", "Signé par l’école le", "Retiré le", "Raison du retrait", "Qualité",
)  # fmt: skip


@signed_in()
def reception_export(request, extension):
    """The same procès-verbaux to take away."""
    rows = [
        (
            r.number or "à signer",
            r.rollout.school.shown_name,
            r.rollout.school.uai,
            str(r.rollout.kit),
            r.held_on,
            r.accepted_count,
            r.classes_count,
            r.open_count,
            _day(r.signed_at),
            _day(r.receipt_at),
            _day(r.withdrawn_at),
            r.withdrawn_reason,
            r.get_quality_display(),
        )
        for r in _receptions(request)
    ]
    return table_file(f"proces-verbaux-{localdate()}", extension, RECEPTIONS, rows)


def _day(instant):
    return localdate(instant) if instant else None
