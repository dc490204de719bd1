"""Who writes, who reads over, who reads."""

import datetime

from django.db.models import Exists, Q, QuerySet
from django.utils.timezone import localdate
from django.utils.translation import gettext_noop as _

from preau.ent.writings import queries
from preau.ent.writings.models import Purpose, State, Writing
from preau.kit.answers import Answer, No, Yes
from preau.media.models import Accord, Perimeter, Picture
from preau.media.queries.accords import has_unshowable, without_accord
from preau.people.models import TEACHER_ROLES, Person, Role
from preau.people.queries.grounds import Grounds
from preau.places.models import READER_LEVELS, Classroom
from preau.schools.models import Enrolment
from preau.spaces import audiences
from preau.spaces.rules import is_readable

# Who reads over, by the place where the role is held (people.queries.grounds).
TEAM = Grounds("classroom", classroom=TEACHER_ROLES, school=(Role.SCHOOL_HEAD,))
TEACHES = Grounds("classroom", classroom=TEACHER_ROLES)
RESTORE_WITHIN = datetime.timedelta(days=30)
NOT_A_PUPIL = No("Cette page est celle des élèves de CE2, de CM1 et de CM2.")
NOT_TEAM = No("Les textes des élèves sont relus par la classe\u00a0: son enseignante ou enseignant, et la direction.")
UNDECLARED = No(
    "Des enfants n’ont pas d’accord de diffusion. Dites qu’aucun d’eux n’est reconnaissable sur ces images, "
    "ou rendez le texte."
)
MARKED = No("Un enfant sans accord de diffusion est sur l’une de ces images\u00a0: retirez-la, ou rendez le texte.")
NOT_YOURS = No("Ce texte n’est pas à toi.")
NOT_SHOWN = No(_("Ce texte n’est plus montré."))


def writings_visible_to(person: Person, today: datetime.date, *, memberships=None) -> QuerySet[Writing]:
    """One's own; those that reach the person; for a class team, all that its pupils have given. `memberships` spares a
    read."""
    readable = Q(is_readable(person, today, memberships=memberships))
    return Writing.objects.filter(readable | _given_to(person, today))


def writings_given_to(person: Person, today: datetime.date) -> QuerySet[Writing]:
    """Of these, all that the pupils of the classes of a team have given, whatever became of it."""
    return Writing.objects.filter(_given_to(person, today))


def _given_to(person, today):
    return TEAM.where(person, today, "publication__classroom") & Q(given_at__isnull=False)


def writings_of(person: Person) -> QuerySet[Writing]:
    """Those that the person wrote, at any state."""
    return Writing.objects.filter(publication__author=person)


def writings_to_read(person: Person, today: datetime.date) -> QuerySet[Writing]:
    """Given to be read over, in the classes that the person teaches; a head's too, of a class they teach."""
    here = TEACHES.where(person, today, "publication__classroom")
    return Writing.objects.filter(here, publication__state=State.WAITING)


def writings_to_look_over(person: Person, today: datetime.date) -> QuerySet[Writing]:
    """What the classes of the team read, whose images somebody looks at again: an accord was taken back since."""
    return queries.to_look_over(Classroom.objects.filter(TEAM.where(person, today)), today)


def teaches(person: Person, today: datetime.date) -> Answer:
    """Who has a class that day, to stand in for one too."""
    return Yes() if TEACHES.places(person, today) else NOT_TEAM


def journal_visible_to(person: Person, today: datetime.date) -> QuerySet[Writing]:
    """In the newspaper of a school whose life the person reads: not while it is stopped for them."""
    memberships = audiences.memberships_of(person, today)
    here = {m.place_id for m in memberships if m.kind == audiences.SCHOOL and m.is_current(today) and not m.stop_id}
    shown = Writing.objects.filter(in_journal_at__isnull=False, publication__state=State.PUBLISHED)
    return shown.filter(publication__classroom__school__in=here)


def signed_to(person: Person, classroom: Classroom, writings: list[Writing], today: datetime.date) -> set:
    """Ids of those of this class that the person reads signed: as `queries.names_its_author` says, and all by the class
    team; one query at most."""
    if reads_over(person, classroom, today):
        return {one.pk for one in writings}
    return queries.named_to(person.pk, writings, today)


def names_shown_in_journal(writings, today: datetime.date) -> set:
    """Ids of those that the whole school reads signed: their author's families agree to signed works; one query."""
    authors = {one.publication.author_id for one in writings} - {None}
    lacking = without_accord(Person.objects.filter(pk__in=authors), Accord.Kind.WORK, Perimeter.SCHOOL, today)
    shown = authors - set(lacking.values_list("pk", flat=True))
    return {one.pk for one in writings if one.publication.author_id in shown}


def children_to_hide(writing: Writing, today: datetime.date) -> QuerySet[Person]:
    """Pupils of the class whose face the class may not be shown, where the text has pictures."""
    here = Enrolment.objects.current(today).filter(classroom=writing.publication.classroom_id).values("pupil")
    has_pictures = Exists(Picture.objects.filter(publication=writing.publication_id))
    pupils = Person.objects.filter(has_pictures, pk__in=here).order_by("first_name", "id")
    return without_accord(pupils, Accord.Kind.IMAGE, Perimeter.CLASS, today)


def children_left_since(writing: Writing, today: datetime.date) -> QuerySet[Person]:
    """Of those, whose accord was taken back since somebody looked."""
    return children_to_hide(writing, today).filter(queries.taken_since(writing))


def can_show_pictures(writing: Writing, declared: bool, today: datetime.date) -> Answer:
    """As a teacher's: no child without accord is marked on one, and who publishes says that none is recognised."""
    if has_unshowable(writing.publication, today):
        return MARKED
    if declared or not children_to_hide(writing, today).exists():
        return Yes()
    return UNDECLARED


def class_written_in(person: Person, today: datetime.date) -> Classroom | None:
    """The class that a pupil of CE2 to CM2 writes for."""
    here = Enrolment.objects.current(today).filter(pupil=person, level__in=READER_LEVELS, classroom__isnull=False)
    enrolment = here.select_related("classroom__school").order_by("starts_on", "id").first()
    return enrolment and enrolment.classroom


def can_write(person: Person, today: datetime.date) -> Answer:
    """A pupil of CE2 to CM2 (trust.md §0.2), for their class."""
    return Yes() if class_written_in(person, today) else NOT_A_PUPIL


def can_write_for(person: Person, classroom: Classroom, today: datetime.date) -> Answer:
    """For the class one is in that day."""
    here = Enrolment.objects.current(today).filter(pupil=person, level__in=READER_LEVELS, classroom=classroom)
    return Yes() if here.exists() else NOT_A_PUPIL


def can_edit(person: Person, writing: Writing, today: datetime.date) -> Answer:
    """Its author, while nobody reads it over."""
    if writing.publication.author_id != person.pk:
        return NOT_YOURS
    if writing.state != State.DRAFT:
        return No("Ton texte est donné\u00a0: reprends-le d’abord pour le changer.")
    return Yes()


def can_give(person: Person, writing: Writing, today: datetime.date) -> Answer:
    """Its author, while in the class it is for."""
    answer = can_edit(person, writing, today)
    return answer and can_write_for(person, writing.publication.classroom, today)


def can_take_back(person: Person, writing: Writing, today: datetime.date) -> Answer:
    """Its author, as long as nobody decided, and what is published too: it is withdrawn then."""
    if writing.publication.author_id != person.pk:
        return NOT_YOURS
    if writing.state in (State.WAITING, State.PUBLISHED):
        return Yes()
    return No("Ce texte n’est ni à relire, ni dans la vie de la classe.")


def can_discard(person: Person, writing: Writing, today: datetime.date) -> Answer:
    """A draft is its author's to throw away."""
    return can_edit(person, writing, today)


def is_team(person: Person, writing: Writing, today: datetime.date) -> Answer:
    """The teachers of the class that day, who stands in for one too, and the head."""
    return reads_over(person, writing.publication.classroom, today)


def reads_over(person: Person, classroom: Classroom, today: datetime.date) -> Answer:
    """The same, of the class."""
    return Yes() if TEAM.covers(person, classroom, today) else NOT_TEAM


def can_review(person: Person, writing: Writing, today: datetime.date) -> Answer:
    """The team, of what was given. Whoever acts first decides: the others are told."""
    answer = is_team(person, writing, today)
    if answer and writing.state != State.WAITING:
        return No("Ce texte n’est pas à relire.")
    return answer


def can_withdraw(person: Person, writing: Writing, today: datetime.date) -> Answer:
    """The team, of what the class reads."""
    answer = is_team(person, writing, today)
    if answer and writing.state != State.PUBLISHED:
        return No("Ce texte n’est pas dans la vie de la classe.")
    return answer


def can_declare_again(person: Person, writing: Writing, today: datetime.date) -> Answer:
    """The team, of what the class reads: it looks at the images again."""
    return can_withdraw(person, writing, today)


def can_remove_picture(person: Person, writing: Writing, today: datetime.date) -> Answer:
    """The team, of what it reads over and of what the class reads: the text stays."""
    answer = is_team(person, writing, today)
    if answer and writing.state not in (State.WAITING, State.PUBLISHED):
        return No("Ce texte n’est ni à relire, ni dans la vie de la classe.")
    return answer


def can_hide(person: Person, writing: Writing, today: datetime.date) -> Answer:
    """Whoever reads it, of what another wrote and the class reads; the team puts it back."""
    readable = writings_visible_to(person, today).filter(pk=writing.pk, publication__state=State.PUBLISHED)
    return Yes() if writing.publication.author_id != person.pk and readable.exists() else NOT_SHOWN


def can_restore(person: Person, writing: Writing, today: datetime.date) -> Answer:
    """Within 30 days, whoever of the pupil and the team withdrew it: neither puts back what the other took away."""
    publication = writing.publication
    if writing.state != State.WITHDRAWN or today > localdate(publication.withdrawn_at) + RESTORE_WITHIN:
        return No("Ce texte ne se remet plus.")
    is_own = publication.author_id == person.pk
    if is_own != (publication.withdrawn_by_id == publication.author_id):
        return No("Ce texte a été retiré par quelqu’un d’autre\u00a0: parlez-en ensemble.")
    return Yes() if is_own else is_team(person, writing, today)


def can_put_in_journal(person: Person, writing: Writing, today: datetime.date) -> Answer:
    """The team chooses what all the school reads, among what its class reads."""
    if writing.purpose == Purpose.COUNCIL:
        return No("Une idée pour le conseil d’élèves reste dans la classe.")
    return can_withdraw(person, writing, today)


def can_answer(person: Person, writing: Writing, today: datetime.date) -> Answer:
    """The team notes what the conseil d’élèves decided."""
    if writing.purpose != Purpose.COUNCIL:
        return No("Ce texte n’est pas pour le conseil d’élèves.")
    return can_withdraw(person, writing, today)


def reads_remarks(person: Person, writing: Writing, today: datetime.date) -> bool:
    """The pupil and the class team."""
    return writing.publication.author_id == person.pk or bool(is_team(person, writing, today))
