"""Counts the pages seen by signed-in people, outside the database and without a name."""

import logging
from datetime import datetime

from django.utils import timezone

from preau.insight.usage import dnma, queries, spool
from preau.insight.usage.pseudonyms import pseudonym

logger = logging.getLogger("preau.usage")
KNOWN_MOST = 20_000


class CountVisits:
    """Spools one line per page and school. Counting never spoils a page: what cannot be written is not counted."""

    def __init__(self, get_response):
        self.get_response = get_response
        self.standings = {}  # (account, face, day) → Standing; asked of the base once a day, by process

    def __call__(self, request):
        response = self.get_response(request)
        try:
            if is_counted(request, response):
                self.spool(request, timezone.now())
        except Exception:
            logger.exception("a visit could not be counted")
        return response

    def spool(self, request, now: datetime):
        service = dnma.service_of(request.resolver_match.func.__module__)
        standing = self.standing(request, timezone.localtime(now).date()) if service else None
        for city_id, school_id in standing.schools if standing else ():
            who = pseudonym(request.user.pk, city_id, timezone.localtime(now).date())
            line = {"t": int(now.timestamp()), "p": who, "s": str(school_id), "f": standing.profile, "v": service}
            spool.write(line, now=now)

    def standing(self, request, today):
        face = request.session.get("face")
        key = (request.user.pk, face, today)
        if key not in self.standings:
            if len(self.standings) >= KNOWN_MOST:
                self.standings.clear()
            self.standings[key] = queries.standing_of(request.person, face, today)
        return self.standings[key]


def is_counted(request, response) -> bool:
    """A whole page, shown to someone signed in: no piece of page, no file, no refusal."""
    return (
        request.method == "GET"
        and response.status_code == 200
        and getattr(request, "_person", None) is not None
        and not hasattr(request, "pupil_entry")  # a séance counts its own time, without pupils (ent.lessons)
        and request.resolver_match is not None
        and not request.META.get("HTTP_HX_REQUEST")
        and response.headers.get("Content-Type", "").startswith("text/html")
    )
