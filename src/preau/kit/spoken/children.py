"""« Tu » to children: sentences written for adults, said to a child."""

import re

from preau.kit.spoken import other_language

# Longer ones first where one begins as another; « en » after an imperative in -e asks an s (« gardes-en »).
SAID = {
    "votre interlocutrice ou votre interlocuteur": "la personne à qui tu écrivais",
    "vous ne l’êtes plus": "tu n’y es plus", "vous ne pouvez": "tu ne peux", "vous pouvez": "tu peux",
    "vous n’avez": "tu n’as", "vous avez": "tu as", "vous ne prenez pas part": "tu ne prends pas part",
    "vous ne la lisez": "tu ne la lis", "pour vous": "pour toi", "votre réponse": "ta réponse", "votre": "ton",
    "vos": "tes",
    "gardez-en": "gardes-en", "attendez": "attends", "choisissez": "choisis", "cochez": "coche",
    "commencez": "commence", "demandez": "demande", "dites": "dis", "écoutez": "écoute", "écrivez": "écris",
    "enregistrez": "enregistre", "envoyez": "envoie", "gardez": "garde", "imprimez": "imprime", "parlez": "parle",
    "recommencez": "recommence", "rechargez": "recharge", "réduisez": "réduis", "revenez": "reviens", "voyez": "vois",
}  # fmt: skip
WORDS = re.compile(rf"\b({'|'.join(SAID)})\b", re.I)


def to_child(words: str) -> str:
    """« Ou dites-le » is « Ou dis-le »; what another language says stays."""
    return words if other_language() else WORDS.sub(_said, words)


def _said(found):
    said = SAID[found[0].lower()]
    return said[0].upper() + said[1:] if found[0][0].isupper() else said
