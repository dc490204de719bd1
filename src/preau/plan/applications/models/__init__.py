"""Calls, applications and opinions (mission D3; plan.md W1)."""

from preau.plan.applications.models.attachments import MOST_ATTACHMENTS, Attachment
from preau.plan.applications.models.calls import SECTIONS, Call, FormField, FormRevision, section_title
from preau.plan.applications.models.files import (
    EDITABLE,
    FILED,
    LEFT,
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
    STATE_REVIEWERS,
    Authority,
    Message,
    Note,
    Opinion,
    Verdict,
)

__all__ = [
    "Application", "Attachment", "Authority", "CITY_AUTHORITIES", "Call", "DecisionRef", "EDITABLE", "FILED",
    "FormField", "FormRevision", "LEFT", "MOST_ATTACHMENTS", "Message", "NEXT", "Note", "OVER", "Opinion", "SECTIONS",
    "STAGES", "STATE_REVIEWERS", "SectionVersion", "State", "Submission", "Verdict", "may_become", "section_title",
]  # fmt: skip
