"""What a tablet shows when its line is cut: one page that names nobody, and the script that gives it."""

import hashlib
import json
from pathlib import Path

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from preau.kit.spoken.labels import label
from preau.kit.templatetags.kit import static_address
from preau.kit.views import public

SCRIPT = Path(__file__).parents[1] / "static" / "lessons" / "worker.js"
SHELL = (
    "kit/preau.css", "kit/pupil.css", "lessons/device.css", "kit/spoken.js", "kit/pupil.js", "lessons/queue.js",
    "kit/mark.svg", "fonts/atkinson-regular.woff2", "fonts/atkinson-bold.woff2",
)  # fmt: skip


@public()
def offline(request):
    """The page itself; nothing of it depends on who asks."""
    return render(request, "lessons/offline.html")


@public()
def worker(request):
    """Its version is that of what it keeps: files have hashed names."""
    files = [static_address(name) for name in (*SHELL, label("no-network").sound)]
    version = hashlib.sha256(" ".join(files).encode()).hexdigest()[:12]
    given = {"VERSION": version, "PAGE": reverse("lessons:offline"), "FILES": files}
    script = "".join(f"const {name} = {json.dumps(value)};\n" for name, value in given.items())
    return HttpResponse(
        script + SCRIPT.read_text(), content_type="text/javascript", headers={"Cache-Control": "no-cache"}
    )
