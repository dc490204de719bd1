"""Who is in an audience, asked both ways."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from preau.people.models import Mandate, Person, Role
from preau.places.models import kind_of
from preau.schools.models import Activity, ActivityEnrolment, Enrolment, Guardianship
from preau.schools.queries import links_of_guardian
from preau.spaces import audiences, caps, queries, rules
from preau.spaces.rules import single
from tests.spaces.places import every_audience, every_place, publish_to, sees
from tests.world import BEFORE, TODAY, add_child, add_person

DAY = datetime.timedelta(days=1)


def members(place, profile=None):
    """Of a whole place, or of a list of audiences."""
    reached = place if isinstance(place, list) else audiences.keys(place)
    return {m.person_id for m in audiences.members_of(reached, TODAY) if profile in (None, m.profile)}


def ids(world, *names):
    return {world.people[name].pk for name in names}


def test_class_audience_is_families_pupils_staff_and_head(world):
    cpb = world.classrooms["cpb"]
    assert members(cpb, "family") == ids(
        world, "guardian", "guardian_coparent", "guardian_other_family", "guardian_paper"
    )
    assert members(cpb, "pupil") == ids(world, "child_adam", "child_lina")
    assert members(cpb, "staff") == ids(world, "teacher", "supply", "aesh", "suspended")
    assert members(cpb, "head") == ids(world, "head")


def test_who_answers_for_no_child_is_known_by_their_audiences(world):
    """Their links are not asked again; of whoever has one, whatever it is, they are."""
    add_person(world, "child_nowhere")
    ties = {"aesh": "child_nowhere", "supply": "child_adam", "atsem": "child_adam", "head": "child_adam"}
    days = {
        "aesh": {},
        "supply": {"restricted_on": TODAY, "restriction_reference": "JAF 1"},
        "atsem": {"ends_on": TODAY - DAY},
        "head": {},
    }
    for name, child in ties.items():
        tied = {"guardian": world.people[name], "child": world.people[child], "starts_on": BEFORE}
        Guardianship.objects.create(**tied | days[name])
    spared = set()
    for name, person in world.people.items():
        links, person.read_once = links_of_guardian(person, TODAY), {}
        audiences.memberships_of(person, TODAY)
        with CaptureQueriesContext(connection) as asked:
            assert [each.pk for each in links_of_guardian(person, TODAY)] == [each.pk for each in links], name
        spared |= set() if asked.captured_queries else {name}
    assert {"teacher", "supply", "ien"} <= spared and not spared & {"aesh", "atsem", "head", "guardian"}


def test_a_space_is_entered_by_its_id_when_it_is_visible(world, django_assert_num_queries):
    """One prepared query for each kind and number of places gives what `spaces_visible_to` gives, with its school."""
    opened = 0
    for person in world.people.values():
        for place in every_place(world):
            if (kind := kind_of(place)) in rules.VISIBLE:
                visible = rules.spaces_visible_to(person, kind, TODAY).filter(pk=place.pk)
                assert single.space_entered(person, kind, place.pk, TODAY) == list(visible)
                person.read_once = {}  # as on a page, where the children of its reader are read once
                assert single.space_entered(person, kind, place.pk, TODAY) == list(visible)
                del person.read_once
                opened += len(visible)
    assert opened > 50
    teacher = world.people["teacher"]
    held = {"person": teacher, "role": Role.TEACHER, "starts_on": BEFORE}
    cm2, cpb = world.classrooms["cm2"], world.classrooms["cpb"]
    Mandate.objects.create(classroom=cm2, **held)
    teacher = Person.objects.get(pk=teacher.pk)
    for room in (cpb, cm2):  # the place of a mandate is read with it: this one's, and for who is in it
        assert single.space_entered(teacher, "classroom", room.pk, TODAY) == [room]
        assert single.space_entered(teacher, "classroom", room.pk, TODAY, memberships=[]) == []
    memberships = audiences.memberships_of(teacher, TODAY)
    with django_assert_num_queries(0):  # nor is the school of that class asked
        assert single.space_entered(teacher, "school", cm2.school_id, TODAY, memberships=memberships) == [cm2.school]
    assert single.space_entered(teacher, "school", cm2.school_id, TODAY, memberships=[]) == []
    (classroom,) = single.space_entered(
        world.people["teacher"], "classroom", world.classrooms["cpb"].pk, TODAY, "school__city"
    )
    with django_assert_num_queries(0):
        assert classroom.school.city in world.cities.values()
    for name in ("pupil_cm2", "guardian_other_class"):
        person, seen = world.people[name], []
        person.read_once, memberships = {}, audiences.memberships_of(person, TODAY)
        for count, kind, place in ((1, "classroom", cm2), (0, "school", cm2.school), (1, "classroom", cpb)):
            with django_assert_num_queries(count):  # where they, or their children, are enrolled is read once
                seen += single.space_entered(person, kind, place.pk, TODAY, memberships=memberships)
        with django_assert_num_queries(0):
            assert seen == [cm2, cm2.school] and seen[0].school == cm2.school


def test_a_class_entered_keeps_its_own_school_whatever_an_enrolment_says(world):
    """Rules ask the school of a class: a row that holds another one changes nothing of it."""
    cpb, person = world.classrooms["cpb"], world.people["guardian"]
    Enrolment.objects.filter(pupil=world.people["child_adam"]).update(school=world.schools["saules"])
    person.read_once = {}
    (entered,) = single.space_entered(person, "classroom", cpb.pk, TODAY)
    assert entered.school == cpb.school and entered.school.name == cpb.school.name


def test_dispositif_is_its_own_families_only(world):
    ulis = world.groups["ulis"]
    assert members(ulis, "family") == ids(world, "guardian_ulis")
    assert members(ulis, "pupil") == ids(world, "child_ulis")
    assert members(ulis) == ids(world, "guardian_ulis", "child_ulis", "head")


def test_the_adults_of_a_school_are_adults_of_that_school(world):
    staff = audiences.keys(world.schools["tilleuls"], ["adults"])
    assert members(staff) == ids(
        world, "teacher", "teacher_other_class", "supply", "aesh", "atsem", "head", "suspended"
    )
    school = world.schools["saules"]
    assert members(school, "staff") == ids(world, "teacher_other_school")
    assert members(school, "head") == ids(world, "head_other_school")
    assert members(school, "family") == ids(world, "guardian_two_schools", "guardian_other_school")
    city = audiences.keys(world.cities["ailleurs"], ["families", "adults"])
    assert members(city) == ids(world, "guardian_far", "head_far", "city_education_far")


def test_a_role_that_is_not_a_class_s_opens_no_class(world):
    """A mandate written by mistake on a class (an IEN, a trainer) reads nothing there."""
    cpb = world.classrooms["cpb"]
    for role in (Role.IEN, Role.TRAINER, Role.CITY_EDUCATION, Role.SCHOOL_HEAD):
        person = add_person(world, f"stray_{role}")
        Mandate.objects.create(person=person, role=role, classroom=world.classrooms["cpb"], starts_on=BEFORE)
        assert person.pk not in members(cpb), role


def test_state_city_and_other_schools_are_in_no_class(world):
    for place in (*world.classrooms.values(), *world.groups.values(), *world.schools.values()):
        for role in ("ien", "city_education", "city_it", "elected", "dsden", "dan", "operator", "trainer"):
            assert world.people[role].pk not in members(place), (place, role)


def test_each_profile_of_a_place_is_an_audience_of_its_own(world):
    """What is for families never passes before a pupil, whatever the place; one child's is its guardians' alone."""
    for place in (world.classrooms["cpb"], world.schools["tilleuls"], world.cities["marelle"]):
        for readers, who in (("families", "guardian"), ("pupils", "child_adam"), ("adults", "teacher")):
            publication = publish_to(world, place, reached=audiences.keys(place, [readers]))
            for name in ("guardian", "child_adam", "teacher"):
                assert sees(world.people[name], publication, TODAY) is (name == who), (place, readers, name)
    for place, ien in ((world.districts["north"], "ien"), (world.departments["vienne"], "dsden")):
        assert {world.people[name].pk for name in ("teacher", "head", ien)} <= members(
            audiences.keys(place, ["adults"])
        )
        assert world.people["guardian"].pk in members(audiences.keys(place, ["families"]))
        assert world.people["child_adam"].pk in members(audiences.keys(place, ["pupils"]))
    adam = world.people["child_adam"]
    assert members([audiences.child_key(adam)]) == ids(world, "guardian", "guardian_coparent")
    assert members([audiences.child_key(adam, "pupils")]) == {adam.pk}


def test_a_pupil_enters_no_space_of_a_city(world):
    pupil = world.people["child_adam"]
    assert not rules.cities_visible_to(pupil, TODAY).exists()
    assert rules.cities_visible_to(world.people["guardian"], TODAY).exists()


@pytest.mark.long
def test_who_will_see_is_may_i_see_for_every_actor_and_audience(world, monkeypatch):
    """One guard for the law « the same query »: members and readers are the same set, audience by audience."""
    monkeypatch.setattr(caps, "HOURLY", dict.fromkeys(caps.HOURLY, 1000))  # one author publishes to all of them
    monkeypatch.setattr(caps, "MOST_PERSONS", dict.fromkeys(caps.MOST_PERSONS))
    found = {}
    for place, audience in every_audience(world):
        publication = publish_to(world, place, reached=[audience], author="operator")
        found[publication.pk] = (audience, members([audience]))
    for actor, person in world.people.items():
        if actor == "operator":
            continue
        # A former member is no member, and reads only what was published in their time: not today.
        mine = {pk for pk, (_, readers) in found.items() if person.pk in readers}
        seen = set(rules.publications_visible_to(person, TODAY).values_list("pk", flat=True))
        in_feed = set(queries.feed(person, TODAY, limit=1000).publication_ids)
        assert {found[pk][0] for pk in seen ^ mine} == set() == {found[pk][0] for pk in in_feed ^ mine}, actor


def test_counts_are_the_distinct_members(world):
    Mandate.objects.create(
        person=world.people["teacher"], role=Role.TEACHER, school=world.schools["tilleuls"], starts_on=BEFORE
    )
    Mandate.objects.create(
        person=world.people["head"], role=Role.TEACHER, classroom=world.classrooms["cpb"], starts_on=BEFORE
    )
    for place in every_place(world):
        reached = audiences.keys(place)
        found = {profile: members(place, profile) for profile in audiences.Profile}
        for profile, persons in found.items():
            assert audiences.count_persons(reached, TODAY, [profile]) == len(persons), (place, profile)
            assert audiences.count_persons(reached, TODAY, [profile], 2) == min(len(persons), 3), (place, profile)
        adults = ("staff", "head", "city")
        everyone = set().union(*(found[profile] for profile in adults))
        for most, told in ((None, len(everyone)), (2, min(len(everyone), 3))):
            assert audiences.count_persons(reached, TODAY, adults, most) == told, place


@pytest.mark.parametrize("days, seen", [(70, False), (30, True), (0, False)])
def test_former_member_reads_what_was_published_in_their_time(world, days, seen):
    cpb = world.classrooms["cpb"]
    publication = publish_to(world, cpb, days_ago=days)
    former = world.people["former_teacher"]
    assert sees(former, publication, TODAY) is seen
    assert (publication.pk in queries.feed(former, TODAY).publication_ids) is seen


def test_a_newcomer_reads_what_was_published_before_they_came(world):
    cpb = world.classrooms["cpb"]
    publication = publish_to(world, cpb, days_ago=50)
    assert sees(world.people["supply"], publication, TODAY)


def test_a_child_who_left_leaves_its_guardians_the_past_only(world):
    cpb = world.classrooms["cpb"]
    Enrolment.objects.filter(pupil=world.people["child_adam"]).update(ends_on=TODAY - 5 * DAY)
    past, present = publish_to(world, cpb, days_ago=10), publish_to(world, cpb)
    guardian = world.people["guardian"]
    assert queries.feed(guardian, TODAY).publication_ids == [past.pk]
    assert not sees(guardian, present, TODAY)


def test_a_restricted_guardian_is_out_of_the_past_too(world):
    cpb = world.classrooms["cpb"]
    publish_to(world, cpb, days_ago=59)
    publish_to(world, cpb)
    restricted = world.people["guardian_restricted"]
    assert queries.feed(restricted, TODAY).items == []
    Guardianship.objects.filter(guardian=restricted).update(restricted_on=TODAY + DAY)
    assert len(queries.feed(restricted, TODAY).items) == 2


def test_a_mandate_or_enrolment_to_come_opens_nothing(world):
    cpb = world.classrooms["cpb"]
    publication = publish_to(world, cpb)
    add_child(world, "child_soon", "cpb", "CP", ["guardian_far"])
    Enrolment.objects.filter(pupil=world.people["child_soon"]).update(starts_on=TODAY + DAY)
    assert not sees(world.people["guardian_far"], publication, TODAY)
    assert world.people["guardian_far"].pk not in members(cpb)


def test_two_schools_of_one_family_are_read_apart_by_child(world):
    gs = world.classrooms["gs"]
    cm2 = world.classrooms["saules_cm2"]
    first, second = publish_to(world, gs), publish_to(world, cm2)
    guardian = world.people["guardian_two_schools"]
    both = queries.feed(guardian, TODAY)
    assert {item.publication_id: item.child_ids for item in both.items} == {
        first.pk: (world.people["child_two_one"].pk,),
        second.pk: (world.people["child_two_two"].pk,),
    }
    one = queries.feed(guardian, TODAY, child=world.people["child_two_two"].pk)
    assert one.publication_ids == [second.pk]


def test_a_draft_is_its_author_s_and_a_withdrawn_thing_the_head_s_too(world):
    from preau.spaces import actions

    cpb = world.classrooms["cpb"]
    publication = publish_to(world, cpb, author="teacher")
    now = timezone.now()
    actions.withdraw(person=world.people["teacher"], publication=publication, now=now)
    draft = actions.open_draft(person=world.people["teacher"], place=world.classrooms["cpb"], kind="test", now=now)
    for name, person in world.people.items():
        seen = set(rules.publications_visible_to(person, TODAY).values_list("pk", flat=True))
        expected = {"teacher": {publication.pk, draft.pk}, "head": {publication.pk}}.get(name, set())
        assert seen == expected, name
        assert queries.feed(person, TODAY).items == []


def test_families_of_a_service_are_those_of_the_children_put_down_for_it(world):
    """By the city's file alone, unrestricted, from a day to a day; the site's families are those of its services."""
    site = world.afterschools["tilleuls"]
    (canteen,) = site.activities.all()
    evening = Activity.objects.create(afterschool=site, kind=Activity.Kind.EVENING)
    enrol = ActivityEnrolment.objects.create
    enrol(activity=evening, child=world.people["child_two_two"], days="5", starts_on=BEFORE)  # of another school
    enrol(activity=evening, child=world.people["child_lina"], days="5", starts_on=TODAY + DAY)
    families = [audiences.Readers.FAMILIES]
    assert members(audiences.keys(canteen, families)) == ids(world, "guardian", "guardian_coparent")
    assert members(audiences.keys(evening, families)) == ids(world, "guardian_two_schools")
    assert members(audiences.keys(site, families)) == ids(
        world, "guardian", "guardian_coparent", "guardian_two_schools"
    )
    team = ids(world, "canteen", "animator", "site_manager")
    assert members(audiences.keys(site, [audiences.Readers.ADULTS])) == team
    mine = {m.audience for m in audiences.memberships_of(world.people["guardian"], TODAY)}
    assert {*audiences.keys(canteen, families), *audiences.keys(site, families)} <= mine
    assert not set(audiences.keys(evening, families)) & mine
