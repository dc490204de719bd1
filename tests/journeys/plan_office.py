"""The eight persons of the plan's journey, what they type, and what Préau knew before they came."""

import datetime
import re

from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.timezone import now as clock

from preau.plan.ambitions.actions import add_deck_ambitions
from preau.plan.equipment import actions as equipment
from preau.plan.premises import actions as premises
from tests.browser import open_page
from tests.rights.rollouts import open_premises

TODAY = localdate()
DAY = datetime.timedelta(days=1)
SECTIONS = {
    "projet": {"title": "Raconter la science", "project": "Chaque classe tient un carnet d’expériences."},
    "equipe": {"committed_count": "8", "posts_count": "9", "equipe-formation": "Deux temps avec l’ERUN."},
    "familles": {"familles-place": "Elles écoutent le carnet."},
    "equipement": {"equipement-souhaite": "Deux chariots."},
    "organisation": {"organisation-rangement": "Réserve du bas.", "organisation-tour": "Une semaine sur deux."},
    "conseils": {
        "teachers_council_on": (TODAY - 20 * DAY).isoformat(), "school_council_on": (TODAY - 10 * DAY).isoformat(),
        "conseils-avis": "Favorable.",
    },
}  # fmt: skip


class Office:
    """The eight persons, each with a page of their own that stays open."""

    def __init__(self, world, browser, server):
        self.world, self.browser, self.server, self.pages = world, browser, server, {}

    def at(self, name, path=None):
        """The person's page, at « Ce qui vous attend » unless told."""
        path = path or reverse("desk:home")
        if name not in self.pages:
            self.pages[name] = open_page(self.browser, self.server, path, account=self.world.account(name))
        else:
            self.pages[name].goto(path)
        return self.pages[name]

    def take(self, name, words):
        """Opens the first thing that waits for the person under these words."""
        page = self.at(name)
        with page.expect_navigation():  # or the next `press` would take this answer for its own
            page.locator("main th a", has_text=words).first.click()
        return page


def fill(page, **values):
    for name, value in values.items():
        page.fill(f"#id_{name}", value)


def press(page, words):
    """The button of a form; returns once its answer is there: the next press would cut it off."""
    with page.expect_navigation():
        page.get_by_role("button", name=words).first.click()


def save(page):
    """The main button of the page's form, as `press`."""
    with page.expect_navigation():
        page.locator("main form button.btn-main").last.click()


def answer_choices(page):
    """The first answer of each question with boxes to tick."""
    names = page.locator("main input:is([type=checkbox],[type=radio])").evaluate_all(
        "boxes => [...new Set(boxes.map((box) => box.name))]"
    )
    for name in names:
        page.locator(f"main input[name='{name}']").first.check()


def text_of(page):
    return re.sub(r"\s+", " ", page.locator("main").inner_text())


def known_before(world):
    """Ambitions, kit, premises."""
    agent, city, school = world.people["city_education"], world.cities["marelle"], world.schools["tilleuls"]
    add_deck_ambitions(person=agent, city=city, now=clock())
    equipment.publish_kit_version(
        person=agent,
        city=city,
        school_kind=school.kind,
        lines=equipment.deck_lines(school_kind=school.kind),
        published_on=TODAY,
        source="diaporama",
        now=clock(),
    )
    open_premises(school)
    premises.add_room(
        person=None,
        building=school.buildings.get(),
        name="Réserve",
        floor=0,
        kind="secured_store",
        has_power=True,
        now=clock(),
    )
