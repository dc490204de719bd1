"""Who may read what is published, and enter which space."""

import datetime

from django.db.models import Exists, Q, QuerySet

from preau.kit.answers import Answer, No, Refused, Yes
from preau.kit.rows import is_among, one_or_none
from preau.people.models import CITY_ROLES, CLASS_ROLES, SITE_ROLES, STATE_ROLES, Account, Mandate, Person, Role
from preau.people.queries import holds, is_child
from preau.people.queries.grounds import Grounds
from preau.places.models import AfterSchool, City, Classroom, Group, Network, School, kind_of
from preau.schools.models import Enrolment, Guardianship
from preau.spaces import audiences, queries
from preau.spaces.models import Publication, Stop
from preau.spaces.queries import stops
from preau.spaces.rules.recalled import recalled_text

# Who may stop a place, by where the role is held; the operator any of them, but a class: its name is the school's.
HEADS = {
    audiences.CLASSROOM: Grounds("classroom", school=(Role.SCHOOL_HEAD,)),
    audiences.SCHOOL: Grounds("school", school=(Role.SCHOOL_HEAD,)),
}
KEEPS_SITE = Grounds("afterschool", afterschool=(Role.SITE_MANAGER,), city=(Role.CITY_EDUCATION,))
KEEPS_NETWORK = Grounds("network", city=(Role.CITY_EDUCATION,))
CITY = {
    audiences.SCHOOL: Grounds("school", city=(Role.CITY_EDUCATION,)),
    audiences.CITY: Grounds("city", city=(Role.CITY_EDUCATION,)),
}

ABOVE_CLASSES = tuple(role for role in Role if role not in CLASS_ROLES)
SENDERS = (
    (audiences.Profile.CITY, CITY_ROLES),
    (audiences.Profile.STATE, STATE_ROLES),
    (audiences.Profile.HEAD, (Role.SCHOOL_HEAD, Role.SITE_MANAGER)),
    (audiences.Profile.STAFF, (*CLASS_ROLES, *SITE_ROLES)),
)
SHOW_FIRST = No("Ce texte est pour plusieurs classes\u00a0: le code de votre téléphone est demandé avant l’envoi.")
NOT_THEIRS = No("Ici, l’arrêt d’urgence revient à la direction de l’école, à la Ville et à qui tient la base.")

# A head publishes or sends back what waits, and may put back what was withdrawn.
HEAD_DECIDES = (Publication.State.WAITING, Publication.State.WITHDRAWN)


def publications_visible_to(person: Person | None, today: datetime.date, *, memberships=None) -> QuerySet[Publication]:
    """What reaches the person, what is public, their own drafts, and what a head decides (house.md §4). `memberships`
    spares a second read."""
    if person is None:
        return Publication.objects.filter(queries.published_to([], today))
    memberships = audiences.memberships_of(person, today) if memberships is None else memberships
    published, headed = queries.published_to(memberships, today), headed_in(memberships, today)
    return Publication.objects.filter(visible_by(published, person, headed))


def headed_in(memberships, today: datetime.date) -> list:
    """Ids of the schools and sites that these memberships head today."""
    places = (audiences.SCHOOL, audiences.AFTERSCHOOL)
    heads = (m for m in memberships if m.profile == audiences.Profile.HEAD and m.kind in places)
    return [m.place_id for m in heads if m.is_current(today)]


def visible_by(published: Q, person, headed: list) -> Q:
    """Of publications: what this condition lets one read, one's own, and what one decides as the head of these."""
    paths = ("school", "classroom__school", "group__school", "afterschool")
    theirs = Q(*((path, place) for path in paths for place in headed), _connector=Q.OR)
    return published | Q(author=person) | (theirs & Q(state__in=HEAD_DECIDES) if headed else Q())


def is_readable(person: Person | None, today: datetime.date, *, memberships=None) -> Exists:
    """Of a thing hung on a publication, whether the person may read it."""
    return is_among("publication", publications_visible_to(person, today, memberships=memberships))


def tell_why(person: Person, today: datetime.date, said=recalled_text, **thing) -> None:
    """For a page that does not find a thing, whose publication `thing` names (« note=note_id »): raises Refused with
    the sentence for who read it before it was recalled (`said(publication)`), or would read it if nothing was stopped.
    Whoever it never reached learns nothing."""
    publication = one_or_none(Publication.objects.filter(**thing))
    if publication is None:
        return
    memberships = audiences.memberships_of(person, today)
    here = Publication.objects.filter(pk=publication.pk)
    is_withdrawn = publication.state == Publication.State.WITHDRAWN
    if is_withdrawn and here.filter(queries.recalled_from(memberships, today)).exists():
        raise Refused(said(publication))
    if any(m.stop_id for m in memberships) and here.filter(queries.stopped_for(memberships, today)).exists():
        raise Refused(" ".join(stops.notices(memberships, today)) or said(publication))


def classrooms_visible_to(person: Person, today: datetime.date, *, memberships=None) -> QuerySet[Classroom]:
    """Class spaces the person is in, or was in; nobody else knows of them. `memberships` spares a second read."""
    return Classroom.objects.filter(pk__in=places_in(person, audiences.CLASSROOM, today, memberships))


def groups_visible_to(person: Person, today: datetime.date, *, memberships=None) -> QuerySet[Group]:
    """Groups and dispositifs: their pupils, those pupils' guardians, their teachers and the head only."""
    return Group.objects.filter(pk__in=places_in(person, audiences.GROUP, today, memberships))


def schools_visible_to(person: Person, today: datetime.date, *, memberships=None) -> QuerySet[School]:
    """School spaces the person is in, or was in."""
    return School.objects.filter(pk__in=places_in(person, audiences.SCHOOL, today, memberships))


def afterschools_visible_to(person: Person, today: datetime.date, *, memberships=None) -> QuerySet[AfterSchool]:
    """Spaces of périscolaire sites: their teams, and the families of children put down for one of their services."""
    return AfterSchool.objects.filter(pk__in=places_in(person, audiences.AFTERSCHOOL, today, memberships))


def networks_visible_to(person: Person, today: datetime.date, *, memberships=None) -> QuerySet[Network]:
    """Spaces of networks, for the adults and families of their schools, and for the city that made them; as a city's,
    none is made for a child."""
    memberships = audiences.memberships_of(person, today) if memberships is None else memberships
    memberships = [m for m in memberships if m.profile != audiences.Profile.PUPIL]
    made = Q(KEEPS_NETWORK.where(person, today))
    return Network.objects.filter(made | Q(pk__in=places_in(person, audiences.NETWORK, today, memberships)))


def cities_visible_to(person: Person, today: datetime.date, *, memberships=None) -> QuerySet[City]:
    """City spaces the person is in; no page of a city is made for a child."""
    memberships = audiences.memberships_of(person, today) if memberships is None else memberships
    memberships = [m for m in memberships if m.profile != audiences.Profile.PUPIL]
    return City.objects.filter(pk__in=places_in(person, audiences.CITY, today, memberships))


def spaces_visible_to(person: Person, kind: str, today: datetime.date, *, memberships=None) -> QuerySet:
    """Spaces of this kind that the person may enter, each with its school."""
    spaces = VISIBLE[kind](person, today, memberships=memberships)
    return spaces.select_related("school") if kind in (audiences.CLASSROOM, audiences.GROUP) else spaces


VISIBLE = {
    audiences.CLASSROOM: classrooms_visible_to,
    audiences.GROUP: groups_visible_to,
    audiences.AFTERSCHOOL: afterschools_visible_to,
    audiences.SCHOOL: schools_visible_to,
    audiences.NETWORK: networks_visible_to,
    audiences.CITY: cities_visible_to,
}


def schools_stoppable_by(person: Person, today: datetime.date) -> QuerySet[School]:
    """Schools that the person may stop."""
    if holds(person, Role.OPERATOR, today=today):
        return School.objects.all()
    return School.objects.filter(_of(audiences.SCHOOL, person, today))


def cities_stoppable_by(person: Person, today: datetime.date) -> QuerySet[City]:
    """Cities that the person may stop."""
    if holds(person, Role.OPERATOR, today=today):
        return City.objects.all()
    return City.objects.filter(CITY[audiences.CITY].where(person, today))


def stops_visible_to(person: Person, today: datetime.date) -> QuerySet[Stop]:
    """Stops of the places one may stop, whoever stopped them."""
    schools = schools_stoppable_by(person, today)
    headed = Classroom.objects.filter(HEADS[audiences.CLASSROOM].where(person, today))
    cities = cities_stoppable_by(person, today)
    theirs = Q(classroom__in=headed) | Q(school__in=schools) | Q(city__in=cities) | Q(city__schools__in=schools)
    return Stop.objects.filter(theirs).distinct()


def stop_authority(person: Person, place, today: datetime.date) -> str | None:
    """In whose name the person would stop this place; None when they may not."""
    kind = kind_of(place)
    if kind in HEADS and HEADS[kind].covers(person, place, today):
        return Stop.Authority.SCHOOL
    if kind in CITY and CITY[kind].covers(person, place, today):
        return Stop.Authority.CITY
    if kind in CITY and holds(person, Role.OPERATOR, today=today):
        return Stop.Authority.OPERATOR
    return None


def can_open_stops(person: Person, today: datetime.date) -> Answer:
    """Whoever may stop one place at least."""
    may = cities_stoppable_by(person, today).exists() or schools_stoppable_by(person, today).exists()
    return Yes() if may else NOT_THEIRS


def can_stop(person: Person, place, today: datetime.date) -> Answer:
    """A head their school and its classes; the city's Education service the city and its schools; the operator both."""
    if stop_authority(person, place, today):
        return Yes()
    return NOT_THEIRS


def can_start_again(person: Person, stop: Stop, today: datetime.date) -> Answer:
    """The authority that stopped; and the operator, for who is away."""
    authority = stop_authority(person, stop.place, today)
    if authority in (stop.authority, Stop.Authority.OPERATOR):
        return Yes()
    return No(f"Cet arrêt a été décidé par {Stop.Authority(stop.authority).label} : demandez-lui de le lever.")


def sender_profile(person: Person, today: datetime.date) -> str:
    """The title under which a person publishes: the highest of their titles of the day."""
    for profile, held in SENDERS:
        if holds(person, *held, today=today):
            return profile
    return audiences.Profile.PUPIL if is_child(person, today) else audiences.Profile.FAMILY


def can_reach_places(places, *, has_shown_factor: bool) -> Answer:
    """One class or group at will; several, a school or a city, for who has shown a second factor since they entered
    (trust.md R6, R7): a stolen password does not speak to all families."""
    places = set(places)
    if has_shown_factor or (len(places) < 2 and not any(isinstance(place, School | City) for place in places)):
        return Yes()
    return SHOW_FIRST


def publications_recallable_by(person: Person, today: datetime.date) -> QuerySet[Publication]:
    """One's own; for a head what is said in the school, for a site's manager in the site, for the city's Education
    service what the city, its sites and its networks say, for the operator all: they read its date and its place,
    never its words."""
    if holds(person, Role.OPERATOR, today=today):
        return Publication.objects.all()
    headed = School.objects.filter(HEADS[audiences.SCHOOL].where(person, today))
    theirs = Q(school__in=headed) | Q(classroom__school__in=headed) | Q(group__school__in=headed)
    cities = City.objects.filter(CITY[audiences.CITY].where(person, today))
    sites = Q(KEEPS_SITE.where(person, today, "afterschool"))
    sites |= Q(KEEPS_NETWORK.where(person, today, "network"))
    return Publication.objects.filter(theirs | Q(city__in=cities) | sites | Q(author=person))


def can_recall(person: Person, publication: Publication, today: datetime.date) -> Answer:
    """Its author, who answers for its place, the operator."""
    if publications_recallable_by(person, today).filter(pk=publication.pk).exists():
        return Yes()
    return No("Seules la personne qui a écrit et la direction rappellent une publication.")


def accounts_suspendable_by(person: Person, today: datetime.date) -> QuerySet[Account]:
    """For the operator all; for a head those of the school: its team, its pupils, who answers for them."""
    accounts = Account.objects.filter(person__isnull=False)
    if holds(person, Role.OPERATOR, today=today):
        return accounts
    headed = School.objects.filter(HEADS[audiences.SCHOOL].where(person, today)).values("pk")
    rooms = Classroom.objects.filter(school__in=headed)
    team = Mandate.objects.lasting(today).filter(Q(school__in=headed) | Q(classroom__in=rooms))
    pupils = Enrolment.objects.current(today).filter(school__in=headed).values("pupil")
    guardians = Guardianship.objects.current(today).filter(child__in=pupils)
    return accounts.filter(
        Q(person__in=team.values("person")) | Q(person__in=pupils) | Q(person__in=guardians.values("guardian"))
    )


def reads_names(person: Person, today: datetime.date) -> bool:
    """Whether names are shown: the operator sees the identifier of an account, and asks the school whose it is."""
    return not holds(person, Role.OPERATOR, today=today)


def can_suspend(person: Person, account: Account, today: datetime.date) -> Answer:
    """Suspend, and open again. A head not who holds more than classes: nobody silences an authority from below."""
    if account.person_id == person.pk:
        return No("Ce compte est le vôtre : fermez ses appareils et changez son mot de passe sur « Mon compte ».")
    if holds(person, Role.OPERATOR, today=today):
        return Yes()
    if not accounts_suspendable_by(person, today).filter(pk=account.pk).exists():
        return No("La direction suspend les comptes de son école.")
    if holds(account.person, *ABOVE_CLASSES, today=today):
        return No(
            "Cette personne tient aussi une autre fonction : demandez à qui tient la base de suspendre son compte."
        )
    return Yes()


def _of(kind, person, today):
    return HEADS[kind].where(person, today) | CITY[kind].where(person, today)


def places_in(person: Person, kind: str, today: datetime.date, memberships) -> set:
    """Ids of the places of this kind where the person is, or was; no query when `memberships` are given."""
    if memberships is None:
        memberships = audiences.memberships_of(person, today)
    return {m.place_id for m in memberships if m.kind == kind}
