"""What a list's sealed lines lock: its order and reasons, both signatures, what the COPIL made of it."""

from django.db.models import Case, F, Q, Value, When

from preau.kit.contents import Contents, Part
from preau.plan.priorities.models import CopilRank, ListState, PriorityEntry, PriorityList
from preau.plan.priorities.models.lists import DECIDED

SENT = (ListState.BEFORE_COPIL, *DECIDED)
LIST = Contents(
    city="city",
    acted="dsden_signed_at",
    parts=(
        Part(
            PriorityList,
            (
                "call",
                "version",
                "base",
                "dsden_signed_at",
                "dan_signed_at",
                ("sent", Case(When(Q(state__in=SENT), then=Value("oui")), default=Value(""))),
                ("outcome", Case(When(Q(state__in=DECIDED), then=F("state")), default=Value(""))),
                "decision_id",
                "decision_number",
                "decided_on",
                "decision_reason",
            ),
        ),
        Part(
            PriorityEntry,
            ("application", "rank", "reason", "lacks", "lacks_on", "unready_reason"),
            key="entries",
            owner="priority_list",
        ),
        Part(CopilRank, ("entry__application", "rank", "reason"), key="copil_ranks", owner="entry__priority_list"),
    ),
)
# What each act writes of it, as its line says.
PROPOSES = ("dsden_signed_at", "entries")
DECIDES = ("copil_ranks", "decided_on", "decision_id", "decision_number", "decision_reason", "outcome")
