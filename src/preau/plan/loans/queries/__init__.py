"""Named reads of shared kits: what is free, who waits and why, what is missing."""

from preau.plan.loans.queries.bookings import bookings_shown as bookings_shown
from preau.plan.loans.queries.bookings import is_lent as is_lent
from preau.plan.loans.queries.bookings import late as late
from preau.plan.loans.queries.bookings import moved_text as moved_text
from preau.plan.loans.queries.bookings import steps_of as steps_of
from preau.plan.loans.queries.bookings import waiting_list as waiting_list
from preau.plan.loans.queries.calendar import calendars_of as calendars_of
from preau.plan.loans.queries.calendar import is_calendar_known as is_calendar_known
from preau.plan.loans.queries.calendar import is_lent_day as is_lent_day
from preau.plan.loans.queries.calendar import kits_lent as kits_lent
from preau.plan.loans.queries.calendar import meets_next_week as meets_next_week
from preau.plan.loans.queries.calendar import slots_wanted as slots_wanted
from preau.plan.loans.queries.calendar import weeks_asked as weeks_asked
from preau.plan.loans.queries.counts import counts_compared as counts_compared
from preau.plan.loans.queries.counts import hand_overs_of as hand_overs_of
from preau.plan.loans.queries.counts import last_found as last_found
from preau.plan.loans.queries.counts import missing_parts as missing_parts
from preau.plan.loans.queries.counts import parts_of as parts_of
from preau.plan.loans.queries.counts import told_on_departure as told_on_departure
from preau.plan.loans.queries.turns import TO_SERVE as TO_SERVE
from preau.plan.loans.queries.turns import loans_within as loans_within
from preau.plan.loans.queries.turns import unavailabilities_ahead as unavailabilities_ahead
from preau.plan.loans.queries.turns import why_not_lent as why_not_lent
from preau.plan.loans.queries.turns import why_not_prepared as why_not_prepared
from preau.plan.loans.queries.turns import why_not_sent as why_not_sent
