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
    "slug": lambda world: world.schools["tilleuls"].slug,
}


def public_post(world):
    """Something the school of the samples says to everyone."""
    from django.utils.timezone import now

    from preau.ent.posts import actions

    school = world.schools["tilleuls"]
    return actions.publish_post(person=world.people["head"], place=school, scope="public", text="Bonjour", now=now())


def sample_kwargs(world, path):
    """{name: value} for « classe/<uuid:classroom_id>/ »; KeyError names the missing sample."""
    names = re.findall(r"<(?:\w+:)?(\w+)>", path)
    return {name: SAMPLES[name](world) for name in names}


def fill(world):
    """What the rooms hold beside people and places, so that every address has something to show."""
