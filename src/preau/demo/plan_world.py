"""The plan of the two demo cities, played through the plan's own actions.

Poitiers shows what was published and nothing more; the commune that does not exist is founded here, and its six years
are told by `demo.commune`.
"""

import csv
import datetime
from pathlib import Path

from preau.places import actions as places
from preau.places.models import School
from preau.plan.ambitions.actions import add_deck_ambitions
from preau.plan.equipment import actions
from preau.plan.equipment import models as plan
from preau.plan.finance import actions as finance
from preau.plan.premises import actions as premises

HERE = Path(__file__).parent / "data"
PLAN_DATA = Path(actions.__file__).parents[1] / "data"
CITY_LIST = "La_rentree_scolaire_2018_a_Poitiers"  # in the address of the page where the city lists its networks
FICTION = "Données fictives de démonstration"
DECK = "Diaporama de la Ville de Poitiers, 2018"
KINDS = (School.Kind.NURSERY, School.Kind.ELEMENTARY, School.Kind.PRIMARY)


def rows_of(path):
    """The lines of a data file, without its comments."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(line for line in file if not line.startswith("#")))


def build_poitiers(*, city, person, now):
    """44 public schools, the deck's totals, the laboratory of six. `person` writes the city's plan, or None.

    Returns {UAI or « name, kind »: School}. No equipment is given to any school: the deck does not say which.
    """
    schools = {}
    for row in rows_of(PLAN_DATA / "poitiers_schools.csv"):
        school = places.add_school(
            person=person, city=city, name=row["name"], kind=row["kind"], now=now, uai=row["uai"],
            source=row["source"],
        )  # fmt: skip
        if row["address"] or row["postcode"]:
            actions.record_school_contact(
                person=person, school=school, address=row["address"], postcode=row["postcode"],
                source=_one_source(row), now=now,
            )  # fmt: skip
        schools[row["uai"] or f"{row['name']}, {row['kind']}"] = school
        _real_figures(city, school, row, person, now)
    _deck_totals(city, person, now)
    for row in rows_of(PLAN_DATA / "poitiers_laboratory.csv"):
        finance.record_subscription(
            person=person, school=schools[row["uai"]], starts_on=_day(row["starts_on"]), payer=row["payer"],
            years_count=int(row["years_count"]) if row["years_count"] else None, source=row["source"],
            quality=plan.Quality.DECK, now=now,
        )  # fmt: skip
    _publish_deck_kits(city, person, now, datetime.date(2013, 1, 1), plan.Quality.DECK, DECK)
    return schools


def found_commune(*, city, person, now, since):
    """45 schools and the kits in force from `since`; what follows is told by `demo.commune`. Returns {name: School}."""
    _publish_deck_kits(city, person, now, since, plan.Quality.FICTITIOUS, f"{FICTION}, d’après le diaporama")
    schools = {}
    for row in commune_rows():
        school = places.add_school(
            person=person, city=city, name=row["name"], kind=row["kind"], now=now, source=FICTION
        )
        premises.locate_school(
            person=person, school=school, latitude=row["latitude"], longitude=row["longitude"], source=FICTION, now=now
        )
        schools[row["name"]] = school
    figures = {schools[row["name"]]: _fictitious_figures(row) for row in commune_rows()}
    _of_a_year(city, person, now, since.year, figures, source=FICTION, quality=plan.Quality.FICTITIOUS)
    actions.record_none_received(
        person=person, city=city, schools=list(schools.values()), as_of=since, source=FICTION, now=now
    )
    for name, proxy in ((row["name"], row["children_go_to"]) for row in commune_rows()):
        if proxy:
            actions.estimate_index(person=person, school=schools[name], proxy_of=schools[proxy], now=now)
    return schools


def commune_rows():
    """The schools of the commune that does not exist: name, kind, classes, year of the plan, social index."""
    return rows_of(HERE / "sainte_marelle_schools.csv")


def write_ambitions(*, city, person, now):
    """The seven aims of the published texts; those of a commune that does not exist say that they are borrowed."""
    quality = f"{FICTION}, d’après\u00a0: " if city.is_fictitious else ""
    return add_deck_ambitions(person=person, city=city, now=now, quality=quality)


def _real_figures(city, school, row, person, now):
    """Priority education, the social index of the State, and the one school whose classes and pupils were published."""
    if row["rep"]:
        # Some pages that name the school's network give no year: taken as that of the city's list, 2018.
        is_dated = CITY_LIST in row["source"]
        code = plan.PriorityEducation.NONE if row["rep"].startswith("hors") else plan.PriorityEducation.REP
        _of_a_year(
            city, person, now, 2018, {school: {plan.Measure.PRIORITY_EDUCATION: code}}, source=_one_source(row),
            quality=plan.Quality.DECLARED if is_dated else plan.Quality.ESTIMATED,
        )  # fmt: skip
    for year in (2021, 2022):
        if row[f"ips_{year}_tenths"]:
            _of_a_year(
                city, person, now, year,
                {school: {plan.Measure.SOCIAL_INDEX_TENTHS: int(row[f"ips_{year}_tenths"])}},
                source=f"Ministère de l’Éducation nationale, DEPP, IPS des écoles, rentrée {year}",
                quality=plan.Quality.MEASURED,
            )  # fmt: skip
    if row["classes"]:
        counts = {plan.Measure.CLASSES: int(row["classes"]), plan.Measure.SCHOOL_PUPILS: int(row["pupils"])}
        _of_a_year(
            city, person, now, int(row["figures_year"]), {school: counts},
            source="https://le7.info/article/23727-les-parents-pensent-lecole-du-futur", quality=plan.Quality.DECLARED,
        )  # fmt: skip


def _one_source(row):
    """The city's own list when the line has it, else the first page it names."""
    pages = row["source"].split(" | ")
    return next((page for page in pages if CITY_LIST in page), pages[0])


def _of_a_year(city, person, now, year, values, **origin):
    actions.record_school_figures(person=person, city=city, year=year, values=values, now=now, **origin)


def _deck_totals(city, person, now):
    deck, others = {}, []
    for row in rows_of(PLAN_DATA / "poitiers_deck.csv"):
        if row["measure"].startswith("equipped_"):
            deck[row["measure"]] = row
        else:
            others.append(row)
    last = deck["equipped_schools"]
    actions.record_facts(
        person=person, city=city, values={measure: int(row["value"]) for measure, row in deck.items()},
        as_of=_day(last["as_of"]), period=last["period"], source=last["source"], quality=last["quality"], now=now,
    )  # fmt: skip
    for row in others:
        actions.record_fact(
            person=person, city=city, measure=row["measure"], value=int(row["value"]), as_of=_day(row["as_of"]),
            period=row["period"], is_approximate=bool(row["is_approximate"]), source=row["source"],
            quality=row["quality"], now=now,
        )  # fmt: skip


def _fictitious_figures(row):
    index = {plan.Measure.SOCIAL_INDEX_TENTHS: int(row["ips_tenths"])} if row["ips_tenths"] else {}
    return {plan.Measure.CLASSES: int(row["classes"]), **index}


def _publish_deck_kits(city, person, now, published_on, quality, source):
    for kind in KINDS:
        actions.publish_kit_version(
            person=person, city=city, school_kind=kind, lines=actions.deck_lines(school_kind=kind),
            published_on=published_on, source=source, quality=quality, now=now,
        )  # fmt: skip


def _day(text):
    return datetime.date.fromisoformat(text)
