"""What is up to date, told by one query with the schools: what `SchoolState` derives from the whole history."""

from datetime import date

from django.db.models import Count, Exists, IntegerField, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from preau.plan.equipment.models import Acceptance, Fact, Measure, StandardKit, end_of_year


def with_renewal(schools, on: date):
    """A QuerySet of schools, each with `classes_today` (None: not published) and `renewed_count`, its classes that
    have the kit in force that day (None: none was received). `is_renewed` compares the two."""
    return schools.annotate(classes_today=known_classes(on), renewed_count=renewed_classes(_kit_in_force(on), on))


def is_renewed(school) -> bool:
    """Every class of today has the kit of today, of a school read `with_renewal`."""
    return None not in (school.classes_today, school.renewed_count) and school.renewed_count >= school.classes_today


def renewed_classes(kit, on: date) -> Subquery:
    """Of a QuerySet of schools: the classes whose last reception is of this kit; None when none was received at all."""
    received = Acceptance.objects.standing().filter(accepted_on__lte=on)
    later = received.filter(school=OuterRef("school"), label_key=OuterRef("label_key")).filter(
        Q(accepted_on__gt=OuterRef("accepted_on")) | Q(accepted_on=OuterRef("accepted_on"), id__gt=OuterRef("id"))
    )
    last = received.filter(~Exists(later), school=OuterRef("pk")).order_by().values("school")
    count = Count("label_key", filter=Q(kit=kit), distinct=True)
    return Subquery(last.annotate(found=count).values("found")[:1], output_field=IntegerField())


def _kit_in_force(on):
    kits = StandardKit.objects.filter(
        city=OuterRef("school__city"), school_kind=OuterRef("school__kind"), published_on__lte=on
    )
    return Subquery(kits.order_by("-published_on", "-version").values("pk")[:1])


def known_classes(on: date) -> Coalesce:
    """Of a QuerySet of schools: the class count known that day; a figure of a year is known all that year."""
    counts = Fact.objects.standing().filter(school=OuterRef("pk"), measure=Measure.CLASSES).values("value")
    known = counts.filter(as_of__lte=on).order_by("-as_of", "-id")
    of_the_year = counts.filter(as_of__lte=end_of_year(on.year)).order_by("as_of", "id")
    return Coalesce(Subquery(known[:1]), Subquery(of_the_year[:1]))
