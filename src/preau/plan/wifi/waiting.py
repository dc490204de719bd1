"""What waits about the Wi-Fi: a window one left on, an access point on outside of any."""

from django.db.models.functions import TruncDate

from preau.kit.rooms.told import lines
from preau.kit.rooms.waiting import Act, Wait
from preau.people.models import Role
from preau.plan.wifi import rules


def _lit(person, now, today, roles):
    of_window = {"name": "school__shown_name", "detail": "room__name", "target": "school_id"}
    yield lines(rules.windows_lit_by(person, now), "lit", day=TruncDate("opened_at"), **of_window)
    of_point = {"name": "point__school__shown_name", "detail": "point__label", "target": "point__school_id"}
    yield lines(rules.points_lit_alone_for(person, today), "alone", day=TruncDate("at"), **of_point)


ACTS = {
    "lit": Act("Éteindre le Wi-Fi que vous avez allumé", "wifi:school_wifi"),
    "alone": Act("Vérifier une borne allumée hors séance", "wifi:school_wifi"),
}

WAITING = (Wait((*rules.OPENERS, Role.CITY_IT), _lit, ACTS),)
