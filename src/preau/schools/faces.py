"""Who a door is for, and where it leads: the names of faces that are no role, and the place a face stands in.

A face (`web.faces.Face`) is one way to be here: a mandate, a guardian, a pupil. Rooms read it in `doors.py` only.
"""

from preau.places.models import NURSERY_LEVELS

GUARDIAN, PUPIL = "guardian", "pupil"


def here(face) -> dict:
    """Where an address takes nothing of the face."""
    return {}


def of_classroom(face) -> dict | None:
    """The class a face stands in, as arguments of an address."""
    room = face.mandate.classroom_id if face.mandate else face.enrolment and face.enrolment.classroom_id
    return {"classroom_id": room} if room else None


def of_school(face) -> dict | None:
    """The school a face stands in; also the one of its class."""
    return {"school_id": face.school.pk} if face.school else None


def of_school_alone(face) -> dict | None:
    """The school of a face that stands in no class of it."""
    return None if of_classroom(face) else of_school(face)


def of_afterschool(face) -> dict | None:
    """The périscolaire site a face serves."""
    return {"afterschool_id": face.mandate.afterschool_id} if face.mandate and face.mandate.afterschool_id else None


def of_city(face) -> dict | None:
    """The city a face serves."""
    return {"city_id": face.mandate.city_id} if face.mandate and face.mandate.city_id else None


def of_nursery(where=here):
    """`where`, of a face whose class is of the nursery, or each child whose class is known."""
    return lambda face: where(face) if _is_nursery(face) else None


def past_nursery(where=here):
    """`where`, of any other face."""
    return lambda face: None if _is_nursery(face) else where(face)


def _is_nursery(face):
    if face.mandate:
        return bool(face.mandate.classroom_id) and face.mandate.classroom.is_nursery
    enrolments = [one for child in face.children if (one := getattr(child, "enrolled", None))]
    return bool(enrolments) and all(map(_is_of_nursery, enrolments))


def _is_of_nursery(enrolment):
    if enrolment.level or not enrolment.classroom_id:
        return enrolment.level in NURSERY_LEVELS
    return enrolment.classroom.is_nursery
