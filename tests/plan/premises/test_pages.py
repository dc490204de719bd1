"""The pages of premises: who reads, who writes, what a wrong answer changes (nothing), how many queries."""

import datetime
import re

import pytest
from django.db.models.sql.compiler import SQLCompiler
from django.urls import reverse

from preau.journal.models import Entry
from preau.people.models import Person
from preau.places.models import Building, Room
from preau.plan.equipment import actions as equipment
from preau.plan.equipment.models import Fact, KitLine, Measure
from preau.plan.premises.models import Cabling, CouncilNotice, InclusionSite, InternetLink, Lack
from preau.plan.rollouts.actions import record_acceptance
from tests.commune import build_commune
from tests.plan.premises.conftest import BEFORE, NOW, TODAY, add_link, add_room, publish_kit
from tests.texts import as_drawn

TOMORROW = TODAY + datetime.timedelta(days=1)


def page(name, school, *more):
    return reverse(f"premises:{name}", args=[school.pk, *more])


def needs(name, school, *more):
    """The need is set against the premises, the classes received and the inventory: its page is of the room above."""
    return reverse(f"inventory:{name}", args=[school.pk, *more])


@pytest.fixture
def city_it(world, client):
    return world.sign_in(client, "city_it")


def write(client, address, **given):
    """Posts what a person wrote; the page itself opens too."""
    assert client.get(address).status_code == 200
    return client.post(address, given)


def text_of(answer):
    return as_drawn(answer.content.decode().replace("&nbsp;", "\u00a0"))


def test_the_city_writes_a_school_from_nothing_to_ready(city_it, school):
    publish_kit(school)
    # Nothing is noted: nobody says that it lacks.
    said = text_of(city_it.get(page("premises_detail", school)))
    assert "Inconnu\u00a0: 5\u00a0conditions ne sont pas notées" in said
    write(city_it, page("building_create", school), name="Bâtiment A")
    building = Building.objects.get()
    rooms = reverse("premises:room_create", args=[building.pk])
    write(city_it, rooms, names="Salle 1\n\nSalle 2\n", floor=1, kind="classroom", has_power="on")
    write(city_it, rooms, names="Réserve", floor=0, kind="secured_store", has_power="on")
    classrooms = Room.objects.filter(kind="classroom")
    assert classrooms.count() == 2
    write(
        city_it,
        page("cabling_create", school),
        whole_school="on",
        rooms=[r.pk for r in classrooms],
        done_on=str(BEFORE),
    )
    write(city_it, page("link_create", school), technology="fibre", contracted_kbps="8", in_service_on=str(BEFORE))
    write(city_it, page("notice_create", school), subject="wifi", held_on=str(BEFORE), reference="PV, point 3")
    text = city_it.get(page("premises_detail", school)).content.decode()
    assert "l’équipement peut être installé" in text and "2 sur 2" in text and "8\u00a0Mb/s" in text
    assert {"room_added", "cabling_recorded", "link_added", "council_notice_recorded"} <= set(
        Entry.objects.values_list("verb", flat=True)
    )


@pytest.mark.parametrize("name, given, model", [
    ("building_create", {"name": ""}, Building),
    ("link_create", {"technology": "fibre", "contracted_kbps": "0", "in_service_on": str(TODAY)}, InternetLink),
    ("link_create", {"technology": "radio", "contracted_kbps": "8", "in_service_on": str(TODAY)}, InternetLink),
    ("cabling_create", {"done_on": str(TODAY)}, Cabling),
    ("cabling_create", {"whole_school": "on", "done_on": str(TOMORROW)}, Cabling),
    ("notice_create", {"subject": "wifi", "held_on": str(TOMORROW)}, CouncilNotice),
    ("inclusion_create", {"option": "dyslexie", "starts_on": str(TODAY)}, InclusionSite),
])  # fmt: skip
def test_a_wrong_answer_changes_nothing(city_it, school, name, given, model):
    assert write(city_it, page(name, school), **given).status_code == 422
    assert not model.objects.exists()


def test_a_name_taken_and_a_fact_told_twice_are_said(city_it, ready):
    assert "déjà pris" in write(city_it, page("building_create", ready), name="BATIMENT A").content.decode()
    building = Building.objects.get()
    rooms = reverse("premises:room_create", args=[building.pk])
    refused = write(city_it, rooms, names="Salle 9\nsalle 1", floor=0, kind="classroom")
    assert refused.status_code == 422 and not Room.objects.filter(name="Salle 9").exists()
    room = Room.objects.get(name="Salle 2")
    edited = write(city_it, reverse("premises:room_edit", args=[room.pk]), name="Salle 1", floor=1, kind="classroom")
    assert edited.status_code == 422
    told = write(city_it, page("notice_create", ready), subject="wifi", held_on=str(BEFORE))
    assert "déjà notée" in told.content.decode() and CouncilNotice.objects.count() == 1


def test_a_line_is_measured_then_ended(city_it, school):
    link = add_link(school)
    measure, end = (reverse(f"premises:link_{verb}", args=[link.pk]) for verb in ("measure", "end"))
    assert write(city_it, measure, measured_kbps="5,2", measured_on=str(TODAY)).status_code == 302
    assert write(city_it, end, ended_on=str(BEFORE - datetime.timedelta(days=1))).status_code == 422
    assert write(city_it, end, ended_on=str(TODAY)).status_code == 302
    link.refresh_from_db()
    assert (link.measured_kbps, link.ended_on) == (5200, TODAY)


def test_what_was_noted_by_mistake_goes_and_the_journal_keeps_it(city_it, ready):
    room = Room.objects.get(name="Salle 2")
    city_it.post(reverse("premises:cabling_removal", args=[room.cablings.get().pk]))
    city_it.post(reverse("premises:notice_removal", args=[CouncilNotice.objects.get().pk]))
    text = city_it.get(page("premises_detail", ready)).content.decode()
    assert "1 sur 2" in text and "n’a pas encore été informé" in text
    assert {"cabling_removed", "council_notice_removed"} <= set(Entry.objects.values_list("verb", flat=True))


def test_the_head_notes_the_council_and_nothing_else(world, client, school):
    world.sign_in(client, "head_other_school")
    assert write(client, page("notice_create", school), subject="wifi", held_on=str(TODAY)).status_code == 302
    refused = client.get(page("link_create", school))
    assert refused.status_code == 403 and "écrivent les locaux" in refused.content.decode()
    text = client.get(page("premises_detail", school)).content.decode()
    assert "Noter une information" in text and "Ajouter une liaison" not in text
    assert client.get(page("notice_create", world.schools["tilleuls"])).status_code == 404


@pytest.mark.parametrize("actor", ["teacher_other_school", "dsden", "dan", "elected", "city_finance"])
def test_readers_read_and_are_told_why_they_do_not_write(world, client, school, actor):
    world.sign_in(client, actor)
    assert client.get(page("premises_detail", school)).status_code == 200
    assert client.post(page("building_create", school), {"name": "x"}).status_code == 403
    assert client.post(page("notice_create", school), {"subject": "wifi", "held_on": str(TODAY)}).status_code == 403
    assert not Building.objects.exists() and not CouncilNotice.objects.exists()


@pytest.mark.parametrize(
    "actor, status", [("dsden", 403), ("teacher_other_school", 403), ("head", 404), ("ien_other", 404)]
)
def test_nobody_else_takes_back_what_was_noted(world, client, ready, actor, status):
    world.sign_in(client, actor)
    for name, row in (("cabling_removal", Cabling.objects.first()), ("notice_removal", CouncilNotice.objects.get())):
        assert client.post(reverse(f"premises:{name}", args=[row.pk])).status_code == status
    assert Cabling.objects.count() == 3 and CouncilNotice.objects.count() == 1


@pytest.mark.parametrize("actor", ["guardian", "pupil_cm2", "head", "ien_other", "city_education_far", "operator"])
def test_strangers_find_nothing(world, client, school, actor):
    world.sign_in(client, actor)
    for name in ("premises_detail", "notice_create", "link_create"):
        assert client.get(page(name, school)).status_code == 404, name


def test_the_need_shows_the_hypothesis_and_the_extra(city_it, world, ready):
    equipment.record_fact(
        person=None,
        city=ready.city,
        school=ready,
        measure="classes",
        value=7,
        as_of=BEFORE,
        source="x",
        quality="declared",
        now=NOW,
    )
    world.people["pupil_other_school"].enrolments.all().delete()
    world.people["child_two_two"].enrolments.all().delete()
    text = as_drawn(city_it.get(needs("school_needs", ready)).text)
    assert "hypothèse, 24 par classe" in text and "13,7" in text and "41,7" in text and "2 à 4" in text
    assert "supplément" not in text.split("</tbody>")[0]
    write(city_it, page("inclusion_create", ready), option="hearing", starts_on=str(TODAY))
    assert "supplément</span>" in as_drawn(city_it.get(needs("school_needs", ready)).text)
    assert "13,7" in as_drawn(city_it.get(needs("school_needs", ready)).text)  # AC-19: out of the average


def test_a_school_whose_kit_is_not_published_says_so(city_it, school):
    assert "Aucun équipement type" in city_it.get(needs("school_needs", school)).content.decode()
    sheet = city_it.get(needs("need_export", school, "csv")).content.decode("utf-8-sig")
    assert sheet.startswith("Élément;") and sheet.count("\n") == 1


def test_the_list_ranks_filters_and_is_taken_away(city_it, ready):
    text = as_drawn(city_it.get("/plan/pretes/").text)
    assert "1\u00a0école prête sur 1</h1>" in text and text.index("Saules") < text.index("Tilleuls")
    assert '<span class="chip">inconnu</span>' in text.split("Tilleuls")[1], "nothing is noted there: no « non »"
    assert "Tilleuls" in as_drawn(city_it.get("/plan/pretes/?etat=inconnu").text).split("<table")[1]
    assert "Aucune école" in as_drawn(city_it.get("/plan/pretes/?etat=attente").text)
    assert "Tilleuls" not in as_drawn(city_it.get("/plan/pretes/?etat=pretes").text).split("<table")[1]
    sheet = city_it.get("/plan/pretes.csv").content.decode("utf-8-sig")
    assert "École Saules;0860002B;élémentaire;oui" in sheet
    tilleuls = next(line for line in sheet.splitlines() if "Tilleuls" in line)
    assert ";inconnu;inconnu;inconnu;inconnu;inconnu;" in tilleuls and ";non;" not in tilleuls
    assert city_it.get("/plan/pretes.ods").status_code == 200
    assert "Classe mobile" in city_it.get(needs("need_export", ready, "csv")).content.decode("utf-8-sig")


def test_a_school_up_to_date_is_never_said_to_lack_anything(city_it, school, building):
    add_room(building, "Salle 1")
    facts = {"kit": publish_kit(school), "accepted_on": BEFORE, "source": "essai", "label": "CM2"}
    record_acceptance(person=None, school=school, now=NOW, **facts)
    Fact.objects.create(
        city=school.city,
        school=school,
        measure=Measure.CLASSES,
        value=1,
        as_of=BEFORE,
        source="essai",
        quality="declared",
    )
    said = text_of(city_it.get("/plan/pretes/"))
    row = said[said.index(school.name) :].partition("</tr>")[0]
    assert "équipée, à niveau" in row and "locaux à noter" in row and "pas encore<" not in row
    assert "Pas encore\u00a0: " in (detail := text_of(city_it.get(page("premises_detail", school))))
    assert not re.search(r"\bmanquent?\b", said + detail, re.IGNORECASE)


@pytest.mark.parametrize("size", [0, 45])
def test_pages_ask_ten_queries_at_most(city_it, world, ready, size, django_assert_max_num_queries):
    if size:
        build_commune(city=world.cities["marelle"], person=Person.objects.get(pk=world.people["city_it"].pk), now=NOW)
        for number in range(size):
            add_room(Building.objects.get(), f"Salle {number + 10}")
    for address in ("/plan/pretes/", page("premises_detail", ready), needs("school_needs", ready)):
        city_it.get(address)
        with django_assert_max_num_queries(10):
            city_it.get(address)


def test_the_sql_of_the_gates_is_kept_for_who_holds_the_same_titles(world, client, ready, monkeypatch):
    """Fifteen subqueries of one school: written once for a title, and each person reads the schools of theirs."""
    anew, as_sql = [], SQLCompiler.as_sql
    for actor in ("city_it", "dsden", "head_other_school"):
        world.sign_in(client, actor).get(page("premises_detail", ready))
    monkeypatch.setattr(
        SQLCompiler, "as_sql", lambda own, *a, **k: [anew.append(own.query.model), as_sql(own, *a, **k)][1]
    )
    seen = {}
    for actor in ("city_it", "dsden", "head_other_school"):
        world.sign_in(client, actor)
        for school in world.schools.values():
            seen.setdefault(actor, set()).add(client.get(page("premises_detail", school)).status_code)
    assert seen == {actor: {200, 404} for actor in seen}
    assert anew and not {Lack, KitLine} & {*anew}
