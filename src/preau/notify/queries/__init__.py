"""What is new for somebody, who is expected to read, and who has not."""

from preau.notify.queries.audience import audience_pairs, audiences_entered
from preau.notify.queries.devices import PUSH, pushes_due
from preau.notify.queries.evenings import (
    EVENING,
    Turn,
    asks_waiting,
    evening_mail,
    has_new_ask,
    info_waiting,
    news_count,
    turn_after,
    turn_at,
    wanting_digest,
    wants_evening,
)
from preau.notify.queries.pauses import (
    carrier_text,
    hours_in,
    hours_of,
    leaves_at,
    leaves_text,
    pause_of,
    pause_text,
    warned_text,
)
from preau.notify.queries.reached import (
    Counts,
    Line,
    Reached,
    Reason,
    counts_of,
    line_of,
    lines_among,
    lines_of,
    lines_with,
    reach,
    rows_among,
)
from preau.notify.queries.still import still_expected
from preau.notify.queries.texts import TEXT, city_that_texts, texts_due
from preau.notify.queries.urgent import MAX_URGENT, urgent_count
from preau.notify.queries.ways import Ways, ways_of

__all__ = [
    "EVENING",
    "MAX_URGENT",
    "PUSH",
    "TEXT",
    "Counts",
    "Line",
    "Reached",
    "Reason",
    "Turn",
    "Ways",
    "asks_waiting",
    "audience_pairs",
    "audiences_entered",
    "carrier_text",
    "city_that_texts",
    "counts_of",
    "evening_mail",
    "has_new_ask",
    "hours_in",
    "hours_of",
    "info_waiting",
    "leaves_at",
    "leaves_text",
    "line_of",
    "lines_among",
    "lines_of",
    "lines_with",
    "news_count",
    "pause_of",
    "pause_text",
    "pushes_due",
    "reach",
    "rows_among",
    "still_expected",
    "texts_due",
    "turn_after",
    "turn_at",
    "urgent_count",
    "warned_text",
    "wanting_digest",
    "wants_evening",
    "ways_of",
]
