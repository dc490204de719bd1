"""Erasing a person everywhere, and forgetting what has reached its date."""

from preau.privacy.actions.erasure import DecisionStands, erase_again, erase_person
from preau.privacy.actions.retention import purge
from preau.privacy.actions.sweeping import sweep_files

__all__ = ["DecisionStands", "erase_again", "erase_person", "purge", "sweep_files"]
