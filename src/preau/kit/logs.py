"""What is written of a request that was refused."""

import logging


class PlainRefusals(logging.Filter):
    """A refusal (4xx) becomes one line: status, method, form of the address. The address itself holds ids, and at
    times a secret; the reason may name somebody; nothing broke, so a traceback tells nothing. Failures (5xx) stay
    whole."""

    def filter(self, record):
        status, request = getattr(record, "status_code", 0), getattr(record, "request", None)
        if request is not None and 400 <= status < 500:
            match = getattr(request, "resolver_match", None)
            record.msg, record.args = "%d %s %s", (status, request.method, match.route if match else "no such page")
            record.exc_info = record.exc_text = None
        return True
