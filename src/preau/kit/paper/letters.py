"""Fonts for the letters that the pages' own has not: families' names and words, in each language they read.

Static files of wheels (SIL OFL): a variable one takes ten seconds to be set at one weight. PDF holds the letters used.
"""

from importlib import resources
from pathlib import Path

# {family: its module and its files}; the first has Cyrillic and Vietnamese, the second Arabic.
OTHER_FONTS = {
    "Fira": ("fontpkg_fira_sans", "FiraSans"),
    "Plex": ("fontpkg_ibm_plex_sans_arabic", "IBMPlexSansArabic"),
}
JOINED = "Plex"  # its letters change with their neighbours


def other_font(family: str, weight: str) -> Path:
    """The TTF of this weight, as installed."""
    module, name = OTHER_FONTS[family]
    return Path(str(resources.files(module).joinpath("files", f"{name}-{weight}.ttf")))
