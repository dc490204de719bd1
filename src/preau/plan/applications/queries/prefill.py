"""What Préau already knows of a school: shown in the form, kept in the locked copy, never typed again."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, F, FilteredRelation, IntegerField, Subquery, Value
from django.db.models.functions import Coalesce, JSONObject
from django.utils.text import capfirst

from preau.kit.dates import day_text
from preau.kit.money import NBSP
from preau.places.models import School
from preau.plan.equipment.models import SCHOOL_MEASURES, Acceptance, Fact, Measure
from preau.plan.equipment.queries import is_told
from preau.plan.inventory.queries import kinds_of
from preau.plan.premises.models import InclusionSite
from preau.plan.premises.queries import derive, options_of, with_premises
from preau.schools.models import Enrolment
from preau.schools.queries import current_classrooms, teachers_of

UNKNOWN = "inconnu"
NO_SOURCE = "aucune source"
OPTIONS = dict(InclusionSite.Option.choices)


@dataclass(frozen=True)
class Known:
    """A fact with where it comes from, in the section it belongs to."""

    section: str
    key: str
    label: str
    value: str
    origin: str


def known_about(school, today: date, section: str = "", uses: str = "") -> tuple[Known, ...]:
    """Facts of one section, or of all; two reads. `uses`, one sentence, comes from above: the plan reads no ENT."""
    found, rows = [], _told(school, today)
    told = rows[0]
    if section in ("", "ecole"):
        found += [*_identity(school, told), *_counts(told, today), _social_index(told), _received(told)]
    if section in ("", "existant"):
        found += [*_gates(rows, today), *_assets(school, today)]
        if uses:
            found.append(Known("existant", "existant-usages", "Usages mesurés", uses, "mesure d’usage"))
    if section in ("", "equipe"):
        found.append(_teachers(told, today))
    if section in ("", "inclusion"):
        found.append(_inclusion(told, today))
    return tuple(found)


def _told(school, today) -> list[School]:
    """The school read again with its gates, its counts, and the last figure of each measure told of it, as
    JSON: one read, a row for each of its Internet links (`line`), one without any."""
    facts = Fact.objects.standing().filter(school=school, as_of__lte=today)
    facts = facts.order_by(F("proxy_of").asc(nulls_first=True), "-as_of", "-id")
    received = Acceptance.objects.standing().filter(school=school, accepted_on__lte=today)
    lines = School.objects.filter(pk=school.pk).annotate(line=FilteredRelation("internet_links"))
    return list(
        with_premises(lines.select_related("line"), today).annotate(
            classes=_number_of(current_classrooms(school, today)),
            pupils=_number_of(Enrolment.objects.current(today).filter(school=school)),
            teachers=_number_of(teachers_of(school, today)),
            received=_number_of(received, "label_key"),
            is_told=is_told(today),
            **{f"fact_{measure.value}": _latest(facts.filter(measure=measure)) for measure in SCHOOL_MEASURES},
        )
    )


def _latest(facts):
    told = JSONObject(value="value", period="period", on="as_of", by="source", of="proxy_of__name")
    return Subquery(facts.values(found=told)[:1])


def _number_of(rows, counted="pk"):
    """A count as a column; rows grouped by nothing of theirs."""
    rows = rows.order_by().annotate(one=Value(1)).values("one").annotate(number=Count(counted, distinct=True))
    return Coalesce(Subquery(rows.values("number"), output_field=IntegerField()), 0)


def _identity(school, told):
    directory = "annuaire des écoles"
    district = school.district.name if school.district_id else UNKNOWN
    return (
        Known("ecole", "ecole-nom", "École", f"{school.name_beside_kind}, {school.get_kind_display()}", directory),
        Known("ecole", "ecole-uai", "UAI", school.uai or UNKNOWN, directory),
        Known("ecole", "ecole-circonscription", "Circonscription", district, directory),
        _published(told, "ecole-ep", "Éducation prioritaire", Measure.PRIORITY_EDUCATION),
        _published(told, "ecole-etages", "Étages", Measure.FLOORS),
    )


def _published(told, key, label, measure):
    """A figure with its period and its source, or « inconnu »."""
    fact = getattr(told, f"fact_{measure.value}")
    if not fact:
        return Known("ecole", key, label, UNKNOWN, NO_SOURCE)
    period = f" ({fact['period']})" if fact["period"] else ""
    return Known(
        "ecole", key, label, f"{Fact(measure=measure, value=fact['value']).shown_value}{period}", _origin(fact)
    )


def _counts(told, today):
    """The register of the day, else the latest published counts."""
    if not told.classes:
        return (
            _published(told, "ecole-classes", "Classes", Measure.CLASSES),
            _published(told, "ecole-eleves", "Élèves", Measure.SCHOOL_PUPILS),
        )
    classes, pupils = told.classes, told.pupils
    origin = f"registre de l’école, au {day_text(today)}"
    return (
        Known("ecole", "ecole-classes", "Classes", _number(classes), origin),
        Known("ecole", "ecole-eleves", "Élèves", _number(pupils), origin),
    )


def _social_index(told):
    index = told.fact_social_index_tenths or {}
    lender = School(name=index["of"]) if index.get("of") else None
    fact = Fact(measure=Measure.SOCIAL_INDEX_TENTHS, value=index.get("value"), proxy_of=lender)
    period = f" ({index['period']})" if index.get("period") else ""
    value, origin = (f"{fact.shown_value}{period}", _origin(index)) if index else (UNKNOWN, NO_SOURCE)
    return Known("ecole", "ecole-ips", capfirst(fact.label), value, origin)


def _origin(row) -> str:
    return f"{row['by']}, au {day_text(date.fromisoformat(row['on']))}"


def _teachers(told, today):
    origin = f"mandats de l’école, au {day_text(today)}"
    return Known("equipe", "equipe-connus", "Enseignants connus de Préau", _number(told.teachers or None), origin)


def _received(told):
    """Nothing is told of what a school received until something was, or until somebody says that nothing was."""
    said, origin = (str(told.received), "réceptions du plan") if told.is_told else (UNKNOWN, NO_SOURCE)
    return Known("ecole", "ecole-receptions", "Classes déjà équipées", said, origin)


def _gates(rows, today):
    """Link, cabling, store and notice, each said in a sentence (mission D9)."""
    links = [row.line for row in rows if hasattr(row, "line")]  # Django leaves out what the join did not find
    for gate in derive(rows[0], links, today).gates:
        yield Known("existant", f"existant-{gate.key}", gate.label, gate.reason, "locaux et réseau de l’école")


def _assets(school, today):
    """What the inventory counts there, kind by kind, with its age: the form asks it of nobody."""
    origin = f"inventaire, au {day_text(today)}"
    kinds = kinds_of(school)
    if not kinds:
        yield Known("existant", "existant-materiel", "Matériel inventorié", "aucun bien inscrit", origin)
    for each in kinds:
        yield Known(
            "existant",
            f"existant-materiel-{each.kind}",
            capfirst(each.kind.label),
            f"{each.count}, {_ages(each.years)}",
            origin,
        )


def _ages(years) -> str:
    """« livraison de 2019 », « livraisons : 4 en 2019, 8 sans date »"""
    if len(years) == 1:
        return "date de livraison non écrite" if years[0][0] is None else f"livraison de {years[0][0]}"
    told = (f"{count} sans date" if year is None else f"{count} en {year}" for year, count in years)
    return f"livraisons{NBSP}: {', '.join(told)}"


def _inclusion(told, today):
    options = ", ".join(str(OPTIONS[option]) for option in sorted(options_of(told, today)))
    return Known("inclusion", "inclusion-connue", "Accueil connu", options or "aucun", "locaux et registre de l’école")


def _number(value):
    return UNKNOWN if value is None else str(value)
