"""Lists of the plan to take away: the lines of their page and no more."""

from django.utils.timezone import localdate

from preau.kit.views import signed_in, table_file
from preau.plan.equipment import queries, rules
from preau.plan.equipment.views.reading import chosen_city, classes_in_sight, schools_in_sight

CLASSES = ("Classe", "École", "UAI", "Reçue", "Équipement type", "Qualité")
KIT_LINES = (
    "École", "Version", "Publiée le", "En vigueur", "Élément", "Supplément", "Nature", "Wi-Fi", "Règle",
    "Quantité la plus basse", "Quantité la plus haute", "Postes d’élèves dans chacune", "Qualité", "Source",
)  # fmt: skip
SCHOOLS = ("École", "UAI", "Nature", "Équipée le", "À niveau", "Classes reçues", "Classes de l’école")
FACTS = ("Mesure", "Environ", "Valeur", "Date", "Période", "Qualité", "Source")


@signed_in()
def class_export(request, extension):
    """One line per class received."""
    today = localdate()
    rows = [
        (
            a.label,
            a.school.shown_name,
            a.school.uai,
            a.accepted_on if a.day_is_known else str(a.accepted_on.year),
            a.kit_words,
            a.get_quality_display(),
        )
        for a in classes_in_sight(request, today)
    ]
    return table_file(f"classes-{today}", extension, CLASSES, rows)


@signed_in()
def school_export(request, extension):
    """One line per school; what it cost for who reads it."""
    today = localdate()
    _, _, shown, with_amounts = schools_in_sight(request, today)
    rows = [
        (
            s.name_beside_kind,
            s.uai,
            s.kind_label,
            s.equipped_when,
            s.up_to_date_word,
            s.received_word,
            s.classes_word,
            *(s.paid_cells if with_amounts else ()),
        )
        for s in shown
    ]
    return table_file(f"equipement-{today}", extension, SCHOOLS + (queries.PAID_COLUMNS if with_amounts else ()), rows)


@signed_in()
def kit_export(request, extension):
    """One line per element of every version."""
    today = localdate()
    city = chosen_city(request, rules.kits_read_in(request.person, today))
    current = {kit.id for kit in queries.current_kits(city, today)}
    rows = [
        (
            kit.get_school_kind_display(),
            str(kit),
            kit.published_on,
            "oui" if kit.id in current else "non",
            line.item,
            "" if line.option == "always" else line.get_option_display(),
            line.get_kind_display(),
            "oui" if line.is_wifi else "",
            line.get_rule_display(),
            line.quantity_min,
            line.quantity_max,
            line.terminals_each,
            kit.get_quality_display(),
            kit.source,
        )
        for kit in queries.kits_of(city)
        for line in kit.lines.all()
    ]
    return table_file(f"equipement-type-{city.slug}-{today}", extension, KIT_LINES, rows)


@signed_in()
def fact_export(request, extension):
    """One line per figure published about the city."""
    today = localdate()
    city = chosen_city(request, rules.cities_visible_to(request.person, today))
    rows = [
        (
            f.get_measure_display(),
            "environ" if f.is_approximate else "",
            f.shown_value,
            f.dated,
            f.period,
            f.get_quality_display(),
            f.source,
        )
        for f in queries.facts_of(city)
    ]
    return table_file(f"chiffres-{city.slug}-{today}", extension, FACTS, rows)
