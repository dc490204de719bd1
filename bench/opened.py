"""What a telephone downloads when it opens a page with nothing kept: bytes on the wire, headers included. Prints JSON.

    python -m bench.opened --port 8000 <<< '[["guardian home", "/aujourdhui/", "sessionid=…"]]'

A picture further down is asked when the reader comes near it (`loading="lazy"`): Chromium decides how near, so it is
the one that measures (360 × 800, the telephone of users.md).
"""

import argparse
import contextlib
import json
import shutil
import sys

from playwright.sync_api import sync_playwright

SCREEN = {"width": 360, "height": 800}


def main():
    parser = argparse.ArgumentParser(prog="python -m bench.opened")
    parser.add_argument("--port", type=int, default=8000)
    asked, wanted = parser.parse_args(), json.load(sys.stdin)
    origin = f"http://localhost:{asked.port}"
    with chromium() as browser:
        print(json.dumps({name: opened(browser, origin, path, cookie) for name, path, cookie in wanted}))


@contextlib.contextmanager
def chromium():
    """A browser of the system's, as long as it serves."""
    path = shutil.which("chromium-headless-shell") or shutil.which("chromium")
    if path is None:
        raise SystemExit("bin/bench opens pages in Chromium: apt-get install chromium-headless-shell")
    with sync_playwright() as driver:
        yield driver.chromium.launch(executable_path=path)


def opened(browser, origin, path, cookie):
    """Bytes of one page and of all it loads by itself, in a browser that keeps nothing."""
    context = browser.new_context(viewport=SCREEN)
    pairs = [pair.split("=", 1) for pair in cookie.split("; ") if pair]
    context.add_cookies([{"name": name, "value": value, "url": origin} for name, value in pairs])
    page, sizes = context.new_page(), []
    network = context.new_cdp_session(page)
    network.send("Network.enable")
    network.on("Network.loadingFinished", lambda event: sizes.append(event["encodedDataLength"]))
    answer = page.goto(origin + path)
    page.wait_for_load_state("networkidle")
    if answer.status != 200 or not page.url.endswith(path):
        raise SystemExit(f"{path} answered {answer.status} at {page.url}")
    context.close()
    return round(sum(sizes))


if __name__ == "__main__":
    main()
