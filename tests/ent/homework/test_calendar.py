"""What is to be done, in the secret calendar of a family."""

import pytest
from django.urls import reverse
from django.utils.timezone import now

from preau.ent.agenda import actions as agenda
from preau.ent.homework import actions
from preau.people.languages import WRITTEN
from preau.people.models import Person
from tests.ent.homework.acts import WEEK, assign, next_day

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_holidays")]


def calendar_of(world, client, who):
    client.cookies.clear()
    token = agenda.make_feed(person=world.people[who], now=now())
    return client.get(reverse("agenda:calendar", args=[token])).content.decode()


def test_a_family_s_calendar_holds_what_is_for_the_class_and_nothing_of_one_child(world, client):
    day = next_day(world)
    weekly = assign(world, text="Syllabes en ou", until_on=day + WEEK)
    assign(world, text="Fiche à part", pupils=["child_adam"])
    assign(world, "teacher_other_class", "cm2", text="La poésie")
    actions.cancel_day(person=world.people["teacher"], due_day=weekly.due_days.order_by("day")[1], now=now())
    mine = calendar_of(world, client, "guardian")
    assert mine.count("SUMMARY:À lire\u00a0: Syllabes en ou") == 2 and mine.count("STATUS:CANCELLED") == 1
    assert f"DTSTART;VALUE=DATE:{day:%Y%m%d}" in mine
    page = reverse("homework:assignment_detail", args=[weekly.pk])
    assert f"URL:http://testserver{page}" in mine.replace("\r\n ", "")
    assert "Fiche à part" not in mine and "poésie" not in mine
    for who in ("guardian_restricted", "guardian_other_school", "teacher", "city_education"):
        assert "Syllabes" not in calendar_of(world, client, who), who


TO_READ = {
    "ar": "للقراءة: \u2066Page 12.\u2069",  # what was typed keeps its direction
    "en": "To read: Page 12.",
    "es": "Para leer: Page 12.",
    "pt": "Para ler: Page 12.",
    "tr": "Okunacak: Page 12.",
    "uk": "Прочитати: Page 12.",
}


@pytest.mark.parametrize("language", WRITTEN)
def test_what_is_to_be_done_is_said_in_the_language_of_the_family(world, client, language):
    assign(world, text="Page 12.")
    Person.objects.filter(pk=world.people["guardian"].pk).update(reading_language=language)
    assert f"SUMMARY:{TO_READ[language]}\r\n" in calendar_of(world, client, "guardian")
