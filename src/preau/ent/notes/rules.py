"""Who writes to which families, who reads a mot, who answers for a child, who follows the answers."""

import datetime
from functools import lru_cache

from django.db.models import CharField, Exists, OuterRef, Q, QuerySet, UUIDField
from django.utils import timezone
from django.utils.translation import gettext_noop as _

from preau.ent.notes import queries
from preau.ent.notes.models import AnswerFile, Nature, Note, NoteFile, NoteTarget
from preau.ent.thanks.queries import thanked_by
from preau.kit.answers import Answer, No, Yes
from preau.kit.rows import in_any, is_among, one_or_none
from preau.notify.models import Expected
from preau.people.models import TEACHER_ROLES, Person, Role
from preau.people.prepared import PreparedFor
from preau.people.queries.grounds import Grounds
from preau.places.models import City, Classroom, Group, School
from preau.schools.models import Guardianship
from preau.schools.queries import links_of_guardian
from preau.schools.queries.own import is_own, own_children
from preau.schools.rules import can_read_contacts, schools_of_groups
from preau.spaces import audiences
from preau.spaces.models import Publication
from preau.spaces.queries import audiences_read_whole, published_in, published_to
from preau.spaces.rules import can_reach_places

HEAD = (Role.SCHOOL_HEAD,)
# A teacher writes to their own classes, a head to the whole school (trust.md R4).
WRITES = Grounds("classroom", classroom=TEACHER_ROLES, school=HEAD)
HEADS = Grounds("school", school=HEAD)
CITY_SERVICE = Grounds("city", city=(Role.CITY_EDUCATION,))

State = Publication.State
ONLY_WRITERS = No("Seules l’équipe enseignante de la classe et la direction de l’école écrivent aux familles.")
ONLY_FOLLOWERS = No("Seules l’équipe enseignante de la classe et la direction de l’école suivent les réponses.")
NO_AUTHORITY = No(
    _("L’école a noté que vous n’avez pas l’autorité parentale\u00a0: vous lisez, un autre responsable signe.")
)
ONLY_AUTHOR = No("Seules la personne qui a écrit ce mot et la direction de l’école le changent.")
WITHDRAWN_BY_CLASS = _(
    "Ce mot a été retiré\u00a0: il n’attend plus de réponse. Pour savoir pourquoi, demandez à l’enseignante ou à "
    "l’enseignant de la classe."
)
WITHDRAWN = _(
    "Ce mot a été retiré\u00a0: il n’attend plus de réponse. Pour savoir pourquoi, demandez à la direction de l’école."
)


def classrooms_written_to(person: Person, today: datetime.date) -> QuerySet[Classroom]:
    """Classes whose families the person writes to."""
    return Classroom.objects.filter(WRITES.where(person, today))


def classrooms_held(person: Person, school: School, today: datetime.date) -> list[Classroom] | None:
    """Those of this school, as the mandates of its teachers hold them, without a query; None for who writes to all its
    classes."""
    if HEADS.covers(person, school, today):
        return None
    held = (mandate.classroom for mandate in WRITES.mandates(person, today) if mandate.classroom_id)
    return [classroom for classroom in held if classroom.school_id == school.pk]


def targets_followed_by(person: Person, today: datetime.date) -> QuerySet[NoteTarget]:
    """Whose answers the person follows: those of the families they write to."""
    in_places = WRITES.where(person, today, "classroom") | HEADS.where(person, today, "school")
    return NoteTarget.objects.filter(in_places | Q(group__school__in=schools_of_groups(person, today)))


def notes_followed_by(person: Person, today: datetime.date) -> QuerySet[Note]:
    """Sent or about to leave, to families the person writes to; one's own drafts."""
    in_classes = NoteTarget.objects.filter(WRITES.where(person, today, "classroom"))
    in_groups = NoteTarget.objects.filter(group__school__in=schools_of_groups(person, today))
    in_schools = NoteTarget.objects.filter(HEADS.where(person, today, "school"))
    ways = (targets.values("note") for targets in (in_classes, in_groups, in_schools))
    return Note.objects.filter(_left_or_own(person), in_any("pk", *ways))


def followed_targets(person: Person, today: datetime.date) -> QuerySet[NoteTarget]:
    """Of these mots, the families that the person follows."""
    return targets_followed_by(person, today).filter(_left_or_own(person, "note__"))


def _left_or_own(person, note=""):
    has_left = ~Q((f"{note}publication__state", State.DRAFT))
    is_leaving = Q((f"{note}due_at__isnull", False), (f"{note}confirmed_at__isnull", False))
    return has_left | is_leaving | Q((f"{note}publication__author", person))


def notes_visible_to(person: Person, today: datetime.date, *, memberships=None, reached=None) -> QuerySet[Note]:
    """Those that reach one's children, and those one follows or wrote. `memberships`, or the condition that they make
    on publications, spares a second read."""
    if reached is None:
        memberships = audiences.memberships_of(person, today) if memberships is None else memberships
        reached = published_to(memberships, today, also_public=False)
    reaching = queries.is_published(reached | Q(author=person))
    return Note.objects.filter(reaching | Q(is_among("pk", notes_followed_by(person, today))))


def note_read(person: Person, note_id, today: datetime.date, memberships) -> Note | None:
    """The one of this id among `notes_visible_to`, with all that its page shows: its SQL is written once for all who
    hold the same titles in as many audiences. One query."""
    whole = audiences_read_whole(memberships, today)
    if whole is None:
        return one_or_none(_shown(person, notes_visible_to(person, today, memberships=memberships), note_id))
    return next(iter(_read_in(len(whole)).rows(person, today, *whole, note_id)), None)


@lru_cache(maxsize=64)
def _read_in(count):
    def build(person, today, *asked):
        *audiences_read, note_id = asked
        reached = published_in(audiences_read, also_public=False)
        return _shown(person, notes_visible_to(person, today, reached=reached), note_id)

    return PreparedFor(build, *[CharField] * count, UUIDField)


def _shown(person, notes, note_id):
    read = notes.filter(pk=note_id).select_related(*queries.SHOWN, "publication__notice")
    return read.annotate(is_thanked=thanked_by(person))


def withdrawn_text(publication: Publication) -> str:
    """Whom a family asks why: the class, of what its author took back; else the head. No query."""
    by_author = publication.author_id and publication.withdrawn_by_id == publication.author_id
    return WITHDRAWN_BY_CLASS if by_author and publication.place_kind == audiences.CLASSROOM else WITHDRAWN


def note_files_visible_to(person: Person, today: datetime.date) -> QuerySet[NoteFile]:
    """What is joined to the mots the person reads, once it may be read."""
    return NoteFile.objects.filter(is_among("note", notes_visible_to(person, today)), ready_at__isnull=False)


def answer_files_visible_to(person: Person, today: datetime.date) -> QuerySet[AnswerFile]:
    """One's own, of a mot that one still reads; those of the families one writes to, never of one's own child."""
    child = OuterRef("answer__child")
    here = Q(child=child) | Q(child=None) & _around(child)
    followed = followed_targets(person, today).filter(here, note=OuterRef("answer__note"))
    own = Q(answer__guardian=person) & Q(is_among("answer__note", notes_visible_to(person, today)))
    return AnswerFile.objects.filter(own | Exists(followed) & ~is_own(person, "answer__child"), ready_at__isnull=False)


def can_write_to(person: Person, place, today: datetime.date) -> Answer:
    """Families of a class: its teachers and the head; of a group: who teaches in the school; of a school: the head."""
    if isinstance(place, Classroom) and WRITES.covers(person, place, today):
        return Yes()
    if isinstance(place, Group) and place.school_id in schools_of_groups(person, today):
        return Yes()
    if isinstance(place, School) and HEADS.covers(person, place, today):
        return Yes()
    return ONLY_WRITERS


def can_follow_note(person: Person, note: Note, today: datetime.date, *, targets=None) -> Answer:
    """By name, the families one writes to; the page shows no others. `targets`, those followed, spares a read."""
    if note.publication.state == State.DRAFT:
        return No("Ce mot n’est pas encore parti\u00a0: il n’y a pas de réponse à suivre.")
    if targets is None:
        targets = targets_followed_by(person, today).filter(note=note)[:1]
    return Yes() if targets else ONLY_FOLLOWERS


def can_reach_families(person: Person, note: Note, today: datetime.date) -> Answer:
    """Print coupons, remind: of a mot that families still read."""
    if note.publication.state == State.WITHDRAWN:
        return No("Ce mot est retiré\u00a0: il ne se donne plus aux familles. Remettez-le d’abord.")
    return can_follow_note(person, note, today)


def can_answer_note(
    person: Person, note: Note, child_id, today: datetime.date, *, concerned=None, links=None
) -> Answer:
    """A guardian whom the mot reaches for this child; what commits the child, by who holds authority. `concerned`, the
    children it reaches them for, and `links`, what ties them to theirs, spare a second read."""
    if note.publication.state != State.PUBLISHED:
        return No(_("Ce mot est retiré\u00a0: il n’attend plus de réponse."))
    if concerned is None:
        concerned = queries.children_concerned(note, audiences.memberships_of(person, today), today)
    if child_id not in concerned:
        return No(_("Ce mot ne vous est pas adressé pour cet enfant."))
    if note.happens_on and note.happens_on < today:
        return No(_("Ce jour est passé\u00a0: il n’y a plus à répondre."))
    links = links_of_guardian(person, today) if links is None else links
    if note.nature != Nature.SEE and not any(link.child_id == child_id and _may_sign(link) for link in links):
        return NO_AUTHORITY
    return Yes()


def can_note_coupon(person: Person, note: Note, expected: Expected, today: datetime.date) -> Answer:
    """Who writes to the family of this child, never for one's own child."""
    if expected.notice.publication_id != note.publication_id or expected.child_id is None:
        return No("Ce coupon n’est pas celui de ce mot.")
    if expected.child_id in own_children(person):
        return No("C’est un coupon de votre propre enfant\u00a0: une autre personne de l’école le note.")
    targets = targets_followed_by(person, today).filter(_around(expected.child_id), note=note)
    return Yes() if targets.exists() else ONLY_FOLLOWERS


def _around(child):
    """Of a target, that its place is one of this child's."""
    ways = ("classroom__enrolments", "group__members", "school__enrolments")
    return Q(*((f"{way}__pupil", child) for way in ways), _connector=Q.OR)


def can_note_review(person: Person, city: City, today: datetime.date) -> Answer:
    """The city's education service, for its schools."""
    if CITY_SERVICE.covers(person, city, today):
        return Yes()
    return No("Seule la Direction Éducation de la Ville note qui a relu une traduction.")


def can_receive(children) -> Answer:
    """Mots are received for one's children."""
    return Yes() if children else No(_("Cette page est celle des familles\u00a0: aucun enfant n’est noté pour vous."))


def can_read_history(person: Person, child: Person, today: datetime.date) -> Answer:
    """The head and the teachers of the class; never a parent of the child, who reads their own part."""
    return can_read_contacts(person, child, today)


def can_change_note(person: Person, note: Note, today: datetime.date) -> Answer:
    """Its author while they may write there, and the head of the school."""
    place = note.publication.place
    if note.publication.state == State.WITHDRAWN:
        return No("Ce mot est retiré. Remettez-le d’abord.")
    return Yes() if _keeps(person, note, place, today) else ONLY_AUTHOR


def can_send_draft(person: Person, note: Note, today: datetime.date) -> Answer:
    """One that has not left: its author, while they write to all those families."""
    if note.publication.state != State.DRAFT or note.is_leaving:
        return No("Ce mot est déjà parti, ou il va partir.")
    return Yes() if _keeps(person, note, note.publication.place, today) else ONLY_AUTHOR


def can_reach_all(note: Note, *, has_shown_factor: bool) -> Answer:
    """Several classes are written to, or read a correction, by who has shown a second factor."""
    targets = note.targets.select_related("classroom", "group")
    return can_reach_places([target.place for target in targets], has_shown_factor=has_shown_factor)


def can_stop_sending(person: Person, note: Note, today: datetime.date) -> Answer:
    """« Annuler l’envoi », as long as nothing left."""
    if not note.is_leaving:
        return No("Il est trop tard pour annuler l’envoi\u00a0: vous pouvez retirer le mot.")
    return Yes() if _keeps(person, note, note.publication.place, today) else ONLY_AUTHOR


def can_withdraw_note(person: Person, note: Note, today: datetime.date) -> Answer:
    """The same, of a mot that families read."""
    if note.publication.state != State.PUBLISHED:
        return No("Ce mot n’est pas chez les familles.")
    return Yes() if _keeps(person, note, note.publication.place, today) else ONLY_AUTHOR


def can_restore_note(person: Person, note: Note, today: datetime.date) -> Answer:
    """Within 30 days; what another withdrew, the head alone."""
    publication = note.publication
    if publication.state != State.WITHDRAWN:
        return No("Ce mot n’est pas retiré.")
    if today > timezone.localdate(publication.withdrawn_at) + datetime.timedelta(days=30):
        return No("Ce mot est retiré depuis plus de 30 jours.")
    if publication.withdrawn_by_id not in (None, person.pk) and not _heads(person, publication.place, today):
        return No("La direction l’a retiré\u00a0: demandez-lui de le remettre.")
    return Yes() if _keeps(person, note, publication.place, today) else ONLY_AUTHOR


def _keeps(person, note, place, today):
    if _heads(person, place, today):
        return True
    return note.publication.author_id == person.pk and note_may_leave(person, note, today)


def note_may_leave(person: Person, note: Note, today: datetime.date) -> bool:
    """Whether the person still writes to every place the mot is addressed to."""
    return all(can_write_to(person, target.place, today) for target in note.targets.all())


def _heads(person, place, today):
    return HEADS.covers(person, place if isinstance(place, School) else place.school, today)


def _may_sign(link):
    return link.authority != Guardianship.Authority.NO
