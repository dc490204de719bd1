"""What Préau already knows of a school: shown in the form, kept in the locked copy, never typed again."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, F, FilteredRelation, IntegerField, Subquery, Value
from django.db.models.functions import Coalesce, JSONObject
from django.utils.text import capfirst

from preau.kit.dates import day_text
from preau.kit.money import NBSP
from preau.places.models import School
from preau.plan.equipment.models import Acceptance, Fact, Measure
from preau.plan.inventory.queries import kinds_of
from preau.plan.premises.models import InclusionSite
from preau.plan.premises.queries import derive, options_of, with_premises
from preau.schools.models import Enrolment
from preau.schools.queries import current_classrooms, teachers_of

UNKNOWN = "non publié"
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
        found += [*_identity(school), *_counts(told, today), _social_index(told), _received(told)]
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
    """The school read again with its gates, its counts, and the last head count and social index told of it, each as
    JSON: one read, a row for each of its Internet links (`line`), one without any."""
    heads = school.headcounts.filter(as_of__lte=today).order_by("-as_of", "-id")
    indexes = Fact.objects.standing().filter(school=school, measure=Measure.SOCIAL_INDEX_TENTHS, as_of__lte=today)
    received = Acceptance.objects.standing().filter(school=school, accepted_on__lte=today)
    lines = School.objects.filter(pk=school.pk).annotate(line=FilteredRelation("internet_links"))
    return list(with_premises(lines.select_related("line"), today).annotate(
        classes=_number_of(current_classrooms(school, today)),
        pupils=_number_of(Enrolment.objects.current(today).filter(school=school)),
        teachers=_number_of(teachers_of(school, today)),
        received=_number_of(received, "label_key"),
        head=Subquery(
            heads.values(found=JSONObject(classes="classes_count", pupils="pupils_count", on="as_of", by="source"))[:1]
        ),
        index=Subquery(
            indexes.order_by(F("proxy_of").asc(nulls_first=True), "-as_of", "-id").values(
                found=JSONObject(value="value", period="period", on="as_of", by="source", of="proxy_of__name")
            )[:1]
        ),
    ))  # fmt: skip


def _number_of(rows, counted="pk"):
    """A count as a column; rows grouped by nothing of theirs."""
    rows = rows.order_by().annotate(one=Value(1)).values("one").annotate(number=Count(counted, distinct=True))
    return Coalesce(Subquery(rows.values("number"), output_field=IntegerField()), 0)


def _identity(school):
    directory = "annuaire des écoles"
    district = school.district.name if school.district_id else UNKNOWN
    return (
        Known("ecole", "ecole-nom", "École", f"{school.name}, {school.get_kind_display()}", directory),
        Known("ecole", "ecole-uai", "UAI", school.uai or UNKNOWN, directory),
        Known("ecole", "ecole-circonscription", "Circonscription", district, directory),
        Known("ecole", "ecole-ep", "Éducation prioritaire", school.priority_education or UNKNOWN, directory),
        Known("ecole", "ecole-etages", "Étages", _number(school.floors_count), directory),
    )


def _counts(told, today):
    """The register of the day, else the latest published count."""
    classes, pupils = told.classes, told.pupils
    origin = f"registre de l’école, au {day_text(today)}"
    if not classes:
        head = told.head or {}
        classes, pupils = head.get("classes"), head.get("pupils")
        origin = _origin(head) if head else "aucune source"
    return (
        Known("ecole", "ecole-classes", "Classes", _number(classes), origin),
        Known("ecole", "ecole-eleves", "Élèves", _number(pupils), origin),
    )


def _social_index(told):
    index = told.index or {}
    lender = School(name=index["of"]) if index.get("of") else None
    fact = Fact(measure=Measure.SOCIAL_INDEX_TENTHS, value=index.get("value"), proxy_of=lender)
    period = f" ({index['period']})" if index.get("period") else ""
    value, origin = (f"{fact.shown_value}{period}", _origin(index)) if index else (UNKNOWN, "aucune source")
    return Known("ecole", "ecole-ips", capfirst(fact.label), value, origin)


def _origin(row) -> str:
    return f"{row['by']}, au {day_text(date.fromisoformat(row['on']))}"


def _teachers(told, today):
    origin = f"mandats de l’école, au {day_text(today)}"
    return Known("equipe", "equipe-connus", "Enseignants connus de Préau", _number(told.teachers or None), origin)


def _received(told):
    return Known("ecole", "ecole-receptions", "Classes déjà équipées", str(told.received), "réceptions du plan")


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
            "existant", f"existant-materiel-{each.kind}", capfirst(each.kind.label),
            f"{each.count}, {_ages(each.years)}", origin,
        )  # fmt: skip


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
