"""The impact study (AIPD), as a draft: the product says what it does; how grave and how likely is the DPO's to say."""

from preau.privacy.papers.measures import ACCESS, HONESTY, INCIDENT, LIMITS
from preau.privacy.papers.parts import ERASED, TO_WRITE, UNTIL, WHAT, WHY, Paper, Part, kept

TO_WEIGH = "à évaluer"

NEED = Part(
    "Nécessité, proportion",
    ("Chaque table dit ce qu’elle garde, pourquoi et jusqu’à quand\u00a0: un essai le vérifie.",),
    (
        "aucune donnée de santé n’est demandée, et les formulaires le disent",
        "une adresse ou un téléphone n’est jamais exigé d’une famille\u00a0: le papier suffit",
        "ni points, ni compteurs, ni classement",
    ),
)
RISKS = Part(
    "Risques",
    ("Gravité et vraisemblance\u00a0: au DPO de les évaluer.",),
    (),
    ("Risque", "Ce que fait le logiciel", "Gravité", "Vraisemblance"),
    (
        ("Des données sont lues par qui ne doit pas", "\u00a0; ".join(ACCESS), TO_WEIGH, TO_WEIGH),
        ("Des données sont changées à tort", "\u00a0; ".join(HONESTY), TO_WEIGH, TO_WEIGH),
        ("Un compte est volé, un faux message part", "\u00a0; ".join(INCIDENT), TO_WEIGH, TO_WEIGH),
        ("Des données sont gardées trop longtemps", "\u00a0; ".join(LIMITS), TO_WEIGH, TO_WEIGH),
        ("Des données disparaissent", HONESTY[-1], TO_WEIGH, TO_WEIGH),
    ),
)
DECISION = Part(
    "Avis et décision",
    (
        "Avis du DPO, le ………………\u00a0: " + TO_WRITE,
        "Décision du responsable du traitement, le ………………\u00a0: " + TO_WRITE,
    ),
)


def study(city: str, academy: str) -> Paper:
    return Paper(
        f"Analyse d’impact (AIPD) de Préau, Ville de {city}",
        (
            Part(
                "Le traitement",
                (
                    "Un espace numérique pour les écoles publiques du premier degré, et le suivi du plan numérique.",
                    "Personnes concernées\u00a0: élèves, responsables, enseignants, directions, agents publics.",
                    f"Responsable, sous-traitants\u00a0: ceux de la convention avec l’académie de {academy}.",
                    "Base légale\u00a0: " + TO_WRITE,
                ),
            ),
            Part("Ce qui est gardé", (), (), (WHAT, WHY, UNTIL, ERASED), kept(of_plan=True, erased=True)),
            NEED,
            Part(
                "Droits des personnes",
                ("Copie, correction, effacement\u00a0: par la direction ou la Ville, pour une personne.",),
            ),
            RISKS,
            DECISION,
        ),
    )
