"""A session of a group across classes, or of a dispositif: who opens it, who helps, who reads what is made there."""

import pytest
from django.test import Client
from django.urls import reverse

from preau.ent.lessons import rules
from preau.ent.lessons.models import Lesson
from preau.people.models import Mandate, Role
from preau.places.models import Group
from preau.schools.models import GroupMember
from tests.ent.lessons.acts import enter, join, open_lesson
from tests.ent.lessons.works import finish, keep
from tests.world import add_person

pytestmark = pytest.mark.django_db


def body(answer):
    return answer.content.decode()


def mixed(world):
    """A décloisonnement of the CP B and the CM2."""
    school = world.schools["tilleuls"]
    group = Group.objects.create(school=school, school_year=world.year, name="Canari-décloisonnement")
    for name in ("child_adam", "pupil_cm2"):
        GroupMember.objects.create(group=group, pupil=world.people[name], starts_on=world.before)
    world.groups["mixed"] = group
    return group


def of_school(world, name, role=Role.TEACHER):
    """Who serves the school, in no class."""
    place = {"school": world.schools["tilleuls"], "starts_on": world.before}
    Mandate.objects.create(person=add_person(world, name), role=role, **place)


def test_who_teaches_a_dispositif_opens_its_session_from_home_and_from_its_page(world, client):
    of_school(world, "teacher_ulis")
    ulis, school = world.groups["ulis"], world.schools["tilleuls"]
    client = world.sign_in(client, "teacher_ulis")
    chosen, tab = reverse("lessons:school_lesson", args=[school.pk]), reverse("lessons:group_lesson", args=[ulis.pk])
    assert chosen in body(client.get("/aujourdhui/"))
    assert tab in body(client.get(reverse("portal:group_home", args=[ulis.pk])))
    assert client.get(chosen).status_code == client.get(tab).status_code == 200
    board = client.post(chosen, {"activity": "free"})
    lesson = Lesson.objects.get()
    assert lesson.group == ulis and board["Location"] == reverse("lessons:board", args=[lesson.pk])
    assert client.get(tab)["Location"] == board["Location"] and client.get(board["Location"]).status_code == 200


def test_a_class_teacher_chooses_a_group_that_a_pupil_of_theirs_follows(world, client, django_assert_max_num_queries):
    group, cpb = mixed(world), world.classrooms["cpb"]
    page = reverse("lessons:classroom_lesson", args=[cpb.pk])
    client = world.sign_in(client, "teacher")
    with django_assert_max_num_queries(10):
        form = client.get(page).context["form"]
    assert [key for key, _ in form.fields["place"].choices] == [str(cpb.pk), str(group.pk)]  # no dispositif
    assert client.post(page, {"place": str(world.groups["ulis"].pk), "activity": "free"}).status_code == 422
    client.post(page, {"place": str(group.pk), "activity": "free"})
    client.post(page, {"place": str(cpb.pk), "activity": "free"})
    assert Lesson.objects.count() == 2
    Lesson.objects.filter(classroom=cpb).delete()
    again = client.post(page, {"place": str(group.pk), "activity": "free"})
    assert again["Location"] == reverse("lessons:board", args=[Lesson.objects.get().pk])  # it was open


def test_nobody_else_opens_or_sees_the_session_of_a_group(world, client):
    of_school(world, "aesh_school", Role.AESH)
    group, ulis = mixed(world), world.groups["ulis"]
    pages = [reverse("lessons:group_lesson", args=[each.pk]) for each in (group, ulis)]
    boards = [reverse("lessons:board", args=[open_lesson(world, "head", name).pk]) for name in ("mixed", "ulis")]

    def reach(method, address, *statuses):
        asked = (*filter(None, world.actors()), "aesh_school")
        return {who for who in asked if getattr(world.sign_in(client, who), method)(address).status_code in statuses}

    assert reach("get", boards[1], 200) == {"head", "aesh_school"}
    team = {"head", "teacher", "teacher_other_class", "supply"}
    assert reach("get", boards[0], 200) == team | {"aesh", "aesh_school"}
    Lesson.objects.all().delete()
    assert reach("get", pages[1], 200) == {"head"}
    assert reach("get", pages[0], 200) == team


def test_who_leads_a_group_reads_what_is_made_there_and_is_told_of_nothing_else(world):
    group = mixed(world)
    of_school(world, "teacher_ulis")
    people, pages = world.people, {}
    elsewhere = Group.objects.create(school=world.schools["saules"], school_year=world.year, name="D’une autre école")
    GroupMember.objects.create(group=elsewhere, pupil=people["child_adam"], starts_on=world.before)
    assert set(rules.groups_led_by(people["teacher"], world.today)) == {group}
    for name, child in (("mixed", "child_adam"), ("ulis", "child_ulis")):
        tablet = Client()
        device = join(open_lesson(world, "head", name), tablet, accepted_by=people["head"])
        enter(tablet, device, people[child])
        assert not rules.can_help_in_lesson(people["guardian"], device.lesson, world.today)
        pages[name] = finish(device, keep(device, made="Une cabane").work)
    for who, read in (("teacher", {"mixed"}), ("teacher_ulis", {"mixed", "ulis"}), ("aesh", set())):
        for rule in (rules.works_visible_to, rules.works_to_read):
            assert set(rule(people[who], world.today)) == {pages[name] for name in read}, (who, rule)


def test_who_helps_finds_the_session_of_the_class_and_of_the_group_and_is_told_when_none_is_open(world, client):
    group, cpb = mixed(world), world.classrooms["cpb"]
    client = world.sign_in(client, "aesh")
    pages = {
        "cpb": reverse("lessons:classroom_lesson", args=[cpb.pk]),
        "mixed": reverse("lessons:group_lesson", args=[group.pk]),
    }
    for place, page in pages.items():
        refused = client.get(page)
        assert refused.status_code == 403 and "Aucune séance n’est ouverte ici" in body(refused)
        assert "Séance ouverte" not in body(client.get("/aujourdhui/"))
        lesson = open_lesson(world, "head", place)
        board = reverse("lessons:board", args=[lesson.pk])
        assert board in body(client.get("/aujourdhui/")) and client.get(page)["Location"] == board
        assert client.get(board).status_code == 200
        refused = client.post(reverse("lessons:pause", args=[lesson.pk]), {"is": "on"})
        assert refused.status_code == 403 and "La séance est menée par" in body(refused)
        Lesson.objects.all().delete()
