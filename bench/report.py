"""docs/bench.md, and what misses its reach."""

import datetime
import os
import platform

QUERIES, GROWTH, PUBLIC_RATIO, BARE_RATIO, COLD, WARM = 10, 1.2, 10, 0.65, 60_000, 6_000
PLAIN, BARE, PUBLIC, HOME = "plain 8-query page", "bare page", "public site", "teacher home"
FILLED_IN = 300  # seconds, for the scale of 100
ARRIVALS = "## A city's ONDE files"
MEMORY = "## Memory"
YARDSTICKS = (PLAIN, BARE, "static file")
TOGETHER = (PUBLIC, HOME, BARE)  # whose rate with 16 connections is asked for
HOMES = ("teacher home", "guardian home", "pupil home", "steering home")
LIGHT = (*HOMES, "my mots", "one mot")  # what a family or a pupil opens on a telephone
# A whole city stands from scale 10 on, with its 45 schools and 20 000 things: the plan's pages are flat from there.
PLAN_START = 10
OF_THE_PLAN = (
    "plan home", "hours of a city", "plan table", "inventory", "roll-outs", "roll-outs by step",
    "roll-outs of the year", "year of the plan", "applications", "priority list", "ready schools",
    "rooms and the base", "strengths", "Wi-Fi", "shared kits", "loans", "sealed journal", "inventory, State",
    "Wi-Fi, State", "ready schools, State", "roll-outs, State",
)  # fmt: skip
# Times the plain page's CPU: homes and class life, the plan's pages, all others.
FEEDS = (*HOMES, "class life")
FEED_RATIO, PLAN_RATIO, OTHER_RATIO = 0.6, 1.1, 1.5
OWN_RATIOS = {
    "head home": PLAN_RATIO,  # lines of fifteen rooms and of the plan
    "search": 2.5,  # each room is asked its own rule about what was found
    "register of a month": 60,  # a PDF, whose process starts, loads a library and draws: 0.3 s
}
BASE_RATIO = 1  # PostgreSQL's own processes, over what the plain page takes of ours
HELD_RATIO = 1.5  # what fails a run as long as some pages miss the two others: each miss is still printed
COLUMNS = ("page", "queries", "CPU ms (base)", "× plain", "pages/s, 1", "p95 ms, 1", "pages/s, 16", "p95 ms, 16",
           "cold kB", "warm kB", "requests")  # fmt: skip


def ratio_asked(name):
    if name in FEEDS:
        return FEED_RATIO
    return OWN_RATIOS.get(name, PLAN_RATIO if name in OF_THE_PLAN else OTHER_RATIO)


def by_name(measure):
    return {page["name"]: page for page in measure["pages"]}


def reaches(measures, slack=1.0):
    """Yields (what is asked, what was measured, whether it is met); times and bytes may pass what is asked by `slack`,
    and then HELD_RATIO is asked of pages at least."""
    by_scale = {measure["scale"]: by_name(measure) for measure in measures}
    for measure in measures:
        scale, pages = measure["scale"], by_name(measure)
        for name, page in pages.items():
            if name in YARDSTICKS:
                continue
            ratio, asked = page["times_plain"], ratio_asked(name)
            yield f"{name}, scale {scale}: ≤ {QUERIES} queries", str(page["queries"]), page["queries"] <= QUERIES
            limit = asked if slack == 1 else max(asked, HELD_RATIO) * slack
            yield f"{name}, scale {scale}: ≤ {asked} × the plain page's CPU", f"{ratio:.2f} ×", ratio <= limit
            yield from _of_base(name, scale, page, pages[PLAIN], slack)
            start = PLAN_START if name in OF_THE_PLAN else 1
            if scale == 100 and start in by_scale:
                growth = ratio / by_scale[start][name]["times_plain"]
                yield f"{name}: scale 100 ≤ {GROWTH} × scale {start}", f"{growth:.2f} ×", growth <= GROWTH * slack
        if scale == 100 and measure["made_in"]:
            yield (
                f"scale {scale}: filled in ≤ {FILLED_IN} s",
                f"{measure['made_in']:.0f} s",
                measure["made_in"] <= FILLED_IN * slack,
            )
        for other, whose, least in ((HOME, "teacher home's", PUBLIC_RATIO), (BARE, "bare page's", BARE_RATIO)):
            rate = pages[PUBLIC]["16"]["per_second"] / pages[other]["16"]["per_second"]
            yield (
                f"public site, scale {scale}: ≥ {least} × the {whose} pages/s",
                f"{rate:.2f} ×",
                rate >= least / slack,
            )
        for name in LIGHT:
            page = pages[name]
            yield (
                f"{name}, scale {scale}, on a telephone: ≤ {COLD // 1000} kB cold, ≤ {WARM // 1000} kB warm",
                f"{page['opened'] / 1000:.1f} and {page['warm'] / 1000:.1f} kB",
                page["opened"] <= COLD * slack and page["warm"] <= WARM * slack,
            )


def _of_base(name, scale, page, plain, slack):
    """What PostgreSQL takes for the page; SQLite does it within ours."""
    if base := page["1"].get("base_cpu_ms"):
        share = base / plain["1"]["cpu_ms"]
        asked = f"{name}, scale {scale}: the base takes ≤ {BASE_RATIO} × the plain page's CPU"
        yield asked, f"{share:.2f} ×", share <= BASE_RATIO * slack


def missed(measures, slack=1.0):
    return [f"missed: {asked} ({found})" for asked, found, met in reaches(measures, slack) if not met]


def write_report(path, measures, *, on_postgresql):
    """The whole file, or its PostgreSQL half: each run replaces its own part."""
    title = "## PostgreSQL" if on_postgresql else "## SQLite"
    halves = _halves(path)
    halves[title] = "\n".join([title, "", *_head(measures), *_tables(measures), *_reach_table(measures)]) + "\n"
    _write(path, halves)


def write_arrivals(path, found):
    """The part of the report about a city's ONDE files."""
    total, rows = (
        found["all"],
        [f"| {asked} | {was} | {'yes' if share <= 1 else '**no**'} |" for asked, was, share in found["reach"]],
    )
    halves = _halves(path)
    halves[ARRIVALS] = "\n".join([
        ARRIVALS, "",
        f"{datetime.date.today():%Y-%m-%d}, SQLite: {found['schools']} schools, {total['persons']} persons, "
        f"{total['rows']} rows: {total['cpu_ms_per_person']} ms CPU a person, for "
        f"{total['bulk_create_cpu_ms_per_person']} ms with `bulk_create` of the same rows in the same run "
        f"({total['times_bulk_create']} ×).",
        "", "| asked | measured | met |", "|---|---|---|", *rows, "",
    ])  # fmt: skip
    _write(path, halves)


def missed_shares(found, slack=1.0):
    """Of arrivals or visitors; `share`: what was measured, over what is asked."""
    return [f"missed: {asked} ({was})" for asked, was, share in found["reach"] if share > slack] if found else []


def write_memory(path, found):
    """The part of the report about what the processes hold."""
    lines = [
        f"| {name} | {start} | {loaded} |"
        for (name, start), (_, loaded) in zip(found["at_start"], found["loaded"], strict=True)
    ]
    halves = _halves(path)
    halves[MEMORY] = "\n".join([
        MEMORY, "",
        f"{datetime.date.today():%Y-%m-%d}, {found['base']}, {os.cpu_count()} cores, the demo: MB (PSS) once each page "
        f"above was asked with 16 connections, then {found['turns']} times a sign-in, a photo published, a table "
        f"imported, two taken away and three PDFs (`python -m bench.memory`).",
        "", "| process | at start | loaded |", "|---|---|---|", *lines, "",
        "| asked | measured | met |", "|---|---|---|",
        *(f"| {asked} | {size} MB | {'yes' if size <= most else '**no**'} |" for asked, size, most in found["reach"]),
        "",
    ])  # fmt: skip
    _write(path, halves)


def _write(path, halves):
    made = ("## SQLite", "## PostgreSQL", ARRIVALS, MEMORY)
    # What `bench.cpu` measured before and after a change is written by hand: it stays, last.
    by_hand = [name for name in halves if name not in made]
    order = [halves[name] for name in (*made, *by_hand) if name in halves]
    path.write_text(INTRODUCTION + "\n" + "\n".join(order), encoding="utf-8")


INTRODUCTION = """# Bench

Made by `bin/bench` and `bin/bench --pg`; do not edit by hand. Each page is asked by a client in its own process, on the
server that `bin/serve` starts, with 16 connections, then with one; CPU is read from /proc for the server's processes
and shared among the answers; of several runs the least disturbed is kept. « × plain » is the CPU of a page over that of
the plain page asked just before it, the median of six such pairs: what slows the machine for a while slows both. The
reaches of CPU and of growth are read from it. Client and server share the machine: pages per second are a floor, and
the client itself stops near the rate of the static file. Bytes are bodies as sent (gzip or brotli), cold with each
picture of the page; warm is what a browser must ask again. The reach of pages that families open is read in Chromium,
at 360 × 800 with nothing kept, headers included: a picture further down is asked when the reader comes near it.
Queries are those of a second visit.

The plain page reads session, account and sign-in, makes five ordinary model queries and formats dates with Django's
filters; the bare page asks nothing. Both pass through the same middleware and exist only here (`bench/urls.py`).
Scale 1: six schools, 750 pupils, played through the actions; 10: 45 schools, 7 500; 100: 450 schools in eleven cities,
75 000 pupils, ten times the posts in each class and the Wi-Fi lessons in each school. The persons who look are the same
at every scale; the plan's pages are the fictitious commune's, which has 45 schools and 20 000 things from scale 10 on,
and six schools at scale 1: their growth is read from scale 10 to 100, that of the other pages from 1 to 100.
"""


def _halves(path):
    halves, current = {}, None
    for line in path.read_text(encoding="utf-8").splitlines() if path.exists() else ():
        if line.startswith("## "):
            current = line
        if current:
            halves[current] = halves.get(current, "") + line + "\n"
    return halves


def _head(measures):
    made = ", ".join(f"scale {m['scale']} filled in {m['made_in']:.0f} s" for m in measures)
    busy = ", ".join(f"{m['load']:.1f}" for m in measures)
    return [
        f"{datetime.date.today():%Y-%m-%d}, Python {platform.python_version()}, {os.cpu_count()} cores; {made}. "
        f"Load of the machine when each scale began to be asked: {busy}; filling is wall clock, and waits as pages do.",
        "",
    ]


def _tables(measures):
    for measure in measures:
        yield f"### Scale {measure['scale']}"
        yield ""
        yield f"| {' | '.join(COLUMNS)} |"
        yield "|---" * len(COLUMNS) + "|"
        for page in measure["pages"]:
            one, many = page["1"], page["16"]
            base = f" ({one['base_cpu_ms']:.2f})" if one.get("base_cpu_ms") else ""
            yield (
                f"| {page['name']} | {page['queries']} | {one['cpu_ms']:.2f}{base} | {page['times_plain']:.2f} | "
                f"{one['per_second']:.0f} | {one['p95_ms']:.1f} | {many['per_second']:.0f} | {many['p95_ms']:.1f} | "
                f"{page['cold'] / 1000:.1f} | {page['warm'] / 1000:.1f} | {page['requests']} |"
            )
        yield ""


def _reach_table(measures):
    """What is missed alone: what is met is read in the tables."""
    rows = list(reaches(measures))
    yield f"### Reach: {sum(met for _, _, met in rows)} met of {len(rows)}"
    wrong = [(asked, found) for asked, found, met in rows if not met]
    if wrong:
        yield from ("", "| missed | measured |", "|---|---|")
        yield from (f"| {asked} | {found} |" for asked, found in wrong)
