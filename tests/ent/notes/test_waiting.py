"""What waits for a guardian: for each of their children, what is asked, goes on, and was not answered."""

import datetime
from itertools import product

import pytest
from django.utils.timezone import localdate, now

from preau.ent.notes.models import Nature, Note
from preau.ent.notes.queries import family
from preau.schools.models import Enrolment, Guardianship
from preau.spaces import audiences
from preau.spaces.models import Reach
from tests.ent.notes.acts import answer, send

pytestmark = pytest.mark.django_db


@pytest.fixture
def sister(world):
    """A second child of the guardian in the same class."""
    lina = world.people["child_lina"]
    Guardianship.objects.create(guardian=world.people["guardian"], child=lina, starts_on=world.before, authority="yes")
    return lina


def waiting(world, who="guardian", **which):
    person = world.people[who]
    found = family.waiting_for(person, audiences.memberships_of(person, localdate()), localdate(), now(), **which)
    return [(one.note.title, one.child_id) for one in found]


def test_a_mot_waits_for_each_child_until_it_is_answered_for_them(world, sister, django_assert_num_queries):
    adam = world.people["child_adam"]
    note = send(world)
    answer(world, note, child="child_adam")
    send(world, title="Photo")
    person = world.people["guardian"]
    mine = audiences.memberships_of(person, localdate())
    with django_assert_num_queries(1):
        found = family.waiting_for(person, mine, localdate(), now())
    assert [one.note.title for one in found] == ["Sortie au parc", "Photo", "Photo"]
    assert [found[0].child_id, {one.child_id for one in found[1:]}] == [sister.pk, {adam.pk, sister.pk}]
    assert waiting(world, child_id=adam.pk) == [("Photo", adam.pk)]
    assert waiting(world, "guardian_coparent") == [("Sortie au parc", adam.pk), ("Photo", adam.pk)]


def test_what_was_answered_for_a_child_who_left_waits_for_the_other(world, sister):
    answer(world, send(world), child="child_adam")
    Enrolment.objects.filter(pupil=world.people["child_adam"]).delete()
    Guardianship.objects.filter(child=world.people["child_adam"]).delete()
    assert waiting(world) == [("Sortie au parc", sister.pk)]


def test_each_child_has_the_mots_of_their_own_class(world):
    one, two = send(world, "teacher_other_school", "saules_cm2"), send(world, "head", "gs", title="Piscine")
    found = {("Sortie au parc", world.people["child_two_two"].pk), ("Piscine", world.people["child_two_one"].pk)}
    assert set(waiting(world, "guardian_two_schools")) == found
    answer(world, one, "guardian_two_schools", "child_two_two")
    assert waiting(world, "guardian_two_schools") == [(two.title, world.people["child_two_one"].pk)]


def test_a_mot_that_reaches_a_child_twice_is_one_line(world):
    note = send(world)
    (school,) = audiences.keys(world.schools["tilleuls"], [audiences.Readers.FAMILIES])
    Reach.objects.create(publication=note.publication, audience=school, at=now())
    assert waiting(world) == [("Sortie au parc", world.people["child_adam"].pk)]


def test_what_waits_is_read_as_the_query_says_whose_sql_is_not_kept(world, sister):
    for title in ("Sortie", "Photo"):
        note = send(world, title=title)
    answer(world, note)
    today, since = localdate(), now() - family.WAITS_FOR
    for who, count in (("guardian", 3), ("guardian_coparent", 2), ("guardian_other_family", 2)):
        mine = family._as_family(audiences.memberships_of(world.people[who], today), today)
        of_child = {m.child_id: [one for one in mine if one.child_id == m.child_id] for m in mine}
        plain = family._unanswered(of_child.items(), world.people[who].pk, today, since)
        assert {(row.title, row.child) for row in plain} == set(waiting(world, who))
        assert len(waiting(world, who)) == count


def test_what_is_over_for_a_reader_is_over_for_the_query(world):
    """Of each nature, with its day and its last day before, on and after today, or without."""
    today = localdate()
    days = [None, *(today + datetime.timedelta(days=one) for one in (-1, 0, 1))]
    note, going_on = send(world), 0
    for nature, happens_on, answer_before in product(Nature.values, days, days):
        Note.objects.update(nature=nature, happens_on=happens_on, answer_before=answer_before)
        note.refresh_from_db()
        goes_on = bool(waiting(world))
        assert goes_on != family.is_over(note, today), (nature, happens_on, answer_before)
        going_on += goes_on
    assert going_on
