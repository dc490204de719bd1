"""What happens on a day: events of a place, appointments with families, the address of one’s agenda."""

from preau.ent.agenda.models.appointments import Appointment, Round, Slot
from preau.ent.agenda.models.councils import Council
from preau.ent.agenda.models.events import EVENT, Event, EventScope
from preau.ent.agenda.models.feeds import CalendarFeed

__all__ = [
    "Appointment", "CalendarFeed", "Council", "EVENT", "Event", "EventScope", "Round", "Slot",
]  # fmt: skip
