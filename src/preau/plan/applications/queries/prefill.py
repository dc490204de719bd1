"""What Préau already knows of a school: shown in the form, kept in the locked copy, never typed again."""

from dataclasses import dataclass
from datetime import date

from preau.kit.dates import day_text
from preau.kit.money import NBSP
from preau.plan.equipment.models import Acceptance, Fact, Measure
from preau.plan.inventory.queries import kinds_of
from preau.plan.premises.models import InclusionSite
from preau.plan.premises.queries import options_of, readiness_of
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
    """Facts of one section, or of all. `uses`, one sentence, comes from above: the plan reads no ENT."""
    found = []
    if section in ("", "ecole"):
        found += [*_identity(school), *_counts(school, today), _social_index(school, today), _received(school, today)]
    if section in ("", "existant"):
        found += [*_gates(school, today), *_assets(school, today)]
        if uses:
            found.append(Known("existant", "existant-usages", "Usages mesurés", uses, "mesure d’usage"))
    if section in ("", "equipe"):
        found.append(_teachers(school, today))
    if section in ("", "inclusion"):
        found.append(_inclusion(school, today))
    return tuple(found)


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


def _counts(school, today):
    """The register of the day, else the latest published count."""
    classes = current_classrooms(school, today).count()
    pupils = Enrolment.objects.current(today).filter(school=school).count()
    origin = f"registre de l’école, au {day_text(today)}"
    if not classes:
        count = school.headcounts.filter(as_of__lte=today).order_by("-as_of", "-id").first()
        classes, pupils = (count.classes_count, count.pupils_count) if count else (None, None)
        origin = f"{count.source}, au {day_text(count.as_of)}" if count else "aucune source"
    return (
        Known("ecole", "ecole-classes", "Classes", _number(classes), origin),
        Known("ecole", "ecole-eleves", "Élèves", _number(pupils), origin),
    )


def _social_index(school, today):
    facts = Fact.objects.standing().filter(school=school, measure=Measure.SOCIAL_INDEX_TENTHS, as_of__lte=today)
    fact = facts.order_by("-as_of", "-id").first()
    if fact is None:
        return Known("ecole", "ecole-ips", "Indice de position sociale", UNKNOWN, "aucune source")
    value = fact.shown_value + (f" ({fact.period})" if fact.period else "")
    return Known("ecole", "ecole-ips", "Indice de position sociale", value, f"{fact.source}, au {day_text(fact.as_of)}")


def _teachers(school, today):
    origin = f"mandats de l’école, au {day_text(today)}"
    count = teachers_of(school, today).count()
    return Known("equipe", "equipe-connus", "Enseignants connus de Préau", _number(count or None), origin)


def _received(school, today):
    rows = Acceptance.objects.standing().filter(school=school, accepted_on__lte=today)
    count = rows.values("label_key").distinct().count()
    return Known("ecole", "ecole-receptions", "Classes déjà équipées", str(count), "réceptions du plan")


def _gates(school, today):
    """Link, cabling, store and notice, each said in a sentence (mission D9)."""
    for gate in readiness_of(school, today).gates:
        yield Known("existant", f"existant-{gate.key}", gate.label, gate.reason, "locaux et réseau de l’école")


def _assets(school, today):
    """What the inventory counts there, kind by kind, with its age: the form asks it of nobody."""
    origin = f"inventaire, au {day_text(today)}"
    kinds = kinds_of(school)
    if not kinds:
        yield Known("existant", "existant-materiel", "Matériel inventorié", "aucun bien inscrit", origin)
    for each in kinds:
        label = str(each.kind.label)
        yield Known(
            "existant", f"existant-materiel-{each.kind}", f"{label[0].upper()}{label[1:]}",
            f"{each.count}, {_ages(each.years)}", origin,
        )  # fmt: skip


def _ages(years) -> str:
    """« livraison de 2019 », « livraisons : 4 en 2019, 8 sans date »"""
    if len(years) == 1:
        return "date de livraison non écrite" if years[0][0] is None else f"livraison de {years[0][0]}"
    told = (f"{count} sans date" if year is None else f"{count} en {year}" for year, count in years)
    return f"livraisons{NBSP}: {', '.join(told)}"


def _inclusion(school, today):
    options = ", ".join(str(OPTIONS[option]) for option in sorted(options_of(school, today)))
    return Known("inclusion", "inclusion-connue", "Accueil connu", options or "aucun", "locaux et registre de l’école")


def _number(value):
    return UNKNOWN if value is None else str(value)
