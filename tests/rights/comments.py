"""What the matrix asks of comments and of what is reported: a post that is open, a guardian's words there that wait;
and words that a class reads, under a post and a pupil's."""

from django.utils.timezone import now

from preau.ent.comments import actions
from tests.canaries import IN_COMMENT
from tests.ent.comments.acts import said
from tests.ent.writings.acts import publish


def shown(world):
    """What a guardian wrote, and the families of the CP B read."""
    comment = said(world, "Canari-post-cpb, bravo.")
    act = {"person": world.people["teacher"], "comment": comment, "is_shown": True, "seen": comment.state}
    actions.decide(**act, now=now())
    return comment


SAMPLES = {
    "discussed_id": lambda world: said(world, IN_COMMENT).publication_id,
    "comment_id": lambda world: said(world, IN_COMMENT).id,
    "shown_comment_id": lambda world: shown(world).id,
    "shown_writing_id": lambda world: publish(world, text="Canari-post-cm2 pond six œufs.").id,
    "thing_id": lambda world: shown(world).id,
}
