"""A conversation is begun, and answered."""

import datetime
import logging
import uuid
from collections.abc import Iterable

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext_noop as _

from preau.ent.mail import rules
from preau.ent.mail.actions.files import join
from preau.ent.mail.actions.telling import tell
from preau.ent.mail.models import Conversation, Message, Participant, first_words
from preau.ent.mail.queries import participants_of
from preau.ent.mail.queries.standings import links_between, standings_in
from preau.ent.mail.table import CAPS, OF_FAMILIES, Part
from preau.journal.actions import record
from preau.kit.answers import Conflict, allow
from preau.kit.ids import sending
from preau.kit.rows import lock
from preau.kit.stored import with_its_files
from preau.media.documents import Document, told_apart
from preau.people.models import Person
from preau.places.models import School
from preau.schools.models import FamiliesOpening
from preau.spaces.queries import stops

logger = logging.getLogger("preau.mail")
HOUR, DAY = datetime.timedelta(hours=1), datetime.timedelta(days=1)
NOTHING_SAID = _("Écrivez votre message, ou dites-le.")
TOO_MANY_AT_ONCE = _("C’est trop de personnes à la fois\u00a0: choisissez-en moins.")
TOO_MANY_A_DAY = _(
    "Vous avez écrit à beaucoup de personnes aujourd’hui. Votre message n’est pas parti\u00a0: attendez demain."
)
TOO_OFTEN = _(
    "Vous avez envoyé beaucoup de messages en une heure. Celui-ci n’est pas parti\u00a0: attendez un peu. Si ce n’est "
    "pas vous, prévenez la direction de l’école."
)
STOPPED = _(
    "Votre message n’est pas parti\u00a0: les messages sont arrêtés pour le moment. Demandez à l’école pourquoi."
)
TO_PUPIL = {
    NOTHING_SAID: _("Écris ton message."),
    TOO_MANY_A_DAY: _(
        "Tu as écrit à beaucoup de personnes aujourd’hui. Ton message n’est pas parti\u00a0: attends demain."
    ),
    TOO_OFTEN: _(
        "Tu as envoyé beaucoup de messages en une heure. Celui-ci n’est pas parti\u00a0: attends un peu. Si ce n’est "
        "pas toi, dis-le à ton enseignante ou à ton enseignant."
    ),
    STOPPED: _(
        "Ton message n’est pas parti\u00a0: les messages sont arrêtés pour le moment. Demande pourquoi à ton "
        "enseignante ou à ton enseignant."
    ),
}
Sent = Iterable[tuple[Document, str]]


@with_its_files()
@transaction.atomic
def begin(
    *,
    person: Person,
    school: School,
    to: list[Person],
    text: str,
    now: datetime.datetime,
    subject: str = "",
    child: Person | None = None,
    files: Sent = (),
    once: uuid.UUID | None = None,
) -> Conversation:
    """A conversation with these persons, about a child when a family takes part, and its first message; the same sent
    twice from the page that `once` names leaves once. Raises Refused: the table does not let one of them be written to;
    Conflict: nothing said, too many persons or messages, a place that is stopped, no place for a file."""
    person, files = _lock_author(person), list(files)
    mine = Conversation.objects.filter(participants__person=person)
    known, name = _known(mine, once, text, files, subject.strip(), sorted(each.pk for each in to), child and child.pk)
    if known:
        return known
    allow(rules.can_begin, person, school, to, child and child.pk, now=now)
    opened = Person.objects.filter(pk__in=[other.pk for other in to], account__is_active=True)
    if opened.count() < len({other.pk for other in to}):
        raise Conflict(rules.NOBODY_LEFT.reason)
    parts = _parts(person, school, to, child, localdate(now))
    if len(to) > CAPS[parts[person.pk]].persons_at_once:
        raise Conflict(TOO_MANY_AT_ONCE, "others")
    conversation = Conversation(
        school=school,
        child=child if set(parts.values()) & {Part.GUARDIAN} else None,
        subject=subject.strip() or first_words(text),
        opened_at=now,
        last_at=now,
    )
    conversation.pk = name or conversation.pk
    conversation.save(force_insert=True)
    rows = [Participant(conversation=conversation, person=each, part=parts[each.pk]) for each in (person, *to)]
    Participant.objects.bulk_create(rows)
    _say(conversation, rows[0], rows[1:], text, files, now)
    return conversation


@with_its_files()
@transaction.atomic
def answer(
    *,
    person: Person,
    conversation: Conversation,
    text: str,
    now: datetime.datetime,
    files: Sent = (),
    once: uuid.UUID | None = None,
) -> Message:
    """One more message, to those of the others whom the table still lets be written to; the rest read no further.
    Raises Refused for who takes no part or when nobody is left, or Conflict: nothing said, too many messages, a place
    that is stopped, no place for a file."""
    person, files = _lock_author(person), list(files)
    conversation = lock(conversation, "school__city")
    known, name = _known(Message.objects.filter(author=person), once, text, files)
    if known:
        return known
    people = list(participants_of(Conversation.objects.all(), conversation.pk))
    allow(rules.can_answer, person, people, now=now)
    mine = next(each for each in people if each.person_id == person.pk)
    others = rules.still_written_to(person, people, localdate(now))
    gone = conversation.participants.filter(until_number=None).exclude(pk__in=[mine.pk, *(each.pk for each in others)])
    gone.update(until_number=conversation.last_number)
    return _say(conversation, mine, others, text, files, now, name)


def _known(own, once, text, files, *more):
    """(which of these rows this sending left, if it did; the id of what it is to leave): another text, another voice,
    of a first message other persons, are another sending. What was taken back since leaves again, once."""
    name = sending(once, text.strip(), told_apart(files, once), *more)
    while (known := name and own.filter(pk=name).first()) and known.recalled_at:
        name = sending(name, known.recalled_at)
    return known, name


def said_to(*, part: str, sentence: str) -> str:
    """A pupil is told « tu »."""
    return TO_PUPIL.get(sentence, sentence) if part == Part.PUPIL else sentence


def _lock_author(person):
    """One message of an author at a time, so that each counts those before it (`_keep_within_caps`). Two persons who
    begin to write to each other at once would wait for each other without `no_key`."""
    return lock(person, no_key=True)


def _parts(person, school, to, child, today):
    """{person: in what capacity they take part}"""
    people = [person.pk, *(each.pk for each in to)]
    standings = standings_in(school, today, adults=people, families=people)
    parts = {}
    for other in to:
        links = links_between(standings[person.pk], standings[other.pk])
        link = next(each for each in links if each.may_begin and each.child_id in (None, child and child.pk))
        parts.setdefault(person.pk, link.part)
        parts[other.pk] = link.other_part
    return parts


def _say(conversation, mine, others, text, files, now, name=None):
    if not text.strip() and not files:
        raise Conflict(said_to(part=mine.part, sentence=NOTHING_SAID), "text")
    _refuse_stopped(conversation, [mine, *others], localdate(now))
    _keep_within_caps(mine, others, now)
    number = conversation.last_number + 1
    message = Message(conversation=conversation, number=number, author=mine.person, text=text.strip(), sent_at=now)
    message.pk = name or message.pk
    message.save(force_insert=True)
    for sent in files:
        join(message=message, sent=sent, now=now)
    conversation.last_number, conversation.last_at = number, now
    conversation.save(update_fields=["last_number", "last_at"])
    if mine.seen_number == number - 1:  # one answers what was shown; what came meanwhile is still to read
        Participant.objects.filter(pk=mine.pk).update(seen_number=number, seen_at=now)
    Participant.objects.filter(pk__in=[each.pk for each in others], muted_at=None).update(archived_at=None)
    tell(message=message, others=others, now=now)
    record(person_id=mine.person_id, verb="message.send", subject=message, now=now, place_id=conversation.school_id)
    return message


def _refuse_stopped(conversation, participants, today):
    """While a place is stopped for one of them, nothing is said to them, or by them; the author is the first."""
    for each in participants:
        if not rules.participations_of(each.person, today).filter(pk=each.pk).exists():
            raise Conflict(said_to(part=participants[0].part, sentence=STOPPED))
    families = any(each.part in OF_FAMILIES for each in participants)
    if families and not FamiliesOpening.objects.filter(school=conversation.school_id).exists():
        raise Conflict(stops.NOT_OPEN)


def _keep_within_caps(mine, others, now):
    """A stolen account is slowed before anybody knows of it, and said to write too much (trust.md R4, T13)."""
    cap = CAPS[Part(mine.part)]
    sent = Message.objects.filter(author=mine.person, sent_at__gt=now - HOUR).count()
    if sent >= cap.messages_an_hour:
        logger.warning("the account of person %s writes too much: %s messages in an hour", mine.person_id, sent)
        raise Conflict(said_to(part=mine.part, sentence=TOO_OFTEN))
    written = Participant.objects.filter(
        conversation__messages__author=mine.person, conversation__messages__sent_at__gt=now - DAY
    ).exclude(person=mine.person)
    known = set(written.values_list("person", flat=True).distinct())
    if len(known | {each.person_id for each in others}) > cap.persons_a_day:
        logger.warning("the account of person %s writes to too many: %s in a day", mine.person_id, len(known))
        raise Conflict(said_to(part=mine.part, sentence=TOO_MANY_A_DAY))
