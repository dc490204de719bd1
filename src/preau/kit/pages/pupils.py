"""What a page of pupils is drawn with (kit/base_pupil.html): for who reads or not, and as arranged for this one."""

from dataclasses import dataclass, field
from functools import cache

from django.conf import settings
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from preau.kit.spoken.labels import label

NON_READER, READER = "non-lecteur", "lecteur"
TINTS = {
    "me": "moss", "notebooks": "moss", "draw": "honey", "to-do": "honey", "speak": "peach", "write": "peach",
    "photo": "lilac", "journal": "lilac",
}  # fmt: skip
MOST, FEWER = 6, 4  # pictures on a screen (users.md, rule 9)


@dataclass(frozen=True)
class Arrangement:
    """« Affichage aménagé »: what is shown otherwise to one pupil. It says nothing of why."""

    fewer_tiles: bool = False
    is_spaced: bool = False
    font: str = ""  # schools.PupilDisplay.Font; empty for the house's
    has_guide: bool = False
    is_read_aloud: bool = False
    has_subtitles: bool = False
    is_stepped: bool = False  # a key goes from picture to picture, another chooses
    scans_every: int = 0  # seconds: each picture is lit in its turn, and one key chooses; 0: they are not
    signs_first: bool = False  # a video that has the same in LSF shows that one first

    def __bool__(self):
        return self != PLAIN

    @property
    def letters(self) -> str:
        """The static sheet of its own letters, where this machine has them (kit.assets.LETTERS)."""
        return f"fonts/{self.font}.css" if self.font and has_letters(self.font) else ""

    @property
    def attributes(self):
        """Those of <html>, a space before each."""
        named = {
            "reading": "spaced" if self.is_spaced else "",
            "font": self.font,
            "guide": self.has_guide,
            "subtitles": self.has_subtitles,
            "stepped": self.is_stepped,
            "scan": self.scans_every,
        }
        return format_html_join(
            "", ' data-{}="{}"', ((name, "" if value is True else value) for name, value in named.items() if value)
        )

    def few(self, tiles):
        """As many pictures as one screen shows: the first ones."""
        return tiles[: FEWER if self.fewer_tiles else MOST]


PLAIN = Arrangement()


@cache
def has_letters(name: str) -> bool:
    """Whether `build_assets` found these on this machine."""
    return (settings.BUILD_ROOT / f"assets/fonts/{name}.css").exists()


@dataclass(frozen=True)
class Tile:
    """A picture to touch: `key` is its phrase (kit/data/spoken.csv), `drawing` a static file."""

    key: str
    url: str
    drawing: str

    @property
    def words(self):
        return label(self.key).words

    @property
    def tint(self):
        """The colour on which it is drawn."""
        return TINTS.get(self.drawing.split("/")[-1].removesuffix(".svg"), "")


@dataclass(frozen=True)
class Screen:
    """`screen` of a page: empty addresses draw nothing."""

    skin: str = READER
    arranged: Arrangement = field(default=PLAIN)
    home_url: str = ""
    back_url: str = ""
    switch_url: str = ""  # « À toi ! », a POST
    is_muted: bool = False
    is_scanned_when_asked: bool = False  # several pupils' screen: one key begins

    @property
    def letters(self) -> str:
        """The static sheet of those of pupils, where this machine has them; not of one who reads in others."""
        return "fonts/andika.css" if not self.arranged.font and has_letters("andika") else ""

    @property
    def attributes(self):
        told = [' data-muted=""'] * self.is_muted + [' data-scan-asked=""'] * self.is_scanned_when_asked
        attributes = self.arranged.attributes
        return format_html('data-voice="cour" data-skin="{}"{}{}', self.skin, attributes, SafeString("".join(told)))


def six(url: str) -> list[Tile]:
    """The pictures of who does not read, all leading to `url`: what a page that shows them is tried with."""
    return [Tile(f"tile-{name}", url, f"kit/tiles/{name}.svg") for name in SIX]


SIX = ("me", "class", "draw", "speak", "photo", "listen")
