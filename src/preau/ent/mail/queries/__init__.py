"""Named reads of conversations: what waits, what is said, who has seen it."""

import datetime
import uuid
from collections.abc import Iterable
from typing import NamedTuple

from django.db.models import (
    Case,
    CharField,
    Count,
    F,
    IntegerField,
    Min,
    OuterRef,
    Prefetch,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
    prefetch_related_objects,
)
from django.db.models.functions import Cast, Coalesce

from preau.ent.mail.models import Conversation, Message, MessageFile, Participant, Report
from preau.ent.mail.table import PART_OF, Part
from preau.kit.rooms.told import count_line, parted
from preau.people.models import TEACHER_ROLES, Mandate, Person, Role
from preau.schools.models import Enrolment, Guardianship

PAGE = 20
MOST_NUMBERS = 2**31 - 1
RECALL_WITHIN = datetime.timedelta(minutes=10)
UNREAD, REPORTS = "mail_unread", "mail_reports"


def unread(person: Person, participations: QuerySet[Participant]) -> QuerySet[Message]:
    """The messages that wait for the person, those of muted conversations left out."""
    of = "conversation__participants"
    received = Q(**{f"{of}__until_number": None}) | Q(number__lte=F(f"{of}__until_number"))
    shown = {f"{of}__in": participations.filter(muted_at=None), "number__gt": F(f"{of}__seen_number")}
    return Message.objects.filter(received, recalled_at=None, **shown).exclude(author=person)


def unread_count(person: Person, participations: QuerySet[Participant]) -> int:
    """How many of them; one query."""
    return unread(person, participations).count()


class Unread(NamedTuple):
    """How many messages wait, since when; the conversation they are in, when it is only one."""

    count: int
    since: datetime.date
    conversation_id: uuid.UUID | None


def unread_line(person: Person, participations: QuerySet[Participant]) -> QuerySet:
    """The same as one line, or none, of a home that asks several things at once (kit/rooms/told.py)."""
    of = {"talks": Count("conversation", distinct=True), "talk": Min(Cast("conversation", CharField()))}
    only = Case(When(talks=1, then="talk"), default=Value(""), output_field=CharField())
    return count_line(unread(person, participations), UNREAD, since="sent_at", more=only, **of)


def read_unread(rows: Iterable[tuple]) -> tuple[Unread | None, list[tuple]]:
    """Such a line among others: (that one, the others)."""
    found, others = parted(rows, UNREAD)
    told = [Unread(int(line.name), line.day, uuid.UUID(line.more) if line.more else None) for line in found]
    return next(iter(told), None), others


def reports_line(waiting: QuerySet[Report]) -> QuerySet:
    """Of the reports that nobody took up, one line of a home, or none."""
    return count_line(waiting, REPORTS, since="reported_at")


def read_reports(rows: Iterable[tuple]) -> tuple[int, list[tuple]]:
    """Such a line among others: (how many, the others)."""
    found, others = parted(rows, REPORTS)
    return sum(int(line.name) for line in found), others


def inbox(participations: QuerySet[Participant], *, archived: bool) -> QuerySet:
    """(id, how many are unread) of those kept, or put away: with what is unread first, then the last spoken in."""
    waiting = Message.objects.filter(
        conversation=OuterRef("conversation"),
        number__gt=OuterRef("seen_number"),
        number__lte=Coalesce(OuterRef("until_number"), Value(MOST_NUMBERS)),
        recalled_at=None,
    ).exclude(author=OuterRef("person"))
    counted = waiting.order_by().values("conversation").annotate(n=Count("pk")).values("n")
    rows = participations.filter(archived_at__isnull=not archived).annotate(
        unread_count=Coalesce(Subquery(counted, output_field=IntegerField()), 0)
    )
    unread_first = Case(When(unread_count__gt=0, then=0), default=1)
    return rows.order_by(unread_first, "-conversation__last_at", "-pk").values_list("pk", "unread_count")


def inbox_lines(page: Iterable[tuple]) -> list[Participant]:
    """A page of these, in their order, each with its conversation and who takes part; two queries."""
    unread = dict(page)
    people = Prefetch("conversation__participants", Participant.objects.select_related("person").order_by("id"))
    rows = Participant.objects.select_related("conversation__school", "conversation__child").prefetch_related(people)
    found = rows.in_bulk(unread)
    for pk, count in unread.items():
        found[pk].unread_count = count
    return [found[pk] for pk in unread]


def last_messages(visible: QuerySet[Message], conversation_id, before: int | None = None) -> QuerySet[Message]:
    """The last twenty and one, or those before a number, the latest first."""
    rows = visible.filter(conversation=conversation_id).select_related("author")
    if before is not None:
        rows = rows.filter(number__lt=before)
    return rows.order_by("-number")[: PAGE + 1]


def with_files(latest: Iterable[Message]) -> list[Message]:
    """In the order they were said, with their files; one query."""
    shown = list(latest)[::-1]
    prefetch_related_objects(shown, Prefetch("files", MessageFile.objects.order_by("id")))
    return shown


def participants_of(visible: QuerySet[Conversation], conversation_id) -> QuerySet[Participant]:
    """Who takes part, and took, each with the conversation of this id; empty when it is not one of these."""
    rows = Participant.objects.filter(conversation=conversation_id, conversation__in=visible)
    return rows.select_related("person", "conversation__school__city", "conversation__child").order_by("id")


def seen_by(participants: list[Participant], shown: list[Message], reader: Person) -> list[Person]:
    """Who was shown the last message of the reader's own; of the others."""
    own = max((each.number for each in shown if each.author_id == reader.pk), default=None)
    if own is None:
        return []
    return [each.person for each in participants if each.person_id != reader.pk and each.seen_number >= own]


def others_of(conversation: Conversation, reader: Person) -> list[Participant]:
    """Those who take part with the reader, as `inbox_lines` read them."""
    return [each for each in conversation.participants.all() if each.person_id != reader.pk]


def report_list(reports: QuerySet[Report]) -> QuerySet[Report]:
    """Those that wait first, then the last."""
    rows = reports.select_related("reporter", "about", "taken_by", "school")
    return rows.order_by(F("closed_at").asc(nulls_first=True), "-reported_at")


def receivers_of(report: Report, today: datetime.date) -> QuerySet[Person]:
    """Who receives it that day, by their function (`rules.reports_received_by`)."""
    held, school = Mandate.objects.current(today), report.school
    if report.to == Report.To.IEN:
        held = held.filter(role=Role.IEN, district=school.district_id)
    elif report.to == Report.To.DSDEN:
        roles = [role for role, part in PART_OF.items() if part == Part.DSDEN]
        held = held.filter(role__in=roles, department=school.city.department_id)
    else:
        received = Q(role=Role.SCHOOL_HEAD, school=school)
        if report.to == Report.To.CLASS:
            rooms = Enrolment.objects.current(today).filter(pupil=report.about_id).values("classroom")
            received |= Q(role__in=TEACHER_ROLES, classroom__in=rooms)
        held = held.filter(received)
    theirs = Guardianship.objects.filter(child=report.about_id).values("guardian")
    return Person.objects.filter(pk__in=held.values("person")).exclude(Q(pk=report.about_id) | Q(pk__in=theirs))
