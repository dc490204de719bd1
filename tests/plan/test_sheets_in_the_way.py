"""A table that cannot be undone names the school or the thing in the way and since when, and never a child."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from preau.kit.batches import CannotUndo
from preau.kit.dates import day_text
from preau.people.models import Mandate, Person, Role
from preau.places.models import School
from preau.plan.equipment import actions as equipment
from preau.plan.equipment.models import Acceptance
from preau.plan.sheets.actions import plan as actions
from preau.plan.sheets.queries import in_the_way
from preau.schools.models import Enrolment
from tests.plan.conftest import NOW, TODAY
from tests.plan.test_imports import ROWS, csv_of, run

DAY = day_text(TODAY)


@pytest.fixture
def batch(world):
    return run(world.cities["marelle"], csv_of(ROWS)).batch


def standing(batch, city):
    with pytest.raises(CannotUndo) as refused:
        actions.undo_import(person=None, city=city, batch=batch, now=NOW)
    return in_the_way(batch, refused.value)


def test_a_class_taken_back_is_named_by_its_school_and_day_on_the_page_and_in_the_command(world, client, batch):
    acceptance = Acceptance.objects.filter(school__name="La Dune").first()
    equipment.remove_acceptance(person=None, acceptance=acceptance, reason="Saisie deux fois.", now=NOW)
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
