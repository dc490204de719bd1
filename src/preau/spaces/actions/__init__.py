"""The only writes to the stream. Rooms above ask their own rules first; these keep the states true."""

from preau.spaces.actions.generations import raise_generation
from preau.spaces.actions.publishing import (
    NotOpen,
    PlaceStopped,
    ask,
    discard,
    make_searchable,
    open_draft,
    propose,
    publish,
    recall,
    recall_since,
    refuse_unpublishable,
    restore,
    send_back,
    silence,
    take_over,
    touch,
    unpublish,
    withdraw,
)
from preau.spaces.actions.stops import start_again, stop_place

__all__ = [
    "NotOpen",
    "PlaceStopped",
    "ask",
    "discard",
    "make_searchable",
    "open_draft",
    "propose",
    "publish",
    "raise_generation",
    "recall",
    "recall_since",
    "refuse_unpublishable",
    "restore",
    "send_back",
    "silence",
    "start_again",
    "stop_place",
    "take_over",
    "touch",
    "unpublish",
    "withdraw",
]
