"""What a room says of this machine to who keeps it: in its `machine.py`, `SAYS`, functions that give a Said."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Said:
    """A programme that Préau may use: whether it is there, and what follows for people."""

    name: str
    is_there: bool
    text: str
