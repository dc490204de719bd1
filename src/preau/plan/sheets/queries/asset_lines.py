"""A sheet of assets read line by line: the columns that the list gives when it is taken away, in any order.

Bad lines are named and left out; nothing is guessed. Nothing here reads the base.
"""

import re
from dataclasses import asdict, dataclass
from datetime import date

from preau.kit.names import name_key
from preau.kit.sheets import BadCell, Cells, read_cents, read_day, read_rows
from preau.kit.tables import Table, TableProblem
from preau.places.models import as_uai
from preau.plan.equipment.models import REGIME_WORDS, TaxRegime
from preau.plan.inventory.models import Funding, Kind, OffSwitch, State, clean_tag, is_tag
from preau.plan.sheets.queries.asset_known import serial_key
from preau.plan.sheets.queries.plan_lines import IS_TOTAL

LABELS = {
    "tag": ("étiquette", "code", "tag", "qr code"),
    "kind": ("nature", "type", "catégorie", "type de matériel", "kind"),
    "label": ("désignation", "libellé", "modèle", "marque et modèle", "nom", "matériel", "bien"),
    "serial": ("numéro de série", "n° de série", "n° série", "no de série", "série", "serial", "s/n", "sn"),
    "state": ("état", "statut", "state"),
    "school": ("école", "nom de l’école", "établissement", "site", "affectation", "school"),
    "uai": ("uai", "code uai", "numéro uai", "n° uai", "rne", "code rne"),
    "building": ("bâtiment", "bat", "building"),
    "room": ("local", "salle", "pièce", "emplacement", "room"),
    "cart": ("chariot", "classe mobile", "étiquette du chariot"),
    "slot": ("place", "place du chariot"),
    "slots": ("places d’élèves", "nombre de places", "nb places"),
    "received": ("livré le", "date de livraison", "date d’achat", "reçu le"),
    "ref": ("bon de livraison", "n° de bon", "bl", "commande"),
    "funding": ("financement", "financeur", "payé par"),
    "price": ("prix", "prix unitaire", "montant", "coût", "valeur"),
    "regime": ("ht/ttc", "ht ou ttc", "régime", "régime fiscal"),
    "off_switch": ("extinction", "s’éteint par", "extinction du wi-fi", "interrupteur"),
}  # fmt: skip
WORDS = {
    "tag": "étiquette", "kind": "nature", "label": "désignation", "serial": "numéro de série", "state": "état",
    "school": "école", "uai": "UAI", "building": "bâtiment", "room": "local", "cart": "chariot",
    "slot": "place dans le chariot", "slots": "places d’élèves du chariot", "received": "livré le",
    "ref": "bon de livraison", "funding": "financement", "price": "prix", "regime": "HT ou TTC",
    "off_switch": "extinction du Wi-Fi",
}  # fmt: skip
STORE = {"reserve de la ville", "reserve", "stock", "stock de la ville"}
KINDS = {name_key(kind.label): kind for kind in Kind} | {
    "tableau": Kind.BOARD,
    "triptyque": Kind.BOARD,
    "videoprojecteur": Kind.PROJECTOR,
    "vpi": Kind.PROJECTOR,
    "vp": Kind.PROJECTOR,
    "pc": Kind.PC,
    "ordinateur": Kind.PC,
    "ordinateur fixe": Kind.PC,
    "fixe": Kind.PC,
    "portable": Kind.LAPTOP,
    "pc portable": Kind.LAPTOP,
    "tablettes": Kind.TABLET,
    "ipad": Kind.TABLET,
    "classe mobile": Kind.CART,
    "chariot": Kind.CART,
    "borne": Kind.ACCESS_POINT,
    "point d acces": Kind.ACCESS_POINT,
    "imprimantes": Kind.PRINTER,
    "enceintes": Kind.SOUND,
    "appareil photo": Kind.CAMERA,
    "camera": Kind.CAMERA,
    "microphone": Kind.MICROPHONE,
    "visualiseurs": Kind.VISUALISER,
    "autre": Kind.OTHER,
}
STATES = {name_key(state.label): state for state in State} | {
    "en stock": State.IN_STOCK,
    "stock": State.IN_STOCK,
    "deploye": State.DEPLOYED,
    "installe": State.DEPLOYED,
    "commande": State.EXPECTED,
    "reparation": State.IN_REPAIR,
    "sav": State.IN_REPAIR,
    "perdu": State.MISSING,
    "reforme": State.RETIRED,
    "sorti": State.DISPOSED,
}
FUNDINGS = {name_key(funding.label): funding for funding in Funding} | {
    "": Funding.UNKNOWN,
    "mairie": Funding.CITY,
    "commune": Funding.CITY,
    "education nationale": Funding.STATE,
    "autre": Funding.OTHER,
}
OFF_SWITCHES = {name_key(each.label): each for each in OffSwitch} | {
    "bouton": OffSwitch.BUTTON,
    "interrupteur": OffSwitch.BUTTON,
    "interrupteur de la borne": OffSwitch.BUTTON,
    "chariot": OffSwitch.CART,
    "interrupteur du chariot": OffSwitch.CART,
    "minuterie": OffSwitch.TIMER,
    "programmateur": OffSwitch.TIMER,
    "controleur": OffSwitch.CONTROLLER,
}
TAXES = REGIME_WORDS | {name_key(regime.label): regime for regime in TaxRegime}


@dataclass(frozen=True)
class AssetLine:
    """One line understood; what it does not say is empty, and says nothing of what Préau knows."""

    number: int
    tag: str
    kind: str
    label: str
    serial: str
    state: str
    school: str
    in_store: bool
    uai: str
    building: str
    room: str
    cart: str  # its tag, its serial number or its designation
    slot: str
    slots: int | None
    received: str  # ISO day
    ref: str
    funding: str  # empty when no column says it
    cents: int | None
    regime: str
    off_switch: str = ""  # of an access point; drafts read before this column had none

    @property
    def is_named(self) -> bool:
        """It has a label or a serial number: it is itself and no other."""
        return bool(self.tag or self.serial)

    @property
    def received_on(self) -> date | None:
        return date.fromisoformat(self.received) if self.received else None

    def as_json(self) -> dict:
        return asdict(self)


def missing_of(table: Table, columns: dict, said: dict) -> str:
    """What keeps the table from being read, as a sentence; empty when nothing does."""
    if {"label", "tag", "serial"} & set(columns):
        return ""
    return "Aucune colonne ne nomme les biens. Dites laquelle donne leur désignation, leur étiquette ou leur numéro."


def read_lines(table: Table, columns: dict, today: date) -> tuple[list[AssetLine], list[TableProblem], list[dict]]:
    """Lines understood and those to review; a total line is no thing."""
    seen = {}

    def read(number, cells):
        named = next((cells[field] for field in ("label", "tag", "school", "kind") if cells.get(field)), "")
        if IS_TOTAL.match(name_key(named)) and not cells.get("serial"):
            return None
        line = _read_line(number, cells, today)
        _refuse_twice(line, seen)
        return line

    return *read_rows(table, columns, read), []


def _refuse_twice(line, seen):
    for column, what, key in (
        ("Étiquette", "cette étiquette", line.tag),
        ("Numéro de série", "ce numéro de série", line.serial and f"{line.kind} {serial_key(line.serial)}"),
    ):
        if key and (column, key) in seen:
            raise BadCell(column, f"{what} est déjà à la ligne {seen[column, key]}. Gardez une seule des deux lignes.")
        seen[column, key] = line.number


def _read_line(number, cells, today) -> AssetLine:
    given = {name: cells.get(name, "") for name in LABELS}
    given["serial"] = given["serial"] if serial_key(given["serial"]) else ""  # « - » is no number
    tag = clean_tag(given["tag"]) if given["tag"] else ""
    uai = as_uai(given["uai"])
    in_store = name_key(given["school"]) in STORE
    reading = Cells()
    reading.read(_check_named, given, tag, uai)

    def choice(column, field, known, example):
        return reading.read(_choice, column, given[field], known, example)

    regime = reading.read(_regime, given["regime"])
    cents = reading.read(_price, given["price"])
    line = AssetLine(
        number,
        tag,
        choice("Nature", "kind", KINDS, "tablette"),
        given["label"][:120],
        given["serial"][:80],
        choice("État", "state", STATES, "en service"),
        "" if in_store else given["school"],
        in_store,
        uai,
        given["building"][:80],
        given["room"][:80],
        given["cart"],
        given["slot"].upper(),
        reading.read(_slots, given["slots"]),
        reading.read(_received, given["received"], today),
        given["ref"][:80],
        choice("Financement", "funding", FUNDINGS, "Ville"),
        cents,
        "" if cents is None else regime,
        choice("Extinction", "off_switch", OFF_SWITCHES, "son interrupteur"),
    )
    reading.check()
    return line


def _check_named(given, tag, uai):
    if tag and not is_tag(tag):
        raise BadCell(
            "Étiquette",
            f"«\u00a0{given['tag']}\u00a0» n’a pas les six signes d’une étiquette. "
            "Corrigez-la, ou laissez la case vide\u00a0: Préau en donnera une.",
        )
    if uai and not re.fullmatch(r"\d{7}[A-Z]", uai):
        raise BadCell("UAI", f"«\u00a0{uai}\u00a0» n’a pas la forme d’un UAI. Écrivez sept chiffres et une lettre.")
    if not (tag or given["serial"] or given["label"]):
        raise BadCell("Désignation", "la ligne ne nomme aucun bien. Écrivez au moins sa désignation.")


def _choice(column, text, known, example) -> str:
    if not text:
        return ""
    if name_key(text) not in known:
        raise BadCell(column, f"«\u00a0{text}\u00a0» n’est pas connu ici. Écrivez par exemple «\u00a0{example}\u00a0».")
    return str(known[name_key(text)].value)


def _slots(text) -> int | None:
    if not text:
        return None
    if not re.fullmatch(r"\d{1,2}", text) or not 1 <= int(text) <= 30:
        raise BadCell("Places d’élèves", "écrivez un nombre de 1 à 30, ou rien.")
    return int(text)


def _received(text, today) -> str:
    """A day, whole: a year alone would be a date that nobody wrote."""
    try:
        day, is_known = read_day(text, today)
    except BadCell:
        is_known = False
    if text and not is_known:
        raise BadCell(
            "Livré le", f"«\u00a0{text}\u00a0» n’est pas un jour passé. Écrivez-le comme 15/06/2016, ou rien."
        )
    return day if text else ""


def _regime(text) -> str:
    said = name_key(text)
    if said not in TAXES:
        raise BadCell("HT/TTC", f"«\u00a0{text}\u00a0» n’est ni HT ni TTC. Écrivez l’un des deux, ou rien.")
    return str(TAXES[said].value)


def _price(text) -> int | None:
    if not text:
        return None
    try:
        return read_cents(text)
    except BadCell as bad:
        raise BadCell("Prix", bad.reason)
