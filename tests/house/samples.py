"""One real value for each name an address takes. A name without a sample fails the matrix."""

import re

SAMPLES = {
    "school_id": lambda world: world.schools["tilleuls"].id,
    "classroom_id": lambda world: world.classrooms["cpb"].id,
    "pupil_id": lambda world: world.people["child_adam"].id,
    "child_id": lambda world: world.people["child_adam"].id,
    "group_id": lambda world: world.groups["ulis"].id,
    "city_id": lambda world: world.cities["marelle"].id,
    "publication_id": lambda world: public_post(world).publication_id,
    "acceptance_id": lambda world: class_received(world).id,
    "fact_id": lambda world: (class_received(world), world.cities["marelle"].facts.get(measure="pupils").id)[1],
    "draft_id": lambda world: plan_sheet(world).id,
    "import_id": lambda world: plan_sheet(world, applied=True).batch_id,
    "school_kind": lambda world: "elementary",
    "extension": lambda world: "csv",
    "slug": lambda world: world.schools["tilleuls"].slug,
}


def public_post(world):
    """Something the school of the samples says to everyone."""
    from django.utils.timezone import now

    from preau.ent.posts import actions

    school = world.schools["tilleuls"]
    return actions.publish_post(person=world.people["head"], place=school, scope="public", text="Bonjour", now=now())


def class_received(world):
    """A class of the school of the samples, with its kit and a published figure of its city."""
    from django.utils.timezone import localdate, now

    from preau.plan.equipment import actions

    school, today = world.schools["tilleuls"], localdate()
    told = {"person": None, "source": "Procès-verbal", "now": now()}
    actions.record_fact(city=school.city, measure="pupils", value=9, as_of=today, quality="declared", **told)
    kit = actions.publish_kit_version(
        city=school.city, school_kind=school.kind, lines=actions.deck_lines(school_kind=school.kind),
        published_on=today, **told,
    )  # fmt: skip
    return actions.record_acceptance(school=school, label="CP", kit=kit, accepted_on=today, **told)


def plan_sheet(world, applied=False):
    """The city's spreadsheet, read, and applied if asked."""
    from django.utils.timezone import now

    from preau.plan.equipment import actions

    sheet = "École;Nature;Année;Classes équipées\nLe Pré;maternelle;2016;4\n".encode()
    draft = actions.keep_draft(person=None, city=world.cities["marelle"], name="plan.csv", data=sheet, now=now())
    if applied:
        actions.apply_draft(person=None, draft=draft, now=now())
    return draft


def sample_kwargs(world, path):
    """{name: value} for « classe/<uuid:classroom_id>/ »; KeyError names the missing sample."""
    names = re.findall(r"<(?:\w+:)?(\w+)>", path)
    return {name: SAMPLES[name](world) for name in names}


def fill(world):
    """What the rooms hold beside people and places, so that every address has something to show."""
