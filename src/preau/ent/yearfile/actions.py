"""The only writes of the dossier de rentrée."""

import datetime

from django.db import transaction
from django.utils.timezone import localdate

from preau.ent.yearfile import queries, rules
from preau.ent.yearfile.models import KIND, Certificate, ContactChange, Item, Opening, Pickup, YearFile
from preau.journal.actions import record
from preau.kit.answers import Conflict, allow
from preau.kit.dates import school_year_bounds, school_year_label
from preau.kit.rows import lock
from preau.kit.stored import with_its_files
from preau.media import actions as media
from preau.media.documents import Document
from preau.notify import actions as notify
from preau.notify.models import Level
from preau.people.models import Contact, Person
from preau.places.models import Classroom, School
from preau.schools import actions as register
from preau.schools.models import Enrolment
from preau.spaces import actions as spaces
from preau.spaces import audiences
from preau.spaces.audiences import Readers
from preau.spaces.models import Publication

ALREADY = "Le dossier de cette année est déjà ouvert."
PAST = "Ce jour est passé\u00a0: choisissez un jour à venir de cette année scolaire."
MOST_PICKUPS = 12
TOO_MANY = f"Vous avez nommé {MOST_PICKUPS} personnes\u00a0: retirez-en une d’abord."
NOBODY = "Tous les dossiers sont complets\u00a0: il n’y a pas de fiche à imprimer."
LEFT = "Cet élève n’est plus dans la classe."


@transaction.atomic
def open_year_file(*, person: Person, school: School, due_on: datetime.date, now: datetime.datetime) -> Opening:
    """Asks the dossier of the current school year of all families: a publication that they are told of. Raises Refused,
    or Conflict: asked already, a day that has passed, a school that is not open to families."""
    school = lock(school)
    allow(rules.can_open_year_file, person, school, now=now)
    _refuse_day(due_on, now)
    if queries.opening_of(school, localdate(now)):
        raise Conflict(ALREADY)
    year = school_year_label(localdate(now))
    publication = spaces.open_draft(person=person, place=school, kind=KIND, now=now)
    opening = Opening.objects.create(publication=publication, school=school, school_year=year, due_on=due_on)
    reached = audiences.keys(school, [Readers.FAMILIES])
    publication = spaces.publish(person=person, publication=publication, reached=reached, now=now)
    notify.announce(publication=publication, person=person, now=now, level=Level.SIGN)
    record(person_id=person.pk, verb="year_file.open", subject=opening, now=now, place_id=school.pk)
    return opening


@transaction.atomic
def change_year_file(*, person: Person, opening: Opening, due_on: datetime.date, now: datetime.datetime) -> Opening:
    """Another day to hand it in; one that was taken back is asked again. Raises Refused, or Conflict: a day passed."""
    opening = lock(opening, "school", "publication")
    allow(rules.can_open_year_file, person, opening.school, now=now)
    _refuse_day(due_on, now)
    opening.due_on = due_on
    opening.save(update_fields=["due_on"])
    record(person_id=person.pk, verb="year_file.change", subject=opening, now=now, place_id=opening.school_id)
    if opening.publication.state == Publication.State.WITHDRAWN:
        spaces.restore(person=person, publication=opening.publication, now=now)
    return opening


def _refuse_day(due_on, now):
    today = localdate(now)
    if not today < due_on <= school_year_bounds(school_year_label(today))[1]:
        raise Conflict(PAST, "due_on")


@transaction.atomic
def check_contacts(
    *, person: Person, guardian: Person, child: Person, written: dict, added: tuple, now: datetime.datetime
) -> None:
    """The guardian read their contacts and corrected what was wrong: written in the register, and listed for ONDE.
    Counts for all their children of the school. `person`: the guardian, or who notes their sheet."""
    year_file = _file(person, guardian, child, Item.CONTACTS, now)
    before = {(row.kind, row.value) for row in Contact.objects.filter(person=guardian)}
    school = year_file.opening.school
    register.correct_contacts(known=guardian, written=written, added=added, place_id=school.pk, person=person, now=now)
    after = {(row.kind, row.value) for row in Contact.objects.filter(person=guardian)}
    for kind in Contact.Kind.values:
        gone = [value for one, value in sorted(before - after) if one == kind]
        new = [value for one, value in sorted(after - before) if one == kind]
        for rank in range(max(len(gone), len(new))):
            pair = {"before": "".join(gone[rank : rank + 1]), "after": "".join(new[rank : rank + 1])}
            ContactChange.objects.create(school=school, guardian=guardian, kind=kind, changed_at=now, **pair)
    for one in _of_all_children(year_file, now):
        _done(one, person, "contacts_at", now)


@transaction.atomic
def read_charter(*, person: Person, guardian: Person, child: Person, now: datetime.datetime) -> None:
    """Read and agreed to, for all the children of this guardian in the school."""
    for one in _of_all_children(_file(person, guardian, child, Item.CHARTER, now), now):
        _done(one, person, "charter_at", now)


@transaction.atomic
def say_sharing(*, person: Person, guardian: Person, child: Person, sharing: str, now: datetime.datetime) -> YearFile:
    """Whether the parents' associations may have this guardian's contacts; the last word counts."""
    year_file = _file(person, guardian, child, Item.SHARING, now)
    year_file.sharing = YearFile.Sharing(sharing)
    return _done(year_file, person, "sharing_at", now, "sharing")


@transaction.atomic
def name_pickup(
    *, person: Person, guardian: Person, child: Person, name: str, tie: str, now: datetime.datetime, phone: str = ""
) -> Pickup:
    """Names somebody who may fetch the child; named twice, it is one."""
    year_file = _file(person, guardian, child, Item.PICKUPS, now)
    mine = Pickup.objects.filter(named_by=guardian, child=child, ended_at=None)
    if known := mine.filter(name__iexact=name).first():
        return known
    if mine.count() >= MOST_PICKUPS:
        raise Conflict(TOO_MANY, "name")
    pickup = Pickup.objects.create(child=child, named_by=guardian, name=name, tie=tie, phone=phone, named_at=now)
    place = year_file.opening.school_id
    record(person_id=person.pk, verb="year_file.name_pickup", subject=pickup, now=now, place_id=place)
    _done(year_file, person, "pickups_at", now)
    return pickup


@transaction.atomic
def end_pickup(*, person: Person, pickup: Pickup, now: datetime.datetime) -> None:
    """They may fetch the child no longer, from now on. Raises Refused."""
    pickup = lock(pickup)
    allow(rules.can_end_pickup, person, pickup, now=now)
    if pickup.ended_at is None:
        pickup.ended_at = now
        pickup.save(update_fields=["ended_at"])
        record(person_id=person.pk, verb="year_file.end_pickup", subject=pickup, now=now)


@transaction.atomic
def check_pickups(*, person: Person, guardian: Person, child: Person, now: datetime.datetime) -> YearFile:
    """« La liste est juste », empty too: nobody but the guardians."""
    return _done(_file(person, guardian, child, Item.PICKUPS, now), person, "pickups_at", now)


@with_its_files()
@transaction.atomic
def send_certificate(
    *, person: Person, child: Person, sent: tuple[Document, str], now: datetime.datetime
) -> Certificate:
    """The guardian's file, in place of the one sent before."""
    year_file = _file(person, person, child, Item.INSURANCE, now)
    former = Certificate.objects.filter(year_file=year_file).first()
    if former:
        media.forget_joined(joined=former)
    document, label = sent
    certificate = Certificate(year_file=year_file, school=year_file.opening.school, label=label)
    media.keep_joined(joined=certificate, document=document, now=now)
    place = year_file.opening.school_id
    record(person_id=person.pk, verb="year_file.send_certificate", subject=certificate, now=now, place_id=place)
    notify.mark_seen(publication=year_file.opening.publication, person=person, now=now)
    return certificate


@with_its_files()
@transaction.atomic
def accept_certificate(*, person: Person, certificate: Certificate, now: datetime.datetime) -> None:
    """It is good: noted for the year, then erased."""
    certificate = lock(certificate, "year_file__child")
    year_file = certificate.year_file
    allow(rules.can_note_paper, person, year_file, now=now)
    register.note_insurance(
        person=person, classroom=_classroom(year_file, now), pupil=year_file.child, is_given=True, now=now
    )
    media.forget_joined(joined=certificate)


@with_its_files()
@transaction.atomic
def refuse_certificate(*, person: Person, certificate: Certificate, why: str, now: datetime.datetime) -> None:
    """It is not the right one: erased, its guardian reads why and is asked again."""
    certificate = lock(certificate, "year_file")
    allow(rules.can_note_paper, person, certificate.year_file, now=now)
    if certificate.refused_at is None:
        media.refuse_joined(joined=certificate, why=why, now=now)


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
        room = _classroom(year_file, now)
        register.note_insurance(person=person, classroom=room, pupil=year_file.child, is_given=True, now=now)
    year_file.refresh_from_db()
    year_file.paper_out_at = year_file.paper_out_at or now
    return _done(year_file, person, "paper_back_at", now, "paper_out_at")


@transaction.atomic
def report_change(*, person: Person, change: ContactChange, now: datetime.datetime) -> None:
    """Written in ONDE by the head, whose list it leaves; pressed twice, it is once."""
    change = lock(change)
    if change.reported_at is None:
        allow(rules.can_report_change, person, change, now=now)
        change.reported_at = now
        change.save(update_fields=["reported_at"])
        record(person_id=person.pk, verb="year_file.report", subject=change, now=now, place_id=change.school_id)


def settle_certificates(*, now: datetime.datetime) -> int:
    """Those that the antivirus had not answered for. Returns how many are settled."""
    return media.settle_waiting(tables=[Certificate], settle=_settle, now=now)


def _settle(*, file, now):
    found = media.look_again(joined=file)
    return found is not None and media.settle_joined(joined=file, found=found, now=now)


def _file(person, guardian, child, item, now):
    """The file of this guardian and child, locked, for the guardian or for who notes their sheet."""
    opening = rules.open_for(child, localdate(now))
    if person == guardian or opening is None:  # nobody fills what is not asked
        allow(rules.can_fill, person, child, item, now=now)
    year_file, _ = YearFile.objects.get_or_create(opening=opening, guardian=guardian, child=child)
    if person != guardian:
        allow(rules.can_note_paper, person, year_file, now=now)
    return lock(year_file, "opening__school")


def _asked(year_file, now):
    own = {one.child.pk: one for one in queries.own_files(year_file.guardian, localdate(now))}
    return own[year_file.child_id].asked if year_file.child_id in own else []


def _of_all_children(year_file, now):
    """This file, and those of the guardian's other children in the same school."""
    for own in queries.own_files(year_file.guardian, localdate(now)):
        if own.opening.pk == year_file.opening_id:
            kept, _ = YearFile.objects.get_or_create(opening=own.opening, guardian=year_file.guardian, child=own.child)
            yield kept


def _classroom(year_file, now):
    here = Enrolment.objects.current(localdate(now)).filter(
        pupil=year_file.child_id, school=year_file.opening.school_id
    )
    enrolment = here.select_related("classroom").first()
    if enrolment is None or enrolment.classroom is None:
        raise Conflict(LEFT)
    return enrolment.classroom


def _done(year_file, person, name, now, *also):
    setattr(year_file, name, now)
    year_file.save(update_fields=[name, *also])
    place = year_file.opening.school_id
    record(person_id=person.pk, verb="year_file.fill", subject=year_file, now=now, place_id=place, fields=[name])
    if person.pk == year_file.guardian_id:
        notify.mark_seen(publication=year_file.opening.publication, person=person, now=now)
    return year_file
