"""The « accord de diffusion »: who answers, what the answers make, what nobody else learns."""

import datetime
import re

import pytest
from django.urls import reverse
from django.utils.timezone import now

from preau.journal.models import Entry
from preau.kit.answers import Refused
from preau.media.clocks import CLOCKS
from preau.media.models import Accord, Perimeter
from preau.media.queries.accords import without_accord
from preau.people.models import Mandate, Person, Role
from preau.schools.models import Guardianship
from tests.accords import say
from tests.world import TODAY

pytestmark = pytest.mark.django_db
CLASS, SCHOOL, PUBLIC = Perimeter
IMAGE, WORK = Accord.Kind.IMAGE, Accord.Kind.WORK
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="[^"]*"')


def lacks(world, kind=IMAGE, perimeter=CLASS, child="child_adam"):
    one = Person.objects.filter(pk=world.people[child].pk)
    return without_accord(one, kind, perimeter, TODAY).exists()


def link(world, who, **changes):
    Guardianship.objects.filter(guardian=world.people[who], child=world.people["child_adam"]).update(**changes)


def test_unanswered_is_no_and_each_holder_says_yes(world):
    assert lacks(world)
    say(world, "guardian", "child_adam")
    assert lacks(world)
    say(world, "guardian_coparent", "child_adam", kinds=[IMAGE])
    assert not any(lacks(world, IMAGE, perimeter) for perimeter in Perimeter) and lacks(world, WORK)
    say(world, "guardian_coparent", "child_adam", "no", kinds=[IMAGE], perimeters=[SCHOOL])
    assert [lacks(world, IMAGE, perimeter) for perimeter in Perimeter] == [False, True, True]


@pytest.mark.parametrize(
    "changes, is_asked",
    [
        ({"authority": "no"}, False),
        ({"authority": "unknown"}, True),
        ({"authority": "unknown", "kind": "foster"}, False),
        ({"ends_on": TODAY - datetime.timedelta(days=1)}, False),
        ({"restricted_on": TODAY, "restriction_reference": "JAF 2026/1"}, False),
    ],
)
def test_who_is_asked_is_who_holds_authority(world, changes, is_asked):
    say(world, "guardian", "child_adam")
    link(world, "guardian_coparent", **changes)
    assert lacks(world) is is_asked


def test_what_somebody_refused_before_a_judge_restricted_them_stays_refused(world):
    say(world, "guardian_coparent", "child_adam", "no")
    link(world, "guardian_coparent", restricted_on=TODAY, restriction_reference="JAF 2026/1")
    say(world, "guardian", "child_adam")
    assert lacks(world)


def test_a_child_for_whom_nobody_can_answer_is_not_shown(world):
    say(world, "guardian_ulis", "child_ulis")
    assert not lacks(world, child="child_ulis")
    Guardianship.objects.filter(child=world.people["child_ulis"]).update(ends_on=TODAY - datetime.timedelta(days=1))
    assert lacks(world, child="child_ulis")


def test_answers_are_kept_with_their_dates_and_the_last_counts(world):
    early, late = now() - datetime.timedelta(days=30), now()
    for at, answer in ((early, "yes"), (early, "yes"), (late, "no")):
        say(world, "guardian_ulis", "child_ulis", answer, kinds=[IMAGE], perimeters=[CLASS], now=at)
    rows = Accord.objects.order_by("at").values_list("answer", "at", "replaced_at")
    assert list(rows) == [("yes", early, late), ("no", late, None)] and lacks(world, child="child_ulis")
    assert Entry.objects.filter(verb="accord.say").count() == 2
    assert not CLOCKS[0].rows(late).exists()
    long_ago = early - datetime.timedelta(days=800)
    Accord.objects.filter(answer="yes").update(at=long_ago, replaced_at=long_ago)
    assert [one.answer for one in CLOCKS[0].rows(late)] == ["yes"]


def test_only_a_holder_answers_and_the_school_copies_a_signed_paper(world):
    Mandate.objects.create(
        person=world.people["guardian"], role=Role.TEACHER, classroom=world.classrooms["cpb"], starts_on=TODAY
    )
    for name, person in world.people.items():
        for guardian in {person, world.people["guardian_coparent"]}:
            allowed = (name == "guardian" and guardian == person) or name == "guardian_coparent"
            allowed = allowed or (guardian != person and name in {"teacher", "head", "suspended"})
            if allowed:
                say(world, None, "child_adam", person=person, guardian=guardian)
            else:
                with pytest.raises(Refused):
                    say(world, None, "child_adam", person=person, guardian=guardian)
    Accord.objects.all().delete()
    say(world, None, "child_adam", person=world.people["head"], guardian=world.people["guardian_coparent"])
    assert set(Accord.objects.values_list("way", "noted_by")) == {("paper", world.people["head"].pk)}


def page(world, client, who, child="child_adam"):
    return world.sign_in(client, who).get(reverse("media:child_accords", args=[world.people[child].pk]))


def press(client, world, said, child="child_adam"):
    address = reverse("media:answer_create", args=[world.people[child].pk])
    return client.post(address, {"say": said}, follow=True).content.decode()


def test_a_guardian_answers_and_takes_back_in_two_actions_from_home(world, client):
    home = world.sign_in(client, "guardian_ulis").get("/aujourdhui/").content.decode()
    address = reverse("media:child_accords", args=[world.people["child_ulis"].pk])
    assert f'href="{address}"' in home
    assert "Pas répondu" in client.get(address).content.decode()
    assert "depuis le" in press(client, world, "image.1.yes", "child_ulis") and not lacks(world, child="child_ulis")
    assert 'value="image.1.no"' in client.get(address).content.decode()
    assert "C’est retiré" in press(client, world, "image.1.no", "child_ulis") and lacks(world, child="child_ulis")
    assert "Touchez oui ou non" in press(client, world, "image.9.yes", "child_ulis")
    press(client, world, "rest", "child_ulis")
    assert Accord.objects.current().filter(answer="no").count() == 9
    assert "Non à tout ce qui reste" not in client.get(address).content.decode()


def test_a_yes_that_another_lacks_is_said_without_saying_whose(world, client):
    say(world, "guardian_coparent", "child_adam", kinds=[IMAGE])
    shown = press(world.sign_in(client, "guardian_coparent"), world, "image.1.yes")
    assert "Pour l’instant, c’est non" in shown and "Chaque responsable légal" in shown
    assert "lignes du dessus" in press(client, world, "voice.3.yes")


def test_one_parent_learns_nothing_of_what_the_other_answered(world, client):
    """Before they answer themselves the page is the same, whatever the other said; and after, no day is the other's."""
    before = TOKEN.sub("", page(world, client, "guardian_coparent").content.decode())
    say(world, "guardian", "child_adam", now=now() - datetime.timedelta(days=40))
    assert TOKEN.sub("", page(world, client, "guardian_coparent").content.decode()) == before
    say(world, "guardian_coparent", "child_adam")
    shown = page(world, client, "guardian_coparent").content.decode()
    assert shown.count("depuis le") == 9 and world.people["guardian"].last_name not in shown


def test_who_meets_the_page_of_a_child(world, client):
    for name in (one for one in world.actors() if one not in (None, "suspended")):
        expected = 200 if name in ("guardian", "guardian_coparent") else 404
        assert page(world, client, name).status_code == expected, name
    link(world, "guardian_coparent", authority="no")
    shown = page(world, client, "guardian_coparent").content.decode()
    assert "n’avez pas l’autorité parentale" in shown and '<button class="btn" name="say"' not in shown


def test_the_class_reads_how_far_each_is_shown_and_notes_a_paper(world, client, django_assert_max_num_queries):
    say(world, "guardian", "child_adam")
    say(world, "guardian_coparent", "child_adam", perimeters=[CLASS])
    address = reverse("media:classroom_accords", args=[world.classrooms["cpb"].pk])
    for name in (one for one in world.actors() if one not in (None, "suspended")):
        expected = 200 if name in ("teacher", "head") else 404
        assert world.sign_in(client, name).get(address).status_code == expected, name
    with django_assert_max_num_queries(10):
        shown = world.sign_in(client, "teacher").get(address).content.decode()
    assert shown.count(">la classe<") == 3 and shown.count(">non<") == 3
    pupil, paper = world.people["child_lina"], world.people["guardian_paper"]
    address = reverse("media:pupil_accords", args=[pupil.pk])
    assert "guardian_paper" in client.get(address).content.decode()
    sent = {"guardian": paper.pk, "image.1": "yes", "image.2": "no"}
    assert client.post(address, sent).status_code == 302
    noted = Accord.objects.filter(guardian=paper).order_by("perimeter").values_list("perimeter", "answer", "way")
    assert list(noted) == [(1, "yes", "paper"), (2, "no", "paper")]
    assert "recopié d’un papier" in client.get(address).content.decode()
