"""The fixture itself: if it shrank, every rights test would pass for nothing."""

from preau.people.models import Role


def test_every_role_has_an_actor(world):
    held = {m.role for person in world.people.values() for m in person.mandates.all()}
    assert held == set(Role.values)


def test_actors_cover_the_eighteen_of_the_trust_plan(world):
    assert len(world.actors()) >= 18
