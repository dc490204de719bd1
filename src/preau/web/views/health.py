"""/sante: for the machine that watches, not for people. Says nothing of anyone."""

import datetime

from django.db import DatabaseError
from django.http import JsonResponse
from django.utils import timezone

from preau.kit import health
from preau.kit.views import public
from preau.people import queries as people

LATELY = datetime.timedelta(hours=1)


@public()
def sante(request):
    """200 when this machine can serve; 503 when the base, the queue or a disk cannot follow."""
    now = timezone.now()
    found, sprays = health.check(now=now), _sprays(now)
    answer = JsonResponse(
        {
            "etat": "bon" if found.is_good else "en panne",
            "problemes": found.problems,
            "alertes": found.warnings + ["mots de passe essayés sur de nombreux comptes"] * bool(sprays),
            "essais": sprays,
            "attente_secondes": found.oldest_wait_seconds,
            "disque_pourcent": found.disk_used_percent,
        },
        status=200 if found.is_good else 503,
        json_dumps_params={"ensure_ascii": False},
    )
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _sprays(now):
    """Since when, on how many accounts and from how many networks passwords are sprayed; nothing that names one."""
    try:
        rows = people.sprays(now, LATELY)
    except DatabaseError:  # said already
        return None
    if not rows:
        return None
    since = timezone.localtime(min(row.started_at for row in rows)).isoformat(timespec="seconds")
    return {"depuis": since, "comptes": sum(row.failures_count for row in rows), "reseaux": len(rows)}
