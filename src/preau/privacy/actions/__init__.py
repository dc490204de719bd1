"""Erasing a person everywhere, and forgetting what has reached its date."""

from preau.privacy.actions.erasure import erase_again, erase_person
from preau.privacy.actions.retention import purge
from preau.privacy.actions.sweeping import sweep_files

__all__ = ["erase_again", "erase_person", "purge", "sweep_files"]
