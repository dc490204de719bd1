"""What the sealed lines of decisions and relevés lock. Names of who sat or agreed are left out: titles may change
hands, and persons may be forgotten."""

from preau.kit.contents import Contents, Part
from preau.plan.governance.models import Approval, Decision, Session

DECISION = Contents(
    city="city",
    acted="text",
    parts=(
        Part(
            Decision,
            (
                "session",
                "item",
                "year",
                "sequence",
                "decided_on",
                "text",
                "result",
                "reason",
                "votes_for",
                "votes_against",
                "abstentions",
                "dissent",
                "object_kind",
                "object_id",
                "choice",
                "order",
                "replaces",
            ),
        ),
        Part(Decision.ambitions.through, ("ambition",), key="ambitions", owner="decision"),
    ),
)
MINUTES = Contents(
    city="committee__city",
    acted="approved_at",
    parts=(
        Part(
            Session,
            ("committee", "year", "sequence", "held_on", "minutes", "approved_at", "published_at"),
        ),
        Part(Approval, ("authority", "approved_at"), key="approvals", owner="session"),
    ),
)
