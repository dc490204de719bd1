"""Events of a city, a school, a class: who adds them, who reads them, what a bad day is answered."""

import datetime

import pytest
from django.urls import reverse
from django.utils.timezone import now

from preau.ent.agenda import actions, queries, rules
from preau.ent.agenda.clocks import CLOCKS
from preau.ent.agenda.models import Event
from preau.kit.answers import Conflict, Refused
from preau.people.models import Person
from preau.places.models import Department
from preau.places.queries import Calendar
from preau.schools.models import Guardianship
from preau.spaces import actions as spaces
from preau.spaces import audiences
from preau.spaces.models import Publication
from tests.ent.agenda.acts import SOON, add, place_of
from tests.world import TODAY

pytestmark = pytest.mark.django_db
DAY = datetime.timedelta(days=1)
MINE = reverse("agenda:mine")
OF_CPB = {"guardian", "guardian_coparent", "guardian_other_family", "teacher", "supply", "aesh", "head"}


def body(answer):
    return answer.content.decode()


def readers(world, client, title, path=MINE):
    found = set()
    for who in filter(None, world.actors()):
        answer = world.sign_in(client, who).get(path)
        if answer.status_code == 200 and title in body(answer):
            found.add(who)
    return found


@pytest.mark.long
def test_an_event_is_read_by_the_people_of_its_place_alone(world, client):
    add(world, title="Musée de la classe")
    add(world, "head", "tilleuls", scope="staff", title="Conseil des maîtres")
    add(world, "city_education", "marelle", scope="families", title="Fête de la Ville")
    assert readers(world, client, "Musée de la classe") == OF_CPB
    staff = readers(world, client, "Conseil des maîtres")
    assert {"head", "teacher", "atsem"} <= staff and not [who for who in staff if "guardian" in who or "pupil" in who]
    of_city = readers(world, client, "Fête de la Ville")
    assert {"guardian", "guardian_other_school", "teacher", "city_education"} <= of_city
    assert not {"guardian_far", "pupil_cm2", "guardian_restricted", "ien"} & of_city


def test_a_home_is_told_the_events_of_each_place_where_one_serves(world):
    given = (
        ("teacher", "cpb"),
        ("head", "ulis"),
        ("head", "tilleuls"),
        ("city_education", "marelle"),
        ("animator", "site"),
    )
    for who, place in given:
        add(world, who, place, scope="families", title=place)
    told = {
        who: set(rules.events_for_team(world.people[who], TODAY).values_list("title", flat=True))
        for who in ("head", "teacher", "site_manager", "head_far")
    }
    school = {"cpb", "tilleuls", "marelle"}
    assert told == {"head": school | {"ulis"}, "teacher": school, "site_manager": {"site"}, "head_far": set()}


def test_a_site_tells_the_families_of_its_children_and_its_own_team(world, client):
    add(world, "animator", "site", scope="families", title="Goûter du site")
    found = readers(world, client, "Goûter du site")
    assert {"animator", "site_manager", "canteen"} <= found and not {"teacher", "pupil_cm2"} & found
    of_site = {m.guardian_id for m in Guardianship.objects.filter(child__activity_enrolments__isnull=False)}
    assert {world.people[who].pk for who in found if "guardian" in who} <= of_site


def test_it_is_in_the_agenda_of_its_space_and_on_homes(world, client):
    event = add(world, begins_at=datetime.time(9), ends_at=datetime.time(11, 30), where="Musée Sainte-Croix")
    tab = reverse("agenda:classroom_agenda", args=[event.space_id])
    for who in ("guardian", "teacher"):
        client = world.sign_in(client, who)
        for page in ("/aujourdhui/", MINE, tab):
            said = body(client.get(page))
            assert "Sortie au musée" in said and "Musée Sainte-Croix" in said, (who, page)
    assert f'href="{tab}">Agenda</a>' in body(client.get(reverse("portal:classroom_home", args=[event.space_id])))
    world.sign_in(client, "guardian")
    assert "Ajouter à l’agenda" not in body(client.get(tab))
    assert world.people["child_adam"].first_name in body(client.get(MINE))


def test_who_writes_an_agenda_is_led_there_from_their_own(world, client):
    room, school = world.classrooms["cpb"], world.schools["tilleuls"]
    tabs = {
        "teacher": ("classroom", room),
        "head": ("school", school),
        "animator": ("afterschool", world.afterschools["tilleuls"]),
    }
    for who, (kind, place) in tabs.items():
        link = f'href="{reverse(f"agenda:{kind}_agenda", args=[place.pk])}"'
        assert link in body(world.sign_in(client, who).get(MINE)), who
        assert "Ajouter à l’agenda" in body(client.get(reverse(f"agenda:{kind}_agenda", args=[place.pk]))), who
    for who in ("guardian", "pupil_cm2", "aesh"):
        assert "Une date à ajouter" not in body(world.sign_in(client, who).get(MINE)), who


def test_a_pupil_finds_what_is_coming_and_nothing_told_to_families(world, client):
    add(world, "teacher_other_class", "cm2", title="Piscine")
    add(world, "teacher_other_class", "cm2", scope="families", title="Réunion de parents")
    home = body(world.sign_in(client, "pupil_cm2").get("/aujourdhui/"))
    assert "Piscine" in home and "Réunion de parents" not in home


def test_who_adds_where(world):
    may = {
        "cpb": {"teacher", "supply", "head", "suspended"}, "ulis": {"head"}, "tilleuls": {"head"},
        "marelle": {"city_education"}, "site": {"animator", "site_manager"},
    }  # fmt: skip
    for where, writers in may.items():
        place = place_of(world, where)
        asked = {who for who, person in world.people.items() if rules.can_add_event(person, place, TODAY)}
        assert asked == writers, where
    with pytest.raises(Refused):
        add(world, "guardian")
    with pytest.raises(Conflict):
        add(world, scope="public")  # a class has no public site
    assert not Event.objects.exists()


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"first_on": TODAY - DAY}, "Cette date est passée"),
        ({"first_on": TODAY + 900 * DAY}, "vérifiez l’année"),
        ({"last_on": SOON - DAY}, "Le dernier jour est avant le premier"),
        ({"ends_at": "10:00"}, "Écrivez aussi l’heure du début"),
        ({"begins_at": "10:00", "ends_at": "09:00"}, "L’heure de fin est avant celle du début"),
        ({"title": ""}, "est vide"),
    ],
)
def test_what_cannot_be_is_told_and_nothing_typed_is_lost(world, client, typed, told):
    url = reverse("agenda:classroom_event", args=[world.classrooms["cpb"].pk])
    sent = {"scope": "all", "title": "Carnaval", "first_on": SOON, "text": "Venez déguisés."} | typed
    answer = world.sign_in(client, "teacher").post(url, sent)
    assert answer.status_code == 422 and told in body(answer) and "Venez déguisés." in body(answer)
    assert not Event.objects.exists() and not Publication.objects.exists()


def test_adding_then_changing_by_its_pages(world, client):
    url = reverse("agenda:classroom_event", args=[world.classrooms["cpb"].pk])
    client = world.sign_in(client, "teacher")
    client.post(url, {"scope": "families", "title": "Carnaval", "first_on": SOON})
    event = Event.objects.get()
    edit = reverse("agenda:event_edit", args=[event.pk])
    assert 'value="Carnaval"' in body(client.get(edit))
    sent = {"title": "Carnaval", "first_on": SOON + DAY, "version": event.version}
    assert client.post(edit, sent).status_code == 302
    event.refresh_from_db()
    assert (event.first_on, event.last_on, event.version) == (SOON + DAY, SOON + DAY, 2)
    assert "Changé le" in body(client.get(reverse("agenda:event_detail", args=[event.pk])))
    late = client.post(edit, sent | {"title": "Bal"})  # read before the change
    assert late.status_code == 422 and "Quelqu’un d’autre a changé" in body(late) and 'value="Bal"' in body(late)


def test_cancelled_it_stays_and_says_so_until_it_is_kept_again(world, client):
    event = add(world)
    client = world.sign_in(client, "head")
    client.post(reverse("agenda:cancellation_create", args=[event.pk]))
    page = body(world.sign_in(client, "guardian").get(MINE))
    assert "<s>Sortie au musée</s>" in page and "Annulé" in page
    assert client.post(reverse("agenda:keeping_create", args=[event.pk])).status_code == 403
    world.sign_in(client, "teacher").post(reverse("agenda:keeping_create", args=[event.pk]))
    assert "<s>" not in body(client.get(MINE))


def test_what_is_past_no_longer_changes(world):
    event = add(world)
    Event.objects.update(first_on=TODAY - 2 * DAY, last_on=TODAY - DAY)
    with pytest.raises(Refused):
        actions.cancel_event(person=world.people["teacher"], event=event, now=now())


def test_what_lasts_is_shown_today_and_may_end_later_but_not_before_today(world):
    event = add(world, last_on=SOON + 5 * DAY)
    Event.objects.update(first_on=TODAY - 4 * DAY)
    event.refresh_from_db()
    change = {"person": world.people["teacher"], "event": event, "version": 1, "title": "Expo", "now": now()}
    with pytest.raises(Conflict):
        actions.edit_event(first_on=TODAY - 4 * DAY, last_on=TODAY - DAY, **change)
    actions.edit_event(first_on=TODAY - 4 * DAY, last_on=TODAY, **change)
    memberships = audiences.memberships_of(world.people["guardian"], TODAY)
    window = queries.window_asked("", TODAY)
    items = queries.coming(memberships, TODAY, since=window.first, until=window.last)
    days = queries.days_of(window, items, Calendar(), TODAY)
    assert [day.date for day in days if day.items] == [TODAY]


def test_recalled_or_stopped_it_is_gone_from_agendas(world, client):
    event = add(world)
    spaces.recall(person=world.people["head"], publication=event.publication, now=now())
    client = world.sign_in(client, "guardian")
    assert "Sortie au musée" not in body(client.get(MINE))
    assert client.get(reverse("agenda:event_detail", args=[event.pk])).status_code == 403
    add(world, title="Piscine")
    said = {"readers": ["families"], "why": "check"}
    spaces.stop_place(person=world.people["head"], place=world.classrooms["cpb"], now=now(), **said)
    assert "Piscine" not in body(client.get(MINE))


def test_what_is_for_everyone_is_on_the_site_of_the_school_and_nothing_else(world, client):
    event = add(world, "head", "tilleuls", scope="public", title="Portes ouvertes")
    add(world, "head", "tilleuls", scope="families", title="Réunion de parents")
    site = reverse("sites:school_calendar", args=[world.schools["tilleuls"].slug])
    assert "Portes ouvertes" in body(client.get(site)) and "Réunion de parents" not in body(client.get(site))
    actions.cancel_event(person=world.people["head"], event=event, now=now())
    assert "<s>Portes ouvertes</s>, annulé" in body(client.get(site))  # the page that was kept is renewed


@pytest.mark.parametrize(("who", "stopped"), [("head", "tilleuls"), ("city_education", "marelle")])
def test_the_stop_of_a_public_site_holds_its_events_and_no_other_school_s(world, client, who, stopped):
    site = reverse("sites:school_calendar", args=[world.schools["tilleuls"].slug])
    add(world, "head", "tilleuls", scope="public", title="Portes ouvertes")
    assert "Portes ouvertes" in body(client.get(site))
    person, said = world.people[who], {"readers": ["public"], "why": "check", "now": now()}
    spaces.stop_place(person=world.people["city_education"], place=world.schools["saules"], **said)
    assert "Portes ouvertes" in body(client.get(site))
    stop = spaces.stop_place(person=person, place=place_of(world, stopped), **said)[0]
    assert "Portes ouvertes" not in body(client.get(site))  # nor in the page that was kept
    spaces.start_again(person=person, stop=stop, now=now())
    assert "Portes ouvertes" in body(client.get(site))


def test_holidays_come_from_the_school_calendar_and_no_other(world, client):
    client = world.sign_in(client, "guardian")
    page = body(client.get(f"{MINE}?du=2026-12-21"))
    assert "Vacances de Noël" in page and "data-off" in page
    assert "Vacances de Noël" not in body(world.sign_in(client, "guardian_far").get(f"{MINE}?du=2026-12-21"))
    for who in ("site_manager", "canteen"):
        assert "Vacances de Noël" in body(world.sign_in(client, who).get(f"{MINE}?du=2026-12-21")), who
    for wrong in ("demain", "0001-01-01", "9999-12-31"):
        assert client.get(f"{MINE}?du={wrong}").status_code == 200


def test_holidays_have_their_name_in_the_language_of_the_page(client, world):
    guardian = world.people["guardian"]
    guardian.reading_language = "tr"
    guardian.save()
    page = body(world.sign_in(client, "guardian").get(f"{MINE}?du=2026-12-21"))
    assert "Noel tatili" in page and "Vacances de Noël" not in page
    Department.objects.update(holidays="Pont du carnaval;2027-12-06;2027-12-08", holidays_source="rectorat")
    page = body(client.get(f"{MINE}?du=2027-12-06"))
    assert '<bdi lang="fr" dir="ltr">Pont du carnaval</bdi>' in page


def test_agendas_ask_as_many_queries_for_one_event_as_for_many(world, client, django_assert_max_num_queries):
    counts = {}
    for turn in range(2):
        for number in range(1 + 9 * turn):
            event = add(world, title=f"Jour {turn} {number}", first_on=SOON + number * DAY)
        pages = ("/aujourdhui/", MINE, reverse("agenda:classroom_agenda", args=[event.space_id]))
        for who in ("guardian", "teacher"):
            client = world.sign_in(client, who)
            for page in (*pages, reverse("agenda:event_detail", args=[event.pk])):
                with django_assert_max_num_queries(10) as asked:
                    assert client.get(page).status_code == 200
                key = who, page.replace(str(event.pk), "")
                assert counts.setdefault(key, len(asked)) >= len(asked), key


def test_two_school_years_later_it_is_forgotten(world):
    add(world)
    Event.objects.update(first_on="2020-01-05", last_on="2020-01-05")
    assert CLOCKS[0].rows(now()).count() == 1 and Person.objects.exists()
