"""The school holidays of Corse, of overseas, of years to come: written by the operator, then known everywhere."""

import datetime
import re

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils.timezone import now

from preau.ent.agenda.queries import calendar_of_spaces
from preau.ent.attendance import days as rolls
from preau.journal.models import Entry
from preau.places import actions
from preau.places.models import Department
from preau.places.queries import Break, Calendar, break_on, calendar_covers, calendar_of, next_breaks
from preau.spaces import audiences
from tests.world import TODAY

CHRISTMAS = "Vacances de Noël ; 19/12/2026 ; 04/01/2027"
SOURCE = "arrêté de la rectrice du 12 mars 2026"
DAY = datetime.date(2026, 12, 22)


@pytest.fixture
def far(world):
    return world.departments["far"]


def page_of(department):
    return reverse("base_holidays", args=[department.pk])


def write(client, department, holidays=CHRISTMAS, source=SOURCE):
    return client.post(page_of(department), {"holidays": holidays, "source": source}, follow=True)


def test_what_is_written_is_known_of_rolls_agenda_and_sites(world, client, far):
    operator = world.sign_in(client, "operator")
    assert "non connues" in operator.get(reverse("base")).text
    answer = write(operator, far)
    assert answer.status_code == 200 and "connues jusqu’au 3\u00a0janvier 2027" in re.sub("[ \n]+", " ", answer.text)
    far.refresh_from_db()
    calendar, source = calendar_of(far), SOURCE
    known = Break(
        "vacances",
        "Vacances de Noël",
        DAY.replace(day=19),
        datetime.date(2027, 1, 3),
        datetime.date(2027, 1, 4),
        source,
    )
    assert break_on(calendar, DAY) == known and next_breaks(calendar, TODAY, 1) == [known]
    assert calendar_covers(calendar, datetime.date(2026, 9, 8)) and not calendar_covers(
        calendar, datetime.date(2027, 2, 8)
    )
    school = world.schools["loin"]
    school.refresh_from_db()
    assert rolls.halves_on(school, DAY, False) == ()
    site = client.get(reverse("sites:school_calendar", args=[school.slug])).text
    assert "Vacances de Noël" in site and SOURCE in site and "ne sont pas connues" not in site
    assert CHRISTMAS.replace(" ;", ";") in operator.get(page_of(far)).text.replace(
        "&#x27;", "'"
    )  # as people write them
    assert Entry.objects.get(verb="holidays_written").object_id == far.pk


def test_they_are_the_academy_s_and_follow_its_other_departements(world, client):
    corse = [actions.add_department(person=None, code="2A", name="Corse-du-Sud", academy="Corse", now=now())]
    write(world.sign_in(client, "operator"), corse[0])
    corse.append(actions.add_department(person=None, code="2B", name="Haute-Corse", academy="Corse", now=now()))
    assert len({one.holidays for one in Department.objects.filter(academy="Corse")}) == 1
    write(client, corse[1], holidays="")
    assert set(Department.objects.filter(academy="Corse").values_list("holidays", "holidays_source")) == {("", "")}


def test_a_zone_goes_on_after_its_file(world, client):
    vienne = world.departments["vienne"]
    write(
        world.sign_in(client, "operator"),
        vienne,
        "Vacances de Noël\t2026-12-20\t2027-01-05\nVacances de la Toussaint\t23/10/2027\t08/11/2027",
    )
    vienne.refresh_from_db()
    calendar = calendar_of(vienne)
    assert break_on(calendar, DAY).resumes_on == datetime.date(2027, 1, 4)  # the file's
    assert break_on(calendar, datetime.date(2027, 10, 25)).label == "Vacances de la Toussaint"
    assert calendar_covers(calendar, datetime.date(2027, 10, 1))


@pytest.mark.parametrize(
    "line, said",
    [
        ("Vacances de Noël ; 19/12/2026", "séparés par des"),
        ("Noël ; 19/12/2026 ; 04/01/2027", "commence par"),
        ("Vacances de Noël ; 32/12/2026 ; 04/01/2027", "n’est pas un jour"),
        ("Vacances de Noël ; 04/01/2027 ; 19/12/2026", "la reprise vient après"),
        ("Vacances d'été ; 04/07/2026 ; 04/07/2027", "la reprise vient après"),
        (f"{CHRISTMAS}\nVacances d’hiver ; 02/01/2027 ; 10/01/2027", "commence avant la fin"),
        ("Vacances de Noël ; 19/12/1026 ; 04/01/1027", "n’est pas un jour"),
    ],
)
def test_a_line_that_says_no_holidays_is_told_and_what_was_typed_stays(world, client, far, line, said):
    answer = write(world.sign_in(client, "operator"), far, line)
    assert said in answer.text and "19/12/" in answer.text or "04/07/" in answer.text
    far.refresh_from_db()
    assert far.holidays == ""


def test_dates_come_with_their_source(world, client, far):
    assert "Écrivez d’où viennent ces dates" in write(world.sign_in(client, "operator"), far, source="").text
    with pytest.raises(IntegrityError), transaction.atomic():
        Department.objects.filter(pk=far.pk).update(holidays="Vacances;2026-12-19;2027-01-04")


def test_only_the_operator_writes_them_and_the_city_is_told(world, client, far):
    for who in ("city_education", "head", "ien", "guardian", "teacher"):
        assert world.sign_in(client, who).get(page_of(far)).status_code == 403, who
    said = "Les vacances scolaires ne sont pas connues"
    assert said not in world.sign_in(client, "city_education").get("/aujourdhui/").text
    Department.objects.filter(pk=world.departments["vienne"].pk).update(academy="Guadeloupe", code="971")
    home = " ".join(client.get("/aujourdhui/").text.split())
    assert said in home and "l’académie de Guadeloupe" in home


def test_an_agenda_says_that_it_does_not_know(world, client):
    said = "Préau ne connaît pas les vacances scolaires de toutes ces semaines."
    guardian = world.sign_in(client, "guardian")
    assert said not in guardian.get("/agenda/").text
    Department.objects.filter(pk=world.departments["vienne"].pk).update(academy="Guadeloupe", code="971")
    assert said in guardian.get("/agenda/").text
    memberships = audiences.memberships_of(world.people["guardian"], TODAY)
    assert calendar_of_spaces(memberships, TODAY) == Calendar(None, "971")
