"""« Un mot de la classe »: the teacher chooses which one, and pupils are led to it."""

import datetime

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.timezone import now

from preau.ent.lessons import actions, rules
from preau.ent.lessons.middleware import PATH
from preau.ent.lessons.models import Activity, Lesson
from preau.ent.posts import actions as posts
from preau.ent.posts import rules as post_rules
from preau.kit.answers import Conflict
from preau.spaces import actions as spaces
from tests.ent.lessons.acts import join, mixed, open_lesson
from tests.ent.lessons.test_works import seated

pytestmark = pytest.mark.django_db
FIRST, LAST = "Nous avons semé des radis dans la cour", "Jeudi, nous irons à la bibliothèque"


def body(answer):
    return answer.content.decode().replace("\xa0", " ")


def told(world, text, who="teacher", place="cpb", scope=None, ago=0):
    place = (world.classrooms | world.groups)[place]
    scope = scope or ("class" if place in world.classrooms.values() else "group")
    at = now() - datetime.timedelta(hours=ago)
    return posts.publish_post(person=world.people[who], place=place, scope=scope, text=text, now=at)


@pytest.fixture
def words(world):
    """Two of the CP B, the last one later; what its families alone read is none."""
    told(world, "Le conseil se réunit.", scope="families")
    return told(world, FIRST, ago=30), told(world, LAST, ago=1)


def form_of(world, client, who="teacher", place="cpb"):
    page = reverse("lessons:classroom_lesson", args=[world.classrooms[place].pk])
    return page, world.sign_in(client, who).get(page).context["form"]


def test_the_last_words_are_offered_the_newest_chosen_already(world, client, words):
    first, last = words
    page, form = form_of(world, client)
    choices = dict(form.fields["word"].choices)
    assert list(choices) == [str(last.pk), str(first.pk)]
    assert choices[str(first.pk)].endswith(f"\xa0: {FIRST}") and "Le conseil" not in str(choices)
    client.post(page, {"activity": "word", "word": str(last.pk)})
    assert Lesson.objects.get().word == last
    Lesson.objects.all().delete()
    client.post(page, {"activity": "word"})  # one action less, as before
    assert Lesson.objects.get().word == last
    Lesson.objects.all().delete()
    client.post(page, {"activity": "page", "word": str(first.pk)})
    assert Lesson.objects.get().word is None
    Lesson.objects.all().delete()
    posts.withdraw_post(person=world.people["teacher"], post=first, now=now())
    assert "word" not in form_of(world, client)[1].fields  # there is nothing to choose from


def test_a_long_list_says_the_last_ones_in_a_line_each(world, client):
    for ago in range(10):
        told(world, f"{ago} " + "un long récit de la classe de mer " * 5, ago=ago)
    choices = form_of(world, client)[1].fields["word"].choices
    assert len(choices) == 8 and all(len(words) < 100 and words.endswith("…") for _, words in choices)
    assert [words.split(": ")[1].split()[0] for _, words in choices] == [str(ago) for ago in range(8)]


def test_pupils_are_led_to_it_alone_then_to_the_wall(world, words):
    lesson = open_lesson(world, activity="word", word=str(words[0].pk))
    _, tablet = seated(world, lesson, "child_adam")
    page, wall = reverse("lessons:word"), reverse("lessons:wall")
    home = tablet.get(reverse("lessons:home"))
    assert home.context["tiles"][0].url == page and home.context["is_led"]
    html = body(tablet.get(page))
    assert FIRST in html and LAST not in html and f'href="{wall}"' in html
    html = body(tablet.get(wall))
    assert html.index(LAST) < html.index(FIRST)
    posts.withdraw_post(person=world.people["teacher"], post=words[0], now=now())
    assert tablet.get(page)["Location"] == wall
    actions.lead_lesson(person=world.people["teacher"], lesson=lesson, activity="page", now=now())
    assert tablet.get(reverse("lessons:home")).context["tiles"][4].url == wall
    assert tablet.get(page)["Location"] == wall


def test_without_any_word_the_wall_is_what_it_was(world):
    _, tablet = seated(world, open_lesson(world, activity="word"), "child_adam")
    assert tablet.get(reverse("lessons:home")).context["tiles"][0].url == reverse("lessons:wall")


def test_the_next_activity_offers_them_too_and_another_word_is_another_task(world, client, words):
    first, last = words
    lesson = open_lesson(world, activity="word", word=str(first.pk))
    page = reverse("lessons:activity", args=[lesson.pk])
    form = world.sign_in(client, "teacher").get(page).context["form"]
    assert form["word"].value() is None  # it begins blank: the first of the list is the last one told
    for word, rank in ((first, 1), (last, 2)):
        client.post(page, {"activity": "word", "word": str(word.pk)})
        lesson.refresh_from_db()
        assert (lesson.word, lesson.task_number) == (word, rank)
    actions.close_lesson(person=world.people["teacher"], lesson=lesson, now=now())
    lesson.refresh_from_db()
    assert lesson.word is None


def test_a_word_of_another_place_is_refused_and_the_last_of_a_group_is_given(world, client, words):
    group = mixed(world)
    ours = told(world, "Nous cherchons des feuilles.", place="mixed")
    told(world, "Le mot de la directrice.", who="head", place="mixed")
    page, form = form_of(world, client)
    choices = dict(form.fields["word"].choices)
    assert choices[""] == "Le dernier" and choices[str(ours.pk)].startswith("Décloisonnement, ")
    assert "directrice" not in str(choices)  # they serve in it by their class alone, and read none of it
    sent = {"activity": "word", "place": str(group.pk)}
    answer = client.post(page, sent | {"word": str(words[0].pk)})
    assert answer.status_code == 422 and "Ce mot n’est pas de Décloisonnement" in body(answer)
    client.post(page, sent | {"word": ""})
    lesson = Lesson.objects.get()
    assert lesson.word == ours
    _, tablet = seated(world, lesson, "child_adam")
    assert "des feuilles" in body(tablet.get(reverse("lessons:word")))  # which his class does not hear
    with pytest.raises(Conflict):
        actions.lead_lesson(
            person=world.people["teacher"], lesson=lesson, activity="word", word=str(words[0].pk), now=now()
        )


def test_nobody_is_offered_a_word_that_they_do_not_read(world, words):
    mixed(world)
    said = [*words, told(world, "À deux classes.", place="mixed"), told(world, "Au CM2.", "teacher_other_class", "cm2")]
    said += [
        told(world, "Au dispositif.", "head", "ulis"),
        told(world, "Aux Saules.", "head_other_school", "saules_cm2"),
    ]
    offered = {}
    for name, person in world.people.items():
        found = set(rules.words_given_by(person, world.today))
        assert found <= set(post_rules.posts_visible_to(person, world.today)), name
        offered[name] = {said.index(post) for post in found}
    some = {name: found for name, found in offered.items() if found}
    assert some.pop("suspended") == {0, 1}  # a title, and no way in
    assert some == {
        "teacher": {0, 1, 2},
        "supply": {0, 1},
        "teacher_other_class": {3},
        "head": {0, 1, 2, 3, 4},
        "head_other_school": {5},
        "teacher_other_school": {5},
    }


def test_it_comes_to_a_tablet_before_its_pupils_while_it_is_told(world, words):
    lesson, tablet = open_lesson(world, activity="word", word=str(words[0].pk)), Client()
    given = reverse("lessons:given_now")
    device = join(lesson, tablet)
    assert FIRST not in body(tablet.get(given, follow=True))  # not accepted
    actions.accept_devices(person=world.people["teacher"], lesson=lesson, numbers=[device.number], now=now())
    with CaptureQueriesContext(connection) as asked:
        html = body(tablet.get(given))
    assert FIRST in html and LAST not in html and 'data-listen="mot"' in html and len(asked) <= 10
    stop = spaces.stop_place(
        person=world.people["head"], place=world.classrooms["cpb"], readers=["pupils"], why="check", now=now()
    )[0]
    assert FIRST not in body(tablet.get(given))
    spaces.start_again(person=world.people["head"], stop=stop, now=now())
    assert FIRST in body(tablet.get(given))
    posts.withdraw_post(person=world.people["teacher"], post=words[0], now=now())
    assert FIRST not in body(tablet.get(given))


def test_the_pulse_tells_whether_it_is_told_as_the_rule_says_it_in_one_query(world, words, django_assert_num_queries):
    lesson = open_lesson(world, activity="word", word=str(words[0].pk))
    (_, tablet), head, teacher = seated(world, lesson, "child_adam"), world.people["head"], world.people["teacher"]

    def mark():
        """Since when, as the pulse says it: 0 when the rule gives nothing."""
        with django_assert_num_queries(1):
            said = tablet.get(PATH).content.decode().split()[-1]
        lesson.refresh_from_db()
        assert (said != "0") == rules.word_given_in(lesson).exists(), said
        return said

    first = mark()
    assert first != "0" and mark() == first
    cpb, school = world.classrooms["cpb"], world.schools["tilleuls"]
    for place, readers in ((cpb, "pupils"), (school, "pupils"), (school.city, "families")):
        by = world.people["city_education"] if place == school.city else head
        stop = spaces.stop_place(person=by, place=place, readers=[readers], why="check", now=now())[0]
        assert mark() == "0", place
        spaces.start_again(person=by, stop=stop, now=now())
        assert mark() == first
    posts.edit_post(person=teacher, post=words[0], text="Des radis et des fèves.", now=now())
    again = mark()
    assert again not in ("0", first)  # tablets read it again
    posts.withdraw_post(person=teacher, post=words[0], now=now())
    assert mark() == "0"
    actions.lead_lesson(person=teacher, lesson=lesson, activity="word", word=str(words[1].pk), now=now())
    assert mark() not in ("0", first, again)
    actions.lead_lesson(person=teacher, lesson=lesson, activity="page", now=now())
    assert mark() == "0"


def test_a_post_thrown_away_leaves_the_session_as_it_is(world, words):
    lesson = open_lesson(world, activity=Activity.WORD, word=str(words[0].pk))
    words[0].publication.delete()
    lesson.refresh_from_db()
    assert lesson.word is None and lesson.activity == Activity.WORD
