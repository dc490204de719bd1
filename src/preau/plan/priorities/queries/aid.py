"""A computed aid beside the list: weights shown, equity included. It never is the rank: people rank (plan.md W2)."""

from dataclasses import dataclass
from fractions import Fraction

from django.db.models import Exists, F, OuterRef

from preau.plan.applications.models import Opinion, Verdict
from preau.plan.equipment.models import Acceptance, Fact
from preau.plan.equipment.queries import compared_indexes, is_told
from preau.plan.premises.queries import readiness_of_many


@dataclass(frozen=True)
class Weight:
    """A criterion of the aid: its name in the address, its label, what it reads, its weight to begin with."""

    key: str
    label: str
    reads: str
    start: int


WEIGHTS = (
    Weight("equite", "Équité", "indice de position sociale, le plus bas d’abord", 3),
    Weight("attente", "Attente", "aucune classe encore reçue", 2),
    Weight("equipe", "Équipe", "part des enseignants engagés", 2),
    Weight("avis", "Avis", "avis favorables parmi les avis rendus", 2),
    Weight("prete", "Prête", "liaison, câblage et réserve en place", 1),
)
MOST = 9


@dataclass(frozen=True)
class AidLine:
    """A school's parts, each between 0 and 1 or None when unknown, and their weighted mean over what is known."""

    application: object
    parts: tuple  # (Weight, Fraction or None)
    score: Fraction | None
    estimate: Fact | None  # the social index lent to a nursery school, when its part rests on it


def weights_from(given) -> dict:
    """{key: 0 to 9} from an address's parameters; what is not a number keeps its start."""
    found = {}
    for weight in WEIGHTS:
        typed = given.get(weight.key, "")
        found[weight.key] = min(int(typed), MOST) if typed.isdecimal() else weight.start
    return found


def aid_for(priority_list, weights: dict, today) -> list[AidLine]:
    """The list's applications by score, the highest first; those without any known part come last."""
    standing = Acceptance.objects.standing()
    entries = priority_list.entries.select_related("application__school").annotate(
        has_received=Exists(standing.filter(school=OuterRef("application__school"))),
        is_told=is_told(today, "application__school"),
    )
    entries = list(entries.order_by("rank"))
    applications = [e.application for e in entries]
    schools = [a.school for a in applications]
    indexes = compared_indexes(schools)
    waits = {e.application.school_id: Fraction(not e.has_received) if e.is_told else None for e in entries}
    verdicts = _verdicts(applications)
    ready = readiness_of_many(schools, today)
    lines = [_line(a, weights, _parts(a, indexes, waits, verdicts, ready), indexes) for a in applications]
    return sorted(lines, key=lambda line: (line.score is None, -(line.score or 0)))


def _verdicts(applications):
    """{application id: [is favourable]} on its last copy, released ones alone: a share would betray the others."""
    found = {}
    rows = Opinion.objects.filter(
        application__in=applications, released_at__isnull=False, submission__number=F("application__copies_count")
    )
    for key, verdict in rows.values_list("application", "verdict"):
        found.setdefault(key, []).append(verdict == Verdict.FAVOURABLE)
    return found


def _parts(application, indexes, waits, verdicts, ready):
    """None wherever nobody said: what is not known is neither the worst nor the best."""
    school = application.school_id
    tenths = {key: index.value for key, index in indexes.items()}
    low, high = min(tenths.values(), default=0), max(tenths.values(), default=0)
    index = tenths.get(school)
    said = verdicts.get(application.pk)
    return {
        "equite": Fraction(high - index, high - low) if index is not None and high > low else None,
        "attente": waits[school],
        "equipe": Fraction(application.committed_count, application.posts_count)
        if application.posts_count and application.committed_count is not None
        else None,
        "avis": Fraction(sum(said), len(said)) if said else None,
        "prete": Fraction(ready[school].is_ready) if ready[school].is_known else None,
    }


def _line(application, weights, parts, indexes):
    known = [(weights[key], part) for key, part in parts.items() if part is not None and weights[key]]
    total = sum(weight for weight, _ in known)
    score = sum(weight * part for weight, part in known) / Fraction(total) if total else None
    index = indexes.get(application.school_id)
    estimate = index if index and index.proxy_of_id else None
    return AidLine(application, tuple((w, parts[w.key]) for w in WEIGHTS), score, estimate)
