"""What each page of comments is looked at with: (template, route, who looks)."""

from tests.ent.comments.acts import said


def scene(world):
    """One that waits, one of the teacher."""
    comment = said(world)
    said(world, "Merci à vous.", who="teacher", on=comment.publication)
    return {"discussed_id": comment.publication_id}


ROOMS = {
    "comments": (scene, (
        ("comments/discussion.html", "comments:discussion", "guardian teacher"),
        ("comments/to_read.html", "comments:to_read", "teacher"),
    )),
}  # fmt: skip
