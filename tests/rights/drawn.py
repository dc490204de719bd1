"""Which page is drawn for whom, noted while the matrix asks: axe owes a reading to each (tests/look)."""

from tests.look import NOBODY, WITHOUT_ACCOUNT, lines
from tests.rights.matrix import OUTSIDE
from tests.world import audience_of

# The same bytes for all (tests/ent/lessons/test_late.py), and its script leaves it at once where no pupil is in: axe
# reads it in tests/journeys/test_cut_line.py.
SAME_FOR_ALL = {"lessons:offline_tool"}


class Drawn(dict):
    """{(template, audience): (address, actor) that first drew it}"""

    def note(self, actor, name, response):
        """One page that answered."""
        if response.headers["Content-Type"].startswith("text/html") and getattr(response, "templates", None):
            audience = audience_of(None if actor in OUTSIDE or name in SAME_FOR_ALL else actor)
            self.setdefault((response.templates[0].name, audience), (name, actor or NOBODY))


def pairs_read():
    """{(template, audience)} that tests/look opens and reads."""
    return {
        (template, audience_of(None if actor.startswith((NOBODY, *WITHOUT_ACCOUNT)) else actor))
        for template, _, actors in lines()
        for actor in actors.split()
    }
