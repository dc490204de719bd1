"""Who writes to whom, by the table; who reads a conversation, takes a message back, receives a report."""

import datetime
import uuid

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils.translation import gettext_noop as _

from preau.ent.mail.models import Conversation, Message, MessageFile, Participant, Report
from preau.ent.mail.queries import receivers_of
from preau.ent.mail.queries.standings import links_between, standings_in
from preau.ent.mail.table import OF_SCHOOL, PART_OF, Part
from preau.kit.answers import Answer, No, Yes
from preau.kit.dates import school_year_label
from preau.people.models import SITE_WRITERS, TEACHER_ROLES, Mandate, Person, Role
from preau.people.prepared import one_in
from preau.people.queries import holds, places_held
from preau.people.queries.grounds import Grounds
from preau.places.models import AfterSchool, Classroom, School
from preau.schools.models import ActivityEnrolment, Enrolment, Guardianship
from preau.schools.queries.own import is_own
from preau.spaces.models import Stop

DSDEN_ROLES = tuple(role for role, part in PART_OF.items() if part == Part.DSDEN)
# Where somebody may find people to write to, by the place where the role is held (people.queries.grounds).
WRITES = Grounds(
    "school",
    school=tuple(role for role, part in PART_OF.items() if part in OF_SCHOOL),
    district=tuple(role for role, part in PART_OF.items() if part in (Part.IEN, Part.ADVISER)),
    city=tuple(role for role, part in PART_OF.items() if part == Part.CITY),
    department=DSDEN_ROLES,
)
ROOMS = Grounds("classroom", classroom=TEACHER_ROLES, school=(Role.SCHOOL_HEAD,))
HEADS = Grounds("school", school=(Role.SCHOOL_HEAD,))
TEACHES = Grounds("classroom", classroom=TEACHER_ROLES)
OF_IEN = Grounds("school", district=(Role.IEN,))
OF_DSDEN = Grounds("school", department=DSDEN_ROLES)

# Whom a stop keeps from reading: its readers; how a class that is stopped finds who is in it, among whom they are.
STOPPED = (
    ((Part.GUARDIAN,), Stop.Readers.FAMILIES, "enrolments", "pupil", "conversation__child"),
    ((Part.PUPIL,), Stop.Readers.PUPILS, "enrolments", "pupil", "person"),
    ((Part.TEACHER, Part.STAFF), Stop.Readers.ADULTS, "mandates", "person", "person"),
)  # fmt: skip

NOBODY_LEFT = No(
    _(
        "Vous ne pouvez plus écrire ici\u00a0: votre interlocutrice ou votre interlocuteur n’est plus dans cette "
        "école, ou vous ne l’êtes plus. Commencez une autre conversation."
    )
)
NOT_IN_TABLE = No(_("Vous ne pouvez pas écrire à cette personne. Voyez «\u00a0Qui peut écrire à qui\u00a0»."))
NOT_IN_IT = No(_("Vous ne prenez pas part à cette conversation, ou vous ne la lisez plus."))
NOT_YOURS = No(_("Seule la personne qui a écrit un message peut le retirer."))
OWN_MESSAGE = No(_("C’est votre message\u00a0: vous pouvez le retirer pendant dix minutes."))
REPORTED = No(_("Vous avez déjà signalé ce message\u00a0: votre signalement est suivi."))
OWN_WORDS = No(_("C’est vous qui l’avez écrit\u00a0: vous pouvez le retirer."))
REPORTED_THING = No(_("Vous l’avez déjà signalé\u00a0: votre signalement est suivi."))
NOT_RECEIVED = No("Ce signalement n’est pas remis à votre fonction.")


def schools_written_in(person: Person, today: datetime.date) -> QuerySet[School]:
    """Schools where the person may find somebody to write to."""
    children = Guardianship.objects.reached(today).filter(guardian=person).values("child")
    enrolled = Enrolment.objects.current(today).filter(Q(pupil__in=children) | Q(pupil=person))
    theirs = WRITES.where(person, today) | Q(pk__in=enrolled.values("school"))
    if sites := places_held(person, *SITE_WRITERS, today=today):
        put_down = ActivityEnrolment.objects.current(today).filter(activity__afterschool__in=sites)
        received = Enrolment.objects.current(today).filter(pupil__in=put_down.values("child"))
        standing = AfterSchool.objects.filter(pk__in=sites).values("school")
        theirs |= Q(pk__in=standing) | Q(pk__in=received.values("school"))
    return School.objects.filter(theirs).select_related("city")


def classrooms_written_to(person: Person, school: School, today: datetime.date) -> QuerySet[Classroom]:
    """Classes of this year whose families the person may find there."""
    theirs = ROOMS.where(person, today)
    if holds(person, Role.TEACHER, today=today, place=school):  # of a dispositif: its pupils are of several classes
        theirs = Q(school=school)
    rooms = Classroom.objects.filter(theirs, school=school, school_year=school_year_label(today))
    return rooms.order_by("order_key", "id")


def participations_of(person: Person, today: datetime.date) -> QuerySet[Participant]:
    """The conversations one reads: not those about a child whom a judge keeps one from, not what is stopped."""
    mine = _part_taken(person, today)
    for parts, readers, members, field, whose in STOPPED:
        of = f"classroom__{members}"
        in_class = Q(**{f"{of}__{field}": OuterRef(whose), f"{of}__starts_on__lte": today})
        in_class &= Q(**{f"{of}__ends_on": None}) | Q(**{f"{of}__ends_on__gte": today})
        above = Q(school=OuterRef("conversation__school")) | Q(city=OuterRef("conversation__school__city"))
        mine = mine.filter(~Q(part__in=parts) | ~Exists(Stop.objects.open().filter(above | in_class, readers=readers)))
    return mine


def stopped_part(person: Person, conversation_id, today: datetime.date) -> str:
    """Of a conversation that one does not read because of a stop: in what capacity one takes part; else nothing."""
    return _part_taken(person, today).filter(conversation=conversation_id).values_list("part", flat=True).first() or ""


def _part_taken(person, today):
    decided = Guardianship.objects.filter(
        guardian=OuterRef("person"), child=OuterRef("conversation__child"), restricted_on__lte=today
    )
    return Participant.objects.filter(person=person).filter(~Q(part=Part.GUARDIAN) | ~Exists(decided))


def conversations_visible_to(person: Person, today: datetime.date) -> QuerySet[Conversation]:
    """Those one takes part in; nobody else reads them, the head and the operator neither."""
    return Conversation.objects.filter(participants__in=participations_of(person, today))


def messages_visible_to(person: Person, today: datetime.date) -> QuerySet[Message]:
    """What was said to, or by, the person, up to when they could be written to."""
    received = Q(conversation__participants__until_number=None)
    received |= Q(number__lte=F("conversation__participants__until_number"))
    return Message.objects.filter(received, conversation__participants__in=participations_of(person, today))


def message_files_visible_to(person: Person, today: datetime.date) -> QuerySet[MessageFile]:
    """Of a message that one reads, or whose report one receives."""
    read = messages_visible_to(person, today).filter(recalled_at=None)
    reported = reports_received_by(person, today)
    theirs = Q(message__in=read.values("pk")) | Q(message__reports__in=reported.values("pk"))
    return MessageFile.objects.filter(theirs, ready_at__isnull=False).distinct()


def can_answer(person: Person, people: list[Participant], today: datetime.date) -> Answer:
    """Who takes part, as long as they and one of the others may be written to; `people`: all who take part."""
    mine = next((each for each in people if each.person_id == person.pk), None)
    if mine is None:
        return NOT_IN_IT
    return Yes() if mine.until_number is None and still_written_to(person, people, today) else NOBODY_LEFT


def can_keep(person: Person, conversation: Conversation, today: datetime.date) -> Answer:
    """Who reads it puts it away, mutes it, says that they saw it."""
    visible = conversations_visible_to(person, today).filter(pk=conversation.pk)
    return Yes() if visible.exists() else NOT_IN_IT


def can_begin(person: Person, school: School, others: list[Person], child_id, today: datetime.date) -> Answer:
    """Everybody may write to everybody else there; who begins may begin with each."""
    standings = _of(school, [person.pk, *(each.pk for each in others)], today)
    mine = standings.get(person.pk, [])
    for rank, other in enumerate(others):
        theirs = standings.get(other.pk, [])
        if not any(link.may_begin for link in _about(links_between(mine, theirs), child_id)):
            return NOT_IN_TABLE
        for third in others[:rank]:
            if not _about(links_between(standings.get(third.pk, []), theirs), child_id):
                return NOT_IN_TABLE
    return Yes()


def still_written_to(person: Person, people: list[Participant], today: datetime.date) -> list[Participant]:
    """Of those who take part in a conversation, the others whom the table still lets the person write to."""
    conversation = people[0].conversation
    others = [each for each in people if each.person_id != person.pk and each.until_number is None]
    standings = _of(conversation.school, [person.pk, *(each.person_id for each in others)], today)
    mine = standings.get(person.pk, [])
    return [
        each for each in others if _about(links_between(mine, standings.get(each.person_id, [])), conversation.child_id)
    ]


def _of(school, people, today):
    return standings_in(school, today, adults=people, families=people)


def _about(links, child_id):
    """Of a conversation about a child, a family takes part for that child alone."""
    return [link for link in links if link.child_id in (None, child_id)]


def messages_recallable_by(person: Person, today: datetime.date) -> QuerySet[Message]:
    """One's own; for a head all of the school, for the operator all: they take back what an account sent, and read
    nothing of it."""
    if holds(person, Role.OPERATOR, today=today):
        return Message.objects.all()
    headed = HEADS.where(person, today, "conversation__school")
    return Message.objects.filter(headed | Q(author=person))


def can_recall(person: Person, message: Message, today: datetime.date) -> Answer:
    """One's own message, one by one."""
    return Yes() if message.author_id == person.pk else NOT_YOURS


def can_report(person: Person, message: Message, today: datetime.date, *, is_read=False) -> Answer:
    """What somebody else wrote and that one reads, once. `is_read`, of one of `messages_visible_to`, spares a read."""
    if message.author_id == person.pk:
        return OWN_MESSAGE
    if not is_read and not messages_visible_to(person, today).filter(pk=message.pk).exists():
        return NOT_IN_IT
    return REPORTED if Report.objects.filter(message=message, reporter=person).exists() else Yes()


def can_report_thing(person: Person, about: Person, thing_id: uuid.UUID) -> Answer:
    """What somebody else said elsewhere than in a message, once; the room where it was said says who reads it."""
    if about.pk == person.pk:
        return OWN_WORDS
    return REPORTED_THING if Report.objects.filter(thing_id=thing_id, reporter=person).exists() else Yes()


def report_goes_to(about: Person | None, part: str, school: School, today: datetime.date) -> str:
    """The head, with the teacher for a pupil; the IEN, or above where there is none or where it is about them, for who
    serves in the school, and for a child of whom all who would receive it are the parents."""
    held = _of(school, [about.pk], today).get(about.pk, []) if about else []
    parts = {part, *(standing.part for standing in held)}
    if Part.IEN in parts:
        return Report.To.DSDEN
    to = Report.To.CLASS if part == Part.PUPIL else Report.To.HEAD
    report = Report(to=to, school=school, about=about)
    if not parts & {*OF_SCHOOL, Part.ADVISER, Part.DSDEN} and receivers_of(report, today).exists():
        return to
    has_ien = Mandate.objects.current(today).filter(role=Role.IEN, district=school.district_id).exists()
    return Report.To.IEN if school.district_id and has_ien else Report.To.DSDEN


def reports_received_by(person: Person, today: datetime.date) -> QuerySet[Report]:
    """By one's function; never one that is about oneself, or one's own child."""
    headed = HEADS.where(person, today, "school")
    taught = Enrolment.objects.current(today).filter(TEACHES.where(person, today, "classroom"))
    received = Q(headed, to__in=(Report.To.HEAD, Report.To.CLASS))
    received |= Q(to=Report.To.CLASS, about__in=taught.values("pupil"))
    received |= Q(OF_IEN.where(person, today, "school"), to=Report.To.IEN)
    received |= Q(OF_DSDEN.where(person, today, "school"), to=Report.To.DSDEN)
    others = ~Q(about=person) & ~is_own(person, "about")
    return Report.objects.filter(received).filter(others | Q(about=None))


def reports_waiting_for(person: Person, today: datetime.date) -> QuerySet[Report]:
    """Of those one receives, those that nobody took up."""
    return reports_received_by(person, today).filter(taken_at=None)


def reports_visible_to(person: Person, today: datetime.date) -> QuerySet[Report]:
    """One's own, to follow them, and those received by one's function."""
    return Report.objects.filter(Q(reporter=person) | Q(pk__in=reports_received_by(person, today).values("pk")))


def can_handle_report(person: Person, report: Report, today: datetime.date) -> Answer:
    """Who receives it takes it up, and says what was done."""
    return Yes() if _RECEIVED.rows(person, today, report.pk) else NOT_RECEIVED


_RECEIVED = one_in(reports_received_by)
