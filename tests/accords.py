"""Accords of children, as their guardians give them."""

from django.utils.timezone import now

from preau.media import actions
from preau.media.models import Accord, Perimeter


def say(world, who, child, answer="yes", kinds=tuple(Accord.Kind), perimeters=tuple(Perimeter), **more):
    """A guardian answers for a child, in these kinds and perimeters; `more` says who notes a paper, or when."""
    guardian = world.people.get(who)
    about = {"person": guardian, "guardian": guardian, "child": world.people[child], "now": now()} | more
    answers = {(kind, perimeter): answer for kind in kinds for perimeter in perimeters}
    return actions.say_accords(**about, answers=answers)
