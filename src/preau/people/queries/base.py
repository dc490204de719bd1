"""The operator's view of the base: its places and who holds the first roles there."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Exists, OuterRef, Prefetch, QuerySet, Subquery

from preau.kit.names import name_key
from preau.people.models import CITY_ROLES, Account, Mandate, Person, Role, SheetAsk
from preau.people.queries import heads_of, is_child, is_named
from preau.people.queries.identifiers import as_identifier, identifier_meant
from preau.places.models import City, Department, District, School
from preau.places.queries import calendar_covers, calendar_of, holidays_known_until

# Roles that the operator may name in a place, to open the base; the others come from the schools themselves.
ROLES_OF_PLACE = {
    "school": (Role.SCHOOL_HEAD,),
    "city": (*CITY_ROLES, Role.PARENTS_FEDERATION),
    "district": (Role.IEN, Role.PEDAGOGICAL_ADVISER, Role.ERUN),
    "department": (Role.IA_DASEN, Role.IA_DASEN_DEPUTY, Role.DSDEN, Role.DAN, Role.TRAINER),
}
NAMED = [role for roles in ROLES_OF_PLACE.values() for role in roles]
AHEAD = timedelta(days=60)  # the rector's calendar is long known by then
PLACES = {"school": School, "city": City, "district": District, "department": Department}


def places_of_kind(kind: str):
    """All schools, cities, districts or départements; none for another word."""
    model = PLACES.get(kind)
    return model.objects.all() if model else School.objects.none()


def named_from_the_base(today: date):
    """Mandates of the day that the operator may name, and make a new sheet for."""
    return ended_from_the_base(today).filter(role__in=NAMED)


def ended_from_the_base(today: date):
    """The same, and those of the operators: none opens the account of another. With `sheet_asked_at`, since when they
    wait for a sheet."""
    named = Mandate.objects.current(today).filter(role__in=[*NAMED, Role.OPERATOR])
    asks = SheetAsk.objects.waiting().filter(person=OuterRef("person"))
    return named.select_related("person__account").annotate(sheet_asked_at=Subquery(asks.values("asked_at")[:1]))


def operators(today: date) -> list[Mandate]:
    """Who keeps the base that day, with their accounts."""
    return list(ended_from_the_base(today).filter(role=Role.OPERATOR).order_by("person__sort_key", "id"))


def is_kept_without(mandate: Mandate, operators: list[Mandate]) -> bool:
    """Whether another of these operators remains and has already signed in: a name alone opens nothing."""
    others = [each.person for each in operators if each.person_id != mandate.person_id and not each.ends_on]
    accounts = [getattr(person, "account", None) for person in others]
    return any(account and account.is_active and account.last_login for account in accounts)


def others_in_role(mandate: Mandate, today: date) -> int:
    """How many others hold the same role there, and go on."""
    where = {f"{name}_id": getattr(mandate, f"{name}_id") for name in Mandate.PLACES}
    same = Mandate.objects.current(today).filter(role=mandate.role, ends_on=None, **where)
    return same.exclude(person=mandate.person_id).count()


@dataclass
class PlaceLine:
    """A place of the base and who holds a first role in it."""

    kind: str
    place: object
    holders: list
    schools: list

    @property
    def label(self):
        """« Ville »"""
        return self.place._meta.verbose_name.capitalize()

    @property
    def naming(self):
        """What the button says."""
        return "Nommer la directrice ou le directeur" if self.kind == "school" else "Nommer quelqu’un"

    @property
    def holidays_until(self) -> date | None:
        """Of a département: the last day of the school holidays known; None when none is."""
        return holidays_known_until(calendar_of(self.place))

    def lacks_holidays(self, today: date) -> bool:
        """Whether it is a département whose holidays are not known two months ahead."""
        return self.kind == "department" and not calendar_covers(calendar_of(self.place), today + AHEAD)


def base_overview(today: date) -> tuple[list[PlaceLine], list[Mandate]]:
    """Départements, their districts and cities, the cities' schools, with the holders named; who keeps the base. Five
    queries."""
    holders, operators = {}, []
    for mandate in ended_from_the_base(today).order_by("person__sort_key", "id"):
        place_id = next(filter(None, (getattr(mandate, f"{name}_id") for name in Mandate.PLACES)), None)
        (holders.setdefault(place_id, []) if place_id else operators).append(mandate)
    schools = {}
    for school in School.objects.select_related("district").order_by("sort_key"):
        schools.setdefault(school.city_id, []).append(PlaceLine("school", school, holders.get(school.pk, []), []))
    lines = []
    for kind, order in (("department", "code"), ("district", "name"), ("city", "name")):
        for place in PLACES[kind].objects.order_by(order):
            lines.append(PlaceLine(kind, place, holders.get(place.pk, []), schools.get(place.pk, [])))
    return lines, operators


def namesakes_among(mandates: QuerySet[Mandate], *, first_name, last_name) -> list[Person]:
    """Whoever of that name holds or held one of these, the latest first in `held`; nothing else of them is read."""
    near = Person.objects.filter(pk__in=mandates.values("person"), sort_key__endswith=f" {name_key(first_name)}")
    shown = mandates.select_related("school", "classroom__school", "district", "city", "department")
    rows = near.prefetch_related(Prefetch("mandates", shown.order_by("-starts_on", "-id"), to_attr="held"))
    named = rows.order_by("sort_key", "id")
    return [one for one in named if is_named(one, first_name=first_name, last_name=last_name)]


def holder_of(identifier: str, *, first_name, last_name, today: date) -> Person | None:
    """The adult of that name whose open account this is; None whatever does not fit, so that nothing tells which."""
    account = Account.objects.filter(
        identifier=identifier_meant(as_identifier(identifier)), is_active=True, person__isnull=False
    )
    found = account.select_related("person").first()
    fits = found and is_named(found.person, first_name=first_name, last_name=last_name)
    return found.person if fits and not is_child(found.person, today) else None


def schools_without_district(schools):
    """Of these schools, the open ones that no circonscription follows, by name."""
    return schools.filter(district=None, closed_on=None).order_by("sort_key", "pk")


def schools_without_head(today: date):
    """Open schools that nobody heads yet, with their city, by name."""
    heads = heads_of(OuterRef("pk"), today)
    return School.objects.filter(~Exists(heads), closed_on=None).select_related("city").order_by("sort_key", "pk")


def first_operator() -> Person | None:
    """Who was made operator first: `preau init` names nobody else."""
    mandate = Mandate.objects.filter(role=Role.OPERATOR).select_related("person").order_by("pk").first()
    return mandate and mandate.person
