"""The convention between the city and the académie, as a draft: who decides of what is a blank that they fill."""

from preau.kit.outbound import texting, translating
from preau.privacy.papers.measures import ACCESS, HONESTY, INCIDENT, LIMITS
from preau.privacy.papers.parts import TO_WRITE, UNTIL, WHAT, WHY, Paper, Part, kept

ANSWERING = (
    "Responsable du traitement pour la vie scolaire et les échanges avec les familles\u00a0: ………………………",
    "Responsable du traitement pour ce que la Ville annonce elle-même\u00a0: ………………………",
    "Sous-traitant qui héberge et tient la base\u00a0: ………………………",
)
END = Part(
    "Durée, fin, réversibilité",
    (
        "Durée\u00a0: ……………… Préavis\u00a0: ……………… Coût et répartition\u00a0: ………………",
        "À la fin, les données sont rendues dans des formats ouverts, puis effacées sous ……………… jours.",
    ),
)


def processors() -> list[str]:
    """A line for each service that this installation sends something to."""
    sending = {
        "envoi des courriels": True,
        "envoi des SMS": texting.leaves(),
        "notifications, par le service de chaque navigateur, sans nom ni texte": True,
        "traduction des mots, noms cachés": translating.is_on(),
    }
    return [f"Sous-traitant, {what}\u00a0: ………………………" for what, is_on in sending.items() if is_on]


def convention(city: str, academy: str) -> Paper:
    return Paper(
        f"Convention entre la Ville de {city} et l’académie de {academy}",
        (
            Part(
                "Entre",
                (
                    f"La Ville de {city}, représentée par …………………………………… (délibération du ………………)",
                    f"et l’académie de {academy}, représentée par ……………………………………",
                ),
            ),
            Part(
                "Objet",
                (
                    "Préau sert aux écoles publiques de la Ville\u00a0: vie de la classe, mots aux familles, site "
                    "public, plan numérique. La présente convention dit qui décide de quoi, et de quoi chacun répond.",
                ),
            ),
            Part("Qui répond de quoi", (*ANSWERING, *processors())),
            Part("Données traitées", (), (), (WHAT, WHY, UNTIL), kept(of_plan=True)),
            Part("Accès", ("Le logiciel tient ces règles\u00a0:",), ACCESS),
            Part("Sécurité et preuve", (), (*HONESTY, *LIMITS)),
            Part("En cas d’incident", ("Qui prévient qui, et sous quel délai\u00a0: " + TO_WRITE,), INCIDENT),
            END,
            Part("Signatures", ("Pour la Ville, le ………………", "Pour l’académie, le ………………")),
        ),
    )
