"""What Préau does to protect people, as it does it: each line is a behaviour that its tests hold."""

ACCESS = (
    "chacun n’entre que dans ses espaces\u00a0; un droit suit un mandat daté et finit avec lui",
    "deuxième facteur pour les directions, la Ville et l’État\u00a0; sur un nouvel appareil pour les autres adultes",
    "mots de passe de 12 signes au moins, gardés par une fonction lente\u00a0; essais ralentis par compte",
    "la Ville et l’État ne lisent aucun nom d’élève ni de parent",
    "ce qu’un parent répond n’est dans aucune page ni archive de l’autre",
)
HONESTY = (
    "journal des actes, à lignes chaînées\u00a0: une ligne ôtée ou changée se voit",
    "un mot corrigé le dit à qui l’a lu",
    "sauvegarde, restauration et vérification par trois commandes",
)
INCIDENT = (
    "arrêt d’urgence par école, classe ou Ville, montré dans la minute",
    "compte suspendu en un geste, et rappel de tout ce qu’il a publié depuis une heure, un jour ou une semaine",
    "journal des entrées, lisible par la personne elle-même",
)
LIMITS = (
    "aucune page n’appelle un autre site\u00a0; aucun traceur, aucune publicité",
    "ce qui n’a plus lieu d’être gardé est effacé par un travail régulier, à la date dite pour chaque table",
    "export de ce qui concerne une personne, effacement partout, par une commande",
)
