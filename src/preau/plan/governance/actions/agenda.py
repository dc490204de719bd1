"""The agenda of a session, until its dossier is frozen."""

from django.db import transaction
from django.db.models import Max

from preau.kit.answers import Conflict
from preau.plan.governance import rules
from preau.plan.governance.actions.writing import open_session
from preau.plan.governance.models import AgendaItem
from preau.plan.studies.actions.writing import note

PRINTED = ("title", "aim", "is_reserved")  # what a letter says of a point
ASIDE = 30_000  # where an item waits while two change places: positions are unique at each instant


@transaction.atomic
def add_item(*, person, session, now, version=None, **item) -> AgendaItem:
    """A point at the end. `item`: title, text, aim, presented_by, is_reserved, object_kind, object_id."""
    session = _open(person, session, now, version)
    last = session.items.aggregate(last=Max("position"))["last"] or 0
    made = AgendaItem.objects.create(session=session, position=last + 1, **item)
    _changed(session, now)
    _note(person, "governance.add_item", made, session, now)
    return made


@transaction.atomic
def edit_item(*, person, item, now, version=None, **changes) -> AgendaItem:
    """Writes the same fields anew."""
    session = _open(person, item.session, now, version)
    item = _find(session, item)
    if any(getattr(item, name) != changes.get(name, getattr(item, name)) for name in PRINTED):
        _changed(session, now)
    for name, value in changes.items():
        setattr(item, name, value)
    item.save(update_fields=list(changes))
    _note(person, "governance.edit_item", item, session, now, list(changes))
    return item


@transaction.atomic
def move_item(*, person, item, is_up, now, version=None) -> None:
    """One place up or down; nothing at either end."""
    session = _open(person, item.session, now, version)
    item = _find(session, item)
    others = (
        session.items.filter(position__lt=item.position) if is_up else session.items.filter(position__gt=item.position)
    )
    other = others.order_by("-position" if is_up else "position").first()
    if other is None:
        return
    here, there = item.position, other.position
    for row, position in ((item, ASIDE), (other, here), (item, there)):
        row.position = position
        row.save(update_fields=["position"])
    _changed(session, now)
    _note(person, "governance.move_item", item, session, now, ["position"])


@transaction.atomic
def remove_item(*, person, item, now, version=None) -> None:
    """Takes a point off the agenda; the journal remembers that there was one."""
    session = _open(person, item.session, now, version)
    item = _find(session, item)
    _note(person, "governance.remove_item", item, session, now)
    item.delete()
    _changed(session, now)


def _changed(session, now):
    """Who was convened with another agenda has still to be told."""
    if session.convened_at:
        session.agenda_changed_at = now
        session.save(update_fields=["agenda_changed_at"])


def _open(person, session, now, version):
    return open_session(person=person, session=session, rule=rules.can_prepare_session, now=now, version=version)


def _find(session, item):
    """The item read again under the session's lock."""
    found = session.items.filter(pk=item.pk).first()
    if found is None:
        raise Conflict("Ce point vient d’être retiré de l’ordre du jour.")
    return found


def _note(person, verb, item, session, now, fields=()):
    note(person=person, verb=verb, subject=item, city=session.committee.city, now=now, fields=fields)
