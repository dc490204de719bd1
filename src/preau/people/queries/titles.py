"""How a title is said: « directrice » for a woman, « directeur » for a man, both when the civility is not known."""

from preau.people.models import Role

BY_CIVILITY = {
    Role.TEACHER: ("enseignante", "enseignant"),
    Role.SUPPLY_TEACHER: ("remplaçante", "remplaçant"),
    Role.SCHOOL_HEAD: ("directrice", "directeur"),
    Role.ANIMATOR: ("animatrice périscolaire", "animateur périscolaire"),
    Role.CATERING: ("agente de restauration", "agent de restauration"),
    Role.ELECTED: ("élue", "élu"),
    Role.IA_DASEN_DEPUTY: ("adjointe de l’IA-DASEN", "adjoint de l’IA-DASEN"),
    Role.PEDAGOGICAL_ADVISER: ("conseillère pédagogique", "conseiller pédagogique"),
    Role.TRAINER: ("formatrice", "formateur"),
    Role.OPERATOR: ("opératrice de la base", "opérateur de la base"),
}


def title_said(mandate, person) -> str:
    """« directrice », « ATSEM », « IEN »; both forms when the civility is not known."""
    label = str(Role(mandate.role).label)
    if mandate.title or mandate.role not in BY_CIVILITY:
        return mandate.title or label
    woman, man = BY_CIVILITY[mandate.role]
    return {"Mme": woman, "M.": man}.get(person.civility, label)
