"""The parts that figures open on: kits, classes, acceptances, expenses."""

from datetime import date

from django.db.models import Exists, OuterRef, Q

from preau.places.models import School
from preau.plan.equipment.models import Acceptance, Expense, Fact, Measure, PlanGeneration, StandardKit


def generation_of(city) -> int:
    """The number of writes about the city's plan so far: the key of what is cached."""
    found = PlanGeneration.objects.filter(city=city).values_list("number", flat=True).first()
    return found or 0


def current_kits(city, on: date) -> list[StandardKit]:
    """The kit in force for each kind of school, with its lines; two reads."""
    kits = StandardKit.objects.filter(city=city, published_on__lte=on).order_by("published_on", "version")
    latest = {kit.school_kind: kit for kit in kits.prefetch_related("lines")}
    return sorted(latest.values(), key=lambda kit: ("nursery", "elementary", "primary").index(kit.school_kind))


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
    return Fact.objects.standing().filter(school=school).order_by("-as_of", "measure", "id")


def facts_of(city):
    """Every figure about a city as a whole, newest first, replaced ones too."""
    return Fact.objects.standing().filter(city=city, school=None).order_by("-as_of", "measure", "id")


def social_indexes(schools) -> dict:
    """{school: (tenths, period)}: the latest social index. Nursery schools have none: it is published with a CM2."""
    facts = Fact.objects.standing().filter(school__in=schools, measure=Measure.SOCIAL_INDEX_TENTHS)
    return {
        school: (value, period)
        for school, value, period in facts.order_by("as_of", "id").values_list("school_id", "value", "period")
    }


def _open_schools(acceptances, on):
    open_that_day = (Q(opened_on=None) | Q(opened_on__lte=on)) & (Q(closed_on=None) | Q(closed_on__gte=on))
    return School.objects.filter(open_that_day, id__in=acceptances.values("school_id"))
