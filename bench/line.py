"""What a tablet waits for and downloads on a slow line, read in Chromium: 0.5 Mb/s, which is what is left to one of
eight devices on the 4 Mb/s of a school, with 40 ms to the server.

Cold is a browser that keeps nothing; warm is the same page asked again. The time is from the asking to the page drawn
with all that it loads by itself, pictures further down left out (`loading="lazy"`).
"""

import time

from bench.opened import chromium

SCREEN = {"width": 1024, "height": 600}  # the smallest screen of users.md, rule 21
SLOW = {"offline": False, "latency": 40, "downloadThroughput": 500_000 / 8, "uploadThroughput": 500_000 / 8}
COLD_KB = {"entry grid": 80, "pupil's home": 150}  # users.md 3.1
WARM_KB = {"entry grid": 8, "pupil's home": 12}
COLD_S = {"entry grid": 1.5, "pupil's home": 2.8}  # what users.md 3.1 expects of eight devices at once


def on_slow_line(port, addresses) -> dict:
    """{page: kB and seconds, cold and warm}; addresses: {page: (path, {cookie: value})}."""
    origin = f"http://localhost:{port}"
    with chromium() as browser:
        return {name: _opened_twice(browser, origin, *where) for name, where in addresses.items()}


def _opened_twice(browser, origin, path, cookies) -> dict:
    context = browser.new_context(viewport=SCREEN, service_workers="block")  # it would load beside the page
    context.add_cookies([{"name": name, "value": value, "url": origin} for name, value in cookies.items()])
    page, sizes = context.new_page(), []
    network = context.new_cdp_session(page)
    network.send("Network.enable")
    network.send("Network.emulateNetworkConditions", SLOW)
    network.on("Network.loadingFinished", lambda event: sizes.append(event["encodedDataLength"]))
    found = {}
    for turn in ("cold", "warm"):
        sizes.clear()
        start = time.perf_counter()
        answer = page.goto(origin + path)  # until all is loaded
        found[f"{turn}_s"] = round(time.perf_counter() - start, 2)
        page.wait_for_load_state("networkidle")
        if answer.status != 200 or not page.url.endswith(path):
            raise SystemExit(f"{path} answered {answer.status} at {page.url}")
        found[f"{turn}_kb"] = round(sum(sizes) / 1000, 1)
    context.close()
    return found


def reach(found) -> list:
    """[(what is asked, what was measured, measured over asked)]"""
    rows = []
    for name, each in found.items():
        rows += [
            (f"{name} on 0.5 Mb/s: {unit} ≤ {most} {turn}", f"{each[key]} {unit}", each[key] / most)
            for turn, unit, key, most in (
                ("cold", "kB", "cold_kb", COLD_KB[name]),
                ("warm", "kB", "warm_kb", WARM_KB[name]),
                ("cold", "s", "cold_s", COLD_S[name]),
            )
        ]
    return rows
