"""A school's roll-out: its premises, its steps, its réception class by class, its service."""

import datetime
from dataclasses import dataclass, field

from django.utils.timezone import localdate

from preau.demo.commune import things
from preau.demo.commune.calendar import at, days, working
from preau.places.models import Room, School
from preau.plan.equipment.models import KitLine, Quality
from preau.plan.premises import actions as premises
from preau.plan.premises.models import CouncilNotice, InternetLink
from preau.plan.rollouts import actions
from preau.plan.rollouts.models import Rollout, RolloutStep, StepKind

# Days from each step to the réception.
STEP_DAYS = {
    StepKind.SITE_SURVEY: -90, StepKind.COUNCIL_INFORMED: -75, StepKind.ORDERED: -68, StepKind.CABLING: -45,
    StepKind.LINK_READY: -44, StepKind.DELIVERED: -21, StepKind.INSTALLED: -13, StepKind.CONFIGURED: -7,
    StepKind.TRAINED: 12,
}  # fmt: skip
SERVICE = 17
PROOFS = {
    StepKind.SITE_SURVEY: "Compte rendu fictif de visite", StepKind.TRAINED: "Feuille d’émargement fictive",
    StepKind.ORDERED: "Bon de commande fictif", StepKind.DELIVERED: "Bon de livraison fictif",
    StepKind.COUNCIL_INFORMED: "Procès-verbal fictif du conseil d’école",
}  # fmt: skip


@dataclass
class Way:
    """How a roll-out goes. Steps after `last` are not done; a step of `blocked` says since when and why."""

    name: str  # of the school
    received_on: datetime.date
    opened_on: datetime.date
    entry: object = None  # called for its line of the programme
    reason: str = ""  # without a line of a programme
    kit: object = None  # another than the first version
    has_premises: bool = True  # to be written by this story
    last: StepKind | None = None
    planned_early: int = 0  # days by which plans were too hopeful
    blocked: tuple = ()  # (step, days to the réception, cause)
    reserves: dict = field(default_factory=dict)  # {label of a class: (text, days until it is lifted or None)}
    is_signed: bool = True  # by the school
    rollout: Rollout | None = None
    reception: object = None

    def on(self, count) -> datetime.date:
        return working(self.received_on + days(count))


def story(scene, way):
    """From its opening to its service; the story stops where today finds it."""
    now = yield at(way.opened_on)
    _open(scene, way, now)
    for kind, count in sorted(STEP_DAYS.items(), key=lambda each: each[1]):
        if count >= 0 or not way.rollout.steps.filter(kind=kind).exists():
            continue
        if way.blocked and way.blocked[0] == kind:
            now = yield at(way.on(way.blocked[1]), 60)
            _write(scene, way, kind, now, blocked_cause=way.blocked[2])
            return
        now = yield at(way.on(count), 60)
        _do(scene, way, kind, now)
        if kind == way.last:
            return
    yield from _receive(scene, way)
    if any(lifted_after is None for _, lifted_after in way.reserves.values()):
        return
    now = yield at(way.on(STEP_DAYS[StepKind.TRAINED]), 60)
    _do(scene, way, StepKind.TRAINED, now)
    now = yield at(way.on(SERVICE), 60)
    actions.put_in_service(person=scene.pens["it"], rollout=way.rollout, service_on=localdate(now), now=now)


def _open(scene, way, now):
    school = scene.schools[way.name]
    entry = way.entry() if way.entry else None
    planned = {kind: way.on(count - way.planned_early) for kind, count in STEP_DAYS.items()}
    planned |= {StepKind.ACCEPTED: way.on(-way.planned_early), StepKind.IN_SERVICE: way.on(SERVICE - way.planned_early)}
    way.rollout = actions.open_rollout(
        person=scene.pens["education"],
        school=school,
        kit=way.kit or scene.kits[school.kind],
        classes_count=scene.classes[way.name],
        programme_entry_id=entry and entry.pk,
        planned=planned,
        reason=way.reason,
        now=now,
    )


def _do(scene, way, kind, now):
    """The fact of the premises, then the step that leans on it."""
    school, day = scene.schools[way.name], localdate(now)
    if way.has_premises and kind == StepKind.COUNCIL_INFORMED:
        inform_council(scene, school, day, now)
    elif way.has_premises and kind == StepKind.CABLING:
        cable(scene, school, day, now)
    elif way.has_premises and kind == StepKind.LINK_READY:
        open_link(scene, school, day, now)
    elif kind == StepKind.INSTALLED:
        things.deliver(scene, way, now)
    _write(scene, way, kind, now, done_on=day, proof=PROOFS.get(kind, ""))


def _write(scene, way, kind, now, **given):
    step = RolloutStep.objects.get(rollout=way.rollout, kind=kind)
    pen = "dsden" if kind == StepKind.TRAINED else "it"
    actions.write_step(
        person=scene.pens[pen],
        rollout=way.rollout,
        kind=kind,
        version=step.version,
        owner=step.owner,
        planned_on=step.planned_on,
        now=now,
        **given,
    )


def _receive(scene, way):
    """The paper of the visit, signed by the city that day and by the school three days after."""
    technician = scene.pens["it"]
    now = yield at(way.on(0), 120)
    labels = [f"Classe {number}" for number in range(1, scene.classes[way.name] + 1)]
    way.reception = actions.open_reception(
        person=technician,
        rollout=way.rollout,
        held_on=localdate(now),
        labels=labels,
        has_common=True,
        quality=Quality.FICTITIOUS,
        now=now,
    )
    found = [_reserve(scene, way, label, text, now) for label, (text, _) in way.reserves.items()]
    actions.sign_reception(person=technician, reception=way.reception, now=now)
    if way.is_signed:
        now = yield at(way.on(3), 60)
        actions.sign_receipt(person=scene.heads[way.name], reception=way.reception, now=now)
    for reservation, (_, lifted_after) in zip(found, way.reserves.values(), strict=True):
        if lifted_after is None:
            return
        now = yield at(way.on(lifted_after), 60)
        actions.lift_reservation(
            person=technician,
            reservation=reservation,
            lifted_on=localdate(now),
            now=now,
            note="Remplacé par le fournisseur et vérifié sur place.",
        )


def _reserve(scene, way, label, text, now):
    kit_line = way.rollout.kit.lines.filter(rule=KitLine.Rule.PER_CLASS).order_by("-position").first()
    return actions.add_reservation(
        person=scene.pens["it"],
        line=way.reception.lines.get(label=label),
        kit_line=kit_line,
        text=text,
        due_on=way.on(20),
        now=now,
    )


def open_link(scene, school, day, now, *, is_enough=True):
    """Fibre at 8 Mb/s, or an old SDSL line under what the plan asks (AC-14)."""
    premises.add_link(
        person=scene.pens["it"],
        school=school,
        in_service_on=day,
        now=now,
        technology=InternetLink.Technology.FIBRE if is_enough else InternetLink.Technology.SDSL,
        contracted_kbps=8000 if is_enough else 2000,
    )


def cable(scene, school, day, now, *, half=False):
    """The school and its classrooms, or half of them."""
    rooms = list(Room.objects.filter(building__school=school, kind=Room.Kind.CLASSROOM).order_by("floor", "id"))
    rooms = rooms[: len(rooms) // 2] if half else rooms
    premises.record_cabling(
        person=scene.pens["it"], school=school, whole_school=True, rooms=rooms, done_on=day, now=now
    )


def inform_council(scene, school, day, now):
    """Before any Wi-Fi (loi 2015-136, art. 7-III)."""
    premises.record_notice(
        person=scene.pens["education"],
        school=school,
        subject=CouncilNotice.Subject.WIFI,
        held_on=day,
        reference="Procès-verbal fictif",
        now=now,
    )


def build_rooms(scene, name, now):
    """Classrooms on one floor for a nursery school, on two for the others, and a store that locks."""
    school, classes, person = scene.schools[name], scene.classes[name], scene.pens["education"]
    building = premises.add_building(person=person, school=school, name="Bâtiment principal", now=now)
    below = classes if school.kind == School.Kind.NURSERY else (classes + 1) // 2
    for floor, numbers in ((0, range(1, below + 1)), (1, range(below + 1, classes + 1))):
        premises.add_rooms(
            person=person,
            building=building,
            names=[f"Salle {number}" for number in numbers],
            floor=floor,
            kind=Room.Kind.CLASSROOM,
            has_power=True,
            now=now,
        )
    premises.add_room(
        person=person,
        building=building,
        name="Réserve",
        floor=0,
        kind=Room.Kind.SECURED_STORE,
        has_power=True,
        now=now,
    )


def build_waiting_premises(scene, name, state, now):
    """A school that is not received yet: « ready », all but the « notice » to its council, or works « begun »."""
    school, day = scene.schools[name], localdate(now)
    build_rooms(scene, name, now)
    open_link(scene, school, day, now, is_enough=state != "begun")
    cable(scene, school, day, now, half=state == "begun")
    if state == "ready":
        inform_council(scene, school, day, now)
