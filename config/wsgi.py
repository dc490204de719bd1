"""The web application; granian serves it behind a front (config/asgi.py). Another WSGI server may serve it as it is."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.dev")
application = get_wsgi_application()
