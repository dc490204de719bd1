"""Where every roll-out in sight stands, then the few a page shows: what is over costs a line, not its eleven steps."""

from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property, lru_cache

from django.db.models import Case, CharField, Count, DateField, Exists, F, Max, Min, OuterRef, Q, Subquery, When
from django.db.models.functions import Coalesce, Greatest, TruncDate

from preau.kit.prepared import Asked, Prepared, Sight, seen_by_asked
from preau.places.models import City, School
from preau.plan.equipment.models import Acceptance, KitLine, StandardKit
from preau.plan.rollouts.models import DERIVED, Reception, ReceptionLine, Reservation, Rollout, RolloutStep, StepKind
from preau.plan.rollouts.queries.progress import Progress, StepRow, rows_by_rollout
from preau.plan.rollouts.queries.reads import in_order


@dataclass
class Way:
    """A roll-out as a list reads it; its names are the model's, so that rules and pages take one or the other."""

    id: object
    school_id: object
    opened_on: date
    classes_count: int
    service_on: date | None
    abandoned_on: date | None
    abandoned_reason: str
    kit_version: int
    school_name: str
    city_id: object
    department_id: object
    classes_received: int
    class_on: date | None
    common_on: date | None
    needs_common: bool
    is_loose: bool  # a step that somebody writes is not done
    first_on: date | None  # of its steps' days, done or planned
    last_on: date | None
    taken_back_on: date | None = None  # read of those under way alone

    @property
    def pk(self):
        return self.id

    @cached_property
    def school(self) -> School:
        """Its name and its city: what a line shows and what a rule asks."""
        return School(shown_name=self.school_name, city=City(id=self.city_id, department_id=self.department_id))

    @property
    def kit(self) -> StandardKit:
        return StandardKit(version=self.kit_version)

    @property
    def accepted_on(self) -> date | None:
        """The day the last class to equip and the common parts were received."""
        if self.classes_received < self.classes_count or (self.needs_common and self.common_on is None):
            return None
        return max(self.class_on, self.common_on) if self.common_on else self.class_on


COLUMNS = (
    "id", "school_id", "opened_on", "classes_count", "service_on", "abandoned_on", "abandoned_reason", "kit__version",
    "school__shown_name", "school__city_id", "school__city__department_id", "classes_received", "class_on", "common_on",
    "needs_common", "is_loose", "first_on", "last_on",
)  # fmt: skip
NOTHING_SEEN = (frozenset(), 0)


def standings_of(sight: Sight, today: date, city: str = "") -> tuple[Progress, ...]:
    """The progress of the roll-outs of schools in sight, by school, each `rollout` a Way; of one city when its slug is
    given. Five reads at most, whatever their number. The steps of what is in service and complete are left out:
    `with_all_steps` reads those a page shows."""
    asked = (*sight.ids, city) if city else sight.ids
    ask_ways, ask_steps, ask_lines, _ = _prepared(sight.paths, bool(city))
    ways = _to_the_last([Way(*row) for row in ask_ways.rows(*asked)] if sight.paths else [])
    if not ways:
        return ()
    undone = [way.id for way in ways if way.service_on and (way.is_loose or not way.accepted_on)]
    rows = rows_by_rollout(undone)
    for key, *row in ask_steps.rows(*asked):
        rows[key].append(StepRow(*row))
    seen = _seen(ask_lines.rows(*asked))
    return tuple(_standing(way, rows[way.id], seen.get(way.id, NOTHING_SEEN), today) for way in ways)


def progress_of(rollouts, today: date) -> tuple[Progress, ...]:
    """The progress of roll-outs already in sight, in their order, all steps known. Four reads at most."""
    kept = {rollout.pk: rollout for rollout in rollouts}
    found = _ways(Rollout.objects.filter(pk__in=kept)).values_list(*COLUMNS)
    ways = {row[0]: Way(*row) for row in found}
    _to_the_last(ways.values())
    rows = rows_by_rollout(kept)
    seen = _seen(_lines(ReceptionLine.objects.filter(reception__rollout__in=kept)))
    return tuple(
        replace(_standing(ways[key], rows[key], seen.get(key, NOTHING_SEEN), today), rollout=rollout)
        for key, rollout in kept.items()
    )


def under_way_of(sight: Sight, today: date, city: str = "") -> tuple[Progress, ...]:
    """Those neither in service nor abandoned, or out of service since a reception was taken back, with their steps, in
    one read (two when a school has more classes than it asked for): no réserve is read, so no phase is said."""
    *_, ask = _prepared(sight.paths, bool(city))
    ways, rows = [], defaultdict(list)
    for key, school, *row in ask.rows(*sight.ids, *([city] if city else ())) if sight.paths else ():
        rows[key].append(StepRow(*row[: len(StepRow._fields)]))
        if school:
            ways.append(Way(key, school, *row[len(StepRow._fields) :]))
    return tuple(_standing(way, rows[way.id], NOTHING_SEEN, today) for way in _to_the_last(ways))


@lru_cache(maxsize=64)
def _prepared(paths, of_city):
    """Ways; steps of those not in service; lines seen of those with a réserve to lift, where alone they change the
    phase; ways not over, once by step. Written once for each kind of sight."""

    def within(prefix):
        seen = seen_by_asked(paths, prefix)
        return seen & Q((f"{prefix}city__slug", Asked(len(paths), CharField))) if of_city else seen

    ways = _ways(Rollout.objects.filter(within("school__")))
    steps = RolloutStep.objects.filter(within("rollout__school__"), rollout__service_on=None)
    under_way = ways.filter(is_under_way(), steps__isnull=False)
    # Each roll-out is told on one of its rows, of the step that each has: eleven times would cost eleven times.
    told = (*COLUMNS[1:], taken_back_on())
    once = [Case(When(steps__kind=StepKind.ACCEPTED, then=F(each) if each in COLUMNS else each)) for each in told]
    return (
        Prepared(ways.values_list(*COLUMNS)),
        Prepared(steps.values_list("rollout_id", *StepRow._fields)),
        Prepared(_lines(ReceptionLine.objects.filter(within("reception__rollout__school__")))),
        Prepared(under_way.values_list("id", once[0], *(f"steps__{name}" for name in StepRow._fields), *once[1:])),
    )


def _ways(rollouts):
    steps = RolloutStep.objects.filter(rollout=OuterRef("pk")).order_by()
    days = steps.values("rollout").annotate(
        first=Min(Coalesce("done_on", "planned_on")), last=Max(Coalesce("done_on", "planned_on"))
    )
    return in_order(with_receipts(rollouts).select_related(None)).annotate(
        is_loose=Exists(steps.filter(done_on=None).exclude(kind__in=DERIVED)),
        first_on=Subquery(days.values("first")),
        last_on=Subquery(days.values("last")),
    )


def _to_the_last(ways):
    """The same; where classes were received beyond those to equip, the day is that of the last to equip."""
    beyond = {way.id: way for way in ways if way.classes_received > way.classes_count}
    for key, days in _days_received(beyond).items() if beyond else ():
        beyond[key].class_on = days[beyond[key].classes_count - 1]
    return ways


def _days_received(ids):
    """{roll-out: the days its classes were received, in order}"""
    received = Acceptance.objects.filter(withdrawn_at=None, kit=F("school__rollouts__kit"), school__rollouts__in=ids)
    found = defaultdict(list)
    for key, day in received.order_by("accepted_on", "id").values_list("school__rollouts", "accepted_on"):
        found[key].append(day)
    return found


def with_receipts(rollouts):
    """Annotates what was received: `classes_received`, `class_on` the last one's day, `common_on`, `needs_common`."""
    received = Acceptance.objects.standing().filter(school=OuterRef("school"), kit=OuterRef("kit")).order_by()
    classes = received.values("school").annotate(number=Count("id")).values("number")
    last = received.values("school").annotate(last=Max("accepted_on")).values("last")
    common = ReceptionLine.objects.filter(
        reception__rollout=OuterRef("pk"),
        reception__withdrawn_at=None,
        reception__signed_at__isnull=False,
        scope=ReceptionLine.Scope.COMMON,
        accepted_on__isnull=False,
    ).order_by("accepted_on")
    needs = KitLine.objects.filter(kit=OuterRef("kit")).exclude(rule=KitLine.Rule.PER_CLASS)
    return rollouts.annotate(
        classes_received=Coalesce(Subquery(classes), 0),
        class_on=Subquery(last),
        common_on=Subquery(common.values("accepted_on")[:1]),
        needs_common=Exists(needs),
    )


def taken_back() -> Q:
    """A condition on roll-outs `with_receipts`: put in service, and no longer whole (`Progress.is_in_service`)."""
    is_short = Q(classes_received__lt=F("classes_count")) | Q(needs_common=True, common_on=None)
    return Q(service_on__isnull=False) & is_short


def taken_back_on() -> Coalesce:
    """The last day on which a paper of a roll-out, or a class of its school received with its kit, was taken back."""
    papers = Reception.objects.filter(rollout=OuterRef("pk"), withdrawn_at__isnull=False)
    classes = Acceptance.objects.filter(school=OuterRef("school"), kit=OuterRef("kit"), withdrawn_at__isnull=False)
    paper_on, class_on = (
        Subquery(
            rows.order_by("-withdrawn_at").annotate(day=TruncDate("withdrawn_at")).values("day")[:1],
            output_field=DateField(),
        )
        for rows in (papers, classes)
    )
    return Coalesce(Greatest(paper_on, class_on), paper_on, class_on)  # SQLite's Greatest of a null is null


def is_under_way() -> Q:
    """A condition on roll-outs `with_receipts`: neither abandoned nor in service, whether not yet or no longer."""
    return Q(service_on=None, abandoned_on=None) | taken_back()


def _lines(lines):
    rollout = {name: OuterRef(f"reception__rollout__{name}") for name in ("school", "kit")}
    received = Acceptance.objects.standing().filter(**rollout, label_key=OuterRef("label_key"))
    to_lift = Reservation.objects.filter(
        line__reception__rollout=OuterRef("reception__rollout"), line__reception__withdrawn_at=None, lifted_on=None
    ).exclude(line__reception__signed_at=None)
    return (
        lines.filter(Exists(to_lift), reception__withdrawn_at=None, reception__signed_at__isnull=False)
        .annotate(
            way=F("reception__rollout"),
            is_received=Exists(received),
            open_count=Count("reservations", filter=Q(reservations__lifted_on=None)),
        )
        .values_list("way", "scope", "label_key", "accepted_on", "is_received", "open_count")
    )


def _seen(lines):
    """{roll-out: (labels of classes seen and not received, réserves to lift)}"""
    found = {}
    for key, scope, label, accepted_on, is_received, open_count in lines:
        labels, before = found.get(key, (frozenset(), 0))
        is_new = scope == ReceptionLine.Scope.CLASSROOM and not accepted_on and not is_received
        found[key] = (labels | {label} if is_new else labels, before + open_count)
    return found


def _standing(way, rows, seen, today):
    labels, open_count = seen
    return Progress(
        rollout=way,
        today=today,
        rows=tuple(rows),
        received_count=way.classes_received,
        seen_count=way.classes_received + len(labels),
        open_reservations=open_count,
        common_is_needed=way.needs_common,
        common_on=way.common_on,
        accepted_on=way.accepted_on,
    )


def with_all_steps(standings) -> list[Progress]:
    """The same, all steps known; one read when one is in service."""
    standings = list(standings)
    unread = [each.rollout.id for each in standings if not each.rows]
    rows = rows_by_rollout(unread) if unread else {}
    return [replace(each, rows=tuple(rows[each.rollout.id])) if each.rollout.id in rows else each for each in standings]
