"""What the browser tests share: pages at two widths, signed in or not, read by axe.

@pytest.mark.browser
def test_the_class_page_is_accessible(world, browser, live_server):
    for width in WIDTHS:
        page = open_page(browser, live_server, "/classes/…/", width=width, account=world.account("teacher"))
        assert_accessible(page, "portal/space_home.html")

A page that opens by its address alone has its line in tests/look; what needs a gesture names its template as above.
"""

import faulthandler
import os
import sys
import time
from functools import partial

from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.dispatch import receiver
from django.test import Client
from django.test.signals import template_rendered
from playwright.sync_api import TimeoutError, expect

from tests.contrast import LIST as PAIRS_LIST
from tests.contrast import faults_of_contrast
from tests.tally import ASKED_TWICE, PAGES, count
from tests.world import enter

# Playwright's event loop lives in the tests' thread, where Django would refuse to query.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

WIDTHS = (360, 1280)
NARROWEST = 320  # where a page still never scrolls sideways (WCAG 1.4.10)
HEIGHT = 800
PATIENCE_MS = 20_000
expect.set_options(timeout=PATIENCE_MS)  # a busy machine draws a page in more than the five seconds of Playwright
# A, AA and best practices: what the mock-ups were checked for.
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# Half of what axe costs, and read apart: contrast by tests/contrast.py, targets by SMALL below, which asks more, what a
# sheet does when the screen is turned, for which axe asks each sheet again, by tests/house/test_styles.py.
READ_APART = ("color-contrast", "target-size", "css-orientation-lock")
OPTIONS = {
    "runOnly": {"type": "tag", "values": TAGS}, "resultTypes": ["violations"], "preload": False,
    "rules": {rule: {"enabled": False} for rule in READ_APART},
}  # fmt: skip
AXE = Axe()
# What is wrong only: a whole answer, each rule with what it passed, costs as much to send as to find.
VIOLATIONS = """async (options) => (await axe.run(document, options)).violations.map(
  ({ id, impact, help, nodes }) => ({ id, impact, help, nodes: nodes.map(({ html }) => ({ html })) }))"""
OVER = """() => {
  const root = document.documentElement, over = root.scrollWidth - root.clientWidth;
  return over <= 0 ? [] : [...document.querySelectorAll('body *')]
    .filter((e) => e.getBoundingClientRect().right > root.clientWidth + .01)
    .map((e) => `${e.tagName} ${e.className} ${e.textContent.trim().slice(0, 40)}`).concat(`by ${over} px`);
}"""
# What opens the whole of its line, in no line: it would cover the page, and take each touch.
LOOSE = """() => [...document.querySelectorAll('.opens-all')]
  .filter((e) => e.checkVisibility() && e.offsetParent === document.body).map((e) => e.textContent.trim())"""
SMALL = """(smallest) => {
  const inSentence = (e) => getComputedStyle(e).display === 'inline'
    && (e.closest('p, li, dd, td, small, h2, h3') ?? e).textContent.trim() !== e.textContent.trim();
  return [...document.querySelectorAll('a, button, summary, input:not([type=hidden]), select, textarea, [role=button]')]
    .filter((e) => e.checkVisibility() && !e.closest('.skip') && !inSentence(e))
    .map((e) => [e, (e.matches('[type=checkbox], [type=radio]') ? e.labels[0] : e).getBoundingClientRect()])
    .filter(([, r]) => r.width && (r.width < 24 || r.height < smallest - .05))
    .map(([e, r]) => `${e.tagName} ${e.textContent.trim().slice(0, 30)} ${r.width}x${r.height}`);
}"""
# In one question: each costs as much to ask as most of them to answer. Null where axe is not in the page yet.
READ = f"""async (options) => 'axe' in window
  ? {{ over: ({OVER})(), loose: ({LOOSE})(), small: ({SMALL})(24), pairs: ({PAIRS_LIST})(),
    violations: await ({VIOLATIONS})(options) }} : null"""
# Texts squeezed in a column narrower than a word, one or two letters a line.
CUT = """() => [...document.querySelectorAll('main :is(p, b, li, dd, dt, td, th, h1, h2, h3, a, span)')]
  .filter((e) => e.checkVisibility() && !e.children.length && e.textContent.trim().length > 9)
  .filter((e) => { // heard only, as the head of a table shown in cards
    while (e && getComputedStyle(e).clipPath === 'none') e = e.parentElement;
    return !e;
  })
  .map((e) => [e, e.getBoundingClientRect(), parseFloat(getComputedStyle(e).fontSize)])
  .filter(([e, r, size]) => r.width > 2 && r.width < 2.2 * size && r.height > 6 * size)
  .map(([e, r]) => `${e.tagName} ${e.textContent.trim().slice(0, 30)} ${r.width}x${r.height}`)"""
# A cell shown as a card holds its label, then what it says beside it: a text after a chip or a link falls under the
# label unless one element holds both.
UNDER = """() => [...document.querySelectorAll('.table-cards td[data-label]')].flatMap((cell) =>
  [...cell.childNodes].filter((node) => {
    if (node.nodeType !== Node.TEXT_NODE || !node.data.trim()) return false;
    const range = document.createRange();
    range.selectNode(node);
    return getComputedStyle(cell).display === 'grid'
      && range.getBoundingClientRect().x < cell.getBoundingClientRect().x + 20;
  }).map((node) => `${cell.dataset.label}: ${node.data.trim()}`))"""
SEEN = f"""() => {{
  const titles = document.querySelectorAll('h1').length;
  return [
    ...(titles === 1 ? [] : [`titles: ${{titles}}`]), ...({SMALL})(44).map((each) => `too small to touch: ${{each}}`),
    ...({CUT})().map((each) => `cut in letters: ${{each}}`), ...({UNDER})().map((each) => `under a label: ${{each}}`),
  ];
}}"""
SHOWN = set()  # names of the templates drawn since the last page read: the server of the tests is in this process


@receiver(template_rendered)
def note_template(template, **rest):
    SHOWN.add(template.name)


def open_page(browser, live_server, path, *, width=1280, account=None, javascript=True):
    """A fresh context at `path`; `account` is signed in by its session cookie, as after the sign-in page."""
    page = new_page(browser, live_server, width=width, account=account, javascript=javascript)
    page.goto(path)
    return page


def new_page(browser, live_server, *, width=1280, account=None, javascript=True):
    """The same, still blank."""
    context = browser.new_context(
        viewport={"width": width, "height": HEIGHT},
        base_url=live_server.url,
        java_script_enabled=javascript,
        locale="fr-FR",
        timezone_id="Europe/Paris",
        reduced_motion="reduce",
    )
    if account is not None:
        context.add_cookies([session_cookie(live_server, account)])
    page = context.new_page()
    page.goto = partial(go, page.goto)
    page.wait_for_function = partial(wait_for_function, page)
    page.elsewhere = []  # requests to another origin: none is allowed (house law 7)
    page.on("request", lambda request: note_elsewhere(page, live_server, request.url))
    return page


def go(goto, path, **options):
    """Asked a second time when the page has not come: once in some ten thousand it never does, and nothing tells why.

    How often is printed at the end of the run, and what each thread was doing at once.
    """
    try:
        return goto(path, timeout=PATIENCE_MS, **options)
    except TimeoutError:
        count(ASKED_TWICE)
        faulthandler.dump_traceback(sys.__stderr__)
        return goto(path, **options)


def wait_for_function(page, expression):
    """Playwright's own asks again from inside the page, where our policy forbids `eval`: it waits for nothing there."""
    until = time.monotonic() + PATIENCE_MS / 1000
    while not page.evaluate(expression):
        assert time.monotonic() < until, f"{page.url} never has {expression}"
        page.wait_for_timeout(50)


def note_elsewhere(page, live_server, url):
    if not url.startswith((live_server.url, "data:", "blob:", "about:")):
        page.elsewhere.append(url)


class Finger:
    """Counts what one does: a touch, a choice, a file, a text typed."""

    def __init__(self, page):
        self.page, self.count = page, 0

    def touch(self, name, role="link"):
        self.count += 1
        self.page.get_by_role(role, name=name).first.click()

    def choose(self, path):
        self.count += 1
        self.page.locator("input[type=file]").set_input_files(path)

    def pick(self, label, choice):
        self.count += 1
        self.page.get_by_label(label).select_option(label=choice)

    def write(self, label, text, within=None):
        self.count += 1
        (within or self.page).get_by_label(label).first.fill(text)


def session_cookie(live_server, account):
    """The cookie of a session opened for this account."""
    client = Client()
    enter(client, account)
    value = client.cookies[settings.SESSION_COOKIE_NAME].value
    return {"name": settings.SESSION_COOKIE_NAME, "value": value, "url": live_server.url}


def assert_says(page, *texts):
    """The page says it, now or once it is there: right after a click, what one reads may still be empty."""
    for text in texts:
        expect(page.locator("body")).to_contain_text(text)


def assert_accessible(page, *templates):
    """No violation of WCAG 2.2 AA nor of axe's best practices; no target under 24 px; no sideways scroll; nothing asked
    elsewhere.

    `templates` are those the page is said to be drawn with: tests/house/test_looks.py asks that all of them be read.
    """
    assert set(templates) <= SHOWN, f"{page.url} is drawn with {sorted(SHOWN)}"
    SHOWN.clear()
    page.wait_for_load_state()
    if (told := page.evaluate(READ, OPTIONS)) is None:
        page.evaluate(AXE.axe_script)
        told = page.evaluate(READ, OPTIONS)
    violations = [
        f"{rule['id']} ({rule['impact']}): {rule['help']}: " + "; ".join(node["html"][:160] for node in rule["nodes"])
        for rule in told["violations"]
    ]
    violations += faults_of_contrast(page, told["pairs"])
    count(PAGES)
    assert not violations, f"{page.url} at {page.viewport_size['width']} px\n" + "\n".join(violations)
    assert_not_over(page, told["over"])
    assert not told["small"], f"{page.url} has targets under 24 px: {told['small']}"
    assert not told["loose"], f"{page.url} is covered by {told['loose']}"
    assert page.elsewhere == [], f"{page.url} asked another origin: {page.elsewhere}"


def assert_no_sideways_scroll(page):
    assert_not_over(page, page.evaluate(OVER))


def assert_not_over(page, over):
    assert over == [], f"{page.url} scrolls sideways at {page.viewport_size['width']} px: {over}"


def targets_too_small(page, smallest=44):
    """What one touches and is smaller than an adult's target (users.md rule 1): « tag text WxH ».

    A link inside a sentence is as tall as its line; a box is touched by its label.
    """
    return page.evaluate(SMALL, smallest)


def faults_seen(page):
    """Targets too small, words cut in letters, words under the label of a cell, not one title: in one question."""
    return page.evaluate(SEEN)


def faults_on_paper(page):
    """What a printed page shows and one cannot touch there, and what stays folded. A figure of the plan prints as it is
    shown: who opened it prints its parts."""
    page.emulate_media(media="print")
    faults = page.evaluate(
        """() => {
        const seen = (e) => e.checkVisibility({ contentVisibilityAuto: true }) && e.getBoundingClientRect().height;
        const touched = document.querySelectorAll('nav, .doors, .tabs, .pager, .foot, .verbs, .btn, button, .skip');
        const folded = document.querySelectorAll('main details:not([open], .figure) > :not(summary)');
        return [
          ...[...touched].filter(seen).map((e) => ['shown', e]),
          ...[...folded].filter((e) => seen(e.parentElement) && !seen(e)).map((e) => ['folded', e]),
        ].map(([fault, e]) => `${fault}: ${e.textContent.trim().slice(0, 30)}`);
        }"""
    )
    page.emulate_media(media="screen")
    return faults
