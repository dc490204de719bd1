"""Who takes part in the plan, and which of its pages their titles open (plan.md, permission matrix). The desk gives no
right: each line of its pages comes from the visible set of its own room."""

from dataclasses import dataclass

from preau.people.models import CITY_ROLES, Role
from preau.people.queries import current_mandates
from preau.plan.equipment.rules import DISTRICT_READERS, STATE_READERS

STATE = (*STATE_READERS, *DISTRICT_READERS)
STEERING = (*CITY_ROLES, *STATE)
TEAM = (Role.SCHOOL_HEAD, Role.TEACHER)
SCHOOL = (*TEAM, Role.SUPPLY_TEACHER, Role.AESH, Role.SCHOOL_CITY_STAFF)
SCHOOLS_AND_STEERING = (*SCHOOL, *STEERING)
READERS = (*SCHOOLS_AND_STEERING, Role.TRAINER)
FILES = (*TEAM, *STATE, Role.CITY_EDUCATION, Role.CITY_IT, Role.TRAINER)
PENS = (*STATE_READERS, Role.IEN, Role.CITY_EDUCATION, Role.CITY_IT)
EVERYONE = (*READERS, Role.PARENTS_FEDERATION)


@dataclass(frozen=True)
class Page:
    """A page of the plan, what it tells, whose titles open it."""

    label: str
    hint: str
    url_name: str
    roles: tuple


PAGES = (
    Page("Le tableau des écoles", "État, raison, délai, chez qui.", "desk:board",
         (*STEERING, Role.TRAINER)),
    Page("Candidatures", "Le projet de chaque école, et les avis.", "applications:application_list", FILES),
    Page("Appels", "Qui peut candidater, jusqu’à quand.", "applications:call_list", FILES),
    Page("Avis", "Ceux que vous rendez, ceux que vous lisez.", "applications:opinion_list", PENS),
    Page("Préconisations", "Ce que la DSDEN et la DAN conseillent d’acheter.", "priorities:recommendation_list",
         STEERING),
    Page("Listes priorisées", "L’ordre des écoles, et ses raisons.", "priorities:list_list",
         (*(role for role in STEERING if role != Role.CITY_FINANCE), Role.PARENTS_FEDERATION)),
    Page("Programmes", "Les écoles de l’année, et leur coût.", "priorities:programme_list",
         (*STEERING, Role.PARENTS_FEDERATION)),
    Page("Déploiements", "Étapes, calendrier, réceptions.", "rollouts:rollout_list", READERS),
    Page("L’année", "Appels, avis, séances et déploiements, mois par mois.", "desk:year", READERS),
    Page("Écoles prêtes", "Liaison, câblage, réserve, conseil d’école.", "premises:readiness_list",
         READERS),
    Page("Inventaire", "Le matériel, local par local.", "inventory:asset_list", READERS),
    Page("Le socle numérique", "Ce qui manque, salle de classe par salle de classe.", "desk:base_list", READERS),
    Page("Wi-Fi", "Où il est allumé, et le registre de chaque école.", "wifi:wifi_home", READERS),
    Page("Malles à emprunter", "Pour toute école, équipée ou non.", "loans:kit_list", READERS),
    Page("Emprunts", "Les demandes et leur chemin.", "loans:booking_list", READERS),
    Page("Comités", "Séances, dossiers, décisions, suites.", "governance:committee_home",
         (*STEERING, Role.TRAINER, Role.PARENTS_FEDERATION)),
    Page("Options comparées", "Les solutions techniques, et leurs notes.", "studies:comparison_list",
         (*STEERING, Role.TRAINER)),
    Page("Laboratoires", "Les écoles qui essaient, et leur bilan.", "studies:cohort_list", (*STEERING, Role.TRAINER)),
    Page("Les ambitions", "À quoi sert le plan, et ce qu’il en advient.", "desk:ambition_list", EVERYONE),
    Page("Les chiffres", "Écoles équipées, classes, montants.", "equipment:plan_home",
         (*READERS, Role.PARENTS_FEDERATION)),
    Page("Les dépenses", "Ce que la Ville a payé, école par école.", "finance:expense_list", CITY_ROLES),
    Page("Les forces mesurées", "Adhésion, fluidité, cohérence.", "desk:strengths", (*CITY_ROLES, *STATE_READERS)),
    Page("Journal scellé", "Vérifier qu’aucun acte n’a été changé.", "steering:sealed_journal", EVERYONE),
)  # fmt: skip


def takes_part(person, today) -> bool:
    """Holds a title that has something to do or to read in a plan."""
    return bool(_roles(person, today) & set(EVERYONE))


def pages_open_to(person, today) -> list[Page]:
    """In the order of the plan."""
    roles = _roles(person, today)
    return [page for page in PAGES if roles & set(page.roles)]


def reads_year(person, today) -> bool:
    """Holds a title whose calls, opinions, sessions or roll-outs have days to show."""
    return bool(_roles(person, today) & set(READERS))


def reads_files(person, today) -> bool:
    """Reads applications: for the others a school that filed one and one that did not look alike."""
    return bool(_roles(person, today) & set(FILES))


def _roles(person, today):
    return {mandate.role for mandate in (current_mandates(person, today) if person else ())}
