"""The three papers of an opening, filled from what the product declares: the notice to families, the convention between
the city and the académie, the impact study (AIPD). Drafts: what the law or a convention decides stays a blank line."""

from preau.kit.digest import digest_json
from preau.privacy.papers.convention import convention
from preau.privacy.papers.notice import notice
from preau.privacy.papers.parts import DRAFT, FOOT, Paper, Part
from preau.privacy.papers.study import study

KINDS = {"notice": notice, "convention": convention, "aipd": study}
BLANK = "……………………"


def paper(kind: str, city=None) -> Paper:
    """Of one of KINDS; without a city its name is a blank line."""
    return KINDS[kind](city.name if city else BLANK, city.department.academy if city else BLANK)


def version() -> str:
    """The same as long as none of the three changed, of whatever city: eight signs, printed on each."""
    return digest_json([[kind, str(paper(kind))] for kind in KINDS])[:8]


__all__ = ["DRAFT", "FOOT", "KINDS", "Paper", "Part", "paper", "version"]
