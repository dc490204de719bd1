"""The writes of the room."""

from preau.plan.wifi.actions.keys import count_call as count_call
from preau.plan.wifi.actions.keys import end_key as end_key
from preau.plan.wifi.actions.keys import make_key as make_key
from preau.plan.wifi.actions.reports import Report as Report
from preau.plan.wifi.actions.reports import receive_reports as receive_reports
from preau.plan.wifi.actions.windows import close_due as close_due
from preau.plan.wifi.actions.windows import close_window as close_window
from preau.plan.wifi.actions.windows import end_once_sent as end_once_sent
from preau.plan.wifi.actions.windows import forget_openers as forget_openers
from preau.plan.wifi.actions.windows import move_end as move_end
from preau.plan.wifi.actions.windows import open_window as open_window
