"""What is new for somebody, who is expected to read, and who has not."""

from preau.notify.queries.audience import audience_pairs, audiences_entered
from preau.notify.queries.evenings import Turn, news_count, turn_at, wanting_digest, wants_evening
from preau.notify.queries.reached import Counts, Line, Reached, Reason, counts_of, reach

__all__ = [
    "Counts",
    "Line",
    "Reached",
    "Reason",
    "Turn",
    "audience_pairs",
    "audiences_entered",
    "counts_of",
    "news_count",
    "reach",
    "turn_at",
    "wanting_digest",
    "wants_evening",
]
