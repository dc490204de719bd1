"""Insurance certificates: sent, noted or refused, then erased."""

import datetime

from django.db import transaction
from django.utils.timezone import localdate

from preau.ent.yearfile import rules
from preau.ent.yearfile.actions.filling import hold_file
from preau.ent.yearfile.models import Certificate, Item, YearFile
from preau.journal.actions import record
from preau.kit.answers import Conflict, allow
from preau.kit.rows import lock
from preau.kit.stored import with_its_files
from preau.media import actions as media
from preau.media.documents import Document
from preau.notify import actions as notify
from preau.people.models import Person
from preau.schools import actions as register
from preau.schools.models import Enrolment

LEFT = "Cet élève n’est plus dans la classe."


def note_insurance(*, person: Person, year_file: YearFile, now: datetime.datetime) -> None:
    """Given for the year, as the register keeps it. Raises Conflict: the pupil is no longer in the class."""
    enrolments = Enrolment.objects.current(localdate(now)).filter(school=year_file.opening.school_id)
    enrolment = enrolments.filter(pupil=year_file.child_id).select_related("classroom").first()
    if enrolment is None or enrolment.classroom is None:
        raise Conflict(LEFT)
    register.note_insurance(person=person, classroom=enrolment.classroom, pupil=year_file.child, is_given=True, now=now)


@with_its_files()
@transaction.atomic
def send_certificate(
    *, person: Person, child: Person, sent: tuple[Document, str], now: datetime.datetime
) -> Certificate:
    """The guardian's file, in place of the one sent before."""
    year_file = hold_file(person=person, guardian=person, child=child, item=Item.INSURANCE, now=now)
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
    note_insurance(person=person, year_file=year_file, now=now)
    media.forget_joined(joined=certificate)


@with_its_files()
@transaction.atomic
def refuse_certificate(*, person: Person, certificate: Certificate, why: str, now: datetime.datetime) -> None:
    """It is not the right one: erased, its guardian reads why and is asked again."""
    certificate = lock(certificate, "year_file")
    allow(rules.can_note_paper, person, certificate.year_file, now=now)
    if certificate.refused_at is None:
        media.refuse_joined(joined=certificate, why=why, now=now)


def settle_certificates(*, now: datetime.datetime) -> int:
    """Those that the antivirus had not answered for. Returns how many are settled."""
    return media.settle_waiting(tables=[Certificate], settle=_settle, now=now)


def _settle(*, file, now):
    found = media.look_again(joined=file)
    return found is not None and media.settle_joined(joined=file, found=found, now=now)
