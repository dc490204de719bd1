"""What each page costs beside the plain page, in one process: CPU time, rounds interleaved, medians.

    PREAU_HOME=… DJANGO_SETTINGS_MODULE=bench.settings PREAU_CITY=poitiers python -m bench.cpu [--rounds 40] [name …]

PREAU_HOME holds a base filled by `bin/preau migrate` and `bin/preau demo --scale N`. Names are those of docs/bench.md;
without one, every page. A page and the plain page are asked in turn, so that what disturbs one disturbs the other.
"""

import argparse
import gc
import statistics
import time

import django

PLAIN = "plain 8-query page"


def main():
    parser = argparse.ArgumentParser(prog="python -m bench.cpu")
    parser.add_argument("--rounds", type=int, default=40)
    parser.add_argument("names", nargs="*", metavar="name")
    asked = parser.parse_args()
    django.setup()
    from django.db import connection

    from bench.pages import pages, signed_in
    from preau.kit.serving.front import for_pages

    connection.ensure_connection()
    for_pages(connection)  # as the threads that draw pages
    wanted = [page for page in pages() if not asked.names or page[0] in (*asked.names, PLAIN)]
    browsers = {who: signed_in(who)[0] for who in {who for _, _, who in wanted}}
    queries = {name: len(browsers[who].queries(path)) for name, path, who in wanted}
    gc.collect()
    gc.freeze()  # what the house holds once it is warm is not looked at again by each collection
    taken = {name: [] for name, _, _ in wanted}
    for _ in range(asked.rounds):
        for name, path, who in wanted:
            taken[name].append(milliseconds(browsers[who], path))
    plain = statistics.median(taken[PLAIN])
    for name, found in taken.items():
        median = statistics.median(found)
        print(f"{name:24} {queries[name]:3} queries {median:7.2f} ms {median / plain:6.2f} ×")


def milliseconds(browser, path):
    """CPU of this process for one answer; rubbish is collected before, not during."""
    gc.collect()
    start = time.process_time()
    browser.get(path)
    return (time.process_time() - start) * 1000


if __name__ == "__main__":
    main()
