"""Text messages that tell a notice: to who has no other way, or to all in an emergency, as long as their city pays."""

from datetime import date, datetime
from functools import partial

from django.db import transaction

from preau.kit import mail
from preau.notify import queries
from preau.notify.models import Expected, Notice, Telling
from preau.notify.notices import text_words
from preau.people import actions as people_actions
from preau.people.models import Person


@transaction.atomic
def queue_texts(*, notice: Notice, people: list, asked_on: date, due_at: datetime, now: datetime) -> list:
    """Puts in the outbox those of these persons (by id); one a day for each but in an emergency. Who is left out as the
    month is spent has a Telling that says so. Returns the persons who will be told."""
    due = queries.texts_due(notice, people, due_at, asked_on)
    write = partial(text_words, notice.is_urgent)
    taken = people_actions.take_texts(phones=list(due.values()), write=write, now=now)
    said = asked_on.isoformat()
    told = {
        key: (taken[phone.pk].pk, notice.pk, phone.account.person_id, said)
        for key, phone in due.items()
        if phone.pk in taken
    }
    unpaid = [phone.account.person_id for phone in due.values() if phone.pk not in taken]
    Telling.objects.bulk_create(
        (
            Telling(notice=notice, person_id=who, way=Telling.Way.SMS, asked_on=asked_on, end=END.UNPAID, ended_at=now)
            for who in unpaid
        ),
        ignore_conflicts=True,
    )
    mail.put_many(queries.TEXT, told, now=now, due_at=due_at)
    return [who for _, _, who, _ in told.values()]


@transaction.atomic
def note_texted(*, ids, state, now: datetime) -> None:
    """How a text message ended on our side; one that had nothing to tell any more leaves no trace."""
    text_id, notice_id, person_id, asked_on = ids
    text = people_actions.note_text_end(text_id=text_id, state=state, now=now)
    alive = Notice.objects.filter(pk=notice_id).exists() and Person.objects.filter(pk=person_id).exists()
    if state == mail.DROPPED or not alive:
        return
    end = ENDS.get(state, END.GIVEN_UP)
    kept = {"end": end, "ended_at": now, "text": text}
    about = {"notice_id": notice_id, "person_id": person_id, "way": Telling.Way.SMS, "asked_on": asked_on}
    telling, _ = Telling.objects.update_or_create(**about, defaults=kept)
    if text and text.received_at:  # the carrier may answer before we have noted that it left
        _reached(telling, text.received_at)


@transaction.atomic
def note_text_receipt(*, reference, state: str, now: datetime) -> bool:
    """What the carrier says of one. False when it is none of ours; said twice, it counts once."""
    text = people_actions.note_receipt(text_id=reference, state=state, now=now)
    if text is not None and text.received_at:
        for telling in text.tellings.all():
            _reached(telling, text.received_at)
    return text is not None


END = Telling.End
ENDS = {mail.SENT: END.LEFT, mail.REFUSED: END.REFUSED}


def _reached(telling, at):
    rows = Expected.objects.filter(notice=telling.notice_id, person=telling.person_id, texted_at=None)
    rows.update(texted_at=at)
