"""What the sealed lines of a class's réception lock: the 23 schools are counted from them (AC-30)."""

from preau.kit.contents import Contents, Part
from preau.plan.equipment.models import Acceptance

ACCEPTANCE = Contents(
    city="school__city",
    parts=(
        Part(
            Acceptance,
            (
                "school", "label", "kit", "accepted_on", "day_is_known", "source", "quality", "withdrawn_at",
                "withdrawn_reason",
            ),
        ),
    ),
)  # fmt: skip
