"""What each page of comments is looked at with: (template, route, who looks)."""

from django.urls import reverse

from tests.ent.comments.acts import said


def scene(world):
    """One that waits, one of the teacher."""
    comment = said(world)
    shown = said(world, "Merci à vous.", who="teacher", on=comment.publication)
    to_report = reverse("portal:comment_report", args=[shown.pk])
    return {"discussed_id": comment.publication_id, "to_report_comment": to_report}


ROOMS = {
    "comments": (scene, (
        ("comments/discussion.html", "comments:discussion", "guardian teacher"),
        ("comments/to_read.html", "comments:to_read", "teacher"),
        ("portal/report_new.html", "to_report_comment", "guardian head"),
    )),
}  # fmt: skip
