"""What Préau asks of other servers by the web: `client`, and `push` to browsers. Mail has a relay (`kit.mail`)."""

from preau.kit.outbound.client import Answer, NotAllowed, Unreachable, ask, is_allowed

__all__ = ["Answer", "NotAllowed", "Unreachable", "ask", "is_allowed"]
