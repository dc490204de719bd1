"""Sessions on shared devices: thirty tablets whose pupils enter within twenty seconds from one address, what one
tablet waits for on a slow line (`bench.line`), then forty sessions of eight devices that each ask for their pulse every
second and a half.

    PREAU_HOME=… DJANGO_SETTINGS_MODULE=bench.settings PYTHONPATH=src:. python -m bench.lessons [--port 8190] [--pg]

Prints JSON; `reach` compares with what was asked: 30 of 30 in, a 95th percentile of two seconds for each answer, half a
core of the server and its base for all pulses together, 0.6 ms of CPU of the application for one. The home is one that
`preau demo` filled; with --pg, the base is a PostgreSQL started and filled for the occasion.
"""

import argparse
import http.client
import io
import json
import os
import re
import statistics
import tempfile
import threading
import time
import urllib.parse
from itertools import cycle, islice
from pathlib import Path

import django

from bench.line import on_slow_line, reach
from bench.search import close
from bench.server import cpu_seconds, database_pids, make_base, serve, tree
from tests import postgres

CLASSES, PER_CLASS, WITHIN = 2, 15, 20  # a storm: classes, devices of one, seconds
DEVICES = CLASSES * PER_CLASS
SESSIONS, EACH, EVERY = 40, 8, 1.5  # at work: sessions, devices of one, seconds between two pulses
LASTS, ALONE = 9, 1000  # seconds of pulses; pulses asked without a server
MOST_MS, MOST_CORE, MOST_PULSE_MS = 2000, 0.5, 0.6
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="(\w+)"')


def main():
    parser = argparse.ArgumentParser(prog="python -m bench.lessons")
    parser.add_argument("--port", type=int, default=8190)
    parser.add_argument("--pg", action="store_true")
    asked = parser.parse_args()
    if asked.pg:
        on_postgresql(asked.port)
    else:
        measure(os.environ["PREAU_HOME"], asked.port)


def on_postgresql(port):
    with postgres.server() as address, tempfile.TemporaryDirectory(prefix="preau-bench-") as home:
        os.environ |= {"PREAU_DATABASE_URL": address, "PREAU_HOME": home}
        make_base(Path(home), 1)
        measure(home, port)
        close()


def measure(home, port):
    django.setup()
    prepared = prepare()
    with serve(home, port) as pid:
        storm = enter_all(port, [pair for one in prepared[:CLASSES] for pair in zip(*one, strict=False)])
        line = on_slow_line(port, pages_of(prepared[CLASSES], port))
        pulses = pulse_all(port, [key for keys, _ in prepared for key in keys], pid)
    pulses["alone_ms"] = alone(prepared[0][0][0])
    print(json.dumps(sum_up(storm, pulses, line), indent=2, ensure_ascii=False))


def pages_of(session, port) -> dict:
    """{page: its address and the cookies of one tablet}, of a session where nobody is in yet."""
    (first, second, *_), (pupil, *_) = session
    tablet, inside = Tablet(port, second, []), []
    enter(tablet, pupil, 0, inside)
    if not inside:
        raise SystemExit("a pupil did not get in by the pictures")
    return {
        "entry grid": ("/seance/classe/", Tablet(port, first, []).cookies),
        "pupil's home": ("/seance/moi/", tablet.cookies),
    }


def sum_up(storm, pulses, line) -> dict:
    return {
        "storm": storm,
        "pulses": pulses,
        "line": line,
        "reach": [
            (f"{DEVICES} of {DEVICES} devices in", str(storm["in"]), DEVICES / max(storm["in"], 0.1)),
            (f"p95 ≤ {MOST_MS} ms as they enter", f"{storm['p95_ms']} ms", storm["p95_ms"] / MOST_MS),
            (f"pulses ≤ {MOST_CORE} core", f"{pulses['core']} core", pulses["core"] / MOST_CORE),
            (f"a pulse ≤ {MOST_PULSE_MS} ms", f"{pulses['alone_ms']} ms", pulses["alone_ms"] / MOST_PULSE_MS),
            *reach(line),
        ],
    }


def prepare():
    """[(keys of its devices, its pupils)] of sessions under way; the first ones have a device for each of
    fifteen pupils."""
    from django.db.models import Count
    from django.utils.timezone import localdate, now

    from preau.ent.lessons import actions
    from preau.people.models import TEACHER_ROLES, Mandate
    from preau.schools.models import Enrolment

    today = localdate()
    held = Mandate.objects.current(today).filter(role__in=TEACHER_ROLES, classroom__isnull=False)
    held = held.select_related("person", "classroom__school").annotate(count=Count("classroom__enrolments"))
    held = held.order_by("-count", "classroom", "id")  # a storm wants full classes
    first_of = {mandate.classroom_id: mandate for mandate in held}
    found = []
    for mandate in islice(first_of.values(), SESSIONS):
        pupils = _with_codes(Enrolment.objects.current(today).filter(classroom=mandate.classroom)[:PER_CLASS])
        lesson = actions.open_lesson(person=mandate.person, place=mandate.classroom, now=now())
        found.append((join_all(lesson, mandate.person, EACH if len(found) >= CLASSES else PER_CLASS, now()), pupils))
    return found


def _with_codes(enrolments):
    """[(id of a pupil, their four pictures when they have some)]"""
    from preau.people.queries.cards import codes_of

    pupils = [each.pupil for each in enrolments.select_related("pupil")]
    codes = codes_of(pupils)
    return [(pupil.pk, list(codes.get(pupil.pk, ()))) for pupil in pupils]


def join_all(lesson, person, count, at):
    from preau.ent.lessons import actions

    keys = [
        actions.ask_to_join(code=lesson.code, label="Chrome sur Android", network=None, now=at)[1] for _ in range(count)
    ]
    actions.accept_devices(person=person, lesson=lesson, numbers=range(1, count + 1), now=at)
    return keys


class Tablet:
    """A browser that keeps its cookies and times its answers."""

    def __init__(self, port, key, latencies):
        from preau.ent.lessons.devices import COOKIE

        self.root, self.latencies, self.cookies = f"http://localhost:{port}", latencies, {COOKIE: key}

    def ask(self, path, **sent):
        """The page that ends the way from `path`; each answer on it is timed."""
        body = urllib.parse.urlencode(sent, doseq=True).encode() if sent else None
        while path:
            status, path, page = self._once(path, body)
            body = None
        return status, page

    def _once(self, path, body):
        line = http.client.HTTPConnection("localhost", int(self.root.rpartition(":")[2]), timeout=60)
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        headers |= {"Content-Type": "application/x-www-form-urlencoded"} if body else {}
        start = time.perf_counter()
        line.request("POST" if body else "GET", path, body, headers)
        answer = line.getresponse()
        page = answer.read().decode()
        self.latencies.append((time.perf_counter() - start) * 1000)
        for said in answer.headers.get_all("Set-Cookie", []):
            name, _, value = said.partition(";")[0].partition("=")
            self.cookies[name] = value
        line.close()
        return answer.status, answer.headers.get("Location"), page


def enter_all(port, pairs) -> dict:
    """Each pupil, on a device of their own, from the class's page to their own, within WITHIN seconds in all."""
    latencies, inside = [], []
    begin = time.perf_counter()
    threads = [
        threading.Thread(target=enter, args=(Tablet(port, key, latencies), pupil, number, inside))
        for number, (key, pupil) in enumerate(pairs)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    p95 = statistics.quantiles(latencies, n=20)[-1]
    seconds = round(time.perf_counter() - begin, 1)
    return {"in": len(inside), "p95_ms": round(p95), "answers": len(latencies), "seconds": seconds}


def enter(tablet, pupil, number, inside):
    time.sleep(number * WITHIN / 2 / DEVICES)
    tablet.ask("/seance/classe/")
    pupil_id, pictures = pupil
    seat = f"/seance/eleves/{pupil_id}/"
    _, page = tablet.ask(seat)
    status, page = tablet.ask(seat, csrfmiddlewaretoken=TOKEN.search(page).group(1), image=pictures)
    if status == 200 and "Bonjour" in page:
        inside.append(pupil)


def pulse_all(port, keys, pid) -> dict:
    """What the server's processes spend while every device asks, each on its kept connection."""
    answers, until = [], time.perf_counter() + LASTS
    server = [*tree(pid), *database_pids()]
    threads = [threading.Thread(target=pulse, args=(port, keys[start::8], until, answers)) for start in range(8)]
    before, begin = cpu_seconds(server), time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    spent, lasted = cpu_seconds(server) - before, time.perf_counter() - begin
    wrong = sum(1 for status in answers if status != 200)
    return {
        "asked": len(answers),
        "wrong": wrong,
        "cpu_ms": round(spent * 1000 / len(answers), 3),
        "devices": len(keys),
        "core": round(spent / len(answers) * SESSIONS * EACH / EVERY, 3),  # fewer classes than that: as if they were
        "seconds": round(lasted, 1),
    }


def pulse(port, keys, until, answers):
    from preau.ent.lessons.devices import COOKIE

    line = http.client.HTTPConnection("localhost", port, timeout=60)
    for key in cycle(keys):
        if time.perf_counter() > until:
            return
        line.request("GET", "/seance/pouls/", headers={"Cookie": f"{COOKIE}={key}"})
        answer = line.getresponse()
        answer.read()
        answers.append(answer.status)
        time.sleep(EVERY * 8 / 320)


def alone(key) -> float:
    """CPU of the application for one pulse, in milliseconds: this process, no server."""
    from config.wsgi import application
    from preau.ent.lessons.devices import COOKIE

    asked = {
        "REQUEST_METHOD": "GET", "PATH_INFO": "/seance/pouls/", "SERVER_NAME": "localhost", "SERVER_PORT": "80",
        "HTTP_HOST": "localhost", "HTTP_COOKIE": f"{COOKIE}={key}", "wsgi.url_scheme": "http",
    }  # fmt: skip
    taken = []
    for _ in range(ALONE):
        start = time.process_time()
        answer = application({**asked, "wsgi.input": io.BytesIO()}, lambda *said: None)
        answer.close()
        taken.append((time.process_time() - start) * 1000)
    return round(statistics.median(taken), 3)


if __name__ == "__main__":
    main()
