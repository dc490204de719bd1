"""Classes renamed, children who move, leave or come back, a second batch in the year, the next year."""

import datetime
from dataclasses import replace

import pytest
from django.utils import timezone

from preau.arrivals import actions
from preau.kit.dates import school_year_bounds, school_year_label
from preau.kit.digest import business_digest
from preau.people.models import Mandate, Person, Role
from preau.places.models import AfterSchool, Classroom, Group
from preau.schools.models import Activity, Enrolment, Guardianship, PupilRecord
from tests.arrivals.conftest import numbers
from tests.arrivals.onde_files import Child, Family, Style, Teacher, guardians_file, pupils_file, teachers_file

FAMILY = Family.sample()
NOW = timezone.now()
LATER = NOW + datetime.timedelta(days=3)
TODAY = timezone.localdate(NOW)


def test_a_class_whose_label_changes_is_renamed(bring):
    bring(pupils_file(FAMILY.children))
    renamed = [replace(c, classroom="CP de Mme Craie") if c.class_id == "41" else c for c in FAMILY.children]
    result = bring(pupils_file(renamed))
    assert numbers(result, "classes") == (0, 1, 1, 0) and numbers(result, "pupils") == (0, 0, 5, 0)
    assert Classroom.objects.get(onde_id="41").name == "CP de Mme Craie"
    assert "renommée" in result.comparison.differences[0].reasons[0]


def test_a_name_already_held_is_not_taken(bring):
    bring(pupils_file(FAMILY.children))
    swapped = [replace(c, classroom="CM1-CM2 M. ARÇON") if c.class_id == "41" else c for c in FAMILY.children]
    result = bring(pupils_file(swapped))
    assert "déjà le nom d’une autre classe" in result.problems[0].reason
    assert Classroom.objects.get(onde_id="41").name == "CP A"


def test_two_classes_of_one_label_are_told_apart_by_their_identifiers(bring):
    pair = (Child("A", "ANA", class_id="1"), Child("B", "BOB", class_id="2"))
    result = bring(pupils_file(pair))
    assert numbers(result, "classes") == (2, 0, 0, 0)
    assert bring(pupils_file(pair)).batch.changes.count() == 0


def test_spaces_case_and_accents_do_not_make_another_class(bring):
    bring(pupils_file((Child("A", "ANA", classroom="Classe  CÉ2"), Child("B", "BOB", classroom="classe ce2"))))
    assert Classroom.objects.count() == 1


def test_a_pupil_who_changes_class_keeps_both_enrolments(bring):
    bring(pupils_file(FAMILY.children), now=NOW)
    moved = FAMILY.change_child("ZOÉ", level="CE1", classroom="CE1 B", class_id="43")
    result = bring(pupils_file(moved.children), now=LATER)
    assert numbers(result, "pupils") == (0, 1, 4, 0) and numbers(result, "classes") == (1, 0, 2, 0)
    old, new = Enrolment.objects.filter(pupil__first_name="Zoé").order_by("starts_on")
    assert old.ends_on == new.starts_on - datetime.timedelta(days=1)
    assert (old.classroom.name, new.classroom.name, new.level) == ("CP A", "CE1 B", "CE1")
    assert bring(pupils_file(moved.children), now=LATER).batch.changes.count() == 0


def test_only_true_differences_are_written(bring_family):
    bring_family()
    changed = FAMILY.change_child("ALI", photo="Oui").change_adult("ÈVE", email="eve@example.org")
    result = bring_family(changed)
    verbs = sorted((change.model, change.verb) for change in result.batch.changes.all())
    assert verbs == [("people.Contact", "create"), ("schools.PupilRecord", "update")]
    reasons = {d.label: d.reasons for d in result.comparison.differences}
    assert reasons == {"Ali Marelle": ("autorisation photo dans ONDE",), "Ève d'Almeida": ("courriel ajouté",)}


def test_what_a_person_spelled_better_is_left_alone(bring_family):
    bring_family()
    Person.objects.filter(first_name="Zoé").update(last_name="TOUPIE", first_name="Zoe")
    assert numbers(bring_family(), "pupils") == (0, 0, 5, 0)


def test_nobody_leaves_unless_the_file_is_complete(bring_family, bring):
    bring_family(now=NOW)
    stays = pupils_file(FAMILY.children[1:])
    before = business_digest()
    result = bring(stays, now=LATER)
    assert numbers(result, "pupils") == (0, 0, 4, 1) and business_digest() == before
    assert [missing.label for missing in result.comparison.missing] == ["Zoé Toupie"]
    result = bring(stays, now=LATER, complete=True)
    enrolment = Enrolment.objects.get(pupil__first_name="Zoé")
    assert enrolment.ends_on and Guardianship.objects.filter(child=enrolment.pupil, ends_on=None).count() == 2
    assert numbers(bring(stays, now=LATER, complete=True), "pupils") == (0, 0, 4, 0)
    actions.undo_batch(batch_id=result.batch.pk, now=LATER)
    assert Enrolment.objects.get(pk=enrolment.pk).ends_on is None


def test_a_pupil_who_comes_back_is_the_same_person(bring):
    bring(pupils_file(FAMILY.children), now=NOW)
    bring(pupils_file(FAMILY.children[1:]), now=LATER, complete=True)
    result = bring(pupils_file(FAMILY.children), now=LATER + datetime.timedelta(days=1))
    assert numbers(result, "pupils") == (0, 1, 4, 0)
    assert Enrolment.objects.filter(pupil__first_name="Zoé").count() == 2


def test_the_next_year_opens_on_its_first_day(bring):
    bring(pupils_file(FAMILY.children), now=NOW)
    first, last = school_year_bounds(school_year_label(timezone.localdate(NOW)))
    label = f"{last.year}-{last.year + 1}"
    next_year = [replace(c, level="CE1", classroom="CE1 A", class_id="51") for c in FAMILY.children[:2]]
    result = bring(pupils_file(next_year), now=LATER, school_year=label)
    assert numbers(result, "pupils") == (0, 2, 0, 3) and result.to_decide == ()
    old, new = Enrolment.objects.filter(pupil__first_name="Zoé").order_by("starts_on")
    assert (old.ends_on, new.starts_on) == (last, last + datetime.timedelta(days=1))
    assert bring(pupils_file(next_year), now=LATER, school_year=label).batch.changes.count() == 0


def test_a_year_that_is_over_is_refused(bring):
    result = bring(pupils_file(FAMILY.children), school_year="2019-2020")
    assert result.refused and "terminée" in result.problems[0].reason


def test_the_level_never_comes_from_the_cycle(bring):
    bring(pupils_file((Child("A", "ANA", level="", classroom="Classe 3"),)))  # the file says CYCLE III
    assert Enrolment.objects.get().level == ""


@pytest.mark.parametrize("known", [False, True])
def test_a_class_that_is_an_ulis_leaves_the_reference_class(bring, known):
    ana = Child("D'ALMEIDA", "ANA", level="CM1", classroom="CM1 A")
    if known:
        bring(pupils_file((ana,)))
    bring(pupils_file((replace(ana, level="ULIS", classroom="ULIS école"),)))
    enrolment = Enrolment.objects.get()
    assert (enrolment.classroom and enrolment.classroom.name) == ("CM1 A" if known else None)
    assert enrolment.pupil.group_memberships.get().group.kind == "ulis"
    assert not Classroom.objects.filter(name__icontains="ulis").exists()


def test_a_dispositif_column_gives_a_membership_beside_the_class(bring):
    ana = Child("D'ALMEIDA", "ANA", level="CM1", classroom="CM1 A", dispositif="UPE2A lundi")
    bring(pupils_file((ana,), Style("late")))
    enrolment = Enrolment.objects.get()
    assert (enrolment.level, enrolment.classroom.name) == ("CM1", "CM1 A")
    assert enrolment.pupil.group_memberships.get().group.kind == "upe2a"


def test_who_leaves_by_a_file_leaves_the_groups_of_the_school_too(bring):
    """As by hand: their family would read what the group publishes after them."""
    ana = Child("D'ALMEIDA", "ANA", level="CM1", classroom="CM1 A", dispositif="ULIS")
    leo = Child("TOUPIE", "LÉO", level="CM1", classroom="CM1 A", dispositif="ULIS")
    bring(pupils_file((ana, leo), Style("late")), now=NOW)
    gone = Person.objects.get(first_name="Ana")
    ulis = Group.objects.get()
    chess = Group.objects.create(school=ulis.school, name="Échecs", school_year=ulis.school_year)
    chess.members.create(pupil=gone, starts_on=TODAY)
    result = bring(pupils_file((leo,), Style("late")), now=LATER, complete=True)
    last = gone.enrolments.get().ends_on
    assert last and set(gone.group_memberships.values_list("ends_on", flat=True)) == {last}
    assert Person.objects.get(first_name="Léo").group_memberships.get().ends_on is None
    actions.undo_batch(batch_id=result.batch.pk, now=LATER)
    assert gone.group_memberships.filter(ends_on=None).count() == 2


def test_who_leaves_by_a_file_leaves_the_services_of_the_city_and_who_changes_class_does_not(bring):
    ana = Child("D'ALMEIDA", "ANA", level="CM1", classroom="CM1 A")
    leo = Child("TOUPIE", "LÉO", level="CM1", classroom="CM1 A")
    bring(pupils_file((ana, leo), Style("late")), now=NOW)
    gone, stays = Person.objects.get(first_name="Ana"), Person.objects.get(first_name="Léo")
    site = AfterSchool.objects.create(city=gone.enrolments.get().school.city, name="Les Marelles")
    canteen = Activity.objects.create(afterschool=site, kind=Activity.Kind.CANTEEN)
    for child in (gone, stays):
        canteen.enrolments.create(child=child, days="12", starts_on=TODAY)
    moved = replace(leo, classroom="CM1 B")
    result = bring(pupils_file((moved,), Style("late")), now=LATER, complete=True)
    last = gone.enrolments.get().ends_on
    assert last and gone.activity_enrolments.get().ends_on == last
    assert stays.enrolments.count() == 2 and stays.activity_enrolments.get().ends_on is None
    actions.undo_batch(batch_id=result.batch.pk, now=LATER)
    assert gone.activity_enrolments.get().ends_on is None


def test_a_line_said_twice_is_one_pupil(bring):
    result = bring(pupils_file((FAMILY.children[0], FAMILY.children[0])))
    assert numbers(result, "pupils") == (1, 0, 0, 0) and "répète la ligne 2" in result.problems[0].reason
    assert PupilRecord.objects.count() == 1


TEACHERS = (
    Teacher("CRAIE", "ANNE", email="anne.craie@example.org", classes=("cp a",)),
    Teacher("ARÇON", "PAUL", "M.", head="oui", classes=("CM1-CM2 M. Arçon", "CP A")),
    Teacher("VOLANT", "LÉA"),
)


def test_teachers_hold_their_classes_from_today_and_no_file_names_a_head(bring):
    result = bring(pupils_file(FAMILY.children), teachers=teachers_file(TEACHERS))
    assert numbers(result, "teachers") == (3, 0, 0, 0) and numbers(result, "classes") == (2, 0, 0, 0)
    held = sorted(
        (m.person.first_name, m.classroom and m.classroom.name, m.role) for m in Mandate.objects.all() if m.classroom
    )
    assert held == [("Anne", "CP A", "teacher"), ("Paul", "CM1-CM2 M. ARÇON", "teacher"), ("Paul", "CP A", "teacher")]
    assert Mandate.objects.get(person__first_name="Léa").school is not None
    assert not Mandate.objects.filter(role=Role.SCHOOL_HEAD).exists()
    (problem,) = result.problems
    assert (problem.line, problem.column, problem.blocks) == (3, "Directeur", False)
    again = bring(pupils_file(FAMILY.children), teachers=teachers_file(TEACHERS))
    assert again.batch.changes.count() == 0 and numbers(again, "teachers") == (0, 0, 3, 0)


def test_the_head_already_named_is_recognised(bring, school):
    head = Person.objects.create(first_name="Paul", last_name="Arçon")
    Mandate.objects.create(person=head, role=Role.SCHOOL_HEAD, school=school, starts_on=timezone.localdate(NOW))
    result = bring(pupils_file(FAMILY.children), teachers=teachers_file(TEACHERS[1:2]))
    assert numbers(result, "teachers") == (0, 1, 0, 0) and result.problems == ()
    assert head.mandates.count() == 3


def test_a_teachers_class_is_found_by_its_levels_or_told(bring):
    bring(pupils_file(FAMILY.children))
    teachers = (Teacher("A", "ANNE", classes=("CM1/CM2",)), Teacher("B", "BEA", classes=("Petite section",)))
    result = bring(teachers=teachers_file(teachers))
    assert numbers(result, "classes") == (0, 0, 1, 0)
    assert "Petite section" in result.problems[0].reason and not result.refused
    assert Mandate.objects.get(person__first_name="Anne").classroom.name == "CM1-CM2 M. ARÇON"


def test_a_teacher_of_the_same_name_in_another_class_is_asked_about(bring):
    bring(pupils_file(FAMILY.children), teachers=teachers_file((Teacher("CRAIE", "ANNE", classes=("CP A",)),)))
    other = teachers_file((Teacher("CRAIE", "ANNE", classes=("CM1-CM2 M. ARÇON",)),))
    result = bring(pupils_file(FAMILY.children), teachers=other)
    assert [q.kind for q in result.to_decide] == ["teachers"] and numbers(result, "teachers") == (0, 0, 0, 0)


def test_nobody_leaves_when_lines_are_left_aside(bring):
    bring(pupils_file(FAMILY.children), now=NOW)
    broken = pupils_file(FAMILY.children).replace(b"04/03/2018", b"04/13/2018")
    result = bring(broken, now=LATER, complete=True, set_aside=True)
    assert not Enrolment.objects.exclude(ends_on=None).exists()
    assert "personne ne quitte" in result.problems[-1].reason


def test_a_teacher_of_an_ulis_teaches_in_the_school(bring):
    bring(pupils_file(FAMILY.children), teachers=teachers_file((Teacher("SALTO", "INES", classes=("ULIS",)),)))
    assert Mandate.objects.get().school is not None and Classroom.objects.count() == 2


def test_a_file_that_knows_only_the_usage_name_changes_no_name(bring_family, bring):
    bring_family()
    rosa = replace(FAMILY.adults[0], last="TOUPIE", usage="")
    result = bring(pupils_file(FAMILY.children), guardians_file((rosa, *FAMILY.adults[1:]), Style("pairs")))
    assert numbers(result, "guardians") == (0, 0, 4, 0) and result.to_decide == ()


def test_a_class_that_only_the_teachers_list_names_is_told_and_not_made(bring):
    teachers = teachers_file(
        (Teacher("CRAIE", "ANNE", classes=("CP A", "CM9")), Teacher("SALTO", "INES", classes=("CM8",)))
    )
    result = bring(pupils_file(FAMILY.children), teachers=teachers)
    assert not result.refused and numbers(result, "classes") == (2, 0, 0, 0)
    said = [(problem.line, problem.column, problem.blocks) for problem in result.problems]
    assert said == [(2, "Classe", False), (3, "Classe", False)] and "«\u00a0CM9\u00a0»" in result.problems[0].reason
    held = Mandate.objects.filter(role=Role.TEACHER).values_list("person__first_name", "classroom__name")
    assert set(held) == {("Anne", "CP A"), ("Ines", None)}  # who teaches here is named; the class waits
    again = bring(pupils_file(FAMILY.children), teachers=teachers)
    assert again.batch.changes.count() == 0 and len(again.problems) == 2


MALO = replace(FAMILY.children[0], last="BILLE", first="MALO", ine="", classroom="CM9", class_id="9", level="CM2")
INES = teachers_file((Teacher("SALTO", "INES", mobile="0612131415", classes=("CM9",)),))


def held_by_ines(today):
    rows = Mandate.objects.current(today).filter(person__first_name="Ines")
    return sorted((str(each.place.name), each.role) for each in rows.select_related("school", "classroom"))


def test_the_class_once_there_takes_the_place_of_the_whole_school_and_undo_gives_it_back(bring, school):
    bring(pupils_file(FAMILY.children), teachers=INES)
    assert held_by_ines(TODAY) == [(school.name, Role.TEACHER)]
    before = business_digest()
    result = bring(pupils_file((*FAMILY.children, MALO)), teachers=INES)
    assert held_by_ines(TODAY) == [("CM9", Role.TEACHER)]
    (told,) = [one.reasons for one in result.comparison.differences if one.kind == "teachers"]
    assert told == ("enseigne en CM9, et non plus dans toute l’école",)
    assert bring(pupils_file((*FAMILY.children, MALO)), teachers=INES).batch.changes.count() == 0
    actions.undo_batch(batch_id=result.batch.pk, now=timezone.now())
    assert held_by_ines(TODAY) == [(school.name, Role.TEACHER)] and business_digest() == before


def test_a_school_mandate_given_by_hand_stays_beside_the_class(bring, school):
    bring(pupils_file(FAMILY.children), teachers=INES)
    ines = Person.objects.get(first_name="Ines")
    Mandate.objects.filter(person=ines).delete()
    Mandate.objects.create(person=ines, role=Role.TEACHER, school=school, starts_on=TODAY)
    bring(pupils_file((*FAMILY.children, MALO)), teachers=INES)
    assert held_by_ines(TODAY) == sorted([("CM9", Role.TEACHER), (school.name, Role.TEACHER)])


def test_a_class_given_by_hand_ends_what_stood_for_it(bring, school):
    bring(pupils_file(FAMILY.children), teachers=INES, now=timezone.now() - datetime.timedelta(days=3))
    bring(pupils_file((*FAMILY.children, MALO)))
    ines, room = Person.objects.get(first_name="Ines"), Classroom.objects.get(name="CM9")
    Mandate.objects.create(person=ines, role=Role.TEACHER, classroom=room, starts_on=TODAY)
    before = business_digest()
    result = bring(pupils_file((*FAMILY.children, MALO)), teachers=INES)
    assert held_by_ines(TODAY) == [("CM9", Role.TEACHER)]
    actions.undo_batch(batch_id=result.batch.pk, now=timezone.now())
    assert business_digest() == before


@pytest.mark.parametrize("label", ["+33", "<b>CP</b>", "-", "@CP"])
def test_what_is_no_class_is_refused_in_a_sentence(bring, label):
    before = business_digest()
    result = bring(pupils_file(FAMILY.children), teachers=teachers_file((Teacher("CRAIE", "ANNE", classes=(label,)),)))
    assert result.refused and business_digest() == before
    (problem,) = {(problem.line, problem.column) for problem in result.problems if problem.blocks}
    assert problem == (2, "Classe")
    zoe = replace(FAMILY.children[0], classroom=label)
    assert bring(pupils_file((zoe,))).refused and business_digest() == before
