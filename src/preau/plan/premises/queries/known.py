"""Everything single that is known of a school, read with the school: one query for one school or for all of them."""

from datetime import date

from django.db.models import (
    BooleanField,
    CharField,
    Count,
    Exists,
    IntegerField,
    Max,
    Min,
    OuterRef,
    Q,
    Subquery,
    Value,
)
from django.db.models.functions import Cast, Coalesce, Concat

from preau.kit.dates import school_year_label
from preau.kit.prepared import PreparedOf
from preau.places.models import Group, Room, School
from preau.plan.equipment.models import Acceptance, Fact, KitLine, Measure, StandardKit
from preau.plan.equipment.queries import is_told, known_classes, renewed_classes
from preau.plan.premises.models import Cabling, CouncilNotice, InclusionSite, Lack
from preau.schools.models import Enrolment

ROOM_OF_A_FLOOR = Concat(Cast("building", CharField()), Value(" "), Cast("floor", CharField()))


def in_use(today: date) -> Q:
    """Rooms not taken out of use that day."""
    return Q(closed_on=None) | Q(closed_on__gt=today)


def with_premises(schools, today: date):
    """A QuerySet of schools, each with what its gates are derived from."""
    cabling = Cabling.objects.filter(school=OuterRef("pk"), scope=Cabling.Scope.SCHOOL, done_on__lte=today)
    told = CouncilNotice.objects.filter(school=OuterRef("pk"), subject=CouncilNotice.Subject.WIFI, held_on__lte=today)
    classrooms, stores = _rooms(today, Room.Kind.CLASSROOM), _rooms(today, Room.Kind.SECURED_STORE)
    cabled = classrooms.filter(cablings__done_on__lte=today)
    kits = StandardKit.objects.filter(
        city=OuterRef("city"), school_kind=OuterRef("kind"), published_on__lte=today
    ).order_by("-published_on", "-version")
    wifi = Exists(KitLine.objects.filter(kit=OuterRef("pk"), is_wifi=True))
    carts = KitLine.objects.filter(kit=OuterRef("pk"), kind=KitLine.Kind.CART, option=KitLine.Option.ALWAYS)
    carts = Subquery(carts.order_by("position").values("terminals_each")[:1])
    lacks = Lack.objects.filter(school=OuterRef("pk"), seen_on__lte=today)
    seen = {f"no_{what}_on": Subquery(lacks.filter(what=what).values("seen_on")[:1]) for what in Lack.What.values}
    return schools.annotate(
        cabling_id=Subquery(cabling.values("pk")[:1]),
        cabled_on=Subquery(cabling.values("done_on")[:1]),
        told_on=_of(told, "school", Min("held_on")),
        classrooms_count=_count(classrooms),
        cabled_classrooms_count=_count(cabled),
        classrooms_cabled_on=_of(cabled, "building__school", Max("cablings__done_on")),
        stores_count=_count(stores),
        powered_stores_count=_count(stores.filter(has_power=True)),
        cart_terminals=Subquery(kits.annotate(each=carts).values("each")[:1], output_field=IntegerField()),
        kit_has_wifi=Subquery(kits.annotate(wifi=wifi).values("wifi")[:1], output_field=BooleanField()),
        is_ulis=Exists(_dispositifs(today)) | Exists(_sites(today, InclusionSite.Option.ULIS)),
        is_hearing=Exists(_sites(today, InclusionSite.Option.HEARING)),
        **seen,
    )


def with_lacks(schools):
    """A QuerySet of schools, each with the ids of what was said of it: `lack_of_link`…"""
    lacks = Lack.objects.filter(school=OuterRef("pk"))
    return schools.annotate(
        **{f"lack_of_{what}": Subquery(lacks.filter(what=what).values("pk")[:1]) for what in Lack.What.values}
    )


def with_counts(schools, today: date, kit=None):
    """A QuerySet of schools, each with what the rules of a kit multiply, and its classes that have `kit`;
    `undetailed` where a class was received with nobody says what, `is_told` where what it received is known."""
    enrolled = Enrolment.objects.filter(school=OuterRef("pk")).current(today)
    standing = Acceptance.objects.standing().filter(accepted_on__lte=today)
    again = standing.filter(school=OuterRef("school"), label_key=OuterRef("label_key"), kit__isnull=False)
    undetailed = standing.filter(~Exists(again), school=OuterRef("pk"), kit=None)
    floors = Count(ROOM_OF_A_FLOOR, distinct=True)
    return schools.annotate(
        published_classes=known_classes(today),
        published_pupils=_published(Measure.SCHOOL_PUPILS, today),
        published_floors=_published(Measure.FLOORS, today),
        enrolled_pupils=_of(enrolled, "school", Count("pk"), IntegerField()),
        classroom_floors=_of(_rooms(today, Room.Kind.CLASSROOM), "building__school", floors, IntegerField()),
        received_classes=renewed_classes(kit, today),
        undetailed=Exists(undetailed),
        is_told=is_told(today),
    )


def known(school, today: date) -> School:
    """The school again, with what its gates are derived from, unless it was read with it."""
    return school if hasattr(school, "classrooms_count") else _KNOWN.rows(school.pk, key=(today,))[0]


_KNOWN = PreparedOf(lambda school, today: with_premises(School.objects.filter(pk=school), today), maxsize=8)


def counted(school, today: date, kit=None) -> School:
    """The school again, with what a kit's rules multiply."""
    return _COUNTED.rows(school.pk, *([kit.pk] if kit else ()), key=(today,))[0]


def _with_counts(school, *kit_and_today):
    *kit, today = kit_and_today
    return with_counts(School.objects.filter(pk=school), today, *kit)


_COUNTED = PreparedOf(_with_counts, maxsize=8)


def _published(measure, today):
    facts = Fact.objects.standing().filter(school=OuterRef("pk"), measure=measure, as_of__lte=today)
    return Subquery(facts.order_by("-as_of", "-id").values("value")[:1])


def _rooms(today, kind):
    return Room.objects.filter(in_use(today), building__school=OuterRef("pk"), kind=kind)


def _sites(today, option):
    sites = InclusionSite.objects.filter(school=OuterRef("pk"), option=option, starts_on__lte=today)
    return sites.filter(Q(ended_on=None) | Q(ended_on__gte=today))


def _dispositifs(today):
    return Group.objects.filter(school=OuterRef("pk"), school_year=school_year_label(today), kind=Group.Kind.ULIS)


def _of(rows, by, aggregate, field=None):
    return Subquery(rows.order_by().values(by).annotate(found=aggregate).values("found")[:1], output_field=field)


def _count(rooms):
    return Coalesce(_of(rooms, "building__school", Count("pk"), IntegerField()), 0)
