"""Every time a table declares (`keeps`) is enforced by a clock of the purge, or follows what is."""

import re

from django.db.models import CASCADE, ForeignKey

from preau.kit.privacy import Erase
from preau.people.models import Account, Person
from preau.privacy.actions.retention import clocks
from preau.privacy.declarations import declared

# What a `keeps` may say without a clock of its own, and what ends it.
NO_CLOCK = {
    "comme la personne": "goes with the person, who has a clock",
    "comme la personne comparée": "goes with the person, who has a clock",
    "comme le compte": "goes with the account, which has a clock",
    "la durée du plan": "the plan has no end yet",
    "tant que la traduction sert": "the city writes the next reading over it",
    "tant que l’école est ouverte": "a school may only write to its families while its papers are signed",
    "tant que la fonction dure": "the city writes the next name over it",
}
# A pupil's person goes at the same date: three months after the last enrolment.
WITH_THE_PUPIL = {"schools.PupilRecord"}
# They hang on a session, which is kept without anybody: the action that closes it deletes them.
SOONER = {"lessons.Device", "lessons.Entrant", "lessons.LessonFile"}


def tables_with_a_clock():
    return {table for clock in clocks() for table in clock.tables}


def owners_of(model):
    """The tables whose rows take its own with them; a person's or an account's is not a row's."""
    owners = {
        field.related_model
        for field in model._meta.concrete_fields
        if isinstance(field, ForeignKey) and field.remote_field.on_delete is CASCADE
    }
    return owners - {model, Account, Person}


def follows(model, clocked):
    """Whether its rows go with rows that have a clock, or follow some."""
    return any(owner in clocked or follows(owner, clocked) for owner in owners_of(model))


def times_above(model, said):
    """What the nearest of these owners say, past those that hold nothing of people."""
    for owner in owners_of(model):
        yield from [said[owner].keeps] if said[owner].erase is not Erase.NOTHING else times_above(owner, said)


def test_each_declared_time_has_its_clock():
    clocked = tables_with_a_clock()
    without = [
        f"{entry.label}: {entry.privacy.keeps}"
        for entry in declared()
        if entry.privacy.erase is not Erase.NOTHING
        and entry.privacy.keeps not in NO_CLOCK
        and entry.label not in WITH_THE_PUPIL
        and entry.model not in clocked
        and not follows(entry.model, clocked)
    ]
    assert without == [], "add a Due or a Clock to the clocks.py of its room, or say a time of NO_CLOCK"


def test_what_goes_with_another_row_says_the_time_of_that_row():
    """Nothing else would end it: « 30 jours » would be said, and two years kept."""
    clocked, said = tables_with_a_clock(), {entry.model: entry.privacy for entry in declared()}
    wrong = {
        entry.label: entry.privacy.keeps
        for entry in declared()
        if entry.privacy.erase is not Erase.NOTHING and entry.model not in clocked and entry.label not in SOONER
        if entry.privacy.keeps not in NO_CLOCK and not re.search("comme|autant que", entry.privacy.keeps)
        if entry.privacy.keeps not in times_above(entry.model, said) and follows(entry.model, clocked)
    }
    assert wrong == {}, "say the time of the row that takes it, or add a clock to its room"


def test_no_clock_strikes_for_a_table_that_says_it_has_none():
    said = {entry.model: entry.privacy.keeps for entry in declared()}
    assert [f"{table._meta.label}: {said[table]}" for table in tables_with_a_clock() if said[table] in NO_CLOCK] == []


def test_what_goes_with_a_person_or_an_account_is_deleted_with_them():
    wrong = [
        entry.label
        for entry in declared()
        if entry.privacy.keeps.startswith("comme ") and entry.privacy.erase is not Erase.DELETE
    ]
    assert wrong == []
