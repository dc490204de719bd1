"""What is written of a request that was refused."""

import logging

from preau.kit.bodies import REFUSED
from preau.kit.pauses import is_pause

NO_ROUTE = ("no such page", "a body not taken")


class PlainRefusals(logging.Filter):
    """A refusal (4xx) becomes one line: status, method, form of the address. The address itself holds ids, and at
    times a secret; the reason may name somebody; nothing broke, so a traceback tells nothing. Failures (5xx) stay
    whole, but those of a base that is away: one line each is enough."""

    def filter(self, record):
        status, request = getattr(record, "status_code", 0), getattr(record, "request", None)
        if request is not None and 400 <= status < 500:
            match = getattr(request, "resolver_match", None)
            record.msg, record.args = (
                "%d %s %s",
                (status, request.method, match.route if match else NO_ROUTE[REFUSED in request.META]),
            )
            record.exc_info = record.exc_text = None
        elif request is not None and record.exc_info and is_pause(record.exc_info[1]):
            record.msg, record.args = "%d %s: %s", (status, request.method, str(record.exc_info[1]).partition("\n")[0])
            record.exc_info = record.exc_text = None
        return True
