"""The dossier on paper, a page for each guardian and child. It prints no contact detail: a child carries the sheets of
both their parents."""

from django.utils.translation import gettext, override
from django.utils.translation import gettext_noop as _

from preau.ent.yearfile.models import Item
from preau.ent.yearfile.texts import CHARTER
from preau.kit.paper import draw_sheet

SIGN = _("Date et signature")
# By item: what is asked, the lines to write on, the boxes to tick.
ASKED = {
    Item.CONTACTS: (_("Écrivez seulement ce qui a changé\u00a0: téléphone, courriel, adresse."), 3, ()),
    Item.PICKUPS: (_("Prénom, nom, lien avec l’enfant. Rien d’écrit\u00a0: vous seuls."), 3, ()),
    Item.INSURANCE: (_("Joignez l’attestation de cette année."), 0, (_("Elle est avec cette fiche"),)),
    Item.SHARING: (
        _("Les associations de parents de l’école peuvent avoir mon nom, mon adresse et mon courriel."), 0,
        (_("oui"), _("non")),
    ),
    Item.CHARTER: (" ".join(CHARTER), 0, (_("J’ai lu la charte"),)),
}  # fmt: skip


def sheet(*, school, child, guardian, items, due, address, language) -> dict:
    """What one page says, in French and under it in `language` (a code, or empty)."""
    parts = [_part(item, language) for item in items]
    with override(language or None):
        sign = SIGN if not language else f"{SIGN} / {gettext(SIGN)}"
    said = {"school": school, "child": child, "guardian": guardian, "due": due, "address": address}
    return said | {"parts": parts, "sign": sign}


def _part(item, language):
    text, lines_count, boxes = ASKED[item]
    title = str(item.label)
    if not language:
        return [title, _french(item, text), "", lines_count, list(boxes)]
    with override(language):
        other = " ".join(gettext(each) for each in CHARTER) if item == Item.CHARTER else gettext(text)
        said = f"{gettext(title)}. {other}"
        both = [each if gettext(each) == each else f"{each} / {gettext(each)}" for each in boxes]
    return [title, _french(item, text), said, lines_count, both]


def _french(item, text):
    return " ".join(CHARTER) if item == Item.CHARTER else text


def draw(sheets, *, title, now) -> bytes:
    """The PDF."""
    return draw_sheet("preau.ent.yearfile.drawn", title, now, sheets=sheets)
