"""Signs, four pictures and cards of pupils: whose they are, and until when they serve (trust.md P2 to P4, 18)."""

import datetime
import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders

from preau.journal.models import Entry
from preau.kit.dates import school_year_bounds, school_year_label
from preau.kit.spoken.labels import label
from preau.people import actions
from preau.people.models import Badge, Colour, Person, Picture, PictureCode, PupilSign
from preau.people.queries.cards import (
    CODE_PICTURES,
    COLOURS,
    PICTURES,
    badges_of,
    codes_of,
    is_code_of,
    signs_of,
)
from preau.people.templatetags.cards import pupil_sign
from preau.privacy.actions.retention import clocks
from tests.people.shown import pupil_of_badge
from tests.world import TODAY

pytestmark = pytest.mark.django_db
NOW = datetime.datetime.combine(TODAY, datetime.time(9), tzinfo=datetime.UTC)
CLASS, HOME = Badge.Kind.CLASS, Badge.Kind.HOME


def pupils(count):
    made = [Person(first_name=f"Élève {rank}", last_name="Toupie") for rank in range(count)]
    return Person.objects.bulk_create(made)


def test_signs_of_a_class_differ_by_the_drawing_first_then_by_the_colour():
    few, many = pupils(20), pupils(200)
    drawn = {sign.picture for sign in actions.give_signs(pupils=few, now=NOW).values()}
    assert len(drawn) == 20, "as long as there are drawings left, no two share one"
    signs = actions.give_signs(pupils=many, now=NOW).values()
    assert len({(sign.picture, sign.colour) for sign in signs}) == len(PICTURES) * len(COLOURS)
    assert len(signs) == 200


def test_a_sign_given_stays_and_a_newcomer_takes_another(django_assert_num_queries):
    first = pupils(5)
    before = {pk: str(sign) for pk, sign in actions.give_signs(pupils=first, now=NOW).items()}
    everyone = first + pupils(3)
    after = {pk: str(sign) for pk, sign in actions.give_signs(pupils=everyone, now=NOW).items()}
    assert after.items() >= before.items() and len(set(after.values())) == 8
    with django_assert_num_queries(1):
        assert len(signs_of(everyone)) == 8


def test_every_sign_is_drawn_and_said():
    sprite = Path(finders.find("people/yard.svg")).read_text()
    assert len(sprite) < 40_000 and set(re.findall(r'symbol id="(\w+)"', sprite)) == set(PICTURES)
    assert str(PupilSign(picture="flower", colour="green")) == "une fleur verte"
    assert str(PupilSign(picture="boat", colour="violet")) == "un bateau violet"
    drawn = pupil_sign(PupilSign(picture="flower", colour="violet"))
    assert 'aria-label="une fleur violette"' in drawn and 'yard.svg#flower"' in drawn


def test_only_the_four_pictures_in_order_are_the_code(world):
    pupil, other, teacher = world.people["child_adam"], *pupils(1), world.people["teacher"]
    assert not is_code_of(pupil, []), "without pictures, nothing is right"
    code = list(actions.give_codes(pupils=[pupil], person=teacher, now=NOW)[pupil.pk])
    assert len(code) == 4 and set(code) <= set(CODE_PICTURES)
    assert is_code_of(pupil, code) and not is_code_of(other, code)
    wrong = next(each for each in CODE_PICTURES if each != code[0])
    assert not is_code_of(pupil, [wrong, *code[1:]]) and not is_code_of(pupil, code[:3])
    assert not is_code_of(pupil, [*code, code[0]])
    assert not set(code) & set(re.split(r"\W+", PictureCode.objects.get().pictures_sealed)), "kept encrypted"
    actions.give_codes(pupils=[pupil], person=teacher, now=NOW)
    assert codes_of([pupil])[pupil.pk] == tuple(code), "given once"
    actions.give_codes(pupils=[pupil], person=teacher, now=NOW, again=True)
    assert PictureCode.objects.count() == 1


def test_a_card_opens_in_its_own_place_until_another_is_printed(world):
    pupil, teacher = world.people["child_adam"], world.people["teacher"]
    (token,) = actions.make_badges(pupils=[pupil], kind=CLASS, person=teacher, now=NOW).values()
    assert len(token) >= 22 and pupil_of_badge(token, CLASS, TODAY) == pupil
    assert pupil_of_badge(token, HOME, TODAY) is None, "a class's card opens nothing at home"
    row = Badge.objects.get()
    assert pupil_of_badge(row.token_hash, CLASS, TODAY) is None and token not in str(vars(row))
    (home,) = actions.make_badges(pupils=[pupil], kind=HOME, person=teacher, now=NOW).values()
    (again,) = actions.make_badges(pupils=[pupil], kind=CLASS, person=teacher, now=NOW).values()
    found = [pupil_of_badge(*each, TODAY) for each in ((token, CLASS), (again, CLASS), (home, HOME))]
    assert found == [None, pupil, pupil]
    assert set(badges_of([pupil], TODAY)[pupil.pk]) == {CLASS, HOME}
    assert Entry.objects.filter(verb="make_badge", actor_id=teacher.pk).count() == 3


def test_a_card_taken_back_opens_nothing_at_once(world):
    pupil, teacher = world.people["child_adam"], world.people["teacher"]
    tokens = [
        actions.make_badges(pupils=[pupil], kind=kind, person=teacher, now=NOW)[pupil.pk] for kind in (CLASS, HOME)
    ]
    assert actions.end_badges(pupils=[pupil], kind=CLASS, person=teacher, now=NOW) == 1
    assert pupil_of_badge(tokens[0], CLASS, TODAY) is None and pupil_of_badge(tokens[1], HOME, TODAY) == pupil
    assert actions.end_badges(pupils=[pupil], person=teacher, now=NOW) == 1
    assert pupil_of_badge(tokens[1], HOME, TODAY) is None


def test_a_backup_restored_opens_no_card_of_home_again(world):
    pupil, teacher = world.people["child_adam"], world.people["teacher"]
    made = {kind: actions.make_badges(pupils=[pupil], kind=kind, person=teacher, now=NOW) for kind in (CLASS, HOME)}
    assert actions.close_doors(now=NOW)[2] == 1
    found = [pupil_of_badge(tokens[pupil.pk], kind, TODAY) for kind, tokens in made.items()]
    assert found == [pupil, None], "a card of the class opens nothing without a session"


def test_nothing_serves_nor_stays_after_the_31_of_august(world):
    pupil, teacher = world.people["child_adam"], world.people["teacher"]
    (token,) = actions.make_badges(pupils=[pupil], kind=CLASS, person=teacher, now=NOW).values()
    actions.give_codes(pupils=[pupil], person=teacher, now=NOW)
    _, last_day = school_year_bounds(school_year_label(TODAY))
    next_day = last_day + datetime.timedelta(days=1)
    assert pupil_of_badge(token, CLASS, last_day) == pupil and pupil_of_badge(token, CLASS, next_day) is None
    due = [clock for clock in clocks() if {Badge, PictureCode} & set(clock.tables)]
    at = [datetime.datetime.combine(day, datetime.time(12), tzinfo=datetime.UTC) for day in (last_day, next_day)]
    assert [[clock.rows(now).count() for clock in due] for now in at] == [[0, 0], [1, 1]]


def test_each_drawing_and_colour_of_a_sign_is_said_aloud_in_the_words_written():
    written = {f"sign-{one.value}": one.label for one in Picture} | {f"colour-{one.value}": one.label for one in Colour}
    assert {key: label(key).words for key in written} == written


def test_the_card_of_a_pupil_who_left_is_forgotten_the_day_after(world):
    pupil, teacher = world.people["child_adam"], world.people["teacher"]
    actions.make_badges(pupils=[pupil], kind=HOME, person=teacher, now=NOW)
    (due,) = [clock for clock in clocks() if Badge in clock.tables]
    pupil.enrolments.update(ends_on=TODAY)
    assert [due.rows(NOW + datetime.timedelta(days=days)).count() for days in (0, 1)] == [0, 1]
