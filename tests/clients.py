"""What each client of the tests would make again, made once: there are forty in each line of the matrix.

The chain of middlewares is Django's own, loaded once under the same settings; who changes a setting gets another. Of
the templates that draw a page, all are noted, and the variables of the first: that of the page, whose pieces see them.
"""

from copy import copy

from django.conf import settings
from django.test import client as of_django
from django.test.utils import ContextList

CHAIN = ("_view_middleware", "_template_response_middleware", "_exception_middleware", "_middleware_chain")


def share():
    load, last = of_django.ClientHandler.load_middleware, {}

    def load_once(handler, is_async=False):
        made = last.get("settings") is settings._wrapped and list(settings.MIDDLEWARE) == last["names"]
        if not made:
            load(handler, is_async)
            last.update(settings=settings._wrapped, names=list(settings.MIDDLEWARE))
            last["chain"] = {name: getattr(handler, name) for name in CHAIN}
        vars(handler).update(last["chain"])

    of_django.ClientHandler.load_middleware = load_once
    of_django.store_rendered_templates = store_templates


def store_templates(store, signal, sender, template, context, **rest):
    """As Django's, which copies the variables for each piece and each field of a page."""
    store.setdefault("templates", []).append(template)
    if "context" not in store:
        store["context"] = ContextList([copy(context)])
