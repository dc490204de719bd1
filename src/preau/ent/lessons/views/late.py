"""What a tablet kept while it had no network: brought later, by a token that serves to bring it and nothing else."""

import json

from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import JsonResponse
from django.utils.timezone import now
from django.views.decorators.csrf import csrf_exempt

from preau.ent.lessons import actions
from preau.ent.lessons.forms import PartForm
from preau.ent.lessons.late import Token, read_token
from preau.ent.lessons.views.making import TOOLS
from preau.kit.answers import Conflict
from preau.kit.bodies import of_files
from preau.kit.seals import NotOurs, open_box
from preau.kit.views import public

GONE = {"ok": False, "sentence": "Ce travail ne peut plus être reçu."}


@csrf_exempt  # no cookie is read: the token says all
@public("POST", takes=of_files(1))
def upload(request):
    """200 once it is kept, 410 when it never will be: the tablet forgets it; any other answer, and it tries again."""
    try:
        token = read_token(request.POST.get("token", ""), now())
        head, _, content = open_box(request.FILES["box"].read()).partition(b"\n")
        said = json.loads(head)
        sort = TOOLS[said["address"].rstrip("/").rpartition("/")[2]][0]
    except (AttributeError, KeyError, TypeError, ValueError, NotOurs):  # anybody may seal anything
        return JsonResponse(GONE, status=410)
    if token is None or str(token.work_id) not in said["address"]:
        return JsonResponse(GONE, status=410)
    files = {"made": SimpleUploadedFile(said["name"], content, said["type"])} if "name" in said else {}
    form = PartForm(said, files, sort=sort)
    kept = form.is_valid() and _kept(token, sort, form.cleaned_data)
    return JsonResponse({"ok": True} if kept else GONE, status=200 if kept else 410)


def _kept(token: Token, sort, made):
    try:
        return actions.keep_late_part(token=token, sort=sort, now=now(), **made)
    except Conflict:
        return None
