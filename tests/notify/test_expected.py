"""Who is expected to read a notice, who has, and who has not been reached."""

import datetime

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from preau.kit.answers import Conflict
from preau.notify import actions, queries
from preau.notify.actions import freezing
from preau.notify.models import Expected, Notice
from preau.people.models import Account
from preau.privacy.actions import erase_person
from preau.privacy.exports import read_tables
from preau.schools.models import Enrolment, Guardianship
from preau.spaces import actions as spaces
from preau.spaces import audiences
from tests.spaces.places import publish_to
from tests.world import TODAY, add_child

pytestmark = pytest.mark.django_db
NOW = timezone.now()
DAY, MINUTE = datetime.timedelta(days=1), datetime.timedelta(minutes=1)
GUARDIANS = {
    ("guardian", "child_adam"), ("guardian_coparent", "child_adam"),
    ("guardian_other_family", "child_lina"), ("guardian_paper", "child_lina"),
}  # fmt: skip


def said_to_families(world, place=None, **more):
    """What a class tells its families, which the adults of the class read too."""
    place = place or world.classrooms["cpb"]
    readers = [audiences.Readers.FAMILIES, audiences.Readers.ADULTS]
    return publish_to(world, place, reached=audiences.keys(place, readers), author="teacher", **more)


def announced(world, publication=None, **more):
    publication = publication or said_to_families(world)
    return actions.announce(publication=publication, person=world.people["teacher"], now=NOW, **more)


@pytest.fixture
def held(monkeypatch):
    """Jobs that are queued and do not run yet."""
    queued = []
    monkeypatch.setattr("preau.notify.actions.notices.enqueue", lambda *words: queued.append(words))
    return queued


def pairs(world, notice):
    names = {person.pk: name for name, person in world.people.items()}
    return {(names[row.person_id], names.get(row.child_id)) for row in notice.expected.all()}


def row(notice, world, who, child="child_adam"):
    return notice.expected.get(person=world.people[who], child=world.people[child])


def line(notice, world, who, child="child_adam"):
    wanted = (world.people[who].pk, world.people[child].pk)
    return next(each for each in queries.reach(notice, TODAY).lines if (each.person_id, each.child_id) == wanted)


def test_each_guardian_is_expected_for_each_child_and_nobody_restricted(world):
    assert pairs(world, announced(world)) == GUARDIANS
    everywhere = publish_to(world, world.cities["marelle"], reached=audiences.keys(world.cities["marelle"]))
    rows = pairs(world, announced(world, everywhere))
    assert {child for who, child in rows if who == "guardian_two_schools"} == {"child_two_one", "child_two_two"}
    assert rows > GUARDIANS and not {who for who, _ in rows} & {"guardian_restricted", "pupil_cm2", "head"}


def test_where_no_family_is_reached_the_adults_are_expected_but_the_author(world):
    school = world.schools["tilleuls"]
    publication = publish_to(world, school, reached=audiences.keys(school, [audiences.Readers.ADULTS]))
    rows = pairs(world, announced(world, publication))
    assert {"teacher", "atsem"} <= {who for who, _ in rows} and ("head", None) not in rows
    assert {child for _, child in rows} == {None}


def test_adults_reached_beside_families_are_expected_where_the_notice_says_so(world):
    assert ("aesh", None) not in pairs(world, announced(world))
    rows = pairs(world, notice := announced(world, expects_adults=True))
    assert rows > GUARDIANS and ("aesh", None) in rows and ("teacher", None) not in rows  # who wrote it
    actions.mark_seen(publication=notice.publication, person=world.people["aesh"], now=NOW)
    assert notice.expected.get(person=world.people["aesh"]).seen_at == NOW


def test_publishing_writes_one_row_and_the_list_says_that_it_is_under_way(world, held, django_assert_num_queries):
    notice = announced(world)
    assert held == [("preau.notify.tasks.freeze", str(notice.pk))] and not Expected.objects.exists()
    assert not queries.reach(notice, TODAY).is_frozen
    actions.freeze(notice_id=notice.pk, now=NOW)
    notice.refresh_from_db()
    with django_assert_num_queries(4):
        reached = queries.reach(notice, TODAY)
    assert reached.is_frozen and reached.counts == queries.Counts(4, 0, 0, 0)


def test_a_list_cut_anywhere_goes_on_and_holds_each_row_once(world, held, monkeypatch):
    notice = announced(world)
    monkeypatch.setattr(freezing, "SLICE", 1)
    write = freezing._write
    for left in range(4):
        written = iter([True] * left)
        with pytest.raises(StopIteration), monkeypatch.context() as cut:
            cut.setattr(freezing, "_write", lambda *what, written=written: next(written) and write(*what))
            actions.freeze(notice_id=notice.pk, now=NOW)
        assert notice.expected.count() == left and Notice.objects.filter(frozen_at=None).exists()
    actions.freeze(notice_id=notice.pk, now=NOW)
    assert pairs(world, notice) == GUARDIANS and notice.expected.count() == 4
    assert actions.freeze(notice_id=notice.pk, now=NOW) == 0
    for child in (world.people["child_adam"], None):
        with pytest.raises(IntegrityError), transaction.atomic():
            for _ in range(2):
                Expected.objects.create(notice=notice, person=world.people["guardian"], child=child, added_at=NOW)


def test_a_list_that_is_whole_has_its_job_or_is_not_whole_yet(world, held, monkeypatch):
    notice = announced(world)

    def cut(*words):
        raise KeyboardInterrupt

    with monkeypatch.context() as patched, pytest.raises(KeyboardInterrupt):
        patched.setattr(freezing, "enqueue", cut)
        actions.freeze(notice_id=notice.pk, now=NOW)
    notice.refresh_from_db()
    assert notice.frozen_at is None  # the job is played again, and queues what tells it
    actions.freeze(notice_id=notice.pk, now=NOW)
    notice.refresh_from_db()
    assert notice.frozen_at and notice.told_at


def test_a_late_job_writes_who_was_there_the_day_it_was_published(world, held):
    notice = announced(world, said_to_families(world, days_ago=2))
    add_child(world, "child_new", "cpb", "CP", ["guardian_other_class"])
    Enrolment.objects.filter(pupil=world.people["child_new"]).update(starts_on=TODAY)
    Enrolment.objects.filter(pupil=world.people["child_lina"]).update(ends_on=TODAY - DAY)
    assert actions.freeze_what_waits(now=NOW) == 1
    assert pairs(world, notice) == GUARDIANS


def test_who_arrives_later_is_added_with_the_date_and_once(world):
    notice = announced(world)
    assert actions.add_arrivals(now=NOW, since=NOW + DAY) == 0
    add_child(world, "child_new", "cpb", "CP", ["guardian_other_class"])
    later = NOW + MINUTE
    assert actions.add_arrivals(now=later, since=NOW) == 1
    assert actions.add_arrivals(now=later + MINUTE, since=NOW) == 0
    notice.refresh_from_db()
    new = row(notice, world, "guardian_other_class", "child_new")
    assert new.added_at == later and row(notice, world, "guardian").added_at == notice.published_at
    Enrolment.objects.filter(pupil=world.people["child_ulis"]).update(
        classroom=world.classrooms["cpb"], starts_on=TODAY
    )
    assert actions.add_arrivals(now=later) == 1  # written long ago, begins today
    assert actions.add_arrivals(now=NOW + 40 * DAY, since=NOW) == 0


def test_seen_is_kept_once_for_each_child_and_before_the_list_is_frozen(world, held):
    notice = announced(world)
    guardian, teacher = world.people["guardian"], world.people["teacher"]
    for minutes, person in ((1, guardian), (2, guardian), (3, teacher)):
        actions.mark_seen(publication=notice.publication, person=person, now=NOW + minutes * MINUTE)
    actions.freeze(notice_id=notice.pk, now=NOW + 5 * MINUTE)
    assert pairs(world, notice) == GUARDIANS
    seen = row(notice, world, "guardian")
    assert seen.seen_at == NOW + MINUTE and seen.added_at == notice.published_at
    assert row(notice, world, "guardian_coparent").seen_at is None
    actions.mark_seen(publication=said_to_families(world), person=guardian, now=NOW)  # not announced: nothing to note
    assert Expected.objects.filter(seen_at__isnull=False).count() == 1


def test_who_is_not_reached_has_a_reason_and_paper_counts_when_it_is_back(world):
    teacher, notice = world.people["teacher"], announced(world)
    notice.refresh_from_db()
    assert line(notice, world, "guardian").reason == queries.Reason.NEVER_OPENED
    paper = line(notice, world, "guardian_paper", "child_lina")
    assert paper.reason == queries.Reason.NO_ACCOUNT and paper.reason_text == "sans compte"
    Account.objects.filter(person=world.people["guardian"]).update(is_active=False)
    assert line(notice, world, "guardian").reason == queries.Reason.NO_ACCOUNT
    printed = row(notice, world, "guardian_paper", "child_lina")
    actions.note_paper_out(expected=[printed], person=teacher, now=NOW)
    assert queries.reach(notice, TODAY).counts == queries.Counts(4, 0, 0, 1)
    for minutes in (1, 2):
        back = actions.note_paper_back(expected=printed, person=teacher, now=NOW + minutes * MINUTE)
    assert back.paper_back_at == NOW + MINUTE and back.paper_out_at == NOW
    actions.mark_seen(publication=notice.publication, person=world.people["guardian_coparent"], now=NOW)
    reached = queries.reach(notice, TODAY)
    assert reached.counts == queries.Counts(4, 1, 1, 0) == queries.counts_of([notice])[notice.pk]
    assert {each.person_id for each in reached.unreached} == {
        world.people["guardian"].pk,
        world.people["guardian_other_family"].pk,
    }
    back = actions.forget_paper_back(expected=back, person=teacher, now=NOW)
    assert back.paper_back_at is None and queries.reach(notice, TODAY).counts.paper_count == 0


def test_who_is_no_longer_concerned_is_neither_chased_nor_counted(world):
    notice = announced(world)
    notice.refresh_from_db()
    Guardianship.objects.filter(guardian=world.people["guardian"]).update(
        restricted_on=TODAY, restriction_reference="JAF 2026/200"
    )
    gone = line(notice, world, "guardian")
    assert gone.is_gone and gone.reason == ""
    assert queries.reach(notice, TODAY).counts.expected_count == 3


def test_taken_back_it_is_expected_of_nobody_and_published_again_it_begins_anew(world, held):
    notice = announced(world)
    teacher, publication = world.people["teacher"], notice.publication
    actions.mark_seen(publication=publication, person=world.people["guardian"], now=NOW)
    publication = spaces.unpublish(person=teacher, publication=publication, now=NOW)
    assert actions.freeze(notice_id=notice.pk, now=NOW) == 0
    with pytest.raises(Conflict):
        announced(world, publication)
    reached = audiences.keys(world.classrooms["cpb"], [audiences.Readers.FAMILIES])
    publication = spaces.publish(person=teacher, publication=publication, reached=reached, now=NOW + MINUTE)
    again = announced(world, publication)
    assert Notice.objects.get() == again != notice and not Expected.objects.exists()
    actions.call_off(publication=publication, person=teacher, now=NOW)
    assert not Notice.objects.exists()


def test_the_export_of_a_child_says_nothing_of_what_a_parent_read(world):
    notice = announced(world)
    actions.mark_seen(publication=notice.publication, person=world.people["guardian_other_family"], now=NOW)

    def exported(name):
        tables, _ = read_tables(world.people[name])
        return [len(each["lignes"]) for each in tables if each["table"] == "personne attendue"]

    assert exported("child_lina") == [] and exported("guardian_other_family") == [1]
    erase_person(subject=world.people["child_lina"], person=None, now=NOW)
    assert pairs(world, notice) == {pair for pair in GUARDIANS if "child_lina" not in pair}
