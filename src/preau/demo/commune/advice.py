"""What DSDEN and DAN advise to buy, and what the city's kits do of it."""

from preau.demo.commune.calendar import at, days
from preau.places.models import School
from preau.plan.equipment.models import KitLine
from preau.plan.priorities import actions
from preau.plan.priorities.models import RecommendationAnswer

FIRST = (
    ("Vidéoprojecteur interactif", KitLine.Rule.PER_CLASS, 1, 1),
    ("Classe mobile de sept postes", KitLine.Rule.PER_FLOOR, 1, 2),
    ("Visualiseur", KitLine.Rule.PER_CLASS, 1, 1),
)
THIS_YEAR = (*FIRST, ("Enceinte de classe", KitLine.Rule.PER_CLASS, 1, 1))
NO_VISUALISER = "La Ville équipe d’abord les classes en affichage\u00a0; le visualiseur vient de la malle partagée."


def stories(scene):
    """A first advice answered line by line, and this year's, that the DAN has not signed yet."""
    yield _first(scene)
    yield _this_year(scene)


def _first(scene):
    now = yield at(scene.eve + days(3))
    advice = _write(scene, FIRST, "Premier équipement des écoles élémentaires. Préconisation fictive.", now)
    for pen in ("dsden", "dan"):
        actions.sign_recommendation(person=scene.pens[pen], recommendation=advice, pen=pen, now=now)
    now = yield at(scene.eve + days(6))
    choices = RecommendationAnswer.Choice
    for line in advice.lines.order_by("position"):
        departs = line.item == "Visualiseur"
        actions.answer_line(
            person=scene.pens["education"],
            line=line,
            kit=scene.kits[School.Kind.ELEMENTARY],
            now=now,
            choice=choices.DEPARTED if departs else choices.FOLLOWED,
            reason=NO_VISUALISER if departs else "",
        )


def _this_year(scene):
    now = yield at(scene.today - days(22))
    advice = _write(scene, THIS_YEAR, "Le son manque dans les classes anciennes. Préconisation fictive.", now)
    actions.sign_recommendation(person=scene.pens["dsden"], recommendation=advice, pen="dsden", now=now)


def _write(scene, lines, reasons, now):
    names = ("item", "rule", "quantity_min", "quantity_max")
    return actions.write_recommendation(
        person=scene.pens["dsden"],
        city=scene.city,
        school_kind=School.Kind.ELEMENTARY,
        reasons=reasons,
        now=now,
        lines=[dict(zip(names, line, strict=True)) for line in lines],
    )
