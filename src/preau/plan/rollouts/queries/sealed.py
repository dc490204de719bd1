"""What sealed lines lock. Those of a procès-verbal: its classes, its réserves and their lifting, its signatures."""

from django.db.models import Q

from preau.kit.contents import Contents, Part
from preau.plan.equipment.models import Acceptance
from preau.plan.rollouts.models import Reception, ReceptionLine, Reservation

RECEPTION = Contents(
    city="city",
    acted="signed_at",
    parts=(
        Part(
            Reception,
            (
                "rollout",
                "rollout__school",
                "rollout__kit",
                "held_on",
                "number",
                "quality",
                "signed_at",
                "receipt_at",
                "withdrawn_at",
                "withdrawn_reason",
            ),
        ),
        Part(ReceptionLine, ("scope", "label"), key="lines", owner="reception"),
        # A class without réserve is received as the paper is signed; another one by the lifting of its last réserve.
        Part(
            ReceptionLine,
            ("scope", "label", "accepted_on"),
            key="received",
            owner="reception",
            only=Q(reservations=None, accepted_on__isnull=False),
        ),
        Part(
            Reservation,
            ("line__scope", "line__label", "kit_line", "text", "due_on"),
            key="reservations",
            owner="line__reception",
        ),
    ),
)
SIGNS = ("lines", "number", "received", "reservations", "signed_at")
LIFTING = Contents(
    city="line__reception__city",
    acted="lifted_on",
    parts=(
        Part(
            Reservation,
            ("line", "line__label", "kit_line", "text", "due_on", "lifted_on", "lifted_note"),
        ),
    ),
)
# What the sealed lines of one class's réception lock: the 23 schools are counted from them (AC-30).
ACCEPTANCE = Contents(
    city="school__city",
    parts=(
        Part(
            Acceptance,
            (
                "school",
                "label",
                "kit",
                "accepted_on",
                "day_is_known",
                "source",
                "quality",
                "withdrawn_at",
                "withdrawn_reason",
            ),
        ),
    ),
)
