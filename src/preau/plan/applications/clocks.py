"""What this room keeps for a time."""

from preau.kit.rooms.clocks import Clock
from preau.plan.applications import actions
from preau.plan.applications.models import Attachment

CLOCKS = (Clock("pièces de candidatures jamais déposées", (Attachment,), actions.purge_attachments),)
