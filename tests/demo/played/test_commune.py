"""The commune that does not exist: its figures come from what its people did, and from nothing else."""

import datetime
import json

import pytest
from django.utils import timezone
from django.utils.timezone import localdate

from preau.demo import cast
from preau.demo.commune import classes
from preau.demo.commune.calendar import working
from preau.demo.families import first_september
from preau.ent.lessons.models import Lesson
from preau.insight.hours.queries import told_of
from preau.insight.steering.journal import verify_city, what_is_wrong
from preau.people.models import Person
from preau.places.models import City, School
from preau.plan.applications import rules as applications
from preau.plan.applications.models import Application, Opinion
from preau.plan.equipment import queries
from preau.plan.equipment.models import Acceptance, Expense, Fact
from preau.plan.equipment.queries import overview_of
from preau.plan.governance import rules as governance
from preau.plan.governance.models import Decision, Dossier, FollowUp, Session
from preau.plan.inventory.models import Asset
from preau.plan.inventory.models import State as AssetState
from preau.plan.loans.models import Booking, HandOver
from preau.plan.loans.models import State as BookingState
from preau.plan.loans.queries import counts_compared, hand_overs_of
from preau.plan.priorities import rules as priorities
from preau.plan.priorities.models import PriorityList, Programme, ProgrammeEntry, Recommendation
from preau.plan.rollouts import rules as rollouts_rules
from preau.plan.rollouts.models import Reception, Rollout
from preau.plan.rollouts.queries import Phase, progress_of
from preau.plan.studies import rules as studies
from preau.plan.wifi.models import WifiWindow
from preau.plan.wifi.queries import wifi_of


@pytest.fixture
def commune(played) -> City:
    return City.objects.get(slug=cast.COMMUNE)


def test_four_figures_come_from_six_years_of_acts(commune):
    """AC-01 to AC-04 and AC-30, from the call to the réception."""
    today = localdate()
    plan = queries.situation_of(School.objects.filter(city=commune), today)
    assert len(plan.equipped) == 23
    assert (plan.equipped_nurseries, plan.equipped_elementaries) == (5, 18)
    assert plan.classes == 161
    assert plan.paid.only == 167_700_000
    assert [line.schools for line in plan.years] == [3, 3, 4, 4, 5, 4]

    _every_acceptance_has_its_paper(commune)
    _every_school_received_was_chosen(plan)
    _nothing_was_received_or_paid_in_poitiers()
    found = verify_city(commune.pk)
    assert found.is_whole, what_is_wrong(found)
    assert found.bound_count > 100


def _every_acceptance_has_its_paper(commune):
    acceptances = Acceptance.objects.filter(school__city=commune)
    assert acceptances.filter(reception_line=None).count() == 0
    assert not Reception.objects.filter(city=commune).exclude(quality="fictitious").exists()
    assert not acceptances.exclude(quality="fictitious").exists()
    assert not Expense.objects.filter(school__city=commune).exclude(quality="fictitious").exists()
    assert not Fact.objects.filter(city=commune).exclude(quality="fictitious").exists()
    assert not School.objects.filter(city=commune, is_fictitious=False).exists()


def _every_school_received_was_chosen(plan):
    """File, opinions, rank, decision, line of a programme, roll-out: one school after the other."""
    for state in plan.equipped:
        file = Application.objects.get(school=state.id, state="converted")
        decision = Decision.objects.get(pk=file.decision_id)
        assert decision.session.published_at, state.name
        assert file.opinions.exclude(verdict="").count() == 5, state.name
        assert file.ranks.filter(priority_list__state="adopted").count() == 1, state.name
        entry = ProgrammeEntry.objects.get(application=file)
        rollout = Rollout.objects.get(programme_entry_id=entry.pk)
        assert rollout.service_on and rollout.receptions.get().receipt_at, state.name


def _nothing_was_received_or_paid_in_poitiers():
    real = School.objects.filter(city__slug=cast.CITY)
    assert not Acceptance.objects.filter(school__in=real).exists()
    assert not Rollout.objects.filter(school__in=real).exists()
    assert not Application.objects.filter(school__in=real).exists()
    assert not Expense.objects.filter(school__in=real).exists()


def test_today_finds_the_plan_alive(commune):
    """Each state that a page can show is there to be seen."""
    today = localdate()
    rollouts = progress_of(Rollout.objects.filter(school__city=commune, service_on=None), today)
    assert {p.phase for p in rollouts} >= {Phase.SUPPLY, Phase.ACCEPTANCE, Phase.RESERVATIONS}
    assert sum(bool(p.blocked) for p in rollouts) == 1
    assert any(p.late for p in rollouts)

    states = set(Application.objects.filter(school__city=commune).values_list("state", flat=True))
    assert states >= {"draft", "inspector_review", "changes_requested", "state_review", "waiting_list", "withdrawn"}
    waited = Opinion.objects.filter(given_at=None, application__state__in=("inspector_review", "state_review"))
    assert {opinion.is_late(today) for opinion in waited} == {True, False}
    assert PriorityList.objects.get(state="draft").moves.count() == 1
    assert Programme.objects.filter(state="submitted_copil").count() == 1
    assert any(follow_up.is_late_on(today) for follow_up in FollowUp.objects.all())
    assert set(Session.objects.values_list("state", flat=True)) >= {"planned", "pack_frozen", "minutes_draft"}
    assert set(Booking.objects.values_list("state", flat=True)) == set(BookingState.values)
    (counted,) = HandOver.objects.filter(moment="returned")  # the school found all of it, the city one part less
    compared = counts_compared(list(hand_overs_of(counted.booking)))
    assert [part.changes for part in compared if part.changes] == [("1 de moins au contrôle",)]
    assert set(Asset.objects.values_list("state", flat=True)) >= set(AssetState.values) - {"in_stock"}
    assert set(WifiWindow.objects.values_list("ending", flat=True)) == {"hand", "time"}
    cart = Asset.objects.get(label__contains="ULIS")
    assert sorted(cart.contents.values_list("slot", flat=True)) == ["1", "2", "3", "4", "5", "6", "7", "B", "M"]


def test_what_was_bought_is_used_by_three_classes_and_the_dossiers_say_it(commune):
    """Issue 19, line 9: the cart, the Wi-Fi and the kit of each session are those of the plan, and so is the sum."""
    today, lessons = localdate(), list(Lesson.objects.filter(school__city=commune).select_related("school"))
    assert lessons or today - first_september(today) < datetime.timedelta(days=14)
    assert {lesson.school.name for lesson in lessons} <= {each.school for each in classes.CLASSES}
    for lesson in lessons:
        window = WifiWindow.objects.filter(pk=lesson.window_id).first()
        if lesson.school.kind == School.Kind.NURSERY:  # tablets of the class: no cart, no access point
            assert window is None and (not lesson.kit_id or lesson.kit_label.endswith("en prêt"))
            continue
        assert window.point.cart_id == lesson.kit_id and window.room_id == lesson.room_id
        assert window.opened_at == lesson.opened_at and window.ended_at - lesson.closed_at == classes.SENT
    told = told_of(commune, overview_of(commune, School.objects.filter(city=commune), today), today)
    assert told.used_count == len({lesson.school_id for lesson in lessons})
    assert told.carts.idle_count == told.carts.count - len({lesson.kit_id for lesson in lessons if lesson.window_id})

    for dossier in Dossier.objects.filter(session__committee__city=commune):
        (row,) = [row for row in json.loads(bytes(dossier.data))["figures"] if "heures-élèves, " in row["label"]]
        since = first_september(localdate(dossier.frozen_at))
        held = [each for each in lessons if since <= localdate(each.opened_at) and each.closed_at < dossier.frozen_at]
        assert (row["value"] == "aucune séance comptée") == (not held), row


def test_nobody_meets_nor_waits_for_anything_on_a_day_off(commune):
    days = {
        *Session.objects.values_list("planned_on", flat=True),
        *FollowUp.objects.values_list("due_on", flat=True),
        *Asset.objects.filter(due_on__isnull=False).values_list("due_on", flat=True),
    }
    for name in ("teachers_council_on", "school_council_on"):
        days |= set(Application.objects.filter(**{f"{name}__isnull": False}).values_list(name, flat=True))
    assert days and [day for day in sorted(days) if day != working(day)] == []


def test_most_access_points_say_how_they_go_off_as_in_a_real_city(commune):
    """The city's Wi-Fi page shows what is left to declare, not a column of it."""
    lines = [line for line in wifi_of(School.objects.filter(city=commune), timezone.now()) if line.points_count]
    undeclared = {line.school.name: line.undeclared_count for line in lines if line.undeclared_count}
    assert len(lines) > 15 and undeclared == {"Les Osselets": 1}


def test_everyone_of_the_plan_finds_something_to_do(commune):
    today = localdate()

    def who(name):
        return Person.objects.get(account__identifier=name)

    session = Session.objects.get(state="minutes_draft")
    for name in ("r.fanion", "p.clairon"):  # one elected member or the other
        assert governance.can_approve_minutes(who(name), session, today), name
    reception = Reception.objects.get(receipt_at=None, signed_at__isnull=False)
    assert rollouts_rules.can_sign_receipt(who("f.ardillon"), reception, today)
    draft = Application.objects.get(state="draft")
    assert applications.can_edit_application(who("a.boulier"), draft, timezone.now())
    for name in ("a.cartable", "y.encrier", "e.boussole", "t.bobine", "f.farandole"):
        assert applications.opinions_to_give_by(who(name), today).exists(), name
    advice = Recommendation.objects.get(dan_signed_at=None)
    assert priorities.pens_of(who("e.boussole"), advice.city, today) == ["dan"]
    assert priorities.programmes_visible_to(who("l.tirelire"), today).filter(state="submitted_copil").exists()
    assert governance.dossiers_visible_to(who("o.guirlande"), today).exists()
    assert studies.cohorts_visible_to(who("i.crayon"), today).exists()
