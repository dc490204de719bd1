"""Two ways to make the same gestures: the keyboard alone, with the focus always seen, and a browser without script."""

import re

# What has the focus: its words as heard, its name; whether the focus is drawn, on screen, and hidden by nothing fixed
# (WCAG 2.4.7 and 2.4.11).
FOCUS = """() => {
  const e = document.activeElement;
  if (!e || e === document.body) return null;
  const drawn = e.closest('.choice') ?? e;
  const box = drawn.getBoundingClientRect();
  const style = getComputedStyle(drawn);
  const inside = (value, most) => Math.min(Math.max(value, 1), most - 1);
  const at = document.elementFromPoint(
    inside(box.x + box.width / 2, innerWidth), inside(box.y + box.height / 2, innerHeight));
  return {
    words: (e.labels?.[0]?.innerText || e.getAttribute('aria-label') || e.innerText
      || e.querySelector('img')?.alt || '').replace(/\\s+/g, ' ').trim(),
    name: e.name || '',
    kind: e.tagName === 'INPUT' ? e.type : e.tagName.toLowerCase(),
    // A date's calendar button has its own ring, its field none: the browser says that the field is not focused.
    seen: !e.matches(':focus') || parseFloat(style.outlineWidth) >= 2 && style.outlineStyle !== 'none'
      && box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth
      && !!at && (drawn.contains(at) || at.contains(drawn)),
  };
}"""


class Keys:
    """Tab, Enter, Space, arrows inside a set of choices, and letters: no pointer at all."""

    javascript = True

    def __init__(self, page):
        self.page = page

    def follow(self, words):
        """A link, by what it says."""
        self._go(words, ("a",))
        self._leave("Enter")

    def unfold(self, words):
        """What is folded under these words."""
        self._go(words, ("summary",))
        self.page.keyboard.press("Enter")

    def press(self, words):
        """A button that sends."""
        self._go(words, ("button",))
        self._leave("Enter")

    def write(self, label, text):
        """In the field of this label, whatever it held."""
        stop = self._go(label, ("text", "textarea", "password", "number", "search", "email", "tel", "date"))
        if stop["kind"] == "date":
            self._write_day(text)
            return
        self.page.keyboard.press("Control+A")
        self.page.keyboard.type(text)

    def _write_day(self, day):
        """Day, month, year one after the other, or the month first: the browser's own language says, not the page's."""
        year, month, number = day.split("-")
        for typed in (f"{number}{month}{year}", f"{month}{number}{year}"):
            self.page.keyboard.type(typed)
            if self.page.evaluate("document.activeElement.value") == day:
                return
            for _ in range(2):
                self.page.keyboard.press("ArrowLeft")
        raise AssertionError(f"{day} cannot be typed on {self.page.url}")

    def choose(self, label):
        """One of several, or a box to tick."""
        stop = self._go_to_choice(label)
        if stop["kind"] == "checkbox" or not self.page.evaluate("document.activeElement.checked"):
            self.page.keyboard.press("Space")
        assert self.page.evaluate("document.activeElement.checked"), label

    def give(self, label, files):
        self._go(label, ("file",))
        self.page.locator(":focus").set_input_files(files)  # the window that Space opens is the system's own

    def _leave(self, key):
        with self.page.expect_navigation():
            self.page.keyboard.press(key)

    def _go_to_choice(self, label):
        for _ in range(90):
            stop = self._tab()
            # One stop of Tab for a whole set: arrows move inside it.
            for _ in range(12 if stop["kind"] == "radio" else 0):
                if stop["words"].startswith(label):
                    break
                self.page.keyboard.press("ArrowDown")
                stop = self._stop()
            if stop["kind"] in ("radio", "checkbox") and stop["words"].startswith(label):
                return stop
        raise AssertionError(f"« {label} » is out of the keyboard's reach on {self.page.url}")

    def _go(self, words, kinds):
        met = []
        for _ in range(90):
            stop = self._tab()
            if stop["kind"] in kinds and stop["words"].startswith(words):
                return stop
            met.append(stop["words"][:24])
        raise AssertionError(f"« {words} » is out of the keyboard's reach on {self.page.url}: {met}")

    def _tab(self):
        self.page.keyboard.press("Tab")
        return self._stop()

    def _stop(self):
        nowhere = {"words": "", "kind": "", "name": "", "seen": True}
        stop = self.page.evaluate(FOCUS) or nowhere
        assert stop["seen"], f"« {stop['words']} » has a focus that is not seen on {self.page.url}"
        return stop


class Pointer:
    """Without script: what a click and a form do alone."""

    javascript = False

    def __init__(self, page):
        self.page = page

    def follow(self, words):
        self._first("link", words).click()

    def unfold(self, words):
        self.page.locator("summary", has_text=_starts(words)).first.click()

    def press(self, words):
        self._first("button", words).click()

    def write(self, label, text):
        self.page.get_by_label(_starts(label)).first.fill(text)

    def choose(self, label):
        self.page.get_by_label(_starts(label)).first.check()

    def give(self, label, files):
        self.page.get_by_label(_starts(label)).set_input_files(files)

    def _first(self, role, words):
        return self.page.get_by_role(role, name=_starts(words)).first


def _starts(words):
    return re.compile(f"^\\s*{re.escape(words)}")


HANDS = (Keys, Pointer)
