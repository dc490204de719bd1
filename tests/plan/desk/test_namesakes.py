"""Where a school is read among others, its namesake is told by its kind."""

import re

import pytest
from django.urls import reverse
from django.utils.timezone import now

from preau.places.actions import add_school

pytestmark = pytest.mark.django_db
TOLD, KIND_BESIDE = "École Tilleuls, primaire", '</a> <span class="quiet">primaire'


def bare_in(page):
    """Where the page says the name alone: neither the told one, nor a kind right after it."""
    kind_follows = r", (?:primaire|maternelle)|(?:<[^>]+>|, son histoire| )*(?:primaire|maternelle)"
    return re.findall(rf".{{60}}École Tilleuls(?!{kind_follows}).{{60}}", page)


@pytest.mark.parametrize(
    ("stage", "names"),
    [
        ("filed", {"ien": "Rendre un avis", "dsden": ""}), ("programmed", {"city_education": ""}),
        ("under_way", {"city_it": "Avancer une étape"}), ("received", {"dan": "Avancer une étape"}),
    ],
)  # fmt: skip
def test_a_school_with_a_namesake_is_told_apart_wherever_it_waits(story, world, client, stage, names):
    add_school(person=None, city=world.cities["marelle"], name="École Tilleuls", kind="nursery", now=now(), slug="tz")
    story.until(stage)
    for name, words in names.items():
        world.sign_in(client, name)
        home = client.get("/plan/accueil/").text
        pages = [home] if words else []
        pages.append(client.get(reverse("desk:board")).text)
        if stage == "filed":
            pages.append(client.get(reverse("applications:application_list")).text)
        pages.append(client.get(reverse("desk:story", args=[story.school.pk])).text)
        if story.programme:
            pages.append(client.get(reverse("priorities:programme_detail", args=[story.programme.pk])).text)
        if story.rollout:
            pages += [client.get(reverse(each)).text for each in ("rollouts:rollout_list", "rollouts:rollout_board")]
            pages.append(client.get(reverse("rollouts:rollout_detail", args=[story.rollout.pk])).text)
        for number, page in enumerate(pages):
            assert TOLD in page or KIND_BESIDE in page, f"{name} {number}"
            assert bare_in(page) == [], f"{name} {number}"


def test_the_hours_of_two_namesakes_are_told_apart(story, world, client):
    """Their table has no column that says the kind."""
    add_school(person=None, city=world.cities["marelle"], name="École Tilleuls", kind="nursery", now=now(), slug="tz")
    page = world.sign_in(client, "city_education").get("/pilotage/heures/").text
    assert TOLD in page and "École Tilleuls, maternelle" in page and bare_in(page) == []
