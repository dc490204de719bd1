"""The city's file: bytes become lines; every problem of a line is said at once."""

import re
from dataclasses import dataclass
from datetime import date

from preau.kit.money import NBSP
from preau.kit.names import name_key, odd_in_name
from preau.kit.sheets import BadCell, Cells, read_rows
from preau.kit.tables import TableProblem, TableRefused, find_columns, read_table
from preau.schools.models import Activity

LABELS = {
    "last_name": ("Nom", "Nom de l'enfant", "Nom enfant", "Nom de famille", "Nom de famille de l'enfant", "Nom élève",
                  "Nom de l'élève"),
    "first_name": ("Prénom", "Prénom de l'enfant", "Prénom enfant", "Prénom élève", "Prénom de l'élève"),
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
HEADER = [LABELS[field][0] for field in LABELS]
WEEKDAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi")
# « lun », « lu » too; never « m », which is two days.
DAYS = {day[:length]: str(place) for place, day in enumerate(WEEKDAYS, 1) for length in (2, 3, len(day))}
WEEKS = {"lmjv": "1245", "lmmjv": "12345"}  # as family software writes a week of four days, or of five
TICKED, UNTICKED = ("x", "1", "oui", "o", "vrai"), ("", "0", "non", "n", "faux")
# Some software has a column for each day, ticked, instead of « Jours ».
ALL_LABELS = LABELS | {day: (day.capitalize(), day[:3]) for day in WEEKDAYS}
ALREADY_OVER = (
    f"cette date est passée, et le début n’est pas écrit. Écrivez-le dans la colonne «{NBSP}Du{NBSP}», ou retirez la "
    "ligne."
)
# « Garderie » alone is the morning's or the evening's: the city says which.
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


def read_services(
    name: str, data: bytes, known: Known, today: date
) -> tuple[list[dict], list[TableProblem], list[str]]:
    """({field of ServiceLine: value} for each line understood, what is to review, the columns nobody knows). Raises
    TableRefused."""
    table = read_table(name, data, known=[ALL_LABELS])
    columns, unread = find_columns(table.header, ALL_LABELS)
    given = columns.keys() | ({"days"} if columns.keys() & set(WEEKDAYS) else set())
    missing = [f"«{NBSP}{LABELS[field][0]}{NBSP}»" for field in NEEDED if field not in given]
    if missing:
        what = f"il manque {', '.join(missing)}. Les colonnes attendues{NBSP}: {', '.join(HEADER)}."
        raise TableRefused(name, what, line=table.header_line)
    lines, problems = read_rows(table, columns, lambda number, cells: _line(number, cells, known, today))
    return lines, problems, unread


def _line(number, given, known, today):
    cells = Cells()
    text = {field: given.get(field, "") for field in LABELS}
    last = cells.read(_name, "Nom", text["last_name"], default="")
    first = cells.read(_name, "Prénom", text["first_name"], default="")
    school = cells.read(_school, text["school"], known)
    kind = cells.read(_service, text["service"])
    site = cells.read(_site, text["site"], school, known) if school or text["site"] else None
    activity = cells.read(_activity, site, kind, known) if site and kind else None
    born = cells.read(_day, LABELS["birth_date"][0], text["birth_date"])
    starts_on, ends_on = (cells.read(_day, LABELS[field][0], text[field]) for field in ("starts_on", "ends_on"))
    ticked = {day: given[day] for day in WEEKDAYS if day in given}
    days = cells.read(_days_ticked, ticked, default="") if ticked else cells.read(_days, text["days"], default="")
    if starts_on and ends_on and ends_on < starts_on:
        cells.refuse("Au", "cette date est avant celle du début. Corrigez l’une des deux.")
    if ends_on and not starts_on and ends_on < today:
        cells.refuse("Au", ALREADY_OVER)
    cells.check()
    who = {"last_name": last, "first_name": first, "birth_date": born, "name_key": name_key(f"{last} {first}")}
    when = {"days": days, "starts_on": starts_on, "ends_on": ends_on}
    fetched_by = " ".join(text["fetched_by"].split())[:200]
    return {"number": number, "school": school, "activity": activity, "fetched_by": fetched_by} | who | when


def _name(column, text):
    if not name_key(text):
        raise BadCell(column, f"la case «{NBSP}{column}{NBSP}» est vide. Complétez-la.")
    if odd := odd_in_name(text):
        raise BadCell(column, f"«{NBSP}{text[:40]}{NBSP}» contient {odd}{NBSP}: un nom n’en a pas.")
    if len(text) > 80:
        raise BadCell(column, "ce nom dépasse 80 signes. Corrigez cette case.")
    return text


def school_key(text: str) -> str:
    """« École Montmidi » and « Montmidi » are one school to who writes them."""
    return name_key(text).removeprefix("ecole ")


def _school(text, known):
    found = known.schools.get(school_key(text), [])
    if not found:
        raise BadCell(
            "École", f"«{NBSP}{text[:60]}{NBSP}» n’est pas une école de la Ville. Écrivez son nom ou son UAI."
        )
    if len(found) > 1:
        raise BadCell("École", f"{len(found)} écoles se nomment ainsi{NBSP}: écrivez l’UAI.")
    return found[0]


def _service(text):
    kind = SERVICES.get(name_key(text))
    if kind is None:
        known = ", ".join(each.label for each in Activity.Kind)
        raise BadCell(
            "Service", f"«{NBSP}{text[:40]}{NBSP}» n’est pas un service connu. Écrivez l’un de ceux-ci{NBSP}: {known}."
        )
    return kind


def _site(text, school, known):
    if text:
        if name_key(text) not in known.sites:
            raise BadCell("Site", f"«{NBSP}{text[:60]}{NBSP}» n’est pas un site ouvert dans Préau.")
        return known.sites[name_key(text)]
    found = known.of_school.get(school.pk, [])
    if len(found) != 1:
        why = (
            "aucun site ne se tient dans cette école"
            if not found
            else f"{len(found)} sites se tiennent dans cette école"
        )
        raise BadCell("Site", f"{why}{NBSP}: écrivez le site.")
    return found[0]


def _activity(site, kind, known):
    activity = known.activities.get((site.pk, kind))
    if activity is None:
        raise BadCell("Service", f"le site {site} ne rend pas ce service. Ajoutez-le au site, ou corrigez cette case.")
    return activity


def _days_ticked(ticked):
    """Of a column for each day."""
    for day, mark in ticked.items():
        if name_key(mark) not in TICKED + UNTICKED:
            raise BadCell(
                day.capitalize(), f"«{NBSP}{mark[:20]}{NBSP}» n’est ni «{NBSP}oui{NBSP}» ni «{NBSP}non{NBSP}»."
            )
    days = "".join(DAYS[day] for day, mark in ticked.items() if name_key(mark) in TICKED)
    if not days:
        raise BadCell("Jours", "aucun jour n’est coché. Cochez-en un, ou retirez la ligne.")
    return days


def _days(text):
    if week := WEEKS.get(name_key(text)):
        return week
    words = [word for word in re.split(r"[\s,;/+]+", name_key(text)) if word not in ("", "et")]
    unknown = [word for word in words if word not in DAYS]
    if unknown or not words:
        what = f"«{NBSP}{unknown[0][:20]}{NBSP}» n’est pas un jour" if unknown else "aucun jour n’est écrit"
        raise BadCell("Jours", f"{what}. Écrivez-les comme «{NBSP}lundi, mardi, jeudi{NBSP}».")
    return "".join(sorted({DAYS[word] for word in words}))


def _day(column, text):
    if not text:
        return None
    iso = re.fullmatch(r"(\d{4})-(\d{1,2})-(\d{1,2})(?: .*)?", text)
    french = re.fullmatch(r"(\d{1,2})[/.](\d{1,2})[/.](\d{4})", text)
    try:
        parts = iso.groups() if iso else tuple(reversed(french.groups()))
        day = date(*map(int, parts))
        if 1990 <= day.year <= 2099:
            return day
    except (AttributeError, ValueError):
        pass
    raise BadCell(column, f"«{NBSP}{text[:20]}{NBSP}» n’est pas une date. Écrivez-la comme 03/09/2026.")
