"""One real value for each name the addresses of roll-outs take."""

from django.utils.timezone import now

from preau.plan.equipment import actions as equipment
from preau.plan.premises import actions as premises
from preau.plan.rollouts import actions
from preau.plan.rollouts.actions import record_acceptance
from preau.plan.rollouts.models import Owner, StepKind
from tests.world import TODAY

SAMPLES = {
    "receiving_id": lambda world: receiving(world).id,
    "rollout_id": lambda world: rollout(world).id,
    "step_kind": lambda world: "cabling",
    "reception_id": lambda world: reception(world).id,
    "reservation_id": lambda world: reservation(world).id,
}


def open_premises(school):
    """A line, cables, the council told."""
    premises.add_link(
        person=None, school=school, technology="fibre", contracted_kbps=8000, in_service_on=TODAY, now=now()
    )
    building = premises.add_building(person=None, school=school, name="Bâtiment A", now=now())
    room = premises.add_room(
        person=None, building=building, name="Salle 1", floor=0, kind="classroom", has_power=True, now=now()
    )
    premises.record_cabling(person=None, school=school, done_on=TODAY, now=now(), whole_school=True, rooms=[room])
    premises.record_notice(person=None, school=school, subject="wifi", held_on=TODAY, now=now())


def kit(world):
    """The deck's kit for the school on its way, whatever its kind in this world."""
    kind = world.schools["tilleuls"].kind
    lines = equipment.deck_lines(school_kind=kind)
    return equipment.publish_kit_version(
        person=None,
        city=world.cities["marelle"],
        school_kind=kind,
        lines=lines,
        published_on=TODAY,
        source="diaporama",
        now=now(),
    )


def receiving(world):
    """A school that received something: a roll-out may renew it without a programme."""
    school = world.schools["tilleuls"]
    record_acceptance(
        person=None, school=school, label="CP B", kit=kit(world), accepted_on=TODAY, source="essai", now=now()
    )
    return school


def rollout(world):
    """A school on its way, ready to be received."""
    way = actions.open_rollout(
        person=None, school=world.schools["tilleuls"], kit=kit(world), classes_count=2, opened_on=TODAY, now=now()
    )
    open_premises(way.school)
    for kind in list(StepKind)[:8]:
        actions.write_step(
            person=None, rollout=way, kind=kind, version=0, owner=Owner.CITY_IT, done_on=TODAY, now=now()
        )
    return way


def reception(world):
    """A class seen and signed for by the city, with one réserve."""
    way = rollout(world)
    paper = actions.open_reception(
        person=None, rollout=way, held_on=TODAY, labels=["CP B"], has_common=False, now=now()
    )
    actions.add_reservation(
        person=None,
        line=paper.lines.get(),
        kit_line=way.kit.lines.get(item="Tableau triptyque"),
        text="Rayé",
        due_on=TODAY,
        now=now(),
    )
    return actions.sign_reception(person=None, reception=paper, now=now())


def reservation(world):
    """The réserve of that class."""
    return reception(world).lines.get().reservations.get()
