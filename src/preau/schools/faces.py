"""Who a door is for, and where it leads: the names of faces that are no role, and the place a face stands in.

A face (`web.faces.Face`) is one way to be here: a mandate, a guardian, a pupil. Rooms read it in `doors.py` only.
"""

GUARDIAN, PUPIL = "guardian", "pupil"


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
