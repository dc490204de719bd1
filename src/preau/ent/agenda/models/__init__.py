"""What happens on a day: events of a place."""

from preau.ent.agenda.models.events import EVENT, Event, EventScope

__all__ = ["EVENT", "Event", "EventScope"]
