"""Public holidays, computed from the year: those of the whole country, and those of some départements alone."""

from datetime import date, timedelta
from functools import cache

from django.utils.translation import gettext_noop as _

EVERYWHERE = "article L3133-1 du code du travail"
# Of the ministry's files (`data/`), as families' pages say them; what an operator writes otherwise is left as written.
SCHOOL_HOLIDAYS = (
    _("Vacances de la Toussaint"), _("Vacances de Noël"), _("Vacances d’hiver"), _("Vacances de printemps"),
    _("Vacances d’été"), _("Pont de l’Ascension"),
)  # fmt: skip
# (month, day) or days after Easter: label
FIXED = {
    (1, 1): _("Jour de l’an"), (5, 1): _("Fête du travail"), (5, 8): _("Victoire 1945"), (7, 14): _("Fête nationale"),
    (8, 15): _("Assomption"), (11, 1): _("Toussaint"), (11, 11): _("Armistice 1918"), (12, 25): _("Noël"),
}  # fmt: skip
AFTER_EASTER = {1: _("Lundi de Pâques"), 39: _("Ascension"), 50: _("Lundi de Pentecôte")}

# The law says Good Friday of the communes with a Protestant church or a shared one: schools close in all of them.
ALSACE_MOSELLE, ALSACE_MOSELLE_LAW = ("57", "67", "68"), "article L3134-13 du code du travail"
ABOLITION, ABOLITION_LAW = _("Abolition de l’esclavage"), "décret n°\u00a083-1003 du 23\u00a0novembre\u00a01983"
ABOLITION_DAYS = {"971": (5, 27), "972": (5, 22), "973": (6, 10), "974": (12, 20), "976": (4, 27)}


def easter(year: int) -> date:
    """Easter Sunday of the Gregorian calendar (Meeus, Jones and Butcher)."""
    century, of_century = divmod(year, 100)
    moon = (19 * (year % 19) + century - century // 4 - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    sunday = (32 + 2 * (century % 4) + 2 * (of_century // 4) - moon - of_century % 4) % 7
    late = (year % 19 + 11 * moon + 22 * sunday) // 451
    month, day = divmod(moon + sunday - 7 * late + 114, 31)
    return date(year, month, day + 1)


@cache
def public_holidays(year: int, code: str) -> dict[date, tuple[str, str]]:
    """{day: (label, law)} of a year in the département of this code, in order; of the whole country for no code."""
    sunday = easter(year)
    days = {date(year, *at): (label, EVERYWHERE) for at, label in FIXED.items()}
    # Where two fall on one day (Ascension on 8 May, 2035), the fixed one gives its name.
    days = {sunday + timedelta(days=after): (label, EVERYWHERE) for after, label in AFTER_EASTER.items()} | days
    if code in ALSACE_MOSELLE:
        days[sunday - timedelta(days=2)] = (_("Vendredi saint"), ALSACE_MOSELLE_LAW)
        days[date(year, 12, 26)] = (_("26 décembre"), ALSACE_MOSELLE_LAW)
    if code in ABOLITION_DAYS:
        days.setdefault(date(year, *ABOLITION_DAYS[code]), (ABOLITION, ABOLITION_LAW))
    return dict(sorted(days.items()))
