"""As its readers find it: once, urgent first, read in one press; and who was not reached, by number or by name."""

import datetime
from unittest.mock import patch

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.timezone import now

from preau.ent.announcements import actions, queries
from preau.ent.announcements.models import Announcement
from preau.kit.answers import Conflict, Refused
from preau.notify import actions as notify
from preau.notify.models import Expected
from preau.people.models import Mandate, Role
from preau.spaces import actions as spaces
from tests.canaries import leaks
from tests.ent.announcements.acts import SAID, confirm, gone, send, write
from tests.world import TODAY, add_child, add_person

pytestmark = pytest.mark.django_db
HOME = "/aujourdhui/"


def read(world, client, who, name="announcement_detail", announcement=None, **query):
    args = [announcement.pk] if announcement else []
    return world.sign_in(client, who).get(reverse(f"announcements:{name}", args=args), query)


def press(world, client, who, announcement):
    url = reverse("announcements:seen_create", args=[announcement.pk])
    return world.sign_in(client, who).post(url, follow=True)


def test_urgent_first_each_once_until_read_in_one_press(world, client):
    add_child(world, "child_second", "cm2", "CM2", ["guardian"])
    plain = send(world, title="Inscriptions", level="info")
    urgent = send(world, title="Pas d’école", level="urgent", urgent_reason="Neige")
    home = world.sign_in(client, "guardian").get(HOME).content.decode()
    assert home.count("Inscriptions") == home.count("Pas d’école") == 1
    assert home.index("Pas d’école") < home.index("Inscriptions") and "1\u00a0annonce à lire" in home
    assert home.index("Pas d’école") < home.index("Pour information") < home.index("Inscriptions")  # it asks nothing
    assert "C’est noté" in press(world, client, "guardian", urgent).content.decode()
    home = client.get(HOME).content.decode()
    assert "Pas d’école" not in home and "Inscriptions" in home
    assert Expected.objects.filter(notice__publication=urgent.publication, seen_at__isnull=False).count() == 2
    assert "Pas d’école" in world.sign_in(client, "guardian_coparent").get(HOME).content.decode()
    mine = read(world, client, "guardian", "mine").content.decode()
    assert "Pas d’école" in mine and "Inscriptions" in mine and "Les annonces envoyées" not in mine
    assert "data-seen" in read(world, client, "guardian", announcement=plain).content.decode()
    assert "data-seen" not in read(world, client, "guardian_coparent", announcement=urgent).content.decode()


def test_its_page_asks_until_it_is_read_then_says_so_and_tells_who_sent_it_what_was_asked(world, client):
    asks, languages = "Dites que vous avez lu", "Українська"
    announcement = send(world)
    page = read(world, client, "guardian", announcement=announcement).text
    assert asks in page and "J’ai lu" in page and languages in page
    press(world, client, "guardian", announcement)
    page = read(world, client, "guardian", announcement=announcement).text
    assert asks not in page and "J’ai lu" not in page and ">lu</span>" in page and languages in page
    city = world.cities["marelle"].pk
    for name, args in (("announcement_detail", announcement.pk), ("sent", city)):
        page = world.sign_in(client, "city_education").get(reverse(f"announcements:{name}", args=[args])).text
        assert "Lecture demandée" in page and asks not in page, name


def test_a_team_reads_at_its_own_face_and_a_stranger_nothing(world, client):
    announcement = send(world, readers="teams", schools=["tilleuls"])
    assert SAID["title"] in world.sign_in(client, "teacher").get(HOME).content.decode()
    press(world, client, "teacher", announcement)
    assert SAID["title"] not in client.get(HOME).content.decode()
    Mandate.objects.filter(person=world.people["aesh"]).update(classroom=world.classrooms["saules_cm2"])
    assert SAID["title"] not in world.sign_in(client, "aesh").get(HOME).content.decode()  # serves elsewhere since
    for who in ("guardian", "head_other_school", "guardian_far", "ien", "city_it", "pupil_cm2"):
        assert read(world, client, who, announcement=announcement).status_code == 404, who


def test_the_city_reads_numbers_and_the_school_names(world, client):
    announcement = send(world)
    press(world, client, "guardian", announcement)
    counts = read(world, client, "city_education", "counts", announcement).content.decode()
    assert all(said in counts for said in (world.schools["tilleuls"].shown_name, "6 à 9", "1 à 8"))
    assert not leaks(counts, "city_education")
    assert read(world, client, "city_education", "families", announcement).status_code == 403
    families = read(world, client, "teacher", "families", announcement).content.decode()
    assert "Canari-child_lina" in families and "Canari-child_adam" not in families  # one of his parents has read
    assert "Canari-child_ulis" not in families
    assert "Canari-child_ulis" in read(world, client, "head", "families", announcement).content.decode()
    for who in ("guardian", "canteen", "head_far", "ien"):
        assert read(world, client, who, "families", announcement).status_code in (403, 404), who
    assert read(world, client, "teacher", "counts", announcement).status_code == 403


def test_the_team_of_a_school_finds_who_is_not_reached_among_what_its_families_were_told(world, client):
    announcement = send(world, schools=["tilleuls"], levels=["CM2"])
    link = reverse("announcements:families", args=[announcement.pk])
    for who in ("teacher", "head"):
        assert link in read(world, client, who, "mine").content.decode(), who
    for who in ("teacher_other_school", "guardian_other_class", "aesh", "city_education"):
        assert link not in read(world, client, who, "mine").content.decode(), who
    told = world.sign_in(client, "teacher").get(link).content.decode()  # of a CP: nobody of the class is expected
    assert "Tous les élèves sont joints" not in told and "n’est concerné" in told


def test_counts_are_said_under_way_while_the_list_freezes(held, client):
    announcement = send(held)
    assert "Comptes en cours" in read(held, client, "city_education", "counts", announcement).content.decode()
    assert "Comptes en cours" in read(held, client, "teacher", "families", announcement).content.decode()
    press(held, client, "guardian", announcement)  # opened before its row is written: kept
    notify.freeze(notice_id=announcement.publication.notice.pk, now=now())
    assert "Comptes en cours" not in read(held, client, "city_education", "counts", announcement).content.decode()
    assert Expected.objects.filter(notice__publication=announcement.publication, seen_at__isnull=False).count() == 1


def test_no_number_from_1_to_4_is_told_nor_left_by_a_difference():
    """For every school of up to 12 families, and its sums with another: what is shown fits at least four numbers."""
    pairs = [(whole, part) for whole in range(13) for part in range(whole + 1)]
    for whole, part in pairs:
        shown = (queries.masked(whole), queries.masked_part(part, whole))
        assert shown[0].holds(whole) and shown[1].holds(part)
        small = [n for n in (whole, part, whole - part) if 0 < n < 5]
        same = {(w, p) for w, p in pairs if (queries.masked(w), queries.masked_part(p, w)) == shown}
        assert not small or len({p for _, p in same}) >= 4, (whole, part)
    lines = [queries.counts._masked(None, *each) for each in ((20, 3), (30, 9), (0, 0))]
    total = queries.Counts(lines).unreached
    assert (total.low, total.high) == (10, 13) and str(total) == "10 à 13"


def test_the_state_reads_who_of_its_staff_has_read_by_name(world, client):
    announcement = send(world, "ien")
    press(world, client, "teacher", announcement)
    shown = read(world, client, "ien", "counts", announcement, ecole=str(world.schools["tilleuls"].pk)).content.decode()
    assert world.people["teacher"].formal_name in shown and "pas encore" in shown
    assert "Canari-" in shown and read(world, client, "city_education", "counts", announcement).status_code == 404
    whole = read(world, client, "city_education", "counts", send(world, readers="teams")).content.decode()
    assert "?ecole=" not in whole and not leaks(whole, "city_education")


@pytest.mark.parametrize("who", ["ien", "dsden"])
def test_the_state_reads_nothing_of_the_agents_of_a_city(world, client, who, django_assert_num_queries):
    tilleuls = world.schools["tilleuls"]
    announcement = send(world, who)
    shown = read(world, client, who, "counts", announcement, ecole=str(tilleuls.pk)).content.decode()
    assert "Adultes de l’Éducation nationale" in shown and world.people["aesh"].formal_name in shown
    assert world.people["atsem"].formal_name not in shown
    notice = announcement.publication.notice
    names = queries.adults_by_name(notice, tilleuls)
    with django_assert_num_queries(1):  # counted in the base
        own = queries.adults_reached(notice, [tilleuls], is_masked=False).expected.low
    assert notice.expected.filter(person=world.people["atsem"]).exists() and own == len(names)
    press(world, client, "atsem", announcement)
    assert queries.adults_reached(notice, [tilleuls], is_masked=False).unreached.low == own
    city = queries.adults_reached(notice, [tilleuls], is_masked=True).expected
    assert city == queries.masked(own + 1)  # the city's own agents are in what it reads


def test_who_does_not_read_it_cannot_say_that_they_have(world):
    announcement = send(world, "ien")
    with pytest.raises(Refused):
        actions.acknowledge(person=world.people["guardian"], announcement=announcement, now=now())


def test_who_teaches_their_own_child_follows_and_notes_nothing_of_the_other_parent(world, client):
    announcement, lina = send(world, schools=["tilleuls"]), world.people["child_lina"]
    awaited = Expected.objects.get(child=lina, person=world.people["guardian_other_family"])
    back = reverse("announcements:coupon_return", args=[awaited.pk])
    assert "Canari-child_lina" in read(world, client, "teacher", "families", announcement).text
    assert client.get(back).status_code == 200
    lina.guardian_links.create(guardian=world.people["teacher"], starts_on=world.before)
    families = read(world, client, "teacher", "families", announcement).text
    assert "Canari-child_adam" in families and "Canari-guardian_other_family" not in families
    assert client.get(back).status_code == client.post(back).status_code == 404


def test_coupons_are_for_exactly_those_not_reached_and_count_when_back(world, client):
    announcement = send(world, schools=["tilleuls"])
    press(world, client, "guardian", announcement)
    url = reverse("announcements:coupons_create", args=[announcement.pk])
    with patch("preau.notify.papers.draw", return_value=b"%PDF") as drawn:
        assert world.sign_in(client, "teacher").post(url).content == b"%PDF"
    (coupons,) = drawn.call_args.args
    assert {coupon.guardian for coupon in coupons} == {
        world.people[name].formal_name for name in ("guardian_other_family", "guardian_paper")
    }
    awaited = Expected.objects.get(person=world.people["guardian_paper"], notice__publication=announcement.publication)
    assert (
        awaited.paper_out_at
        and reverse("announcements:coupon_return", args=[awaited.pk]) in coupons[1].address + coupons[0].address
    )
    back = reverse("announcements:coupon_return", args=[awaited.pk])
    assert world.sign_in(client, "teacher_other_class").get(back).status_code == 404
    world.sign_in(client, "teacher").post(back)
    awaited.refresh_from_db()
    assert awaited.paper_back_at
    read(world, client, "teacher", "families", announcement)  # says so
    assert "Canari-child_lina" not in read(world, client, "teacher", "families", announcement).content.decode()
    said = client.post(url, follow=True).content.decode()
    assert "Tous les élèves sont joints" in said


def test_twins_are_two_pupils_to_reach_and_are_counted_so(world, client):
    for name in ("twin_one", "twin_two"):
        add_child(world, name, "cpb", "CP", ["guardian_other_family"])
    announcement = send(world, schools=["tilleuls"])
    said = read(world, client, "teacher", "families", announcement).text
    assert "4\u00a0élèves à joindre" in said and "sur 4\u00a0élèves" in said
    press(world, client, "guardian_other_family", announcement)
    assert "1\u00a0élève à joindre" in read(world, client, "teacher", "families", announcement).text


def test_the_paper_of_one_taken_back_is_not_given(world, client):
    announcement = send(world, schools=["tilleuls"])
    url = reverse("announcements:coupons_create", args=[announcement.pk])
    with patch("preau.notify.papers.draw", return_value=b"%PDF"):
        assert world.sign_in(client, "teacher").post(url).content == b"%PDF"
    withdrawal = reverse("announcements:withdrawal_create", args=[announcement.pk])
    world.sign_in(client, "city_education").post(withdrawal)
    families = read(world, client, "teacher", "families", announcement).text
    assert "Cette annonce est retirée" in families and "coupons déjà imprimés" in families and url not in families
    assert "à joindre" not in families and "Canari-child_lina" in families  # who had not read it
    refused = client.post(url)
    assert refused.status_code == 403 and "son papier ne se donne plus" in refused.text


def test_a_city_and_a_school_say_it_together_and_each_half_leaves_alone(world, client):
    ville = write(world, asks_schools=True, schools=["tilleuls"])
    tilleuls = world.schools["tilleuls"]
    url = reverse("announcements:half_create", args=[ville.pk, tilleuls.pk])
    mine = read(world, client, "head", "mine").text
    assert (
        "votre moitié manque" in mine
        and f'href="{reverse("announcements:announcement_detail", args=[ville.pk])}"' in mine
    )
    correct = reverse("announcements:announcement_edit", args=[ville.pk])
    assert f'href="{correct}">Corriger' in read(world, client, "city_education", announcement=ville).text
    assert "Écrire la moitié" in read(world, client, "head", announcement=ville).content.decode()
    for who in ("teacher", "head_other_school", "city_education"):
        assert world.sign_in(client, who).get(url).status_code in (403, 404), who
    sent = world.sign_in(client, "head").post(url, {"title": "Grève jeudi", "text": "La classe de CP est ouverte."})
    half = Announcement.objects.get(joined_to=ville)
    assert sent.headers["Location"] == reverse("announcements:sending_create", args=[half.pk])
    assert client.post(url, {"title": "x", "text": "y"}).status_code == 403  # once
    correct = reverse("announcements:half_edit", args=[half.pk])
    assert f'href="{correct}">Corriger' in read(world, client, "head", announcement=half).text
    half = gone(world, half, "head")
    told = read(world, client, "guardian", announcement=half).content.decode()
    assert "La classe de CP est ouverte." in told and SAID["text"] not in told  # the city has not signed
    assert read(world, client, "guardian", announcement=ville).status_code == 404
    ville = gone(world, ville)
    home = client.get(HOME).content.decode()
    assert "1\u00a0annonce à lire" in home
    listed = client.get(reverse("announcements:mine")).text
    assert listed.count("<li><div>") == 1 and "avec l’école" in listed  # as the home counts
    told = read(world, client, "guardian", announcement=ville).content.decode()
    assert "La classe de CP est ouverte." in told and SAID["text"] in told
    press(world, client, "guardian", ville)
    assert "annonce à lire" not in client.get(HOME).content.decode()  # one press for both
    assert (
        world.sign_in(client, "city_education")
        .post(reverse("announcements:withdrawal_create", args=[half.pk]))
        .status_code
        == 404
    )  # nor writes, nor takes back the other's


def test_a_joint_half_names_no_striker(world, client):
    ville = write(world, asks_schools=True, schools=["tilleuls"])
    url = reverse("announcements:half_create", args=[ville.pk, world.schools["tilleuls"].pk])
    named = {"title": "Grève", "text": f"Mme {world.people['teacher'].last_name} n’est pas là."}
    refused = world.sign_in(client, "head").post(url, named)
    assert refused.status_code == 422 and "ne nomme personne" in refused.content.decode()
    assert not Announcement.objects.filter(joined_to=ville).exists()
    alone = reverse("announcements:half_create", args=[send(world).pk, world.schools["tilleuls"].pk])
    assert client.post(alone, {"title": "x", "text": "y"}).status_code == 404  # the city asks for none


def test_it_is_on_the_sites_of_its_schools_until_its_day_and_while_nothing_is_stopped(world, client):
    tomorrow = TODAY + datetime.timedelta(days=1)
    announcement = send(world, schools=["tilleuls"], shown_until=tomorrow)
    with pytest.raises(Conflict, match="passé"):
        write(world, shown_until=TODAY - datetime.timedelta(days=1))
    tilleuls, saules = world.schools["tilleuls"], world.schools["saules"]
    assert queries.shown_on_site(tilleuls, tomorrow) == [announcement]
    assert not queries.shown_on_site(saules, TODAY)
    assert not queries.shown_on_site(tilleuls, tomorrow + datetime.timedelta(days=1))
    page = client.get(reverse("sites:school_home", args=[tilleuls.slug])).content.decode()
    assert "La Ville annonce" in page and SAID["text"] in page
    city = world.people["city_education"]
    stop = spaces.stop_place(person=city, place=tilleuls, readers=["public"], why="check", now=now())[0]
    assert not queries.shown_on_site(tilleuls, TODAY)
    spaces.start_again(person=city, stop=stop, now=now())
    actions.withdraw_announcement(person=city, announcement=announcement, now=now())
    assert not queries.shown_on_site(tilleuls, TODAY)


def test_a_stopped_city_sends_nothing_and_shows_nothing_to_its_families(world, client):
    """T13: a stolen account of the city, 20 announcements, silenced at once."""
    city, thief = world.people["city_education"], add_person(world, "stolen")
    Mandate.objects.create(person=thief, role=Role.CITY_EDUCATION, city=world.cities["marelle"], starts_on=world.before)
    innocent = send(world)
    false = [send(world, who="city_education", by="stolen", title=f"Faux {number}") for number in range(3)]
    waiting = confirm(world, write(world, by="stolen"), by="stolen")
    held_too = confirm(world, write(world))
    stop = spaces.stop_place(person=city, place=world.cities["marelle"], readers=["families"], why="threat", now=now())[
        0
    ]
    home = world.sign_in(client, "guardian").get(HOME).content.decode()
    assert "Faux" not in home and SAID["title"] not in home
    operator = world.people["operator"]
    spaces.silence(person=operator, accounts=[thief.account], since=now() - datetime.timedelta(hours=1), now=now())
    with pytest.raises(Conflict, match="Rien n’est publié"):
        confirm(world, write(world))
    later = now() + datetime.timedelta(minutes=5)
    assert actions.publish_due(now=later) == 0  # the minute ran out while stopped
    held_too.refresh_from_db()
    assert held_too.confirmed_at is None
    spaces.start_again(person=city, stop=stop, now=now())
    Announcement.objects.filter(pk=waiting.pk).update(confirmed_at=now(), due_at=now())
    assert actions.publish_due(now=later) == 0  # its account sends nothing more
    home = client.get(HOME).content.decode()
    assert "Faux" not in home and SAID["title"] in home
    assert [each.publication.state for each in Announcement.objects.filter(pk__in=[one.pk for one in false])] == [
        "withdrawn"
    ] * 3
    assert read(world, client, "guardian", announcement=innocent).status_code == 200


PAGES = {
    "home": ("guardian teacher head city_education", lambda announcement: HOME),
    "mine": ("guardian teacher head", lambda announcement: reverse("announcements:mine")),
    "one": (
        "guardian teacher head city_education",
        lambda announcement: reverse("announcements:announcement_detail", args=[announcement.pk]),
    ),
    "families": ("teacher head", lambda announcement: reverse("announcements:families", args=[announcement.pk])),
    "counts": ("city_education", lambda announcement: reverse("announcements:counts", args=[announcement.pk])),
    "sent": (
        "city_education",
        lambda announcement: reverse("announcements:sent", args=[announcement.publication.city_id]),
    ),
    "write": (
        "city_education",
        lambda announcement: reverse("announcements:announcement_create", args=[announcement.publication.city_id]),
    ),
    "sending": (
        "city_education",
        lambda announcement: reverse("announcements:sending_create", args=[write_again(announcement).pk]),
    ),
}


def write_again(announcement):
    """A draft like it."""
    return Announcement.objects.filter(publication__state="draft").latest("id")


def asked(client, path):
    client.get(path)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(path).status_code == 200, path
    return len(captured)


def count_all(world, client, announcement):
    return {
        (name, who): asked(world.sign_in(client, who), path(announcement))
        for name, (actors, path) in PAGES.items()
        for who in actors.split()
    }


@pytest.mark.long
def test_pages_ask_ten_queries_at_most_whatever_their_number(world, client, monkeypatch):
    monkeypatch.setitem(__import__("preau.spaces.caps", fromlist=["HOURLY"]).HOURLY, "city", 100)
    write(world, asks_schools=True)
    announcement = send(world, readers="both", asks_schools=True)
    few = count_all(world, client, announcement)
    assert {page: count for page, count in few.items() if count > 10} == {}
    for number in range(4):
        add_child(world, f"child_{number}", "cpb", "CP", ["guardian", "guardian_coparent"])
        send(world, title=f"Annonce {number}", readers="both", schools=["tilleuls", "saules"], asks_schools=True)
    write(world, asks_schools=True)
    many = count_all(world, client, send(world, readers="both", asks_schools=True))
    assert {page: (few[page], count) for page, count in many.items() if count > few[page]} == {}


def test_a_head_without_announcement_is_led_to_write_a_mot(world, client):
    page = world.sign_in(client, "head").get(reverse("announcements:mine")).text
    assert f'href="{reverse("notes:school_write", args=[world.schools["tilleuls"].pk])}"' in page
    assert "Écrire vous-même" not in world.sign_in(client, "guardian").get(reverse("announcements:mine")).text
