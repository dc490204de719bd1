"""Six schools fill: each head imports ONDE files written for the occasion, then sheets are printed and used."""

import datetime
import random

from django.utils import timezone

from preau.arrivals import actions as arrivals
from preau.arrivals.reading import GUARDIANS, PUPILS, TEACHERS
from preau.demo import cast, keys, onde_files
from preau.demo.families import FamilyMaker, first_september
from preau.demo.names import NameSource
from preau.kit.answers import require
from preau.kit.names import name_key
from preau.people import actions as people
from preau.people.codes import code_hash
from preau.people.models import Account, ActivationCode, Language, Mandate, Person, Role
from preau.people.texts import CHARTER_VERSION, NOTICE_VERSION
from preau.places.models import Classroom
from preau.schools import actions as schools
from preau.schools import rules as schools_rules
from preau.schools.models import Enrolment, Guardianship

FIRST_WEEK = datetime.time(9, 15)
OPENED_IN_HOME_CLASS = 22  # families of the named class who used their sheet; the others are reached on paper
# Two parents known to two schools: the second school's sheet joins the account they have (« J’ai un autre enfant »).
JOINED = ("Amina Marelle", "Violette Craie")
OPENED_ELSEWHERE = 3  # families of each other class: hashing more passwords would show nothing more


def import_schools(stage):
    """Pupils, guardians and teachers of the six schools, as of the first week of school."""
    stage.began = min(stage.now, first_week(stage.today))
    draw = random.Random("named families")
    named = cast.named_families(stage.today, draw)
    teachers = NameSource("teachers of the laboratory")
    for name in cast.LABORATORY:
        classes = cast.classes_of(name, [_teacher(teachers) for _ in range(5)])
        maker = FamilyMaker(name, stage.today)
        maker.reserve(child for children in named.values() for child in children)
        _import(stage, name, classes, maker.fill(classes, named.get(name, ())))
    filled = Classroom.objects.filter(enrolments__isnull=False, school__city=stage.city).distinct()
    for classroom in filled.select_related("school"):
        stage.classrooms[classroom.school_id, classroom.name] = classroom
    for mandate in Mandate.objects.filter(role=Role.TEACHER, classroom__in=filled).select_related("person"):
        stage.teachers[mandate.classroom_id] = mandate.person
        stage.people.setdefault(mandate.person.full_name, mandate.person)


def first_week(today):
    """When the heads import: the second day of the school year."""
    day = first_september(today) + datetime.timedelta(days=1)
    return timezone.make_aware(datetime.datetime.combine(day, FIRST_WEEK))


def _teacher(names):
    civility = names.random.choice(("Mme", "Mme", "Mme", "M."))
    last_name = names.last_name()
    return (civility, last_name, names.adult_first_name(civility, last_name))


def _import(stage, name, classes, children):
    files = [
        arrivals.IncomingFile("CSVExtraction-eleves.csv", onde_files.pupils_file(children, classes), PUPILS),
        arrivals.IncomingFile("CSVExtraction-responsables.csv", onde_files.guardians_file(children), GUARDIANS),
        arrivals.IncomingFile("enseignants.csv", onde_files.teachers_file(classes, None), TEACHERS),
    ]
    result = arrivals.apply_arrivals(school=stage.school(name), files=files, now=stage.began, person=stage.heads[name])
    if result.refused or result.to_decide:
        raise RuntimeError(f"{name}: {result.problems} {result.to_decide}")


def open_teachers(stage):
    """Every teacher enters; the head of each school printed their sheets."""
    by_school = {}
    for (school_id, _), classroom in stage.classrooms.items():
        by_school.setdefault(school_id, []).append(stage.teachers[classroom.pk])
    for name in cast.LABORATORY:
        use_sheets(stage, by_school[stage.school(name).pk], stage.heads[name])


def open_families(stage):
    """Some families of each class have used their sheet; the named ones have, but the one reached on paper."""
    named_first = {
        name_key(name)
        for name in (
            "Amina Marelle",
            "Claire Toupie",
            "Julien Toupie",
            "Ngoc Lanterne",
            "Sandrine Ficelle",
            "David Diabolo",
            "Violette Craie",
        )
    }
    for name in cast.LABORATORY:
        for classroom in [c for (school_id, _), c in stage.classrooms.items() if school_id == stage.school(name).pk]:
            enter, wait = _who_enters(classroom, named_first, stage)
            use_sheets(stage, enter, stage.heads[name])
            people.issue_activation_codes(persons=wait, person=stage.heads[name], now=stage.now)


def _who_enters(classroom, named_first, stage):
    children = Enrolment.objects.filter(classroom=classroom).values("pupil_id")
    links = Guardianship.objects.filter(child__in=children).select_related("guardian").order_by("child_id", "id")
    families = {}
    for link in links:
        if classroom.school_id == stage.school(cast.OTHER_SCHOOL).pk and link.guardian.full_name in JOINED:
            continue
        families.setdefault(link.child_id, []).append(link.guardian)
    is_home = classroom.name == cast.HOME_CLASS and classroom.school_id == stage.school(cast.HOME_SCHOOL).pk
    left = OPENED_IN_HOME_CLASS if is_home else OPENED_ELSEWHERE
    enter, wait = [], []
    for guardians in sorted(families.values(), key=lambda g: name_key(g[0].full_name) not in named_first):
        is_named = any(name_key(guardian.full_name) in named_first for guardian in guardians)
        is_paper = any(guardian.last_name == "Osselet" and guardian.first_name == "Régis" for guardian in guardians)
        (enter if is_named or (left > 0 and not is_paper) else wait).extend(guardians)
        left -= 1
    return enter, wait


def join_second_sheets(stage):
    """A mother of two schools, and a teacher who is a mother elsewhere: one account each."""
    school = stage.school(cast.OTHER_SCHOOL)
    for name in JOINED:
        first_name, last_name = name.split()
        kept = Person.objects.get(first_name=first_name, last_name=last_name, account__isnull=False)
        second = Person.objects.get(
            first_name=first_name, last_name=last_name, children_links__child__enrolments__school=school
        )
        issued = people.issue_activation_codes(persons=[second], person=stage.heads[cast.OTHER_SCHOOL], now=stage.now)
        code = ActivationCode.objects.get(secret_hash=code_hash(issued[second.pk]))
        require(schools_rules.can_join_guardians(kept, code, stage.today))
        schools.join_guardians(code=code, kept=kept, person=kept, now=stage.now)


def note_language(stage):
    """The head notes what an allophone mother said she reads."""
    mother = Person.objects.get(first_name="Ngoc", last_name="Lanterne", children_links__isnull=False)
    schools.note_reading_language(
        guardian=mother,
        school=stage.school(cast.HOME_SCHOOL),
        language=Language.VIETNAMESE,
        person=stage.heads[cast.HOME_SCHOOL],
        now=stage.now,
    )


def open_pupils(stage):
    """One reader of CM2 has a sheet of her own; younger pupils have no way in yet."""
    pupil = Person.objects.get(first_name="Inès", last_name="Diabolo", birth_date__isnull=False)
    use_sheets(stage, [pupil], stage.heads[cast.HOME_SCHOOL])
    account = Account.objects.get(person=pupil)  # made since the pupil was read
    people.note_notice(account=account, version=CHARTER_VERSION, now=stage.began)


def use_sheets(stage, persons, head):
    """Prints sheets and uses them at once, with the demo's password. Those who entered before are left alone."""
    persons = [person for person in dict.fromkeys(persons) if not hasattr(person, "account")]
    secrets = people.issue_activation_codes(persons=persons, person=head, now=stage.began)
    for person in persons:
        code = ActivationCode.objects.get(secret_hash=code_hash(secrets[person.pk]))
        people.open_with_code(code=code, password=keys.PASSWORD, notice_version=NOTICE_VERSION, now=stage.began)
