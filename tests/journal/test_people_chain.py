"""T35: an act on a person that is taken away, edited or added in the base is found by `preau verify`."""

import datetime
import uuid

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone

from preau.journal.actions import forget_acts_on_people
from preau.journal.models import ABOUT_PEOPLE, PEOPLE, Chain, Entry, Seal
from preau.journal.queries import digest_line, find_broken_chains, verify_chain
from preau.people import actions as people
from preau.people.models import ActivationCode, Role
from preau.privacy.actions import erase_person, purge
from preau.schools import actions as schools
from preau.schools.models import Guardianship

pytestmark = pytest.mark.django_db
YEAR = datetime.timedelta(days=365)


def sql(text, *values):
    with connection.cursor() as cursor:
        cursor.execute(text, values)


@pytest.fixture
def acts(world, tmp_path, kept_as_in_use):
    """One of each, by the acts that people do. Returns the verbs in their order."""
    now, head, day = timezone.now(), world.people["head"], world.today
    holder = world.people["teacher"]
    people.issue_activation_codes(persons=[holder, world.people["guardian"]], person=head, now=now)
    people.use_activation_code(code=ActivationCode.objects.get(person=holder), now=now)
    mandate = people.give_mandate(
        holder=world.people["guardian"],
        role=Role.AESH,
        place=next(iter(world.schools.values())),
        starts_on=day,
        person=head,
        now=now,
    )
    people.end_mandate(mandate=mandate, ends_on=day, person=head, now=now)
    link = Guardianship.objects.filter(restricted_on=None).first()
    schools.restrict_guardian(link=link, on=day, reference="JAF 12/2026", person=head, now=now)
    schools.lift_restriction(link=link, person=head, now=now)
    call_command("export_person", str(holder.pk), to=tmp_path / "a.zip")
    erase_person(subject=world.people["aesh"], person=None, now=now)
    return list(Seal.objects.filter(chain=PEOPLE).order_by("number").values_list("entry__verb", flat=True))


def test_each_act_on_a_person_is_sealed_and_an_erasure_breaks_nothing(acts):
    assert acts == [
        "issue_activation_code",
        "issue_activation_code",
        "use_activation_code",
        "give_mandate",
        "end_mandate",
        "restrict_guardian",
        "lift_restriction",
        "export_person",
        "erase_person",
    ]
    assert find_broken_chains() == [] and verify_chain(PEOPLE).count == len(acts)
    call_command("verify", whole=True)


@pytest.mark.parametrize("verb", ["issue_activation_code", "restrict_guardian", "export_person", "erase_person"])
def test_a_line_taken_away_or_edited_is_found_by_verify(acts, verb):
    line = Seal.objects.filter(chain=PEOPLE, entry__verb=verb).order_by("number").first()
    sql("UPDATE journal_entry SET actor_id = %s WHERE id = %s", uuid.uuid4().hex, line.entry_id)
    with pytest.raises(CommandError, match=f"personnes est rompu à la ligne {line.number}"):
        call_command("verify")
    sql("DELETE FROM journal_seal WHERE id = %s", line.pk)
    sql("DELETE FROM journal_entry WHERE id = %s", line.entry_id)
    with pytest.raises(CommandError, match=f"rompu à la ligne {line.number}"):
        call_command("verify")


def test_verify_tells_a_base_that_does_not_wait_for_the_disk():
    """As the tests' own, SQLite or PostgreSQL."""
    with pytest.raises(CommandError, match="réglez (synchronous sur FULL|fsync sur on)"):
        call_command("verify")


def test_a_line_added_by_hand_is_found(acts):
    Entry.objects.create(at=timezone.now(), verb="use_activation_code", object_kind="people.Person", fields=[])
    with pytest.raises(CommandError, match="pas scellée"):
        call_command("verify")


def test_lines_of_more_than_a_year_go_and_the_others_still_hold(acts, world):
    now = timezone.now()
    old = Seal.objects.filter(chain=PEOPLE, number__lte=4).order_by("number")
    previous = ""
    for seal in old:  # as they would have been a year ago
        Entry.objects.filter(pk=seal.entry_id).update(at=now - YEAR - datetime.timedelta(days=1))
        seal.refresh_from_db()
        seal.previous, seal.digest = previous, ""
        previous = seal.digest = digest_line(seal)
        seal.save()
    for seal in Seal.objects.filter(chain=PEOPLE, number__gt=4).order_by("number"):
        seal.previous = previous
        previous = seal.digest = digest_line(seal)
        seal.save()
    Chain.objects.filter(key=PEOPLE).update(digest=previous)
    assert find_broken_chains() == []
    gone = [entry.pk for entry in Entry.objects.filter(seal__in=old)]
    said = "lignes scellées sur les personnes de plus d’un an"
    assert (said, 4) in purge(now=now, dry_run=True) and verify_chain(PEOPLE).count == len(acts)
    assert (said, 4) in purge(now=now)
    assert not Entry.objects.filter(pk__in=gone).exists()
    assert find_broken_chains() == [] and Chain.objects.get(key=PEOPLE).forgotten_count == 4
    sql("DELETE FROM journal_seal WHERE number = 5")
    assert "ligne 5" in find_broken_chains()[0]
    assert (said, len(acts) - 5) in purge(now=now + 2 * YEAR)


def test_when_all_lines_are_gone_the_next_one_follows_them(acts, world):
    forget_acts_on_people(before=timezone.now())
    assert not Seal.objects.filter(chain=PEOPLE).exists() and find_broken_chains() == []
    people.issue_activation_codes(persons=[world.people["teacher"]], person=None, now=timezone.now())
    assert find_broken_chains() == [] and verify_chain(PEOPLE).count > len(acts)


def test_no_verb_of_the_chain_is_a_word_that_no_code_writes():
    from tests.house.source import modules

    text = "".join(
        path.read_text(encoding="utf-8") for dotted, (path, _) in modules().items() if "journal" not in dotted
    )
    assert {verb for verb in ABOUT_PEOPLE if f'"{verb}"' not in text} == set()
