"""What the teams and the authorities of a commune that does not exist write. Nobody wrote any of this."""

import datetime

from django.utils.timezone import localdate

from preau.demo.commune.calendar import working
from preau.demo.plan_world import FICTION
from preau.places.models import School
from preau.plan.applications.models import Authority

INVENTED = f"Ce projet est inventé. {FICTION}."

# (title, project) of nursery schools, then of elementary ones.
NURSERY = (
    ("Raconter l’album à la maison", "Les enfants enregistrent l’histoire lue en classe, page après page. Les familles "
     "l’écoutent le soir, dans la langue de la maison aussi. L’oral se travaille en petit groupe, la tablette garde la "
     "trace que l’enfant reprend la semaine suivante."),
    ("Ce que le jardin devient", "Chaque groupe photographie le potager, range les images dans l’ordre et dit ce qui a "
     "changé. Les photos servent aux mots du temps, aux nombres et au cahier de la classe."),
    ("Dessiner, dire, recommencer", "La tablette garde les essais d’un dessin et la voix de l’enfant qui l’explique. "
     "L’équipe y lit les progrès du langage, et les montre aux familles trois fois par an."),
)  # fmt: skip
ELEMENTARY = (
    ("Lire à voix haute, s’écouter, reprendre", "Chaque élève enregistre sa lecture, l’écoute et recommence. Les "
     "enregistrements suivent la fluence du CP au CM2. Les maîtres préparent les textes ensemble, une classe lit pour "
     "une autre."),
    ("Un journal d’école à plusieurs mains", "Du CE1 au CM2, les classes écrivent un journal : choisir une "
     "information, la vérifier, la mettre en page, la publier. Le conseil des élèves en est le comité de rédaction."),
    ("Mesurer le quartier", "Les élèves relèvent le bruit, la température et le passage devant l’école, font des "
     "tableaux et des graphiques, et les présentent à la mairie de quartier."),
    ("Programmer pour comprendre", "Du robot de sol au CP aux petits programmes du CM2 : prévoir, essayer, corriger. "
     "Une séance par semaine en demi-classe, avec les mathématiques."),
    ("Un musée à nous", "Chaque classe expose une œuvre commentée à plusieurs voix. Le musée s’ouvre aux familles et "
     "aux autres écoles à chaque fin de période."),
)  # fmt: skip
FAVOURABLE = {
    Authority.IEN: "Le projet est porté par toute l’équipe et prolonge le projet d’école.",
    Authority.DSDEN: "Les usages sont décrits classe par classe, la formation demandée est prévue.",
    Authority.DAN: "Le projet travaille plusieurs domaines du cadre de référence.",
    Authority.CITY_IT: "La liaison et le câblage permettent l’équipement demandé, ou sont prévus.",
    Authority.BUILDINGS: "La réserve ferme à clé et a ses prises.",
}
SMALL_STORE = "La réserve est petite : un seul chariot par étage tant que l’armoire n’est pas déplacée."
LIFTED = "L’armoire est déplacée, la réserve reçoit les deux chariots."
CRITERIA = (
    "Un projet pédagogique porté par l’équipe. Un local qui ferme à clé. L’accord du conseil des maîtres, le conseil "
    "d’école informé. À projets égaux, les écoles que l’indice social place en premier."
)
RANKED = (
    "Équipe entière engagée, projet déjà commencé.",
    "Projet solide, formation prévue dès l’automne.",
    "Équipe stable depuis trois ans, projet suivi par l’ERUN.",
    "Projet commun avec l’école voisine.",
    "Projet à préciser sur l’évaluation, équipe volontaire.",
)
UNREADY = "Le câblage est programmé au printemps, avant la livraison."
UNTOLD = "Le conseil d’école sera informé du Wi-Fi avant la commande."


def sections_of(school, classes, ambitions, now) -> dict:
    """{section: (answers, columns)}: everything a file needs before it is filed."""
    day = localdate(now)
    pick = sum(map(ord, school.name))
    stories = NURSERY if school.kind == School.Kind.NURSERY else ELEMENTARY
    title, project = stories[pick % len(stories)]
    floors = "à chaque étage" if classes > 5 else "au rez-de-chaussée"
    return {
        "existant": ({"existant-besoins": "Deux ordinateurs anciens, un vidéoprojecteur que l’on déplace."}, None),
        "projet": ({}, {
            "title": title, "project": f"{project}\n\n{INVENTED}", "ambitions": _two(ambitions, pick),
        }),
        "usages": ({
            "usages-domaines": ["Communication et collaboration", "Création de contenus"],
            "usages-semaine": "Deux séances par classe et par semaine, en demi-groupe, le reste au fil des besoins.",
        }, None),
        "equipe": (
            {"equipe-formation": "Prise en main à la livraison, puis une visite de la DSDEN par période."},
            {"committed_count": classes if pick % 3 else classes - 1, "posts_count": classes + 1},
        ),
        "familles": ({"familles-place": "Les travaux se montrent à l’école, et sur papier pour qui le demande."}, None),
        "equipement": ({"equipement-souhaite": "L’équipement type de la Ville, sans écart."}, None),
        "organisation": ({
            "organisation-rangement": "Dans la réserve du rez-de-chaussée, fermée à clé.",
            "organisation-tour": f"Un tableau d’une semaine est affiché {floors}.", "organisation-wifi": True,
        }, None),
        "suivi": ({"suivi-indicateurs": ["Heures d’usage par classe", "Formations suivies"]}, None),
        "conseils": ({"conseils-avis": "Favorable, à l’unanimité."}, {
            "teachers_council_on": working(day - datetime.timedelta(days=9), step=-1),
            "school_council_on": working(day - datetime.timedelta(days=4), step=-1),
        }),
    }  # fmt: skip


def _two(ambitions, pick):
    return [ambitions[pick % len(ambitions)], ambitions[(pick + 3) % len(ambitions)]]
