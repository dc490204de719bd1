"""Préconisations read beside the city's kits."""

from django.db.models import F, Prefetch

from preau.plan.equipment.models import StandardKit
from preau.plan.priorities.models import RecommendationAnswer, RecommendationLine


def kits_to_answer(recommendation):
    """The kits of that kind in force now or to come: the city says what each does of each line."""
    return StandardKit.objects.filter(city=recommendation.city_id, school_kind=recommendation.school_kind).order_by(
        "-version"
    )


def elements_of(recommendations):
    """[(version, its line, what a kit does of it or None)] in the order of the versions. Three queries."""
    recommendations = list(recommendations)
    lines = {of.pk: [] for of in recommendations}
    found = RecommendationLine.objects.filter(recommendation__in=recommendations).order_by("position")
    standing = RecommendationAnswer.objects.filter(replaced_at=None).select_related("kit").order_by("-kit__version")
    answers = Prefetch("answers", standing)
    for line in found.prefetch_related(answers):
        lines[line.recommendation_id].append(line)
    return [
        (of, line, answer)
        for of in recommendations
        for line in lines[of.pk]
        for answer in (list(line.answers.all()) or [None])
    ]


def changes_from(before, lines) -> list[tuple[str, str, str]]:
    """(element, what was advised, what is) of each that changed; a side is empty where it was not. One query."""
    old, new = ({line.item: _advised(line) for line in some} for some in (before.lines.order_by("position"), lines))
    return [(item, old.get(item, ""), new.get(item, "")) for item in {**new, **old} if old.get(item) != new.get(item)]


def _advised(line):
    most = f" à {line.quantity_max}" if line.quantity_max != line.quantity_min else ""
    return f"{line.get_rule_display()}, {line.quantity_min}{most}"


def answers_by_line(recommendation):
    """{line id: answers, the newest kit first, what is said today before what was said}"""
    found = {}
    rows = RecommendationAnswer.objects.filter(line__recommendation=recommendation).select_related("kit")
    for answer in rows.order_by("-kit__version", F("replaced_at").desc(nulls_first=True)):
        found.setdefault(answer.line_id, []).append(answer)
    return found


def lines_without_answer(lines, answers, kit_id) -> list:
    """The ids of the lines of which this kit says nothing today; `answers` by line. No query."""
    said = {
        each.line_id for given in answers.values() for each in given if each.kit_id == kit_id and not each.replaced_at
    }
    return [line.pk for line in lines if line.pk not in said]


def answers_by_kit(kits, recommendations):
    """{kit id: what it does today of each line of these recommendations, the newest first}. One query."""
    found = {}
    rows = RecommendationAnswer.objects.filter(
        kit__in=[kit.pk for kit in kits], line__recommendation__in=recommendations, replaced_at=None
    )
    for answer in rows.select_related("line__recommendation").order_by(
        "-line__recommendation__version", "line__position"
    ):
        found.setdefault(answer.kit_id, []).append(answer)
    return found
