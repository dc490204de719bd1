"""« Il n’y en a pas »: what was seen not to be there is zero, what nobody noted stays unknown, page after page."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from preau.journal.models import Entry
from preau.kit.answers import Refused
from preau.people.queries import current_mandates
from preau.places.models import School
from preau.plan.desk.queries.base_needs import bases_of
from preau.plan.equipment.models import KitLine
from preau.plan.equipment.queries import kit_in_force
from preau.plan.premises import actions, queries
from preau.plan.premises.models import Lack
from tests.plan.premises.conftest import BEFORE, NOW, TODAY, add_room, publish_kit
from tests.texts import as_drawn

ALL = ("link", "school_cabled", "rooms_cabled", "store")
DAY = datetime.timedelta(days=1)


def word(school, key, on=TODAY):
    return queries.readiness_of(school, on).gate(key).word


def say(school, *lacks, on=BEFORE):
    return actions.record_lacks(person=None, school=school, lacks=lacks, seen_on=on, now=NOW)


def test_each_gate_nobody_noted_is_no_once_somebody_saw_there_is_none(school):
    for key in ALL:
        assert word(school, key) == "inconnu", key
        say(school, key)
        assert word(school, key) == "non", key
    found = queries.readiness_of(school, TODAY)
    assert "Aucune salle n’est câblée\u00a0: constaté le" in found.gate("rooms_cabled").reason and found.is_known
    assert word(school, "link", BEFORE - DAY) == "inconnu"


def test_what_is_noted_afterwards_counts_over_it(school, building):
    rooms = [add_room(building, name) for name in ("Salle 1", "Salle 2")]
    say(school, "rooms_cabled", "school_cabled")
    actions.record_cabling(person=None, school=school, whole_school=True, rooms=rooms[:1], done_on=TODAY, now=NOW)
    found = queries.readiness_of(school, TODAY)
    assert found.gate("school_cabled").is_met and found.gate("rooms_cabled").reason.startswith("1 sur 2")


def test_the_need_and_the_socle_say_zero_and_no_more_unknown(school, building):
    add_room(building, "Salle 1")
    publish_kit(school)

    def cabled():
        need = queries.need_of(school, kit_in_force(school, TODAY)[0], TODAY)
        lines = [line for line in need.lines if line.need.kind == KitLine.Kind.CABLING and line.need.per_class]
        (base,) = bases_of([school], TODAY)
        return {line.there for line in lines}, dict(base.lacking)["Internet"]

    assert cabled() == ({None}, None)
    say(school, "rooms_cabled")
    assert cabled() == ({0}, 1)


def test_the_city_says_it_on_the_page_of_the_school_and_takes_it_back(school, building, world, client):
    add_room(building, "Salle 1")
    page, form = (reverse(f"premises:{name}", args=[school.pk]) for name in ("premises_detail", "lack_create"))
    client = world.sign_in(client, "city_it")
    drawn = as_drawn(client.get(page).text)
    assert form in drawn and 'data-label="Câblé">inconnu' in drawn
    assert 'value="store"' not in client.get(form).text, "rooms are listed, and no store: that is known"
    for given in ({"lacks": ["store"]}, {}, {"lacks": ["rooms_cabled"], "seen_on": (TODAY + DAY).isoformat()}):
        assert client.post(form, {"seen_on": TODAY.isoformat()} | given).status_code == 422, given
    client.post(form, {"lacks": ["rooms_cabled"], "seen_on": TODAY.isoformat()})
    drawn = as_drawn(client.get(page).text)
    assert "Aucune salle n’est câblée : constaté le" in drawn.replace("\u00a0", " ")
    assert 'data-label="Câblé">non</td>' in drawn
    table = reverse("premises:premises_export", args=[school.pk, "csv"])
    assert ";non;" in client.get(table).content.decode()
    (lack,) = Lack.objects.all()
    client.post(reverse("premises:lack_removal", args=[lack.pk]))
    assert not Lack.objects.exists() and word(school, "rooms_cabled") == "inconnu"
    assert {"lack_recorded", "lack_removed"} <= set(Entry.objects.values_list("verb", flat=True))


@pytest.mark.parametrize(
    "actor, answer",
    [("head_other_school", 403), ("city_education_far", 404), ("dsden", 403), ("elected", 403), ("city_finance", 403)],
)
def test_nobody_else_says_it(school, world, client, actor, answer):
    """Neither by its pages, nor where both are passed by."""
    lack, client = say(school, "link")[0], world.sign_in(client, actor)
    given = {"lacks": ["store"], "seen_on": TODAY.isoformat()}
    assert client.post(reverse("premises:lack_create", args=[school.pk]), given).status_code == answer
    assert client.post(reverse("premises:lack_removal", args=[lack.pk])).status_code == answer
    with pytest.raises(Refused):
        actions.remove_lack(person=world.people[actor], lack=lack, now=NOW)
    with pytest.raises(Refused):
        actions.record_lacks(person=world.people[actor], school=school, lacks=["store"], seen_on=TODAY, now=NOW)
    assert Lack.objects.count() == 1


def test_the_city_says_it_of_several_schools_from_the_list_of_those_it_does_not_know(school, world, client):
    page, ready = reverse("premises:lack_of_schools"), reverse("premises:readiness_list")
    other = world.schools["tilleuls"]
    say(school, "link")
    client = world.sign_in(client, "city_education")
    assert f'href="{page}?ville={school.city.slug}"' in client.get(ready).text
    drawn = client.get(page).text
    assert f'value="{other.pk}"' in drawn and f'value="{school.pk}"' not in drawn, "of that one it is known"
    page, on = f"{page}?ville={school.city.slug}&quoi=store", {"seen_on": TODAY.isoformat()}
    drawn = client.get(page).text
    assert "Écoles qui n’ont pas de réserve sécurisée" in drawn and f'value="{school.pk}"' in drawn
    for given in ({}, {"schools": [world.schools["loin"].pk]}, {"every": "on", "seen_on": (TODAY + DAY).isoformat()}):
        assert client.post(page, on | given).status_code == 422, given
    said = client.post(page, on | {"schools": [school.pk, other.pk]}, follow=True).text
    assert "C’est noté pour 2 écoles." in said
    assert word(school, "store") == word(other, "store") == "non" and word(other, "link") == "inconnu"
    assert Entry.objects.filter(verb="lack_recorded").count() == 3
    untold = queries.schools_untold([school, other], TODAY)
    assert untold["store"] == [] and untold["link"] == [other]
    client.post(f"{reverse('premises:lack_of_schools')}?quoi=rooms_cabled", on | {"every": "on"})
    assert queries.schools_untold([school, other], TODAY)["rooms_cabled"] == []


def test_a_school_of_which_it_was_said_keeps_its_day_and_none_is_noted_without_the_right(school, world, client):
    other, far = world.schools["tilleuls"], world.schools["loin"]
    say(school, "link")
    agent = {"person": world.people["city_it"], "what": "link", "seen_on": TODAY, "now": NOW}
    with pytest.raises(Refused):
        actions.record_lack_of_schools(schools=[other, far], **agent)
    assert Lack.objects.count() == 1
    (made,) = actions.record_lack_of_schools(schools=[school, other], **agent)
    assert made.school == other and Lack.objects.get(school=school).seen_on == BEFORE
    assert world.sign_in(client, "elected").get(reverse("premises:lack_of_schools")).status_code == 403
    assert reverse("premises:lack_of_schools") not in client.get(reverse("premises:readiness_list")).text


def test_the_list_of_several_costs_the_same_whatever_their_number(world, client, django_assert_max_num_queries):
    page, client = reverse("premises:lack_of_schools"), world.sign_in(client, "city_it")
    client.get(page)
    with django_assert_max_num_queries(10):
        assert client.get(page).status_code == 200


def test_saying_it_of_more_schools_writes_no_more_statements(world):
    """As many for three schools as for one; each has its line of the journal, at its own place."""
    city = world.schools["tilleuls"].city
    schools = [*School.objects.filter(city=city)]
    for number in range(3):
        kind = {"name": f"École {number}", "slug": f"ecole-{number}", "kind": "elementary"}
        schools.append(School.objects.create(city=city, **kind))
    person, counts = world.people["city_it"], []
    current_mandates(person, TODAY)
    for what, some in (("link", schools[:1]), ("store", schools)):
        with CaptureQueriesContext(connection) as asked:
            made = actions.record_lack_of_schools(person=person, schools=some, what=what, seen_on=TODAY, now=NOW)
        counts.append(len(asked))
        assert [lack.school for lack in made] == some
        lines = Entry.objects.filter(object_id__in=[lack.pk for lack in made]).values_list("object_id", "place_id")
        assert dict(lines) == {lack.pk: lack.school_id for lack in made}
    assert len(schools) > 3 and counts[0] == counts[1]
