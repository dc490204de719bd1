"""The stop switch: what is stopped is shown to nobody it is stopped for, nothing leaves, and it all comes back."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from preau.ent.posts.models import Post
from preau.journal.models import Entry, Seal
from preau.kit.answers import Refused
from preau.notify.queries import Turn, news_count
from preau.schools.models import Enrolment
from preau.spaces import actions, audiences, queries
from preau.spaces.models import Publication, Stop
from preau.spaces.queries import stops
from tests.spaces.places import NOW, every_audience, publish_to, sees
from tests.world import TODAY

ALL = list(Stop.Readers.values)
WHY = Stop.Why.TAKEN_ACCOUNT


def stop(world, place, who="head", readers=ALL, **more):
    return actions.stop_place(person=world.people[who], place=place, readers=list(readers), why=WHY, now=NOW, **more)


def start(world, stopped, who="head"):
    return actions.start_again(person=world.people[who], stop=stopped[0], now=NOW)


def readers_of(world, publication):
    """Names of those who find it in their feed, and may see it: the two agree."""
    found = set()
    for name in filter(None, world.actors()):
        person = world.people[name]
        in_feed = publication.pk in queries.feed(person, TODAY, limit=100).publication_ids
        if name != "head":  # its author
            assert in_feed == sees(person, publication, TODAY), name
        if in_feed:
            found.add(name)
    return found


@pytest.fixture
def said(world):
    """Something said today in a class, in its school and in its city."""
    cpb, school, city = world.classrooms["cpb"], world.schools["tilleuls"], world.cities["marelle"]
    return {name: publish_to(world, place) for name, place in (("class", cpb), ("school", school), ("city", city))}


def test_a_class_stopped_is_shown_to_nobody_but_the_head_and_comes_back_whole(world, said):
    before = readers_of(world, said["class"])
    assert {"guardian", "teacher", "head"} <= before
    stopped = stop(world, world.classrooms["cpb"])
    assert readers_of(world, said["class"]) == {"head"}
    assert {"guardian", "teacher"} <= readers_of(world, said["school"]), "the school goes on speaking"
    start(world, stopped)
    assert readers_of(world, said["class"]) == before


def test_only_the_profiles_chosen_are_kept_from_it(world, said):
    stop(world, world.schools["tilleuls"], readers=["families"])
    read = readers_of(world, said["school"])
    assert {"teacher", "pupil_cm2", "head"} <= read and not any(name.startswith("guardian") for name in read)


@pytest.mark.long
def test_a_school_stops_its_classes_and_groups_a_city_its_schools(world, said):
    group = publish_to(world, world.groups["ulis"])
    stop(world, world.schools["tilleuls"])
    assert readers_of(world, said["class"]) == readers_of(world, group) == readers_of(world, said["school"]) == {"head"}
    assert {"guardian", "guardian_two_schools"} <= readers_of(world, said["city"])
    there = publish_to(world, world.schools["saules"], author="head_other_school")
    assert "guardian_two_schools" in readers_of(world, there)
    stop(world, world.cities["marelle"], who="city_education")
    assert readers_of(world, said["city"]) == {"head", "head_other_school"}
    assert readers_of(world, there) == {"head_other_school"}


def test_what_a_place_says_itself_may_go_on(world, said):
    stop(world, world.schools["tilleuls"], part=Stop.Part.BELOW)
    assert readers_of(world, said["class"]) == {"head"}
    assert "guardian" in readers_of(world, said["school"])


def test_a_child_s_own_things_stop_with_the_class_and_not_with_one_that_was_left(world):
    child, cpb = world.people["child_adam"], world.classrooms["cpb"]
    own = publish_to(world, cpb, reached=[audiences.child_key(child)], days_ago=3)
    stopped = stop(world, cpb)
    assert not sees(world.people["guardian"], own, TODAY)
    start(world, stopped)
    yesterday = TODAY - datetime.timedelta(days=1)
    Enrolment.objects.filter(pupil=child).update(ends_on=yesterday)
    cm2 = world.classrooms["cm2"]
    Enrolment.objects.create(pupil=child, school=cm2.school, classroom=cm2, level="CM2", starts_on=TODAY)
    later = publish_to(world, cm2, reached=[audiences.child_key(child)])
    stop(world, cpb)
    assert sees(world.people["guardian"], later, TODAY) and not sees(world.people["guardian"], own, TODAY)


def test_the_public_site_is_stopped_apart(world, client):
    school = world.schools["tilleuls"]
    everyone = publish_to(world, school, reached=[audiences.public_key(school)])
    Post.objects.create(publication=everyone, scope="public", text="Portes ouvertes")
    page = f"/ecoles/{school.slug}/vie/"
    stopped = stop(world, school, readers=["families"])
    assert sees(None, everyone, TODAY) and "Portes ouvertes" in client.get(page).content.decode()
    stopped = stop(world, school, readers=["public"])
    assert not sees(None, everyone, TODAY)
    assert "Portes ouvertes" not in client.get(page).content.decode()
    start(world, stopped)
    assert sees(None, everyone, TODAY) and "Portes ouvertes" in client.get(page).content.decode()


def test_nothing_is_published_to_what_is_stopped_nor_counted_in_a_mail(world, said):
    guardian, turn = world.people["guardian"], Turn(NOW - datetime.timedelta(hours=1), NOW)
    assert news_count(guardian, turn, TODAY) == 3
    stop(world, world.schools["tilleuls"], readers=["families"])
    assert news_count(guardian, turn, TODAY) == 1, "the city's"
    Enrolment.objects.update(ends_on=TODAY)  # who leaves tonight is still there
    for place, audience in every_audience(world):
        kind, readers, place_id = audiences.split(audience)
        home = Enrolment.objects.get(pupil=place_id) if kind == "child" else place
        name = getattr(getattr(home, "school", home), "slug", "")
        held = readers == "families" and name == "tilleuls" and kind not in ("afterschool", "city")
        assert bool(stops.holding([audience])) == held, (place, audience)
    with pytest.raises(actions.PlaceStopped, match="n’est pas montré aux familles"):
        publish_to(world, world.classrooms["cpb"])
    assert publish_to(world, world.classrooms["cpb"], reached=audiences.keys(world.classrooms["cpb"], ["pupils"]))


def test_a_stop_costs_no_query_to_read_the_stream_or_one_thing(world, said, django_assert_num_queries):
    stop(world, world.classrooms["cpb"])
    with django_assert_num_queries(3):
        queries.feed(world.people["guardian"], TODAY)
    with django_assert_num_queries(2):
        assert sees(world.people["guardian"], said["school"], TODAY)


WHO = (
    ("head", "tilleuls", True), ("head_other_school", "tilleuls", False), ("teacher", "tilleuls", False),
    ("city_education", "tilleuls", True), ("city_it", "tilleuls", False), ("city_education_far", "tilleuls", False),
    ("operator", "tilleuls", True), ("ien", "tilleuls", False), ("guardian", "tilleuls", False),
)  # fmt: skip


@pytest.mark.parametrize(("who", "school", "may"), WHO)
def test_who_may_stop_a_school(world, who, school, may):
    if may:
        assert stop(world, world.schools[school], who=who)
    else:
        with pytest.raises(Refused):
            stop(world, world.schools[school], who=who)
        assert not Stop.objects.exists()


def test_each_authority_starts_again_what_it_stopped_and_the_operator_any(world, said):
    school = world.schools["tilleuls"]
    by_city, by_head = stop(world, school, who="city_education"), stop(world, school)
    for who, stopped in (("head", by_city), ("city_education", by_head)):
        with pytest.raises(Refused, match="demandez-lui"):
            start(world, stopped, who=who)
    start(world, by_head)
    assert readers_of(world, said["school"]) == {"head"}, "the city's own stop holds"
    start(world, by_city, who="operator")
    assert "guardian" in readers_of(world, said["school"])
    lines = Entry.objects.filter(verb__in=("stop_place", "start_again"), place_id=school.pk)
    assert lines.count() == Seal.objects.filter(entry__in=lines).count() == 16


def test_stopped_twice_is_stopped_once_and_ended_once(world):
    school = world.schools["tilleuls"]
    first = stop(world, school, readers=["families"])
    assert [one.readers for one in stop(world, school, readers=["families", "pupils"])] == ["pupils"]
    start(world, first)
    assert not Stop.objects.open().exists()


def test_a_head_stops_in_three_touches_families_are_told_and_open_pages_learn_it(world, client, said):
    cpb, family = world.classrooms["cpb"], f"/classe/{world.classrooms['cpb'].pk}/vie/"
    page = world.sign_in(client, "head").get("/arrets/", follow=True)
    assert page.redirect_chain[-1][0] == reverse("spaces:school_stop", args=[world.schools["tilleuls"].pk])
    sent = {"part": str(cpb.pk), "readers": ALL, "why": "taken_account"}
    told = client.post(page.request["PATH_INFO"], sent, follow=True).content.decode()
    assert "C’est arrêté\u00a0: la classe Canari-classe-cpb, pour les familles" in told
    asked_at = timezone.now().timestamp()
    world.sign_in(client, "guardian")
    with CaptureQueriesContext(
        connection,
    ) as asked:
        read = client.get(family).content.decode()
    assert "n’est pas montré aux familles" in read and "demandez à la direction de l’école" in read
    assert "Rien n’est encore publié" not in read and len(asked) <= 10
    watched = read.partition('data-watch="')[2].partition('"')[0]
    client.logout()
    assert float(client.get(watched).content) >= asked_at - 60
    other = client.get(reverse("spaces:stops_since"), {"lieux": f"{world.schools['saules'].pk.hex},x"})
    assert other.content == b"0"
    world.sign_in(client, "head")
    ended = client.post(reverse("spaces:stop_end", args=[Stop.objects.first().pk]), follow=True)
    assert "de nouveau montré" in ended.content.decode() and "Arrêté maintenant" not in ended.content.decode()
    world.sign_in(client, "guardian")
    assert "n’est pas montré" not in client.get(family).content.decode()


def test_what_was_written_while_stopped_is_kept_as_a_draft(world, client):
    cpb = world.classrooms["cpb"]
    stop(world, cpb)
    page = f"/classe/{cpb.pk}/publier/"
    once = world.sign_in(client, "teacher").get(page).context["form"]["once"].value()
    sent = {"scope": "class", "text": "La sortie est finie.", "act": "publish", "once": once}
    said = client.post(page, sent, follow=True).content.decode()
    assert "C’est gardé en brouillon" in said and "quelqu’un d’autre" in said
    assert Post.objects.get().publication.state == Publication.State.DRAFT
