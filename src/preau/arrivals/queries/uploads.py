"""Named reads: what the base says of one school, files received, batches applied."""

import datetime
from dataclasses import dataclass, replace
from operator import itemgetter

from django.core.files.storage import default_storage
from django.db.models import Exists, F, JSONField, OuterRef, Value
from django.db.models.functions import Cast

from preau.arrivals.comparing import Base, Comparison, Known, compare
from preau.arrivals.models import Decision, FileTitle, Upload
from preau.arrivals.reading import (
    GUARDIANS,
    PUPILS,
    TEACHERS,
    WORDS,
    Named,
    Problem,
    ReadFile,
    find,
    open_table,
    read_file,
    recognise,
)
from preau.kit import batches
from preau.kit.dates import school_year_bounds, school_year_label
from preau.kit.models import Change
from preau.kit.tables import Table, TableRefused
from preau.kit.tables.columns import likely_header
from preau.people.models import Contact, Mandate, Role
from preau.places.models import Classroom, Group
from preau.schools.models import Enrolment, GroupMember, Guardianship

KEPT = datetime.timedelta(hours=24)  # trust.md R22
TEACHING = (Role.TEACHER, Role.SUPPLY_TEACHER, Role.SCHOOL_HEAD)


def scope_of(school) -> str:
    """The scope of a school's batches: undone last in, first out."""
    return f"school:{school.pk}"


def batches_of(school):
    """The school's ONDE batches, newest first."""
    return batches.batches_of(scope_of(school), "onde")


def uploads_waiting(school, now):
    """Files received and neither applied nor too old, newest first."""
    return Upload.objects.filter(school=school, state=Upload.State.RECEIVED, received_at__gt=now - KEPT).order_by(
        "-received_at"
    )


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
    """Compares files already read (`reading.read_file`) with the school; five queries at most, whatever its size."""
    return _compare(school, files, school_year, today, complete=complete, set_aside=set_aside)[0]


def _compare(school, files, school_year, today, *, complete, set_aside):
    school_year = school_year or school_year_label(today)
    first, last = school_year_bounds(school_year)
    files = _same_kind_twice(files)
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
    """One school as comparing these files needs it: two to four queries, whatever its size."""
    base = Base(school, school_year)
    kinds = {file.kind for file in files}
    _load_places(base)
    _load_pupils(base)
    if GUARDIANS in kinds:
        _load_guardians(base)
    if TEACHERS in kinds:
        _load_teachers(base, today)
    return base


def _load_places(base):
    """Classes and dispositifs of the year, in one read: they share their columns but for two."""
    of_year = {"school": base.school, "school_year": base.school_year}
    columns = ("pk", "name", "sort_key")
    own = ("order_key", "onde_id", "levels")
    rooms = Classroom.objects.filter(**of_year).values_list(*columns, *own, Value(Group.Kind.GROUP))
    groups = Group.objects.filter(**of_year).exclude(kind=Group.Kind.GROUP)
    groups = groups.values_list(*columns, Value(""), Value(""), Cast(Value(None), JSONField()), "kind")
    for pk, name, sort_key, *said, kind in sorted(rooms.union(groups, all=True), key=itemgetter(3, 2)):
        known = {"id": pk, "name": name, "sort_key": sort_key, "school_year": base.school_year}
        if kind == Group.Kind.GROUP:
            base.classrooms.append(_kept(base.school, Classroom, **known, **dict(zip(own, said, strict=True))))
        else:
            base.groups.append(_kept(base.school, Group, **known, kind=kind))


def _kept(school, model, **values):
    """A row of the base from its columns, as the base would have given it."""
    row = _from_columns(school, model, values | {"school_id": school.pk})
    row.school = school
    return row


def _from_columns(school, model, values):
    names = [field.attname for field in model._meta.concrete_fields]
    return model.from_db(school._state.db, names, [values[name] for name in names])


def _load_pupils(base):
    """With the groups each is in: a pupil comes once per group they were ever in, nearly always once."""
    kinds = {group.pk: group.kind for group in base.groups}
    rows = Enrolment.objects.filter(school=base.school).select_related("pupil__record", "classroom")
    of_group = ("id", "group_id", "starts_on", "ends_on", "group__school_id")
    rows = rows.annotate(**{f"member_{name}": F(f"pupil__group_memberships__{name}") for name in of_group})
    for enrolment in rows.order_by("starts_on", "id"):
        known = base.pupils.get(enrolment.pupil_id)
        if known is None:
            record = getattr(enrolment.pupil, "record", None)
            known = base.pupils[enrolment.pupil_id] = Known(enrolment.pupil, record=record)
        if enrolment not in known.enrolments:
            known.enrolments.append(enrolment)
        if enrolment.member_group__school_id != base.school.pk or enrolment.member_ends_on:
            continue
        said = {name: getattr(enrolment, f"member_{name}") for name in of_group[:4]} | {"pupil_id": enrolment.pupil_id}
        known.memberships[said["id"]] = _from_columns(base.school, GroupMember, said)
        if said["group_id"] in kinds:
            known.dispositifs.add(kinds[said["group_id"]])


def _load_guardians(base):
    here = Enrolment.objects.filter(school=base.school).values("pupil_id")
    links = Guardianship.objects.filter(child_id__in=here).annotate(
        former_last_name=F("guardian__former_selves__last_name"),
        former_usage_name=F("guardian__former_selves__usage_name"),
        former_first_name=F("guardian__former_selves__first_name"),
    )
    for link in _with_contacts(links, "guardian"):
        known = base.guardians.get(link.guardian_id)
        if known is None:
            known = base.guardians[link.guardian_id] = Known(link.guardian)
        known.signs.add(f"child:{link.child_id}")
        shelf = base.open_links if link.ends_on is None else base.ended_links
        shelf[link.guardian_id, link.child_id] = link
        if link.restricted_on:
            base.decided.setdefault((link.guardian_id, link.child_id), link)
        _add_contact(known, link)
        if link.former_last_name:
            known.add_former_name(link.former_last_name, link.former_usage_name, link.former_first_name)


def _load_teachers(base, today):
    rows = (
        Mandate.objects.current(today)
        .in_school(base.school)
        .filter(role__in=TEACHING)
        .annotate(is_brought=Exists(Change.objects.filter(row_id=OuterRef("pk"), verb=Change.Verb.CREATE)))
    )
    for mandate in _with_contacts(rows.select_related("classroom"), "person"):
        known = base.teachers.get(mandate.person_id)
        if known is None:
            known = base.teachers[mandate.person_id] = Known(mandate.person)
        if mandate not in known.mandates:
            known.mandates.append(mandate)
        if mandate.is_brought and mandate.school_id and mandate.role == Role.TEACHER and mandate.ends_on is None:
            known.provisional = mandate
        known.signs.add(f"class:{mandate.classroom_id}" if mandate.classroom_id else "school")
        if mandate.role == Role.SCHOOL_HEAD:
            known.signs.add("head")
        _add_contact(known, mandate)


CONTACT = ("id", "person_id", "kind", "value", "match_key")


def _with_contacts(rows, who):
    """Each row with its adult, once per contact of theirs: one read instead of two."""
    contacts = {f"contact_{name}": F(f"{who}__contacts__{name}") for name in CONTACT}
    return rows.select_related(who).annotate(**contacts).order_by("starts_on", "id", "contact_id")


def _add_contact(known, row):
    if row.contact_id and all(contact.pk != row.contact_id for contact in known.contacts):
        known.add_contact(
            Contact.from_db(row._state.db, CONTACT, [getattr(row, f"contact_{name}") for name in CONTACT])
        )


def _read_stored(file) -> ReadFile:
    if not file["path"] or not default_storage.exists(file["path"]):
        problem = Problem(file["name"], None, "", "ce fichier n’est plus gardé. Déposez-le à nouveau.")
        return ReadFile(file["name"], "", "", problems=(problem,))
    with default_storage.open(file["path"]) as stored:
        read = read_file(file["name"], stored.read(), **_told(file))
    return replace(read, births=file.get("births", {}))


def _told(file):
    named = file.get("named")
    return {"expected": file.get("kind", ""), "said": file.get("said"), "named": Named(**named) if named else None}


def titles_of(school) -> dict:
    """{kind: {key of a title: what the head said it is}}, of the school's files."""
    found: dict = {}
    for kind, key, said in FileTitle.objects.filter(school=school).values_list("kind", "title_key", "field"):
        found.setdefault(kind, {})[key] = said
    return found


@dataclass(frozen=True)
class Opened:
    """A file whose columns somebody looks at: its table, what it is of as far as one knows, which column says what."""

    table: Table
    kind: str
    columns: dict  # {field: place}


def open_file(upload, place: int, *, line: int = 0, kind: str = "") -> Opened | None:
    """A file of the upload, its columns named at that line (0: where they seem to be), read as of that kind; None where
    it is kept no more, or is no table."""
    file = upload.files[place] if place < len(upload.files) else {"path": ""}
    if not file["path"] or not default_storage.exists(file["path"]):
        return None
    told = _told(file)
    said, named = told["said"] or {}, told["named"]
    try:
        with default_storage.open(file["path"]) as stored:
            table = open_table(file["name"], stored.read(), told["expected"], said)
    except TableRefused:
        return None
    line = line or (named.line if named else 0)
    guess = recognise(table, said)
    if not line and not guess and not any(find(each, table, said).places for each in WORDS):
        line = likely_header(table)
    table = table.headed_at(line) if line else table
    kind = kind or (named.kind if named else "") or told["expected"] or guess or PUPILS
    is_as_named = named and (named.kind, named.line) == (kind, table.header_line)
    columns = named.columns if is_as_named else find(kind, table, said).places
    return Opened(table, kind, columns)


def _same_kind_twice(files):
    """Two files of one kind: nobody can say which is the newer. The second says so."""
    seen, told = {}, []
    for file in files:
        other = seen.setdefault(file.kind, file) if file.kind else file
        if other is not file:
            reason = f"deux fichiers disent la même chose\u00a0: «\u00a0{other.name}\u00a0» aussi. Gardez-en un."
            file = replace(file, problems=(*file.problems, Problem(file.name, None, "", reason)))
        told.append(file)
    return told


def _year_over(school_year):
    reason = f"l’année {school_year} est terminée. Choisissez l’année en cours ou la suivante."
    return ReadFile("", "", "", problems=(Problem("", None, "", reason),))
