"""A window of the school, put on by its teacher at ten."""

from django.utils.timezone import now

from preau.plan.premises import actions as premises
from preau.plan.premises.models import CouncilNotice
from preau.plan.wifi import actions
from tests.plan.wifi.conftest import TEN
from tests.rights.premises import room
from tests.world import TODAY

SAMPLES = {"window_id": lambda world: window(world).id}


def window(world):
    """The conseil d'école was told first."""
    school = world.schools["tilleuls"]
    if not CouncilNotice.objects.filter(school=school).exists():
        premises.record_notice(person=None, school=school, subject="wifi", held_on=TODAY, now=now())
    return actions.open_window(person=world.people["teacher"], room=room(world), activity="search", minutes=45, now=TEN)
