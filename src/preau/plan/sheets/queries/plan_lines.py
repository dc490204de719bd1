"""A city's own spreadsheet read line by line: school, UAI, kind, year, classes equipped, amount, HT/TTC,
where the school is, source.

Bad lines are named and left out; nothing is guessed. Nothing here reads the base.
"""

import re
from dataclasses import asdict, dataclass, field
from datetime import date

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from preau.kit.money import counted
from preau.kit.names import name_key
from preau.kit.points import NotAPlace, check_place, read_degrees
from preau.kit.sheets import BadCell, Cells, read_cents, read_day, read_rows
from preau.kit.tables import Table, TableProblem, header_key
from preau.people.contacts import tidy_contact
from preau.people.models import Contact
from preau.places.models import School, as_postcode, as_uai
from preau.plan.equipment.models import REGIME_WORDS, TaxRegime

LABELS = {
    "school": ("école", "écoles", "nom de l’école", "nom", "nom école", "établissement", "school"),
    "uai": ("uai", "code uai", "numéro uai", "n° uai", "rne", "code rne"),
    "kind": ("nature", "type", "type école", "type d’école", "nature de l’école", "catégorie", "kind"),
    "year": (
        "année", "année d’équipement", "année de réception", "année scolaire", "exercice", "date",
        "date de réception", "date d’équipement", "équipée le", "équipée en", "reçue le", "year",
    ),
    "equipped": (
        "classes équipées", "nombre de classes équipées", "nb classes équipées", "nb de classes équipées",
        "classes reçues", "classes équip", "nb classes équip", "nb de classes équip", "classes equipped",
    ),
    "classes": (
        "classes de l’école", "nombre de classes de l’école", "classes", "nombre de classes",
        "nb classes", "nb de classes", "total classes",
    ),
    "amount": ("montant", "montant €", "montant en euros", "montant total", "coût", "coût total", "dépense", "amount"),
    "amount_ht": ("montant ht", "montant total ht", "coût ht", "coût total ht", "dépense ht"),
    "amount_ttc": ("montant ttc", "montant total ttc", "coût ttc", "coût total ttc", "dépense ttc"),
    "regime": ("ht/ttc", "ht ou ttc", "ttc/ht", "régime", "régime fiscal"),
    "latitude": ("latitude", "lat", "latitude wgs84"),
    "longitude": ("longitude", "lon", "long", "lng", "longitude wgs84"),
    "address": ("adresse", "adresse postale", "rue"),
    "postcode": ("code postal",),
    "phone": ("téléphone", "tél", "numéro de téléphone"),
    "email": ("courriel", "mail", "e-mail", "adresse mail", "adresse électronique"),
    "source": ("source", "origine", "pièce"),
}  # fmt: skip
# Of the school, or equipped? They say neither.
UNSURE = {
    header_key(title) for title in ("classes", "nombre de classes", "nb classes", "nb de classes", "total classes")
}
WORDS = {
    "school": "nom de l’école", "uai": "UAI", "kind": "nature de l’école", "year": "année ou jour",
    "equipped": "classes équipées", "classes": "classes de l’école", "amount": "montant", "amount_ht": "montant HT",
    "amount_ttc": "montant TTC", "regime": "HT ou TTC", "latitude": "latitude", "longitude": "longitude",
    "address": "adresse", "postcode": "code postal", "phone": "téléphone", "email": "courriel", "source": "source",
}  # fmt: skip
IS_TOTAL = re.compile(r"(sous )?tota(l|ux)\b|ensemble$")
COUNTS, AMOUNTS = ("equipped", "classes"), ("amount", "amount_ht", "amount_ttc")
SUMMED = (*COUNTS, *AMOUNTS)  # what a total line may add
MOST_CLASSES = 99
CONTACT = {name: School._meta.get_field(name).max_length for name in School.CONTACT}


@dataclass(frozen=True)
class PlanLine:
    """One line understood. `equipped` and `amount_cents` may be empty; `classes` is the school's own count if given."""

    number: int
    school: str
    uai: str
    kind: str
    day: str  # ISO day; « 2016-12-31 » when the year alone is known
    day_is_known: bool
    equipped: int
    classes: int | None
    amount_cents: int | None
    regime: str
    source: str
    ht_cents: int | None = None  # beside an amount with VAT, when the line says both
    latitude: str = ""  # decimal degrees, five decimals; both or none
    longitude: str = ""
    by_column: dict = field(default_factory=dict)  # cents of each column of amounts, as written
    contact: dict = field(default_factory=dict)  # {one of CONTACT: text}, what is written of it

    @property
    def year(self) -> int | None:
        return int(self.day[:4]) if self.day else None

    def as_json(self) -> dict:
        return asdict(self)


def plan_lines_of(draft) -> list[PlanLine]:
    """What was read of a table, line by line."""
    return [PlanLine(**line) for line in draft.lines]


def missing_of(table: Table, columns: dict, said: dict) -> str:
    """What keeps the table from being read, as a sentence; empty when nothing does."""
    if "school" not in columns and "uai" not in columns:
        return "Aucune colonne ne nomme les écoles. Dites laquelle donne leur nom ou leur UAI."
    title = table.header[columns["classes"]] if columns.get("classes", len(table.header)) < len(table.header) else ""
    if "equipped" not in columns and header_key(title) in UNSURE and header_key(title) not in said:
        return (
            f"La colonne «\u00a0{title}\u00a0» ne dit pas si elle compte les classes de l’école ou celles qui sont "
            "équipées. Dites-le."
        )
    counts = {"equipped", "amount", "amount_ht", "amount_ttc"} & set(columns)
    if counts and "year" not in columns:
        return "Aucune colonne ne dit l’année des classes et des montants. Dites laquelle, ou ajoutez-la."
    if not counts and not {"classes", "latitude", "kind", *CONTACT} & set(columns):
        return "Il n’y a ni classes, ni montants, ni lieux, ni nature d’école. Dites quelle colonne les donne."
    return ""


def read_lines(table: Table, columns: dict, today: date) -> tuple[list[PlanLine], list[TableProblem], list[dict]]:
    """Lines understood, those to review, and the table's own total lines."""
    starts = {row.number: next(filter(None, row.cells), "") for row in table.rows}
    totals, titles = [], {field: table.header[place] for field, place in columns.items() if place < len(table.header)}

    def read(number, cells):
        if words := _total_words(cells, starts[number]):
            totals.append({"line": number, "words": words[:60], "cells": cells, "titles": titles})
            return None
        return _read_line(number, cells, today)

    return *read_rows(table, columns, read), totals


def _total_words(cells, start) -> str:
    """« TOTAL », « Sous-total »: a line that says, in the name or where it starts, that it is no school."""
    said = cells.get("school", "") or (start if not cells.get("uai") else "")
    return said if IS_TOTAL.match(name_key(said)) else ""


def _read_line(number, cells, today) -> PlanLine:
    school, uai = cells.get("school", ""), as_uai(cells.get("uai", ""))
    reading = Cells()
    reading.read(_check_named, school, uai)
    kind = reading.read(read_kind, cells.get("kind", ""), default="")
    day, day_is_known = reading.read(read_day, cells.get("year", ""), today, default=(None, False))
    equipped = reading.read(read_count, "Classes équipées", cells.get("equipped", "")) or 0
    classes = reading.read(read_count, "Classes", cells.get("classes", ""))
    cents, regime, ht_cents, by_column = _money(cells, reading)
    point = reading.read(read_point, cells.get("latitude", ""), cells.get("longitude", ""), default=("", ""))
    if day == "" and (equipped or any(cents != 0 for cents in by_column.values())):
        reading.refuse("Année", "l’année manque. Écrivez-la comme 2016.")
    if classes is not None and classes < equipped:
        said = counted(equipped, "classe équipée", "classes équipées")
        reading.refuse("Classes", f"{said}, et l’école en a {classes}. Corrigez l’un des deux.")
    contact = reading.read(read_contact, cells, default={})
    reading.check()
    return PlanLine(
        number,
        school,
        uai,
        kind,
        day,
        day_is_known,
        equipped,
        classes,
        cents,
        regime,
        cells.get("source", "")[:250],
        ht_cents,
        *point,
        by_column,
        contact,
    )


def _check_named(school, uai):
    if not school and not uai:
        raise BadCell("École", "la ligne ne nomme pas d’école. Écrivez son nom ou son UAI.")
    if school and (school.startswith(("=", "@", "+", "-")) or not re.search("[a-z]", name_key(school))):
        raise BadCell("École", f"«\u00a0{school[:40]}\u00a0» n’est pas un nom d’école. Corrigez cette case.")
    if uai and not re.fullmatch(r"\d{7}[A-Z]", uai):
        raise BadCell("UAI", f"«\u00a0{uai}\u00a0» n’a pas la forme d’un UAI. Écrivez sept chiffres et une lettre.")


def read_point(latitude: str, longitude: str) -> tuple[str, str]:
    """Both, as « 46.58026 », or two empty texts. Raises BadCell when one is missing, unreadable, or out of France."""
    if not latitude and not longitude:
        return "", ""
    found = []
    for column, text in (("Latitude", latitude), ("Longitude", longitude)):
        if not text:
            raise BadCell(column, "l’autre coordonnée est écrite, celle-ci manque. Écrivez les deux, ou aucune.")
        try:
            found.append(read_degrees(text))
        except NotAPlace as wrong:
            raise BadCell(column, str(wrong)) from None
    try:
        check_place(*found)
    except NotAPlace as wrong:
        raise BadCell("Latitude", str(wrong)) from None
    return str(found[0]), str(found[1])


def read_contact(cells) -> dict:
    """What is written of the address, telephone and e-mail; each fits its field. Raises BadCell for no e-mail."""
    found = {name: cells[name][: CONTACT[name]] for name in CONTACT if cells.get(name)}
    if "phone" in found:
        found["phone"] = tidy_contact(Contact.Kind.WORK_PHONE, found["phone"]) or found["phone"]
    if "postcode" in found:
        found["postcode"] = as_postcode(cells["postcode"])
        if not found["postcode"]:
            said = f"«\u00a0{cells['postcode'][:40]}\u00a0» n’est pas un code postal. Écrivez cinq chiffres, ou rien."
            raise BadCell("Code postal", said)
    if "email" in found:
        try:
            validate_email(found["email"])
        except ValidationError:
            said = f"«\u00a0{found['email']}\u00a0» n’est pas une adresse de courriel. Corrigez-la, ou videz la case."
            raise BadCell("Courriel", said) from None
    return found


def _money(cells, reading):
    """(cents, regime, HT cents beside TTC, cents of each column): an amount below zero is a credit note, and a line
    that says both HT and TTC keeps both. An amount that does not say its regime gives way to one that does."""
    said = name_key(cells.get("regime", ""))
    if cells.get("amount") and said not in REGIME_WORDS:
        wrong = f"«\u00a0{cells['regime']}\u00a0» n’est ni HT ni TTC. Écrivez l’un des deux, ou rien."
        reading.refuse("HT/TTC", wrong)
    by_column = {name: reading.read(_cents, cells[name]) for name in AMOUNTS if cells.get(name)}
    regimes = {"amount": REGIME_WORDS.get(said), "amount_ht": TaxRegime.HT, "amount_ttc": TaxRegime.TTC}
    found = {regimes[name]: cents for name, cents in by_column.items()}
    if TaxRegime.TTC not in found:
        regime = TaxRegime.HT if TaxRegime.HT in found else TaxRegime.UNKNOWN
        return found.get(regime), str(regime.value), None, by_column
    ttc, ht = found[TaxRegime.TTC], found.get(TaxRegime.HT)
    if None not in (ttc, ht) and (ttc < 0) != (ht < 0):
        reading.refuse("Montant HT", "l’un des montants HT et TTC est négatif, l’autre non. Corrigez le signe.")
    return ttc, str(TaxRegime.TTC.value), ht, by_column


def _cents(text):
    return read_cents(text, signed=True)


def read_kind(text: str) -> str:
    """« École maternelle publique » → nursery; both words → primary; empty stays empty."""
    words = name_key(text)
    if not words:
        return ""
    nursery, elementary = "mat" in words or "nurs" in words, "elem" in words
    if "prim" in words or (nursery and elementary):
        return School.Kind.PRIMARY.value
    if nursery or elementary:
        return School.Kind.NURSERY.value if nursery else School.Kind.ELEMENTARY.value
    raise BadCell(
        "Nature", f"«\u00a0{text}\u00a0» n’est pas une nature d’école. Écrivez maternelle, élémentaire ou primaire."
    )


def read_count(column: str, text: str) -> int | None:
    """A whole number of classes; None for an empty cell."""
    text = re.sub(r"[\s\u00a0\u202f]", "", text)
    if not text:
        return None
    found = re.fullmatch(r"(\d{1,4})(?:[.,]0+)?", text)
    if not found or int(found[1]) > MOST_CLASSES:
        raise BadCell(
            column,
            f"«\u00a0{text}\u00a0» n’est pas un nombre de classes. Écrivez-le en chiffres, {MOST_CLASSES} au plus.",
        )
    return int(found[1])
