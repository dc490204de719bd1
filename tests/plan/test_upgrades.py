"""A base of before that a new constraint would refuse: the migration says in plain words which rows to mend first."""

import datetime
import hashlib
from importlib import import_module

import pytest
from django.apps import apps
from django.core.management import CommandError
from django.db import IntegrityError, migrations, transaction
from django.utils.timezone import localdate

from preau.kit import batches
from preau.kit.dates import day_text
from preau.places.models import Building, Room, School
from preau.plan.applications.models import Opinion
from preau.plan.equipment.models import Expense, Fact, LeftOut, Subscription
from preau.plan.equipment.queries import untold_schools
from preau.plan.governance.models import Session
from preau.plan.inventory.models import Asset, Kind
from preau.plan.loans.models import LONGEST_STOP, Booking, SharedKit, State, Unavailability
from preau.plan.priorities import actions as priorities
from preau.plan.priorities.models import PriorityList, Programme
from preau.plan.sheets.actions import plan as sheets
from preau.plan.wifi.models import PointSignal, WifiWindow, WifiYear
from tests.plan.applications.conftest import Scene as Files
from tests.plan.governance.conftest import day, stage_of
from tests.plan.loans.conftest import add_kits, ask
from tests.plan.priorities.conftest import NOW, Scene, decision
from tests.plan.upgrades import before, unchecked

WIFI_YEARS = import_module("preau.plan.wifi.migrations.0005_years_counted")
WINDOWS = import_module("preau.plan.wifi.migrations.0002_three_hours_at_most")
DUE = import_module("preau.plan.applications.migrations.0011_due_once_asked")
STOPS = import_module("preau.plan.loans.migrations.0007_stops_of_a_year_at_most")
SAID = import_module("preau.plan.equipment.migrations.0015_said_by_tables")
WORDS = import_module("preau.plan.applications.migrations.0010_known_words")
EXPENSES = import_module("preau.plan.equipment.migrations.0009_expenses_have_a_kind")
SUBSCRIPTIONS = import_module("preau.plan.equipment.migrations.0012_subscriptions_withdrawn")
# First signs of the digest of the columns, in order, of each table whose rows an import makes.
COLUMNS = {
    "people.Person": "85d8d7fd", "people.Contact": "bb81a6d2", "people.Mandate": "38de6370",
    "places.Classroom": "d070087d", "places.Group": "44457f97", "places.School": "ae974bd6",
    "schools.Enrolment": "4815ff72", "schools.GroupMember": "46e5113f", "schools.Guardianship": "1184a334",
    "schools.PupilRecord": "1e804bc3", "equipment.Acceptance": "9af7387b", "equipment.Expense": "0d3ae76b",
    "equipment.Fact": "541a3622", "inventory.Asset": "d1342255",
    "places.Building": "fd25b54f", "places.Room": "daccd6c6",
}  # fmt: skip
pytestmark = pytest.mark.django_db
KITS = import_module("preau.plan.loans.migrations.0003_one_school_at_a_time")
SESSIONS = import_module("preau.plan.governance.migrations.0008_session_dates_in_order")
LISTS = import_module("preau.plan.priorities.migrations.0002_one_adopted_one_decided")


def test_what_a_table_said_before_is_kept_and_a_school_it_did_not_name_is_not_known(world):
    city = world.cities["marelle"]
    table = "École;Nature;Année;Classes équipées\nNeuve;primaire;2018;3\nSaules;élémentaire;2018;\n".encode()
    draft = sheets.keep_draft(person=None, city=city, name="t.csv", data=table, now=NOW)
    batch = sheets.apply_draft(person=None, draft=draft, now=NOW).batch
    Fact.objects.filter(measure="none_received").delete()  # as before
    far = School.objects.filter(city=city).exclude(name__endswith="Saules").exclude(name="Neuve").first()
    LeftOut.objects.create(city=city, school=far, batch=batch, file_name="t.csv", subject=far.name, reason="absente")
    SAID.keep_what_tables_said(apps, None)
    said = Fact.objects.filter(measure="none_received").values_list("school__name", flat=True)
    assert said.filter(school__name__endswith="Saules").count() == 1 and "Neuve" not in said
    assert far in untold_schools(city, localdate(NOW)) and not LeftOut.objects.open().exists()


def test_a_kit_away_twice_is_named_with_its_two_schools(world):
    add_kits(world.cities["marelle"])
    first, second = (ask(world.schools[name]) for name in ("tilleuls", "saules"))
    KITS.refuse_a_kit_away_twice(apps, None)
    before("kit_away_once")
    Booking.objects.filter(pk__in=[first.pk, second.pk]).update(state=State.OUT, kit=first.kit)
    with pytest.raises(CommandError) as refused:
        KITS.refuse_a_kit_away_twice(apps, None)
    for told in (first.kit.name, first.school.name, second.school.name, str(first.pk), str(second.pk), "recommencez"):
        assert told in str(refused.value)


def test_two_lists_before_the_copil_are_named_with_their_call(world):
    scene = Scene(world)
    adopted = scene.adopted()
    LISTS.refuse_two_lists(apps, None)
    before("priority_list_one_before_copil_or_adopted")
    values = {
        name: getattr(adopted, name)
        for name in (
            "city",
            "call",
            "state",
            "opened_at",
            "dsden_signed_at",
            "dan_signed_at",
            "decision_id",
            "decided_on",
        )
    }
    other = PriorityList.objects.create(version=2, **values)
    with pytest.raises(CommandError) as refused:
        LISTS.refuse_two_lists(apps, None)
    for told in ("Appel 2026, Marelle", "version 1 (adoptée", "version 2 (adoptée", str(other.pk), "renvoyée"):
        assert told in str(refused.value)


def test_two_programmes_of_a_year_are_named_with_their_year(world):
    scene = Scene(world)
    scene.adopted()
    years = [scene.programme(("Tilleuls",)), scene.programme(("Saules",))]
    for year in years:
        priorities.arbitrate(person=None, programme=year, now=NOW)
        priorities.submit_programme(person=None, programme=year, now=NOW)
    priorities.decide_programme(person=None, programme=years[0], decision=decision(), now=NOW)
    LISTS.refuse_two_programmes(apps, None)
    before("programme_one_decided_per_year")
    Programme.objects.filter(pk=years[1].pk).update(state="decided", decision_id=decision().id)
    with pytest.raises(CommandError) as refused:
        LISTS.refuse_two_programmes(apps, None)
    for told in ("2026-2027, Marelle", "version 1 (arrêté par le COPIL", str(years[1].pk), "simulé"):
        assert told in str(refused.value)


@pytest.mark.parametrize(
    ("constraint", "wrong", "told"),
    [
        ("session_instants_in_order", {"published_at": NOW - datetime.timedelta(days=9)}, "relevé publié le"),
        ("session_held_once_planned_or_convened", {"held_on": day(-9)}, "avant d’être prévue et convoquée"),
    ],
)
def test_a_session_out_of_order_is_named_with_its_committee(world, constraint, wrong, told):
    session = stage_of(world).session("published")
    SESSIONS.refuse_out_of_order(apps, None)
    with unchecked("governance_session", constraint):
        Session.objects.filter(pk=session.pk).update(**wrong)
    with pytest.raises(CommandError) as refused:
        SESSIONS.refuse_out_of_order(apps, None)
    for words in (f"Marelle, séance {session.number}", str(session.pk), told, "recommencez"):
        assert words in str(refused.value)


def test_a_wifi_window_too_long_is_named_with_its_room(world):
    school = world.schools["tilleuls"]
    room = Room.objects.create(building=Building.objects.create(school=school, name="Bâtiment A"), name="Salle 1")
    window = WifiWindow.objects.create(
        city=school.city,
        school=school,
        room=room,
        activity="search",
        opened_at=NOW,
        ends_at=NOW + datetime.timedelta(minutes=180),
    )
    WINDOWS.refuse_long_windows(apps, None)
    with unchecked("wifi_wifiwindow", "wifi_is_on_three_hours_at_most"):
        WifiWindow.objects.filter(pk=window.pk).update(ends_at=NOW + datetime.timedelta(minutes=181))
    with pytest.raises(CommandError) as refused:
        WINDOWS.refuse_long_windows(apps, None)
    for told in (school.name, "Salle 1", str(window.pk), "plus de trois heures", "recommencez"):
        assert told in str(refused.value)


def test_a_word_out_of_its_list_is_named_with_its_school(world):
    scene = Files(world)
    opinion = scene.opinion(scene.submitted())
    with unchecked("applications_opinion", "opinion_authority_is_known"):
        Opinion.objects.filter(pk=opinion.pk).update(authority="maire")
    with pytest.raises(CommandError, match=f"{scene.school.name} .ligne {opinion.pk}.*autorité.*maire"):
        for operation in WORDS.Migration.operations[:4]:
            operation.code(apps, None)


def test_an_opinion_due_before_it_is_asked_is_refused_then_named_with_its_school(world):
    scene = Files(world)
    opinion = scene.opinion(scene.submitted())
    these, asked = Opinion.objects.filter(pk=opinion.pk), opinion.asked_at.astimezone(datetime.UTC).date()
    these.update(due_on=asked)
    DUE.refuse_due_before_asked(apps, None)
    early = asked - datetime.timedelta(days=1)
    with pytest.raises(IntegrityError, match="opinion_due_once_it_is_asked"), transaction.atomic():
        these.update(due_on=early)
    with unchecked("applications_opinion", "opinion_due_once_it_is_asked"):
        these.update(due_on=early)
    with pytest.raises(CommandError, match=f"{scene.school.name}, IEN .ligne {opinion.pk}") as refused:
        DUE.refuse_due_before_asked(apps, None)
    assert day_text(early) in str(refused.value) and "recommencez" in str(refused.value)


def test_a_stop_of_more_than_a_year_is_refused_then_named_with_its_kit(world):
    add_kits(world.cities["marelle"])
    kit = SharedKit.objects.first()
    stop = Unavailability.objects.create(
        kit=kit, first_half_day=100, last_half_day=100 + LONGEST_STOP, reason="Réparation"
    )
    these = Unavailability.objects.filter(pk=stop.pk)
    STOPS.refuse_long_stops(apps, None)
    with pytest.raises(IntegrityError, match="unavailability_is_a_year_at_most"), transaction.atomic():
        these.update(last_half_day=101 + LONGEST_STOP)
    with unchecked("loans_unavailability", "unavailability_is_a_year_at_most"):
        these.update(last_half_day=101 + LONGEST_STOP)
    with pytest.raises(CommandError, match=f"{kit.name}, .*ligne {stop.pk}") as refused:
        STOPS.refuse_long_stops(apps, None)
    assert "plus d’un an" in str(refused.value)


def test_wifi_years_of_before_are_counted_from_the_register(world):
    school = world.schools["tilleuls"]
    room = Room.objects.create(building=Building.objects.create(school=school, name="Bâtiment A"), name="Salle 1")
    point = Asset.objects.create(
        city=school.city,
        school=school,
        kind=Kind.ACCESS_POINT,
        label="Borne",
        tag="ABC234",
        state="deployed",
        state_on=localdate(NOW),
        placed_at=NOW,
    )
    for days, minutes in ((0, 30), (1, 20), (400, 10)):
        since, length = NOW - datetime.timedelta(days=days), datetime.timedelta(minutes=minutes)
        window = WifiWindow.objects.create(
            city=school.city,
            school=school,
            room=room,
            activity="search",
            opened_at=since,
            ends_at=since + length,
            ended_at=since + length,
            ending="time",
        )
        if days == 1:
            PointSignal.objects.create(
                city=school.city, point=point, state="on", at=since, received_at=since, window=window
            )
    WIFI_YEARS.count_what_ended(apps, None)
    kept = WifiYear.objects.order_by("school_year").values_list("windows_count", "length", "measured_length")
    assert [(count, *(length.seconds // 60 for length in lengths)) for count, *lengths in kept] == [
        (1, 10, 0),
        (2, 50, 20),
    ]


def test_a_subscription_of_no_year_becomes_of_unknown_length_and_is_told(world, capsys):
    own = {"payer": "city", "source": "Convention", "quality": "declared", "school": world.schools["tilleuls"]}
    for months in range(2):
        Subscription.objects.create(starts_on=datetime.date(2019, 9 + months, 1), years_count=3, **own)
    these = Subscription.objects.filter(starts_on__month=9)
    with unchecked("equipment_subscription", "subscription_lasts_a_year_or_unknown"):
        these.update(years_count=0)
    SUBSCRIPTIONS.say_unknown(apps, None)
    said = capsys.readouterr().out
    assert "École Tilleuls à partir du 01/09/2019" in said and said.count("Abonnement") == 1
    assert set(Subscription.objects.values_list("starts_on__month", "years_count")) == {(9, None), (10, 3)}
    assert isinstance(SUBSCRIPTIONS.Migration.operations[0], migrations.RunPython), "before the constraint"


def test_a_batch_of_before_is_still_undone_when_its_table_has_new_columns(world):
    """What a person changed since stays told; the upgrade passes for nobody's change."""
    facts = {"school": world.schools["tilleuls"], "fiscal_year": 2024, "amount_cents": 100, "source": "tableau"}
    rows = [Expense(regime=regime, quality="declared", **facts) for regime in ("ht", "ttc")]
    batch = batches.apply(kind="plan", scope="x", person_id=None, now=NOW, writes=list(map(batches.Create, rows)))
    old = ["id", "school", "fiscal_year", "amount_cents", "regime", "source", "quality", "withdrawn_at"]
    for change, row in zip(batch.changes.order_by("position"), rows, strict=True):
        batch.changes.filter(pk=change.pk).update(after=batches.digest_row(batch.id, row, old))
    assert [found.count for found in batches.find_obstacles(batch)] == [2]
    Expense.objects.filter(pk=rows[1].pk).update(source="corrigé")
    for operation in (EXPENSES.NOTE, EXPENSES.TAKE_AGAIN):
        operation.code(apps, None)
    assert [found.row_ids for found in batches.find_obstacles(batch)] == [(rows[1].pk,)]
    Expense.objects.filter(pk=rows[1].pk).update(source="tableau")
    batch.changes.filter(row_id=rows[1].pk).update(after=batches.digest_row(batch.id, rows[1]))
    batches.undo(batch=batch, person_id=None, now=NOW)
    assert not Expense.objects.filter(pk__in=[row.pk for row in rows]).exists()


def test_columns_of_what_imports_write_change_with_their_batches():
    """A column more or less: `kit.upgrades.keep_undoable` stands around its operations, then the new digest here."""
    found = {
        label: hashlib.sha256(" ".join(field.name for field in fields).encode()).hexdigest()[:8]
        for label in COLUMNS
        for fields in [batches.own_fields(apps.get_model(label))]
    }
    assert found == COLUMNS
