"""What this room gives to the search, and lets others lead to: a leçon, by its own page. No feed holds them, they have
their week, and no mail counts them."""

from django.utils.translation import gettext_noop as _

from preau.ent.homework.models import HOMEWORK
from preau.ent.homework.rules import assignments_visible_to
from preau.spaces.kinds import Searched


def _said(assignment):
    return "", f"{assignment.get_kind_display()}\u00a0: {assignment.text}"


SEARCHED = (Searched(HOMEWORK, _("Leçon"), "homework:assignment_detail", assignments_visible_to, said=_said),)
UNTOLD = (HOMEWORK,)
