"""What each room tells the operator about this machine: its `machine.py` lists, in `SAYS`, functions that return a
Said."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Said:
    """A program that Préau may use: whether it is installed, and what this changes for people."""

    name: str
    is_there: bool
    text: str
