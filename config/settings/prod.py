"""A real city. Refuses to start when something that matters is missing."""

from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

from config.settings.base import *  # noqa: F403
from config.settings.base import ALLOWED_HOSTS, FILES_ORIGIN, HTTPS, read

DEBUG = False
for name in ("PREAU_HOME", "PREAU_HOSTS", "PREAU_SECRET_KEY", "PREAU_MAIL_FROM", "PREAU_SMTP_HOST"):
    if not read(name):
        raise ImproperlyConfigured(f"{name} is not set: see docs/operations.md")
if not HTTPS:
    raise ImproperlyConfigured("PREAU_HTTPS must be on: Préau holds children's data")
if FILES_ORIGIN and (not FILES_ORIGIN.startswith("https://") or urlsplit(FILES_ORIGIN).netloc in ALLOWED_HOSTS):
    raise ImproperlyConfigured("the files' own origin is https://host, a host that serves no page: see operations.md")
