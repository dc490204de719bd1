"""What the next act of a roll-out waits for, asked of the base: rows in, those whose turn has come out."""

from django.db.models import (
    CharField,
    Count,
    DateField,
    Exists,
    ExpressionWrapper,
    F,
    Max,
    OuterRef,
    Q,
    Subquery,
    Value,
)
from django.db.models.functions import Cast, Coalesce, Concat, Greatest

from preau.plan.equipment.models import Acceptance
from preau.plan.premises.models import CouncilNotice
from preau.plan.priorities.models import ProgrammeEntry, ProgrammeState
from preau.plan.rollouts.models import DERIVED, WAITS_FOR, Reception, ReceptionLine, Rollout, RolloutStep, StepKind
from preau.plan.rollouts.queries.standing import taken_back_on, with_receipts


def entries_awaiting_rollout(cities, today):
    """Open schools of the running programmes of these cities, without a roll-out for this line nor one under way."""
    opened = Rollout.objects.filter(programme_entry_id=OuterRef("pk"))
    under_way = Rollout.objects.filter(school=OuterRef("school"), service_on=None, abandoned_on=None)
    is_open = Q(school__closed_on=None) | Q(school__closed_on__gte=today)
    entries = ProgrammeEntry.objects.filter(is_open, programme__state=ProgrammeState.RUNNING, school__city__in=cities)
    return entries.filter(~Exists(opened), ~Exists(under_way))


def turn_has_come() -> Q:
    """A condition on steps: all those they wait for are done."""
    return ~Q(Exists(_before().filter(done_on=None)))


def turn_on() -> Greatest:
    """Of steps that somebody writes: the day the last of those they wait for was done, else their roll-out opened.
    What a step waits for since, as `current_steps` says it."""
    last = _before().values("rollout").annotate(last=Max("done_on")).values("last")
    return Greatest("rollout__opened_on", Coalesce(Subquery(last), "rollout__opened_on"))


def first_held_back():
    """Of steps: « kind day » of the next dated step that waits for each, near or far; empty when there is none."""
    held = Q(pk__in=())
    for kind in StepKind:
        if later := [other for other in StepKind if kind in _all_before(other)]:
            held |= Q(of=kind, kind__in=later)
    of = ExpressionWrapper(OuterRef("kind"), output_field=CharField())
    dated = RolloutStep.objects.annotate(of=of).filter(held, rollout=OuterRef("rollout"), done_on=None)
    told = Concat("kind", Value(" "), Cast("planned_on", CharField()), output_field=CharField())
    dated = dated.exclude(planned_on=None).order_by("planned_on", "kind")
    return Coalesce(Subquery(dated.annotate(told=told).values("told")[:1]), Value(""))


def _all_before(kind) -> set:
    """The steps it waits for, and those they wait for."""
    return {found for before in WAITS_FOR[kind] for found in (before, *_all_before(before))}


def _before():
    """The steps that a step waits for."""
    held = Q(pk__in=())
    for kind, waits in WAITS_FOR.items():
        if waits:
            held |= Q(of=kind, kind__in=waits)
    of = ExpressionWrapper(OuterRef("kind"), output_field=CharField())
    return RolloutStep.objects.annotate(of=of).filter(held, rollout=OuterRef("rollout")).order_by()


def wifi_is_told():
    """A condition on steps: their school's conseil d’école was told of the Wi-Fi."""
    told = CouncilNotice.objects.filter(school=OuterRef("rollout__school"), subject=CouncilNotice.Subject.WIFI)
    return Q(Exists(told))


def to_receive(rollouts):
    """Not abandoned, set up, with something left to see and no paper being written: one in service of which a
    reception was taken back too."""
    standing = ReceptionLine.objects.filter(
        reception__rollout=OuterRef("pk"), reception__withdrawn_at=None, reception__signed_at__isnull=False
    )
    same = {name: OuterRef(f"reception__rollout__{name}") for name in ("school", "kit")}
    received = Acceptance.objects.standing().filter(**same, label_key=OuterRef("label_key"))
    to_lift = standing.filter(~Exists(received), scope=ReceptionLine.Scope.CLASSROOM, accepted_on=None).order_by()
    seen = to_lift.values("reception__rollout").annotate(number=Count("label_key", distinct=True)).values("number")
    common = standing.filter(scope=ReceptionLine.Scope.COMMON)
    left = Q(classes_count__gt=F("classes_received") + Coalesce(Subquery(seen), 0))
    left |= Q(needs_common=True) & ~Exists(common)
    draft = Reception.objects.filter(rollout=OuterRef("pk"), signed_at=None, withdrawn_at=None)
    return _ready_for(rollouts, StepKind.ACCEPTED).filter(left, ~Exists(draft))


def to_serve(rollouts):
    """Under way, all received, all done before the service."""
    ready = _ready_for(rollouts.filter(service_on=None), StepKind.IN_SERVICE, "class_on", "common_on")
    ready = ready.filter(classes_received__gte=F("classes_count"))
    return ready.filter(Q(needs_common=False) | Q(common_on__isnull=False))


def _ready_for(rollouts, kind, *days):
    """Those of which every step that `kind` waits for, and that somebody writes, is done. `since` the last of them, of
    these `days`, or of what was taken back: what `current_steps` says."""
    waits = [before for before in WAITS_FOR[kind] if before not in DERIVED]
    steps = RolloutStep.objects.filter(rollout=OuterRef("pk"), kind__in=waits).order_by()
    last = steps.values("rollout").annotate(last=Max("done_on")).values("last")
    rows = with_receipts(rollouts.filter(~Exists(steps.filter(done_on=None))))
    days = (Subquery(last, output_field=DateField()), taken_back_on(), *days)
    return rows.annotate(since=Greatest("opened_on", *(Coalesce(day, "opened_on") for day in days)))
