"""What opinions say in a list of files: each reader's own, by a query written once for a title."""

import pytest
from django.db.models import Q
from django.db.models.sql.compiler import SQLCompiler

from preau.plan.applications import queries, rules
from preau.plan.applications.models import Application
from preau.plan.applications.views.files import _lines
from tests.plan.applications.conftest import TODAY

pytestmark = pytest.mark.django_db


def test_opinions_of_a_list_are_said_to_each_as_a_query_of_theirs_alone_would(scene, monkeypatch):
    scene.in_state_review()
    told, people = set(), scene.world.people.values()
    for person in people:
        rows = list(queries.listed(Application.objects.all(), rules.of_titled(person, TODAY)))
        mine = queries.said_of(Q(application__in=[row[0] for row in rows]), rules.opinions_visible_to(person, TODAY))
        lines = _lines(person, rows, TODAY)
        assert lines == queries.list_lines(rows, queries.said_among(mine, TODAY)), person
        told.add(tuple(said.says for line in lines for said in line.opinions))
    assert len(told) > 1 and _lines(person, [], TODAY) == [], told
    monkeypatch.setattr(SQLCompiler, "as_sql", None)
    assert _lines(person, rows, TODAY) == lines
