"""Subscriptions by hand: never over a former line, one at a time from a day, counted by the laboratory."""

import pytest
from django.urls import reverse

from preau.kit.answers import Conflict, Refused
from preau.plan.equipment.models import Subscription
from preau.plan.equipment.queries import laboratory_of
from preau.plan.finance import actions
from tests.kept import kept
from tests.plan.conftest import NOW, TODAY

LIST = reverse("finance:subscription_list")
CREATE = reverse("finance:subscription_create")


def record(world, person=None, **facts):
    return actions.record_subscription(
        person=person and world.people[person],
        school=world.schools["tilleuls"],
        now=NOW,
        **{"starts_on": TODAY, "payer": "city", "source": "Convention", "quality": "declared"} | facts,
    )


def typed(world, **more):
    return {
        "school": world.schools["tilleuls"].id,
        "payer": "city",
        "starts_on": str(TODAY),
        "years_count": "",
        "source": "Convention",
        "quality": "declared",
    } | more


@kept
def counted(world):
    return [(s.payer, s.years_count) for s in laboratory_of(world.cities["marelle"], {}, TODAY).subscriptions]


def test_a_subscription_is_added_corrected_and_withdrawn(world, client):
    world.sign_in(client, "city_education")
    assert "Aucun abonnement" in client.get(LIST).content.decode()
    assert client.post(CREATE, typed(world)).status_code == 302
    assert counted(world) == [("city", None)]
    first = Subscription.objects.get()
    url = reverse("finance:subscription_correction", args=[first.id])
    assert client.get(url).status_code == 200
    same = client.post(url, typed(world))
    assert same.status_code == 422 and "Rien n’est différent" in same.text and Subscription.objects.count() == 1
    page = client.post(url, typed(world, payer="state", years_count="3"), follow=True).content.decode()
    assert "<h1>1\u00a0abonnement compté" in page, "one withdrawn by a correction is none"
    assert "retiré le" in page and "compté" in page and counted(world) == [("state", 3)]
    last = Subscription.objects.standing().get()
    client.post(reverse("finance:subscription_withdrawal", args=[last.id]))
    assert counted(world) == [] and Subscription.objects.count() == 2
    known = client.get(reverse("equipment:school_knowledge", args=[first.school_id])).content.decode()
    assert "Aucun abonnement n’est écrit" in known


@pytest.mark.parametrize(
    "change, said",
    [
        ({"school": ""}, "choisi"), ({"starts_on": "hier"}, "pas reconnue"), ({"years_count": "0"}, "trop petit"),
        ({"source": ""}, "vide"), ({"payer": "région"}, "plus dans la liste"),
    ],
)  # fmt: skip
def test_a_bad_line_is_told_and_changes_nothing(world, client, change, said):
    answer = world.sign_in(client, "city_finance").post(CREATE, typed(world, **change))
    assert answer.status_code == 422 and said in answer.content.decode()
    assert not Subscription.objects.exists()


def test_the_same_day_twice_is_told_and_what_was_typed_stays(world, client):
    line = record(world)
    answer = world.sign_in(client, "city_finance").post(CREATE, typed(world, source="Avenant 2"))
    assert answer.status_code == 422 and "commence ce jour-là" in answer.content.decode()
    assert "Avenant 2" in answer.content.decode() and Subscription.objects.count() == 1
    actions.withdraw_subscription(person=None, subscription=line, now=NOW)
    with pytest.raises(Conflict):
        actions.correct_subscription(person=None, subscription=line, now=NOW)
    assert record(world)  # a line withdrawn holds its day no longer


def test_the_school_of_another_city_is_refused(world, client):
    answer = world.sign_in(client, "city_finance").post(CREATE, typed(world, school=world.schools["loin"].id))
    assert answer.status_code == 422 and not Subscription.objects.exists()


@pytest.mark.parametrize("actor", ["dsden", "ien", "head", "elected", "city_education_far", "trainer"])
def test_no_other_authority_writes_them(world, actor):
    line = record(world)
    with pytest.raises(Refused):
        record(world, actor)
    with pytest.raises(Refused):
        actions.withdraw_subscription(person=world.people[actor], subscription=line, now=NOW)
    assert Subscription.objects.standing().count() == 1


def test_a_subscription_taken_away_as_a_table(world, take):
    record(world, years_count=3)
    lines = take("elected", "finance:subscription_export")
    school = world.schools["tilleuls"]
    assert lines[1][:2] == (school.name, school.uai) and lines[1][3:5] == ("3", "Ville")
