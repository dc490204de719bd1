"""Schools of a city side by side: by the State's social index, by priority education."""

from preau.plan.equipment.models import PriorityEducation

GROUP_LABELS = ("Les plus fragiles", "Fragiles", "Plutôt favorisées", "Favorisées")
FEWEST_FOR_GROUPS = 8
UNKNOWN = "Éducation prioritaire non renseignée"
OUTSIDE = "Hors éducation prioritaire"


def social_groups(schools, indexes) -> tuple:
    """(label, schools) four times, by social index, the lowest first, of one size, one school apart at most; those
    without index are left out, and nothing is told of fewer than eight."""
    known = sorted((s for s in schools if s.id in indexes), key=lambda s: (indexes[s.id].value, str(s.id)))
    if len(known) < FEWEST_FOR_GROUPS:
        return ()
    cuts = [round(len(known) * n / 4) for n in range(5)]
    return tuple(
        (label, tuple(known[start:end])) for label, start, end in zip(GROUP_LABELS, cuts, cuts[1:], strict=False)
    )


def priority_groups(schools, codes) -> tuple:
    """The same by « REP+ », « REP », outside, unknown; `codes` are those of `Overview`. Nothing when there is none."""
    found: dict = {}
    for school in schools:
        found.setdefault(codes.get(school.id), []).append(school)
    labels = {code: code.label for code in (PriorityEducation.REP_PLUS, PriorityEducation.REP)}
    labels |= {PriorityEducation.NONE: OUTSIDE, None: UNKNOWN}
    return tuple((label, tuple(found[code])) for code, label in labels.items() if code in found) if codes else ()
