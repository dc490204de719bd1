"""« Je suis ici comme… »: the faces a person may show, and the place each one stands in."""

from collections import Counter
from dataclasses import dataclass, replace
from datetime import date

from django.utils.text import capfirst
from django.utils.translation import gettext

from preau.kit.money import NBSP
from preau.kit.names import listed, of_name
from preau.kit.spoken import counted, other_language
from preau.people.models import Mandate, Person, Role
from preau.people.queries import current_mandates, is_child
from preau.people.queries.titles import title_said
from preau.places.models import AfterSchool, City, School
from preau.schools.faces import GUARDIAN, PUPIL
from preau.schools.models import Enrolment
from preau.schools.queries import children_of_guardian
from preau.schools.queries.enrolled import enrolment_of


@dataclass(frozen=True)
class Face:
    """One way to be here. `key` is the mandate's id, « guardian » or « pupil »; `role` a Role or one of the two."""

    key: str
    role: str
    short: str
    label: str
    place_name: str
    place_detail: str
    mandate: Mandate | None = None
    children: tuple = ()
    enrolment: Enrolment | None = None
    lacks_class: bool = False  # an AESH or an ATSEM of a school, to whom none of its classes is open

    @property
    def place(self):
        """The classroom, school, district, city or département of the mandate; the class of a pupil."""
        if self.mandate:
            return self.mandate.place
        return self.enrolment and (self.enrolment.classroom or self.enrolment.school)

    @property
    def school(self):
        """The school the face stands in, for those who stand in one."""
        place = self.place
        if isinstance(place, AfterSchool):  # a site may stand in a school: who serves there is not of its team
            return None
        return getattr(place, "school", None) or (place if isinstance(place, School) else None)

    @property
    def cities(self) -> list[City]:
        """Those of its place, or of the schools of its children; none of a circonscription or a département, which may
        span many."""
        places = [child.enrolled.school for child in self.children if child.enrolled] or [self.school or self.place]
        found = [place if isinstance(place, City) else getattr(place, "city", None) for place in places]
        return list(dict.fromkeys(filter(None, found)))


def faces_of(person: Person, today: date) -> list[Face]:
    """Mandates first, then « parent de… »; a child is only a pupil. Two queries at most."""
    if is_child(person, today):
        enrolment = enrolment_of(person, today)
        return [pupil_face(enrolment)] if enrolment else []
    faces = _helping([mandate_face(person, mandate) for mandate in current_mandates(person, today)])
    children = children_of_guardian(person, today)
    return _told_apart(faces) + ([guardian_face(person, children)] if children else [])


def _helping(faces):
    """An AESH or an ATSEM of a school stands in the classes opened to them there; without one, the page says so."""
    in_class = {(face.role, face.mandate.classroom.school_id) for face in faces if face.mandate.classroom_id}
    found = []
    for face in faces:
        if face.role not in (Role.AESH, Role.ATSEM) or not face.mandate.school_id:
            found.append(face)
        elif (face.role, face.mandate.school_id) not in in_class:
            found.append(replace(face, lacks_class=True))
    return found


def last_ended(person: Person, today: date) -> Mandate | None:
    """What was held last before that day."""
    return person.mandates.filter(ends_on__lt=today).order_by("-ends_on", "-id").first()


def mandate_face(person, mandate) -> Face:
    name = title_said(mandate, person)
    place_name, place_detail = place_words(mandate)
    label = capfirst(name) + (f", {place_name}" if place_name else "")
    return Face(str(mandate.pk), mandate.role, name, label, place_name or "Toute la base", place_detail, mandate)


def _told_apart(faces):
    """« Enseignante, CP B, École Saules » for who holds a CP B in two schools; the city too when schools read alike."""
    for more in (lambda face: face.place_detail, lambda face: face.school.city.name if face.school else ""):
        read = Counter(face.label for face in faces)
        faces = [
            replace(face, label=f"{face.label}, {said}") if read[face.label] > 1 and (said := more(face)) else face
            for face in faces
        ]
    return faces


def place_words(mandate) -> tuple[str, str]:
    """The space's name, then where it is: « CP B », « Montmidi, élémentaire »."""
    if mandate.classroom_id:
        return mandate.classroom.name, str(mandate.classroom.school)
    if mandate.afterschool_id:
        return mandate.afterschool.name, f"Ville {of_name(mandate.afterschool.city.name)}"
    if mandate.school_id:
        return mandate.school.full_name, f"Ville {of_name(mandate.school.city.name)}"
    if mandate.district_id:
        return mandate.district.name, "Circonscription"
    if mandate.city_id:
        return f"Ville {of_name(mandate.city.name)}", "Éducation"
    if mandate.department_id:
        return mandate.department.name, f"Académie{NBSP}: {mandate.department.academy}"
    return "", ""


def guardian_face(person, children) -> Face:
    names = [child.first_name for child in children]
    count = f"{len(children)}{NBSP}enfants" if len(children) > 1 else names[0]
    hello = gettext("Bonjour %(name)s") % {"name": person.first_name}
    label = f"Parent {listed([of_name(name) for name in names])}"
    if other_language():
        label = f"{gettext('parent')}{NBSP}: {', '.join(names)}"
        count = counted(len(children), "enfant", "enfants") if len(children) > 1 else names[0]
    return Face(GUARDIAN, GUARDIAN, "parent", label, hello, count, children=children)


def pupil_face(enrolment) -> Face:
    room = enrolment.classroom
    place = room.name if room else enrolment.school.full_name
    detail = str(enrolment.school) if room else ""
    return Face(PUPIL, PUPIL, "élève", f"Élève, {place}", place, detail, enrolment=enrolment)


def chosen_face(faces: list[Face], key: str | None) -> Face | None:
    """The face chosen earlier if it still holds, else the first."""
    return next((face for face in faces if face.key == key), faces[0] if faces else None)
