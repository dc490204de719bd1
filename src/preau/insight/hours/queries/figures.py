"""The same figures for a committee's dossier, as plain rows: what, how many, where it comes from."""

from preau.insight.hours.queries.counted import told_of
from preau.kit.dates import MONTHS
from preau.kit.money import counted, group
from preau.plan.equipment.models import Quality

COUNTED = "compté à la fermeture des séances"
SPENT = "toutes les dépenses, sur toutes les heures-élèves"


def since_text(day) -> str:
    """« septembre 2026 »"""
    return f"{MONTHS[day.month - 1]} {day.year}"


def figures_of(city, overview, today) -> list[dict]:
    """Rows of « Le plan en une page »."""
    told = told_of(city, overview, today)
    label = f"heures-élèves, année scolaire {told.hours.year}"
    if not told.is_counted:
        return [_row(label, "aucune séance comptée", "rien n’est enregistré")]
    total, counted_on, spent_on = told.hours.total, COUNTED, SPENT
    if overview.quality == Quality.FICTITIOUS:
        counted_on, spent_on = f"{COUNTED}, fictif", f"{SPENT}, fictif"
    sessions = counted(total.lessons_count, "séance", "séances")
    rows = [_row(f"{label}, en {sessions} sur tablettes ou ordinateurs", total.said, counted_on)]
    if told.equipped_count is not None:
        rows.append(
            _row(
                f"équipées et utilisées cette année, sur {group(told.equipped_count)} écoles équipées",
                group(told.used_count),
                counted_on,
            )
        )
    if told.carts.count:
        rows.append(
            _row(
                f"chariots qu’aucune séance n’a nommés cette année, sur {group(told.carts.count)}",
                group(told.carts.idle_count),
                counted_on,
            )
        )
    if told.cost:
        rows.append(
            _row(f"payés par heure-élève comptée depuis {since_text(told.hours.since)}", str(told.cost), spent_on)
        )
    return rows


def _row(label, value, origin):
    return {"label": label, "value": value, "origin": origin}
