"""Whether what a school received is told: else « nothing received » is not known, and is no zero."""

from datetime import date

from django.db.models import Exists, OuterRef, Q

from preau.places.models import School
from preau.places.queries import open_on
from preau.plan.equipment.models import Acceptance, Fact, LeftOut, Measure


def is_told(on: date, school="pk") -> Q:
    """For `annotate` and `filter`: this school received something; or a person, or a table of its city, said that it
    received nothing, and no line about it was left out. What others received says nothing of it. `school` is the path
    to it."""
    received = Acceptance.objects.standing().filter(accepted_on__lte=on, school=OuterRef(school))
    said = Fact.objects.standing().filter(measure=Measure.NONE_RECEIVED, school=OuterRef(school))
    return Q(Exists(received)) | (Q(Exists(said)) & ~Exists(left_out_of(school)))


def untold_schools(city, on: date):
    """Its schools of which nobody said what they received, that are open that day, in their order."""
    return School.objects.filter(open_on(on), ~is_told(on), city=city).order_by("sort_key", "kind", "id")


def left_out_of(school="pk"):
    """What was left out of a school, of a query on schools."""
    return LeftOut.objects.open().filter(school=OuterRef(school)).order_by("id")
