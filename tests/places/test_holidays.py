"""Days without class: public holidays by the law of each département, the same for every page that asks."""

from datetime import date, datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from preau.ent.afterschool.queries.days import why_closed
from preau.ent.agenda.queries.days import days_of, window_asked
from preau.ent.attendance import days as rolls
from preau.ent.attendance.models import Half
from preau.people.recovery.answering import next_class_day
from preau.places.holidays import SCHOOL_HOLIDAYS, easter, public_holidays
from preau.places.models import City, Department, School
from preau.places.queries import (
    Calendar,
    break_on,
    calendar_covers,
    calendar_of,
    departments_of_france,
    holidays_of,
    next_breaks,
)

GOOD_FRIDAY = date(2027, 3, 26)


def body(answer):
    return answer.content.decode()


def department(code):
    known = departments_of_france()[code]
    return Department(code=code, name=known.name, academy=known.academy)


def label_of(code, day):
    found = break_on(calendar_of(department(code)), day)
    return found.label if found else None


@pytest.mark.parametrize(
    "year, month, day", [(2024, 3, 31), (2026, 4, 5), (2027, 3, 28), (2038, 4, 25), (2049, 4, 18), (2285, 3, 22)]
)
def test_easter(year, month, day):
    assert easter(year) == date(year, month, day)


def test_the_eleven_days_of_the_whole_country():
    """As the package `jours-feries-france` 0.7.0 gives them."""
    days = {f"{day:%m-%d}": label for day, (label, _) in public_holidays(2027, "86").items()}
    known = {
        "01-01": "Jour de l’an", "03-29": "Lundi de Pâques", "05-01": "Fête du travail", "05-06": "Ascension",
        "05-08": "Victoire 1945", "05-17": "Lundi de Pentecôte", "07-14": "Fête nationale", "08-15": "Assomption",
        "11-01": "Toussaint", "11-11": "Armistice 1918", "12-25": "Noël",
    }  # fmt: skip
    assert days == known
    assert len(public_holidays(2024, "86")) == 11  # Ascension on 9 May
    assert public_holidays(2008, "86")[date(2008, 5, 1)][0] == "Fête du travail"  # and Ascension


def test_good_friday_and_26_december_are_holidays_of_three_departements():
    closed = {code for code in departments_of_france() if label_of(code, GOOD_FRIDAY) == "Vendredi saint"}
    assert closed == {"57", "67", "68"} and label_of("54", GOOD_FRIDAY) is None  # the academy of Nancy-Metz too
    for code in closed:
        found = public_holidays(2026, code)
        assert found[date(2026, 12, 26)] == ("26 décembre", "article L3134-13 du code du travail")
        assert found[date(2026, 4, 3)] == ("Vendredi saint", "article L3134-13 du code du travail")
        assert len(found) == 13


def test_the_abolition_of_slavery_is_a_holiday_of_each_overseas_departement_on_its_day():
    days = {"971": (5, 27), "972": (5, 22), "973": (6, 10), "974": (12, 20), "976": (4, 27)}
    for at in days.values():
        closed = {c for c in departments_of_france() if label_of(c, date(2028, *at)) == "Abolition de l’esclavage"}
        assert closed == {code for code, theirs in days.items() if theirs == at}
    source = "décret n°\u00a083-1003 du 23\u00a0novembre\u00a01983"
    assert public_holidays(2028, "974")[date(2028, 12, 20)][1] == source


def test_where_holidays_are_not_known_public_ones_are_and_it_is_said():
    guadeloupe = calendar_of(department("971"))
    assert guadeloupe.zone is None and not calendar_covers(guadeloupe, date(2026, 12, 1))
    labels = [row.label for row in next_breaks(guadeloupe, date(2026, 12, 1), 20)]
    assert len(labels) == 12 and "Abolition de l’esclavage" in labels  # a year of them
    assert break_on(guadeloupe, date(2026, 12, 22)) is None


def test_rolls_canteen_agenda_and_answers_agree():
    for code, is_closed in (("67", True), ("68", True), ("57", True), ("54", False), ("86", False)):
        city = City(name="Ville", department=department(code))
        school = School(name="École", city=city)
        assert (rolls.halves_on(school, GOOD_FRIDAY, True) == ()) == is_closed, code
        assert why_closed(city, GOOD_FRIDAY) == ("Vendredi saint" if is_closed else ""), code
        days = days_of(window_asked("2027-03-22", GOOD_FRIDAY), (), calendar_of(city.department), GOOD_FRIDAY)
        assert bool(days[4].off) == is_closed, code


def test_an_appel_says_which_day_it_is():
    school = School(name="École", city=City(name="Ville", department=department("68")))
    at = timezone.make_aware(datetime(2027, 3, 26, 9))
    said = rolls.why_closed(school, GOOD_FRIDAY, Half.MORNING, at, has_wednesday=False, heads=True)
    assert "Vendredi saint" in said


@pytest.mark.django_db
def test_an_answer_is_promised_on_a_day_of_class_everywhere():
    asked = timezone.make_aware(datetime(2027, 3, 25, 17))
    department("54").save()
    assert next_class_day(asked) == GOOD_FRIDAY
    department("67").save()
    assert next_class_day(asked) == GOOD_FRIDAY + timedelta(days=4)  # Monday is Easter's


@pytest.mark.django_db
@pytest.mark.parametrize(
    "code, said, is_known, law",
    [("86", "Lundi de Pâques", True, "L3133-1"), ("68", "Vendredi saint", True, "L3134-13"),
     ("971", "Abolition de l’esclavage", False, "83-1003")],
)  # fmt: skip
def test_the_site_of_a_school_says_its_days_and_what_is_not_known(world, client, code, said, is_known, law):
    known = departments_of_france()[code]
    Department.objects.filter(pk=world.departments["vienne"].pk).update(code=code, academy=known.academy)
    shown = body(client.get(reverse("sites:school_calendar", args=[world.schools["tilleuls"].slug])))
    home = body(client.get(reverse("sites:school_home", args=[world.schools["tilleuls"].slug])))
    assert said in shown and law in shown
    assert ("ne sont pas connues" in shown) != is_known and ("ne sont pas connues" in home) != is_known


def test_each_name_of_the_ministrys_files_is_one_that_families_pages_say():
    names = {row.label for zone in "ABC" for row in holidays_of(Calendar(zone))}
    assert names == set(SCHOOL_HOLIDAYS)
