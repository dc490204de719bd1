"""What happens on a day: events of a place, appointments with families."""

from preau.ent.agenda.models.appointments import Appointment, Round, Slot
from preau.ent.agenda.models.events import EVENT, Event, EventScope

__all__ = ["EVENT", "Appointment", "Event", "EventScope", "Round", "Slot"]
