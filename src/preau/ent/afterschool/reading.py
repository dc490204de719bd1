"""The city's file: bytes become lines; every problem of a line is said at once."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date

from preau.ent.afterschool.schools_named import Homonyms, school_of
from preau.ent.afterschool.weekdays import WEEKDAYS, days_of, days_ticked
from preau.kit.dates import written_day
from preau.kit.money import NBSP
from preau.kit.names import name_key
from preau.kit.sheets import BadCell, Cells, odd_name, read_rows
from preau.kit.tables import Table, read_table
from preau.kit.tables.columns import columns_of, likely_header, unread_of
from preau.kit.tables.whole_names import cut_by_capitals
from preau.schools.models import Activity

LABELS = {
    "last_name": ("Nom", "Nom de l'enfant", "Nom enfant", "Nom de famille", "Nom de famille de l'enfant", "Nom élève",
                  "Nom de l'élève"),
    "first_name": ("Prénom", "Prénom de l'enfant", "Prénom enfant", "Prénom élève", "Prénom de l'élève"),
    "full_name": ("Nom et prénom", "Nom Prénom", "Nom et prénom de l'enfant", "Nom Prénom de l'enfant",
                  "Nom et prénom de l'élève", "Nom Prénom de l'élève"),
    "first_then_last": ("Prénom et nom", "Prénom Nom", "Prénom et nom de l'enfant", "Prénom Nom de l'enfant"),
    "birth_date": ("Date de naissance", "Né(e) le", "Né le", "Date naissance", "Naissance", "DDN"),
    "school": ("École", "UAI", "Établissement", "Nom de l'école", "Établissement scolaire", "École fréquentée", "RNE",
               "École de l'enfant", "Code UAI"),
    "site": ("Site", "Site périscolaire", "Lieu", "Lieu d'accueil", "Structure"),
    "service": ("Service", "Activité", "Prestation", "Accueil", "Type d'accueil"),
    "days": ("Jours", "Jours de la semaine", "Jour", "Jours réservés", "Jours de présence", "Jours inscrits"),
    "starts_on": ("Du", "Date de début", "Début", "Date début", "À partir du"),
    "ends_on": ("Au", "Date de fin", "Fin", "Date fin", "Jusqu'au"),
    "fetched_by": ("Repart avec", "Qui vient chercher", "Personnes autorisées", "Autorisé à venir chercher"),
}  # fmt: skip
NEEDED = ("last_name", "first_name", "school", "service", "days")
WHOLE_NAMES = ("full_name", "first_then_last")
HEADER = [LABELS[each][0] for each in LABELS if each not in WHOLE_NAMES]
# Others have a line for each child and a column for each service, its days in the cell: the city says which, since a
# title like « Cantine » is also what a cell of « Service » holds.
OWN_COLUMNS = {
    f"{kind}_days": kind
    for kind in (Activity.Kind.MORNING, Activity.Kind.CANTEEN, Activity.Kind.STUDY, Activity.Kind.EVENING)
}
# Some software has a column for each day, ticked, instead of « Jours ».
ALL_LABELS = LABELS | {day: (day.capitalize(), day[:3], day[:2]) for day in WEEKDAYS} | dict.fromkeys(OWN_COLUMNS, ())
# As a person is asked what a column is.
WORDS = {each: labels[0] for each, labels in LABELS.items()} | {
    "full_name": "Nom puis prénom, dans la même case",
    "first_then_last": "Prénom puis nom, dans la même case",
    **{day: f"{day.capitalize()}, coché" for day in WEEKDAYS},
    **{each: f"{kind.label.capitalize()}, ses jours dans la case" for each, kind in OWN_COLUMNS.items()},
}
BOTH = (Activity.Kind.MORNING, Activity.Kind.EVENING)
ALREADY_OVER = (
    f"cette date est passée, et le début n’est pas écrit. Écrivez-le dans la colonne «{NBSP}Du{NBSP}», ou retirez la "
    "ligne."
)
# « Garderie » alone is the morning's or the evening's: the city says which (ServiceWord).
SERVICES = {
    "cantine": Activity.Kind.CANTEEN, "restauration": Activity.Kind.CANTEEN, "cantine scolaire": Activity.Kind.CANTEEN,
    "restauration scolaire": Activity.Kind.CANTEEN, "pause meridienne": Activity.Kind.CANTEEN,
    "repas": Activity.Kind.CANTEEN, "accueil du matin": Activity.Kind.MORNING, "matin": Activity.Kind.MORNING,
    "garderie du matin": Activity.Kind.MORNING, "periscolaire matin": Activity.Kind.MORNING,
    "accueil du soir": Activity.Kind.EVENING, "soir": Activity.Kind.EVENING,
    "garderie du soir": Activity.Kind.EVENING, "periscolaire soir": Activity.Kind.EVENING,
    "etude": Activity.Kind.STUDY, "etude surveillee": Activity.Kind.STUDY, "mercredi": Activity.Kind.WEDNESDAY,
}  # fmt: skip


@dataclass(frozen=True)
class Known:
    """What a city's file may name: its schools and its sites by each of their keys, the services of each site."""

    schools: dict  # {key of a name or a UAI: [School]}
    sites: dict  # {key of a name: AfterSchool}
    of_school: dict  # {school id: [AfterSchool]}
    activities: dict  # {(site id, kind): Activity}
    titles: dict  # {key of a title: field, or kit.tables.columns.NOT_READ}, as the city said them
    services: dict  # {key of a word: kinds of service it is, none for lines to pass over}, those the city said too
    homonyms: Homonyms = field(default_factory=Homonyms)
    every: list = field(default_factory=list)  # the schools of the city, by name


@dataclass(frozen=True)
class Reading:
    """A file and what was understood of it."""

    table: Table
    columns: dict  # {field: place}
    lines: list = field(default_factory=list)  # {field of ServiceLine: value}
    problems: list = field(default_factory=list)
    unread: list = field(default_factory=list)  # titles that nobody knows
    passed: dict = field(default_factory=dict)  # {word of a service that the city passes over: lines}


def read_services(name: str, data: bytes, known: Known, today: date) -> Reading:
    """Raises TableRefused when it is no table; with its columns not all known, nothing of it is read yet."""
    labels = {
        each: (*titles, *(key for key, of in known.titles.items() if of == each)) for each, titles in ALL_LABELS.items()
    }
    table = read_table(name, data, known=[labels])
    if not columns_of(table, ALL_LABELS, known.titles):
        table = table.headed_at(likely_header(table))
    return read_columns(table, columns_of(table, ALL_LABELS, known.titles), known, today)


def missing_of(columns: dict) -> str:
    """What keeps a file from being read, as a sentence; empty when nothing does."""
    given = set(columns)
    if given & set(WEEKDAYS):
        given.add("days")
    if given & set(OWN_COLUMNS):
        given |= {"service", "days"}
    if given & set(WHOLE_NAMES):
        given |= {"last_name", "first_name"}
    missing = [f"«{NBSP}{LABELS[each][0]}{NBSP}»" for each in NEEDED if each not in given]
    return f"Dans ce fichier, il manque {', '.join(missing)}{NBSP}: dites quelle colonne le donne." if missing else ""


def read_columns(table: Table, columns: dict, known: Known, today: date) -> Reading:
    """A table whose columns are known, {field: place}."""
    if missing_of(columns):
        return Reading(table, columns)
    passed = Counter()
    lines, problems = read_rows(table, columns, lambda number, cells: _lines(number, cells, known, today, passed))
    unread = unread_of(table, columns, known.titles)
    return Reading(table, columns, [one for several in lines for one in several], problems, unread, dict(passed))


def words_to_say(table: Table, columns: dict) -> dict[str, tuple[str, int]]:
    """{key of a word: (the word, how many lines)}: services that are not ours by their name."""
    place, found = columns.get("service"), {}
    for row in table.rows if place is not None else ():
        word = row.cells[place][:80] if place < len(row.cells) else ""
        if (key := name_key(word)) and key not in SERVICES:
            found[key] = (found.get(key, (word,))[0], found.get(key, ("", 0))[1] + 1)
    return found


def _lines(number, given, known, today, passed):
    """One line for each service that its word means, or whose column says days; none for a word that the city passes
    over."""
    if "service" not in given and any(each in given for each in OWN_COLUMNS):
        said = {each: given[each] for each in OWN_COLUMNS if given.get(each, "").strip()}
        return [_line(number, given, OWN_COLUMNS[each], known, today, each) for each in said]
    kinds = known.services.get(name_key(given["service"]))
    if kinds == ():
        passed[given["service"][:80]] += 1
        return []
    return [_line(number, given, kind, known, today) for kind in kinds or (None,)]


def _line(number, given, kind, known, today, own=""):
    cells = Cells()
    text = {each: given.get(each, "") for each in LABELS}
    last, first = _names(cells, text)
    born = cells.read(_day, LABELS["birth_date"][0], text["birth_date"])
    who = {"last_name": last, "first_name": first, "birth_date": born, "name_key": name_key(f"{last} {first}")}
    written = known.sites.get(name_key(text["site"]))
    school = cells.read(school_of, text["school"], written, who["name_key"], born, known)
    if kind is None:
        cells.refuse("Service", _no_service(text["service"]))
    site = cells.read(_site, text["site"], school, known) if school or text["site"] else None
    activity = cells.read(_activity, site, kind, known) if site and kind else None
    starts_on, ends_on = (cells.read(_day, LABELS[each][0], text[each]) for each in ("starts_on", "ends_on"))
    ticked = {day: given[day] for day in WEEKDAYS if day in given}
    if own:
        days = cells.read(days_of, kind.label.capitalize(), given[own], default="")
    elif ticked:
        days = cells.read(days_ticked, ticked, default="")
    else:
        days = cells.read(days_of, "Jours", text["days"], default="")
    if starts_on and ends_on and ends_on < starts_on:
        cells.refuse("Au", "cette date est avant celle du début. Corrigez l’une des deux.")
    if ends_on and not starts_on and ends_on < today:
        cells.refuse("Au", ALREADY_OVER)
    cells.check()
    when = {"days": days, "starts_on": starts_on, "ends_on": ends_on}
    fetched_by = " ".join(text["fetched_by"].split())[:200]
    return {"number": number, "school": school, "activity": activity, "fetched_by": fetched_by} | who | when


def _names(cells, text):
    """(last, first), written apart or in one cell."""
    whole = next((each for each in WHOLE_NAMES if text[each]), "")
    last, first = text["last_name"], text["first_name"]
    if whole and not (last and first):
        last, first = _cut(text[whole], is_last_first=whole == "full_name")
    return cells.read(_name, "Nom", last, default=""), cells.read(_name, "Prénom", first, default="")


def _cut(text, *, is_last_first):
    """« CANARI DU LAC Lina Rose », « Canari Lina », « Canari, Lina »: capitals tell where the last name stops, else it
    is one word."""
    if "," in text:
        last, first = (part.strip() for part in text.split(",", 1))
        return (last, first) if is_last_first else (first, last)
    if cut := cut_by_capitals(text):
        return cut
    words = text.split()
    place = 1 if is_last_first else len(words) - 1
    parts = " ".join(words[:place]), " ".join(words[place:])
    return parts if is_last_first else parts[::-1]


def _name(column, text):
    if not name_key(text):
        raise BadCell(column, f"la case «{NBSP}{column}{NBSP}» est vide. Complétez-la.")
    if odd := odd_name(text):
        raise BadCell(column, odd)
    if len(text) > 80:
        raise BadCell(column, "ce nom dépasse 80 signes. Corrigez cette case.")
    return text


def _no_service(text):
    if not name_key(text):
        return f"la case «{NBSP}Service{NBSP}» est vide. Complétez-la."
    return f"«{NBSP}{text[:40]}{NBSP}» n’est pas un service connu. Dites plus haut ce que c’est, ou corrigez-le."


def _site(text, school, known):
    if text:
        if name_key(text) not in known.sites:
            raise BadCell("Site", f"«{NBSP}{text[:60]}{NBSP}» n’est pas un site ouvert dans Préau.")
        return known.sites[name_key(text)]
    found = known.of_school.get(school.pk, [])
    if len(found) != 1:
        why = f"{len(found)} sites se tiennent" if found else "aucun site ne se tient"
        how = "écrivez le site" if found else "ouvrez-en un et déposez le fichier à nouveau, ou écrivez le site"
        raise BadCell("Site", f"{why} dans cette école{NBSP}: {how}.")
    return found[0]


def _activity(site, kind, known):
    activity = known.activities.get((site.pk, kind))
    if activity is None:
        raise BadCell("Service", f"le site {site} ne rend pas ce service. Ajoutez-le au site, ou corrigez cette case.")
    return activity


def _day(column, text):
    if not text:
        return None
    day = written_day(text)
    if day and 1990 <= day.year <= 2099:
        return day
    raise BadCell(column, f"«{NBSP}{text[:20]}{NBSP}» n’est pas une date. Écrivez-la comme 03/09/2026.")
