"""The retention clock: each kind of data goes at the date its table declares (arrêté du 30 novembre 2006, art. 6)."""

import datetime
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

from allauth.account.models import EmailConfirmation
from django.contrib.sessions.models import Session
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import Exists, Model, OuterRef, Q
from django.utils import timezone

from preau.arrivals import actions as arrivals
from preau.arrivals.models import SheetJob, Upload
from preau.ent.sites.models import UrgentBanner
from preau.insight.usage import actions as usage
from preau.insight.usage.models import RawHit
from preau.journal import actions as journal
from preau.journal.models import Detail, Entry
from preau.kit.dates import school_year_bounds, school_year_label
from preau.kit.models import Batch, Change, Outgoing
from preau.media.models import Picture
from preau.people.models import Account, ActivationCode, Mandate, Person, SignIn, SignInAttempt
from preau.plan.applications import actions as applications
from preau.plan.applications.models import Attachment
from preau.plan.desk.models import Reminder
from preau.plan.governance import actions as governance
from preau.plan.governance.models import Seat
from preau.plan.loans import actions as loans
from preau.plan.loans.models import Booking
from preau.plan.sheets import actions as sheets
from preau.plan.sheets.models import AssetDraft, PlanDraft
from preau.plan.wifi import actions as wifi
from preau.plan.wifi.models import WifiWindow
from preau.privacy.actions.erasure import erase_person
from preau.privacy.actions.sweeping import sweep_files
from preau.privacy.queries import ended_guardians, ended_guardianships, leavers, months_before
from preau.schools.models import Enrolment, GroupMember
from preau.spaces.models import Publication

PLAN = ("equipment.", "steering.")  # decisions of the plan are kept as long as the plan
DAY, YEAR = datetime.timedelta(days=1), datetime.timedelta(days=365)


@dataclass(frozen=True)
class Clock:
    """What goes at its date, from which tables, and how: `forget(dry_run=…)` says how many."""

    what: str
    tables: tuple[type[Model], ...]
    forget: Callable[..., int]


def purge(*, now: datetime.datetime, dry_run: bool = False) -> list[tuple[str, int]]:
    """Forgets all that is due. Returns [(what, how many)]; with `dry_run`, what would go."""
    return [(clock.what, clock.forget(dry_run=dry_run)) for clock in clocks(now=now)]


def clocks(*, now: datetime.datetime) -> Iterator[Clock]:
    """Every clock, in the order they strike; a table whose `keeps` is a time has one (tests/house/test_clocks.py)."""
    today = timezone.localtime(now).date()
    for what, rows in _plain_clocks(now, today):
        yield Clock(what, (rows.model,), partial(_forget, rows))
    left, lent = months_before(today, 3), months_before(today, 60)
    for what, tables, forget in (
        ("valeurs d’avant des imports de plus de 30 jours", (Change,), partial(_empty_changes, now)),
        (
            "cases de tableaux qui attendent depuis 30 jours",
            (PlanDraft, AssetDraft),
            partial(sheets.forget_tables, now=now),
        ),
        ("publications d’avant l’an dernier", (Publication,), partial(_forget_publications, today)),
        ("fichiers déposés depuis plus de 24 heures", (Upload,), partial(arrivals.purge_uploads, now=now)),
        ("fiches de connexion de plus de 24 heures", (SheetJob,), partial(arrivals.purge_sheets, now=now)),
        (
            "lignes scellées sur les personnes de plus d’un an",
            (Entry,),
            partial(journal.forget_acts_on_people, before=now - YEAR),
        ),
        ("fichiers qui passent et que rien ne tient", (), partial(sweep_files, now=now, passing_only=True)),
        ("pages vues oubliées par la clôture", (RawHit,), partial(_forget_hits, now)),
        ("noms du registre du Wi-Fi de plus d’un an", (WifiWindow,), partial(wifi.forget_openers, now=now)),
        ("malles rendues depuis plus de 5 ans", (Booking,), partial(loans.forget_loans, before=lent)),
        ("noms des sièges finis depuis 3 mois", (Seat,), partial(governance.forget_holders, before=left)),
        ("pièces de candidatures jamais déposées", (Attachment,), partial(applications.purge_attachments, now=now)),
        ("personnes sans raison depuis 3 mois", (Person,), partial(_erase_leavers, now, today)),
    ):
        yield Clock(what, tables, forget)


def _plain_clocks(now, today):
    """(what, rows due): rows that are simply deleted."""
    left = months_before(today, 3)
    yield "clés de confirmation de plus de 3 jours", EmailConfirmation.objects.filter(created__lte=now - 3 * DAY)
    yield "messages urgents d’avant l’an dernier", UrgentBanner.objects.filter(ends_at__date__lt=_year_before(today))
    yield (
        "codes d’activation",
        ActivationCode.objects.filter(
            Q(expires_at__lte=now) | Q(used_at__lte=now - 30 * DAY) | Q(revoked_at__lte=now - 30 * DAY)
        ),
    )
    yield (
        "essais de connexion",
        SignInAttempt.objects.filter(Q(locked_until=None) | Q(locked_until__lte=now), last_failure_at__lte=now - DAY),
    )
    yield "entrées de plus d’un an", SignIn.objects.filter(seen_at__lte=now - YEAR)
    yield "sessions finies", Session.objects.filter(expire_date__lte=now)
    yield "détails du journal de plus d’un an", Detail.objects.filter(entry__at__lte=now - YEAR)
    yield "lignes du journal de plus d’un an", _old_entries(now)
    yield "lots d’import de plus de 3 ans", Batch.objects.filter(applied_at__lte=now - 3 * YEAR)
    yield "dépôts de plus d’un an", Upload.objects.filter(received_at__lte=now - YEAR)
    yield "fiches demandées il y a plus d’un an", SheetJob.objects.filter(asked_at__lte=now - YEAR)
    yield "mandats finis depuis un an", Mandate.objects.filter(ends_on__lte=today - YEAR)
    yield "liens de responsabilité d’enfants partis", ended_guardianships(today)
    yield "comptes de responsables dont le lien est fini", Account.objects.filter(person__in=ended_guardians(today))
    yield "inscriptions d’écoles quittées", _left(Enrolment.objects, "school", left)
    yield "courriels partis depuis 30 jours", Outgoing.objects.filter(settled_at__lte=now - 30 * DAY)
    yield "rappels par courriel de plus de 30 jours", Reminder.objects.filter(day__lte=today - 30 * DAY)
    yield "groupes d’écoles quittées", _left(GroupMember.objects, "group__school", left)


def _old_entries(now):
    """What is sealed stays, or goes with the first lines of its chain (journal.actions)."""
    kept = Q(seal__isnull=False)
    for prefix in PLAN:
        kept |= Q(object_kind__startswith=prefix)
    return Entry.objects.filter(at__lte=now - YEAR).exclude(kept)


def _left(manager, school, left):
    """Rows of a school the pupil left: former classes of a school one still attends are kept with it."""
    there = Enrolment.objects.filter(
        Q(ends_on=None) | Q(ends_on__gt=left), pupil=OuterRef("pupil"), school=OuterRef(school)
    )
    return manager.filter(~Exists(there), ends_on__lte=left)


def _year_before(today):
    """The first day of the school year before this one."""
    begins, _ = school_year_bounds(school_year_label(today))
    return begins.replace(year=begins.year - 1)


def _forget(rows, dry_run):
    count = rows.count()
    if count and not dry_run:
        rows.model.objects.filter(pk__in=list(rows.values_list("pk", flat=True))).delete()
    return count


def _empty_changes(now, dry_run):
    due = Change.objects.filter(batch__applied_at__lte=now - 30 * DAY).exclude(before={}, after="")
    count = due.count()
    if count and not dry_run:
        Change.objects.filter(pk__in=due.values("pk")).update(before={}, after="")
    return count


def _forget_publications(today, dry_run):
    """Kept the school year and the next: what is older than the beginning of last year goes, files with it."""
    due = Publication.objects.filter(created_at__date__lt=_year_before(today))
    keys = list(due.values_list("pk", flat=True))
    if keys and not dry_run:
        paths = []
        for picture in Picture.objects.filter(publication__in=keys):
            paths += [picture.path, picture.thumbnail_path]
        with transaction.atomic():
            Publication.objects.filter(pk__in=keys).delete()
            transaction.on_commit(lambda: [default_storage.delete(path) for path in paths])
    return len(keys)


def _forget_hits(now, dry_run):
    if dry_run:
        return RawHit.objects.filter(at__lt=now - 15 * DAY).count()
    return usage.forget_old_hits(now=now)


def _erase_leavers(now, today, dry_run):
    """One transaction each: a power failure in the middle leaves whole persons only."""
    due = list(leavers(today))
    for subject in () if dry_run else due:
        erase_person(subject=subject, person=None, now=now)
    return len(due)
