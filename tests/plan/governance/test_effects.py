"""A decision takes effect when its relevé is approved: the list, the year, one candidature, and the road after them."""

import io

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from pypdf import PdfReader

from preau.journal.models import Entry
from preau.journal.queries import verify_chain
from preau.kit.answers import Conflict
from preau.plan.applications.models import Application, Authority
from preau.plan.applications.models import State as File
from preau.plan.governance import actions, queries
from preau.plan.governance.models import Decision
from preau.plan.priorities import actions as priorities
from preau.plan.priorities.models import ListState, ProgrammeState
from preau.plan.rollouts import actions as rollouts
from tests.kept import kept
from tests.plan.applications.conftest import Scene as Files
from tests.plan.governance.conftest import NOW, SECRET, day
from tests.plan.priorities.conftest import Scene as Ranks
from tests.plan.priorities.conftest import order_of

pytestmark = [pytest.mark.django_db, pytest.mark.long]


@pytest.fixture
def ranks(world):
    return Ranks(world)


@kept
def copil(stage, kind, row, until="held", **decision):
    """A COPIL whose one point bears on `row`, with its decision; (session, decision)."""
    session = stage.session(until, item={"object_kind": kind, "object_id": row.pk})
    return session, stage.decide(session, item=session.items.get(), **decision)


def approve(stage, session):
    actions.draft_minutes(person=stage.secretary, session=session, text="Relevé.", now=NOW)
    stage.approve(session)


def order(scene, *names, reason="Travaux d’abord."):
    """As the page sends it: the moved schools say why."""
    signed = list(scene.applications)
    return [
        {"application": str(scene.applications[name].pk), "reason": reason if signed.index(name) != place else ""}
        for place, name in enumerate(names)
    ]


@kept
def listed(files, application):
    """The one-school list, signed by both and put before the COPIL."""
    dsden, dan = files.who("dsden"), files.who("dan")
    row = priorities.open_list(person=dsden, call=files.call, now=NOW)
    priorities.add_to_list(
        person=dsden, priority_list=row, application=application, reason="Projet solide.",
        unready_reason="Travaux cet été.", now=NOW,
    )  # fmt: skip
    priorities.propose_list(person=dsden, priority_list=row, now=NOW)
    priorities.cosign_list(person=dan, priority_list=row, now=NOW)
    return priorities.send_to_copil(person=dsden, priority_list=row, now=NOW)


def programmed(stage, row, school, kit):
    """The year that follows this list, put before the same COPIL."""
    agent = stage.secretary
    year = priorities.open_programme(
        person=agent, city=stage.city, school_year="2026-2027", envelope_cents=9_000_000, priority_list=row, now=NOW
    )
    priorities.add_school(person=agent, programme=year, school=school, kit=kit, cost_cents=5_000_000, now=NOW)
    priorities.arbitrate(person=agent, programme=year, now=NOW)
    return priorities.submit_programme(person=agent, programme=year, now=NOW)


def test_a_project_goes_from_the_school_to_its_roll_out(world, stage):
    """One road: file, opinions, list, programme, one COPIL on both, roll-out; each step by the one it belongs to."""
    files = Files(world)
    application = files.in_state_review()
    for authority, name in ((Authority.DSDEN, "dsden"), (Authority.DAN, "dan"), (Authority.CITY_IT, "city_it")):
        files.give(application, authority, name)
    row, kit = listed(files, application), Ranks.kit(stage, "primary")
    year = programmed(stage, row, application.school, kit)
    session = stage.session("planned", item={"object_kind": "list", "object_id": row.pk})
    as_secretary = {"person": stage.secretary, "session": session, "now": NOW}
    actions.add_item(
        title="Le programme", aim="decision", presented_by="city", object_kind="programme", object_id=year.pk,
        **as_secretary,
    )  # fmt: skip
    actions.convene_session(**as_secretary)
    actions.freeze_dossier(**as_secretary)
    actions.hold_session(held_on=day(-1), **as_secretary)
    for item in session.items.order_by("position"):
        stage.decide(session, item=item, ambitions=files.ambitions[:1])
    application.refresh_from_db()
    assert application.state == File.RANKED  # decided, not approved: nothing moved
    approve(stage, session)
    for each in (application, year, row):
        each.refresh_from_db()
    assert (application.state, row.state, year.state) == (File.SELECTED, ListState.ADOPTED, ProgrammeState.DECIDED)
    assert application.decision_number == session.decisions.get(sequence=2).number
    line = year.entries.get().pk
    rollout = rollouts.open_rollout(
        person=files.who("city_it"), school=application.school, kit=kit, classes_count=3, programme_entry_id=line,
        now=NOW,
    )  # fmt: skip
    application.refresh_from_db()
    assert (application.state, rollout.programme_entry_id) == (File.CONVERTED, line)
    assert verify_chain(stage.city.pk).broken_at is None


def test_the_copil_changes_a_list_by_a_reasoned_decision_only(stage, ranks):
    """AC-25: the signed order stays as it was signed, beside the one the COPIL gave, school by school."""
    listed = ranks.before_copil()
    session, decision = copil(
        stage, "list", listed, result="changed", reason="Un chantier commence.",
        order=order(ranks, "Saules", "Tilleuls", "Billes", "Ficelle"),
    )  # fmt: skip
    approve(stage, session)
    listed.refresh_from_db()
    assert (listed.state, listed.decision_number) == (ListState.ADOPTED_WITH_CHANGES, decision.number)
    assert order_of(listed) == ["Tilleuls", "Saules", "Billes", "Ficelle"]
    lines = [(line.school_name, line.rank, line.signed_rank) for line in queries.order_lines(decision)]
    assert lines[:2] == [("École Saules", 1, 2), ("École Tilleuls", 2, 1)]


@pytest.mark.parametrize(
    "fields",
    [
        {"result": "changed", "reason": "x"},
        {"result": "changed", "reason": "x", "order": ("Tilleuls", "Saules", "Billes", "Ficelle")},
        {"result": "changed", "reason": "x", "order": ("Saules", "Tilleuls", "Billes")},
        {"result": "adopted", "order": ("Saules", "Tilleuls", "Billes", "Ficelle")},
    ],
)  # fmt: skip
def test_an_order_that_is_none_is_not_decided(stage, ranks, fields):
    listed = ranks.before_copil()
    fields = fields | {"order": order(ranks, *fields["order"])} if "order" in fields else fields
    with pytest.raises(Conflict, match="ordre"):
        copil(stage, "list", listed, **fields)
    assert not Decision.objects.exists()


@pytest.mark.parametrize(("reason", "why"), [("", "Travaux."), (" ", "Travaux."), ("Un chantier.", " ")])
def test_ac_25_an_order_without_its_reasons_is_not_decided(stage, ranks, reason, why):
    listed = ranks.before_copil()
    new = order(ranks, "Saules", "Tilleuls", "Billes", "Ficelle", reason=why)
    with pytest.raises(Conflict, match="se motive"):
        copil(stage, "list", listed, result="changed", reason=reason, order=new)
    assert not Decision.objects.exists()


def test_ac_25_a_programme_that_the_new_order_contradicts_is_decided_with_a_reason(stage, ranks):
    """One COPIL changes the list, then settles the programme submitted before: its decision says why."""
    listed = ranks.before_copil()
    year = submitted_year(stage, ranks)
    year.priority_list = listed
    year.save()
    year.entries.update(application=ranks.applications["Tilleuls"], reason="")
    session = stage.session("held", item={"object_kind": "list", "object_id": listed.pk})
    new = order(ranks, "Saules", "Tilleuls", "Billes", "Ficelle")
    stage.decide(session, item=session.items.get(), result="changed", reason="Un chantier.", order=new)
    settled = stage.decide(session, object_kind="programme", object_id=year.pk)
    with pytest.raises(Conflict, match=f"{settled.number} ne peut pas prendre effet.*École Tilleuls passe"):
        approve(stage, session)
    year.refresh_from_db(), session.refresh_from_db()
    assert (year.state, session.state) == (ProgrammeState.SUBMITTED_COPIL, "minutes_draft")
    actions.amend_decision(person=stage.secretary, decision=settled, reason="Déjà câblée.", now=NOW)
    stage.approve(session)
    year.refresh_from_db()
    assert (year.state, year.decision_reason) == (ProgrammeState.DECIDED, "Déjà câblée.")


def test_the_base_refuses_an_order_that_no_change_gave(stage, ranks):
    _, decision = copil(stage, "list", ranks.before_copil())
    with pytest.raises(IntegrityError), transaction.atomic():
        Decision.objects.filter(pk=decision.pk).update(order=order(ranks, "Saules", "Tilleuls"))


@pytest.mark.parametrize("result", ["sent_back", "rejected"])
def test_a_list_sent_back_is_followed_by_a_new_version(stage, ranks, result):
    listed = ranks.before_copil()
    session, _ = copil(stage, "list", listed, result=result, reason="À revoir.")
    approve(stage, session)
    listed.refresh_from_db()
    assert listed.state == ListState.SENT_BACK
    assert priorities.open_list(person=ranks.who("dsden"), call=ranks.call, now=NOW).version == 2


def test_what_is_only_said_changes_nothing(stage, ranks):
    listed = ranks.before_copil()
    session, _ = copil(stage, "list", listed, result="noted")
    approve(stage, session)
    listed.refresh_from_db()
    assert listed.state == ListState.BEFORE_COPIL


def test_a_cotech_does_not_adopt_a_list(stage, ranks):
    listed = ranks.before_copil()
    session = stage.session("held", committee=stage.cotech, item={"object_kind": "list", "object_id": listed.pk})
    stage.decide(session, item=session.items.get())
    approve(stage, session)
    listed.refresh_from_db()
    assert listed.state == ListState.BEFORE_COPIL


def submitted_year(stage, ranks, names=("Tilleuls",)):
    year = ranks.programme(names)
    priorities.arbitrate(person=stage.secretary, programme=year, now=NOW)
    return priorities.submit_programme(person=stage.secretary, programme=year, now=NOW)


def test_a_programme_waits_for_its_list_and_the_releve_with_it(stage, ranks):
    listed = ranks.before_copil()
    year = submitted_year(stage, ranks)
    year.priority_list = listed
    year.save()
    session, decision = copil(stage, "programme", year)
    with pytest.raises(Conflict, match=f"{decision.number} ne peut pas prendre effet.*pas adoptée"):
        approve(stage, session)
    session.refresh_from_db(), year.refresh_from_db()
    assert (session.state, session.approvals.count()) == ("minutes_draft", 1)
    assert year.state == ProgrammeState.SUBMITTED_COPIL


def test_a_releve_that_stops_leads_to_the_decision(stage, ranks, client):
    listed = ranks.before_copil()
    year = submitted_year(stage, ranks)
    year.priority_list = listed
    year.save()
    session, decision = copil(stage, "programme", year)
    actions.draft_minutes(person=stage.secretary, session=session, text="Relevé.", now=NOW)
    session.refresh_from_db()
    actions.approve_minutes(person=stage.who("dsden"), session=session, version=session.version, now=NOW)
    stage.world.sign_in(client, "elected")
    answer = client.post(
        reverse("governance:minutes_approval", args=[session.pk]), {"version": session.version}, follow=True
    )
    page = reverse("governance:decision_detail", args=[decision.pk])
    assert f'<a href="{page}">Ouvrir la décision {decision.number}</a>' in answer.text
    assert "n’est donc pas approuvé" in answer.text and client.get(page).status_code == 200


def test_the_copil_writes_nothing_in_the_city_s_programme(stage, ranks):
    ranks.adopted()
    year = submitted_year(stage, ranks)
    with pytest.raises(Conflict, match="acte de la Ville"):
        copil(stage, "programme", year, result="changed", reason="Une école de moins.")
    session, _ = copil(stage, "programme", year, result="sent_back", reason="Une école de moins.")
    approve(stage, session)
    year.refresh_from_db()
    assert year.state == ProgrammeState.SIMULATED


@pytest.mark.parametrize("result, state", [("rejected", File.NOT_SELECTED), ("adopted", File.SELECTED)])
def test_one_candidature_is_kept_or_not(stage, ranks, result, state):
    ranks.adopted()
    file = Application.objects.get(pk=ranks.applications["Billes"].pk)
    session, decision = copil(stage, "application", file, result=result, reason="L’école ferme.")
    approve(stage, session)
    file.refresh_from_db()
    assert (file.state, file.decision_number, file.decision_reason) == (state, decision.number, "L’école ferme.")


def test_a_rollout_follows_only_a_settled_programme(stage, ranks):
    ranks.adopted()
    year = submitted_year(stage, ranks)
    entry = year.entries.get()
    with pytest.raises(Conflict, match="programme arrêté"):
        rollouts.open_rollout(
            person=None, school=entry.school, kit=entry.kit, classes_count=3, programme_entry_id=entry.pk, now=NOW
        )
    assert not entry.school.rollouts.exists()


def test_the_page_asks_for_the_order_and_keeps_it(stage, ranks, client):
    listed = ranks.before_copil()
    session = stage.session("held", item={"object_kind": "list", "object_id": listed.pk})
    stage.world.sign_in(client, "city_education")
    page = reverse("governance:decision_create", args=[session.pk]) + f"?point={session.items.get().pk}"
    rank = {name: f"rank-{file.pk}" for name, file in ranks.applications.items()}
    typed = {rank[name]: place for place, name in enumerate(ranks.applications, 1)}
    swapped = typed | {rank["Tilleuls"]: 2, rank["Saules"]: 1}
    base = {"text": "Le comité adopte.", "reason": "Un chantier."}
    for more, said in (
        (swapped | {"result": "adopted"}, "Vous avez changé des rangs"),
        (typed | {rank["Tilleuls"]: 2, "result": "changed"}, "a un rang à elle"),
        (typed | {"result": "changed"}, "change au moins un rang"),
    ):
        answer = client.post(page, base | more)
        assert (
            answer.status_code == 422 and said in answer.content.decode() and "Un chantier." in answer.content.decode()
        )
    client.post(page, base | swapped | {"result": "changed", f"why-{ranks.applications['Saules'].pk}": "Prête."})
    decision = Decision.objects.get()
    assert [line["reason"] for line in decision.order] == ["Prête.", "Un chantier.", "", ""]
    shown = client.get(reverse("governance:decision_detail", args=[decision.pk])).content.decode()
    assert "L’ordre décidé" in shown and "Prête." in shown
    edit = client.get(reverse("governance:decision_edit", args=[decision.pk])).content.decode()
    assert f'name="{rank["Saules"]}" value="1"' in edit


def test_the_page_opens_a_roll_out_for_the_programme(stage, ranks, client):
    ranks.adopted()
    year = submitted_year(stage, ranks)
    session, _ = copil(stage, "programme", year)
    approve(stage, session)
    entry = year.entries.get()
    stage.world.sign_in(client, "city_it")
    page = reverse("rollouts:rollout_create", args=[entry.school_id])
    assert "programme 2026-2027, décision" in client.get(page).content.decode()
    client.post(page, {"kit": entry.kit_id, "classes_count": 3, "programme_entry": entry.pk})
    assert entry.school.rollouts.get().programme_entry_id == entry.pk
    assert Application.objects.get(pk=entry.application_id).state == File.CONVERTED


def test_the_dossier_prints_what_changed_since_the_version_before(stage, ranks):
    session, _ = copil(stage, "list", ranks.before_copil(), result="sent_back", reason="À revoir.")
    approve(stage, session)
    dsden, dan = ranks.who("dsden"), ranks.who("dan")
    second = priorities.open_list(person=dsden, call=ranks.call, now=NOW)
    priorities.move_rank(
        person=dsden, priority_list=second, application=ranks.applications["Ficelle"], to_rank=1, reason="Entendue.",
        now=NOW,
    )  # fmt: skip
    priorities.propose_list(person=dsden, priority_list=second, now=NOW)
    priorities.cosign_list(person=dan, priority_list=second, now=NOW)
    priorities.send_to_copil(person=dsden, priority_list=second, now=NOW)
    later = stage.session("pack_frozen", item={"object_kind": "list", "object_id": second.pk})
    pages = PdfReader(io.BytesIO(bytes(later.dossiers.get(audience="members").pdf))).pages
    text = " ".join(page.extract_text() for page in pages).replace("\n", " ")
    assert "1, avant" in text and "version 2" in text


def test_each_member_opens_what_its_room_lets_it_read(stage, ranks, client):
    """A link shown never answers 404: an IEN does not read a programme before its decision."""
    ranks.adopted()
    session, decision = copil(stage, "programme", submitted_year(stage, ranks))
    link = reverse("priorities:programme_detail", args=[decision.object_id])
    for name, reads in (("city_education", True), ("elected", True), ("dsden", True), ("ien", False)):
        stage.world.sign_in(client, name)
        for page in (
            reverse("governance:session_detail", args=[session.pk]),
            reverse("governance:decision_detail", args=[decision.pk]),
        ):
            shown = client.get(page).content.decode()
            assert (link in shown) is reads and "Programme\xa0: 2026-2027" in shown, name


def test_the_dossier_shows_the_list_to_members_and_totals_to_federations(stage, ranks):
    listed = ranks.before_copil()
    year = submitted_year(stage, ranks)
    session = stage.session("planned", item={"object_kind": "list", "object_id": listed.pk, "title": "La liste"})
    actions.add_item(
        person=stage.secretary, session=session, title="Le programme", text=SECRET, aim="decision",
        presented_by="city", object_kind="programme", object_id=year.pk, now=NOW,
    )  # fmt: skip
    actions.convene_session(person=stage.secretary, session=session, now=NOW)
    members, federation = actions.freeze_dossier(person=stage.secretary, session=session, now=NOW)
    for dossier, reads in ((members, True), (federation, False)):
        text = bytes(dossier.data).decode()
        for word in ("Projet solide.", "Chantier groupé.", "Projet Tilleuls"):
            assert (word in text) is reads, word
        assert '"total_cents":4000000' in text and "cost_cents" not in text
    assert Entry.objects.filter(verb="governance.freeze_dossier").count() == 2
