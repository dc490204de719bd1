"""Whether what a school received is told: else « nothing received » is not known, and is no zero."""

from datetime import date

from django.db.models import Exists, OuterRef, Q

from preau.plan.equipment.models import Acceptance, LeftOut


def is_told(on: date, school="pk", city="city") -> Q:
    """For `annotate`: the city records what its schools receive, and either this one received something, or no line of
    its table was left out. `school` and `city` are the paths to them."""
    standing = Acceptance.objects.standing().filter(accepted_on__lte=on)
    return Q(Exists(standing.filter(school__city=OuterRef(city)))) & (
        ~Exists(left_out_of(school)) | Exists(standing.filter(school=OuterRef(school)))
    )


def left_out_of(school="pk"):
    """What was left out of a school, of a query on schools."""
    return LeftOut.objects.open().filter(school=OuterRef(school)).order_by("id")
