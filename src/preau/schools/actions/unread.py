"""What is said to everyone, when it names pupils or tells a plan of safety: somebody reads it again first."""

from preau.kit.answers import Conflict

CONFIRM = "{} Rien n’est publié\u00a0: relisez, puis confirmez, ou changez le texte."


class Held(Conflict):
    """A text for everyone that somebody has to confirm (trust.md R23)."""


def refuse_unread(*, why: str, is_sure: bool) -> None:
    """Raises Held when there is a reason (`queries.named.why_held`), unless who publishes has read again and is sure.
    To be called wherever words come to a public page."""
    if why and not is_sure:
        raise Held(CONFIRM.format(why), "is_sure")
