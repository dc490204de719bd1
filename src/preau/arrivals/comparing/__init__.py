"""Lines against the base of one school: what would change, why, and what only a person can decide.

Pure functions over a loaded `Base`: no query here. `compare(...)` is the door.
"""

from preau.arrivals.comparing.base import Base, Known
from preau.arrivals.comparing.compare import compare
from preau.arrivals.comparing.plan import KIND_WORDS, KINDS, VERBS, Comparison, Difference, Missing, Question

__all__ = [
    "KINDS", "KIND_WORDS", "VERBS", "Base", "Comparison", "Difference", "Known", "Missing", "Question", "compare",
]  # fmt: skip
