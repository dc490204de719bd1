"""A card that is shown."""

from preau.people.queries.cards import badge_of


def pupil_of_badge(token, kind, today):
    """Whose card of that kind this is, while it serves; None otherwise."""
    badge = badge_of(token, kind, today)
    return badge and badge.pupil
