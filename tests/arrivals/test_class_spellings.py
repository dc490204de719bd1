"""« CP B », « C.P. B », « CPB », « cp b »: one class, and the person reads so before anything is applied."""

import pytest

from preau.arrivals.reading.spelling import class_letters
from preau.kit.tables import write_xlsx
from preau.places.models import Classroom
from preau.schools.models import Enrolment
from tests.arrivals.onde_files import Child, Style, Teacher, pupils_file, teachers_file

FOUR = ("CP B", "C.P. B", "CPB", "cp b", "CP B")


def children(*labels, **given):
    return [
        Child("TOUPIE", first, classroom=label, **given)
        for first, label in zip(("ZOÉ", "LÉO", "ÈVE", "ALI", "NOÉ", "ANA"), labels, strict=False)
    ]


def workbook(labels):
    header = ["Nom élève", "Prénom élève", "Date naissance", "Niveau", "Libellé classe"]
    return write_xlsx(header, [[c.last, c.first, c.born, c.level, c.classroom] for c in children(*labels)])


def csv(labels):
    return pupils_file(children(*labels), Style(encoding="cp1252"))


def classes():
    return {room.name: room.enrolments.count() for room in Classroom.objects.all()}


def said(result):
    return [problem.reason for problem in result.problems if "→" in problem.reason]


@pytest.mark.parametrize("write", [workbook, csv])
def test_one_class_is_made_of_its_spellings_and_said_before(bring, write):
    seen = bring(write(FOUR), dry_run=True)
    assert [each.label for each in seen.comparison.differences if each.kind == "classes"] == ["CP B"]
    assert "C.P. B, CPB → CP B." in said(seen)[0] and not seen.problems[0].blocks
    bring(write(FOUR))
    assert classes() == {"CP B": 5}


def test_the_schools_own_name_wins(bring, school):
    room = Classroom.objects.create(school=school, school_year="2026-2027", name="C.P. B")
    result = bring(csv(FOUR), school_year="2026-2027")
    assert classes() == {"C.P. B": 5} and Enrolment.objects.filter(classroom=room).count() == 5
    assert "CP B, CPB, cp b → C.P. B." in said(result)[0]


def test_a_case_alone_is_no_surprise(bring):
    assert not said(bring(csv(("CP B", "cp b", "Cp  B"))))
    assert len(classes()) == 1


def test_what_is_not_the_same_stays_apart(bring):
    labels = ("CP A", "CP B", "CE1", "CE 11", "CE1 1", "CP-CE1")
    assert not said(bring(csv(labels))) and classes() == dict.fromkeys(labels, 1)
    assert class_letters("CP-CE1") == class_letters("CPCE1") == class_letters("Cp. Cé1")
    assert len(set(map(class_letters, labels))) == len(labels)


def test_two_classes_that_the_school_has_stay_two(bring, school):
    for name in ("CP B", "CPB"):
        Classroom.objects.create(school=school, school_year="2026-2027", name=name)
    assert not said(bring(csv(("CP B", "CPB", "cp b")), school_year="2026-2027"))
    assert classes() == {"CP B": 2, "CPB": 1}


def test_a_third_spelling_of_two_classes_waits_for_its_correction(bring, school):
    for name in ("CP B", "CPB"):
        Classroom.objects.create(school=school, school_year="2026-2027", name=name)
    given = csv(("CP B", "CPB", "C.P. B"))
    result = bring(given, school_year="2026-2027")
    told = [problem for problem in result.problems if problem.blocks]
    assert result.refused and [one.line for one in told] == [4]
    assert "«\u00a0CP B\u00a0» ou «\u00a0CPB\u00a0», que l’école a\u00a0: écrivez laquelle" in told[0].reason
    assert not Enrolment.objects.exists()
    bring(given, school_year="2026-2027", set_aside=True)
    assert classes() == {"CP B": 1, "CPB": 1}


def test_an_identifier_says_which_of_two_classes_it_is(bring, school):
    for name, onde_id in (("CP B", "41"), ("CPB", "")):
        Classroom.objects.create(school=school, school_year="2026-2027", name=name, onde_id=onde_id)
    assert not bring(pupils_file(children("C.P. B", class_id="41")), school_year="2026-2027").refused
    assert sum(classes().values()) == 1 and len(classes()) == 2


def test_onde_identifiers_tell_two_classes_apart(bring):
    lines = [*children("CP B", class_id="41"), *children("x", "CPB", class_id="42")[1:]]
    assert not said(bring(pupils_file(lines))) and classes() == {"CP B": 1, "CPB": 1}


def test_an_identifier_written_beside_another_spelling_renames_nothing(bring):
    bring(pupils_file(children("CP B", class_id="41")))
    result = bring(pupils_file(children("C.P.B", class_id="41")))
    assert classes() == {"CP B": 1} and not result.comparison.differences and "C.P.B → CP B" in said(result)[0]


def test_the_teachers_list_means_the_class_too(bring):
    result = bring(csv(("CP B",)), teachers=teachers_file((Teacher("PALET", "LUC", classes=("C.P. B", "CPB")),)))
    assert classes() == {"CP B": 1} and "C.P. B, CPB → CP B" in said(result)[0]
    assert Classroom.objects.get().mandates.get().role == "teacher"


def test_one_pupil_written_twice_repeats_itself(bring):
    lines = [Child("TOUPIE", "ZOÉ", classroom=label) for label in ("CP B", "CPB")]
    result = bring(pupils_file(lines))
    assert not result.to_decide and Enrolment.objects.count() == 1


def test_the_level_is_that_of_the_class_it_is_read_as(bring):
    rows = "TOUPIE;ZOÉ;04/03/2018;CP B\nTOUPIE;LÉO;04/03/2018;CP B\nTOUPIE;ANA;04/03/2018;C.P.B\n"
    bring(f"Nom;Prénom;Date de naissance;Classe\n{rows}".encode())
    assert [each.level for each in Enrolment.objects.all()] == ["CP", "CP", "CP"]
