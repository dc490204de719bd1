"""A real city. Refuses to start when something that matters is missing."""

from django.core.exceptions import ImproperlyConfigured

from config.settings.base import *  # noqa: F403
from config.settings.base import HTTPS, read

DEBUG = False
for name in ("PREAU_HOME", "PREAU_HOSTS", "PREAU_SECRET_KEY", "PREAU_MAIL_FROM", "PREAU_SMTP_HOST"):
    if not read(name):
        raise ImproperlyConfigured(f"{name} is not set: see docs/operations.md")
if not HTTPS:
    raise ImproperlyConfigured("PREAU_HTTPS must be on: Préau holds children's data")
