"""/sante: for the machine that watches, not for people. Says nothing of anyone."""

from django.http import JsonResponse
from django.utils import timezone

from preau.kit import health
from preau.kit.views import public


@public()
def sante(request):
    """200 when this machine can serve; 503 when the base, the queue or a disk cannot follow."""
    found = health.check(now=timezone.now())
    answer = JsonResponse(
        {
            "etat": "bon" if found.is_good else "en panne",
            "problemes": found.problems,
            "alertes": found.warnings,
            "attente_secondes": found.oldest_wait_seconds,
            "disque_pourcent": found.disk_used_percent,
        },
        status=200 if found.is_good else 503,
        json_dumps_params={"ensure_ascii": False},
    )
    answer.headers["Cache-Control"] = "no-store"
    return answer
