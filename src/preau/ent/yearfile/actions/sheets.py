"""Sheets for who lacks something: printed, then noted when they come back signed."""

import datetime

from django.db import transaction
from django.utils.timezone import localdate

from preau.ent.yearfile import queries, rules
from preau.ent.yearfile.actions.certificates import note_insurance
from preau.ent.yearfile.actions.filling import (
    check_contacts,
    check_pickups,
    name_pickup,
    note_done,
    read_charter,
    say_sharing,
)
from preau.ent.yearfile.models import Item, YearFile
from preau.journal.actions import record
from preau.kit.answers import Conflict, allow
from preau.kit.rows import lock
from preau.people.models import Person
from preau.places.models import Classroom

NOBODY = "Tous les dossiers sont complets\u00a0: il n’y a pas de fiche à imprimer."


@transaction.atomic
def print_sheets(*, person: Person, classroom: Classroom, now: datetime.datetime) -> list:
    """[(pupil, guardian's line, their file)] of a class who lack something: their sheets are out. Raises Refused, or
    Conflict: nobody lacks anything."""
    allow(rules.can_follow_class, person, classroom, now=now)
    opening = queries.opening_of(classroom.school, localdate(now))
    found = queries.follow(opening, localdate(now), person, classroom) if opening else None
    if found is None or not found.to_print:
        raise Conflict(NOBODY)
    wanted = [(opening, line.link.guardian, pupil) for pupil, line in found.to_print]
    rows = [YearFile(opening=opening, guardian=guardian, child=child) for opening, guardian, child in wanted]
    YearFile.objects.bulk_create(rows, ignore_conflicts=True)
    kept = YearFile.objects.filter(opening=opening, child__in=[pupil for pupil, _ in found.to_print])
    kept.filter(paper_out_at=None, guardian__in=[guardian for _, guardian, _ in wanted]).update(paper_out_at=now)
    files = {(one.guardian_id, one.child_id): one for one in kept}
    record(person_id=person.pk, verb="year_file.print_sheets", subject=opening, now=now, place_id=classroom.pk)
    return [(pupil, line, files[line.link.guardian_id, pupil.pk]) for pupil, line in found.to_print]


@transaction.atomic
def return_sheet(
    *,
    person: Person,
    year_file: YearFile,
    now: datetime.datetime,
    written: dict,
    added: tuple,
    pickups: tuple = (),
    has_certificate: bool = False,
    sharing: str = "",
    has_signed: bool = False,
) -> YearFile:
    """The sheet of one guardian and child is back, signed: contacts and persons are as it says. Raises Refused, or
    Conflict. `pickups`: (name, tie)."""
    year_file = lock(year_file, "guardian", "child", "opening__school")
    allow(rules.can_note_paper, person, year_file, now=now)
    about = {"person": person, "guardian": year_file.guardian, "child": year_file.child, "now": now}
    check_contacts(**about, written=written, added=added)
    if Item.PICKUPS in _asked(year_file, now):
        for name, tie in pickups:
            name_pickup(**about, name=name, tie=tie)
        check_pickups(**about)
        if sharing:
            say_sharing(**about, sharing=sharing)
    if has_signed:
        read_charter(**about)
    if has_certificate:
        note_insurance(person=person, year_file=year_file, now=now)
    year_file.refresh_from_db()
    year_file.paper_out_at = year_file.paper_out_at or now
    return note_done(year_file=year_file, person=person, name="paper_back_at", now=now, fields=("paper_out_at",))


def _asked(year_file, now):
    own = {one.child.pk: one for one in queries.own_files(year_file.guardian, localdate(now))}
    return own[year_file.child_id].asked if year_file.child_id in own else []
