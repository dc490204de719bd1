"""Options compared before a choice, and laboratories of six schools, each put before both committees."""

import datetime
from functools import partial

from django.utils.timezone import localdate

from preau.demo.commune.calendar import at, days
from preau.demo.commune.committees import Meeting, Point
from preau.demo.commune.committees import story as meeting_story
from preau.plan.studies import actions
from preau.plan.studies.models import Outcome

VENDOR = "Éditeur fictif"
PORTAL = {
    "title": "Quel espace numérique pour les écoles\u00a0?",
    "need": "Un espace simple pour les classes et les familles, hébergé en France, que la Ville peut quitter.",
    "criteria": (("Simplicité pour une famille", 5), ("Coût par élève", 4), ("Reprise des données", 3)),
    "options": ("Espace A", "Espace B", "Espace C"),
    "city": (3, 2, 4, 5, 4, 4, 2, 4, 3), "state": (3, 3, 4, 4, 4, 5, 3, 3, 2),
}  # fmt: skip
TABLET = {
    "title": "Quelle tablette en maternelle\u00a0?",
    "need": "Solide, sans compte personnel, réparable à l’atelier de la Ville.",
    "criteria": (("Solidité", 5), ("Réparable", 5), ("Prise en main par l’élève", 3)),
    "options": ("Tablette 8 pouces", "Tablette 10 pouces"),
    "city": (), "state": (3, 4, 4, 4, 3, 5),
}  # fmt: skip
QUESTIONS = (
    "Les élèves parlent-ils davantage en classe\u00a0?",
    "Quelles familles ne sont pas jointes, et comment les joindre\u00a0?",
    "Combien de temps la préparation demande-t-elle\u00a0?",
)
FIRST = ("Le Cerf-Volant", "Les Billes", "Le Doudou", "La Toupie", "Le Bilboquet", "La Dînette")
SECOND = ("La Marelle", "Les Osselets", "Les Cubes", "Les Dominos", "Le Petit Train", "Le Yoyo")
LEARNT = (
    "Oui dans quatre écoles, surtout en petit groupe. Deux écoles n’en sont pas sûres.",
    "Celles qui n’ont pas d’adresse électronique. Le papier reste proposé à toutes.",
    "Une heure de plus par semaine les deux premiers mois, puis un quart d’heure.",
)
SCHOOL_SIDE = (
    "Les évaluations de langage le montrent en moyenne section, pas encore en petite section.",
    "Les rencontres de début d’année ont joint plus de familles que les messages.",
    "Les modèles partagés entre écoles ont réduit ce temps.",
)
HEARD = "Le COTECH est favorable, avec un point à six mois sur l’entretien."


def compare(scene, words, opened_on, keep):
    """A comparison with its criteria and options; each authority gives its own marks. `keep` receives it."""
    city, now = scene.pens["education"], None
    now = yield at(opened_on)
    comparison = actions.open_comparison(
        person=city, city=scene.city, title=words["title"], need=f"{words['need']} Besoin fictif.", now=now
    )
    keep(comparison)
    criteria = [
        actions.add_criterion(person=city, comparison=comparison, label=label, weight=weight, now=now)
        for label, weight in words["criteria"]
    ]
    now = yield at(opened_on + days(10))
    options = [
        actions.add_option(
            person=scene.pens["it"],
            comparison=comparison,
            name=name,
            vendor=VENDOR,
            presented_on=localdate(now),
            now=now,
        )
        for name in words["options"]
    ]
    places = [(option.pk, criterion.pk) for option in options for criterion in criteria]
    for count, (side, pen) in enumerate((("state", "dan"), ("city", "it"))):
        now = yield at(opened_on + days(20 + 4 * count))
        if words[side]:
            values = dict(zip(places, words[side], strict=True))
            actions.mark_options(person=scene.pens[pen], comparison=comparison, values=values, now=now)


def try_out(scene, name, aim, schools, starts_on, ends_on, keep):
    """A laboratory of six schools, with its questions asked before it begins. `keep` receives it."""
    now = yield at(starts_on - days(20))
    keep(
        actions.open_cohort(
            person=scene.pens["education"],
            city=scene.city,
            name=name,
            aim=aim,
            starts_on=starts_on,
            ends_on=ends_on,
            schools=[scene.schools[school] for school in schools],
            questions=QUESTIONS,
            now=now,
        )
    )


def review(scene, cohort, signs_on, *, city_signs=True):
    """Each authority writes its half and signs it; the city's may wait."""
    now = yield at(signs_on)
    for pen, answers, text, is_signed in (
        ("dsden", SCHOOL_SIDE, "L’essai sert les apprentissages du langage quand l’équipe entière y entre.", True),
        (
            "education",
            LEARNT,
            "Le matériel a tenu. L’entretien demande une demi-journée par école et par mois.",
            city_signs,
        ),
    ):
        laboratory = cohort()
        by_question = dict(zip(laboratory.questions.values_list("pk", flat=True), answers, strict=True))
        actions.write_review(
            person=scene.pens[pen], cohort=laboratory, text=f"{text} Bilan fictif.", answers=by_question, now=now
        )
        if is_signed:
            actions.sign_review(person=scene.pens[pen], cohort=laboratory, now=now)


def past_laboratory(scene):
    """Tried in the fourth year, reviewed by both, heard by the COTECH: its COPIL is the one of the fifth year."""
    year = scene.first_year + 3
    yield try_out(
        scene,
        "Enregistrer la voix des élèves",
        "Six écoles essaient l’enregistrement de la lecture et du récit.",
        FIRST,
        datetime.date(year, 9, 7),
        datetime.date(year + 1, 6, 28),
        partial(setattr, scene, "past_cohort"),
    )
    yield review(scene, lambda: scene.past_cohort, datetime.date(year + 1, 9, 21))
    points = partial(_heard, "Bilan du laboratoire «\u00a0voix\u00a0»", lambda: scene.past_cohort)
    yield meeting_story(scene, Meeting(scene.cotech, datetime.date(year + 1, 10, 19), points, "Le COTECH se réunit."))


def gate(scene):
    """The point of the COPIL that extends the past laboratory."""
    decision = {
        "text": "Le COPIL étend l’enregistrement de la voix à toutes les écoles équipées qui le demandent.",
        "result": "adopted", "choice": Outcome.EXTEND, "reason": "Bilan favorable des deux autorités et du COTECH.",
    }  # fmt: skip
    return (Point("Laboratoire «\u00a0voix\u00a0»", about=scene.past_cohort, decision=decision),)


def _heard(title, about):
    decision = {"text": HEARD, "result": "noted"}
    return [Point(title, "Présentation par la Ville et la DSDEN.", aim="opinion", about=about(), decision=decision)]


def present_studies(scene):
    """Options chosen by a COPIL whose relevé waits, others to be marked, a laboratory whose city half waits."""
    today = scene.today
    yield compare(scene, PORTAL, today - days(170), partial(setattr, scene, "portal"))
    yield compare(scene, TABLET, today - days(50), partial(setattr, scene, "tablet"))
    yield try_out(
        scene,
        "Un espace de classe partagé avec les familles",
        "Six écoles essaient l’espace de classe pendant une année, avec toutes les familles.",
        SECOND,
        today - days(240),
        today + days(50),
        partial(setattr, scene, "cohort"),
    )
    yield review(scene, lambda: scene.cohort, today - days(14), city_signs=False)
    points = partial(_heard, PORTAL["title"], lambda: scene.portal)
    for before, told in ((288, _rhythm), (192, _rhythm), (95, points)):
        yield meeting_story(scene, Meeting(scene.cotech, today - days(before), told, "Le COTECH se réunit."))
    yield meeting_story(scene, Meeting(scene.cotech, today + days(5), partial(_tablets, scene), ""))


def _rhythm():
    decision = {"text": "Le COTECH prend acte de l’avancement des déploiements.", "result": "noted"}
    return [Point("Avancement des déploiements", "École par école.", aim="information", decision=decision)]


def _tablets(scene):
    return [
        Point("Avancement des déploiements", "Les écoles bloquées ou en retard, une à une.", aim="information"),
        Point(TABLET["title"], "Notes de la Ville attendues.", aim="opinion", about=scene.tablet),
    ]


def choice(scene):
    """The point of the COPIL that chooses an option: it takes effect when the relevé is approved by both."""
    return Point(
        PORTAL["title"],
        "Les deux autorités ont noté trois options. Le COTECH a rendu son avis.",
        about=scene.portal,
        decision=lambda: {
            "text": "Le COPIL choisit l’espace B.",
            "result": "adopted",
            "votes_for": 5,
            "votes_against": 2,
            "abstentions": 1,
            "reason": "Le plus simple pour les familles, et ses données se reprennent.",
            "dissent": "La minorité demande le coût à cinq ans.",
            "choice": str(scene.portal.options.get(position=2).pk),
        },
        follow_ups=(("Écrire le coût à cinq ans de l’espace choisi", "Finances de la Ville", 45, ""),),
    )
