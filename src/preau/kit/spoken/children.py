"""« Tu » to children: sentences written for adults, said to a child."""

import re

from preau.kit.spoken import other_language

# Longer ones first where one begins as another; « en » after an imperative in -e asks an s (« gardes-en »).
# To report is said as what it is for a child: an adult is told.
SAID = {
    "la personne signalée ne reçoit pas ce signalement et ne le voit pas": "la personne qui l’a écrit ne le saura pas",
    "vous avez déjà signalé ce message": "tu as déjà prévenu un adulte",
    "vous l’avez déjà signalé": "tu as déjà prévenu un adulte", "votre signalement est suivi": "il s’en occupe",
    "signalement envoyé": "un adulte est prévenu", "sa suite se lit ici": "tu liras ici ce qu’il a fait",
    "aucun signalement": "rien pour le moment", "signalements": "j’ai prévenu un adulte",
    "envoyer le signalement": "prévenir un adulte", "signalement": "j’ai prévenu un adulte",
    "signaler un message": "prévenir un adulte", "signaler ce qui est écrit": "prévenir un adulte",
    "signaler": "prévenir un adulte", "remis à": "dit à", "pris en charge": "un adulte s’en occupe", "clos": "fini",
    "l’IEN de la circonscription": "l’inspection", "la DSDEN": "l’inspection",
    "harcèlement, messages répétés qui blessent": "on m’embête, encore et encore",
    "menace ou chantage": "on me menace, ou on m’oblige", "insulte, propos raciste ou sexiste": "on m’insulte",
    "ce message ne vient pas de cette personne": "ce n’est pas cette personne qui écrit",
    "quelques mots (facultatif)": "raconte, si tu veux",
    "rien sur la santé d’un enfant\u00a0: cela se dit à l’école, de vive voix":
        "si tu es malade ou si tu as mal, dis-le en vrai à un adulte",
    "elle ne vous est pas destinée": "elle n’est pas pour toi", "ce que vous aviez écrit": "ce que tu avais écrit",
    "si vous en avez besoin": "si tu en as besoin", "sans objet": "le message", "objet retiré": "message retiré",
    "votre interlocutrice ou votre interlocuteur": "la personne à qui tu écrivais",
    "vous ne l’êtes plus": "tu n’y es plus", "vous ne pouvez": "tu ne peux", "vous pouvez": "tu peux",
    "vous n’avez": "tu n’as", "vous avez": "tu as", "vous ne prenez pas part": "tu ne prends pas part",
    "vous ne la lisez": "tu ne la lis", "pour vous": "pour toi", "votre réponse": "ta réponse", "votre": "ton",
    "vos": "tes",
    "gardez-en": "gardes-en", "attendez": "attends", "choisissez": "choisis", "cochez": "coche",
    "collez": "colle", "commencez": "commence", "copiez": "copie", "demandez": "demande",
    "dites": "dis", "écoutez": "écoute", "écrivez": "écris",
    "enregistrez": "enregistre", "envoyez": "envoie", "gardez": "garde", "imprimez": "imprime", "parlez": "parle",
    "recommencez": "recommence", "rechargez": "recharge", "réduisez": "réduis", "repartez": "repars",
    "reprenez": "reprends", "revenez": "reviens", "vérifiez": "vérifie", "voyez": "vois",
}  # fmt: skip
LOWER = {words.lower(): said for words, said in SAID.items()}
WORDS = re.compile(rf"(?<!\w)({'|'.join(map(re.escape, SAID))})(?!\w)", re.I)


def to_child(words: str) -> str:
    """« Ou dites-le » is « Ou dis-le »; what another language says stays."""
    return words if other_language() else WORDS.sub(_said, words)


def _said(found):
    said = LOWER[found[0].lower()]
    return said[0].upper() + said[1:] if found[0][0].isupper() else said
