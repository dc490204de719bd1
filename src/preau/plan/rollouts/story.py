"""What roll-outs tell of a school: opened, each step, received class by class, réserves, put in service (W4)."""

from datetime import date

from django.db.models import CharField, Q
from django.db.models.functions import Cast
from django.utils.text import capfirst

from preau.kit.dates import day_text
from preau.kit.money import NBSP
from preau.kit.rooms.story import Chapter, Told
from preau.kit.rooms.told import lines, word_of
from preau.places.models import School
from preau.plan.equipment.rules import acceptances_visible_to
from preau.plan.rollouts import rules
from preau.plan.rollouts.models import RolloutStep, StepKind
from preau.plan.rollouts.queries import taken_back, with_receipts


def _way(school, person, today):
    ways = rules.rollouts_visible_to(person, today).filter(school=school)
    version = Cast("kit__version", CharField())
    yield lines(ways, "opened", name="kit__school_kind", detail=version, day="opened_on")
    steps = RolloutStep.objects.filter(rollout__in=ways)
    done, blocked = steps.filter(done_on__isnull=False), steps.filter(blocked_on__isnull=False)
    yield lines(done, "step", name="kind", detail="proof", day="done_on", target="rollout_id")
    yield lines(blocked, "blocked", name="kind", detail="blocked_cause", day="blocked_on", target="rollout_id")
    served = with_receipts(ways.filter(service_on__isnull=False))
    withdrawn = word_of(taken_back(), "retirée", "")
    yield lines(served, "service", name="kit__school_kind", detail=version, more=withdrawn, day="service_on")
    left = ways.filter(abandoned_on__isnull=False)
    yield lines(left, "abandoned", name="abandoned_reason", day="abandoned_on")


def _received(school, person, today):
    signed = rules.receptions_visible_to(person, today).filter(rollout__school=school, signed_at__isnull=False)
    receipt = Cast("receipt_at", CharField())
    yield lines(signed, "reception", name="number", detail=receipt, more="withdrawn_reason", day="held_on")
    received = acceptances_visible_to(person, today).filter(school=school)
    word, withdrawn = word_of(Q(day_is_known=True), "class", "class_of_year"), Cast("withdrawn_at", CharField())
    yield lines(received, word, name="label", detail="source", more=withdrawn, day="accepted_on")


def _reserves(school, person, today):
    """Réserves of the papers that still count, then their lifting."""
    seen = rules.reservations_visible_to(person, today).filter(line__reception__rollout__school=school)
    seen = seen.filter(line__reception__signed_at__isnull=False, line__reception__withdrawn_at=None)
    told, due_on = {"name": "line__label", "target": "line__reception_id"}, Cast("due_on", CharField())
    yield lines(seen, "reserve", detail="text", more=due_on, day="line__reception__held_on", **told)
    lifted = seen.filter(lifted_on__isnull=False)
    yield lines(lifted, "reserve_lifted", detail="lifted_note", day="lifted_on", **told)


def _by(line):
    return {StepKind.TRAINED: "state", StepKind.COUNCIL_INFORMED: "school"}.get(line.name, "city")


def _kit(line):
    return f"équipement type v{line.detail}, école {School.Kind(line.name).label}"


def _service(line):
    return _kit(line) + (f"{NBSP}; une réception a été {line.more} depuis" if line.more else "")


def _signed(line):
    if line.more:
        return f"Retirée{NBSP}: {line.more}"
    return "signée par la Ville et par l’école" if line.detail else "signée par la Ville"


def _reserve(line):
    return f"{line.detail.rstrip('.')}, à lever avant le {day_text(date.fromisoformat(line.more))}"


def _class(line):
    return f"Classe reçue{NBSP}: {line.name}"


def _source(line):
    return "retirée depuis" if line.more else line.detail


PAGE, RECEPTION, ACCEPTANCE = "rollouts:rollout_detail", "rollouts:reception_detail", "rollouts:acceptance_detail"
OF_WAY = {
    "opened": Told(110, "city", PAGE, lambda line: "Déploiement ouvert", _kit),
    "blocked": Told(120, _by, PAGE, lambda line: f"Bloquée{NBSP}: {StepKind(line.name).label}",
                    lambda line: line.detail),
    "step": Told(130, _by, PAGE, lambda line: capfirst(StepKind(line.name).label), lambda line: line.detail,
                 names=tuple(StepKind)),
    "service": Told(180, "city", PAGE, lambda line: "Mise en service", _service),
    "abandoned": Told(190, "city", PAGE, lambda line: "Déploiement abandonné", lambda line: line.name),
}  # fmt: skip
OF_RECEIVED = {
    "reception": Told(140, "city", RECEPTION, lambda line: f"Réception {line.name}", _signed),
    "class": Told(150, "city", ACCEPTANCE, _class, _source),
    "class_of_year": Told(200, "city", ACCEPTANCE, _class, _source, day_is_known=False),
}
OF_RESERVES = {
    "reserve": Told(160, "city", RECEPTION, lambda line: f"Réserve, {line.name}", _reserve),
    "reserve_lifted": Told(170, "city", RECEPTION, lambda line: f"Réserve levée, {line.name}",
                           lambda line: line.detail),
}  # fmt: skip

STORY = (Chapter(_way, OF_WAY), Chapter(_received, OF_RECEIVED), Chapter(_reserves, OF_RESERVES))
