"""The ways into this room."""

from preau.kit.rooms.doors import Page
from preau.plan.equipment.rules import READERS

DOORS = (Page(80, "Déploiements", "Étapes, calendrier, réceptions.", "rollouts:rollout_list", READERS),)
