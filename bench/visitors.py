"""Slow and heavy visitors: fifty forms sent a byte a second and eight teachers who each publish eight photos, while
others read. No proxy in front.

    PREAU_HOME=… DJANGO_SETTINGS_MODULE=bench.settings PYTHONPATH=src:. python -m bench.visitors

Prints the latencies of a public page and of a teacher's home, quiet, then beside them, and what was asked of them: a
95th percentile of one second (public) or two (signed in). The home is one that `preau demo` filled. `bin/bench` runs
it, and so does CI.
"""

import argparse
import io
import json
import re
import socket
import statistics
import threading
import time
import urllib.error
import urllib.request
import uuid
from pathlib import Path

import django
from django.conf import settings

from bench.server import serve

MOST_MS = {"public": 1000, "signed in": 2000}
SLOW, SENDERS, PHOTOS = 50, 8, 8
MOST_SECONDS = 60  # of reading beside them
# With a token's cookie, so that its field is looked for in the body.
POST = b"POST /entrer/ HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-www-form-urlencoded\r\n"


def photo():
    """As a telephone takes it: 12 million points, some 5 MB."""
    from PIL import Image

    small = Image.effect_noise((1000, 750), 15).convert("RGB")
    out = io.BytesIO()
    small.resize((4000, 3000)).save(out, "JPEG", quality=92)
    return out.getvalue()


def drip(port, may_end):
    """One form whose body comes a byte a second; begun again each time it is given up."""
    while not may_end.is_set():
        with socket.create_connection(("127.0.0.1", port)) as line:
            line.sendall(POST + b"Cookie: preau-csrf=" + b"a" * 32 + b"\r\nContent-Length: 5000\r\n\r\n")
            try:
                while not may_end.wait(1):
                    line.sendall(b"a")
            except OSError:
                continue


def send_photos(port, cookies, path, body, kind, answers):
    headers = {"Cookie": cookies, "Content-Type": kind}
    start = time.perf_counter()
    try:
        asked = urllib.request.Request(f"http://127.0.0.1:{port}{path}", body, headers)
        with urllib.request.urlopen(asked, timeout=300) as answer:
            answers.append(("fait=" in answer.url, time.perf_counter() - start))
    except urllib.error.HTTPError as refusal:
        answers.append((refusal.code, time.perf_counter() - start))


def multipart(fields, field, files):
    """(body, its kind) of a form; `files`: (name, kind, content) of each, all in one field."""
    edge = uuid.uuid4().hex
    parts = [
        f'--{edge}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
        for name, value in fields.items()
    ]
    for name, kind, content in files:
        head = f'--{edge}\r\nContent-Disposition: form-data; name="{field}"; filename="{name}"\r\n'
        parts += [head.encode(), f"Content-Type: {kind}\r\n\r\n".encode(), content, b"\r\n"]
    return b"".join(parts) + f"--{edge}--\r\n".encode(), f"multipart/form-data; boundary={edge}"


def watch(port, path, cookies, until):
    """Seconds that each reading took, one after the other, a tenth of a second apart."""
    found = []
    while not until():
        start = time.perf_counter()
        asked = urllib.request.Request(f"http://127.0.0.1:{port}{path}", headers={"Cookie": cookies} if cookies else {})
        with urllib.request.urlopen(asked, timeout=60) as answer:
            answer.read()
        found.append(time.perf_counter() - start)
        time.sleep(0.1)
    return found


def watch_both(port, public, home, cookies, until):
    """{"public": …, "signed in": …}: count, median and 95th percentile in milliseconds."""
    found = {}

    def one(name, path, who):
        found[name] = watch(port, path, who, until)

    threads = [
        threading.Thread(target=one, args=each) for each in (("public", public, ""), ("signed in", home, cookies))
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return {name: told(times) for name, times in found.items()}


def told(times):
    return {
        "count": len(times),
        "p50_ms": round(statistics.median(times) * 1000, 1),
        "p95_ms": round(sorted(times)[int(len(times) * 0.95)] * 1000, 1),
        "max_ms": round(max(times) * 1000, 1),
    }


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--port", type=int, default=8180)
    port = parser.parse_args().port
    django.setup()
    from bench.pages import TEACHER, pages, signed_in
    from preau.places.models import Classroom

    public = next(path for name, path, _ in pages() if name == "public site")
    browser, cookies = signed_in(TEACHER)
    room = Classroom.objects.get(pk=next(path for name, path, _ in pages() if name == "class life").split("/")[2])
    publish = f"/classe/{room.pk}/publier/"
    page = browser.client.get(publish, HTTP_HOST="localhost").text
    token = re.search(r'csrfmiddlewaretoken" value="(\w+)"', page)[1]
    content = photo()
    with serve(Path(settings.HOME), port):
        quiet_until = time.monotonic() + 5
        found = {"quiet": watch_both(port, public, "/aujourdhui/", cookies, lambda: time.monotonic() > quiet_until)}
        may_end, sent = threading.Event(), []
        for _ in range(SLOW):
            threading.Thread(target=drip, args=(port, may_end), daemon=True).start()
        for _ in range(SENDERS):
            fields = {"text": "Une matinée au jardin.", "scope": "class", "once": uuid.uuid4(), "no_child": "on",
                      "csrfmiddlewaretoken": token}  # fmt: skip
            body, kind = multipart(fields, "pictures", [(f"{n}.jpg", "image/jpeg", content) for n in range(PHOTOS)])
            more = (port, cookies, publish, body, kind, sent)
            threading.Thread(target=send_photos, args=more, daemon=True).start()
        found["beside them"] = watch_both(
            port,
            public,
            "/aujourdhui/",
            cookies,
            lambda: len(sent) == SENDERS or time.monotonic() > quiet_until + MOST_SECONDS,
        )
        while len(sent) < SENDERS:
            time.sleep(0.5)
        may_end.set()
    found["published"] = sum(done is True for done, _ in sent)
    found["senders_seconds"] = sorted(round(seconds, 1) for _, seconds in sent)
    beside = found["beside them"]
    found["reach"] = [
        *(reach(f"{name} p95 ≤ {most} ms", beside[name]["p95_ms"], most) for name, most in MOST_MS.items()),
        (f"{SENDERS} senders publish", found["published"], SENDERS / max(found["published"], 0.1)),
    ]
    print(json.dumps(found, indent=1))


def reach(asked, was, most):
    return asked, was, round(was / most, 3)


if __name__ == "__main__":
    main()
