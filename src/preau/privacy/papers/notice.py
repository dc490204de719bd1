"""The notice to families: who holds what, whom to ask. Plain words, sentences of twenty words at most."""

from preau.privacy.papers.parts import UNTIL, WHAT, WHY, Paper, Part, kept

READERS = Part(
    "Qui les lit",
    (),
    (
        "L’enseignante ou l’enseignant de votre enfant et la direction de l’école lisent vos réponses.",
        "L’autre parent ne lit jamais vos réponses, votre adresse ni votre téléphone.",
        "Les agents de la Ville et de l’État lisent des nombres. Aucun nom d’élève ni de parent.",
    ),
)
NEVER = Part(
    "Ce que nous ne faisons pas",
    (),
    (
        "Aucune publicité. Aucun traceur. Aucune page n’appelle un autre site.",
        "Aucune donnée de santé n’est demandée. Cela se dit à l’école, de vive voix.",
        "Rien n’est vendu ni prêté.",
    ),
)


def notice(city: str, academy: str) -> Paper:
    of_city = f"la Ville de {city}" if city.strip("…") else "votre Ville"
    return Paper(
        "Ce que l’école garde de vous et de votre enfant",
        (
            Part(
                "Qui garde vos données",
                (
                    f"Préau est l’espace numérique de l’école. Ses données sont dans la base de {of_city}.",
                    "La Ville et l’Éducation nationale signent une convention. Elle dit qui répond de quoi.",
                    "Les données viennent de l’école, de la Ville et de vous. De personne d’autre.",
                ),
            ),
            READERS,
            NEVER,
            Part(
                "Vos droits, et à qui les demander",
                (
                    "Vous pouvez demander une copie de ce qui vous concerne. Vous pouvez le faire corriger ou effacer.",
                    "Demandez à la direction de l’école. Elle transmet à la Ville si besoin.",
                    "Délégué à la protection des données\u00a0: ……………………………………………",
                    "Si la réponse ne vient pas, vous pouvez écrire à la CNIL.",
                    "Vous pouvez tout faire sur papier. L’école imprime ce que vous demandez.",
                ),
            ),
            Part("Ce qui est gardé, pourquoi, jusqu’à quand", (), (), (WHAT, WHY, UNTIL), kept()),
        ),
        for_families=True,
    )
