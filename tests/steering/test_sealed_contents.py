"""Issue 3 §12: an opinion, a list, a decision or a réception changed in the base is found, and its act named."""

import datetime
import uuid

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from preau.insight.steering.journal import CONTENTS, VERDICTS, verify_city
from preau.journal.models import Entry
from preau.kit.contents import contents_of, digest_now
from preau.plan.ambitions.queries import ambitions_of
from preau.plan.applications import actions as applications
from preau.plan.applications.models import Authority, Opinion
from preau.plan.governance import actions as governance
from preau.plan.governance.models import Decision, Session
from preau.plan.governance.queries import DECISION
from preau.plan.priorities import actions as priorities
from preau.plan.priorities.models import PriorityEntry, PriorityList
from preau.plan.rollouts import actions as rollouts
from preau.plan.rollouts.models import ReceptionLine, Reservation
from preau.privacy.actions import erase_person
from tests.plan.applications.conftest import DAY, NOW, TODAY
from tests.plan.applications.conftest import Scene as Files
from tests.plan.governance.conftest import NOW as MEETING
from tests.plan.governance.conftest import stage_of
from tests.plan.priorities.conftest import Scene as Ranks
from tests.plan.rollouts.conftest import NOW as LATER
from tests.plan.rollouts.conftest import day, kit, ready, receive, rollout, school  # noqa: F401

PAGE = "/pilotage/journal/"
ANOTHER_DAY = datetime.date(2020, 2, 29)  # of none of the acts of these tests, whatever today is
pytestmark = [pytest.mark.django_db, pytest.mark.long]


def verify(world):
    return verify_city(world.cities["marelle"].pk)


def spoil(row, **changes):
    """As whoever holds the base would."""
    columns = ", ".join(f'"{name}" = %s' for name in changes)
    field = {name: type(row)._meta.get_field(name) for name in changes}
    values = [field[name].get_db_prep_save(value, connection) for name, value in changes.items()]
    with connection.cursor() as cursor:
        pk = row._meta.pk.get_db_prep_value(row.pk, connection)
        cursor.execute(f'UPDATE "{row._meta.db_table}" SET {columns} WHERE id = %s', [*values, pk])


def assert_found(world, row, act, **changes):
    """Each change alone breaks the chain at that act, and undone, the chain is whole again."""
    for name, value in changes.items():
        kept = getattr(row, name)
        assert verify(world).is_whole, name
        spoil(row, **{name: value})
        found = verify(world)
        assert not found.is_whole, name
        assert found.seal.entry.verb == act, (name, found.seal.entry.verb)
        spoil(row, **{name: kept})
    assert verify(world).is_whole


@pytest.fixture
def opinion(world):
    """The IEN's, with reservations, released then lifted; all at one instant, as a test's acts are."""
    files = Files(world)
    application = files.submitted()
    applications.extend_opinion(person=files.who("dsden"), opinion=files.opinion(application), due_on=TODAY, now=NOW)
    opinion = files.give(application, verdict="with_reservations", motivation="Câblage d’abord.")
    ien = files.who("ien")
    applications.release_opinion(person=ien, opinion=opinion, now=NOW)
    applications.lift_reservations(person=ien, opinion=opinion, reason="Câblé.", now=NOW)
    return Opinion.objects.get(pk=opinion.pk)


def test_an_opinion_flipped_in_the_base_is_found(world, opinion):
    assert_found(
        world,
        opinion,
        "opinion_extended",
        asked_at=NOW.replace(year=2020),
        due_on=TODAY + DAY,
    )
    assert_found(world, opinion, "opinion_given", motivation="Tout va bien.", given_at=NOW.replace(year=2020))
    assert_found(world, opinion, "opinion_released", released_at=NOW.replace(year=2020))
    assert_found(world, opinion, "reservations_lifted", lifting_reason="Rien à faire.")


def test_a_verdict_flipped_then_released_is_still_found(world):
    """The act that follows a change does not hide it."""
    files = Files(world)
    application = files.submitted()
    opinion = files.give(application, verdict="unfavourable", motivation="Non.")
    spoil(opinion, verdict="favourable")
    applications.release_opinion(person=files.who("ien"), opinion=opinion, now=NOW)
    found = verify(world)
    assert found.seal.entry.verb == "opinion_given"


def test_an_opinion_released_or_withheld_in_the_base_is_found(world):
    files = Files(world)
    application = files.submitted()
    opinion = files.give(application, motivation="Oui.", is_released=True)
    assert_found(world, opinion, "opinion_given", released_at=None, verdict="with_reservations")
    other = files.give(application, Authority.DSDEN, "dsden", is_confidential=True)
    assert_found(world, other, "opinion_given", is_confidential=False)
    third = files.give(application, Authority.DAN, "dan")
    assert_found(world, third, "opinion_given", released_at=NOW)


def test_an_opinion_no_line_tells_of_is_found(world, client, capsys):
    files = Files(world)
    opinion = files.opinion(files.submitted())
    spoil(opinion, verdict="favourable", given_at=NOW)
    found = verify(world)
    assert not found.is_whole and found.unsealed == "applications.Opinion"
    page = world.sign_in(client, "ien").get(PAGE, {"verifier": 1}).text
    assert "La chaîne est incomplète" in page and "sans ligne scellée\xa0: avis sur une candidature" in page
    with pytest.raises(CommandError):
        call_command("verify_journal")
    assert "incomplète" in capsys.readouterr().out


def test_the_act_is_named_on_the_page_and_by_the_command(world, client, opinion, capsys):
    page = world.sign_in(client, "ien").get(PAGE, {"verifier": 1}).text
    assert "La chaîne est entière" in page and "5\xa0actes comparés mot pour mot" in page
    spoil(opinion, motivation="Tout va bien.")
    said = "L’acte qui ne correspond plus\xa0: «\xa0Avis rendu\xa0», avis sur une candidature, au titre de"
    VERDICTS.clear()  # tests/steering/test_sealed_journal.py: ten minutes later
    assert said in client.get(PAGE, {"verifier": 1}).text
    with pytest.raises(CommandError):
        call_command("verify_journal")
    assert said in capsys.readouterr().out
    page = world.sign_in(client, "head").get(PAGE, {"verifier": 1}).text
    assert "La chaîne est rompue" in page and "Avis rendu" not in page


def test_forgetting_who_gave_an_opinion_breaks_nothing(world, opinion, settings, tmp_path):
    settings.HOME = tmp_path
    erase_person(subject=world.people["ien"], person=None, now=NOW)
    opinion.refresh_from_db()
    assert opinion.given_by is None and verify(world).is_whole


def test_acts_sealed_before_their_content_was_are_read_as_before(world, opinion):
    """A base of the former version: no line binds; what is sealed since does."""
    verbs = ("opinion_given", "opinion_released", "reservations_lifted", "opinion_extended")
    former(world, verbs)
    assert verify(world).is_whole
    spoil(opinion, motivation="Tout va bien.")
    assert verify(world).is_whole


def former(world, verbs):
    """Makes of these lines what they were before they locked a content: the chain is counted again."""
    from preau.journal.queries import digest_line, seals_of

    Entry.objects.filter(verb__in=verbs).update(bound_digest="")
    previous = ""
    city = world.cities["marelle"]
    for seal in seals_of(city.pk).order_by("number"):
        seal.previous = previous
        seal.digest = previous = digest_line(seal)
        seal.save()
    seal.chain.digest = previous
    seal.chain.save()


def test_an_act_that_follows_former_ones_locks_the_whole(world):
    files = Files(world)
    opinion = files.give(files.submitted(), verdict="with_reservations", motivation="Câblage d’abord.")
    former(world, ["opinion_given"])
    applications.release_opinion(person=files.who("ien"), opinion=opinion, now=NOW)
    opinion.refresh_from_db()
    assert_found(world, opinion, "opinion_released", motivation="Oui.")
    applications.lift_reservations(person=files.who("ien"), opinion=opinion, reason="Câblé.", now=NOW)
    opinion.refresh_from_db()
    assert_found(world, opinion, "reservations_lifted", motivation="Oui.", released_at=NOW.replace(year=2020))


def test_a_list_changed_in_the_base_is_found(world):
    ranks = Ranks(world)
    row = ranks.before_copil()
    first, last = row.entries.order_by("rank")[0], row.entries.order_by("rank")[3]
    assert_found(world, first, "list_proposed", reason="Autre.", unready_reason="Autre.", rank=9, lacks=["x"])
    assert_found(world, row, "list_proposed", dsden_signed_at=NOW.replace(year=2020), version=7)
    assert_found(world, row, "list_cosigned", dan_signed_at=NOW.replace(year=2020))
    assert_found(world, row, "list_sent_to_copil", state="cosigned")
    for rank, entry in ((90, first), (1, last), (4, first)):
        spoil(entry, rank=rank)
    assert verify(world).seal.entry.verb == "list_proposed"


def test_what_the_copil_made_of_a_list_is_locked(world):
    from tests.plan.priorities.conftest import decision

    ranks = Ranks(world)
    row = ranks.before_copil()
    files = [ranks.applications[name] for name in ("Saules", "Tilleuls", "Billes", "Ficelle")]
    row = priorities.adopt_list(
        person=None, priority_list=row, decision=decision("Travaux."), now=NOW, order=[(f, "Travaux.") for f in files]
    )
    assert_found(
        world,
        row,
        "list_adopted",
        state="adopted",
        decision_number="2026-99",
        decision_id=uuid.uuid4(),
        decided_on=ANOTHER_DAY,
        decision_reason="Autre.",
    )
    rank = PriorityEntry.objects.get(priority_list=row, application=files[0]).copil_rank
    assert_found(world, rank, "list_adopted", reason="Autre.")


def test_a_list_given_back_is_written_again(world):
    ranks = Ranks(world)
    row = priorities.propose_list(person=ranks.who("dsden"), priority_list=ranks.open(), now=NOW)
    row = priorities.give_back_list(person=ranks.who("dan"), priority_list=row, now=NOW)
    priorities.move_rank(
        person=ranks.who("dsden"),
        priority_list=row,
        application=ranks.applications["Ficelle"],
        to_rank=1,
        reason="Entendue.",
        now=NOW,
    )
    assert verify(world).is_whole
    row = priorities.propose_list(person=ranks.who("dsden"), priority_list=PriorityList.objects.get(pk=row.pk), now=NOW)
    assert_found(world, row.entries.first(), "list_proposed", reason="Autre.")


def test_a_decision_and_its_releve_changed_in_the_base_are_found(world):
    stage = stage_of(world)
    session = stage.session("held")
    decision = stage.decide(
        session,
        item=session.items.get(),
        dissent="Un siège réserve son avis.",
        votes_for=9,
        votes_against=1,
        abstentions=0,
    )
    changes = {
        "text": "Autre.", "result": "noted", "dissent": "", "votes_for": 1, "sequence": 9,
        "decided_on": ANOTHER_DAY, "reason": "Parce que.",
    }  # fmt: skip
    assert_found(world, decision, "governance.decide", **changes)
    governance.amend_decision(person=stage.secretary, decision=decision, dissent="Deux sièges.", now=MEETING)
    decision.refresh_from_db()
    assert_found(world, decision, "governance.amend_decision", **changes)
    governance.draft_minutes(person=stage.secretary, session=session, text="Relevé.", now=MEETING)
    session.refresh_from_db()
    assert_found(world, session, "governance.draft_minutes", minutes="Autre.")
    stage.approve(session)
    session.refresh_from_db()
    assert_found(world, session, "governance.draft_minutes", minutes="Autre.")
    assert_found(world, session, "governance.hold_session", held_on=TODAY)
    assert_found(world, session.approvals.first(), "governance.approve_minutes", approved_at=NOW.replace(year=2020))
    session = governance.publish_minutes(person=stage.secretary, session=session, now=MEETING)
    assert_found(world, session, "governance.publish_minutes", published_at=NOW.replace(year=2040))
    assert_found(world, decision, "governance.amend_decision", **changes)


def test_an_approval_that_falls_leaves_the_chain_whole(world):
    stage = stage_of(world)
    session = stage.session("minutes_draft")
    approve = {"person": stage.who("elected"), "now": MEETING}
    governance.approve_minutes(session=session, version=session.version, **approve)
    assert verify(world).is_whole
    stage.decide(Session.objects.get(pk=session.pk), item=session.items.get())
    assert verify(world).is_whole
    governance.draft_minutes(person=stage.secretary, session=session, text="Relevé, suite.", now=MEETING)
    stage.approve(session)
    assert verify(world).is_whole


def test_a_decision_added_or_taken_away_in_the_base_is_found(world):
    stage = stage_of(world)
    session = stage.session("held")
    decision = stage.decide(session, item=session.items.get())
    Decision.objects.create(
        city=stage.city, session=session, year=2026, sequence=77, decided_on=TODAY, text="Ajoutée.", result="adopted"
    )
    assert verify(world).unsealed == "governance.Decision"
    Decision.objects.filter(sequence=77).delete()
    decision.delete()
    assert verify(world).seal.entry.verb == "governance.decide"


def test_a_reception_and_its_reserves_changed_in_the_base_are_found(world, ready):  # noqa: F811
    paper = receive(ready, reserve="Classe 2")
    line, reserve = paper.lines.get(label="Classe 1"), Reservation.objects.get()
    signed = {"held_on": day(21), "number": "2026-99", "signed_at": NOW.replace(year=2020), "quality": "estimated"}
    assert_found(world, paper, "reception_signed", **signed)
    assert_found(world, line, "reception_signed", label="Classe 9", accepted_on=day(21))
    assert_found(world, reserve, "reception_signed", text="Rien.", due_on=day(44))
    assert_found(world, line.acceptance, "acceptance_recorded", label="Classe 9", accepted_on=day(2), withdrawn_at=NOW)
    spoil(reserve, lifted_on=day(30), lifted_note="Réparée.")
    assert verify(world).unsealed == "rollouts.Reservation"
    spoil(reserve, lifted_on=None, lifted_note="")
    rollouts.lift_reservation(person=None, reservation=reserve, lifted_on=day(30), note="Réparée.", now=LATER)
    reserve.refresh_from_db()
    assert_found(world, reserve, "reservation_lifted", lifted_on=day(31), lifted_note="Jamais vue.")
    assert_found(world, reserve, "reception_signed", text="Rien.")
    rollouts.sign_receipt(person=world.people["head"], reception=paper, now=LATER)
    paper.refresh_from_db()
    assert_found(world, paper, "reception_receipt_signed", receipt_at=NOW.replace(year=2040))
    paper = rollouts.withdraw_reception(person=None, reception=paper, reason="Erreur d’école.", now=LATER)
    assert_found(world, paper, "reception_withdrawn", withdrawn_reason="Autre.", withdrawn_at=NOW.replace(year=2040))
    assert_found(world, paper, "reception_signed", **signed)
    assert ReceptionLine.objects.filter(reception=paper).exists()


def test_verifying_asks_as_much_at_any_size(world, client, opinion, django_assert_max_num_queries):
    Ranks(world).before_copil()
    stage = stage_of(world)
    ambitions = list(ambitions_of(stage.city)[:1])
    for _ in range(3):
        stage.decide(stage.session("held"), ambitions=ambitions)
    world.sign_in(client, "city_education")
    with django_assert_max_num_queries(10):
        page = client.get(PAGE, {"verifier": 1}).text
    assert "La chaîne est entière" in page and "La chaîne est rompue" not in page


def test_the_contents_name_no_person(world):
    """The journal outlives persons: no digest of theirs hangs on who they were."""
    from preau.people.models import Person

    for kind in CONTENTS:
        for part in kind.parts:
            fields = [part.model._meta.get_field(n.split("__")[0]) for n in part.columns if isinstance(n, str)]
            assert not [field for field in fields if field.related_model is Person]


def test_a_content_reads_the_same_one_by_one_and_all_at_once(world):
    stage = stage_of(world)
    session = stage.session("held")
    decision = stage.decide(session, item=session.items.get())
    whole = contents_of(CONTENTS, city=stage.city.pk)
    assert whole["governance.Decision", decision.pk]["text"] == "Le comité adopte."
    assert digest_now(DECISION, decision.pk) == Entry.objects.get(verb="governance.decide").bound_digest
