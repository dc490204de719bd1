"""Named reads of premises: what a school is made of, whether it is ready, what its kit asks."""

from preau.plan.premises.queries.facts import (
    Floor,
    Premises,
    are_rooms_told,
    has_powered_store,
    has_wifi_notice,
    is_school_cabled,
    options_of,
    point_text,
    points_of_others,
    premises_of,
    uncabled_rooms_of,
)
from preau.plan.premises.queries.known import with_lacks, with_premises
from preau.plan.premises.queries.needs import (
    ASSUMED_PUPILS,
    Benchmark,
    Counts,
    NeedLine,
    SchoolNeed,
    benchmark_of,
    counts_of,
    need_of,
)
from preau.plan.premises.queries.readiness import (
    GATE_LABELS,
    UNTOLD,
    Gate,
    Readiness,
    best_link,
    derive,
    readiness_of,
    readiness_of_many,
    schools_untold,
)

__all__ = [
    "ASSUMED_PUPILS", "GATE_LABELS", "Benchmark", "Counts", "Floor", "Gate", "NeedLine", "Premises", "Readiness",
    "SchoolNeed", "UNTOLD", "are_rooms_told", "benchmark_of", "best_link", "counts_of", "derive", "has_powered_store",
    "has_wifi_notice", "is_school_cabled", "need_of", "options_of", "point_text", "points_of_others", "premises_of",
    "readiness_of", "readiness_of_many", "schools_untold", "uncabled_rooms_of", "with_lacks",
    "with_premises",
]  # fmt: skip
