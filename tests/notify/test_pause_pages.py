"""« Pause numérique »: hours set on a page, bad ones told in a sentence."""

import datetime

import pytest
from django.urls import reverse

from preau.kit.mail import HOURS
from preau.notify import queries
from preau.notify.models import Pause

pytestmark = pytest.mark.django_db


def test_a_head_sets_the_hours_of_the_school_and_goes_back_to_the_citys(world, client):
    school = world.schools["tilleuls"]
    page = reverse("notify:school_pause", args=[school.pk])
    world.sign_in(client, "head")
    assert page in client.get(reverse("portal:school_home", args=[school.pk])).text
    assert "de 20\u00a0h à 7\u00a0h, et le samedi et le dimanche" in client.get(page).text
    for begins, sentence in (("23:00", "entre 17\u00a0h et 21\u00a0h"), ("", "L’heure manque"), ("x", "pas reconnue")):
        answer = client.post(page, {"begins_at": begins, "ends_at": "06:30"})
        assert answer.status_code == 422 and sentence in answer.text and "06:30" in answer.text
    assert not Pause.objects.exists()
    answer = client.post(page, {"begins_at": "19:00", "ends_at": "06:30"}, follow=True)
    assert "C’est noté" in answer.text and "de 19\u00a0h à 6\u00a0h\u00a030." in answer.text
    assert queries.hours_in(school).closes_at == datetime.time(19) and queries.hours_in(school).on_weekends
    answer = client.post(reverse("notify:school_pause_end", args=[school.pk]), follow=True)
    assert queries.hours_in(school) == HOURS and "Suivre de nouveau" not in answer.text


def test_nobody_else_sets_them(world, client):
    school, city = world.schools["tilleuls"], world.cities["marelle"]
    of_school, of_city = reverse("notify:school_pause", args=[school.pk]), reverse("notify:city_pause", args=[city.pk])
    hours = {"begins_at": "18:00", "ends_at": "08:00"}
    for who, school_answer, city_answer in (
        ("teacher", 403, 403),
        ("guardian", 403, 403),
        ("head_other_school", 404, 403),
        ("city_it", 404, 403),
        ("city_education", 404, 302),
    ):
        world.sign_in(client, who)
        assert client.post(of_school, hours).status_code == client.get(of_school).status_code == school_answer, who
        assert client.post(of_city, hours).status_code == city_answer, who
    assert Pause.objects.get().city == city
