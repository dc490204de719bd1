"""DSDEN and DAN say what to buy; the city says what its kit does of it, and why (mission D4)."""

import re

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from preau.kit.answers import Conflict, Refused
from preau.kit.dates import day_text
from preau.plan.priorities import actions, queries, rules
from preau.plan.priorities.models import Recommendation, RecommendationAnswer
from tests.kept import kept
from tests.plan.priorities.conftest import DAY, NOW, TODAY
from tests.texts import as_drawn

LINES = [
    {"item": "Tablettes au cycle 2", "rule": "per_class", "quantity_min": 1, "quantity_max": 2},
    {"item": "Visualiseur", "rule": "per_class", "quantity_min": 1, "quantity_max": 1},
]


@kept
def written(scene):
    return actions.write_recommendation(
        person=scene.who("dsden"), city=scene.city, school_kind="elementary", reasons="Cycle 2.", lines=LINES, now=NOW
    )


@kept
def signed(scene):
    row = actions.sign_recommendation(person=scene.who("dsden"), recommendation=written(scene), pen="dsden", now=NOW)
    return actions.sign_recommendation(person=scene.who("dan"), recommendation=row, pen="dan", now=NOW)


@pytest.mark.parametrize("actor", ["city_education", "elected", "head", "ien"])
def test_the_city_and_the_schools_write_no_preconisation(scene, actor):
    with pytest.raises(Refused):
        actions.write_recommendation(
            person=scene.who(actor), city=scene.city, school_kind="elementary", reasons="x", lines=LINES, now=NOW
        )


def test_one_does_not_sign_for_the_other(scene):
    with pytest.raises(Conflict):
        actions.sign_recommendation(person=scene.who("dan"), recommendation=written(scene), pen="dsden", now=NOW)


def test_a_school_reads_it_once_signed_by_both(scene):
    row = written(scene)
    assert not rules.recommendations_visible_to(scene.who("head"), TODAY).exists()
    actions.sign_recommendation(person=scene.who("dsden"), recommendation=row, pen="dsden", now=NOW)
    assert not rules.recommendations_visible_to(scene.who("city_education"), TODAY).exists()
    actions.sign_recommendation(person=scene.who("dan"), recommendation=row, pen="dan", now=NOW)
    assert rules.recommendations_visible_to(scene.who("head"), TODAY).get() == row
    assert not rules.recommendations_visible_to(scene.who("head_far"), TODAY).exists()


def test_departing_asks_a_reason_and_the_state_cannot_answer(scene):
    line = signed(scene).lines.first()
    say = {"line": line, "kit": scene.kit(), "now": NOW}
    with pytest.raises(Conflict):
        actions.answer_line(person=scene.who("city_education"), choice="departed", **say)
    with pytest.raises(Refused):
        actions.answer_line(person=scene.who("dsden"), choice="followed", **say)
    answer = actions.answer_line(
        person=scene.who("city_education"), choice="departed", reason="Marché en cours.", **say
    )
    with pytest.raises(IntegrityError), transaction.atomic():
        RecommendationAnswer.objects.filter(pk=answer.pk).update(reason="")


def test_a_version_follows_a_version(scene):
    assert [written(scene).version, written(scene).version] == [1, 2]


def test_what_the_city_said_before_keeps_its_reason(scene, client):
    """Issue 3 §4: said anew, the former answer stays, dated; the same again writes nothing."""
    row = signed(scene)
    line, kit = row.lines.first(), scene.kit()
    say = {"person": scene.who("city_education"), "line": line, "kit": kit}
    first = actions.answer_line(choice="departed", reason="Marché en cours.", now=NOW - DAY, **say)
    assert actions.answer_line(choice="departed", reason="Marché en cours.", now=NOW, **say) == first
    second = actions.answer_line(choice="followed", now=NOW, **say)
    first.refresh_from_db()
    assert (first.reason, first.replaced_at, second.replaced_at) == ("Marché en cours.", NOW, None)
    assert [answer for _, of, answer in queries.elements_of([row]) if of == line] == [second]
    scene.world.sign_in(client, "dsden")
    page = client.get(reverse("priorities:recommendation_detail", args=[row.pk])).text
    assert page.index("suivie</p>") < page.index("non suivie, Marché en cours.")
    with pytest.raises(IntegrityError), transaction.atomic():
        RecommendationAnswer.objects.filter(pk=first.pk).update(replaced_at=None)


def test_the_kit_s_page_says_what_it_does_of_each_preconisation(scene, client):
    row, kit = signed(scene), scene.kit()
    tablets, viewer = row.lines.order_by("position")
    say = {"person": scene.who("city_education"), "kit": kit, "now": NOW}
    actions.answer_line(line=tablets, choice="followed", **say)
    actions.answer_line(line=viewer, choice="departed", reason="Marché en cours.", **say)
    page = reverse("priorities:kit_list")
    detail = reverse("priorities:recommendation_detail", args=[row.pk])
    for actor in ("city_education", "dsden", "elected"):
        scene.world.sign_in(client, actor)
        shown = client.get(page).text
        assert "Tablettes au cycle 2" in shown and "non suivie, Marché en cours." in shown and detail in shown, actor
    written(scene)
    assert "préconisation v2" not in client.get(page).text, "nobody reads a draft here"


def rows(*items, start=0):
    """What a browser sends of a table of rows."""
    data = {"form-TOTAL_FORMS": start + len(items), "form-INITIAL_FORMS": start}
    for n, item in enumerate(items, start):
        data |= {f"form-{n}-item": item, f"form-{n}-rule": "per_class"}
        data |= {f"form-{n}-quantity_min": 1, f"form-{n}-quantity_max": 2}
    return data


def test_a_preconisation_holds_as_many_elements_as_one_writes(scene, client):
    scene.world.sign_in(client, "dsden")
    address = reverse("priorities:recommendation_create") + f"?ville={scene.city.slug}"
    typed = {"school_kind": "elementary", "reasons": "Canari-pourquoi", **rows("Un", "Deux", "Trois")}
    more = client.post(address, typed | {"encore": "1"})
    page = more.content.decode()
    assert more.status_code == 200 and "Canari-pourquoi" in page and 'name="form-5-item"' in page
    assert page.count('value="Deux"') == 1 and "to-fix" not in page and not Recommendation.objects.exists()
    wrong = client.post(address, typed | {"form-0-quantity_min": -3, "form-1-quantity_max": ""}).content.decode()
    assert "trop petit" in wrong and wrong.count('class="to-fix"') == 2, "each line says one thing"
    assert wrong.count("Il manque un nombre") == wrong.count("trop petit")
    assert client.post(address, typed | rows(*map(str, range(7)))).status_code == 302
    assert Recommendation.objects.get().lines.count() == 7


def test_the_next_version_begins_from_the_last(scene, client):
    first = signed(scene)
    page = scene.world.sign_in(client, "dan").get(reverse("priorities:recommendation_detail", args=[first.pk])).text
    address = reverse("priorities:recommendation_create") + f"?ville={scene.city.slug}&pour=elementary"
    assert address.replace("&", "&amp;") in page
    page = client.get(address).text
    assert 'value="Tablettes au cycle 2"' in page and "Cycle 2.</textarea>" in page
    assert "Tablettes" not in client.get(address.replace("elementary", "nursery")).text
    scene.world.sign_in(client, "city_education")
    assert "version suivante" not in client.get(reverse("priorities:recommendation_detail", args=[first.pk])).text


def test_a_version_says_what_it_changes_of_the_one_before_that_its_reader_reads(scene, client):
    first, second = signed(scene), written(scene)  # the second waits for its signatures
    sound = {"item": "Micro", "rule": "per_floor", "quantity_min": 1, "quantity_max": 1}
    changed = [LINES[0] | {"quantity_max": 3}, sound]
    third = actions.write_recommendation(
        person=scene.who("dsden"), city=scene.city, school_kind="elementary", reasons="Le son.", lines=changed, now=NOW
    )
    for pen in ("dsden", "dan"):
        actions.sign_recommendation(person=scene.who(pen), recommendation=third, pen=pen, now=NOW)

    def read(actor, row):
        page = scene.world.sign_in(client, actor).get(reverse("priorities:recommendation_detail", args=[row.pk])).text
        said = as_drawn(page).partition("Ce qui change depuis la ")[2]
        return said[:2], re.findall(r'<th scope="row">(.*?)</th><td data-label="Avant">(.*?)</td>.*?">(.*?)</td>', said)

    assert read("dan", first) == ("", [])
    assert read("dan", second) == ("v1", [])
    changes = [
        ("Tablettes au cycle 2", "par classe, 1 à 2", "par classe, 1 à 3"),
        ("Micro", "pas préconisé", "par étage, 1"), ("Visualiseur", "par classe, 1", "plus préconisé"),
    ]  # fmt: skip
    assert read("dan", third) == ("v2", changes)
    assert read("elected", third) == ("v1", changes), "a version that waits is the State's own paper"


def test_the_page_says_which_kit_awaits_an_answer_and_leads_who_may_to_the_act(scene, client):
    row = signed(scene)
    address = reverse("priorities:recommendation_detail", args=[row.pk])

    def read(name):
        page = as_drawn(scene.world.sign_in(client, name).get(address).text).replace("&nbsp;", "\u00a0")
        return re.findall(r"Le kit (v.+?)\.", page), page.count("pas encore de réponse"), 'href="#repondre"' in page

    assert read("city_it") == ([], 2, False), "no kit to answer for"
    for version in (1, 2):
        kit = scene.kit()
        told = f"v{version} du {day_text(kit.published_on)} attend la réponse de la Ville à 2\u00a0lignes"
        assert read("city_it") == ([told], 2, True)
        assert read("dsden") == read("head") == ([told], 2, False)
        first, last = row.lines.order_by("position")
        say = {"person": scene.who("city_it"), "kit": kit, "choice": "followed", "now": NOW}
        actions.answer_line(line=first, **say)
        page = client.get(address).text
        assert scene.world.sign_in(client, "city_it").get(address).text.count('id="repondre"') == 1
        assert "à 1" in read("city_it")[0][0] and page.count("pas encore de réponse") == 1
        actions.answer_line(line=last, **say)
        assert read("city_it") == ([], 0, False)
