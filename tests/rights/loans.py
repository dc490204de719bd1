"""Real values for the addresses of shared kits."""

import io

from django.utils.timezone import now
from PIL import Image

from preau.media.images import draw_again
from preau.plan.loans import actions
from preau.plan.loans.models import SharedKit, half_day_number
from tests.plan.days import next_school_monday
from tests.world import TODAY

SAMPLES = {
    "shared_kit_id": lambda world: shared_kit(world).id,
    "booking_id": lambda world: booking(world).id,
    "unavailability_id": lambda world: unavailability(world).id,
    "hand_over_id": lambda world: hand_over(world).id,
}


def shared_kit(world, name="Malle robots"):
    """A case of connected objects of the city."""
    return actions.add_kit(
        person=None,
        city=world.cities["marelle"],
        kind=SharedKit.Kind.CONNECTED_OBJECTS,
        name=name,
        parts=[("robots", 6)],
        now=now(),
    )


def unavailability(world):
    """Another case, in repair next week."""
    kit = shared_kit(world, "Malle en réparation")
    first = half_day_number(next_school_monday(TODAY), 0)
    return actions.stop_lending(
        person=world.people["city_education"],
        kit=kit,
        first=first,
        last=first + 1,
        reason="Canari-réparation",
        now=now(),
    )


def booking(world):
    """Asked for by the teacher, for something that only her school and those who lend may read."""
    kit = shared_kit(world)
    day = next_school_monday(TODAY)
    return actions.ask_for_kit(
        person=world.people["teacher"],
        school=world.schools["tilleuls"],
        kind=kit.kind,
        now=now(),
        first=half_day_number(day, 0),
        last=half_day_number(day, 1),
        activity="Canari-emprunt-tilleuls",
    )


def hand_over(world):
    """Prepared, with a photo of the case."""
    data = io.BytesIO()
    Image.new("RGB", (40, 30), "#cfe6f2").save(data, "PNG")
    asked = actions.confirm_booking(person=None, booking=booking(world), now=now())
    photo = draw_again(data.getvalue(), "malle.png")
    prepared = actions.prepare_booking(person=None, booking=asked, found={}, photo=photo, now=now())
    return prepared.hand_overs.get()
