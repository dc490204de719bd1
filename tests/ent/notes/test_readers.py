"""Whom a family's answer is shown to, and what its page says of it."""

import pytest
from django.test import Client

from tests.ent.notes.acts import send
from tests.ent.notes.test_mots import page_of
from tests.ent.posts.test_views import open_actors
from tests.texts import as_drawn

pytestmark = pytest.mark.django_db


def test_a_family_is_told_who_reads_its_answer(world):
    """Whoever teaches the class follows it, not its author alone."""
    note = send(world)
    said = "L’équipe enseignante et la direction de l’école lisent votre réponse, et personne d’autre."
    assert said in as_drawn(page_of(world, Client(), "guardian", note).text)
    follow = {name: page_of(world, Client(), name, note, "note_follow").status_code for name in open_actors(world)}
    assert {name for name, status in follow.items() if status == 200} == {"teacher", "supply", "head"}
