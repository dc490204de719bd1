"""A table that cannot be undone names the school or the thing in the way and since when, and never a child; one that
somebody took away or applied meanwhile is told."""

from io import StringIO
from itertools import product

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from preau.kit.batches import CannotUndo
from preau.kit.dates import day_text
from preau.people.models import Mandate, Person, Role
from preau.places.models import School
from preau.plan.equipment.models import Acceptance
from preau.plan.inventory.models import Asset
from preau.plan.rollouts.actions import remove_acceptance
from preau.plan.sheets.actions import assets
from preau.plan.sheets.actions import plan as actions
from preau.plan.sheets.models import ColumnTitle
from preau.plan.sheets.queries import in_the_way
from preau.plan.sheets.views import assets as asset_views
from preau.plan.sheets.views import plan as plan_views
from preau.schools.models import Enrolment
from tests.kept import kept
from tests.plan.conftest import NOW, TODAY
from tests.plan.test_imports import ROWS, csv_of, run

DAY = day_text(TODAY)


@pytest.fixture
@kept
def batch(world):
    return run(world.cities["marelle"], csv_of(ROWS)).batch


def standing(batch, city):
    with pytest.raises(CannotUndo) as refused:
        actions.undo_import(person=None, city=city, batch=batch, now=NOW)
    return in_the_way(batch, refused.value)


def test_a_class_taken_back_is_named_by_its_school_and_day_on_the_page_and_in_the_command(world, client, batch):
    acceptance = Acceptance.objects.filter(school__name="La Dune").first()
    remove_acceptance(person=None, acceptance=acceptance, reason="Saisie deux fois.", now=NOW)
    assert standing(batch, world.cities["marelle"]) == [f"réception d’une classe, La Dune\u00a0: changement le {DAY}"]
    world.sign_in(client, "city_it")
    answer = client.post(reverse("sheets:import_undoing", args=[batch.id]))
    page = answer.content.decode()
    assert answer.status_code == 422 and "Rien n’est annulé" in page
    assert f"<li>Réception d’une classe, La Dune\u00a0: changement le {DAY}</li>" in page
    with pytest.raises(CommandError, match="La Dune"):
        call_command("import_plan", city="marelle", undo=str(batch.id), stdout=StringIO())


def test_children_and_teachers_of_a_school_it_made_are_counted_and_not_named(world, batch):
    school = School.objects.get(name="Le Bois")
    for number in range(23):
        pupil = Person.objects.create(first_name="Zoé", last_name=f"Canari-{number}")
        Enrolment.objects.create(pupil=pupil, school=school, starts_on=TODAY)
    teacher = Person.objects.create(first_name="Anne", last_name="Canari-maîtresse")
    Mandate.objects.create(person=teacher, role=Role.TEACHER, school=school, starts_on=TODAY)
    said = standing(batch, world.cities["marelle"])
    assert "23 × inscription, Le Bois, ajout depuis" in said and "mandat, Le Bois, ajout depuis" in said
    assert "Canari" not in " ".join(said)


def test_a_table_applied_since_is_named_by_its_day(world, batch):
    run(world.cities["marelle"], csv_of([("Le Chêne", "", "primaire", "2016", "2", "", "", "")]))
    (one,) = standing(batch, world.cities["marelle"])
    assert "un import appliqué depuis, le" in one and "annulez-le d’abord" in one


THINGS = "Désignation;Sorte;Où\nÉcran A;vidéoprojecteur;Réserve\n".encode()


@pytest.fixture
@kept
def waiting(world):
    """Of each room: its module, its views, its page and a table that waits, its columns said."""
    city, known = world.cities["marelle"], {"person": None, "now": NOW}
    plan = actions.keep_draft(
        city=city, name="a.csv", data=csv_of([("Le Chêne", "", "primaire", "2016", "2", "", "", "")]), **known
    )
    things = assets.keep_draft(city=city, name="b.csv", data=THINGS, **known)
    columns = {"label": 0, "kind": 1, "school": 2}
    things = assets.name_columns(draft=things, line=1, columns=columns, **known)
    return {"import": (actions, plan_views, plan), "asset": (assets, asset_views, things)}


def told():
    return set(ColumnTitle.objects.values_list("title_key")), School.objects.count(), Asset.objects.count()


OVERTAKEN = [*product(("import", "asset"), ("columns", "move"), ("taken", "applied")),
             *product(("import",), ("answers",), ("taken", "applied")),
             *product(("import", "asset"), ("application",), ("taken",))]  # fmt: skip


@pytest.mark.parametrize("room, act, meanwhile", OVERTAKEN)
def test_a_table_that_waits_no_more_is_told_and_nothing_is_written(
    world, client, monkeypatch, batch, waiting, room, act, meanwhile
):
    """Another request takes it, or applies it, once this one has read it and before it locks it."""
    module, view, draft = waiting[room]
    rows, read = type(draft).objects.filter(pk=draft.pk), view._draft

    def read_then_overtaken(*args):
        found = read(*args)
        rows.delete() if meanwhile == "taken" else rows.update(batch=batch, table={})
        return found

    world.sign_in(client, "city_it")
    seen = module.compare_draft(draft=draft, now=NOW).fingerprint
    posted = {
        "columns": {f"c{place}": field for field, place in draft.columns.items()},
        "move": {"deplacer": "1", "ligne": "2"},
        "application": {"seen": seen},
        "answers": {"a": "b"},
    }[act]
    monkeypatch.setattr(view, "_draft", read_then_overtaken)
    before = told()
    address = reverse(f"sheets:{room}_{'columns' if act == 'move' else act}", args=[draft.pk])
    answer = client.post(address, posted, follow=True)
    said = "n’attend plus" if meanwhile == "taken" else "vient d’être appliqué"
    assert answer.status_code == 200 and said in answer.text
    assert answer.redirect_chain[-1][0] == reverse(f"sheets:{room}_new") + "?ville=marelle"
    assert told() == before
