"""A visitor who opens what pages offer, fills each form with the first thing that comes, and presses its button."""

import re
from collections import Counter
from dataclasses import dataclass, field

import lxml.html

from tests.rights.posted import filled

ID = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}|\d+")
LEFT_ALONE = re.compile(r"^/(sortir|static|photos|medias|entrer)/|/telecharger/")
SAYS = "//*[@role='status' or @role='alert' or contains(@class, 'error')]"
MOST_PAGES = 120
MOST_ALIKE = 2  # pages of one address but for its numbers


@dataclass
class Visitor:
    """`pressed`: how many buttons; `failed`: what answered by a fault; `mute`: what was done and said nothing."""

    client: object
    pressed: int = 0
    failed: list = field(default_factory=list)
    mute: list = field(default_factory=list)
    known: set = field(default_factory=set)

    def press_all(self, start):
        """Each button once, on the pages that links lead to from `start`."""
        todo, seen, alike = [start], set(), Counter()
        while todo and len(seen) < MOST_PAGES:
            path = todo.pop(0)
            shape = shape_of(path)
            if path not in seen and alike[shape] < MOST_ALIKE:
                seen.add(path)
                alike[shape] += 1
                todo += self.look_at(path)

    def look_at(self, path):
        """Presses what is on this page; the links it holds."""
        page, answer = self.ask("get", path)
        if page is None:
            return []
        for form in page.xpath("//form[@method='post'][not(.//input[@type='file'][@required])]"):
            address = form.get("action") or answer.request["PATH_INFO"]
            button = shape_of(address), label_of(form)
            if button not in self.known and not LEFT_ALONE.search(address):
                self.known.add(button)
                self.press(form, address)
        links = (link.partition("#")[0] for link in page.xpath("//a/@href"))
        return [link for link in links if link.startswith("/") and not LEFT_ALONE.search(link)]

    def press(self, form, address):
        self.pressed += 1
        page, answer = self.ask("post", address, filled(form))
        if page is not None and answer.redirect_chain and not any(e.text_content().strip() for e in page.xpath(SAYS)):
            self.mute.append((address, label_of(form)))

    def ask(self, method, path, *sent):
        """(the page, its answer); no page for a document, nor for a fault, which is noted."""
        try:
            answer = getattr(self.client, method)(path, *sent, follow=True)
        except Exception as fault:  # any at all is what this looks for
            self.failed.append(f"{method} {path}: {fault!r}")
            return None, None
        if answer.status_code >= 500:
            self.failed.append(f"{method} {path}: {answer.status_code}")
        is_page = "html" in answer.get("Content-Type", "") and not answer.streaming and answer.content
        return lxml.html.fromstring(answer.content) if is_page else None, answer


def shape_of(path):
    return ID.sub("#", path.partition("?")[0])


def label_of(form):
    return " ".join(" ".join(button.text_content().split()) for button in form.iter("button"))
