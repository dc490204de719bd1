"""What the matrix asks of what pupils make: a page of one child's notebook, the whole taken away; a text that waits."""

from django.utils.timezone import now

from preau.ent.portfolio import actions
from tests.canaries import OF_PUPIL
from tests.ent.portfolio.acts import photo, write
from tests.ent.writings.acts import give, given_again


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
    "writing_id": lambda world: given_again(world, OF_PUPIL).id,
    "written_picture_id": lambda world: give(world, drawn=True).publication.pictures.get().id,
    "takeaway_id": lambda world: takeaway(world).id,
}
