"""An absence told once: by whom, when, who reads it, and what the other parent does not."""

import datetime
from unittest.mock import patch

import pytest
from django.urls import reverse

from preau.ent.attendance import actions, queries
from preau.ent.attendance.models import Absence, Half
from preau.ent.attendance.views import family
from preau.kit.answers import Conflict, Refused
from preau.privacy.actions import erase_person
from preau.privacy.exports import read_tables
from preau.schools.models import Activity
from tests.ent.attendance.acts import ONE, a_class_day, at, call, missing, tell
from tests.world import TODAY, add_child

pytestmark = pytest.mark.django_db


def page(world, client, who, name="mine", *args):
    return world.sign_in(client, who).get(reverse(f"attendance:{name}", args=args))


def told_by_page(world, client, who="guardian", **said):
    child = str(world.people["child_adam"].pk)
    said = {"child": child, "when": TODAY.isoformat(), "part": "all", "reason": "illness"} | said
    return world.sign_in(client, who).post(reverse("attendance:tell"), said)


def test_a_guardian_tells_corrects_and_takes_back(world, client):
    assert told_by_page(world, client).status_code == 302
    absence = Absence.objects.get()
    assert (absence.starts_on, absence.ends_on, absence.reason) == (TODAY, TODAY, "illness")
    assert "Mon enfant est malade" in page(world, client, "guardian").content.decode()
    edit = reverse("attendance:absence_edit", args=[absence.pk])
    assert client.get(edit).status_code == 200
    said = {"when": "dates", "starts_on": str(TODAY), "part": "am", "reason": "other", "version": absence.version}
    assert client.post(edit, said).status_code == 302
    absence.refresh_from_db()
    assert (absence.last_half, absence.reason) == (Half.MORNING, "other")
    assert client.post(edit, said).status_code == 422  # an older page: what was typed is on it
    assert client.post(reverse("attendance:withdrawal_create", args=[absence.pk])).status_code == 302
    assert queries.absent_halves([absence.child_id], TODAY)[Half.MORNING] == set()


def test_an_absence_is_never_moved_onto_another_one_already_told(world, client):
    """Two of the same days would be one to whoever tells them again, with a reason."""
    monday, tuesday = tell(world), tell(world, day=TODAY + ONE)
    edit = reverse("attendance:absence_edit", args=[tuesday.pk])
    said = {"when": "dates", "starts_on": str(TODAY), "part": "all", "reason": "other", "version": tuesday.version}
    with patch.object(family.days, "halves_on", lambda *_: tuple(Half)):
        refused = world.sign_in(client, "guardian").post(edit, said)
        assert refused.status_code == 422 and "Vous avez déjà annoncé cette absence" in refused.content.decode()
        Absence.objects.filter(pk=tuesday.pk).update(starts_on=TODAY, ends_on=TODAY)  # from before this was refused
        assert told_by_page(world, client, reason="transport").status_code == 302
    monday.refresh_from_db()
    assert monday.reason == "transport", "the first one told is the one put right"


def test_in_the_summer_the_first_days_of_the_new_year_are_told(world):
    """They are the two that the page offers then."""
    summer = next(day for day in (datetime.date(TODAY.year + more, 7, 20) for more in (0, 1)) if day > TODAY)
    first = summer.replace(month=9, day=1)
    guardian, adam = world.people["guardian"], world.people["child_adam"]
    said = {"person": guardian, "child": adam, "now": at(10, day=summer)}
    assert actions.tell_absence(starts_on=first, ends_on=first, **said).starts_on == first
    with pytest.raises(Conflict, match="après la fin"):
        actions.tell_absence(starts_on=first, ends_on=first.replace(year=first.year + 1), **said)


def test_a_second_press_of_taking_back_says_that_it_is(world, client):
    url = reverse("attendance:withdrawal_create", args=[tell(world).pk])
    world.sign_in(client, "guardian").post(url)
    again = client.post(url, follow=True)
    assert again.status_code == 200 and "Cette absence est retirée" in again.content.decode()


def test_the_other_parent_reads_the_days_and_neither_the_reason_nor_who(world, client):
    tell(world, reason="gathering")
    found = page(world, client, "guardian_coparent").content.decode()
    assert "L’école le sait" in found and "Réunion de famille" not in found and "Canari-guardian" not in found
    absence = Absence.objects.get()
    for name in ("absence_edit", "withdrawal_create"):
        path = reverse(f"attendance:{name}", args=[absence.pk])
        assert world.sign_in(client, "guardian_coparent").post(path).status_code == 404
    assert page(world, client, "guardian_restricted").status_code == 403
    kept = read_tables(world.people["child_adam"])  # one parent may read the child's archive
    assert "réunion de famille" not in str(kept)
    assert "réunion de famille" in str(read_tables(world.people["guardian"]))


def test_the_class_reads_the_reason_but_not_for_its_own_child(world, client):
    tell(world, reason="illness")
    room = world.classrooms["cpb"].pk
    for who in ("teacher", "supply", "head"):
        assert "enfant malade" in page(world, client, who, "classroom_roll", room).content.decode(), who
    for who in ("aesh", "atsem", "canteen", "city_education", "ien", "teacher_other_class"):
        assert page(world, client, who, "classroom_roll", room).status_code == 404, who
    world.people["child_adam"].guardian_links.create(
        guardian=world.people["teacher"], starts_on=world.before, kind="parent"
    )
    assert "enfant malade" not in page(world, client, "teacher", "classroom_roll", room).content.decode()


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ({"when": "dates"}, "Choisissez le premier jour"),
        ({"when": "dates", "starts_on": str(TODAY), "ends_on": str(TODAY - ONE)}, "Le dernier jour est avant"),
        ({"when": "dates", "starts_on": str(TODAY - 60 * ONE)}, "dites-le à l’école"),
        ({"when": "dates", "starts_on": "2099-09-01"}, "fin de l’année scolaire"),
        ({"when": "dates", "starts_on": str(TODAY - ONE), "ends_on": str(TODAY), "part": "am"}, "Toute la journée"),
        ({"child": "autre"}, "n’est plus dans la liste"),
    ],
)
def test_what_cannot_be_said_is_told_and_loses_nothing(world, client, said, told):
    answer = told_by_page(world, client, **said)
    assert answer.status_code == 422 and told in answer.content.decode()
    illness = answer.content.decode().partition('value="illness"')[2].partition(">")[0]
    assert "checked" in illness
    assert not Absence.objects.exists()


def test_two_siblings_are_told_of_in_one_act_and_each_class_has_its_own(world, client, monkeypatch):
    one, two = (world.people[f"child_two_{name}"] for name in ("one", "two"))
    listed = page(world, client, "guardian_two_schools", "tell").text
    assert "Quels enfants" in listed and listed.count('type="checkbox" name="child"') == 2
    both = {"who": "guardian_two_schools", "child": [str(one.pk), str(two.pk)], "reason": "gathering"}
    assert "Choisissez un enfant" in told_by_page(world, client, **both | {"child": []}).text
    assert told_by_page(world, client, **both).status_code == 302
    assert [row.child for row in Absence.objects.order_by("child")] == sorted((one, two), key=lambda child: child.pk)
    mine = page(world, client, "guardian_two_schools").text
    assert mine.count("Réunion de famille importante") == 2 and mine.count("Retirer") == 2
    for room, child in (("gs", one), ("saules_cm2", two)):
        (line,) = [
            each
            for each in queries.roll_of(world.classrooms[room], TODAY, Half.MORNING, reader=world.people["head"]).lines
            if each.is_absent
        ]
        assert line.pupil == child and line.said == "réunion de famille importante"
    again = told_by_page(world, client, **both)  # all of it is told
    assert again.status_code == 422 and "déjà annoncé cette absence" in again.text and again.text.count(" checked") == 5
    Absence.objects.get(child=two).delete()
    assert told_by_page(world, client, **both | {"reason": "other"}).status_code == 302
    assert {row.child: row.reason for row in Absence.objects.all()} == {one: "other", two: "other"}


def test_two_siblings_are_told_of_both_or_neither(world, client, monkeypatch):
    one, two = (world.people[f"child_two_{name}"] for name in ("one", "two"))
    far = add_child(world, "child_far", "cpb", "CP")  # the last of them to be written
    when = {"starts_on": TODAY, "first_half": Half.MORNING, "ends_on": TODAY, "last_half": Half.AFTERNOON}
    with pytest.raises(Refused):
        actions.tell_absences(
            person=world.people["guardian_two_schools"], children=[one, far], reason="", now=at(8), **when
        )
    assert not Absence.objects.exists()

    def with_one_school_closed(school, day, has_wednesday):
        return () if school == world.schools["saules"] else tuple(Half)

    monkeypatch.setattr("preau.ent.attendance.days.halves_on", with_one_school_closed)
    answer = told_by_page(world, client, "guardian_two_schools", child=[str(one.pk), str(two.pk)])
    assert answer.status_code == 422 and f"{two.first_name}\u00a0: il n’y a pas classe" in answer.text
    assert not Absence.objects.exists()


def test_said_twice_it_is_one_and_only_for_ones_child(world):
    tell(world)
    with pytest.raises(Conflict):
        tell(world)
    tell(world, "guardian_coparent")  # each holder says it for themselves
    with pytest.raises(Refused):
        tell(world, "guardian_other_family")
    with pytest.raises(Refused):
        tell(world, "guardian_restricted")


def test_noon_is_answered_by_the_morning_and_the_appel_alone_counts_once_made(world):
    adam, lina = world.people["child_adam"].pk, world.people["child_lina"].pk
    tell(world, first_half=Half.MORNING, last_half=Half.MORNING)
    assert queries.absent_halves([adam, lina], TODAY)[Half.MORNING] == {adam}
    assert queries.absent_halves([adam, lina], TODAY)[Half.AFTERNOON] == set()
    call(world, "child_lina")  # Adam came all the same
    assert queries.absent_halves([adam, lina], TODAY)[Half.MORNING] == {lina}


def test_a_reason_is_given_afterwards_by_the_family_or_noted_by_the_school(world, client):
    call(world, "child_adam", "child_lina")
    found = page(world, client, "guardian").content.decode()
    assert "absence sans raison" in found and "Child" in found
    explain = reverse("attendance:explain", args=[missing(world).pk])
    assert world.sign_in(client, "guardian_other_family").get(explain).status_code == 404
    assert world.sign_in(client, "guardian").post(explain, {"reason": ""}).status_code == 422
    assert client.post(explain, {"reason": "transport"}).status_code == 302
    assert "absence sans raison" not in page(world, client, "guardian_coparent").content.decode()
    note = reverse("attendance:reason_note", args=[missing(world, "child_lina").pk])
    assert world.sign_in(client, "aesh").get(note).status_code == 404
    heard = world.sign_in(client, "teacher").get(note).text
    assert "Enfant malade" in heard and "Mon enfant" not in heard
    assert "C’est noté" in client.post(note, {"reason": "illness"}, follow=True).text
    assert client.post(note, {"reason": "other"}).status_code == 302  # heard again: put right
    assert Absence.objects.get(way="school").reason == "other"
    assert "malade" not in page(world, client, "guardian_other_family").content.decode()


def test_what_the_school_noted_is_not_the_adults_who_wrote_it(world):
    """Neither in their archive, nor gone with them."""
    call(world, "child_adam")
    actions.note_reason(person=world.people["head"], missing=missing(world), reason="gathering", now=at(10))
    assert "réunion de famille" not in str(read_tables(world.people["head"]))
    erase_person(subject=world.people["head"], person=None, now=at(11))
    assert Absence.objects.get().reason == "gathering"


@pytest.mark.parametrize("restricted", [False, True])
def test_who_teaches_their_own_child_neither_reads_nor_changes_what_the_other_told(world, client, restricted):
    teacher, head = world.people["teacher"], world.people["head"]
    link = world.people["child_adam"].guardian_links.create(guardian=teacher, starts_on=world.before, kind="parent")
    if restricted:
        type(link).objects.filter(pk=link.pk).update(restricted_on=TODAY, restriction_reference="x")
    call(world, "child_adam", who="head")
    noted = actions.note_reason(person=head, missing=missing(world), reason="gathering", now=at(10))
    client = world.sign_in(client, "teacher")
    for name in ("absence_edit", "withdrawal_create"):
        assert client.post(reverse(f"attendance:{name}", args=[noted.pk])).status_code == 404
    with pytest.raises(Refused):
        actions.withdraw_absence(person=teacher, absence=noted, now=at(11))
    with pytest.raises(Refused):
        actions.note_reason(person=teacher, missing=missing(world), reason="other", now=at(11))
    page = client.get(reverse("attendance:classroom_roll", args=[world.classrooms["cpb"].pk]))
    assert "réunion de famille" not in page.text
    noted.refresh_from_db()
    assert noted.withdrawn_at is None and noted.reason == "gathering"


def test_what_the_school_put_right_is_not_explained(world):
    call(world, "child_adam")
    found = missing(world)
    call(world, version=1, now=at(9))
    with pytest.raises(Conflict):
        actions.note_reason(person=world.people["head"], missing=found, reason="illness", now=at(10))


def test_each_guardians_home_says_whose_absence_it_is_until_it_is_told(world, client):
    call(world, "child_adam")
    for who in ("guardian", "guardian_coparent"):
        home = world.sign_in(client, who).get("/aujourdhui/").content.decode()
        assert "1\xa0absence sans raison" in home and reverse("attendance:explain", args=[missing(world).pk]) in home
    assert (
        "absence sans raison" not in world.sign_in(client, "guardian_other_family").get("/aujourdhui/").content.decode()
    )
    tell(world, reason="other")
    assert "absence sans raison" not in world.sign_in(client, "guardian").get("/aujourdhui/").content.decode()


def heard(answer, client):
    page = client.get(answer.url)
    return [str(message) for message in page.context["messages"]][-1]


def test_what_is_said_after_the_appel_is_true_of_the_appel_and_of_the_canteen(world, client):
    """The canteen counts by the appel once it is made: it knows nothing of what is told since."""
    adam = world.people["child_adam"].pk
    assert "la cantine saura seulement l’absence" in heard(told_by_page(world, client, reason=""), client)
    absence = Absence.objects.get()
    call(world, "child_adam")
    assert "la cantine saura" in heard(told_by_page(world, client), client)  # the appel says it already
    client.post(reverse("attendance:withdrawal_create", args=[absence.pk]))
    call(world, version=1, now=at(8, 50))
    said = heard(told_by_page(world, client, part="pm"), client)
    assert said == family.TOLD
    edit = reverse("attendance:absence_edit", args=[Absence.objects.live().get().pk])
    moved = {"when": "dates", "starts_on": str(TODAY), "part": "all", "reason": "", "version": 1}
    with patch.object(family, "now", lambda: at(8, 55)):
        said = heard(client.post(edit, moved), client)
    assert said == f"{family.CORRECTED} {family.VERIFIES} {family.NOON_FOLLOWS}"
    assert queries.halves_to_verify([adam], TODAY) == {Half.MORNING}
    assert queries.absent_halves([adam], TODAY)[Half.MORNING] == set()


def test_a_day_gone_by_is_not_the_canteens(world, client):
    day = str(a_class_day())
    said = heard(told_by_page(world, client, when="dates", starts_on=day, ends_on=day), client)
    assert said == family.TOLD_TO_SCHOOL


def test_of_a_child_who_has_left_no_absence_is_asked_and_the_home_says_so(world, client):
    lina = world.people["child_lina"]
    lina.enrolments.update(ends_on=TODAY - ONE)
    said, url = "L’inscription n’a pas commencé", reverse("attendance:tell")
    world.sign_in(client, "guardian_other_family")
    home = client.get("/aujourdhui/").text
    assert said in home and url not in home and url not in client.get(reverse("attendance:mine")).text
    for refused in (client.get(url, {"enfant": str(lina.pk)}), client.post(url, {"child": str(lina.pk)})):
        assert refused.status_code == 403 and said in refused.text
    add_child(world, "child_second", "cm2", "CM2", ["guardian_other_family"])
    home = client.get("/aujourdhui/").text
    assert said not in home and home.count(url) == 1 and client.get(url).status_code == 200
    canteen = Activity.objects.create(afterschool=world.afterschools["saules"], kind=Activity.Kind.CANTEEN)
    canteen.enrolments.create(child=lina, days="1245", starts_on=world.before)  # the city's file still says so
    home = client.get("/aujourdhui/").text
    assert said in home and home.count(url) == 1
