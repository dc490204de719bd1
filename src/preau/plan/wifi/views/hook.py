"""Where controllers report (docs/operations.md). A key, not a session: no cookie is read nor set."""

from django.forms import ValidationError
from django.http import JsonResponse
from django.utils.timezone import localtime, now
from django.views.decorators.csrf import csrf_exempt

from preau.kit.views import public
from preau.people import actions as people
from preau.plan.wifi import actions, forms, queries

WRONG = {"problem": "Clé inconnue ou retirée."}
TOO_MANY = {"problem": "Trop d’appels\u00a0: attendez une minute."}


@csrf_exempt
@public("POST")
def point_reports(request):
    """What access points are, in; what they should be, out. 401 without a key, 422 with a sentence, 429 too often."""
    at = now()
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    key = queries.key_shown(token.strip()) if scheme == "Bearer" and token else None
    if key is None:
        heard = people.count_network(network="wifi hook", now=at)
        return JsonResponse(WRONG, status=401) if heard else _too_many()
    if not actions.count_call(key=key, now=at):
        return _too_many()
    try:
        reports = forms.read_reports(request.body, at)
    except ValidationError as wrong:
        return JsonResponse({"problem": wrong.messages[0]}, status=422)
    wanted, unknown = actions.receive_reports(city=key.city, reports=reports, now=at)
    return JsonResponse({"points": [_line(each) for each in wanted], "unknown": unknown})


def _line(wanted):
    until = localtime(wanted.until).isoformat(timespec="seconds") if wanted.until else None
    return {"point": wanted.tag, "be": wanted.state, "until": until}


def _too_many():
    return JsonResponse(TOO_MANY, status=429, headers={"Retry-After": "60"})
