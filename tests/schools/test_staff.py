"""The team of a school: who arrives, who leaves, and what each then reads."""

import datetime

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.timezone import now

from preau.journal.models import Entry
from preau.kit.answers import Conflict
from preau.people import actions as people
from preau.people.models import ActivationCode, Mandate, Person, Role
from preau.people.queries.titles import title_said
from preau.places.models import Classroom
from preau.schools import rules
from tests.texts import as_drawn
from tests.world import TODAY

DAY = datetime.timedelta(days=1)


@pytest.fixture
def head(world, client):
    return world.sign_in(client, "head")


def team(world):
    return reverse("schools:team", args=[world.schools["tilleuls"].pk])


def held(world, name):
    return Mandate.objects.get(person=world.people[name])


def leaving(world, name):
    return reverse("schools:staff_leaving", args=[held(world, name).pk])


def taken_back(world, name):
    return reverse("schools:staff_leaving_taken_back", args=[held(world, name).pk])


def leave(client, world, name, on):
    return client.post(leaving(world, name), {"on": on.isoformat()}, follow=True)


def class_list(world, client):
    return client.get(reverse("schools:classroom", args=[world.classrooms["cpb"].pk])).status_code


def arrive(client, world, **changes):
    written = {
        "function": "teacher", "civility": "Mme", "first_name": "Paule", "last_name": "Billes",
        "room": world.classrooms["gs"].pk, "starts_on": TODAY.isoformat(),
    }  # fmt: skip
    return client.post(reverse("schools:staff_new", args=[world.schools["tilleuls"].pk]), written | changes)


def test_the_head_sees_each_member_of_the_team_and_what_they_hold(world, head):
    page = as_drawn(head.get(team(world)).text)
    shown = {name for name, person in world.people.items() if f"<b>{person.full_name}</b>" in page}
    assert shown == {
        "teacher",
        "teacher_other_class",
        "supply",
        "aesh",
        "atsem",
        "head",
        "suspended",
    }
    assert "AESH, Canari-classe-cpb" in page and page.count("Quitte l’école<") == 5
    school = head.get(reverse("schools:school", args=[world.schools["tilleuls"].pk])).content.decode()
    assert team(world) in school


def test_who_leaves_today_reads_until_tonight_and_nothing_tomorrow(world, head, time_machine):
    teacher = world.sign_in(Client(), "teacher")
    page = leave(head, world, "teacher", TODAY).content.decode()
    assert held(world, "teacher").ends_on == TODAY and "jusqu’au" in page
    assert class_list(world, teacher) == 200
    time_machine.move_to(datetime.datetime.combine(TODAY + DAY, datetime.time(0, 5)))
    assert class_list(world, teacher) == 302  # out, to the door
    assert class_list(world, world.sign_in(Client(), "teacher")) == 404


def test_with_yesterday_s_date_open_sessions_end_at_once(world, head):
    teacher = world.sign_in(Client(), "teacher")
    assert class_list(world, teacher) == 200
    leave(head, world, "teacher", TODAY - DAY)
    assert class_list(world, teacher) == 302
    assert not world.account("teacher").sign_ins.filter(ended_at=None).exists()
    assert f"<b>{world.people['teacher'].full_name}</b>" not in head.get(team(world)).content.decode()


def test_who_holds_something_elsewhere_loses_the_school_and_keeps_the_account(world, head):
    elsewhere = people.give_mandate(
        holder=world.people["teacher"],
        role=Role.AESH,
        place=world.schools["saules"],
        starts_on=TODAY - DAY,
        person=None,
        now=now(),
    )
    teacher = world.sign_in(Client(), "teacher")
    own = Mandate.objects.get(person=world.people["teacher"], role=Role.TEACHER)
    url = reverse("schools:staff_leaving", args=[own.pk])
    assert "Saules" not in head.get(url).content.decode()  # another school's affair
    head.post(url, {"on": (TODAY - DAY).isoformat()})
    assert class_list(world, teacher) == 404
    assert teacher.get(reverse("account_home")).status_code == 200
    elsewhere.refresh_from_db()
    assert elsewhere.ends_on is None


def test_a_leaving_to_come_is_taken_back_until_its_day_is_past(world, head, time_machine):
    leave(head, world, "aesh", TODAY + 10 * DAY)
    page = head.get(team(world)).content.decode()
    assert taken_back(world, "aesh") in page and f'href="{leaving(world, "aesh")}"' not in page
    assert head.get(leaving(world, "aesh"))["Location"] == team(world)
    head.post(taken_back(world, "aesh"))
    head.post(taken_back(world, "aesh"))  # a double click is one act
    assert held(world, "aesh").ends_on is None
    assert [e.verb for e in Entry.objects.filter(object_id=held(world, "aesh").pk).order_by("at", "id")] == [
        "end_mandate",
        "take_back_end",
    ]
    leave(head, world, "aesh", TODAY)
    time_machine.move_to(datetime.datetime.combine(TODAY + DAY, datetime.time(9)))
    later = world.sign_in(Client(), "head")
    assert later.post(taken_back(world, "aesh")).status_code == 404
    with pytest.raises(Conflict):
        people.take_back_end(mandate=held(world, "aesh"), person=world.people["head"], now=now())
    assert held(world, "aesh").ends_on == TODAY


@pytest.mark.parametrize("days, began", [(-31, -300), (-61, -60), (-6, -5), (367, -60)])
def test_a_last_day_far_from_today_or_before_the_first_is_refused_and_kept_as_typed(world, head, days, began):
    on = TODAY + days * DAY
    Mandate.objects.filter(person=world.people["aesh"]).update(starts_on=TODAY + began * DAY)
    answer = head.post(leaving(world, "aesh"), {"on": on.isoformat()})
    page = answer.content.decode()
    assert answer.status_code == 422 and "Écrivez un jour du" in page and f'value="{on}"' in page
    with pytest.raises(Conflict):
        people.end_mandates(mandates=[held(world, "aesh")], ends_on=on, person=world.people["head"], now=now())
    assert held(world, "aesh").ends_on is None


def test_someone_named_for_later_who_does_not_come_is_taken_out(world, head):
    Mandate.objects.filter(person=world.people["aesh"]).update(starts_on=TODAY + 5 * DAY)
    assert "à partir du" in head.get(team(world)).content.decode()
    leave(head, world, "aesh", TODAY)
    assert not Mandate.objects.filter(person=world.people["aesh"]).exists()


def test_of_two_functions_only_what_is_ticked_stops(world, head):
    more = people.give_mandate(
        holder=world.people["atsem"],
        role=Role.AESH,
        place=world.schools["tilleuls"],
        starts_on=TODAY - DAY,
        person=None,
        now=now(),
    )
    room = Mandate.objects.get(person=world.people["atsem"], classroom=world.classrooms["gs"])
    url = reverse("schools:staff_leaving", args=[room.pk])
    page = head.get(url).content.decode()
    assert page.count("checked") == 2 and "AESH" in page
    assert head.post(url, {"on": TODAY.isoformat()}).status_code == 422
    head.post(url, {"on": TODAY.isoformat(), "functions": [str(more.pk)]})
    more.refresh_from_db()
    room.refresh_from_db()
    assert (more.ends_on, room.ends_on) == (TODAY, None)


def test_a_head_ends_no_head_but_may_stop_teaching(world, head):
    answer = head.get(leaving(world, "head"))
    assert answer.status_code == 403 and "la personne qui tient la base" in answer.content.decode()
    colleague = world.people["teacher"]
    other = people.give_mandate(
        holder=colleague,
        role=Role.SCHOOL_HEAD,
        place=world.schools["tilleuls"],
        starts_on=TODAY,
        person=None,
        now=now(),
    )
    for client in (head, world.sign_in(Client(), "teacher")):
        for mandate in (other, held(world, "head")):
            url = reverse("schools:staff_leaving", args=[mandate.pk])
            assert client.post(url, {"on": TODAY.isoformat()}).status_code == 403
    own = Mandate.objects.get(person=colleague, role=Role.TEACHER)
    head.post(reverse("schools:staff_leaving", args=[own.pk]), {"on": TODAY.isoformat()})
    own.refresh_from_db()
    other.refresh_from_db()
    assert (own.ends_on, other.ends_on, held(world, "head").ends_on) == (TODAY, None, None)


def test_a_supply_day_ends_by_itself_and_is_never_made_to_last(world, head):
    assert head.get(leaving(world, "supply")).status_code == 403
    assert head.post(taken_back(world, "supply")).status_code == 403
    assert held(world, "supply").ends_on == TODAY


def test_the_head_of_the_school_alone_ends_a_function(world):
    actors = filter(None, world.actors())
    mandate = Mandate.objects.get(person=world.people["teacher"])
    assert {n for n in actors if rules.can_end_function(world.people[n], mandate, TODAY)} == {"head"}
    actors, agent = filter(None, world.actors()), held(world, "atsem")
    assert {n for n in actors if rules.can_end_function(world.people[n], agent, TODAY)} == {"head", "city_education"}
    before = list(Mandate.objects.order_by("pk").values())
    for name, status in (
        ("teacher", 403),
        ("aesh", 403),
        ("head_other_school", 404),
        ("city_education", 404),
        ("ien", 404),
        ("operator", 404),
        ("guardian", 404),
        ("former_teacher", 404),
    ):
        client = world.sign_in(Client(), name)
        assert client.post(leaving(world, "teacher"), {"on": TODAY.isoformat()}).status_code == status, name
        assert client.post(taken_back(world, "teacher")).status_code == status, name
    assert list(Mandate.objects.order_by("pk").values()) == before


@pytest.mark.parametrize(
    "function, civility, role, in_class",
    [
        ("teacher", "M.", Role.TEACHER, True),
        ("teacher", "", Role.TEACHER, False),  # of a dispositif
        ("aesh", "Mme", Role.AESH, True),
        ("aesh", "Mme", Role.AESH, False),
        ("atsem", "Mme", Role.ATSEM, True),
    ],
)
def test_someone_of_the_team_is_named_and_the_code_shown_once(world, head, function, civility, role, in_class):
    room = world.classrooms["gs"] if in_class else None
    page = arrive(head, world, function=function, civility=civility, room=room.pk if room else "school")
    page = page.content.decode()
    mandate = Mandate.objects.get(person__last_name="Billes")
    assert "Fiche de connexion" in page and title_said(mandate, mandate.person).lower() in page.lower()
    assert (mandate.role, mandate.title, mandate.classroom) == (role, "", room)
    assert mandate.school == (None if in_class else world.schools["tilleuls"])
    assert ActivationCode.objects.filter(person=mandate.person).count() == 1
    assert f"{mandate.person.full_name}</b>" in head.get(team(world)).content.decode()


@pytest.mark.parametrize(
    "changes, sentence",
    [
        ({"function": ""}, "Rien n’est choisi"),
        ({"function": "operator"}, "Cette réponse n’est plus dans la liste"),
        ({"room": ""}, "choisissez une classe, ou toute l’école"),
        ({"function": "canteen"}, "Cette réponse n’est plus dans la liste"),  # named in a périscolaire site
        ({"first_name": ""}, "«\u00a0Prénom\u00a0» est vide"),
        ({"starts_on": "bientôt"}, "Cette date n’est pas reconnue"),
    ],
)
def test_a_slip_in_naming_is_said_and_loses_nothing(world, head, changes, sentence):
    before = (Person.objects.count(), Mandate.objects.count(), ActivationCode.objects.count())
    answer = arrive(head, world, **changes)
    page = answer.content.decode()
    assert answer.status_code == 422 and sentence in page and 'value="Billes"' in page
    assert (Person.objects.count(), Mandate.objects.count(), ActivationCode.objects.count()) == before


def test_a_class_nobody_teaches_leads_to_naming_its_teacher(world, head):
    alone = Classroom.objects.create(
        school=world.schools["tilleuls"], name="CE2 de l’étage", school_year=world.classrooms["cpb"].school_year
    )
    register = head.get(reverse("schools:school", args=[world.schools["tilleuls"].pk])).text
    naming = reverse("schools:staff_new", args=[world.schools["tilleuls"].pk]) + "?classe="
    link = f"{naming}{alone.pk}"
    assert f'href="{link}">Nommer qui l’enseigne' in register
    assert f"{naming}{world.classrooms['cpb'].pk}" not in register, "hers has a teacher"
    page = as_drawn(head.get(link).text)
    assert f'value="{alone.pk}" selected' in page and 'value="teacher" selected' in page


def test_no_class_of_another_school_is_given(world, head):
    assert arrive(head, world, room=world.classrooms["saules_cm2"].pk).status_code == 422
    assert not Mandate.objects.filter(person__last_name="Billes").exists()
