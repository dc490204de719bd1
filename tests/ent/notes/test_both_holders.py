"""Who answers for a child changes while a mot waits: what is asked is the agreement of who holds authority that day."""

import datetime

import pytest
from django.utils.timezone import now

from preau.ent.notes.models import Note
from preau.notify import actions as notify
from preau.notify.models import Notice
from preau.schools.models import Guardianship
from tests.ent.notes import test_mots
from tests.ent.notes.acts import answer, send
from tests.ent.notes.test_mots import page_of
from tests.world import TODAY

pytestmark = pytest.mark.django_db
YESTERDAY = TODAY - datetime.timedelta(days=1)


def state_of(world, note):
    return test_mots.state_of(world, Note.objects.get(pk=note.pk))  # with the list that was frozen since


def links(world, name="guardian_coparent"):
    return Guardianship.objects.filter(guardian=world.people[name], child=world.people["child_adam"])


ENDS = {"ends_on": YESTERDAY}
RESTRICTED = {"restricted_on": YESTERDAY, "restriction_reference": "JAF 26/1"}


@pytest.mark.parametrize("change", [ENDS, RESTRICTED], ids=["ended", "restricted"])
@pytest.mark.parametrize("said", ["yes", "no"])
def test_the_answer_of_who_does_not_answer_for_the_child_any_more_neither_counts_nor_blocks(
    world, client, change, said
):
    note = send(world, nature="both")
    answer(world, note, "guardian_coparent", agreed=said)
    links(world).update(**change)
    assert state_of(world, note) == "seen", "the one who remains is still asked"
    answer(world, note)
    assert state_of(world, note) == "done"
    page = page_of(world, client, "teacher", note, "note_follow").content.decode()
    assert "ne répond plus de l’enfant\u00a0: sa réponse ne compte plus" in page


def test_one_signature_does_not_outlive_who_gave_it(world):
    note = send(world)
    answer(world, note, "guardian_coparent")
    assert state_of(world, note) == "done"
    links(world).update(**ENDS)
    assert state_of(world, note) == "seen"


def test_who_begins_to_answer_for_the_child_is_waited_for_and_the_page_says_since_when(world, client):
    links(world).delete()
    note = send(world, nature="both")
    answer(world, note)
    assert state_of(world, note) == "done"
    Notice.objects.update(published_at=now() - datetime.timedelta(days=2))
    note.publication.published_at = now() - datetime.timedelta(days=2)
    note.publication.save(update_fields=["published_at"])
    Guardianship.objects.create(
        guardian=world.people["guardian_coparent"], child=world.people["child_adam"], starts_on=TODAY
    )
    notify.add_arrivals(now=now())
    assert state_of(world, note) == "partial"
    page = page_of(world, client, "teacher", note, "note_follow").content.decode()
    assert "attendu depuis le" in page
    answer(world, note, "guardian_coparent")
    assert state_of(world, note) == "done"


def test_once_the_day_is_past_it_is_who_answered_for_the_child_that_day(world):
    note = send(world, happens_on=TODAY + datetime.timedelta(days=1))
    answer(world, note, "guardian_coparent")
    Note.objects.filter(pk=note.pk).update(happens_on=YESTERDAY)
    links(world).update(**ENDS)
    assert state_of(world, note) == "done"
