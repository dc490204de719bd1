"""What a home asks of texts already read, whose images somebody looks over, at a cost that the answers of a city do not
change."""

import datetime

import pytest
from django.db import connection
from django.utils.timezone import now

from preau.ent.writings import rules
from preau.media.models import Accord, Perimeter
from tests.ent.writings.acts import TEACHER, publish
from tests.steps import ONLY_SQLITE, steps_of
from tests.world import TODAY


def test_what_other_classes_took_back_costs_no_text_of_this_one(world):
    if connection.vendor != "sqlite":
        pytest.skip(ONLY_SQLITE)
    for number in range(6):
        publish(world, drawn=True, title=f"Texte {number}")
    looked_over = rules.writings_to_look_over(world.people[TEACHER], TODAY)
    alone = steps_of(list, looked_over.all())
    said = {"kind": Accord.Kind.IMAGE, "perimeter": Perimeter.SCHOOL, "answer": Accord.Answer.YES, "way": "screen"}
    said |= {"guardian": world.people["guardian_other_school"], "child": world.people["pupil_other_school"]}
    again = now() + datetime.timedelta(hours=1)
    Accord.objects.bulk_create([Accord(at=now(), replaced_at=again, **said) for _ in range(60)])
    assert steps_of(list, looked_over.all()) < 1.2 * alone
