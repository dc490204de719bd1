"""What the demo's adults write. Pairs: drawing or None, text. Newest last."""

ALBUM = "colours"  # the drawing that is hung several times at once, each by another hand

# The named teacher's class, week after week.
HOME_CLASS = (
    (None, "Bienvenue au CP B\u00a0! Nous avons visité l’école, du préau au jardin, et choisi nos porte-manteaux."),
    ("hopscotch", "Nous avons tracé une marelle dans la cour et compté jusqu’au ciel."),
    (None, "Ce que nous avons appris\u00a0: les sons «\u00a0a\u00a0», «\u00a0i\u00a0» et «\u00a0o\u00a0». "
           "Nous lisons déjà «\u00a0ami\u00a0»."),
    (None, "Ce que nous avons appris\u00a0: à compter jusqu’à 20, à l’endroit et à l’envers."),
    ("radishes", "Nos radis sont sortis de terre. Chaque élève a mesuré le sien avec une bande de papier."),
    (None, "Nous avons lu «\u00a0Le loup qui voulait une ombre\u00a0» et inventé une autre fin, à voix haute."),
    ("leaves", "Récolte de feuilles dans la cour\u00a0: nous les avons triées par couleur, puis par forme."),
    (None, "Ce que nous avons appris\u00a0: «\u00a0ou\u00a0» et «\u00a0on\u00a0» ne font pas le même bruit. "
           "Cherchez-les dans vos prénoms."),
    ("boats", "Des bateaux qui flottent, d’autres qui coulent\u00a0: nous avons noté ce que "
              "nous pensions avant d’essayer."),
    (None, "En sport, chacun a réussi un parcours les yeux bandés, guidé par la voix d’un camarade."),
    (None, "Ce que nous avons appris\u00a0: 10, c’est 7 et 3, mais aussi 6 et 4. Jouez à trouver les autres."),
    ("colours", "Nous avons mélangé les trois couleurs pour en faire d’autres."),
)  # fmt: skip

# By drawing: the question to ask at home.
QUESTIONS = {
    "colours": "Comment fait-on du violet\u00a0?",
    "hopscotch": "Pourquoi saute-t-on la case du palet\u00a0?",
    "leaves": "Comment avez-vous trié les feuilles\u00a0?",
    "graph": "De combien ton haricot a-t-il grandi\u00a0?",
    "planets": "Quelle planète est la plus grosse\u00a0?",
    "quarters": "Combien de quarts dans deux tartes\u00a0?",
}

# Other classes, by first level.
BY_LEVEL = {
    "CP": (
        (None, "Nous savons lire une phrase entière\u00a0: «\u00a0Lili a une moto rouge.\u00a0»"),
        ("leaves", "Des feuilles collées du plus clair au plus foncé. Chacun a donné un nom à sa préférée."),
        (None, "Ce que nous avons appris\u00a0: les doubles, de 1 + 1 à 5 + 5."),
    ),
    "CE1": (
        ("graph", "La taille de nos haricots, semaine après semaine. Le graphique est en papier découpé."),
        (None, "Nous avons écrit à la classe de CE1 de l’école voisine. Nous attendons leur réponse."),
        (None, "Ce que nous avons appris\u00a0: le verbe dit ce qui se passe, et il change avec le temps."),
    ),
    "CE2": (
        ("planets", "Les planètes sont à l’échelle, mais pas leurs distances\u00a0: il faudrait toute la rue."),
        (None, "Ce que nous avons appris\u00a0: poser une soustraction avec retenue, et vérifier par une addition."),
        (None, "Visite de la médiathèque\u00a0: chacun a choisi un documentaire et le présentera vendredi."),
    ),
    "CM1": (
        (
            "quarters",
            "Couper une tarte en quatre parts égales, c’est faire des quarts. Combien dans deux tartes\u00a0?",
        ),
        (None, "Débat de la semaine\u00a0: faut-il rendre la cour de récréation plus verte\u00a0?"),
        (None, "Ce que nous avons appris\u00a0: le fleuve va à la mer, la rivière va au fleuve. Et le Clain\u00a0?"),
    ),
    "CM2": (
        ("planets", "Exposés sur le système solaire\u00a0: cinq groupes, cinq planètes, beaucoup de questions."),
        (None, "Ce que nous avons appris\u00a0: 0,5 et 1/2 sont le même nombre, écrit autrement."),
        (None, "Nos articles pour le journal de l’école sont relus. Bravo aux rédactrices et rédacteurs."),
    ),
}

# The head, to the school or to its families alone, when it is theirs to answer: one school in two writes the first
# three, so that a family of two schools does not read the same news twice.
SCHOOL = ((
    ("families", "Le conseil d’école se réunit jeudi à 18 h. Vos représentantes et représentants recueillent vos "
                 "questions."),
    ("families", "La photo de classe aura lieu mardi matin, les plus petits d’abord. Pensez à l’autorisation."),
    ("families", "La fête de fin d’année se prépare\u00a0: qui peut tenir un stand, prêter une sono, faire un "
                 "gâteau\u00a0?"),
), (
    ("school", "Les ateliers du midi ouvrent lundi\u00a0: échecs, chorale, jardin. On s’inscrit à l’accueil "
               "périscolaire."),
    ("school", "La bibliothèque de l’école cherche des livres d’images. Déposez-les dans la malle de l’entrée."),
    ("families", "Le carnaval des écoles aura lieu en mars\u00a0: qui peut aider à coudre, découper, porter les "
                 "tambours\u00a0?"),
))  # fmt: skip
# The head, on the public site; a picture without any child.
PUBLIC = ((
    ("radishes", "Le jardin de l’école a donné ses premiers radis. Les élèves les ont goûtés, certains avec courage."),
    (
        None,
        "Le compte rendu du conseil d’école est affiché à l’entrée\u00a0: travaux, chorale, projet numérique.",
    ),
    ("hopscotch", "Une nouvelle marelle attend tout le monde sous le préau. Les parents sont invités à l’essayer."),
), (
    ("leaves", "Les feuilles de la cour sont exposées à l’entrée. Les élèves les ont triées par couleur."),
    (None, "Les élus du conseil des élèves se présentent à l’entrée\u00a0: chacun y laisse une idée."),
    ("boats", "Les bateaux de papier ont trouvé leur mer, peinte par toutes les classes. Elle se voit du portail."),
))  # fmt: skip
PROPOSED = "Les CP ont fait flotter des bateaux de papier\u00a0: leurs essais sont exposés sous le préau."
LEARNT = (
    "Cette semaine, nous avons compris comment se mélangent les couleurs, et pourquoi un bateau flotte. Demandez-leur "
    "de vous montrer le geste de la lettre f."
)
TOMORROW = "Demain, nous allumons la lampe à lire du coin bibliothèque\u00a0: chacun choisira son livre."
STAFF = ("Réunion de l’équipe mardi à 12 h dans la salle des maîtres. Ordre du jour\u00a0: la classe mobile.",)
CITY = (
    "Accueil périscolaire\u00a0: les inscriptions pour janvier sont ouvertes jusqu’au 15 décembre.",
    "Restauration scolaire\u00a0: le menu des vacances est prêt. Un repas végétarien est servi chaque lundi.",
)
NETWORK = "Piscine\u00a0: le bassin du Clain rouvre aux classes du réseau lundi. Les horaires sont chez les directions."
