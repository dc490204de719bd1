"""Lines, notices to the conseil d'école, and the pupils for whom a kit has an extra."""

from datetime import date

from django.db import IntegrityError, transaction

from preau.kit.answers import Conflict, allow
from preau.kit.rows import lock
from preau.plan.premises.actions.writing import journal
from preau.plan.premises.models import CouncilNotice, InclusionSite, InternetLink
from preau.plan.premises.rules import can_record_notice, can_write_premises

TOLD = "Cette information est déjà notée à cette date. Il n’y a rien à ajouter."
RECEIVED = "Cet accueil est déjà noté pour l’école. Il n’y a rien à ajouter."


@transaction.atomic
def add_link(
    *, person, school, technology, contracted_kbps: int, in_service_on: date, now, measured_kbps=None, measured_on=None
) -> InternetLink:
    """A line in service from a day; its measure comes with its day, or not at all."""
    allow(can_write_premises, person, school, now=now)
    link = InternetLink.objects.create(
        school=school,
        technology=technology,
        contracted_kbps=contracted_kbps,
        in_service_on=in_service_on,
        measured_kbps=measured_kbps,
        measured_on=measured_on,
    )
    journal(person=person, verb="link_added", subject=link, school=school, now=now)
    return link


@transaction.atomic
def record_measure(*, person, link, measured_kbps: int, measured_on: date, now) -> InternetLink:
    """What the line really gives; the last measure is kept, the journal says when each was made."""
    return _changed(person, link, "link_measured", now, measured_kbps=measured_kbps, measured_on=measured_on)


@transaction.atomic
def end_link(*, person, link, ended_on: date, now) -> InternetLink:
    """The last day the line is in service."""
    return _changed(person, link, "link_ended", now, ended_on=ended_on)


def _changed(person, link, verb, now, **values):
    link = lock(link, "school")
    allow(can_write_premises, person, link.school, now=now)
    for name, value in values.items():
        setattr(link, name, value)
    link.save(update_fields=list(values))
    journal(person=person, verb=verb, subject=link, school=link.school, now=now, fields=list(values))
    return link


@transaction.atomic
def record_notice(*, person, school, subject, held_on: date, now, reference="") -> CouncilNotice:
    """The conseil d'école was told that day. Raises Conflict when it is noted already."""
    allow(can_record_notice, person, school, now=now)
    notice = CouncilNotice(school=school, subject=subject, held_on=held_on, reference=reference)
    return _made(person, notice, "council_notice_recorded", now, Conflict(TOLD, "held_on"))


@transaction.atomic
def remove_notice(*, person, notice, now):
    """Recorded by mistake: the line goes, the journal keeps that it was there."""
    allow(can_record_notice, person, notice.school, now=now)
    journal(person=person, verb="council_notice_removed", subject=notice, school=notice.school, now=now)
    notice.delete()


@transaction.atomic
def open_inclusion(*, person, school, option, starts_on: date, now) -> InclusionSite:
    """The school receives such pupils from a day: its need counts the kit's extra. Raises Conflict when it is noted
    already."""
    allow(can_write_premises, person, school, now=now)
    site = InclusionSite(school=school, option=option, starts_on=starts_on)
    return _made(person, site, "inclusion_site_opened", now, Conflict(RECEIVED, "option"))


@transaction.atomic
def end_inclusion(*, person, site, ended_on: date, now) -> InclusionSite:
    """The last day it does."""
    site = lock(site, "school")
    allow(can_write_premises, person, site.school, now=now)
    site.ended_on = ended_on
    site.save(update_fields=["ended_on"])
    journal(person=person, verb="inclusion_site_ended", subject=site, school=site.school, now=now, fields=["ended_on"])
    return site


def _made(person, row, verb, now, twice):
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError:
        raise twice
    journal(person=person, verb=verb, subject=row, school=row.school, now=now)
    return row
