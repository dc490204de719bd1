"""The register's pages: what a head does by hand, and what others are answered."""

import datetime

import pytest
from django.urls import reverse
from django.utils.timezone import now

from preau.kit.dates import day_text
from preau.people import actions as people
from preau.people.models import Badge, Mandate, Person, PupilEntry, Role
from preau.places.models import Group
from preau.schools.models import Enrolment, Guardianship
from tests.canaries import leaks
from tests.people.door import give_password
from tests.texts import as_drawn
from tests.world import TODAY

BORN = datetime.date(TODAY.year - 6, 3, 5)


@pytest.fixture
def head(world, client):
    return world.sign_in(client, "head")


def arrival(world, **changes):
    written = {
        "first_name": "Malo", "last_name": "Cerceau", "birth_date": BORN.isoformat(), "level": "CP",
        "classroom": world.classrooms["cpb"].pk, "starts_on": TODAY.isoformat(), "guardian_1_first_name": "Rosa",
        "guardian_1_last_name": "Cerceau", "guardian_1_phone": "0611223344",
    }  # fmt: skip
    return reverse("schools:arrival", args=[world.schools["tilleuls"].pk]), written | changes


def test_a_pupil_arrives_in_one_form(world, head):
    url, written = arrival(world)
    answer = head.post(url, written, follow=True)
    child = Person.objects.get(first_name="Malo")
    assert child.enrolments.get().classroom == world.classrooms["cpb"]
    assert child.guardian_links.get().guardian.full_name == "Rosa Cerceau"
    assert "est dans" in answer.content.decode()


def test_a_pupil_who_comes_later_is_not_said_to_be_there(world, head):
    monday = TODAY + datetime.timedelta(days=6)
    url, written = arrival(world, starts_on=monday.isoformat())
    answer = head.post(url, written, follow=True).text
    said = f"Malo Cerceau sera, le {day_text(monday)}, dans {world.classrooms['cpb'].name}."
    assert said in answer and "est dans" not in answer


def test_a_likeness_is_a_question_and_nothing_is_written_before_the_answer(world, head):
    adam = world.people["child_adam"]
    url, written = arrival(world, first_name="Child", last_name=adam.last_name, birth_date=adam.birth_date.isoformat())
    before = (Person.objects.count(), Enrolment.objects.count())
    page = head.post(url, written).content.decode()
    assert "Une question avant d’inscrire" in page
    assert (Person.objects.count(), Enrolment.objects.count()) == before
    head.post(url, written | {"answer": "new"})
    assert Enrolment.objects.count() == before[1] + 1


def test_the_same_pupil_comes_back_and_the_path_goes_on(world, head):
    adam = world.people["child_adam"]
    Enrolment.objects.filter(pupil=adam).update(ends_on=TODAY - datetime.timedelta(days=5))
    url, written = arrival(world, first_name="Child", last_name=adam.last_name, birth_date=adam.birth_date.isoformat())
    head.post(url, written | {"answer": str(adam.pk)})
    assert adam.enrolments.count() == 2


@pytest.mark.parametrize(
    "changes, sentence",
    [
        ({"first_name": ""}, "«\u00a0Prénom\u00a0» est vide"),
        ({"birth_date": "32/01/2020"}, "Cette date n’est pas reconnue"),
        ({"birth_date": "1980-01-01"}, "relisez l’année"),
        ({"guardian_1_last_name": ""}, "Écrivez le nom et le prénom du responsable."),
        ({"guardian_1_email": "rosa"}, "Cette adresse n’est pas complète"),
        ({"guardian_1_phone": "zéro six"}, "écrivez-le comme 06 12 34 56 78"),
        ({"guardian_2_phone": "0611223345"}, "Écrivez le nom et le prénom du responsable."),
        ({"guardian_2_email": "ali@exemple.fr"}, "Écrivez le nom et le prénom du responsable."),
        ({"level": "CM2"}, "Ce niveau n’est pas celui de"),
        ({"classroom": "0199c1d2-0000-7000-8000-000000000000"}, "Cette réponse n’est plus dans la liste"),
    ],
)
def test_a_slip_is_said_in_a_sentence_and_loses_nothing(world, head, changes, sentence):
    url, written = arrival(world, **changes)
    before = Person.objects.count()
    answer = head.post(url, written)
    page = answer.content.decode()
    assert answer.status_code == 422 and sentence in page
    assert 'value="Cerceau"' in page and Person.objects.count() == before


def test_a_class_is_changed_for_one_of_its_levels(world, head):
    adam = world.people["child_adam"]
    url = reverse("schools:change_class", args=[adam.pk])
    assert "---" not in head.get(url).content.decode()
    written = {"classroom": world.classrooms["cm2"].pk, "level": "CP", "on": TODAY.isoformat()}
    answer = head.post(url, written)
    assert answer.status_code == 422 and "Ce niveau n’est pas celui de" in answer.content.decode()
    head.post(url, written | {"level": world.classrooms["cm2"].levels[0]})
    assert adam.enrolments.current(TODAY).get().classroom == world.classrooms["cm2"]


def test_a_guardian_s_telephone_is_kept_or_its_fault_is_told(world, head):
    adam = world.people["child_adam"]
    written = {"first_name": "Rosa", "last_name": "Cerceau", "kind": "parent", "authority": "unknown"}
    written |= {"starts_on": TODAY.isoformat(), "phone": "12"}
    url = reverse("schools:guardian_new", args=[adam.pk])
    assert "non indiquée</" in as_drawn(head.get(url).text)  # as « autorité » is
    answer = head.post(url, written)
    assert answer.status_code == 422 and "écrivez-le comme 06 12 34 56 78" in as_drawn(answer.text)
    page = as_drawn(head.post(url, written | {"phone": "+33 6 11 22 33 44"}, follow=True).text)
    assert "06 11 22 33 44" in page and "Parent, autorité parentale non indiquée" in page


def test_leaving_and_taking_it_back(world, head):
    adam = world.people["child_adam"]
    head.post(reverse("schools:leaving", args=[adam.pk]), {"on": TODAY.isoformat()})
    assert adam.enrolments.get().ends_on == TODAY
    head.post(reverse("schools:leaving_taken_back", args=[adam.pk]))
    assert adam.enrolments.get().ends_on is None
    again = head.post(reverse("schools:leaving_taken_back", args=[adam.pk]))
    assert again.status_code == 409 and "Ce départ est déjà annulé" in again.text and "Revenir à la page" in again.text


def test_a_restriction_needs_its_reference(world, head):
    link = Guardianship.objects.get(guardian=world.people["guardian_coparent"])
    url = reverse("schools:restriction", args=[link.pk])
    assert head.post(url, {"on": TODAY.isoformat(), "reference": ""}).status_code == 422
    head.post(url, {"on": TODAY.isoformat(), "reference": "JAF 26/112"})
    link.refresh_from_db()
    assert link.restricted_on == TODAY
    head.post(reverse("schools:restriction_lifted", args=[link.pk]))
    link.refresh_from_db()
    assert link.restricted_on is None and link.restriction_reference == ""


def test_a_restriction_says_which_brothers_and_sisters_it_leaves_as_they_are(world, head):
    link, lina = world.people["child_adam"].guardian_links.first(), world.people["child_lina"]
    url = reverse("schools:restriction", args=[link.pk])
    assert "Rien ne change pour" not in head.get(url).text
    lina.guardian_links.create(guardian=link.guardian, starts_on=TODAY)
    said = f"Rien ne change pour {lina.first_name}"
    assert said in head.get(url).text
    assert said in head.post(url, {"on": TODAY.isoformat(), "reference": "JAF 26/1"}, follow=True).text


def test_a_restriction_ends_the_card_of_home_that_this_guardian_may_hold(world, head):
    """It opens the child's pages without an account: who may read nothing keeps no other way in."""
    link = Guardianship.objects.get(guardian=world.people["guardian_coparent"])
    url, teacher = reverse("schools:restriction", args=[link.pk]), world.people["teacher"]
    for kind in ("home", "class"):
        people.make_badges(pupils=[link.child], kind=kind, person=teacher, now=now())
    card = Badge.objects.get(kind="home")
    people.enter_at_home(badge=card, pictures=[], network=None, now=now())
    told = head.post(url, {"on": TODAY.isoformat(), "reference": "JAF 26/112"}, follow=True)
    assert "imprimez-en une autre" in told.content.decode() and not PupilEntry.objects.exists()
    assert list(Badge.objects.filter(ended_at=None).values_list("kind", flat=True)) == ["class"]


def test_a_restriction_recalls_the_password_of_the_pupil_that_this_guardian_may_know(world, head):
    give_password(world.account("pupil_cm2"))
    known, unknown = (world.people[name].guardian_links.first() for name in ("pupil_cm2", "child_adam"))
    for link, is_recalled in ((known, True), (unknown, False)):
        url = reverse("schools:restriction", args=[link.pk])
        page = head.post(url, {"on": TODAY.isoformat(), "reference": "JAF 26/112"}, follow=True).text
        assert ("connaît peut-être" in page) == is_recalled
        assert not is_recalled or reverse("schools:pupil_sheet", args=[link.child_id]) in page


def test_a_class_is_given_until_a_day_of_the_month_that_comes(world, client):
    teacher, room, supply = world.sign_in(client, "teacher"), world.classrooms["cpb"], world.people["supply"]
    supply.mandates.all().delete()
    address, day = reverse("schools:give_class", args=[room.pk]), datetime.timedelta(days=1)
    for until in (TODAY - day, TODAY + 32 * day, ""):
        known = teacher.post(address, {"holder": str(supply.pk), "until": str(until)})
        assert known.status_code == 422 and not supply.mandates.exists(), until
    typed = {"civility": "Mme", "first_name": "Nora", "last_name": "Feutre", "until": str(TODAY + 40 * day)}
    unknown = teacher.post(address, typed | {"holder": str(world.people["guardian"].pk), "until": str(TODAY)})
    assert unknown.status_code == 422 and "n’est plus parmi celles déjà venues" in unknown.text
    assert 'value="Feutre"' in unknown.text and not Mandate.objects.filter(person__last_name="Feutre").exists()
    page = teacher.post(address, typed)
    assert page.status_code == 422 and 'value="Feutre"' in page.text and "Écrivez un jour du" in page.text
    assert "Fiche de connexion" in teacher.post(address, typed | {"until": str(TODAY + 10 * day)}).text
    mandate = Mandate.objects.get(person__last_name="Feutre")
    said = f"jusqu’au soir du {day_text(mandate.ends_on)}"
    assert mandate.ends_on == TODAY + 10 * day
    assert said in teacher.get(reverse("schools:classroom", args=[room.pk])).text


def test_a_class_is_given_in_two_actions(world, client):
    teacher = world.sign_in(client, "teacher_other_class")
    room = world.classrooms["cm2"]
    supply = world.people["supply"]
    address = reverse("schools:give_class", args=[room.pk])
    assert f'href="{address}"' in teacher.get("/aujourdhui/").content.decode()  # the first: « Donner ma classe »
    button = f'name="holder" value="{supply.pk}" formnovalidate>{supply.formal_name}</button>'
    assert button in as_drawn(teacher.get(address).text)  # the second: the name, and it is done
    assert f'name="until" value="{TODAY}"' in teacher.get(address).text  # tonight, unless another day is said
    teacher.post(address, {"holder": str(supply.pk), "until": TODAY.isoformat()})
    mandate = Mandate.objects.get(person=supply, classroom=room)
    assert (mandate.role, mandate.ends_on) == (Role.SUPPLY_TEACHER, TODAY)
    teacher.post(reverse("schools:take_back_class", args=[mandate.pk]))
    assert not Mandate.objects.filter(pk=mandate.pk).exists()


def test_a_supply_teacher_has_the_class_for_the_day_and_not_the_next(world, client, time_machine):
    supply = world.sign_in(client, "supply")
    url = reverse("schools:classroom", args=[world.classrooms["cpb"].pk])
    assert supply.get(url).status_code == 200
    time_machine.move_to(datetime.datetime.combine(TODAY + datetime.timedelta(days=1), datetime.time(9)))
    later = world.sign_in(type(client)(), "supply")
    assert later.get(url).status_code == 404


def test_a_name_taken_is_said_and_nothing_changes(world, head):
    url = reverse("schools:group_new", args=[world.schools["tilleuls"].pk])
    answer = head.post(url, {"name": "canari-DISPOSITIF", "kind": "group"})
    assert answer.status_code == 422 and "déjà pris" in answer.content.decode()
    assert Group.objects.count() == 1


def test_a_group_opens_on_its_page_and_takes_many_pupils_at_once(world, head):
    made = head.post(
        reverse("schools:group_new", args=[world.schools["tilleuls"].pk]), {"name": "Chorale", "kind": "group"}
    )
    group = Group.objects.get(name="Chorale")
    page = reverse("schools:group", args=[group.pk])
    assert made.headers["Location"] == page
    assert "Cochez ses élèves" in head.get(page).text and "Seules la direction" not in head.get(page).text
    assert head.post(page, {}).status_code == 422 and not group.members.exists()
    adam, lina = (world.people[name] for name in ("child_adam", "child_lina"))
    told = head.post(page, {"pupils": [adam.pk, lina.pk]}, follow=True).text
    assert "2 élèves sont dans le groupe Chorale. Leurs familles" in told
    assert f'value="{adam.pk}"' not in told, "who is in it is not offered again"
    assert {member.pupil for member in group.members.all()} == {adam, lina}
    assert head.post(page, {"pupils": [adam.pk]}).status_code == 422 and group.members.count() == 2


@pytest.mark.parametrize("count", [0, 60])
def test_the_register_costs_the_same_whatever_its_size(world, head, count, django_assert_max_num_queries):
    for n in range(count):
        child = Person.objects.create(first_name=f"E{n}", last_name="Toupie")
        Enrolment.objects.create(
            pupil=child, school=world.schools["tilleuls"], classroom=world.classrooms["cpb"], starts_on=TODAY
        )
    for name, args in (
        ("schools:school", [world.schools["tilleuls"].pk]),
        ("schools:classroom", [world.classrooms["cpb"].pk]),
        ("schools:pupil", [world.people["child_adam"].pk]),
        ("schools:group", [world.groups["ulis"].pk]),
        ("schools:team", [world.schools["tilleuls"].pk]),
    ):
        with django_assert_max_num_queries(10):
            assert head.get(reverse(name, args=args)).status_code == 200, name


def test_strangers_get_404_and_colleagues_a_reason(world, client):
    adam = world.people["child_adam"]
    url = reverse("schools:pupil", args=[adam.pk])
    for name, status in (
        ("head", 200),
        ("teacher", 200),
        ("supply", 200),
        ("aesh", 403),
        ("guardian", 403),
        ("teacher_other_class", 404),
        ("head_other_school", 404),
        ("city_education", 404),
        ("ien", 404),
        ("dsden", 404),
        ("operator", 404),
        ("guardian_other_family", 404),
        ("former_teacher", 404),
    ):
        answer = world.sign_in(type(client)(), name).get(url)
        assert answer.status_code == status, name
        assert leaks(answer.content.decode(), name) == set(), name


def test_a_teacher_of_their_own_child_reads_no_contact_of_the_other_parent(world, client):
    teacher, adam = world.people["teacher"], world.people["child_adam"]
    father = world.people["guardian_coparent"]
    father.contacts.create(kind="mobile", value="06 99 88 77 66", match_key="0699887766")
    url = reverse("schools:pupil", args=[adam.pk])
    assert "06 99 88 77 66" in world.sign_in(client, "teacher").get(url).content.decode()
    Guardianship.objects.create(guardian=teacher, child=adam, starts_on=TODAY)
    page = client.get(url).content.decode()
    assert "06 99 88 77 66" not in page and father.full_name in page


def test_a_head_who_is_a_parent_changes_no_guardian_of_the_child(world, head):
    adam = world.people["child_adam"]
    Guardianship.objects.create(guardian=world.people["head"], child=adam, starts_on=TODAY)
    link = Guardianship.objects.get(guardian=world.people["guardian"])
    before = list(Guardianship.objects.order_by("pk").values())
    for url in (
        reverse("schools:guardian_end", args=[link.pk]),
        reverse("schools:restriction", args=[link.pk]),
        reverse("schools:guardian_new", args=[adam.pk]),
    ):
        answer = head.post(url, {"on": TODAY.isoformat(), "reference": "JAF", "first_name": "A", "last_name": "B"})
        assert answer.status_code == 403 and "IEN" in answer.content.decode()
    assert list(Guardianship.objects.order_by("pk").values()) == before


def test_a_class_of_one_level_asks_no_level(world, head):
    url, written = arrival(world, level="")
    assert world.classrooms["cpb"].levels == ["CP"]
    head.post(url, written)
    assert Enrolment.objects.get(pupil__first_name="Malo").level == "CP"
    url, written = arrival(world, level="", classroom="", first_name="Lou")
    assert "Rien n’est choisi" in head.post(url, written).content.decode()
