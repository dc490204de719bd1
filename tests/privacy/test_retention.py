"""T25: the retention clock, one day before and on the day."""

import datetime

import pytest
import time_machine
from django.contrib.sessions.models import Session
from django.core.management import call_command

from preau.journal.models import Detail, Entry
from preau.kit import digest
from preau.kit.dates import months_before
from preau.kit.models import Batch, Change
from preau.people import actions as people
from preau.people.models import Account, ActivationCode, Mandate, Person, SignInAttempt
from preau.privacy.actions import purge
from preau.privacy.queries import leavers
from preau.schools import actions as schools
from preau.schools.models import Enrolment, Guardianship
from preau.spaces import audiences
from preau.spaces.models import Publication
from tests.privacy.planted import plant

DAY = datetime.timedelta(days=1)
START = datetime.datetime(2026, 11, 25, 9, 0, tzinfo=datetime.UTC)


@pytest.fixture(autouse=True)
def home(settings, tmp_path):
    settings.HOME = tmp_path


@pytest.fixture
def base(db):
    """The world made on a known day."""
    from tests.world import build_world

    with time_machine.travel(START, tick=False):
        yield build_world()


def gone(rows, day):
    """Whether rows remain the day before and the day itself."""
    before = rows.exists()
    purge(now=START + day - DAY)
    kept = rows.exists()
    purge(now=START + day)
    return before, kept, rows.exists()


GOES = (True, True, False)


def test_before_values_of_an_import_go_after_30_days(base):
    plant(base, "A")
    Batch.objects.update(applied_at=START)
    assert gone(Change.objects.exclude(before={}), 30 * DAY) == GOES


def test_details_of_the_journal_go_after_a_year(base):
    plant(base, "A")
    Entry.objects.update(at=START)
    assert gone(Detail.objects.all(), 365 * DAY) == GOES


def test_lines_of_the_journal_go_after_a_year_but_not_the_plan_s(base):
    for kind in ("people.Person", "equipment.Acceptance"):
        Entry.objects.create(at=START, verb="x", object_kind=kind)
    assert gone(Entry.objects.filter(verb="x", object_kind="people.Person"), 365 * DAY) == GOES
    assert Entry.objects.filter(object_kind="equipment.Acceptance").exists()


def test_codes_go_when_they_expire(base):
    ActivationCode.objects.create(
        person=base.people["guardian"], secret_hash="x", created_at=START, expires_at=START + 30 * DAY
    )
    assert gone(ActivationCode.objects.all(), 30 * DAY) == GOES


def test_tries_go_after_a_day(base):
    SignInAttempt.objects.create(identifier_hash="x", last_failure_at=START)
    assert gone(SignInAttempt.objects.all(), DAY) == GOES


def test_sessions_go_when_they_end(base):
    Session.objects.create(session_key="x", session_data="", expire_date=START + 90 * DAY)
    assert gone(Session.objects.all(), 90 * DAY) == GOES


def test_a_child_who_left_and_a_guardian_left_without_child_go_after_three_months(base):
    child, guardian = base.people["child_two_one"], base.people["guardian_two_schools"]
    Enrolment.objects.filter(pupil=child).update(ends_on=START.date())
    left = datetime.date(2027, 2, 25) - START.date()
    assert gone(Person.objects.filter(pk=child.pk), left) == GOES
    assert Person.objects.filter(pk=guardian.pk).exists()  # another child is still at school
    Enrolment.objects.filter(pupil=base.people["child_two_two"]).update(ends_on=datetime.date(2027, 2, 26))
    purge(now=START + left + 93 * DAY)
    assert not Person.objects.filter(pk=guardian.pk).exists()
    assert not Guardianship.objects.filter(guardian=guardian.pk).exists()


def restrict_then_end(base):
    """The father whom a judge restricts, and whose link the head then ends."""
    link = Guardianship.objects.get(guardian=base.people["guardian_coparent"], child=base.people["child_adam"])
    head = base.people["head"]
    schools.restrict_guardian(link=link, on=START.date(), reference="JAF 26/1", person=head, now=START)
    return schools.end_guardianship(link=link, on=START.date(), person=head, now=START)


LEFT = datetime.date(2027, 2, 25) - START.date()


@pytest.mark.long
def test_a_decision_is_known_as_long_as_the_child_is_at_school(base):
    link = restrict_then_end(base)
    purge(now=START + LEFT)
    link.refresh_from_db()
    assert link.restricted_on == START.date() and link.guardian == base.people["guardian_coparent"]
    Enrolment.objects.filter(pupil=link.child).update(ends_on=START.date() + LEFT)
    purge(now=START + LEFT + 93 * DAY)
    assert not Guardianship.objects.filter(pk=link.pk).exists()
    assert not Person.objects.filter(pk=link.guardian_id).exists()


def test_a_link_reopened_under_a_decision_gives_nothing_back_when_the_purge_passes(base):
    link = restrict_then_end(base)
    # As a base already in use may hold it: the new row says nothing of the decision.
    Guardianship.objects.create(guardian=link.guardian, child=link.child, starts_on=START.date() + DAY)
    purge(now=START + LEFT)
    today = START.date() + LEFT
    assert not Guardianship.objects.reached(today).filter(guardian=link.guardian, child=link.child).exists()
    assert [m for m in audiences.memberships_of(link.guardian, today) if m.child_id == link.child_id] == []


def test_the_account_of_who_no_longer_answers_for_a_child_goes_after_three_months(base):
    link = restrict_then_end(base)
    account = Account.objects.get(person=link.guardian)
    assert gone(Account.objects.filter(pk=account.pk), LEFT) == GOES
    assert Account.objects.filter(person=base.people["guardian"]).exists()


def test_an_account_ends_three_months_after_the_last_mandate(base):
    teacher = base.people["teacher"]
    Mandate.objects.filter(person=teacher).update(ends_on=START.date())
    assert gone(Person.objects.filter(pk=teacher.pk), datetime.date(2027, 2, 25) - START.date()) == GOES


def test_who_leaves_by_the_head_s_or_the_operator_s_hand_is_known_for_three_months_more(base):
    """An end noted to come is taken back first: it counts no more."""
    head = base.people["head"]
    for name, by in (("atsem", head), ("head", base.people["operator"])):
        act = {"person": by, "now": START}
        mandate = Mandate.objects.get(person=base.people[name])
        people.end_mandates(mandates=[mandate], ends_on=START.date() + DAY, **act)
        people.take_back_end(mandate=mandate, **act)
        people.end_mandates(mandates=[mandate], ends_on=START.date(), **act)
    gone_on = datetime.date(2027, 2, 25) - START.date()
    left = Person.objects.filter(pk__in=[base.people["atsem"].pk, head.pk])
    purge(now=START + gone_on - DAY)
    assert left.count() == 2
    purge(now=START + gone_on)
    assert left.count() == 0


def test_somebody_new_without_a_mandate_yet_is_left_three_months(base):
    with time_machine.travel(START, tick=False):
        new = Person.objects.create(last_name="Nouvelle", first_name="x")
    assert gone(Person.objects.filter(pk=new.pk), datetime.date(2027, 2, 25) - START.date()) == GOES


def test_nobody_at_school_is_a_leaver_on_any_day_of_the_year(base):
    there = {base.people[name].pk for name in ("teacher", "head", "guardian", "child_adam", "operator", "ien")}
    for number in range(0, 365, 7):
        assert not there & set(leavers(START.date() + number * DAY).values_list("pk", flat=True))


def test_publications_go_at_the_end_of_the_next_school_year(base):
    Publication.objects.create(
        classroom=base.classrooms["cpb"], kind="post", created_at=START, published_at=START, state="published"
    )
    assert gone(Publication.objects.all(), datetime.date(2028, 9, 1) - START.date()) == GOES


@pytest.mark.long
@pytest.mark.once  # each clock is asked of both bases above
def test_three_years_leave_no_account_of_a_leaver(base):
    everyone = Person.objects.filter(account__isnull=False)
    Mandate.objects.exclude(role="operator").update(ends_on=START.date())
    Enrolment.objects.update(ends_on=START.date())
    for month in range(1, 37):
        purge(now=START + month * 30 * DAY)
    assert [person.pk for person in everyone] == [base.people["operator"].pk]


def test_a_dry_run_says_what_would_go_and_changes_nothing(base, capsys):
    plant(base, "A")
    Mandate.objects.filter(person=base.people["teacher"]).update(ends_on=START.date())
    before = digest.take(files=False)
    with time_machine.travel(START + 400 * DAY, tick=False):
        call_command("purge", dry_run=True)
    lines = [line.split(maxsplit=1) for line in capsys.readouterr().out.splitlines()]
    said = {line[1]: line[0] for line in lines}
    # The teacher, the supply teacher of one day, and the one who had left before the base was made.
    assert said["personnes sans raison depuis 3 mois"] == "3"
    assert said["valeurs d’avant des imports de plus de 30 jours"] == "1"
    assert digest.take(files=False) == before


@pytest.mark.parametrize(
    "day, before", [("2026-05-31", "2026-02-28"), ("2028-05-31", "2028-02-29"), ("2026-02-15", "2025-11-15")]
)
def test_three_months_before(day, before):
    assert months_before(datetime.date.fromisoformat(day), 3) == datetime.date.fromisoformat(before)
