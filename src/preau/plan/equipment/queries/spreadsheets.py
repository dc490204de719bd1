"""A city's own spreadsheet read line by line: school, UAI, kind, year, classes equipped, amount, HT/TTC, source.

Bad lines are named and left out; nothing is guessed. Nothing here reads the base.
"""

import re
from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal, InvalidOperation

from preau.kit.names import name_key
from preau.kit.tables import Table, TableProblem, TableRefused, find_columns, read_table
from preau.places.models import School
from preau.plan.equipment.models import TaxRegime

LABELS = {
    "school": ("école", "nom de l’école", "nom", "nom école", "établissement", "school"),
    "uai": ("uai", "code uai", "numéro uai", "n° uai", "rne", "code rne"),
    "kind": ("nature", "type", "type d’école", "nature de l’école", "catégorie", "niveau", "kind"),
    "year": ("année", "année d’équipement", "année de réception", "exercice", "date", "year"),
    "equipped": (
        "classes équipées", "nombre de classes équipées", "nb classes équipées", "nb de classes équipées",
        "classes reçues", "classes equipped",
    ),
    "classes": ("classes", "nombre de classes", "nb classes", "nb de classes", "classes de l’école", "total classes"),
    "amount": ("montant", "montant €", "montant en euros", "coût", "dépense", "amount"),
    "amount_ht": ("montant ht", "coût ht", "dépense ht"),
    "amount_ttc": ("montant ttc", "coût ttc", "dépense ttc"),
    "regime": ("ht/ttc", "ht ou ttc", "ttc/ht", "régime", "régime fiscal", "taxe", "tva"),
    "source": ("source", "origine", "pièce"),
}  # fmt: skip
REGIMES = {
    "": TaxRegime.UNKNOWN, "inconnu": TaxRegime.UNKNOWN, "non precise": TaxRegime.UNKNOWN,
    "unknown": TaxRegime.UNKNOWN, "np": TaxRegime.UNKNOWN,
    "ht": TaxRegime.HT, "hors taxe": TaxRegime.HT, "hors taxes": TaxRegime.HT, "h t": TaxRegime.HT,
    "ttc": TaxRegime.TTC, "toutes taxes comprises": TaxRegime.TTC, "t t c": TaxRegime.TTC,
}  # fmt: skip
MOST_CLASSES = 99


@dataclass(frozen=True)
class SheetLine:
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

    @property
    def year(self) -> int | None:
        return int(self.day[:4]) if self.day else None

    def as_json(self) -> dict:
        return asdict(self)


class BadCell(Exception):
    """One cell that cannot be understood; the sentence says how to write it."""

    def __init__(self, column, reason):
        super().__init__(reason)
        self.column, self.reason = column, reason


def read_sheet(name: str, data: bytes, today: date) -> tuple[list[SheetLine], list[TableProblem]]:
    """Lines understood, and those to review. Raises TableRefused when the file is no such table."""
    table = read_table(name, data)
    columns, _ = find_columns(table.header, LABELS)
    if "equipped" not in columns and "classes" in columns:
        columns["equipped"] = columns.pop("classes")  # a single column of classes counts the equipped ones
    _refuse_without(table, columns)
    lines, problems, seen = [], [], {}
    for row in table.rows:
        cells = {field: row.cells[place].strip() for field, place in columns.items() if place < len(row.cells)}
        if not any(cells.values()) or name_key(cells.get("school", "")).split()[:1] in (["total"], ["totaux"]):
            continue
        try:
            line = _read_line(row.number, cells, today)
            _refuse_twice(line, seen)
        except BadCell as bad:
            problems.append(TableProblem(name, row.number, bad.column, bad.reason))
        else:
            lines.append(line)
    return lines, problems


def _refuse_without(table: Table, columns):
    if "school" not in columns and "uai" not in columns:
        raise TableRefused(
            table.name, "aucune colonne ne nomme les écoles. Ajoutez une colonne « École » ou « UAI ».",
            line=table.header_line,
        )  # fmt: skip
    if "equipped" not in columns and not {"amount", "amount_ht", "amount_ttc"} & set(columns):
        raise TableRefused(
            table.name, "il n’y a ni classes équipées ni montants. Ajoutez une colonne « Classes équipées ».",
            line=table.header_line,
        )  # fmt: skip


def _refuse_twice(line, seen):
    key = (line.uai or f"{name_key(line.school)} {line.kind}", line.year)
    if key in seen:
        raise BadCell("", f"cette école et cette année sont déjà à la ligne {seen[key]}. Réunissez les deux lignes.")
    seen[key] = line.number


def _read_line(number, cells, today) -> SheetLine:
    school, uai = cells.get("school", ""), cells.get("uai", "").upper().replace(" ", "")
    if not school and not uai:
        raise BadCell("École", "la ligne ne nomme pas d’école. Écrivez son nom ou son UAI.")
    if uai and not re.fullmatch(r"\d{7}[A-Z]", uai):
        raise BadCell("UAI", f"« {uai} » n’a pas la forme d’un UAI. Écrivez sept chiffres et une lettre.")
    day, day_is_known = read_day(cells.get("year", ""), today)
    equipped = read_count("Classes équipées", cells.get("equipped", "")) or 0
    cents, regime = _money(cells)
    if not day and (equipped or cents):
        raise BadCell("Année", "l’année manque. Écrivez-la comme 2016.")
    classes = read_count("Classes", cells.get("classes", ""))
    if classes is not None and classes < equipped:
        raise BadCell("Classes", f"{equipped} classes équipées, et l’école en a {classes}. Corrigez l’un des deux.")
    return SheetLine(
        number, school, uai, read_kind(cells.get("kind", "")), day, day_is_known, equipped, classes, cents, regime,
        cells.get("source", "")[:250],
    )  # fmt: skip


def _money(cells):
    for field, regime in (("amount_ht", TaxRegime.HT), ("amount_ttc", TaxRegime.TTC), ("amount", None)):
        if cells.get(field):
            said = name_key(cells.get("regime", ""))
            if regime is None and said not in REGIMES:
                raise BadCell("HT/TTC", f"« {cells['regime']} » n’est ni HT ni TTC. Écrivez l’un des deux, ou rien.")
            return read_cents(cells[field]), str(regime or REGIMES[said])
    return None, str(TaxRegime.UNKNOWN)


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
    raise BadCell("Nature", f"« {text} » n’est pas une nature d’école. Écrivez maternelle, élémentaire ou primaire.")


def read_count(column: str, text: str) -> int | None:
    """A whole number of classes; None for an empty cell."""
    text = re.sub(r"[\s\u00a0\u202f]", "", text)
    if not text:
        return None
    found = re.fullmatch(r"(\d{1,4})(?:[.,]0+)?", text)
    if not found or int(found[1]) > MOST_CLASSES:
        raise BadCell(
            column, f"« {text} » n’est pas un nombre de classes. Écrivez-le en chiffres, {MOST_CLASSES} au plus."
        )
    return int(found[1])


def read_day(text: str, today: date) -> tuple[str, bool]:
    """(ISO day, whether the day itself is written): « 2016 », « 2016-2017 », « 15/06/2016 », « 2016-06-15 »."""
    text = text.strip()
    if not text:
        return "", False
    if found := re.fullmatch(r"(\d{4})(?:\.0+)?(?:\s*[-/–]\s*(\d{4}|\d{2}))?", text):
        day, known = date(int(found[1]) or 1, 12, 31), False
        day = min(day, today) if day.year == today.year else day
    else:
        day, known = _written_day(text), True
    if day is None or not day.year >= 1980 or day > today:
        raise BadCell("Année", f"« {text} » n’est pas une année passée. Écrivez-la comme 2016.")
    return day.isoformat(), known


def _written_day(text):
    for pattern, order in (
        (r"(\d{1,2})/(\d{1,2})/(\d{4})", (3, 2, 1)),
        (r"(\d{4})-(\d{2})-(\d{2})(?: .*)?", (1, 2, 3)),
    ):
        if found := re.fullmatch(pattern, text):
            try:
                return date(*(int(found[place]) for place in order))
            except ValueError:
                return None
    return None


def read_cents(text: str) -> int:
    """« 72 913,04 € » → 7291304, exactly; a third decimal or a lone « 72.913 » is asked again, never rounded."""
    plain = re.sub(r"[\s\u00a0\u202f]|€|EUR|euros?", "", text, flags=re.IGNORECASE)
    if "," in plain and "." in plain:
        thousands = "." if plain.rfind(",") > plain.rfind(".") else ","
        plain = plain.replace(thousands, "")
    if re.fullmatch(r"\d{1,3}(\.\d{3}){2,}", plain):
        plain = plain.replace(".", "")
    try:
        cents = Decimal(plain.replace(",", ".")) * 100
        whole = int(cents.to_integral_value())
    except (InvalidOperation, ValueError, OverflowError):
        raise BadCell("Montant", f"« {text} » n’est pas un montant. Écrivez-le comme 72 913,04.")
    # Spreadsheets keep binary numbers: a millionth of a cent is their noise, not a decimal someone wrote.
    if abs(cents - whole) > Decimal("0.000001") or not 0 <= whole < 10**13:
        raise BadCell("Montant", f"« {text} » ne se lit pas en euros et centimes. Écrivez-le comme 72 913,04.")
    return whole
