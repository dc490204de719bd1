"""Who opens a session for a class, who helps in it, whose name a device shows."""

import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet

from preau.ent.lessons.models import Lesson, LessonFile, Work, WorkPart, WorkSigner
from preau.ent.posts.models import Post, Scope
from preau.kit.answers import Answer, No, Yes
from preau.kit.rows import in_any, is_among
from preau.people.models import CLASS_ROLES, TEACHER_ROLES, Person, Role
from preau.people.queries import places_held
from preau.people.queries.grounds import Grounds
from preau.places.models import Classroom, Group
from preau.schools.rules import schools_of_groups
from preau.schools.rules.groups import TEACHES, across, groups_helped_by, groups_led_by, leads_group
from preau.spaces.models import Publication, Stop

# Who opens and decides; an AESH and an ATSEM help: they see who is in, accept a tablet, let a child in.
OPENS = Grounds("classroom", classroom=TEACHER_ROLES, school=(Role.SCHOOL_HEAD,))
HELPS = Grounds("classroom", classroom=CLASS_ROLES, school=(Role.SCHOOL_HEAD,))
NOT_OPENED = No(
    "Aucune séance n’est ouverte ici en ce moment. L’enseignante ou l’enseignant en ouvre une, ou la direction\u00a0: "
    "elle paraît alors sur votre page du jour."
)
NOT_LED = No("La séance est menée par l’enseignante ou l’enseignant, ou par la direction.")
NO_GROUP = No("Aucun groupe de cette école n’a d’élèves de votre classe\u00a0: la direction compose les groupes.")
NOT_HELPED = No("Seuls les adultes de la classe voient sa séance.")
CLOSED = No("Cette séance est fermée.")
NOT_READ = No("Ce travail est relu par l’enseignante ou l’enseignant de la classe, ou par la direction.")
KEPT = No("Ce travail est déjà gardé.")


def lessons_visible_to(person: Person, today: datetime.date) -> QuerySet[Lesson]:
    """Those of the classes where the person serves, and of the groups where they teach or help."""
    groups = Q(group__in=groups_helped_by(person, today))
    return Lesson.objects.filter(HELPS.where(person, today, "classroom") | groups)


def lessons_in_hand(person: Person, today: datetime.date) -> QuerySet[Lesson]:
    """Of those, the ones that a head has opened, or of a class that they teach as well: the others are led by their
    teachers."""
    return lessons_visible_to(person, today).filter(Q(opened_by=person) | TEACHES.where(person, today, "classroom"))


def lesson_files_visible_to(person: Person, today: datetime.date) -> QuerySet[LessonFile]:
    """What was given to the pupils of these sessions, once it may be opened."""
    return LessonFile.objects.filter(is_among("lesson", lessons_visible_to(person, today)), ready_at__isnull=False)


def words_given_by(person: Person, today: datetime.date) -> QuerySet[Post]:
    """Of what was told to the pupils of the classes and groups where the person opens a session, what they read too:
    all that their class hears, and of a group where they serve by a class alone, what they wrote."""
    by_school = Q(publication__group__school__in=schools_of_groups(person, today))
    own = Q(publication__group__in=groups_led_by(person, today), publication__author=person)
    return _told_to_pupils().filter(OPENS.where(person, today, "publication__classroom") | by_school | own)


def word_given_in(lesson: Lesson) -> QuerySet[Post]:
    """What its teacher chose, for its tablets, before a pupil is in: while it is still told to them."""
    place = {"publication__classroom": lesson.classroom_id, "publication__group": lesson.group_id}
    return _told_to_pupils().filter(pk=lesson.word_id, **place)


def _told_to_pupils():
    """Published for the pupils of a class or a group, where nothing is stopped for anybody."""
    ways = {"classroom": ("classroom",), "school": ("classroom__school", "group__school")}
    ways["city"] = tuple(f"{path}__city" for path in ways["school"])
    paths = [(place, OuterRef(f"publication__{path}")) for place, paths in ways.items() for path in paths]
    stopped = Stop.objects.open().filter(Q(*paths, _connector=Q.OR))
    to_pupils = {"publication__state": Publication.State.PUBLISHED, "scope__in": (Scope.CLASS, Scope.GROUP)}
    return Post.objects.filter(~Exists(stopped), **to_pupils)


def can_open_lesson(person: Person, place, today: datetime.date) -> Answer:
    """Class: its teachers, a supply teacher on their day, the head. Group, dispositif: `groups_led_by`."""
    if isinstance(place, Classroom):
        return Yes() if OPENS.covers(person, place, today) else NOT_OPENED
    return Yes() if leads_group(person, place, today) else NOT_OPENED


def can_open_for(groups: list[Group], otherwise: No) -> Answer:
    """Chooses one of these, read among `groups_led_by`: with what is asked beside them, in one query."""
    return Yes() if groups else otherwise


def can_help_in_lesson(person: Person, lesson: Lesson, today: datetime.date) -> Answer:
    """Accepts tablets, lets in, answers a raised hand."""
    if lesson.closed_at:
        return CLOSED
    if lesson.classroom_id:
        return Yes() if HELPS.covers(person, lesson.classroom, today) else NOT_HELPED
    return Yes() if groups_helped_by(person, today).filter(pk=lesson.group_id).exists() else NOT_HELPED


def can_lead_lesson(person: Person, lesson: Lesson, today: datetime.date) -> Answer:
    """Pauses, mutes, gives the next activity, closes."""
    if lesson.closed_at:
        return CLOSED
    return Yes() if can_open_lesson(person, lesson.place, today) else NOT_LED


def works_visible_to(person: Person, today: datetime.date) -> QuerySet[Work]:
    """What pupils make in the classes that the person teaches, and in the groups that they lead; an AESH helps a child
    and reads no work."""
    return Work.objects.filter(_taught(person, today))


def works_in_hand(person: Person, today: datetime.date) -> QuerySet[Work]:
    """Of those, what is under way, to read over or to do again."""
    under_way = Work.objects.exclude(state=Work.State.KEPT)
    ways = (OPENS.where(person, today, "classroom"), Q(group__in=groups_led_by(person, today)))
    return under_way.filter(in_any("pk", *(under_way.filter(way).values("pk") for way in ways)))


def can_read_works(person: Person, today: datetime.date) -> Answer:
    """Who teaches a class, a group of their school, or heads it."""
    return Yes() if OPENS.places(person, today) or schools_of_groups(person, today) else NOT_READ


def works_to_read(person: Person, today: datetime.date) -> QuerySet[Work]:
    """Finished and not read over, in the classes and the groups that the person teaches, not those that they head."""
    at_school = Q(school__in=places_held(person, Role.TEACHER, today=today))
    groups = Q(group__in=Group.objects.filter(at_school | across(person, today, TEACHES)))
    return Work.objects.filter(TEACHES.where(person, today, "classroom") | groups, state=Work.State.FINISHED)


def works_signed_by(pupil: Person) -> QuerySet[Work]:
    """The pupil's own, alone or with others, whatever became of them."""
    return Work.objects.filter(Exists(WorkSigner.objects.filter(work=OuterRef("pk"), pupil=pupil)))


def parts_visible_to(person: Person, today: datetime.date) -> QuerySet[WorkPart]:
    """Of the works that the person reads over, or signs as one of their pupils, once they may be opened."""
    signed = Exists(WorkSigner.objects.filter(work=OuterRef("work"), pupil=person))
    visible = is_among("work", works_visible_to(person, today))
    return WorkPart.objects.filter(signed | visible, ready_at__isnull=False)


def own_parts_visible_to(pupil: Person, today: datetime.date) -> QuerySet[WorkPart]:
    """At home, of the works they sign: what this pupil made, and what an adult says of it; nothing that the others of
    the page made (trust.md P5)."""
    signed = Exists(WorkSigner.objects.filter(work=OuterRef("work"), pupil=pupil))
    own = Q(by=pupil) | Q(sort=WorkPart.Sort.REMARK)
    return WorkPart.objects.filter(signed, own, ready_at__isnull=False)


def can_return_work(person: Person, work: Work, today: datetime.date) -> Answer:
    """Back to its pupils, with a remark, once they said that they have finished."""
    if work.state != Work.State.FINISHED:
        return No("Ce travail n’attend pas d’être relu.")
    return _teaches(person, work, today)


def can_keep_work(person: Person, work: Work, today: datetime.date) -> Answer:
    """Shown to families, or kept as read, by who teaches there; whether its pupils said that they have finished or not:
    at four, one does not say so."""
    return KEPT if work.state == Work.State.KEPT else _teaches(person, work, today)


def _taught(person, today):
    return OPENS.where(person, today, "classroom") | Q(group__in=groups_led_by(person, today))


def _teaches(person, work, today):
    return Yes() if can_open_lesson(person, work.place, today) else NOT_READ
