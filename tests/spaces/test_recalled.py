"""Who read a thing before it was recalled is told whom to ask: who said it."""

import pytest

from preau.kit.answers import Refused
from preau.spaces import actions
from preau.spaces.rules import tell_why
from tests.spaces.places import NOW, publish_to
from tests.world import TODAY

SAID_FROM = (
    ("classrooms", "cpb", "guardian", "la direction de l’école"),
    ("schools", "tilleuls", "guardian", "la direction de l’école"),
    ("networks", "coteaux", "guardian", "la Direction Éducation de la Ville"),
    ("cities", "marelle", "guardian", "la Direction Éducation de la Ville"),
    ("afterschools", "tilleuls", "animator", "la personne responsable du site périscolaire"),
    ("districts", "north", "ien", "l’IEN"),
    ("departments", "vienne", "dsden", "la DSDEN"),
)


@pytest.mark.parametrize(("kind", "name", "reader", "asked"), SAID_FROM)
def test_who_said_it_is_asked_why_it_was_recalled(world, kind, name, reader, asked):
    publication = publish_to(world, getattr(world, kind)[name])
    publication = actions.withdraw(person=world.people["head"], publication=publication, now=NOW)
    with pytest.raises(Refused) as told:
        tell_why(world.people[reader], TODAY, pk=publication.pk)
    assert told.value.reason.endswith(f"Pour savoir pourquoi, demandez à {asked}.")
