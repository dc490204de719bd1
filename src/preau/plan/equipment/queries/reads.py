"""The parts that figures open on: kits, classes, acceptances, expenses."""

from datetime import date

from django.db.models import Exists, OuterRef, Q

from preau.places.models import School
from preau.places.queries import open_on
from preau.plan.equipment.models import (
    Acceptance,
    Expense,
    Fact,
    KitLine,
    Measure,
    SiteKind,
    StandardKit,
)


def current_kits(city, on: date) -> list[StandardKit]:
    """The kit in force for each kind of school, with its lines; two reads."""
    kits = StandardKit.objects.filter(city=city, published_on__lte=on).order_by("published_on", "version")
    latest = {kit.school_kind: kit for kit in kits.prefetch_related("lines")}
    return sorted(latest.values(), key=lambda kit: SiteKind.values.index(kit.school_kind))


def kit_in_force(school, on: date) -> tuple[StandardKit | None, list[KitLine]]:
    """The kit of the school's kind with its lines, or none; one read."""
    published = KitLine.objects.filter(
        kit__city=school.city_id, kit__school_kind=school.kind, kit__published_on__lte=on
    ).order_by("kit__published_on", "kit__version", "position")
    lines = list(published.select_related("kit"))
    kit = lines[-1].kit if lines else None
    return kit, [line for line in lines if line.kit_id == kit.pk]


def kits_of(city):
    """Every version ever published, newest first."""
    return (
        StandardKit.objects.filter(city=city)
        .prefetch_related("lines")
        .order_by("-published_on", "school_kind", "-version")
    )


def acceptance_lines(acceptances):
    """An already visible set, with its school and kit, in the order of a report."""
    return acceptances.select_related("school__city", "kit").order_by(
        "school__sort_key", "school_id", "label_key", "accepted_on", "id"
    )


def classes_received(acceptances, on: date):
    """One standing acceptance per class, the first: what « 161 classes » opens on."""
    standing = acceptances.standing().filter(accepted_on__lte=on, school__in=_open_schools(acceptances, on))
    earlier = Acceptance.objects.standing().filter(school=OuterRef("school"), label_key=OuterRef("label_key"))
    earlier = earlier.filter(
        Q(accepted_on__lt=OuterRef("accepted_on")) | Q(accepted_on=OuterRef("accepted_on"), id__lt=OuterRef("id"))
    )
    return acceptance_lines(standing.filter(~Exists(earlier)))


def expense_lines(school):
    """What was paid for a school, oldest first, withdrawn lines too: nothing is overwritten."""
    return Expense.objects.filter(school=school).order_by("fiscal_year", "id")


def facts_about(school):
    """Figures about one school, newest first."""
    return Fact.objects.standing().filter(school=school).select_related("proxy_of").order_by("-as_of", "measure", "id")


def lenders_to(school, on: date):
    """Schools whose published index may be lent to a nursery school: of its city, open, with a CM2."""
    indexes = Fact.objects.standing().filter(measure=Measure.SOCIAL_INDEX_TENTHS, proxy_of=None)
    open_ones = School.objects.filter(open_on(on), city=school.city_id).exclude(kind=School.Kind.NURSERY)
    return open_ones.filter(pk__in=indexes.values("school")).order_by("sort_key", "id")


def facts_of(city):
    """Every figure about a city as a whole, newest first, replaced ones too."""
    return Fact.objects.standing().filter(city=city, school=None).order_by("-as_of", "measure", "id")


def _open_schools(acceptances, on):
    return School.objects.filter(open_on(on), id__in=acceptances.values("school_id"))
