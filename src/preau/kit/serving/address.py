"""Where people find Préau, as what it prints and mails leads there."""

from django.conf import settings

PORT = 8000  # that `bin/serve` listens on when it is not told another


def address_served(port: int = PORT) -> str:
    """What the settings say; with neither that nor TLS in front, our own port."""
    is_own = not (settings.ADDRESS_IS_SAID or settings.HTTPS or port == 80)
    return f"{settings.ADDRESS}:{port}" if is_own else settings.ADDRESS
