"""T35: a line changed, removed, added or moved by SQL is found; forgetting a person breaks nothing."""

import datetime
import threading
import uuid

import pytest
from django.db import IntegrityError, connection, transaction

from preau.journal.actions import record
from preau.journal.models import Chain, Detail, Entry, Seal
from preau.journal.queries import digest_line, seals_of, verify_chain
from preau.kit.contents import Contents, Part, contents_of, digest_now
from preau.kit.digest import digest_json
from preau.places.models import City
from preau.privacy.actions import erase_person, purge

pytestmark = pytest.mark.django_db
NOW = datetime.datetime(2026, 11, 25, 9, 30, 15, 123456, tzinfo=datetime.UTC)


def sql(text, *values):
    with connection.cursor() as cursor:
        cursor.execute(text, values)


@pytest.fixture
def city(world):
    return world.cities["marelle"]


@pytest.fixture
def lines(world, city):
    """Five sealed acts of one city, the third about a person."""
    about = {"values": {"text": "réservée", "rank": 3}, "about_id": world.people["guardian"].pk}
    for number in range(5):
        record(
            person_id=world.people["teacher"].pk,
            verb=f"act_{number}",
            subject=city,
            place_id=city.pk,
            now=NOW + datetime.timedelta(hours=number),
            fields=["b", "a"],
            chain=city.pk,
            role="teacher",
            **(about if number == 2 else {}),
        )
    return list(seals_of(city.pk).order_by("number"))


def test_a_chain_that_nobody_touched_is_whole(lines, city):
    found = verify_chain(city.pk)
    assert (found.is_whole, found.count, found.head) == (True, 5, lines[-1].digest)
    assert [seal.number for seal in lines] == [1, 2, 3, 4, 5]


def test_an_empty_chain_is_whole(city):
    assert verify_chain(city.pk).is_whole and verify_chain(city.pk).count == 0


def test_a_line_without_chain_is_not_sealed(world, city):
    record(person_id=None, verb="act", subject=city, now=NOW)
    assert not Seal.objects.exists() and not Chain.objects.exists()


CHANGES = {
    "at": NOW + datetime.timedelta(microseconds=1), "actor_id": uuid.uuid4().hex, "verb": "other",
    "object_kind": "places.School", "object_id": uuid.uuid4().hex, "place_id": uuid.uuid4().hex,
    "fields": '["a"]', "detail_digest": "0" * 64,
    "bound_digest": "0" * 64,
}  # fmt: skip


@pytest.mark.parametrize("column", CHANGES)
def test_each_column_of_a_line_is_covered(lines, city, column):
    sql(f"UPDATE journal_entry SET {column} = %s WHERE id = %s", CHANGES[column], lines[2].entry_id)
    found = verify_chain(city.pk)
    assert (found.broken_at, found.reason) == (3, "la ligne a été changée")


def test_a_line_that_binds_nothing_is_digested_as_before_lines_could(lines):
    seal = lines[2]
    entry = seal.entry
    line = {
        "chain": str(seal.chain_id), "number": 3, "previous": seal.previous, "role": "teacher",
        "at": "2026-11-25T11:30:15.123456+00:00", "verb": "act_2", "actor": str(entry.actor_id),
        "kind": "places.City", "object": str(entry.object_id), "place": str(entry.place_id), "fields": ["a", "b"],
        "detail": entry.detail_digest,
    }  # fmt: skip
    assert seal.digest == digest_json(line)


def test_what_a_line_locks_is_proved_with_it(lines, city):
    record(person_id=None, verb="act", subject=city, now=NOW, chain=city.pk, bound="a" * 64)
    record(person_id=None, verb="act", subject=city, now=NOW, chain=city.pk)
    same = verify_chain(city.pk, proofs={"places.City": lambda ids: {city.pk: "a" * 64}})
    assert (same.is_whole, same.count, same.bound_count) == (True, 7, 1)
    for today in ({city.pk: "b" * 64}, {}):
        found = verify_chain(city.pk, proofs={"places.City": lambda ids, today=today: today})
        assert (found.broken_at, found.count, found.head) == (6, 5, lines[-1].digest) and "fige" in found.reason
    assert verify_chain(city.pk).is_whole  # the lines themselves hold
    sql("UPDATE journal_entry SET bound_digest = '' WHERE bound_digest <> ''")
    assert verify_chain(city.pk).broken_at == 6


@pytest.mark.parametrize("column", ["role", "digest", "previous"])
def test_each_column_of_a_seal_is_covered(lines, city, column):
    sql(f"UPDATE journal_seal SET {column} = %s WHERE number = 4", "f" * 40)
    assert verify_chain(city.pk).broken_at == 4


@pytest.mark.parametrize("number", [1, 3, 5])
def test_a_removed_line_is_found(lines, city, number):
    sql("DELETE FROM journal_detail WHERE entry_id = %s", lines[number - 1].entry_id)
    sql("DELETE FROM journal_seal WHERE number = %s", number)
    sql("DELETE FROM journal_entry WHERE id = %s", lines[number - 1].entry_id)
    assert verify_chain(city.pk).broken_at == number


def test_a_removed_line_is_found_when_the_numbers_are_closed_up(lines, city):
    sql("DELETE FROM journal_seal WHERE number = 2")
    for number in (3, 4, 5):
        sql("UPDATE journal_seal SET number = %s WHERE number = %s", number - 1, number)
    sql("UPDATE journal_chain SET count = 4")
    assert verify_chain(city.pk).broken_at == 2


def forge(lines, number, previous):
    """A line with a digest of its own that agrees with itself."""
    entry = Entry.objects.create(at=NOW, verb="forged", object_kind="places.City", fields=[])
    seal = Seal(chain_id=lines[0].chain_id, number=number, entry=entry, previous=previous)
    seal.digest = digest_line(seal)
    sql(
        "INSERT INTO journal_seal (chain_id, number, entry_id, role, previous, digest) VALUES (%s, %s, %s, '', %s, %s)",
        Seal._meta.get_field("chain").get_db_prep_value(seal.chain_id, connection),
        number,
        entry.pk,
        previous,
        seal.digest,
    )


def test_an_inserted_line_is_found(lines, city):
    for number in (5, 4, 3):
        sql("UPDATE journal_seal SET number = %s WHERE number = %s", number + 1, number)
    forge(lines, 3, lines[1].digest)
    sql("UPDATE journal_chain SET count = 6")
    assert verify_chain(city.pk).broken_at == 4  # the next line names the digest of another


def test_a_line_added_at_the_end_is_found(lines, city):
    forge(lines, 6, lines[4].digest)
    assert verify_chain(city.pk).broken_at == 6


def test_an_act_sealed_while_the_chain_is_read_is_no_fault(lines, city, monkeypatch):
    """Between the lines and what they lock: both are read again."""
    named = Contents(city="pk", parts=(Part(City, ("name",)),))
    rename(city, named)
    slow = iter([lambda: rename(city, named, "Marelle-sur-Loire")])

    def read(*args, **kwargs):
        next(slow, lambda: None)()
        return contents_of(*args, **kwargs)

    monkeypatch.setattr("preau.journal.queries.contents_of", read)
    found = verify_chain(city.pk, contents=[named])
    assert (found.is_whole, found.count, found.bound_count) == (True, 7, 1)
    sql("UPDATE places_city SET name = %s", "Autre")
    assert verify_chain(city.pk, contents=[named]).seal.number == 7


def rename(city, named, name="Marelle"):
    """An act that locks the name of the city."""
    City.objects.filter(pk=city.pk).update(name=name)
    record(
        person_id=None,
        verb="act",
        subject=city,
        now=NOW,
        chain=city.pk,
        fields=["name"],
        bound=digest_now(named, city.pk),
    )


def test_a_chain_whose_count_is_gone_is_found(lines, city):
    sql("UPDATE journal_chain SET count = 0, digest = ''")
    assert verify_chain(city.pk).broken_at == 1


def test_two_lines_that_changed_places_are_found(lines, city):
    sql("UPDATE journal_seal SET number = 99 WHERE number = 2")
    sql("UPDATE journal_seal SET number = 2 WHERE number = 4")
    sql("UPDATE journal_seal SET number = 4 WHERE number = 99")
    assert verify_chain(city.pk).broken_at == 2


def test_two_acts_that_changed_places_are_found(lines, city):
    one, two = lines[1].entry_id, lines[3].entry_id
    sql("UPDATE journal_seal SET entry_id = %s WHERE number = 5", record_plain(city).pk)
    sql("UPDATE journal_seal SET entry_id = %s WHERE number = 2", lines[4].entry_id)
    sql("UPDATE journal_seal SET entry_id = %s WHERE number = 4", one)
    assert one != two and verify_chain(city.pk).broken_at == 2


def record_plain(city):
    return record(person_id=None, verb="act", subject=city, now=NOW)


def test_a_whole_chain_rewritten_is_found_by_the_digest_noted_on_paper(lines, city):
    noted = verify_chain(city.pk).head
    sql("UPDATE journal_entry SET verb = 'rewritten' WHERE id = %s", lines[0].entry_id)
    previous = ""
    for seal in seals_of(city.pk).order_by("number"):
        seal.previous = previous
        seal.digest = previous = digest_line(seal)
        sql(
            "UPDATE journal_seal SET previous = %s, digest = %s WHERE number = %s", seal.previous, previous, seal.number
        )
    sql("UPDATE journal_chain SET digest = %s", previous)
    assert verify_chain(city.pk).is_whole
    assert not verify_chain(city.pk, known_number=5, known_digest=noted[:12]).is_whole


def test_a_digest_noted_on_paper_still_holds_later(lines, city):
    record(person_id=None, verb="act", subject=city, now=NOW, chain=city.pk)
    assert verify_chain(city.pk, known_number=5, known_digest=lines[-1].digest[:12].upper()).is_whole
    assert not verify_chain(city.pk, known_number=5, known_digest=lines[-1].digest[:7]).is_whole  # too short to prove
    assert not verify_chain(city.pk, known_number=7, known_digest="0" * 64).is_whole


def test_values_may_be_erased_but_not_changed(lines, city):
    sql('UPDATE journal_detail SET "values" = %s', '{"text": "favorable", "rank": 3}')
    assert verify_chain(city.pk).reason == "les valeurs de la ligne ont été changées"
    Detail.objects.all().delete()
    assert verify_chain(city.pk).is_whole


def test_erasing_the_person_and_the_years_break_nothing(lines, world, city, settings, tmp_path):
    settings.HOME = tmp_path
    erase_person(subject=world.people["guardian"], person=None, now=NOW)
    assert not Detail.objects.filter(about_id=world.people["guardian"].pk).exists()
    purge(now=NOW + datetime.timedelta(days=3000))
    assert (verify_chain(city.pk).is_whole, verify_chain(city.pk).count) == (True, 5)


def test_cities_have_chains_of_their_own(lines, world, city):
    other = world.cities["ailleurs"]
    record(person_id=None, verb="act", subject=other, now=NOW, chain=other.pk)
    assert verify_chain(other.pk).count == 1 and verify_chain(city.pk).count == 5


def test_an_act_that_fails_takes_its_seal_with_it(lines, city):
    with pytest.raises(RuntimeError), transaction.atomic():
        record(person_id=None, verb="act", subject=city, now=NOW, chain=city.pk)
        raise RuntimeError
    assert (verify_chain(city.pk).is_whole, verify_chain(city.pk).count) == (True, 5)


def test_the_base_refuses_two_lines_of_one_number(lines, city):
    with pytest.raises(IntegrityError), transaction.atomic():
        Seal.objects.create(chain=lines[0].chain, number=2, entry=record_plain(city), previous="x")


def test_the_cost_of_reading_is_flat(lines, city, django_assert_num_queries):
    for number in range(40):
        record(person_id=None, verb=f"act_{number}", subject=city, now=NOW, chain=city.pk)
    with django_assert_num_queries(1):
        assert verify_chain(city.pk).count == 45


@pytest.mark.django_db(transaction=True)
def test_acts_sealed_at_once_take_numbers_that_follow(world, city):
    start = threading.Barrier(8)

    def seal(number):
        try:
            start.wait()
            for _ in range(3):
                record(person_id=None, verb=f"act_{number}", subject=city, now=NOW, chain=city.pk)
        finally:
            connection.close()

    threads = [threading.Thread(target=seal, args=(number,)) for number in range(8)]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]
    assert (verify_chain(city.pk).is_whole, verify_chain(city.pk).count) == (True, 24)
