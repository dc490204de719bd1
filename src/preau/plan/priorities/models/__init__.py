"""Préconisations, priority lists and the annual programme (mission D4; plan.md W2, W3)."""

from preau.plan.priorities.models.lists import ADOPTED as ADOPTED
from preau.plan.priorities.models.lists import LIST_NEXT as LIST_NEXT
from preau.plan.priorities.models.lists import SHOWN_TO_COPIL as SHOWN_TO_COPIL
from preau.plan.priorities.models.lists import SIGNED as SIGNED
from preau.plan.priorities.models.lists import CopilRank as CopilRank
from preau.plan.priorities.models.lists import ListMove as ListMove
from preau.plan.priorities.models.lists import ListState as ListState
from preau.plan.priorities.models.lists import PriorityEntry as PriorityEntry
from preau.plan.priorities.models.lists import PriorityList as PriorityList
from preau.plan.priorities.models.programmes import PROGRAMME_NEXT as PROGRAMME_NEXT
from preau.plan.priorities.models.programmes import SETTLED as SETTLED
from preau.plan.priorities.models.programmes import Programme as Programme
from preau.plan.priorities.models.programmes import ProgrammeEntry as ProgrammeEntry
from preau.plan.priorities.models.programmes import ProgrammeState as ProgrammeState
from preau.plan.priorities.models.recommendations import Recommendation as Recommendation
from preau.plan.priorities.models.recommendations import RecommendationAnswer as RecommendationAnswer
from preau.plan.priorities.models.recommendations import RecommendationLine as RecommendationLine
