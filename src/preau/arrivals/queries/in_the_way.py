"""What stands in the way of undoing an import, named: who, what, since when, and what clears it when something does."""

from uuid import UUID

from django.utils.timezone import localtime

from preau.journal.queries import days_since
from preau.kit.batches import CannotUndo
from preau.kit.dates import day_text
from preau.kit.in_the_way import InTheWay, told_in_the_way
from preau.kit.models import Batch
from preau.kit.names import of_name
from preau.people.models import Role
from preau.schools.models import Enrolment, Guardianship

ELSEWHERE = "un élève d’une autre école"
WITH = {
    "people.Contact": ("person",), "people.Account": ("person",), "people.Mandate": ("person", "classroom", "school"),
    "people.ActivationCode": ("person",), "schools.Enrolment": ("pupil", "classroom"),
    "schools.PupilRecord": ("pupil",), "schools.GroupMember": ("pupil", "group"),
    "schools.Guardianship": ("guardian", "child"),
}  # fmt: skip


def in_the_way(batch: Batch, cannot: CannotUndo) -> list[InTheWay]:
    """Every obstacle, as the head of the school may read it."""
    school_id = UUID(batch.scope.partition(":")[2])
    return told_in_the_way(
        cannot.obstacles,
        view_of=lambda rows: _View(batch, school_id, rows),
        related=lambda model: WITH.get(model._meta.label, ()),
    )


class _View:
    """Rows as the head of this school may read them."""

    def __init__(self, batch, school_id, rows):
        people = {person.pk for row in rows.values() if (person := _person(row))}
        here = Enrolment.objects.filter(school=school_id)
        children = {child.pk for row in rows.values() if (child := getattr(row, "child", getattr(row, "pupil", None)))}
        self.school_id = school_id
        self.here = set(here.filter(pupil__in=children | people).values_list("pupil_id", flat=True))
        links = Guardianship.objects.filter(guardian__in=people, child__in=here.values("pupil"), ends_on=None)
        self.child_of = dict(links.order_by("-id").values_list("guardian_id", "child_id"))
        self.days = days_since(batch.applied_at, people | set(rows))

    def changed(self, row):
        """The batch's own row is no longer as it was left."""
        return InTheWay(f"{self._name(row)}\u00a0: changé {self._when(row)}")

    def added(self, row, field):
        """Something that points at what the batch made."""
        tell = getattr(self, f"_{row._meta.model_name}", None)
        return tell(row, field) if tell else InTheWay(f"{row._meta.verbose_name}, ajout {self._when(row)}")

    def _guardianship(self, row, _):
        text = f"{row.guardian.full_name} répond {of_name(self._child(row))} depuis le {day_text(row.starts_on)}"
        if row.restricted_on:
            return InTheWay(f"{text}, et une décision y est notée")
        if row.child_id not in self.here:
            return InTheWay(text)
        mend = "lien ajouté à la main\u00a0: mettez-y fin sur la fiche de l’élève"
        return InTheWay(text, mend, row.child_id)

    def _groupmember(self, row, field):
        group = f"le groupe {row.group.name}" if row.group.school_id == self.school_id else "un groupe ailleurs"
        text = f"{self._child(row)} est dans {group} depuis le {day_text(row.starts_on)}"
        mend = "terminez cette participation" if field == "pupil" and row.ends_on is None else ""
        return InTheWay(text, mend, row.pupil_id if mend else None)

    def _enrolment(self, row, _):
        room = f"en {row.classroom.name}" if row.classroom_id and row.school_id == self.school_id else "inscrit"
        return InTheWay(f"{self._child(row)}, {room} depuis le {day_text(row.starts_on)}")

    def _contact(self, row, _):
        text = f"{row.get_kind_display()} {of_name(row.person.full_name)}, ajout {self._when(row)}"
        child = self.child_of.get(row.person_id) or (row.person_id if row.person_id in self.here else None)
        return InTheWay(text, "effacez-le sur la fiche de l’élève" if child else "", child)

    def _account(self, row, _):
        day = day_text(localtime(row.created_at).date())
        return InTheWay(f"{row.person.full_name} a un compte depuis le {day}")

    def _activationcode(self, row, _):
        return InTheWay(
            f"{row.person.full_name} a ouvert son compte avec sa fiche le {day_text(localtime(row.used_at).date())}"
        )

    def _mandate(self, row, _):
        since = f"depuis le {day_text(row.starts_on)}"
        if self.school_id != (row.classroom.school_id if row.classroom_id else row.school_id):
            return InTheWay(f"{row.person.full_name} a une fonction ailleurs {since}")
        return InTheWay(f"{row.person.full_name}, {Role(row.role).label}, {row.place}, {since}")

    def _publication(self, row, field):
        day = day_text(localtime(row.published_at or row.created_at).date())
        place = f" dans {getattr(row, field).name}" if field in ("classroom", "group") else ""
        return InTheWay(f"une publication{place}, le {day}")

    def _child(self, row):
        child = getattr(row, "child", None) or row.pupil
        return child.full_name if child.pk in self.here else ELSEWHERE

    def _name(self, row):
        if hasattr(row, "guardian"):
            return f"le lien {of_name(row.guardian.full_name)} avec {self._child(row)}"
        person, what = _person(row), row._meta.verbose_name
        if person is None:
            return f"{what} {getattr(row, 'name', '')}".strip()
        return person.full_name if person is row else f"{what} {of_name(person.full_name)}"

    def _when(self, row):
        person = _person(row)
        day = self.days.get(row.pk) or (person and self.days.get(person.pk))
        return f"le {day_text(day)}" if day else "depuis"


def _person(row):
    """The one a row is about."""
    if row._meta.label == "people.Person":
        return row
    return getattr(row, "guardian", None) or getattr(row, "pupil", None) or getattr(row, "person", None)
