"""Préconisations, priority lists and the annual programme (mission D4; plan.md W2, W3)."""

from preau.plan.priorities.models.lists import (
    LIST_NEXT,
    SIGNED,
    CopilRank,
    ListMove,
    ListState,
    PriorityEntry,
    PriorityList,
)
from preau.plan.priorities.models.programmes import PROGRAMME_NEXT, Programme, ProgrammeEntry, ProgrammeState
from preau.plan.priorities.models.recommendations import Recommendation, RecommendationAnswer, RecommendationLine

__all__ = [
    "LIST_NEXT", "PROGRAMME_NEXT", "SIGNED", "CopilRank", "ListMove", "ListState", "PriorityEntry", "PriorityList",
    "Programme", "ProgrammeEntry", "ProgrammeState", "Recommendation", "RecommendationAnswer", "RecommendationLine",
]  # fmt: skip
