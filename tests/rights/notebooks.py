"""What the matrix asks of notebooks: a page of one child, shown to their family, and the whole taken away."""

from django.utils.timezone import now

from preau.ent.portfolio import actions
from tests.ent.portfolio.acts import photo, write


def page(world):
    """Of Adam, by his teacher, with a picture."""
    return write(world, pieces=[photo()])[0]


def takeaway(world):
    """Asked by one of two parents."""
    child = page(world).child
    return actions.ask_takeaway(person=world.people["guardian"], child=child, now=now())


SAMPLES = {
    "notebook_id": lambda world: page(world).child_id,
    "page_id": lambda world: page(world).id,
    "piece_id": lambda world: page(world).pieces.get().id,
    "own_notebook_id": lambda world: page(world).child_id,
    "takeaway_id": lambda world: takeaway(world).id,
}
