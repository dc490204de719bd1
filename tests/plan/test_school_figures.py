"""What is known of a school has its writer: figures by school year, address, opening; nothing is written over."""

import datetime
from importlib import import_module
from types import SimpleNamespace

import pytest
from django.core.management import CommandError
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.urls import reverse

from preau.journal.models import Detail, Entry
from preau.kit.answers import Conflict, Refused
from preau.plan.applications.queries.prefill import known_about
from preau.plan.equipment import actions
from preau.plan.equipment.models import Fact, Measure
from preau.plan.equipment.queries import figures_of_year, year_of
from preau.plan.premises.queries import counts_of
from tests.plan.conftest import NOW, TODAY
from tests.texts import as_drawn

MOVED = import_module("preau.plan.equipment.migrations.0011_figures_of_a_school")
DROPPED = import_module("preau.places.migrations.0004_school_contact_has_a_source")
YEAR = year_of(TODAY)
ORIGIN = {"source": "DEPP", "quality": "measured"}


@pytest.fixture
def school(world):
    return world.schools["tilleuls"]


def typed(school, shown=None, **cells):
    """What a browser posts for one school: each cell, and what the page showed in it."""
    names = ("classes", "school_pupils", "priority_education", "social_index_tenths", "floors")
    posted = {f"{school.pk}-{name}": cells.get(name, (shown or {}).get(name, "")) for name in names}
    return posted | {f"initial-{school.pk}-{name}": (shown or {}).get(name, "") for name in names} | ORIGIN


def known(school, year=YEAR):
    return {measure: fact.value for (_, measure), fact in figures_of_year([school], year).items()}


def test_a_year_of_a_school_is_written_then_corrected_and_nothing_is_lost(world, client, school):
    world.sign_in(client, "city_education")
    page = reverse("equipment:school_knowledge", args=[school.id])
    assert client.get(page).content.decode().count("inconnu") >= 5
    form = reverse("equipment:school_year", args=[school.id, YEAR])
    first = typed(
        school, classes="7", school_pupils="168", priority_education="2", social_index_tenths="87,4", floors="2"
    )
    told = client.post(form, first, follow=True).content.decode()
    assert "5 chiffres sont écrits" in told and "REP+" in told and "87,4" in told and "168\u00a0élèves" in told
    assert known(school) == {
        "classes": 7,
        "school_pupils": 168,
        "priority_education": 2,
        "social_index_tenths": 874,
        "floors": 2,
    }
    shown = {
        "classes": "7", "school_pupils": "168", "priority_education": "2", "social_index_tenths": "87,4", "floors": "2",
    }  # fmt: skip
    told = client.post(form, typed(school, shown, classes="8", floors=""), follow=True).content.decode()
    assert "1 chiffre est écrit et 1 chiffre est retiré" in told and "retiré le" in told
    assert known(school)["classes"] == 8 and "floors" not in known(school)
    assert list(Fact.objects.filter(measure="classes").order_by("value").values_list("value", "withdrawn_at")) == [
        (7, Fact.objects.get(value=7).withdrawn_at),
        (8, None),
    ]
    assert Fact.objects.get(value=7).withdrawn_at
    # What reads them: the need of a kit, and the file of a candidature.
    assert (counts_of(school, TODAY).classes, counts_of(school, TODAY).floors) == (8, None)
    told = {each.key: each.value for each in known_about(school, TODAY, "ecole")}
    assert told["ecole-ep"] == f"REP+ (rentrée {YEAR})" and told["ecole-etages"] == "inconnu"


@pytest.mark.parametrize(
    "cells, said",
    [
        ({"classes": "0"}, "trop petit"), ({"school_pupils": "beaucoup"}, "pas un nombre"),
        ({"social_index_tenths": "1182"}, "de 45 à 185"), ({"priority_education": "3"}, "plus dans la liste"),
        ({"classes": "7", "source": ""}, "La source manque"), ({"classes": "7", "quality": "fictitious"}, "plus dans"),
    ],
)  # fmt: skip
def test_a_bad_figure_is_told_and_loses_nothing(world, client, school, cells, said):
    world.sign_in(client, "city_education")
    posted = typed(school, **{"school_pupils": "168"} | cells) | {n: v for n, v in cells.items() if n in ORIGIN}
    answer = client.post(reverse("equipment:school_year", args=[school.id, YEAR]), posted)
    assert answer.status_code == 422 and said in answer.content.decode()
    assert "168" in answer.content.decode() or "school_pupils" in cells
    assert not Fact.objects.exists()


def test_a_year_of_all_schools_is_one_page_and_writes_only_what_changed(world, client, school):
    other = world.schools["saules"]
    actions.record_school_figures(
        person=None, city=school.city, year=YEAR, values={other: {Measure.CLASSES: 5}}, now=NOW, **ORIGIN
    )
    world.sign_in(client, "city_education")
    address = reverse("equipment:city_year", args=[YEAR]) + f"?ville={school.city.slug}"
    assert f'name="{other.pk}-classes" value="5"' in client.get(address).content.decode()
    # While the page is open, somebody corrects the other school: what it showed then is not put back.
    actions.record_school_figures(
        person=None, city=school.city, year=YEAR, values={other: {Measure.CLASSES: 6}}, now=NOW, **ORIGIN
    )
    posted = typed(school, school_pupils="168", classes="7") | typed(other, {"classes": "5"})
    assert "2 chiffres sont écrits" in client.post(address, posted, follow=True).content.decode()
    assert known(school) == {"classes": 7, "school_pupils": 168} and known(other) == {"classes": 6}
    wrong = client.post(address, typed(school, {"classes": "7", "school_pupils": "168"}, classes="70 000"))
    assert wrong.status_code == 422 and f"{school.name}, classes" in as_drawn(wrong.text)


def test_the_lent_index_follows_a_correction(world, school):
    nursery = world.schools["saules"]
    nursery.kind = "nursery"
    nursery.save()
    year = {"person": None, "city": school.city, "year": YEAR, "now": NOW, **ORIGIN}
    actions.record_school_figures(values={school: {Measure.SOCIAL_INDEX_TENTHS: 874}}, **year)
    actions.estimate_index(person=None, school=nursery, proxy_of=school, now=NOW)
    actions.record_school_figures(values={school: {Measure.SOCIAL_INDEX_TENTHS: 901}}, **year)
    assert Fact.objects.standing().get(school=nursery).value == 901
    actions.record_school_figures(values={school: {Measure.SOCIAL_INDEX_TENTHS: None}}, **year)
    assert not Fact.objects.standing().exists()


@pytest.mark.parametrize("year", [1999, YEAR + 1])
def test_a_year_not_begun_or_too_old_has_no_page(world, client, school, year):
    world.sign_in(client, "city_education")
    assert client.get(reverse("equipment:school_year", args=[school.id, year])).status_code == 404
    assert client.get(reverse("equipment:city_year", args=[year])).status_code == 404


@pytest.mark.parametrize("actor", ["head", "ien", "dsden", "city_finance", "elected", "city_education_far"])
def test_nobody_else_writes_what_is_known_of_a_school(world, school, actor):
    act = {"person": world.people[actor], "now": NOW}
    for write in (
        lambda: actions.record_school_figures(
            city=school.city, year=YEAR, values={school: {Measure.CLASSES: 7}}, **ORIGIN, **act
        ),
        lambda: actions.record_school_contact(school=school, phone="0549", source="x", **act),
        lambda: actions.write_opening(school=school, first_day=TODAY, **act),
    ):
        with pytest.raises(Refused):
            write()
    assert not Fact.objects.exists()


def test_a_school_of_another_city_takes_no_figure_from_this_one(world, school):
    values = {world.schools["loin"]: {Measure.CLASSES: 7}}
    with pytest.raises(Conflict):
        actions.record_school_figures(person=None, city=school.city, year=YEAR, values=values, now=NOW, **ORIGIN)


def test_the_city_writes_an_address_and_the_former_one_is_kept(world, client, school):
    world.sign_in(client, "city_education")
    form = reverse("equipment:school_contact", args=[school.id])
    given = {
        "address": "2 rue des Écoles",
        "postcode": "86000",
        "phone": "05 49 00 00 00",
        "email": "",
        "source": "Annuaire",
    }
    told = client.post(form, given, follow=True).content.decode()
    assert "2 rue des Écoles, 86000" in told and "Annuaire, le" in told
    type(school).objects.filter(pk=school.pk).update(address="")  # a postcode alone is no address, on either page
    for name in ("school_detail", "school_knowledge"):
        assert "inconnue, 86000" in client.get(reverse(f"equipment:{name}", args=[school.id])).text, name
    type(school).objects.filter(pk=school.pk).update(address="2 rue des Écoles")
    client.post(form, {**given, "address": "4 rue des Écoles", "source": "Cadastre"})
    school.refresh_from_db()
    assert (school.address, school.contact_source, school.contact_as_of) == ("4 rue des Écoles", "Cadastre", TODAY)
    last = Entry.objects.filter(verb="school_contact_edited").latest("id")
    assert Detail.objects.get(entry=last).values["address"] == "2 rue des Écoles"
    assert client.post(form, {**given, "postcode": "8600"}).status_code == 422
    assert client.post(form, {**given, "source": ""}).status_code == 422


def test_the_day_a_school_opened_is_written_and_taken_back(world, client, school):
    world.sign_in(client, "city_education")
    form = reverse("equipment:school_opening", args=[school.id])
    client.post(form, {"first_day": "2015-09-01"})
    school.refresh_from_db()
    assert school.opened_on == datetime.date(2015, 9, 1)
    school.closed_on = datetime.date(2020, 7, 3)
    school.save()
    answer = client.post(form, {"first_day": "2021-09-01"})
    assert answer.status_code == 422 and "a fermé avant ce jour" in answer.content.decode()
    client.post(form, {"first_day": ""})
    school.refresh_from_db()
    assert school.opened_on is None


def test_a_figure_withdrawn_twice_is_told(world, client, school):
    actions.record_school_figures(
        person=None, city=school.city, year=YEAR, values={school: {Measure.CLASSES: 5}}, now=NOW, **ORIGIN
    )
    world.sign_in(client, "city_education")
    address = reverse("equipment:fact_withdrawal", args=[Fact.objects.get().id])
    assert "ne compte plus" in client.post(address, follow=True).content.decode()
    assert "corrigé ou retiré depuis" in client.post(address, follow=True).content.decode()


def test_what_the_row_of_a_school_said_becomes_facts(world, school):
    """The migration that took two columns away: a year when it was written, else about today; other words stop it."""
    rows = SimpleNamespace(objects=SimpleNamespace(all=lambda: [school]))
    old = SimpleNamespace(get_model=lambda room, name: rows if name == "School" else Fact)
    school.priority_education, school.floors_count = "hors REP (2018)", 2
    MOVED.carry_facts(old, None)
    facts = {fact.measure: fact for fact in Fact.objects.all()}
    assert facts["priority_education"].shown_value == "hors éducation prioritaire"
    assert facts["priority_education"].period == "rentrée 2018" and not facts["priority_education"].is_approximate
    assert (facts["floors"].value, facts["floors"].as_of, facts["floors"].is_approximate) == (2, TODAY, True)
    school.priority_education = "ZEP"
    with pytest.raises(CommandError, match="ZEP"):
        MOVED.carry_facts(old, None)


def test_each_page_costs_the_same_whatever_was_written(world, client, school, django_assert_max_num_queries):
    world.sign_in(client, "city_education")
    for year in range(YEAR - 9, YEAR + 1):
        values = {each: {Measure.CLASSES: 5, Measure.FLOORS: 2} for each in (school, world.schools["saules"])}
        actions.record_school_figures(person=None, city=school.city, year=year, values=values, now=NOW, **ORIGIN)
    for address in (
        reverse("equipment:school_knowledge", args=[school.id]),
        reverse("equipment:school_year", args=[school.id, YEAR]),
        reverse("equipment:city_year", args=[YEAR]),
    ):
        with django_assert_max_num_queries(10):
            assert client.get(address).status_code == 200


def test_the_two_columns_do_not_go_before_they_are_carried(world, monkeypatch):
    holders = SimpleNamespace(exclude=lambda **words: type(world.schools["tilleuls"]).objects)
    before = SimpleNamespace(get_model=lambda *names: SimpleNamespace(objects=holders))
    schema_editor = SimpleNamespace(connection=connection)
    monkeypatch.setattr(MigrationRecorder, "applied_migrations", lambda self: {})
    with pytest.raises(CommandError, match="bin/preau migrate equipment 0011_figures_of_a_school"):
        DROPPED.refuse_before_they_are_carried(before, schema_editor)
    monkeypatch.setattr(MigrationRecorder, "applied_migrations", lambda self: {DROPPED.CARRIED_BY: None})
    DROPPED.refuse_before_they_are_carried(before, schema_editor)
