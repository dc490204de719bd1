"""What the matrix asks of comments: a post that is open, and what a guardian wrote there, which waits."""

from tests.canaries import IN_COMMENT
from tests.ent.comments.acts import said

SAMPLES = {
    "discussed_id": lambda world: said(world, IN_COMMENT).publication_id,
    "comment_id": lambda world: said(world, IN_COMMENT).id,
}
