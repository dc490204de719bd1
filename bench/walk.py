"""Every page that each role reaches from its home, and what its slowest query costs: what grows with a city shows here.

    PREAU_HOME=… DJANGO_SETTINGS_MODULE=bench.settings PREAU_CITY=poitiers python -m bench.walk [--pages 70] [role …]

On a base filled by `bin/preau demo --scale 100`; bench.cpu measures the pages it knows by name, this one follows links.
Prints the slowest pages and their longest query: CPU of this process, or with PostgreSQL, which works in others,
the time that went by.
"""

import argparse
import collections
import re
import time
from urllib.parse import urljoin, urlsplit

import django

LINK = re.compile(r'href="(/[^"#]*)"')
SHOWN, TWICE = 40, 2  # lines printed; pages of one address visited
LEFT_OUT = ("/static/", "/media/", "/sortir")


def main():
    parser = argparse.ArgumentParser(prog="python -m bench.walk")
    parser.add_argument("--pages", type=int, default=70, help="of each role")
    parser.add_argument("roles", nargs="*", metavar="role")
    asked = parser.parse_args()
    django.setup()
    from django.db import connection

    set_up(connection)
    clock = time.process_time if connection.vendor == "sqlite" else time.perf_counter
    found, watch = [], Watch(clock)
    with connection.execute_wrapper(watch):
        for role, account in accounts().items():
            if not asked.roles or role in asked.roles:
                found += [(*line, role) for line in walked(account, asked.pages, watch)]
    for page, query, count, name, path, role in sorted(found, reverse=True)[:SHOWN]:
        print(f"{page:8.1f} ms {count:3} queries, longest {query:7.1f} ms  {role:18} {name:36} {path}")
    print(f"{len(found)} pages")


def set_up(connection):
    """As the threads that draw pages, once each query came back."""
    from preau.kit.serving.front import for_pages

    connection.ensure_connection()
    for_pages(connection)
    if connection.vendor == "postgresql":
        connection.connection.prepare_threshold = 0  # planned at the first visit, not at the third


class Watch:
    """What each query took since `begin`, by this clock."""

    def __init__(self, clock):
        self.clock = clock
        self.begin()

    def begin(self):
        self.taken = []

    def __call__(self, execute, *asked):
        start = self.clock()
        try:
            return execute(*asked)
        finally:
            self.taken.append((self.clock() - start) * 1000)


def accounts():
    """{role: the account of the first who holds it today}, a family's and a pupil's beside them."""
    from django.utils.timezone import localdate

    from bench.pages import GUARDIAN, PUPIL, account_of
    from preau.people.models import Mandate

    held = Mandate.objects.current(localdate()).filter(person__account__isnull=False).order_by("id")
    found = {"guardian": account_of(GUARDIAN), "pupil": account_of(PUPIL)}
    for mandate in held.select_related("person__account"):
        found.setdefault(mandate.role, mandate.person.account)
    return found


def walked(account, most, watch):
    """(CPU ms of the page, of its longest query, queries, name, address) of each page, second visits."""
    from django.test import Client
    from django.urls import Resolver404, resolve

    from tests.world import enter

    client, waiting, seen, visits = Client(headers={"host": "localhost"}), collections.deque(["/"]), set(), {}
    enter(client, account)
    while waiting and most:
        path = waiting.popleft()
        if path in seen or path.startswith(LEFT_OUT):
            continue
        seen.add(path)
        try:
            name = resolve(urlsplit(path).path).view_name
        except Resolver404:
            continue
        visits[name] = visits.get(name, 0) + 1
        if visits[name] > TWICE:
            continue
        answer = client.get(path)
        if answer.has_header("Location"):
            waiting.append(urljoin(path, answer["Location"]))
        elif answer.status_code == 200:
            watch.begin()
            start = watch.clock()
            answer = client.get(path)
            spent, most = (watch.clock() - start) * 1000, most - 1
            if "html" in answer["Content-Type"]:
                waiting.extend(link.replace("&amp;", "&") for link in LINK.findall(answer.content.decode()))
            yield spent, max(watch.taken, default=0), len(watch.taken), name, path


if __name__ == "__main__":
    main()
