"""Samples of what committees write. A decision not published, a session being prepared: what most may not read."""

from django.utils.timezone import now

from preau.plan.governance import actions
from preau.plan.studies import actions as studies
from tests.world import TODAY


def copil(world):
    """The committee of the small city."""
    found, _ = actions.open_committees(person=_secretary(world), city=world.cities["marelle"], now=now())
    return found


def seat(world):
    """A title in it."""
    return actions.add_seat(
        person=_secretary(world),
        committee=copil(world),
        college="parents",
        title="fédération",
        starts_on=TODAY,
        now=now(),
    )


def session(world):
    """One being prepared, with a point."""
    made = actions.plan_session(person=_secretary(world), committee=copil(world), planned_on=TODAY, now=now())
    actions.add_item(person=_secretary(world), session=made, title="Un point", presented_by="city", now=now())
    return made


def convened(world):
    """One whose only seat waits for its letter."""
    seat(world)
    made = session(world)
    return actions.convene_session(person=_secretary(world), session=made, now=now())


def dossier(world):
    """The members' dossier."""
    made = convened(world)
    return actions.freeze_dossier(person=_secretary(world), session=made, now=now())[0]


def decision(world):
    """Taken, and not published."""
    made = dossier(world).session
    actions.hold_session(person=_secretary(world), session=made, held_on=TODAY, now=now())
    return actions.decide(person=_secretary(world), session=made, text="Adopte.", result="adopted", now=now())


def follow_up(world):
    """What it asks."""
    return actions.add_follow_up(
        person=_secretary(world),
        decision=decision(world),
        text="Écrire",
        owner="Ville",
        owner_role="city_it",
        due_on=TODAY,
        now=now(),
    )


def comparison(world):
    """Options, before the COTECH."""
    return studies.open_comparison(
        person=_secretary(world), city=world.cities["marelle"], title="Quel espace ?", need="Un", now=now()
    )


def part(world, add, **given):
    """The id of a criterion or of an option of a comparison."""
    return add(person=_secretary(world), comparison=comparison(world), now=now(), **given).id


def cohort(world):
    """A laboratory of one school."""
    return studies.open_cohort(
        person=_secretary(world),
        city=world.cities["marelle"],
        name="Essai",
        aim="Un",
        starts_on=TODAY,
        ends_on=TODAY,
        schools=[world.schools["tilleuls"]],
        questions=["Qui s’en sert ?"],
        now=now(),
    )


def _secretary(world):
    return world.people["city_education"]


SAMPLES = {
    "committee_id": lambda world: copil(world).id,
    "seat_id": lambda world: seat(world).id,
    "session_id": lambda world: session(world).id,
    "convened_id": lambda world: convened(world).id,
    "item_id": lambda world: session(world).items.get().id,
    "committee_decision_id": lambda world: decision(world).id,
    "follow_up_id": lambda world: follow_up(world).id,
    "dossier_id": lambda world: dossier(world).id,
    "comparison_id": lambda world: comparison(world).id,
    "criterion_id": lambda world: part(world, studies.add_criterion, label="Coût", weight=3),
    "option_id": lambda world: part(world, studies.add_option, name="Le premier"),
    "cohort_id": lambda world: cohort(world).id,
}
