"""The retention clock: each kind of data goes at the date its table declares (arrêté du 30 novembre 2006, art. 6)."""

import datetime
from functools import partial

from allauth.account.models import EmailConfirmation
from django.contrib.sessions.models import Session
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils.timezone import localdate

from preau.journal import actions as journal
from preau.journal.models import Detail, Entry
from preau.kit.dates import last_year_begins, months_before, school_year_label, this_year_begins
from preau.kit.models import Batch, Change, Outgoing
from preau.kit.rooms import given_by_rooms
from preau.kit.rooms.clocks import Clock, Due
from preau.media.models import Picture
from preau.people.models import (
    Account,
    ActivationCode,
    Badge,
    HelpAsk,
    MailCode,
    Mandate,
    Person,
    PictureCode,
    PupilEntry,
    RefusedEntry,
    SheetAsk,
    SignIn,
    SignInAttempt,
    TextMessage,
)
from preau.privacy.actions.erasure import erase_person
from preau.privacy.actions.sweeping import sweep_files
from preau.privacy.queries import ended_guardians, ended_guardianships, leavers
from preau.schools.models import Enrolment, GroupMember, Guardianship
from preau.spaces.models import Publication

PLAN = ("equipment.", "steering.")  # decisions of the plan are kept as long as the plan
DAY, MONTH, QUARTER, YEAR = (datetime.timedelta(days=days) for days in (1, 30, 91, 365))


def purge(*, now: datetime.datetime, dry_run: bool = False) -> list[tuple[str, int]]:
    """Forgets all that is due. Returns [(what, how many)]; with `dry_run`, what would go."""
    return [(clock.what, _strike(clock, now, dry_run)) for clock in clocks()]


def clocks() -> list[Due | Clock]:
    """Every clock, in the order they strike: those of rooms, then those kept here; whole persons come last.

    A table whose `keeps` is a time has one (tests/house/test_clocks.py).
    """
    return [*given_by_rooms("clocks", "CLOCKS"), *OWN]


def _strike(clock, now, dry_run):
    if isinstance(clock, Clock):
        return clock.forget(now=now, dry_run=dry_run)
    rows = clock.rows(now)
    count = rows.count()
    if count and not dry_run:
        clock.table.objects.filter(pk__in=list(rows.values_list("pk", flat=True))).delete()
    return count


def _old_entries(now):
    """What is sealed stays, or goes with the first lines of its chain (journal.actions)."""
    kept = Q(seal__isnull=False)
    for prefix in PLAN:
        kept |= Q(object_kind__startswith=prefix)
    return Entry.objects.filter(at__lte=now - YEAR).exclude(kept)


def _left(manager, school, now):
    """Rows of a school the pupil left: former classes of a school one still attends are kept with it."""
    left = months_before(localdate(now), 3)
    there = Enrolment.objects.filter(
        Q(ends_on=None) | Q(ends_on__gt=left), pupil=OuterRef("pupil"), school=OuterRef(school)
    )
    return manager.filter(~Exists(there), ends_on__lte=left)


def _empty_changes(*, now, dry_run):
    due = Change.objects.filter(batch__applied_at__lte=now - 30 * DAY).exclude(before={}, after="")
    count = due.count()
    if count and not dry_run:
        Change.objects.filter(pk__in=due.values("pk")).update(before={}, after="")
    return count


def _forget_publications(*, now, dry_run):
    """Kept the school year and the next: what is older than the beginning of last year goes, files with it."""
    due = Publication.objects.filter(created_at__date__lt=last_year_begins(localdate(now)))
    keys = list(due.values_list("pk", flat=True))
    if keys and not dry_run:
        paths = []
        for picture in Picture.objects.filter(publication__in=keys):
            paths += [picture.path, picture.thumbnail_path]
        with transaction.atomic():
            Publication.objects.filter(pk__in=keys).delete()
            transaction.on_commit(lambda: [default_storage.delete(path) for path in paths])
    return len(keys)


def _erase_leavers(*, now, dry_run):
    """One transaction each: a power failure in the middle leaves whole persons only."""
    due = list(leavers(localdate(now)))
    for subject in () if dry_run else due:
        erase_person(subject=subject, person=None, now=now)
    return len(due)


def _attempts_over(now):
    over = Q(locked_until=None) | Q(locked_until__lte=now)
    return SignInAttempt.objects.filter(over, last_failure_at__lte=now - DAY)


def _help_over(now):
    return HelpAsk.objects.filter(Q(answered_at__lte=now - MONTH) | Q(asked_at__lte=now - QUARTER))


def _codes_over(now):
    used = Q(used_at__lte=now - MONTH) | Q(revoked_at__lte=now - MONTH)
    return ActivationCode.objects.filter(Q(expires_at__lte=now) | used)


def _cards_over(now):
    """Those of last year, and those of pupils who are in no school any more, however they left."""
    today = localdate(now)
    here = Enrolment.objects.current(today).filter(pupil=OuterRef("pupil"))
    return Badge.objects.filter(~Exists(here) | ~Q(school_year=school_year_label(today)))


def _pictures_of_last_year(now):
    return PictureCode.objects.filter(made_at__date__lt=this_year_begins(localdate(now)))


# What libraries, the ground and the registers keep; the other rooms have their `clocks.py`.
OWN = (
    Due(
        "clés de confirmation de plus de 3 jours", EmailConfirmation,
        lambda now: EmailConfirmation.objects.filter(created__lte=now - 3 * DAY),
    ),
    Due("codes d’activation", ActivationCode, _codes_over),
    Due("cartes d’élèves de l’an dernier, ou partis", Badge, _cards_over),
    Due("images d’élèves de l’an dernier", PictureCode, _pictures_of_last_year),
    Due("essais de connexion", SignInAttempt, _attempts_over),
    Due(
        "fiches demandées il y a plus de 3 mois", SheetAsk,
        lambda now: SheetAsk.objects.filter(asked_at__lte=now - QUARTER),
    ),
    Due("demandes d’aide répondues ou oubliées", HelpAsk, _help_over),
    Due("SMS envoyés", TextMessage, lambda now: TextMessage.objects.filter(asked_at__lte=now - YEAR)),
    Due("codes envoyés par courriel ou SMS", MailCode, lambda now: MailCode.objects.filter(asked_at__lte=now - DAY)),
    Due("entrées d’élèves finies", PupilEntry, lambda now: PupilEntry.objects.filter(ends_at__lte=now)),
    Due("entrées de plus d’un an", SignIn, lambda now: SignIn.objects.filter(seen_at__lte=now - YEAR)),
    Due("entrées refusées de plus d’un an", RefusedEntry, lambda now: RefusedEntry.objects.filter(at__lte=now - YEAR)),
    Due("sessions finies", Session, lambda now: Session.objects.filter(expire_date__lte=now)),
    Due(
        "détails du journal de plus d’un an", Detail, lambda now: Detail.objects.filter(entry__at__lte=now - YEAR)
    ),
    Due("lignes du journal de plus d’un an", Entry, _old_entries),
    Due("lots d’import de plus de 3 ans", Batch, lambda now: Batch.objects.filter(applied_at__lte=now - 3 * YEAR)),
    Due(
        "mandats finis depuis un an", Mandate,
        lambda now: Mandate.objects.filter(ends_on__lte=localdate(now) - YEAR),
    ),
    Due(
        "liens de responsabilité d’enfants partis", Guardianship, lambda now: ended_guardianships(localdate(now))
    ),
    Due(
        "comptes de responsables dont le lien est fini", Account,
        lambda now: Account.objects.filter(person__in=ended_guardians(localdate(now))),
    ),
    Due("inscriptions d’écoles quittées", Enrolment, lambda now: _left(Enrolment.objects, "school", now)),
    Due("groupes d’écoles quittées", GroupMember, lambda now: _left(GroupMember.objects, "group__school", now)),
    Due(
        "courriels partis depuis 30 jours", Outgoing, lambda now: Outgoing.objects.filter(settled_at__lte=now - MONTH)
    ),
    Clock("valeurs d’avant des imports de plus de 30 jours", (Change,), _empty_changes),
    Clock("publications d’avant l’an dernier", (Publication,), _forget_publications),
    Clock(
        "lignes scellées sur les personnes de plus d’un an", (Entry,),
        lambda now, dry_run: journal.forget_acts_on_people(before=now - YEAR, dry_run=dry_run),
    ),
    Clock("fichiers qui passent et que rien ne tient", (), partial(sweep_files, passing_only=True)),
    Clock("personnes sans raison depuis 3 mois", (Person,), _erase_leavers),
)  # fmt: skip
