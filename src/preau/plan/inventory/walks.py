"""The paper sheet of a walk: a place to tick for each thing, room by room, and empty lines for other labels. Pure."""

from itertools import groupby

from django.utils.timezone import localdate

from preau.kit.dates import day_text
from preau.kit.paper import Paper

EMPTY_LINES = 8
HEADER = ("Vu", "Étiquette", "Bien", "Chariot, place")
WIDTHS = (1, 2.4, 6, 3)


def draw(*, school, room, assets, now) -> bytes:
    """The PDF. `assets` are in the order of the walk."""
    where = room.name if room else "toute l’école"
    paper = Paper(
        f"Comptage, {school.shown_name}",
        now,
        head=(school.full_name, day_text(localdate(now))),
        foot=f"Comptage, {where}",
    )
    paper.title_line(f"Compter, {where}")
    paper.paragraph(
        "Cochez ce que vous voyez. Recopiez ensuite la feuille sur la page «\u00a0Compter\u00a0» de cette école."
    )
    for spot, things in groupby(assets, key=lambda asset: asset.room):
        paper.section(spot.name if spot else "Local non précisé")
        paper.grid(HEADER, [_row(asset) for asset in things], widths=WIDTHS)
    paper.section("Étiquettes vues qui ne sont pas dans la liste")
    paper.grid(("Étiquette", "Ce que c’est"), [("", "")] * EMPTY_LINES, widths=(1, 3), tall=True)
    return paper.finish()[0]


def _row(asset):
    cart = f"{asset.cart.shown_tag}, {asset.slot}" if asset.cart else ""
    return "[    ]", asset.shown_tag, asset.label, cart
