"""What a tablet shows when its line is cut: pages that name nobody, the four tools, and the script that gives them."""

import hashlib
import json
from functools import cache
from pathlib import Path

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.template.loader import get_template
from django.urls import reverse

from preau.ent.lessons.forms import PartForm
from preau.ent.lessons.views.making import DO, REFUSALS, drawn_with, tools_here
from preau.kit.pages.pupils import Screen
from preau.kit.spoken.labels import label
from preau.kit.templatetags.kit import static_address
from preau.kit.views import public

SCRIPT = Path(__file__).parents[1] / "static" / "lessons" / "worker.js"
SHELL = (
    "kit/preau.css", "kit/pupil.css", "media/draw.css", "lessons/device.css", "lessons/make.css", "kit/spoken.js",
    "kit/pupil.js", "kit/box.js", "media/draw.js", "media/record.js", "media/reduce.js", "lessons/queue.js",
    "lessons/make.js", "lessons/offline.js", "kit/mark.svg", "sprite.svg", "people/yard.svg", "kit/aloud.js",
    "fonts/atkinson-regular.woff2",
    "fonts/atkinson-bold.woff2",
)  # fmt: skip
PAGES = (
    "kit/base_pupil.html",
    "lessons/base_device.html",
    "lessons/offline.html",
    "lessons/tool.html",
    "lessons/_drawing_tools.html",
)
SAID = (
    "no-network",
    "kept-here",
    "carry-on",
    "another-page",
    "your-turn",
    "back",
    "no-microphone",
    "not-lost",
    "open-it",
    "ask-to-read",
)


@public()
def offline(request):
    """The page itself; nothing of it depends on who asks."""
    return render(request, "lessons/offline.html", {"tools": tools_here(), "is_neutral": True})


@public()
def offline_tool(request, tool):
    """One of its tools: what is made is kept in the browser (static/lessons/offline.js)."""
    found = {end: more for end, *more in tools_here()}
    if tool not in found:
        raise Http404
    sort = found[tool][0]
    request.screen = Screen(back_url=reverse("lessons:offline"))
    # The browser gives its sheet an id of its own (offline.js): this page is the same for all.
    context = {"form": PartForm(sort=sort, initial={"part_id": None}), "is_neutral": True, **drawn_with(tool)}
    return render(request, "lessons/tool.html", context)


@public()
def worker(request):
    """Its version is that of what it keeps: files have hashed names, pages their source."""
    given = _given()
    version = hashlib.sha256(json.dumps([given, _sources()]).encode()).hexdigest()[:12]
    script = "".join(f"const {name} = {json.dumps(value)};\n" for name, value in {"VERSION": version, **given}.items())
    headers = {"Cache-Control": "no-cache", "Service-Worker-Allowed": "/"}  # what a pupil reads is under /eleve/
    return HttpResponse(script + SCRIPT.read_text(), content_type="text/javascript", headers=headers)


def _given():
    tools = tools_here()
    sounds = [
        label(key).sound for key in (*SAID, *REFUSALS, *(key for end, _, key, _ in tools for key in (key, DO[end])))
    ]
    files = [static_address(name) for name in (*SHELL, *_letters(), *sounds)]
    return {
        "PAGE": reverse("lessons:offline"),
        "LEAVES": reverse("lessons:switch"),
        "FILES": files,
        "TOOLS": {end: reverse("lessons:offline_tool", args=[end]) for end, *_ in tools},
    }


def _letters():
    """Those of pupils, where this machine has them."""
    sheet = Screen().letters
    return [sheet, *(sheet.replace(".css", f"-{weight}.woff2") for weight in ("regular", "bold"))] if sheet else []


@cache
def _sources():
    return [get_template(name).template.source for name in PAGES]
