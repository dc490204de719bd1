"""The writes of the room."""

from preau.plan.loans.actions.bookings import ask_each_week as ask_each_week
from preau.plan.loans.actions.bookings import ask_for_kit as ask_for_kit
from preau.plan.loans.actions.bookings import cancel_booking as cancel_booking
from preau.plan.loans.actions.bookings import confirm_booking as confirm_booking
from preau.plan.loans.actions.bookings import refuse_booking as refuse_booking
from preau.plan.loans.actions.carrying import check_booking as check_booking
from preau.plan.loans.actions.carrying import close_booking as close_booking
from preau.plan.loans.actions.carrying import prepare_booking as prepare_booking
from preau.plan.loans.actions.carrying import receive_booking as receive_booking
from preau.plan.loans.actions.carrying import return_booking as return_booking
from preau.plan.loans.actions.carrying import send_booking as send_booking
from preau.plan.loans.actions.forgetting import forget_loans as forget_loans
from preau.plan.loans.actions.kits import add_kit as add_kit
from preau.plan.loans.actions.kits import change_parts as change_parts
from preau.plan.loans.actions.kits import retire_kit as retire_kit
from preau.plan.loans.actions.unavailability import InTheWay as InTheWay
from preau.plan.loans.actions.unavailability import resume_lending as resume_lending
from preau.plan.loans.actions.unavailability import stop_lending as stop_lending
