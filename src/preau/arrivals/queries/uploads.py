"""Named reads: what the base says of one school, files received, batches applied."""

import datetime

from django.core.files.storage import default_storage
from django.db.models import Q

from preau.arrivals.comparing import Base, Comparison, Known, compare
from preau.arrivals.models import Decision, Upload
from preau.arrivals.reading import GUARDIANS, PUPILS, TEACHERS, Problem, ReadFile, read_file
from preau.kit.dates import school_year_bounds, school_year_label
from preau.kit.models import Batch
from preau.people.models import Contact, Mandate, Person, Role
from preau.places.models import Classroom, Group
from preau.schools.models import Enrolment, FormerPerson, GroupMember, Guardianship

KEPT = datetime.timedelta(hours=24)  # trust.md R22
TEACHING = (Role.TEACHER, Role.SUPPLY_TEACHER, Role.SCHOOL_HEAD)


def scope_of(school) -> str:
    """The scope of a school's batches: undone last in, first out."""
    return f"school:{school.pk}"


def batches_of(school):
    """The school's ONDE batches, newest first."""
    return Batch.objects.filter(scope=scope_of(school), kind="onde").order_by("-applied_at", "-id")


def uploads_waiting(school, now):
    """Files received and neither applied nor too old, newest first."""
    return Upload.objects.filter(
        school=school, state=Upload.State.RECEIVED, received_at__gt=now - KEPT
    ).order_by("-received_at")  # fmt: skip


def compare_upload(upload, today, *, complete=False, set_aside=False) -> Comparison:
    """What applying the upload now would do. Reads the stored files and the base; writes nothing."""
    return look_at_upload(upload, today, complete=complete, set_aside=set_aside)[0]


def look_at_upload(upload, today, *, complete=False, set_aside=False) -> tuple[Comparison, Base, list[Decision]]:
    """The same, with what the base said and the answers given: the page asks the base nothing more."""
    return _compare(
        upload.school, read_upload(upload), upload.school_year, today, complete=complete, set_aside=set_aside
    )


def read_upload(upload) -> list[ReadFile]:
    """The stored files, read again."""
    return [_read_stored(file) for file in upload.files]


def compare_files(*, school, files, school_year="", today, complete=False, set_aside=False) -> Comparison:
    """Compares files already read (`reading.read_file`) with the school; nine queries at most, whatever its size."""
    return _compare(school, files, school_year, today, complete=complete, set_aside=set_aside)[0]


def _compare(school, files, school_year, today, *, complete, set_aside):
    school_year = school_year or school_year_label(today)
    first, last = school_year_bounds(school_year)
    files = [*files, *_same_kind_twice(files)]
    if today > last:
        files.append(_year_over(school_year))
    base, decisions = load_base(school, school_year, today, files), decisions_of(school)
    verdicts = {frozenset((each.first_key, each.second_key)): each.verdict for each in decisions}
    comparison = compare(
        base, files, verdicts, today=today, starts_on=max(today, first), complete=complete, set_aside=set_aside
    )
    return comparison, base, decisions


def decisions_of(school) -> list[Decision]:
    """Every answer given for the school, newest first, with the person compared."""
    return list(Decision.objects.filter(school=school).select_related("candidate").order_by("-decided_at", "-id"))


def load_base(school, school_year, today, files) -> Base:
    """One school as comparing these files needs it: three to eight queries, whatever its size."""
    base = Base(
        school, school_year,
        classrooms=list(Classroom.objects.filter(school=school, school_year=school_year).order_by("sort_key")),
    )  # fmt: skip
    kinds = {file.kind for file in files}
    _load_pupils(base)
    if any(line.dispositif for file in files if file.kind == PUPILS for line in file.lines):
        _load_dispositifs(base)
    if GUARDIANS in kinds:
        _load_guardians(base)
    if TEACHERS in kinds:
        _load_teachers(base, today)
    if base.guardians or base.teachers:
        _load_contacts(base, today)
    return base


def _load_pupils(base):
    rows = Enrolment.objects.filter(school=base.school).select_related("pupil__record", "classroom")
    for enrolment in rows.order_by("starts_on", "id"):
        known = base.pupils.get(enrolment.pupil_id)
        if known is None:
            record = getattr(enrolment.pupil, "record", None)
            known = base.pupils[enrolment.pupil_id] = Known(enrolment.pupil, record=record)
        known.enrolments.append(enrolment)


def _load_dispositifs(base):
    groups = Group.objects.filter(school=base.school, school_year=base.school_year).exclude(kind=Group.Kind.GROUP)
    base.groups = list(groups)
    for member in GroupMember.objects.filter(group__in=groups, ends_on=None).select_related("group"):
        if member.pupil_id in base.pupils:
            base.pupils[member.pupil_id].memberships.append(member)


def _load_guardians(base):
    here = Enrolment.objects.filter(school=base.school).values("pupil_id")
    for link in Guardianship.objects.filter(child_id__in=here).select_related("guardian").order_by("starts_on", "id"):
        known = base.guardians.get(link.guardian_id)
        if known is None:
            known = base.guardians[link.guardian_id] = Known(link.guardian)
        known.signs.add(f"child:{link.child_id}")
        shelf = base.open_links if link.ends_on is None else base.ended_links
        shelf[link.guardian_id, link.child_id] = link
    for former in FormerPerson.objects.filter(person_id__in=base.guardians):
        base.guardians[former.person_id].add_former_name(former)


def _load_teachers(base, today):
    rows = Mandate.objects.current(today).filter(
        Q(school=base.school) | Q(classroom__school=base.school), role__in=TEACHING
    )
    for mandate in rows.select_related("person").order_by("starts_on", "id"):
        known = base.teachers.get(mandate.person_id)
        if known is None:
            known = base.teachers[mandate.person_id] = Known(mandate.person)
        known.mandates.append(mandate)
        known.signs.add(f"class:{mandate.classroom_id}" if mandate.classroom_id else "school")
        if mandate.role == Role.SCHOOL_HEAD:
            known.signs.add("head")


def _load_contacts(base, today):
    ids = Person.objects.filter(_guards(base.school) | _works(base.school, today)).values("id")
    for contact in Contact.objects.filter(person_id__in=ids).order_by("id"):
        for shelf in (base.guardians, base.teachers):
            if contact.person_id in shelf:
                shelf[contact.person_id].add_contact(contact)


def _guards(school):
    here = Enrolment.objects.filter(school=school).values("pupil_id")
    return Q(id__in=Guardianship.objects.filter(child_id__in=here).values("guardian_id"))


def _works(school, today):
    held = Mandate.objects.current(today).filter(Q(school=school) | Q(classroom__school=school), role__in=TEACHING)
    return Q(id__in=held.values("person_id"))


def _read_stored(file) -> ReadFile:
    if not file["path"] or not default_storage.exists(file["path"]):
        problem = Problem(file["name"], None, "", "ce fichier n’est plus gardé. Déposez-le à nouveau.")
        return ReadFile(file["name"], "", "", problems=(problem,))
    with default_storage.open(file["path"]) as stored:
        return read_file(file["name"], stored.read(), expected=file.get("kind", ""))


def _same_kind_twice(files):
    """Two files of one kind: nobody can say which is the newer."""
    seen, found = {}, []
    for file in files:
        other = seen.setdefault(file.kind, file) if file.kind else file
        if other is not file:
            reason = f"deux fichiers disent la même chose\u00a0: «\u00a0{other.name}\u00a0» aussi. Gardez-en un."
            found.append(ReadFile(file.name, "", "", problems=(Problem(file.name, None, "", reason),)))
    return found


def _year_over(school_year):
    reason = f"l’année {school_year} est terminée. Choisissez l’année en cours ou la suivante."
    return ReadFile("", "", "", problems=(Problem("", None, "", reason),))
