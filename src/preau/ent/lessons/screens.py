"""What a page of a tablet, or of the card at home, is drawn with: its skin, its arrangement, its way back."""

from dataclasses import replace

from django.urls import reverse
from django.utils.timezone import localdate

from preau.kit.pages.pupils import NON_READER, READER, Arrangement, Screen
from preau.schools.models import Enrolment
from preau.schools.queries.displays import arrangement_of, arrangements_of, skin_of


def of_class(device) -> Screen:
    """Before a pupil is known: as the levels of the class."""
    return of_lesson(device.lesson)


def of_lesson(lesson) -> Screen:
    """The same, of a session that is over, or goes on without the tablet."""
    is_small = lesson.classroom_id is not None and lesson.classroom.is_nursery
    return Screen(NON_READER if is_small else READER, is_muted=lesson.muted_at is not None)


def of_seats(device, seats) -> Screen:
    """Of the whole class: where a pupil chooses by one key, a first press begins, at the slowest pace asked."""
    pace = max((each.scans_every for each in arrangements_of([seat.pupil for seat in seats]).values()), default=0)
    return replace(of_class(device), arranged=Arrangement(scans_every=pace), is_scanned_when_asked=bool(pace))


def of_seat(device, seat) -> Screen:
    """Once a picture was touched: as this pupil's level."""
    skin = NON_READER if seat.is_nursery else READER
    return replace(of_class(device), skin=skin, arranged=arrangement_of(seat.pupil))


def of_pupil(pupil, device=None) -> Screen:
    """The pupil's own; « À toi ! » on a tablet, with the sound of its session."""
    rows = Enrolment.objects.current(localdate()).filter(pupil=pupil).select_related("classroom")
    enrolment = rows.order_by("-starts_on", "-id").first()
    return Screen(
        skin_of(enrolment) if enrolment else READER,
        arrangement_of(pupil),
        home_url=reverse("lessons:home" if device else "lessons:at_home"),
        switch_url=reverse("lessons:switch") if device else "",
        is_muted=bool(device and device.lesson.muted_at),
    )


def going_back(screen: Screen, url: str = "") -> Screen:
    """The same, with « Retour »: to the pupil's own first page unless another is given."""
    return replace(screen, back_url=url or screen.home_url)
