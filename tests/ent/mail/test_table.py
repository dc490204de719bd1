"""The table of who may write to whom: what people read is what rules do, for every pair, both ways."""

import datetime

import pytest
from django.urls import reverse
from django.utils.timezone import now

from preau.ent.mail import actions, rules
from preau.ent.mail.models import Message
from preau.ent.mail.queries.standings import correspondents
from preau.ent.mail.table import CAPS, Cap, Part, line_of, rows
from preau.kit.answers import Conflict, Refused
from tests.ent.mail.acts import answer, begin
from tests.world import TODAY

pytestmark = pytest.mark.django_db

# By hand: who begins with whom, « > » only the one on the left, « = » either, « . » never.
PAIRS = """
          pupil guardian teacher head staff site city adviser ien dsden
pupil       .      .        =     .     .    .     .     .     .    .
guardian    .      .        =     =     .    >     .     .     .    .
teacher     =      =        =     =     =    =     <     =     <    .
head        .      =        =     =     =    =     =     =     =    <
staff       .      .        =     =     =    .     .     .     .    .
site        .      <        =     =     .    .     .     .     .    .
city        .      .        >     =     .    .     .     .     .    .
adviser     .      .        =     =     .    .     .     .     .    .
ien         .      .        >     =     .    .     .     .     .    .
dsden       .      .        .     >     .    .     .     .     .    .
"""
STAFF = {"teacher", "supply", "teacher_other_class", "aesh", "atsem", "head"}
SITE = {"animator", "site_manager"}  # child_adam alone is put down there
ADVISERS = {"pedagogical_adviser", "erun"}
CITY = {"city_education", "city_it", "city_finance"}
CPB, CM2 = {"guardian", "guardian_coparent", "guardian_other_family"}, {"guardian_other_class", "guardian_ulis"}
SAULES = {"guardian_two_schools", "guardian_other_school"}
OF_CITY = {"head", "teacher", "supply", "teacher_other_class", "head_other_school", "teacher_other_school"}
BEGINS = {
    **dict.fromkeys(("guardian", "guardian_coparent"), {"teacher", "supply", "head"} | SITE),
    "guardian_other_family": {"teacher", "supply", "head"},
    **dict.fromkeys(SITE, {"teacher", "supply", "teacher_other_class", "head"}),
    **dict.fromkeys(CM2, {"teacher_other_class", "head"}),
    "guardian_two_schools": {"head", "teacher_other_school", "head_other_school"},
    "guardian_other_school": {"teacher_other_school", "head_other_school"}, "guardian_far": {"head_far"},
    "pupil_cm2": {"teacher_other_class"}, "pupil_other_school": {"teacher_other_school"},
    "teacher": CPB | STAFF | SITE | ADVISERS, "supply": CPB | STAFF | SITE | ADVISERS,
    "teacher_other_class": CM2 | {"pupil_cm2"} | STAFF | SITE | ADVISERS,
    "teacher_other_school": SAULES | {"pupil_other_school", "head_other_school"},
    **dict.fromkeys(("aesh", "atsem"), STAFF),
    "head": CPB | CM2 | {"guardian_two_schools", "ien"} | STAFF | SITE | CITY | ADVISERS,
    "head_other_school": SAULES | {"teacher_other_school"} | CITY,
    "head_far": {"guardian_far", "city_education_far", "ien_other"},
    **dict.fromkeys(CITY, OF_CITY), "city_education_far": {"head_far"}, "ien_other": {"head_far"},
    **dict.fromkeys(("ien", *ADVISERS), {"head", "teacher", "supply", "teacher_other_class"}),
    **dict.fromkeys(("dsden", "ia_dasen", "ia_dasen_deputy"), {"head", "head_other_school"}),
}  # fmt: skip

REFUSED = (
    ("guardian", "guardian_coparent"), ("guardian", "guardian_other_family"), ("guardian", "teacher_other_class"),
    ("pupil_cm2", "guardian_other_class"), ("guardian", "city_education"), ("teacher", "ien"), ("aesh", "guardian"),
    ("guardian", "aesh"), ("animator", "guardian"), ("guardian_other_family", "animator"), ("guardian", "canteen"),
    ("teacher", "guardian_other_class"), ("head", "dsden"), ("elected", "head"),
)  # fmt: skip


def test_every_pair_of_profiles_both_ways():
    header, *lines = PAIRS.strip().splitlines()
    names = header.split()
    assert set(names) == set(Part.values)
    for line in lines:
        one, *marks = line.split()
        for other, mark in zip(names, marks, strict=True):
            found, may_begin = line_of(one, other)
            back, other_begins = line_of(other, one)
            told = "." if not found else "=" if may_begin and other_begins else ">" if may_begin else "<"
            assert (told, bool(back)) == (mark, mark != "."), f"{one} → {other}"


def found_by(world, name):
    """Everybody whom this person finds, over all pages."""
    person, found = world.people[name], set()
    names = {each.pk: key for key, each in world.people.items()}
    for school in rules.schools_written_in(person, TODAY):
        for room in (None, *rules.classrooms_written_to(person, school, TODAY)):
            seen = correspondents(person, school, TODAY, classroom_id=room and room.pk)
            found |= {names[each.person.pk] for each in seen}
    return found


def test_everybody_finds_those_of_the_table_and_nobody_else(world):
    for name in world.actors():
        if name not in (None, "suspended"):
            assert found_by(world, name) == BEGINS.get(name, set()) - {name}, name


def test_what_is_not_found_is_refused_to_who_asks_for_it_by_its_address(world, client):
    tilleuls = world.schools["tilleuls"]
    for who, other in REFUSED:
        url = reverse("mail:write", args=[tilleuls.pk, world.people[other].pk])
        sent = {"subject": "Bonjour", "text": "Bonjour"}
        assert world.sign_in(client, who).get(url).status_code == 404, (who, other)
        assert client.post(url, sent).status_code == 404, (who, other)
        with pytest.raises(Refused):
            begin(world, who, (other,), child=None)
    assert not Message.objects.exists()


def test_two_families_are_never_in_one_conversation_nor_a_child_of_another(world):
    for to in (("guardian", "guardian_coparent"), ("guardian", "guardian_other_family")):
        with pytest.raises(Refused):
            begin(world, "teacher", to)
    with pytest.raises(Refused):
        begin(world, "guardian", ("teacher",), child="child_lina")
    assert begin(world, "guardian", ("teacher", "head"))
    assert begin(world, "teacher", ("guardian", "head"))


def test_who_may_only_answer_does_answer(world):
    assert answer(world, begin(world, "guardian", ("animator",)), "animator").number == 2
    begun = begin(world, "ien", ("teacher",), child=None)
    assert answer(world, begun, "teacher").number == 2
    begun = begin(world, "dsden", ("head",), child=None)
    assert answer(world, begun, "head").number == 2


def test_the_page_that_people_read_is_the_table(world, client):
    page = client.get(reverse("mail:who")).content.decode()
    for row in rows():
        part = page.split(f'id="t-{row.part.value}"')[1].split("</section>")[0]
        assert part.count("<li>") == len(row.begins) + len(row.answers)
        assert f"{CAPS[row.part].persons_a_day} personnes" in part
    assert reverse("mail:who") in client.get(reverse("help_ask")).content.decode()


def test_each_profile_has_its_caps_and_what_was_typed_stays(world, client, monkeypatch, caplog):
    for part in Part:
        monkeypatch.setitem(CAPS, part, Cap(1, 2, 2))
    with pytest.raises(Conflict, match="à la fois"):
        begin(world, "guardian", ("teacher", "head"))
    begun = begin(world)
    begin(world, to=("supply",))
    with pytest.raises(Conflict, match="en une heure"):
        answer(world, begun, "guardian")
    assert "writes too much" in caplog.text
    later = now() + datetime.timedelta(hours=2)
    with pytest.raises(Conflict, match="attendez demain"):
        begin(world, to=("head",), now=later)
    assert actions.answer(person=world.people["guardian"], conversation=begun, text="Merci", now=later)
    url = reverse("mail:write", args=[world.schools["tilleuls"].pk, world.people["guardian"].pk])
    for _ in range(3):
        said = {"subject": "Sortie", "text": "Demain, au bois."}
        shown = world.sign_in(client, "teacher").post(f"{url}?enfant={world.people['child_adam'].pk}", said)
    assert shown.status_code == 422 and "Demain, au bois." in shown.content.decode()
    assert "en une heure" in shown.content.decode()
