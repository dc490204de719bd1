"""The national directory of schools, as data.education.gouv.fr exports it (`fr-en-annuaire-education`): of a commune, a
département or the whole country, private schools and collèges among them."""

import re
from dataclasses import replace

from preau.kit.names import name_key, of_name
from preau.kit.tables import Line, Table, TableRefused, find_columns
from preau.places.models import School

TITLES = {
    "uai": ("identifiant_de_l_etablissement",),
    "name": ("nom_etablissement",),
    "sort": ("type_etablissement",),
    "sector": ("statut_public_prive",),
    "commune": ("nom_commune",),
    "nursery": ("ecole_maternelle",),
    "elementary": ("ecole_elementaire",),
    "kind": ("libelle_nature",),
    "state": ("etat",),
    "address": ("adresse_1",),
    "postcode": ("code_postal",),
    "phone": ("telephone",),
    "email": ("mail",),
    "latitude": ("latitude",),
    "longitude": ("longitude",),
}
NEEDED = {"uai", "name", "sort", "sector", "commune"}
HEADER = (
    "UAI", "École", "Nature", "Adresse", "Code postal", "Téléphone", "Courriel", "Latitude", "Longitude",
)  # fmt: skip
KINDS = {("1", "1"): "primaire", ("1", "0"): "maternelle", ("0", "1"): "élémentaire"}
SMALL_WORDS = {"à", "au", "aux", "d", "de", "des", "du", "en", "et", "l", "la", "le", "les", "sous", "sur"}
GENERIC = re.compile(
    r"[eé]cole\s+(?:(?:de niveau\s+)?(?:maternelle|[eé]l[eé]mentaire|primaire)\s+)?(?:publique\s+)?(?=\S)",
    re.IGNORECASE,
)


def schools_of_city(table: Table, city: str) -> tuple[Table, int]:
    """(the open public schools of this city, under our titles, each at its line; how many others it names). Any other
    table is given back as it is. Raises TableRefused when the directory names no school of the city."""
    places, _ = find_columns(table.header, TITLES)
    if not places.keys() >= NEEDED:
        return table, 0
    rows = [(row.number, _cells(row, places)) for row in table.rows if any(row.cells)]
    own = tuple(Line(number, _our_cells(cells)) for number, cells in rows if _is_school_of(city, cells))
    if not own:
        said = f"cet annuaire ne nomme aucune école publique {of_name(city)}. Exportez celui de cette commune."
        raise TableRefused(table.name, said)
    return replace(table, header=HEADER, rows=own), len(rows) - len(own)


def _cells(row, places):
    return {field: row.cells[place].strip() if place < len(row.cells) else "" for field, place in places.items()}


def _is_school_of(city, cells):
    is_public = name_key(cells["sector"]).startswith("public") and name_key(cells["sort"]) == "ecole"
    is_closed = name_key(cells.get("state", "")).startswith("ferm")
    return is_public and not is_closed and name_key(cells["commune"]) == name_key(city)


def _our_cells(cells):
    kind = KINDS.get((cells.get("nursery"), cells.get("elementary"))) or cells.get("kind", "")
    told = (cells.get(name, "") for name in (*School.CONTACT, "latitude", "longitude"))
    return (cells["uai"], _name(cells["name"]), kind, *told)


def _name(written):
    """« École La Hodeyère » of « Ecole maternelle publique La Hodeyère »: its kind is told apart."""
    found = GENERIC.match(written)
    return f"École {_cased(written[found.end() :])}" if found else _cased(written)


def _cased(name):
    """« L’Ile aux Enfants » of « L'ILE AUX ENFANTS »: a name all in capitals is the directory's, not the school's. One
    in mixed case, a number and « RPI » stay."""
    if name != name.upper():
        return name
    pieces = re.split(r"([^\w]+)", name)
    return "".join(_cased_word(piece, is_first=not place) for place, piece in enumerate(pieces)).replace("'", "’")


def _cased_word(word, is_first):
    if re.fullmatch("[IVX]{2,}|RPI", word):
        return word
    is_small = word.lower() in SMALL_WORDS and not (is_first and word[0] == "L")
    return word.lower() if is_small else word[:1] + word[1:].lower()
