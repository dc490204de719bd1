"""Who announces from where, who reads an announcement, who follows which readers."""

import datetime

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_noop as _

from preau.ent.announcements import queries
from preau.ent.announcements.models import Announcement, Readers
from preau.ent.announcements.rules.parents import HEADS, proposals_visible_to
from preau.ent.announcements.rules.sites import IN_SCHOOL, SERVES_SITE, of_site, read_in_site
from preau.kit.answers import Answer, No, Yes
from preau.kit.rows import in_any, is_among
from preau.notify.models import Expected
from preau.people.models import SCHOOL_ROLES, TEACHER_ROLES, Person, Role
from preau.people.prepared import PreparedFor, one_in
from preau.people.queries.grounds import Grounds
from preau.places.models import City, Department, District, School
from preau.schools.models import Enrolment
from preau.schools.queries.own import is_own
from preau.spaces import audiences
from preau.spaces.models import Publication
from preau.spaces.queries import published_to
from preau.spaces.rules import SHOW_FIRST

DSDEN = (Role.DSDEN, Role.IA_DASEN, Role.IA_DASEN_DEPUTY)
# A city speaks to all its schools, the State to the teams of its own (trust.md R4).
ANNOUNCES = Grounds("school", city=(Role.CITY_EDUCATION,), district=(Role.IEN,), department=DSDEN)
FOLLOWS = Grounds("classroom", classroom=TEACHER_ROLES, school=(Role.SCHOOL_HEAD,))
SERVES = Grounds("school", school=SCHOOL_ROLES)

State = Publication.State
LEFT = (State.PUBLISHED, State.WITHDRAWN)
ONLY_AUTHORITIES = No("Seuls le service Éducation de la Ville, l’IEN et la DSDEN envoient des annonces d’ici.")
ONLY_SENDER = No("Seul le service qui a écrit cette annonce la change.")
ONLY_TEAM = No(
    "Seules l’équipe enseignante et la direction de l’école lisent qui n’est pas joint, et impriment le papier."
)
HALF_WRITTEN = No("Une école a déjà écrit sa moitié\u00a0: ce brouillon ne se jette plus. Corrigez-le, ou gardez-le.")
NOT_FOR_YOU = No(_("Cette annonce ne vous est pas, ou plus, adressée."))
TEAMS_ALONE = No(
    "L’Éducation nationale écrit d’abord aux équipes\u00a0: chaque école le dit ensuite à ses familles, par un mot."
)


def places_written_from(person: Person, today: datetime.date) -> list:
    """The city, the circonscription, the département in whose name the person announces."""
    if not (held := ANNOUNCES.places(person, today)):
        return []
    return [place for model in (City, District, Department) for place in model.objects.filter(pk__in=held)]


def announcements_visible_to(
    person: Person, today: datetime.date, *, memberships=None, reached=None
) -> QuerySet[Announcement]:
    """Those that reach the person, those of their own service, those said to the families of their school, of their
    site; what they wrote as an elected parent. `memberships`, or `reached` that they make of it, spares a second read.
    """
    if reached is None:
        memberships = audiences.memberships_of(person, today) if memberships is None else memberships
        reached = published_to(memberships, today, also_public=False)  # a public page shows them by a list of its own
    reaching = is_among("publication", Publication.objects.filter(reached))
    written = Q(pk__in=proposals_visible_to(person, today).values("pk"))
    return Announcement.objects.filter(reaching | _followed(person, today) | written)


def announcements_followed_by(person: Person, today: datetime.date) -> QuerySet[Announcement]:
    """Those of one's own service, and those said to the families of one's school, of one's site."""
    return Announcement.objects.filter(_followed(person, today))


def _followed(person, today):
    """What families were told, taken back or not; of a half, its head from the day the city asks for it."""
    left = (_told_here(person, today) | read_in_site(person, today)) & _said(state__in=LEFT)
    headed = _said(HEADS.where(person, today, "school")) if HEADS.places(person, today) else Q(pk__in=())
    return left | headed | _of_service(person, today) | _asked_of(person, today)


def _said(*conditions, **of):
    """Of an announcement, what its publication is. A join would let SQLite begin with every publication of the base."""
    return Q(is_among("publication", Publication.objects.filter(*conditions, **of)))


def headed_by(person: Person, today: datetime.date) -> list[School]:
    """The schools this person heads; no query, mandates are remembered."""
    return [mandate.school for mandate in HEADS.mandates(person, today)]


def joint_visible_to(person: Person, today: datetime.date) -> QuerySet[Announcement]:
    """What the city prepares with a school, for its head: they write their half of it."""
    return Announcement.objects.filter(_asked_of(person, today))


def _asked_of(person, today):
    if not HEADS.places(person, today):
        return Q(pk__in=())
    headed = School.objects.filter(HEADS.where(person, today))
    return queries.is_targeted(headed) & ~_said(state=State.WITHDRAWN) & Q(asks_schools=True)


def _of_service(person, today):
    held = ANNOUNCES.places(person, today)
    places = (Q((f"{place}__in", held)) for place in ("city", "district", "department"))
    return _said(Q(*places, _connector=Q.OR)) if held else Q(pk__in=())


def schools_served(person: Person, today: datetime.date) -> QuerySet[School]:
    """Where the person is of the team: what is said to teams there waits for them."""
    return School.objects.filter(SERVES.where(person, today))


def told_in_schools_of(person: Person, today: datetime.date) -> QuerySet[Announcement]:
    """What the families of the schools where one teaches, or that one heads, and of the site one serves, were told:
    one follows who has not been reached; for a head, what waits for them: halves, and what elected parents wrote."""
    if not (IN_SCHOOL.places(person, today) or SERVES_SITE.places(person, today)):
        return Announcement.objects.none()  # a parent, who opens this page most
    told = (_told_here(person, today) | read_in_site(person, today)) & Q(publication__state=State.PUBLISHED)
    decides = Q(HEADS.where(person, today, "publication__school"), queries.WAITS_FOR_HEAD)
    ways = (told, _asked_of(person, today), decides)
    return Announcement.objects.filter(in_any("pk", *(Announcement.objects.filter(way).values("pk") for way in ways)))


_TOLD_HERE = one_in(lambda person, today: Announcement.objects.filter(_told_here(person, today)))
_OF_SITE = one_in(lambda person, today: Announcement.objects.filter(of_site(person, today)))
# (an id, whether the person follows its families, as `can_follow_families`) of the last of them.
TOLD_LATELY = PreparedFor(
    lambda person, today: queries.latest_with(
        told_in_schools_of(person, today), _told_here(person, today) | of_site(person, today)
    )
)


def _told_here(person, today):
    if not IN_SCHOOL.places(person, today):
        return Q(pk__in=())
    schools = School.objects.filter(IN_SCHOOL.where(person, today))
    pupils = Enrolment.objects.current(today).filter(school__in=schools).values("pupil")
    here = queries.is_targeted(schools) | queries.is_for_services_of(pupils, today)
    return here & ~Q(readers=Readers.TEAMS)


def enrolments_followed_by(person: Person, today: datetime.date) -> QuerySet[Enrolment]:
    """The pupils whose families the person reads by name: of their classes, of their school."""
    return Enrolment.objects.current(today).filter(FOLLOWS.where(person, today, "classroom"))


def awaited_visible_to(person: Person, today: datetime.date) -> QuerySet[Expected]:
    """Whose coupon of an announcement one notes: the families one follows, never of one's own child."""
    rows = Expected.objects.filter(child__in=enrolments_followed_by(person, today).values("pupil"))
    return rows.filter(~is_own(person, "child"), notice__publication__announcement__isnull=False)


def can_acknowledge(person: Person, announcement: Announcement, today: datetime.date) -> Answer:
    """Who reads it."""
    return Yes() if announcements_visible_to(person, today).filter(pk=announcement.pk).exists() else NOT_FOR_YOU


def can_announce_from(person: Person, place, today: datetime.date) -> Answer:
    """The education service of a city, an IEN, a DSDEN."""
    return Yes() if place.pk in ANNOUNCES.places(person, today) else ONLY_AUTHORITIES


def can_address(person: Person, place, readers: str, today: datetime.date) -> Answer:
    """A city speaks to families and to teams; the State to teams."""
    if not (may := can_announce_from(person, place, today)):
        return may
    return Yes() if isinstance(place, City) or readers == Readers.TEAMS else TEAMS_ALONE


def can_write_half(person: Person, announcement: Announcement, school: School, today: datetime.date) -> Answer:
    """« Ville + École »: the head of a school that the city asks, once; again when its half is taken back."""
    if not HEADS.covers(person, school, today):
        return No("Seule la direction de l’école écrit sa moitié.")
    if not joint_visible_to(person, today).filter(pk=announcement.pk).exists():
        return No("Cette annonce n’attend rien de votre école.")
    if announcement.halves.filter(publication__school=school).exclude(publication__state=State.WITHDRAWN).exists():
        return No("La moitié de votre école est déjà écrite.")
    return Yes()


def can_change(person: Person, announcement: Announcement, today: datetime.date) -> Answer:
    """One that has not left and is not about to. What elected parents wrote is theirs."""
    if announcement.proposed_at:
        return No(
            "Ce texte est celui des parents élus\u00a0: envoyez-le tel qu’il est, ou refusez-le en disant pourquoi."
        )
    return _is_draft_of(person, announcement, today)


def can_discard(person: Person, announcement: Announcement, today: datetime.date) -> Answer:
    """A draft is thrown away by who may change it; never under a half that a school wrote."""
    may = can_change(person, announcement, today)
    return HALF_WRITTEN if may and announcement.asks_schools and announcement.halves.exists() else may


def can_send(person: Person, announcement: Announcement, today: datetime.date) -> Answer:
    """As `can_change`, each half of a joint one by its own side; what elected parents wrote too, unless refused."""
    if announcement.refused_at:
        return No("Ce texte est refusé\u00a0: les parents élus peuvent l’écrire autrement.")
    return _is_draft_of(person, announcement, today)


def _is_draft_of(person, announcement, today):
    if announcement.publication.state != State.DRAFT or announcement.is_leaving:
        return No("Cette annonce est partie, ou elle va partir\u00a0: annulez d’abord l’envoi.")
    return _keeps(person, announcement, today)


def can_stop_sending(person: Person, announcement: Announcement, today: datetime.date) -> Answer:
    """« Reprendre », as long as nothing left."""
    if not announcement.is_leaving:
        return No("Il est trop tard pour annuler l’envoi\u00a0: vous pouvez retirer l’annonce.")
    return _keeps(person, announcement, today)


def can_withdraw(person: Person, announcement: Announcement, today: datetime.date) -> Answer:
    """The service that sent it; for a school, its head."""
    if announcement.publication.state != State.PUBLISHED:
        return No("Cette annonce n’est pas partie, ou elle est déjà retirée.")
    return _keeps(person, announcement, today)


def can_take_up(person: Person, announcement: Announcement, today: datetime.date) -> Answer:
    """A new draft of the words of one taken back, for who still announces from there."""
    if announcement.publication.state != State.WITHDRAWN:
        return No("Cette annonce n’est pas retirée\u00a0: son texte se lit ici, et ne se reprend pas.")
    return can_announce_from(person, announcement.publication.place, today)


def can_reach_many(*, has_shown_factor: bool) -> Answer:
    """Every announcement is for a school at least: a stolen password does not send one (trust.md R24)."""
    return Yes() if has_shown_factor else SHOW_FIRST


def can_read_counts(person: Person, announcement: Announcement, today: datetime.date) -> Answer:
    """The service that sent it: numbers by school."""
    place = announcement.publication.place
    return Yes() if place.pk in ANNOUNCES.places(person, today) else ONLY_SENDER


def can_follow_families(person: Person, announcement: Announcement, today: datetime.date, *, of_school: bool) -> Answer:
    """By name, the families of one's classes, or of one's site. `of_school`: as `follows_from_school` says."""
    return _follows(announcement, of_school or _OF_SITE.rows(person, today, announcement.pk))


def follows_from_school(person: Person, announcement: Announcement, today: datetime.date) -> bool:
    """Whether the families followed are those of one's school; else those of one's site."""
    return bool(_TOLD_HERE.rows(person, today, announcement.pk))


def can_print_coupons(
    person: Person, announcement: Announcement, today: datetime.date, *, of_school: bool | None = None
) -> Answer:
    """The school alone, which gives them to the children; never of one taken back. `of_school` spares a second read."""
    if announcement.publication.state == State.WITHDRAWN:
        return No("Cette annonce est retirée\u00a0: son papier ne se donne plus.")
    if of_school is None:
        of_school = follows_from_school(person, announcement, today)
    return _follows(announcement, of_school)


def _follows(announcement, told_here):
    if not Readers(announcement.readers).has_families:
        return No("Cette annonce n’est pas pour les familles.")
    if announcement.publication.state == State.DRAFT:
        return No("Cette annonce n’est pas partie\u00a0: il n’y a personne à joindre.")
    return Yes() if told_here else ONLY_TEAM


def may_still_send(person: Person, announcement: Announcement, today: datetime.date) -> bool:
    """Whether who confirmed it still speaks for that place."""
    return bool(_keeps(person, announcement, today))


def can_note_coupon(person: Person, expected: Expected, today: datetime.date) -> Answer:
    """Who follows the family of this child."""
    return Yes() if awaited_visible_to(person, today).filter(pk=expected.pk).exists() else ONLY_TEAM


def _keeps(person, announcement, today):
    place = announcement.publication.place
    if isinstance(place, School):
        return Yes() if HEADS.covers(person, place, today) else ONLY_SENDER
    return Yes() if place.pk in ANNOUNCES.places(person, today) else ONLY_SENDER
