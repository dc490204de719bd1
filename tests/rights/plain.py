"""An answer without what changes at each asking, so that two can be compared byte for byte. The only such place."""

import re

from tests.rights.matrix import whole_body

PASSING = re.compile(
    rb'name="csrfmiddlewaretoken" value="[^"]*"'  # of the session
    rb'|name="(?:once|client_id)" value="[^"]*"|data-there="[^"]*"'  # so that a double click writes once
    rb'|"disque_pourcent": \d+'  # what other programs write on this machine meanwhile
    rb'|class="factor-picture" src="[^"]*"|"factor-secret"[^>]*>\w+'  # a secret just drawn
)
HEADERS = ("Location", "Content-Disposition", "Content-Type", "ETag")


def told(response, *said):
    """(status, headers that tell something, body), the words `said` in the address left out."""
    body = PASSING.sub(b"", whole_body(response))
    headers = tuple(response.headers.get(name, "") for name in HEADERS)
    for word in said:
        body = body.replace(word.encode(), b"...")
        headers = tuple(header.replace(word, "...") for header in headers)
    return response.status_code, headers, body
