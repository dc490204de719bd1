"""Whatever is tried in whatever order: ranks, kits and derived states stay what plan.md says."""

import contextlib
import datetime
from types import SimpleNamespace

import pytest
from django.db import IntegrityError, transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from preau.kit.answers import Conflict
from preau.places.models import School
from preau.plan.applications.models import Application, State
from preau.plan.equipment import actions as equipment
from preau.plan.equipment import queries
from preau.plan.equipment.models import Acceptance, Fact, KitLine, Measure, Quality
from preau.plan.priorities import actions
from preau.plan.priorities.models import SETTLED, SIGNED, ListState, PriorityList, ProgrammeState
from preau.plan.priorities.queries import departures, final_ranks
from preau.plan.rollouts.actions import record_acceptance, remove_acceptance, restore_acceptance
from tests.plan.conftest import NOW, TODAY
from tests.plan.priorities.conftest import NAMES, Scene, decision
from tests.sharing import walks

pytestmark = pytest.mark.django_db


@pytest.fixture
def scene(world):
    return Scene(world)


# ── the list of a call, version after version


def _last(scene):
    return scene.call.priority_lists.order_by("-version").first()


def _write(act, scene, name, rank, which=0):
    """`which`: how many versions before the last one; all of them are written in, as a page left open does."""
    versions = list(scene.call.priority_lists.order_by("-version"))
    row, application = versions[which % len(versions)] if versions else None, scene.applications[name]
    on = {"person": None, "priority_list": row, "now": NOW}
    about = {"application": application, "reason": "Motif."}
    files = [entry.application for entry in row.entries.order_by("rank")] if row else []
    turned = [(file, "Motif.") for file in files[1:] + files[:1]]
    {
        "open": lambda: actions.open_list(person=None, call=scene.call, now=NOW),
        "add": lambda: actions.add_to_list(unready_reason="Travaux.", **about, **on),
        "move": lambda: actions.move_rank(to_rank=rank, **about, **on),
        "remove": lambda: actions.remove_from_list(**about, **on),
        "propose": lambda: actions.propose_list(**on),
        "give back": lambda: actions.give_back_list(**on),
        "cosign": lambda: actions.cosign_list(**on),
        "send": lambda: actions.send_to_copil(**on),
        "adopt": lambda: actions.adopt_list(decision=decision(), **on),
        "change": lambda: actions.adopt_list(decision=decision("Motif."), order=turned, **on),
        "send back": lambda: actions.send_back_list(decision=decision("À revoir."), **on),
    }[act]()


LIST_ACTS = ("add", "move", "remove", "propose", "give back", "cosign", "send", "adopt", "change", "send back", "open")
LIST_WALK = st.lists(
    st.tuples(st.sampled_from(LIST_ACTS), st.sampled_from(NAMES), st.integers(-1, 6), st.integers(0, 2)), max_size=18
)
TO_COSIGN = [("open", "Billes", 1, 0), ("add", "Billes", 1, 0), ("add", "Saules", 1, 0), ("propose", "Billes", 1, 0),
             ("cosign", "Billes", 1, 0)]  # fmt: skip


@pytest.mark.long
@settings(max_examples=walks(25))
@given(walk=LIST_WALK)
def test_a_list_is_a_total_order_and_what_is_signed_never_moves(scene, walk):
    with transaction.atomic():
        signed = {}
        for act, name, rank, which in [*TO_COSIGN[:3], *walk]:
            if _last(scene) is not None or act == "open":
                with contextlib.suppress(Conflict), transaction.atomic():
                    _write(act, scene, name, rank, which)
            _check_lists(scene, signed)
        transaction.set_rollback(True)


TWO = [*TO_COSIGN, ("open", "Billes", 1, 0), ("propose", "Billes", 1, 0), ("cosign", "Billes", 1, 0)]


def test_a_version_left_behind_is_neither_sent_nor_adopted(scene):
    """The walk that gave two adopted lists for one call: both versions signed, both sent, both adopted."""
    for act in [
        *TWO,
        ("send", "Billes", 1, 1),
        ("send", "Billes", 1, 0),
        ("send", "Billes", 1, 1),
        ("open", "Billes", 1, 0),
        ("adopt", "Billes", 1, 0),
        ("adopt", "Billes", 1, 1),
    ]:
        with contextlib.suppress(Conflict), transaction.atomic():
            _write(act[0], scene, *act[1:])
    states = scene.call.priority_lists.order_by("version").values_list("state", flat=True)
    assert list(states) == [ListState.COSIGNED, ListState.ADOPTED]


def test_the_base_refuses_two_lists_before_the_copil(scene):
    for act in [*TWO, ("send", "Billes", 1, 0)]:
        _write(act[0], scene, *act[1:])
    with pytest.raises(IntegrityError), transaction.atomic():
        PriorityList.objects.filter(call=scene.call, version=1).update(state=ListState.BEFORE_COPIL)


def _check_lists(scene, signed):
    """Ranks are 1…n in each version, at most one version is open, one before the COPIL or adopted, a signed order
    stays for ever, and a file is ranked when and only when a signed version holds it."""
    rows = list(PriorityList.objects.filter(call=scene.call))
    assert sum(row.state in (ListState.DRAFT, ListState.PROPOSED) for row in rows) <= 1
    settled = (ListState.BEFORE_COPIL, ListState.ADOPTED, ListState.ADOPTED_WITH_CHANGES)
    assert sum(row.state in settled for row in rows) <= 1
    held = set()
    for row in rows:
        order = list(row.entries.order_by("rank").values_list("application", "rank"))
        assert [rank for _, rank in order] == list(range(1, len(order) + 1))
        if row.state in SIGNED:
            assert signed.setdefault(row.pk, order) == order
            held |= {application for application, _ in order}
            final = sorted(final_ranks([row.pk])[row.pk].values())
            assert final == list(range(1, len(order) + 1))
        else:
            assert row.pk not in signed
    ranked = set(Application.objects.filter(call=scene.call, state=State.RANKED).values_list("pk", flat=True))
    assert ranked == held


# ── the programmes of a year, version after version

YEAR_ACTS = ("add", "remove", "explain", "arbitrate", "submit", "decide", "send back", "vote", "start", "open")
YEAR_WALK = st.lists(
    st.tuples(st.sampled_from(YEAR_ACTS), st.sampled_from(NAMES), st.booleans(), st.integers(0, 2)), max_size=18
)


def _plan(act, scene, kits, name, says, which):
    years = list(scene.city.programmes.order_by("-version"))
    school, reason = scene.applications[name].school, "Motif." if says else ""
    on = {"person": None, "programme": years[which % len(years)], "now": NOW}
    {
        "open": lambda: actions.open_programme(
            person=None, city=scene.city, school_year="2026-2027", envelope_cents=9, now=NOW
        ),
        "add": lambda: actions.add_school(school=school, kit=kits[school.kind], cost_cents=1, reason=reason, **on),
        "remove": lambda: actions.remove_school(school=school, **on),
        "explain": lambda: actions.explain_school(school=school, reason=reason, **on),
        "arbitrate": lambda: actions.arbitrate(**on),
        "submit": lambda: actions.submit_programme(**on),
        "decide": lambda: actions.decide_programme(decision=decision(), **on),
        "send back": lambda: actions.send_back_programme(**on),
        "vote": lambda: actions.record_vote(reference="2026-12", voted_on=TODAY, **on),
        "start": lambda: actions.start_programme(**on),
    }[act]()


@pytest.mark.long
@settings(max_examples=walks(25))
@given(walk=YEAR_WALK)
def test_one_programme_is_settled_a_year_and_each_departure_says_why(scene, walk):
    with transaction.atomic():
        scene.adopted()
        kits = {kind: scene.kit(kind) for kind in {file.school.kind for file in scene.applications.values()}}
        actions.open_programme(person=None, city=scene.city, school_year="2026-2027", envelope_cents=9, now=NOW)
        for act, name, says, which in walk:
            with contextlib.suppress(Conflict), transaction.atomic():
                _plan(act, scene, kits, name, says, which)
            years = list(scene.city.programmes.all())
            assert sum(year.state in SETTLED for year in years) <= 1
            for year in years:
                if year.state != ProgrammeState.SIMULATED:
                    assert all(line.entry.reason for line in departures(year))
        transaction.set_rollback(True)


# ── what a kit asks

LINES = st.builds(
    lambda rule, kind, least, more, group, option: SimpleNamespace(
        item="x",
        kind=kind,
        rule=rule,
        quantity_min=least,
        quantity_max=least + more,
        pupils_per_group=group,
        option=option,
        is_wifi=False,
        terminals_each=None,
        position=1,
        get_rule_display=lambda: rule,
    ),
    st.sampled_from(KitLine.Rule.values),
    st.sampled_from(KitLine.Kind.values),
    st.integers(0, 9),
    st.integers(0, 9),
    st.integers(1, 30),
    st.sampled_from(KitLine.Option.values),
)
NUMBERS = st.none() | st.integers(0, 40)


@given(lines=st.lists(LINES, max_size=8), classes=NUMBERS, floors=NUMBERS, pupils=NUMBERS, extra=st.booleans())
def test_a_need_lies_between_its_least_and_its_most_and_grows_with_the_school(lines, classes, floors, pupils, extra):
    kit = SimpleNamespace(lines=SimpleNamespace(all=lambda: lines))
    options = KitLine.Option.values if extra else ()
    found = queries.needs_of(kit.lines.all(), classes=classes, floors=floors, pupils=pupils, options=options)
    assert len(found) == sum(extra or line.option == KitLine.Option.ALWAYS for line in lines)
    for need in found:
        assert (need.least is None) == (need.most is None) == bool(need.unknown)
        assert need.least is None or 0 <= need.least <= need.most
    if None not in (classes, floors, pupils):
        more = queries.needs_of(
            kit.lines.all(), classes=classes + 1, floors=floors + 1, pupils=pupils + 1, options=options
        )
        assert all(one.least <= two.least and one.most <= two.most for one, two in zip(found, more, strict=True))
    for least, most in filter(None, vars(queries.tally_of(found)).values()):
        assert 0 <= least <= most


# ── « équipée le … », « à niveau aujourd’hui »

DAYS = 12
START = TODAY - datetime.timedelta(days=DAYS)
WALK = st.lists(
    st.tuples(
        st.sampled_from(["receive", "withdraw", "restore"]), st.integers(0, 5), st.integers(0, 1), st.integers(0, DAYS)
    ),
    max_size=14,
)


def _day(number):
    return START + datetime.timedelta(days=number)


@pytest.mark.long
@settings(max_examples=walks(40))
@given(walk=WALK, classes=st.integers(1, 3), second=st.integers(1, DAYS))
def test_derived_states_say_what_a_plain_count_says(scene, walk, classes, second):
    school = scene.world.schools["saules"]
    with transaction.atomic():
        kits = [_kit(scene.city, _day(0)), _kit(scene.city, _day(second))]
        Fact.objects.create(
            city=scene.city,
            school=school,
            measure=Measure.CLASSES,
            value=classes,
            as_of=_day(0),
            source="essai",
            quality=Quality.DECLARED,
        )
        for act, number, version, day in walk:
            rows = list(Acceptance.objects.order_by("id"))
            with contextlib.suppress(Conflict):
                if act == "receive":
                    record_acceptance(
                        person=None,
                        school=school,
                        label=f"Classe {number % 4}",
                        kit=kits[version],
                        accepted_on=_day(day),
                        source="essai",
                        now=NOW,
                    )
                elif rows:
                    about = {"person": None, "acceptance": rows[number % len(rows)], "now": NOW}
                    if act == "withdraw":
                        remove_acceptance(reason="essai", **about)
                    else:
                        restore_acceptance(**about)
            _check_state(school, classes, kits[1].version)
        transaction.set_rollback(True)


def _kit(city, published_on):
    return equipment.publish_kit_version(
        person=None,
        city=city,
        school_kind="elementary",
        published_on=published_on,
        source="essai",
        now=NOW,
        lines=equipment.deck_lines(school_kind="elementary"),
    )


def _check_state(school, classes, version):
    """The same sentences, counted another way: a class at a time, a day at a time."""
    standing = [
        (row.label, row.accepted_on, row.kit.version)
        for row in Acceptance.objects.filter(withdrawn_at=None).select_related("kit").order_by("accepted_on", "id")
    ]
    assert len({(label, kit) for label, _, kit in standing}) == len(standing)
    days = [_day(n) for n in range(DAYS + 1) if len({label for label, on, _ in standing if on <= _day(n)}) >= classes]
    (state,) = queries.situation_of(School.objects.filter(pk=school.pk), TODAY).schools
    assert state.equipped_on == (days[0] if days else None)
    assert state.is_equipped == bool(days)
    newest = {label: kit for label, _, kit in standing}
    assert state.received_count == len(newest)
    assert state.up_to_date_count == sum(kit == version for kit in newest.values())
    assert state.state == ("done" if days else "now" if newest else "unknown")  # no other school received any
    assert not state.is_up_to_date or state.up_to_date_count >= classes
    assert queries.is_renewed(queries.with_renewal(School.objects, TODAY).get(pk=school.pk)) == state.is_up_to_date
