"""Shared kits: booking and hand-over (mission D11; plan.md W7)."""

from preau.plan.loans.models.bookings import AWAY, HOLDING, NEXT, OVER, TO_ANSWER, Booking, BookingSlot, State
from preau.plan.loans.models.half_days import Half, half_day_number, half_day_of, half_day_text, span_text
from preau.plan.loans.models.hand_overs import HandOver, PartCount
from preau.plan.loans.models.kits import LONGEST_STOP, PART_LINES, KitPart, SharedKit, Unavailability

__all__ = [
    "AWAY", "HOLDING", "LONGEST_STOP", "NEXT", "OVER", "PART_LINES", "TO_ANSWER", "Booking", "BookingSlot", "Half",
    "HandOver", "KitPart", "PartCount", "SharedKit", "State", "Unavailability", "half_day_number", "half_day_of",
    "half_day_text", "span_text",
]  # fmt: skip
