"""Who reads what is to be done, on which pages."""

import datetime

import pytest
from django.urls import reverse
from django.utils.timezone import now

from preau.ent.homework import actions, rules
from preau.kit.answers import Conflict, Refused
from preau.schools.queries import children_of_guardian
from preau.spaces import actions as spaces
from tests.ent.homework.acts import WEEK, assign, next_day
from tests.world import TODAY

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_holidays")]
MINE = reverse("homework:mine")
OF_CPB = {"guardian", "guardian_coparent", "guardian_other_family"}
TEAM = {"teacher", "supply", "aesh", "head"}


def body(answer):
    return answer.content.decode()


def week_of(world, name="cpb", kind="classroom"):
    return reverse(f"homework:{kind}_week", args=[(world.classrooms | world.groups)[name].pk])


def readers(world, client, text, path, near=""):
    asked = f"{path}?semaine={near}" if near else path
    answers = {who: world.sign_in(client, who).get(asked) for who in filter(None, world.actors())}
    return {who for who, answer in answers.items() if answer.status_code == 200 and text in body(answer)}


@pytest.mark.long
def test_it_is_read_by_the_class_and_its_families_alone(world, client):
    day = next_day(world)
    assign(world, text="Syllabes en ou")
    assert readers(world, client, "Syllabes en ou", MINE) == OF_CPB
    assert readers(world, client, "Syllabes en ou", week_of(world), day) == OF_CPB | TEAM
    assert readers(world, client, "Syllabes en ou", "/aujourdhui/") == OF_CPB | TEAM - {"head"}


def test_what_is_for_one_pupil_is_read_by_no_other_family(world, client):
    day = next_day(world)
    only = assign(world, text="Fiche du son ou", pupils=["child_adam"])
    assert readers(world, client, "Fiche du son ou", MINE) == {"guardian", "guardian_coparent"}
    assert readers(world, client, "Fiche du son ou", week_of(world), day) == {"guardian", "guardian_coparent"} | TEAM
    detail = reverse("homework:assignment_detail", args=[only.pk])
    assert world.sign_in(client, "guardian_other_family").get(detail).status_code == 404
    named = body(world.sign_in(client, "teacher").get(f"{week_of(world)}?semaine={day}"))
    assert f"Seulement {world.people['child_adam'].full_name}" in named
    assert "Seulement" not in body(world.sign_in(client, "guardian").get(f"{week_of(world)}?semaine={day}"))


def test_a_pupil_reads_theirs_says_it_is_done_and_takes_it_back(world, client):
    day = next_day(world)
    poem = assign(world, "teacher_other_class", "cm2", kind="learn", text="La poésie du vent").due_days.get()
    assign(world, "teacher_other_class", "cm2", text="Fiche d’un autre", pupils=["child_ulis"])
    client = world.sign_in(client, "pupil_cm2")
    home, done = "/aujourdhui/", reverse("homework:done_create", args=[poem.pk])
    assert "La poésie du vent" in body(client.get(home)) and "Fiche d’un autre" not in body(client.get(home))
    assert client.post(done, headers={"referer": f"http://testserver{MINE}"})["Location"] == MINE
    for page in (home, MINE):
        assert '<span class="chip"\n  data-is="done">Fait</span>' in body(client.get(page)), page
    assert "Fait" in body(world.sign_in(client, "guardian_other_class").get(MINE))
    assert client.post(done).status_code == 403  # the pupil alone
    team = body(world.sign_in(client, "teacher_other_class").get(f"{week_of(world, 'cm2')}?semaine={day}"))
    assert "La poésie du vent" in team and "Fait" not in team
    client = world.sign_in(client, "pupil_cm2")
    client.post(reverse("homework:done_remove", args=[poem.pk]))
    assert not poem.done.exists() and "C’est fait" in body(client.get(MINE))
    assert "Fait" not in body(world.sign_in(client, "guardian_ulis").get(MINE))


def test_a_pupil_who_says_it_is_done_stays_on_the_week_they_read(world, client):
    day = next_day(world, after=TODAY + 3 * WEEK)
    poem = assign(world, "teacher_other_class", "cm2", first_on=day).due_days.get()
    client, week = world.sign_in(client, "pupil_cm2"), f"{MINE}?semaine={day}"
    for act, offered in ("done_create", "Pas encore"), ("done_remove", "C’est fait"):
        pressed = client.post(
            reverse(f"homework:{act}", args=[poem.pk]), headers={"referer": f"http://testserver{week}"}
        )
        assert pressed["Location"] == week and offered in body(client.get(week))


def test_tomorrow_stands_first_and_the_other_days_after(world, client):
    day = next_day(world)
    assign(world, text="Lire demain")
    later_on = next_day(world, after=day)
    assign(world, text="Lire plus tard", first_on=later_on)
    due = assign(world, text="Lire aujourd’hui").due_days.get()
    due.day = TODAY
    due.save()
    page = body(world.sign_in(client, "guardian").get(MINE))
    assert page.index("Lire demain") < page.index("Lire aujourd’hui") < page.index("Lire plus tard")
    assert page.count("card-now") == 1
    assert "Lire plus tard" not in body(client.get(f"{MINE}?semaine={later_on + WEEK}"))
    assert "Lire plus tard" in body(client.get(f"{MINE}?semaine={later_on}"))


def test_children_are_told_apart(world, client):
    for who, room in (("teacher_other_school", "saules_cm2"), ("head", "gs")):
        assign(world, who, room, text=f"Lire {room}")
    guardian = world.people["guardian_two_schools"]
    tags = {child.pk: rank for rank, child in enumerate(children_of_guardian(guardian, TODAY), start=1)}
    page = body(world.sign_in(client, "guardian_two_schools").get(MINE))
    for child, text in (("child_two_one", "Lire gs"), ("child_two_two", "Lire saules_cm2")):
        line = page.partition(text)[0].rpartition("<li>")[2]
        assert f'data-child="{tags[world.people[child].pk]}"' in line, text


def test_a_group_is_read_by_its_own_people_alone(world, client):
    assign(world, "head", "ulis", text="Le livre du dispositif")
    assert readers(world, client, "Le livre du dispositif", MINE) == {"guardian_ulis"}
    assert readers(world, client, "Le livre", week_of(world, "ulis", "group"), next_day(world)) == {
        "guardian_ulis",
        "head",
    }


def test_recalled_or_stopped_it_is_gone(world, client):
    one = assign(world, text="Lire le mot")
    page = reverse("homework:assignment_detail", args=[one.pk])
    spaces.recall(person=world.people["head"], publication=one.publication, now=now())
    client = world.sign_in(client, "guardian")
    assert "Lire le mot" not in body(client.get(MINE)) and client.get(page).status_code == 403
    said = {"readers": ["families"], "why": "check", "now": now()}
    assign(world, text="Lire la suite")
    spaces.stop_place(person=world.people["head"], place=world.classrooms["cpb"], **said)
    for path in (MINE, "/aujourdhui/"):
        assert "Lire la suite" not in body(client.get(path)), path
    with pytest.raises(Conflict):
        assign(world, text="Pendant l’arrêt")


def test_pages_ask_as_many_queries_for_one_as_for_many(world, client, django_assert_max_num_queries):
    pages = {"guardian": MINE, "guardian_other_class": MINE, "pupil_cm2": MINE, "teacher": week_of(world)}
    pages |= {"head": week_of(world, "cm2")}
    assign(world)
    assign(world, "teacher_other_class", "cm2")
    counts = {}
    for _ in range(2):
        for who, path in pages.items():
            world.sign_in(client, who).get(path)
            with django_assert_max_num_queries(10) as asked:
                assert "Page 12" in body(client.get(f"{path}?semaine={next_day(world)}"))
            assert counts.setdefault(who, len(asked)) == len(asked), who
        for number in range(5):
            assign(world, text=f"Page 12, ligne {number}", pupils=["child_adam", "child_lina"])
            assign(world, "teacher_other_class", "cm2", until_on=next_day(world) + 5 * WEEK)


def test_what_is_done_is_read_by_the_pupil_and_their_family_alone_and_until_its_day(world):
    poem = assign(world, "teacher_other_class", "cm2").due_days.get()
    pupil = world.people["pupil_cm2"]
    actions.say_done(person=pupil, due_day=poem, now=now())
    read = {who for who, person in world.people.items() if rules.done_visible_to(person, TODAY).exists()}
    assert read == {"pupil_cm2", "guardian_other_class"}
    poem.day = TODAY - datetime.timedelta(days=1)
    poem.save()
    with pytest.raises(Refused):
        actions.take_done_back(person=pupil, due_day=poem, now=now())
