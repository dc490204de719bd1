"""Calls, applications and opinions (mission D3; plan.md W1)."""

from preau.plan.applications.models.calls import SECTIONS, Call, FormField, FormRevision, section_title
from preau.plan.applications.models.files import (
    EDITABLE,
    FILED,
    NEXT,
    OVER,
    Application,
    DecisionRef,
    SectionVersion,
    State,
    Submission,
    may_become,
)
from preau.plan.applications.models.opinions import (
    CITY_AUTHORITIES,
    STAGES,
    STATE_AUTHORITIES,
    STATE_REVIEWERS,
    Authority,
    Message,
    Note,
    Opinion,
    Verdict,
)

__all__ = [
    "CITY_AUTHORITIES", "EDITABLE", "FILED", "NEXT", "OVER", "SECTIONS", "STAGES", "STATE_AUTHORITIES",
    "STATE_REVIEWERS", "Application", "Authority", "Call", "DecisionRef", "FormField", "FormRevision", "Message",
    "Note", "Opinion", "SectionVersion", "State", "Submission", "Verdict", "may_become", "section_title",
]  # fmt: skip
