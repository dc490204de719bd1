"""Reading the stops in force: what they hold, for whom, and what readers are told (trust.md R1)."""

import datetime
import uuid
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import BooleanField, Exists, ExpressionWrapper, Max, OuterRef, Q, QuerySet, Value
from django.utils.text import capfirst
from django.utils.timezone import localdate
from django.utils.translation import gettext

from preau.kit.money import NBSP
from preau.kit.names import of_name
from preau.kit.spoken import other_language
from preau.people.models import Person
from preau.places.models import AfterSchool, City, Classroom, Network, School, kind_of
from preau.schools.models import Activity, Enrolment, FamiliesOpening
from preau.spaces import audiences
from preau.spaces.models import Publication, Stop

FOR = {
    Stop.Readers.FAMILIES: "aux familles",
    Stop.Readers.PUPILS: "aux élèves",
    Stop.Readers.ADULTS: "aux adultes de l’école",
    Stop.Readers.PUBLIC: "sur le site public",
}
ASK = {
    Stop.Authority.SCHOOL: "la direction de l’école",
    Stop.Authority.CITY: "la Direction Éducation de la Ville",
    Stop.Authority.OPERATOR: "la direction de l’école ou la Ville",
}
TOLD = "Pour le moment, ce que publie l’école n’est pas montré ici. Rien n’est perdu. Demandez à l’école pourquoi."
NOT_OPEN = (
    "L’école n’est pas encore ouverte aux familles\u00a0: rien ne leur part avant que la convention et les autres "
    "papiers soient signés. La direction demande où cela en est à la Ville."
)
SOON = datetime.timedelta(seconds=10)  # an act is written a little after the instant it bears


def told(stop: Stop) -> str:
    """What its readers are told: what is not shown, why, with whom to ask; shorter in another language."""
    if other_language():
        return gettext(TOLD)
    return (
        f"Pour le moment, ce que publie {called(stop)} n’est pas montré {FOR[stop.readers]}{NBSP}: "
        f"{stop.get_why_display()}. Rien n’est perdu, tout reviendra. Pour en savoir plus, demandez à "
        f"{ASK[stop.authority]}."
    )


def told_to_pupils(stop: Stop) -> str:
    """The same, to a child."""
    return "Pour le moment, rien n’est montré ici. Tout reviendra. Tu peux demander pourquoi à un adulte de l’école."


def called(stop: Stop) -> str:
    """« la classe CP B », « l’école Les Tilleuls » as its readers know it, « la Ville de Marelle »."""
    if stop.classroom_id:
        return f"la classe {stop.classroom.name}"
    if stop.school_id:
        return stop.school.full_name if stop.part == Stop.Part.WHOLE else f"chaque classe ({stop.school.full_name})"
    return f"la Ville ({stop.city.name})" if stop.part == Stop.Part.WHOLE else f"chaque école {of_name(stop.city.name)}"


def notices(memberships: Iterable[audiences.Membership], today: datetime.date) -> list[str]:
    """What is told on a page of these memberships, each once; a query only while something is stopped."""
    held = {m.stop_id: m.profile for m in memberships if m.stop_id and m.is_current(today)}
    if not held:
        return []
    stops = with_places(Stop.objects.filter(pk__in=held)).order_by("begun_at", "id")
    say = {audiences.Profile.PUPIL: told_to_pupils}
    return list(dict.fromkeys(say.get(held[stop.pk], told)(stop) for stop in stops))


def with_places(stops):
    """Each with the place it names."""
    return stops.select_related("classroom__school", "school", "city")


def watched(memberships: Iterable[audiences.Membership], today: datetime.date) -> str:
    """The places whose stops change a page of these memberships, as its address for `changed_at` says them."""
    kinds = (audiences.CLASSROOM, audiences.SCHOOL, audiences.CITY)
    found = {m.place_id.hex for m in memberships if m.kind in kinds and m.is_current(today)}
    return ",".join(sorted(found))


def changed_at(place_ids: Iterable[uuid.UUID]) -> datetime.datetime | None:
    """When something was last stopped or started again in these places; one query."""
    ids = list(place_ids)
    stops = Stop.objects.filter(Q(classroom__in=ids) | Q(school__in=ids) | Q(city__in=ids))
    dates = stops.aggregate(begun=Max("begun_at"), ended=Max("ended_at"))
    return max(filter(None, dates.values()), default=None)


def holding(reached: Iterable[str], publication: Publication | None = None) -> Stop | None:
    """The first stop that holds one of these audiences, or that of the publication's own place for its readers; None
    when it may be published, or told by mail. One query while nothing is stopped, a few otherwise."""
    stops = list(with_places(Stop.objects.open()).order_by("begun_at", "id"))
    if not stops:
        return None
    own = [publication.place] if publication is not None else []
    for audience in reached:
        kind, readers, place_id = audiences.split(audience)
        readers = readers or Stop.Readers.PUBLIC
        around = [around_of(kind, place_id), *(around_of(kind_of(place), place.pk) for place in own)]
        for stop in stops:
            if stop.readers == readers and any(_holds(stop, ids) for ids in around):
                return stop
    return None


def _holds(stop, ids):
    own, *above = ids or [None]
    return stop.place_id in above or (stop.place_id == own and stop.part == Stop.Part.WHOLE)


def around_of(kind: str, place_id: uuid.UUID) -> list[uuid.UUID]:
    """A place and those it lies in: a class, its school, its city."""
    if kind == audiences.CLASSROOM:
        ids = Classroom.objects.filter(pk=place_id).values_list("pk", "school", "school__city").first()
    elif kind in (audiences.SCHOOL, audiences.PUBLIC):
        ids = School.objects.filter(pk=place_id).values_list("pk", "city").first()
    elif kind == audiences.GROUP:
        ids = School.objects.filter(groups=place_id).values_list("groups", "pk", "city").first()
    elif kind == audiences.AFTERSCHOOL:
        ids = AfterSchool.objects.filter(pk=place_id).values_list("pk", "city").first()
    elif kind == audiences.ACTIVITY:
        ids = Activity.objects.filter(pk=place_id).values_list("pk", "afterschool", "afterschool__city").first()
    elif kind == audiences.NETWORK:
        ids = Network.objects.filter(pk=place_id).values_list("pk", "city").first()
    elif kind == audiences.CHILD:
        enrolled = Enrolment.objects.filter(Q(ends_on=None) | Q(ends_on__gte=localdate()), pupil=place_id)
        ids = enrolled.order_by("-starts_on", "-id").values_list("pupil", "classroom", "school", "school__city").first()
    else:
        ids = (place_id,)
    return list(ids or ())


@dataclass(frozen=True)
class StopLine:
    """The stops of one place by one authority, started again together."""

    stop: Stop
    readers: str  # « les familles, les élèves »
    by: Person | None

    @property
    def place(self) -> str:
        return capfirst(called(self.stop))


def lines_of(stops) -> list[StopLine]:
    """Open stops, one line for each place and authority, the oldest first; one query."""
    found: dict = {}
    rows = stops.select_related("begun_by", "classroom__school", "school", "city")
    for stop in rows.order_by("begun_at", "id"):
        found.setdefault((stop.place_id, stop.authority), []).append(stop)
    return [
        StopLine(each[0], ", ".join(one.get_readers_display() for one in each), each[0].begun_by)
        for each in found.values()
    ]


def around(visible, place):
    """Of the stops one may see, those in force in a school or a city: of what it holds, and of what it lies in."""
    if isinstance(place, City):
        here = Q(city=place) | Q(school__city=place)
    else:
        here = Q(school=place) | Q(classroom__school=place) | Q(city=place.city_id)
    return visible.open().filter(here)


def city_of(place) -> City:
    """The city a stopped place lies in."""
    return place if isinstance(place, City) else place.city if isinstance(place, School) else place.school.city


def awaits_opening(reached, publication: Publication) -> bool:
    """Whether it would reach families of a school whose papers are not signed yet. What is public is anybody's, and
    what a city tells all its families waits for no school; one query when families are reached."""
    parts = [audiences.split(audience) for audience in reached]
    if any(part.kind == audiences.PUBLIC for part in parts):
        return False
    if not any(part.readers == audiences.Readers.FAMILIES for part in parts):
        return False
    place = publication.place
    school_id = publication.school_id or getattr(place, "school_id", None)
    if school_id is None:  # a circonscription, a département: as a city
        return False
    return not FamiliesOpening.objects.filter(school=school_id).exists()


def with_opening(spaces: QuerySet) -> QuerySet:
    """Each with `is_open_to_families`: whether the papers of its school are signed; a city and its networks
    wait for no school."""
    if spaces.model in (City, Network):
        return spaces.annotate(is_open_to_families=Value(True))
    if spaces.model is AfterSchool:  # one that stands in no school waits for none, as the city
        opened = Q(school=None) | Exists(FamiliesOpening.objects.filter(school=OuterRef("school")))
        return spaces.annotate(is_open_to_families=ExpressionWrapper(opened, BooleanField()))
    school = OuterRef("pk" if spaces.model is School else "school")
    return spaces.annotate(is_open_to_families=Exists(FamiliesOpening.objects.filter(school=school)))


def opening_awaited(space) -> str:
    """What is told to whoever writes in a space (`with_opening`) before its families may read; "" once they may."""
    return "" if space.is_open_to_families else NOT_OPEN
