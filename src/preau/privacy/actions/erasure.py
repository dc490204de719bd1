"""Erasing a person, everywhere at once, and forgetting what has reached its date."""

from datetime import datetime
from uuid import UUID

from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils.timezone import localdate

from preau.insight.usage import actions as usage
from preau.journal import actions as journal
from preau.journal.models import Detail, Entry
from preau.kit import batches
from preau.kit.answers import Conflict
from preau.kit.privacy import Erase
from preau.media.models import Picture
from preau.people.models import Account, Person
from preau.privacy import erased
from preau.privacy.declarations import declared
from preau.privacy.queries import schools_of_decisions
from preau.schools.models import FormerPerson
from preau.spaces.models import Publication

CHUNK = 400


STANDS = (
    "Rien n’est effacé\u00a0: un juge a décidé d’une restriction, et le prochain fichier ONDE ramènerait la personne "
    "sans elle. Si la décision ne tient plus, la direction la lève sur la page de l’élève ({}), puis recommencez. "
    "Sinon, tout s’efface seul trois mois après le départ de l’enfant."
)


@transaction.atomic
def erase_person(*, subject: Person, person: Person | None, now: datetime, again: bool = False) -> dict:
    """Erases everything the declarations tie to the subject. Returns {table: number of rows gone or detached}.

    The journal keeps one line: who erased, when, and an identifier that no longer leads anywhere. Raises Conflict
    when a judge's decision about the subject and a child at school would be lost, but for one who is erased `again`:
    what an older backup says of them was already answered.
    """
    if schools := [] if again else schools_of_decisions(subject, localdate(now)):
        raise Conflict(STANDS.format(", ".join(schools)))
    keys = [subject.pk, *FormerPerson.objects.filter(person=subject).values_list("former_id", flat=True)]
    counts, gone_files, gone_ids = {}, [], list(keys)
    account = Account.objects.filter(person=subject).first()
    if account:
        _end_every_session(account)
        usage.forget_account(account_id=account.pk)
    for entry in reversed(declared()):
        if entry.privacy.erase is Erase.DETACH:
            rows = entry.rows_about(subject.pk)
            counts[entry.label] = _detach(entry, rows, subject.pk)
            gone_ids += rows.values_list("pk", flat=True) if entry.privacy.blanks else ()
        elif entry.privacy.erase is Erase.DELETE and entry.model is not Person:
            rows = entry.rows_gone_with(subject.pk)  # a key of `detaches` is emptied with the person
            gone_ids += rows.values_list("pk", flat=True)
            gone_files += entry.file_names(rows)
            hung = _taken_with(entry, rows)
            counts[entry.label] = rows.delete()[0]
            gone_ids += [key for model, keys in hung for key in keys]
            gone_files += _forget_hung(hung)
    _forget_values(gone_ids)
    Person.objects.filter(pk=keys[0]).delete()
    # Last: whoever acts on the person now holds their row and waits for the chain; the other order would deadlock.
    journal.record(person_id=person and person.pk, verb="erase_person", subject=subject, now=now)
    for key in keys:  # a backup made before two sheets were joined knows the person by the other key
        erased.add(key, now=now)
    transaction.on_commit(lambda: _forget_outside(gone_files))
    return {label: count for label, count in counts.items() if count}


def erase_again(*, ids: list[UUID], now: datetime) -> int:
    """After a backup was put back: erases once more those who had been erased since. Returns how many came back."""
    returned = list(Person.objects.filter(pk__in=ids))
    for subject in returned:
        erase_person(subject=subject, person=None, now=now, again=True)
    return len(returned)


def _taken_with(entry, rows):
    """[(table, ids)] of what the rows hang on, where it is theirs alone."""
    fields = [entry.model._meta.get_field(name) for name in entry.privacy.takes]
    return [(each.related_model, list(rows.values_list(each.attname, flat=True))) for each in fields]


def _forget_hung(hung):
    """Deletes it, and gives the files of the pictures that go too."""
    names = []
    for model, keys in hung:
        rows = model._base_manager.filter(pk__in=keys)
        if model is Publication:
            pictures = Picture.objects.filter(publication__in=keys)
            names += [path for one in pictures for path in (one.path, one.thumbnail_path)]
        rows.delete()
    return names


def _detach(entry, rows, person_id):
    """Empties the links to the person and the fields that would name them; the rows stay."""
    keys = list(rows.values_list("pk", flat=True))
    rows = entry.model._base_manager.filter(pk__in=keys)
    for path in entry.privacy.subjects:
        if "__" not in path:
            entry.model._base_manager.filter(**{path: person_id}).update(**{path: None})
    for name in entry.privacy.blanks:
        field = entry.model._meta.get_field(name)
        rows.update(**{name: None if field.null else field.get_default()})
    return len(keys)


def _forget_values(ids):
    """The values that batches and the journal remember of the rows that went."""
    batches.forget(ids)
    for start in range(0, len(ids), CHUNK):
        part = ids[start : start + CHUNK]
        Detail.objects.filter(about_id__in=part).delete()
        Detail.objects.filter(entry__in=Entry.objects.filter(object_id__in=part)).delete()


def _end_every_session(account):
    """Sessions name their account inside a signed text: each is read. An erasure is rare, and must be sure."""
    mine = [s.pk for s in Session.objects.iterator() if s.get_decoded().get("_auth_user_id") == str(account.pk)]
    for start in range(0, len(mine), CHUNK):
        Session.objects.filter(pk__in=mine[start : start + CHUNK]).delete()


def _forget_outside(names):
    for name in names:
        default_storage.delete(name)
    cache.clear()
