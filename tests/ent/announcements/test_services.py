"""The families of one service: the canteen of some schools, of all; who of them is not reached, by name for their site
alone."""

import datetime

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils.timezone import now

from preau.ent.announcements import actions, queries
from preau.ent.announcements.models import Announcement, AnnouncementTarget
from preau.ent.announcements.rules import announcements_visible_to
from preau.ent.announcements.rules.single import announcement_read
from preau.kit.answers import Conflict
from preau.notify import actions as notify
from preau.schools.models import Activity, ActivityEnrolment
from preau.spaces import actions as spaces
from preau.spaces import audiences
from preau.spaces.models import Stop
from tests.canaries import leaks
from tests.ent.announcements.acts import CANTEEN, MINUTE, SAID, confirm, gone, send, shown, told, write
from tests.world import BEFORE, TODAY

pytestmark = pytest.mark.django_db


def test_a_city_writes_to_the_families_of_the_canteens_of_some_schools(canteens, client):
    world, url = canteens, reverse("announcements:announcement_create", args=[canteens.cities["marelle"].pk])
    page = world.sign_in(client, "city_education").get(url).text
    assert "Celles de la cantine" in page and "Celles de l’étude" not in page
    sent = client.post(url, SAID | CANTEEN | {"schools": [str(world.schools["tilleuls"].pk)]})
    announcement = Announcement.objects.get()
    preview = client.get(sent.headers["Location"]).text
    assert "cantine" in preview and "1 à 4" in preview and world.schools["saules"].shown_name not in preview
    again = client.get(reverse("announcements:announcement_edit", args=[announcement.pk])).context["form"]
    assert again["schools"].value() == [str(world.schools["tilleuls"].pk)] and again["service"].value() == "canteen"
    before = queries.families_told(announcement, TODAY)
    announcement = gone(world, announcement)
    assert told(world, announcement) == {"guardian", "guardian_coparent"}
    schools = list(queries.schools_reached(announcement, TODAY))
    after = queries.families_reached(announcement.publication.notice, schools)
    assert [line.expected for line in before.lines] == [line.expected for line in after.lines] and schools
    counts = shown(world, client, "city_education", "counts", announcement).text
    assert world.schools["tilleuls"].shown_name in counts and not leaks(counts, "city_education")


def test_all_its_canteens_and_a_school_that_eats_in_another_one(canteens):
    assert told(canteens, send(canteens, **CANTEEN)) == {"guardian", "guardian_coparent", "guardian_two_schools"}
    tilleuls, saules = canteens.afterschools["tilleuls"], canteens.afterschools["saules"]
    saules.school = None
    saules.save(update_fields=["school"])
    alone = send(canteens, schools=["saules"], **CANTEEN)  # nothing stands there: where its children eat
    assert told(canteens, alone) == {"guardian_two_schools"}
    assert queries.schools_ticked(alone, TODAY) == {canteens.schools["saules"].pk}
    assert [one.afterschool for one in queries.services_of(tilleuls.city, "canteen", [], TODAY)] == [tilleuls, saules]


@pytest.mark.parametrize(
    "more, said",
    [
        ({"readers": "both"}, "pour ses familles"),
        ({"levels": ["CP"]}, "pas les deux"),
        ({"asks_schools": "on"}, "pour toutes les familles"),
        ({"service": "study"}, "n’est plus dans la liste"),
    ],
)
def test_what_a_service_cannot_be_with_is_said_and_nothing_lost(canteens, client, more, said):
    url = reverse("announcements:announcement_create", args=[canteens.cities["marelle"].pk])
    page = canteens.sign_in(client, "city_education").post(url, SAID | CANTEEN | more)
    assert page.status_code == 422 and said in page.text and SAID["text"] in page.text
    assert not Announcement.objects.exists()


def test_what_is_said_of_a_service_is_on_the_site_of_the_school_that_has_it(canteens):
    announcement = send(canteens, schools=["tilleuls"], shown_until=TODAY, **CANTEEN)
    assert queries.shown_on_site(canteens.schools["tilleuls"], TODAY) == [announcement]
    assert not queries.shown_on_site(canteens.schools["saules"], TODAY)


def test_nobody_serves_there_and_the_state_has_no_service(canteens):
    with pytest.raises(Conflict, match="n’a ce service"):
        write(canteens, service="study")
    with pytest.raises(Conflict, match="pour ses familles"):
        write(canteens, "ien", **CANTEEN)
    announcement = write(canteens, **CANTEEN)
    target = {"announcement": announcement, "activity": Activity.objects.first()}
    for refused in (
        lambda: AnnouncementTarget.objects.create(**target, school=canteens.schools["tilleuls"]),
        lambda: Announcement.objects.update(readers="both"),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            refused()


def test_its_families_find_it_at_home_until_they_leave_it_and_others_never(canteens, client):
    world, announcement = canteens, send(canteens, schools=["tilleuls"], **CANTEEN)
    assert SAID["title"] in world.sign_in(client, "guardian").get("/aujourdhui/").text
    for who in ("guardian_other_family", "guardian_restricted", "guardian_two_schools", "teacher_other_school"):
        assert shown(world, client, who, "announcement_detail", announcement).status_code == 404, who
        assert SAID["title"] not in client.get("/aujourdhui/").text, who
    names = shown(world, client, "teacher", "families", announcement).text
    assert "Canari-child_adam" in names and "Canari-child_lina" not in names and "Imprimer" in names
    adam = ActivityEnrolment.objects.filter(child=world.people["child_adam"])
    said = {"activity": adam.get().activity, "child": world.people["child_ulis"]}  # who came since keeps it open
    ActivityEnrolment.objects.create(**said, days="1", starts_on=BEFORE)
    adam.update(ends_on=TODAY - datetime.timedelta(days=1))
    assert SAID["title"] not in world.sign_in(client, "guardian").get("/aujourdhui/").text


def test_a_manager_reads_the_names_of_their_own_site_alone(canteens, client, django_assert_max_num_queries):
    world, announcement = canteens, send(canteens, **CANTEEN)
    for who, child, other in (("site_manager", "adam", "two_two"), ("site_manager_other", "two_two", "adam")):
        assert SAID["title"] in world.sign_in(client, who).get(reverse("announcements:mine")).text, who
        with django_assert_max_num_queries(10):
            page = shown(world, client, who, "families", announcement).text
        assert f"Canari-child_{child}" in page and f"Canari-child_{other}" not in page and "Imprimer" not in page
        post = client.post(reverse("announcements:coupons_create", args=[announcement.pk]))
        assert post.status_code == 403, who
    assert not leaks(shown(world, client, "site_manager", "families", announcement).text, "site_manager")
    for who, heading in (
        ("site_manager", "Pour le site"),
        ("head", "Pour l’école"),
        ("city_education", "Pour le service"),
    ):
        assert heading in shown(world, client, who, "announcement_detail", announcement).text, who
    assert shown(world, client, "city_education", "families", announcement).status_code == 403
    for who in ("animator", "canteen", "city_it", "head_far", "guardian"):
        assert shown(world, client, who, "families", announcement).status_code in (403, 404), who
    mine = send(world, schools=["tilleuls"], **CANTEEN)
    assert shown(world, client, "site_manager_other", "families", mine).status_code == 404
    whole = send(world)  # to all families: the school's to follow
    refused = shown(world, client, "site_manager", "families", whole)
    assert refused.status_code == 403 and "l’équipe enseignante" in refused.text


def test_who_is_put_down_later_is_added_and_a_stop_of_the_city_holds_it(canteens):
    world, announcement = canteens, send(canteens, schools=["tilleuls"], **CANTEEN)
    canteen, since = world.afterschools["tilleuls"].activities.get(kind=Activity.Kind.CANTEEN), now() - MINUTE
    said = {"child": world.people["child_lina"], "days": "1", "starts_on": TODAY}
    ActivityEnrolment.objects.create(activity=canteen, **said)
    assert notify.add_arrivals(now=now(), since=since) == 2
    assert {"guardian_other_family", "guardian_paper"} <= told(world, announcement)
    draft, person = write(world, **CANTEEN), world.people["city_education"]
    stop = {"person": person, "place": world.cities["marelle"], "why": Stop.Why.CHECK, "now": now()}
    spaces.stop_place(readers=[Stop.Readers.FAMILIES], **stop)
    with pytest.raises(Conflict, match="Rien n’est publié"):
        confirm(world, draft)


@pytest.mark.long
def test_the_page_of_one_is_read_by_those_who_see_it_in_lists(canteens, django_assert_num_queries):
    """Its SQL is written apart, once for many: everyone, of one to families, of a service, to teams, on its way."""
    world, found = canteens, {}
    sent = [send(world, schools=["tilleuls"]), send(world, **CANTEEN), send(world, readers="teams"), write(world)]
    actions.acknowledge(person=world.people["guardian"], announcement=sent[0], now=now())
    for name, person in world.people.items():
        memberships = audiences.memberships_of(person, TODAY)
        visible = announcements_visible_to(person, TODAY)
        seen = queries.as_read_by(visible, person, queries.addressed_by(memberships, TODAY))
        for rank, each in enumerate(sent):
            with django_assert_num_queries(1):
                read = announcement_read(person, each.pk, TODAY, memberships)
            listed = seen.filter(pk=each.pk)
            assert [_facts(one) for one in read] == [_facts(one) for one in listed], (name, rank)
            found.setdefault(rank, set()).update(_facts(one)[1:] for one in read)
    assert {(True, True), (False, True), (False, False)} <= set.union(*found.values()) and all(found.values())


def _facts(announcement):
    return announcement.pk, announcement.is_seen, announcement.is_for_reader
