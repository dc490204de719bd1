"""The plan of the commune that does not exist, told by the acts of its own people, from the first call to today."""

from functools import partial

from django.utils.timezone import localdate

from preau.demo import plan_world
from preau.demo.commune import advice, classes, committees, loans, present, rollouts, studies, things, wifi, years
from preau.demo.commune.calendar import at, days, tell, working
from preau.demo.commune.scene import YEARS, Scene, settle_schools
from preau.places.models import School
from preau.plan.ambitions.queries import ambitions_of
from preau.plan.applications import actions as applications
from preau.plan.equipment import actions as equipment
from preau.plan.equipment.models import KitLine, Quality, StandardKit

# « education » → the person of the demo who holds that pen.
PENS = {
    "education": "Flore Farandole", "it": "Théo Bobine", "finance": "Lise Tirelire", "majority": "Rose Fanion",
    "opposition": "Paul Clairon", "federation": "Omar Guirlande", "dsden": "Yves Encrier", "dan": "Ève Boussole",
    "ien": "Anne Cartable", "deputy": "Luc Pupitre", "trainer": "Ivan Crayon",
}  # fmt: skip
WAITING = ("notice", "begun", "ready", "")
UPGRADED = "La Marelle"  # the first received: its kit is six years old


def open_scene(stage, *, schools, named_heads, engage) -> Scene:
    """The scene before the first act: committees, kits, form and ambitions of September."""
    scene = Scene(
        now=stage.now,
        city=next(iter(schools.values())).city,
        schools=schools,
        classes={row["name"]: int(row["classes"]) for row in plan_world.commune_rows()},
        pens={pen: stage.people[name] for pen, name in PENS.items()},
        operator=stage.operator,
        engage=engage,
    )
    settle_schools(scene, operator=stage.operator, district=stage.places["district", ""], named_heads=named_heads)
    secretary, now = scene.pens["education"], at(scene.eve, 10)
    plan_world.write_ambitions(city=scene.city, person=secretary, now=now)
    scene.ambitions = list(ambitions_of(scene.city))
    scene.kits = {kit.school_kind: kit for kit in StandardKit.objects.filter(city=scene.city, version=1)}
    draft = applications.start_revision(person=secretary, city=scene.city, now=now)
    scene.revision = applications.publish_revision(person=secretary, revision=draft, now=now)
    committees.open_committees(scene)
    return scene


def play(scene):
    """Everything, oldest first, until this instant."""
    tell(list(_stories(scene)), until=scene.now)


def _stories(scene):
    by_year = {}
    for row in plan_world.commune_rows():
        if row["year"]:
            by_year.setdefault(int(row["year"]), []).append(row["name"])
    for row in plan_world.rows_of(plan_world.HERE / "sainte_marelle_years.csv"):
        year = int(row["year"])
        points = partial(studies.gate, scene) if year == YEARS else tuple
        yield from years.stories_of_year(
            scene, scene.first_year + year - 1, by_year[year], int(row["paid_cents"]), points
        )
    yield _second_version(scene)
    yield _waiting_premises(scene)
    yield from studies.past_laboratory(scene)
    yield from studies.present_studies(scene)
    yield from advice.stories(scene)
    yield from present.stories(scene)
    yield from things.stories(scene)
    yield from loans.stories(scene)
    yield from wifi.stories(scene)
    yield from classes.stories(scene)


def _waiting_premises(scene):
    """Schools that wait are ready, nearly so, begun, or not written yet, one after the other."""
    now = yield at(scene.today - days(700))
    waiting = [row["name"] for row in plan_world.commune_rows() if not row["year"]]
    for rank, name in enumerate(waiting):
        if state := WAITING[rank % len(WAITING)]:
            rollouts.build_waiting_premises(scene, name, state, now)


def _second_version(scene):
    """This year a sound system joins the elementary kit; one school has it already, the others keep their date."""
    now = yield at(scene.today - days(150))
    lines = equipment.deck_lines(school_kind=School.Kind.ELEMENTARY)
    lines.append({"item": "Enceinte de classe", "rule": KitLine.Rule.PER_CLASS})
    kit = equipment.publish_kit_version(
        person=scene.pens["education"],
        city=scene.city,
        school_kind=School.Kind.ELEMENTARY,
        lines=lines,
        now=now,
        source=plan_world.FICTION,
        published_on=localdate(now),
        quality=Quality.FICTITIOUS,
    )
    way = rollouts.Way(
        UPGRADED,
        opened_on=working(scene.today - days(140)),
        received_on=working(scene.today - days(40)),
        kit=kit,
        has_premises=False,
        reason="Remise à niveau fictive, avec la nouvelle version de l’équipement type.",
    )
    yield from rollouts.story(scene, way)
