"""The only writes of the agenda."""

from preau.ent.agenda.actions.events import add_event, cancel_event, edit_event, keep_event

__all__ = ["add_event", "cancel_event", "edit_event", "keep_event"]
