"""The ways into this room."""

from preau.kit.rooms.doors import Page
from preau.plan.equipment.rules import READERS

DOORS = (
    Page(140, "Malles à emprunter", "Pour toute école, équipée ou non.", "loans:kit_list", READERS),
    Page(150, "Emprunts", "Les demandes et leur chemin.", "loans:booking_list", READERS),
)
