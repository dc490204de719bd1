"""What waits from the programme to the service: roll-outs to open, steps, visits, signatures (plan.md W4)."""

from datetime import date

from django.db.models import Case, CharField, Q, Value, When
from django.db.models.functions import Coalesce, TruncDate

from preau.kit.dates import day_text
from preau.kit.money import NBSP
from preau.kit.rooms.told import lines
from preau.kit.rooms.waiting import Act, Wait
from preau.people.models import Role
from preau.people.queries.grounds import Grounds
from preau.plan.equipment.rules import RECEIVES, WRITERS
from preau.plan.rollouts import rules
from preau.plan.rollouts.models import DERIVED, Owner, StepKind
from preau.plan.rollouts.queries import first_held_back, to_receive, to_serve, turn_has_come, turn_on, wifi_is_told

OWNED = {
    Role.SCHOOL_HEAD: (Owner.SCHOOL,), Role.CITY_IT: (Owner.CITY_IT, Owner.BUILDINGS, Owner.SUPPLIER),
    Role.CITY_EDUCATION: (Owner.CITY_EDUCATION,), Role.DSDEN: (Owner.DSDEN,), Role.DAN: (Owner.DSDEN,),
}  # fmt: skip
OWNS = {role: Grounds("school", school=(role,), city=(role,), department=(role,)) for role in OWNED}
COUNCIL = Q(kind=StepKind.COUNCIL_INFORMED, owner=Owner.SCHOOL)  # the head says when it was: nobody writes it twice


def _openings(person, now, today, roles):
    """Schools of a running programme."""
    told = {"name": "school__shown_name", "detail": "programme__school_year", "target": "school_id"}
    day = Coalesce("programme__voted_on", "programme__decided_on")
    yield lines(rules.entries_to_open_by(person, today), "open", day=day, **told)


def _steps(person, now, today, roles):
    """Blocked, or whose turn has come: for their owner, who writes them or has their writer told. A step that waits for
    another is asked of nobody, be it dated: the other is, and says which one it holds back."""
    begun = Q(blocked_on__isnull=False) | turn_has_come()
    waiting = rules.steps_visible_to(person, today).filter(
        begun,
        _owned(person, today, roles),
        ~Q(kind__in=DERIVED),
        done_on=None,
        rollout__abandoned_on=None,
        rollout__service_on=None,
    )
    pen = rules.of_steps_written(person, today)
    word = _first_of(
        (COUNCIL & ~pen, "council"),
        (~pen & Q(planned_on=None), "awaited"),
        (~pen, "asked_step"),
        (Q(blocked_on__isnull=False), "blocked"),
        (Q(planned_on=None), "undated"),
        otherwise="step",
    )
    day = Case(
        When(COUNCIL & ~pen, then=turn_on()),
        When(~pen & Q(planned_on__isnull=False), then="planned_on"),
        default=Coalesce("blocked_on", "planned_on", turn_on()),
    )
    target = Case(When(COUNCIL & ~pen, then="rollout__school_id"), default="rollout_id")
    name = "rollout__school__shown_name"
    yield lines(waiting, word, name=name, detail="kind", more=first_held_back(), day=day, target=target)


def _owned(person, today, roles):
    """The steps of each title, where it is held. Once its head said when the conseil d’école was told, the step is to
    be written by its writer."""
    own = Q(pk__in=())
    for role in roles & set(OWNED):
        owned = Q(owner__in=OWNED[role])
        if role == Role.CITY_IT:
            owned |= COUNCIL & wifi_is_told()
        elif role == Role.SCHOOL_HEAD:
            owned &= ~(COUNCIL & wifi_is_told())
        own |= OWNS[role].where(person, today, "rollout__school") & owned
    return own


def _first_of(*cases, otherwise):
    whens = [When(condition, then=Value(word)) for condition, word in cases]
    return Case(*whens, default=Value(otherwise), output_field=CharField())


def _receptions(person, now, today, roles):
    """Papers to write and to sign, réserves to lift, the service itself."""
    name = "rollout__school__shown_name"
    if Role.CITY_IT in roles:
        written = rules.rollouts_received_by(person, today)
        told = {"name": "school__shown_name", "detail": ""}
        yield lines(to_receive(written), "visit", day="since", **told)
        yield lines(to_serve(written), "serve", day="since", **told)
    yield from _signatures(person, today, roles, name)


def _signatures(person, today, roles, name):
    seen = rules.receptions_visible_to(person, today).filter(withdrawn_at=None)
    if Role.CITY_IT in roles:
        unsigned = seen.filter(RECEIVES.where(person, today, "city"), signed_at=None)
        yield lines(unsigned, "reception", name=name, day="held_on")
        place = "line__reception"
        open_ones = rules.reservations_visible_to(person, today).filter(
            RECEIVES.where(person, today, f"{place}__city"),
            lifted_on=None,
            line__reception__signed_at__isnull=False,
            line__reception__withdrawn_at=None,
        )
        yield lines(open_ones, "reservation", name=f"{place}__{name}", detail="text", day="due_on")
    if Role.SCHOOL_HEAD in roles:
        led = rules.SIGNS_RECEIPT.where(person, today, "rollout__school")
        own = seen.exclude(signed_at=None).filter(led, receipt_at=None)
        yield lines(own, "receipt", name=name, detail="number", day=TruncDate("signed_at"))


def _tells(step, held):
    """« visite technique, dont dépend : câblage, le 3 mars 2027 »"""
    if not held:
        return step
    kind, _, day = held.partition(" ")
    return f"{step}, dont dépend{NBSP}: {StepKind(kind).label}, le {day_text(date.fromisoformat(day))}"


STEP = "rollouts:step_edit"
STEPS = {"details": StepKind, "tells": _tells}
OF_OPENINGS = {"open": Act("Ouvrir un déploiement", "rollouts:rollout_create")}
OF_STEPS = {
    "step": Act("Avancer une étape", STEP, is_due=True, **STEPS, is_of_detail=True),
    "undated": Act("Dater ou avancer une étape", STEP, **STEPS, is_of_detail=True),
    "blocked": Act("Débloquer une étape", STEP, **STEPS, is_of_detail=True),
    "asked_step": Act("Faire une étape, et le dire à qui l’écrit", "rollouts:rollout_detail", is_due=True,
                      **STEPS),
    "awaited": Act("Faire une étape, et le dire à qui l’écrit", "rollouts:rollout_detail", **STEPS),
    "council": Act("Informer le conseil d’école, et le noter", "premises:notice_create", **STEPS),
}  # fmt: skip
OF_RECEPTIONS = {
    "visit": Act("Écrire un procès-verbal de réception", "rollouts:reception_create"),
    "serve": Act("Mettre une école en service", "rollouts:service_create"),
    "reception": Act("Signer la réception pour la Ville", "rollouts:reception_detail", part="signatures"),
    "receipt": Act("Signer la réception pour l’école", "rollouts:reception_detail", part="signatures"),
    "reservation": Act("Lever une réserve", "rollouts:reservation_lifting", is_due=True),
}

WAITING = (
    Wait(WRITERS, _openings, OF_OPENINGS),
    Wait(tuple(OWNED), _steps, OF_STEPS),
    Wait((Role.CITY_IT, Role.SCHOOL_HEAD), _receptions, OF_RECEPTIONS),
)
