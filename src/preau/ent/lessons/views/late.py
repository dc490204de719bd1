"""What a tablet kept while it had no network: brought later, by a token that serves to bring it and nothing else."""

import json

from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import JsonResponse
from django.urls import Resolver404, resolve
from django.utils.timezone import now
from django.views.decorators.csrf import csrf_exempt

from preau.ent.lessons import actions
from preau.ent.lessons.forms import PartForm
from preau.ent.lessons.late import read_token
from preau.ent.lessons.views.making import TOOLS, tool
from preau.kit.answers import Conflict
from preau.kit.bodies import of_files
from preau.kit.seals import NotOurs, open_box
from preau.kit.views import public

GONE = {"ok": False, "sentence": "Ce travail ne peut plus être reçu."}


@csrf_exempt  # no cookie is read: the token, in the box, says all
@public("POST", takes=of_files(1))
def upload(request):
    """200 once it is kept, 410 when it never will be: the tablet forgets it; any other answer, and it tries again."""
    try:  # anybody may seal anything
        head, _, content = open_box(request.FILES["box"].read()).partition(b"\n")
        said = json.loads(head)
        token = read_token(said["token"], now())
        view, _, asked = resolve(said["address"])
        sort = TOOLS[asked["tool"]][0]
        files = {"made": SimpleUploadedFile(said["name"], content, said["type"])} if "name" in said else {}
    except (AttributeError, KeyError, TypeError, ValueError, RecursionError, NotOurs, Resolver404):
        return JsonResponse(GONE, status=410)
    if token is None or view is not tool:
        return JsonResponse(GONE, status=410)
    form = PartForm(said, files, sort=sort)
    kept = form.is_valid() and _kept(token, asked["page"], sort, form.cleaned_data)
    return JsonResponse({"ok": True} if kept else GONE, status=200 if kept else 410)


def _kept(token, page, sort, made):
    try:
        return actions.keep_late_part(token=token, work_id=page, sort=sort, now=now(), **made)
    except Conflict:
        return None
