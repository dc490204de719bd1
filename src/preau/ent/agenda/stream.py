"""What this room gives to the search: its events."""

from django.utils.formats import date_format

from preau.ent.agenda.models import EVENT
from preau.ent.agenda.rules import events_visible_to
from preau.spaces.kinds import Searched


def said(event) -> tuple[str, str]:
    """Its title; its day, where, what to know."""
    return event.title, ". ".join(filter(None, [date_format(event.first_on), event.where, event.text]))


SEARCHED = (Searched(EVENT, "Agenda", "agenda:event_detail", events_visible_to, said=said),)
