"""Two rows are one person only if name and one contact agree; else a person decides, and it is remembered."""

import datetime
from dataclasses import replace

import pytest
import time_machine
from django.utils import timezone

from preau.arrivals import actions
from preau.kit.digest import business_digest
from preau.people.models import Contact, Person
from preau.privacy.actions import purge
from preau.schools.models import Guardianship
from tests.arrivals.conftest import numbers
from tests.arrivals.onde_files import Adult, Child, Family, Style, Teacher, guardians_file, pupils_file, teachers_file

ADA = Child("CERCEAU", "ADA", ine="2234567890A", classroom="CP A")
BOB = Child("BILLE", "BOB", ine="2234567890B", classroom="CP A")
MARIE_A = Adult("MARTIN", "MARIE", mobile="0611111111", children=(ADA,))
MARIE_B = Adult("MARTIN", "MARIE", mobile="0622222222", children=(BOB,))


@pytest.fixture
def answer(school):
    """answer(result, same=…): answers every question of a result."""

    def run(result, *, same):
        for question in result.to_decide:
            tell(school, question, same=same)

    return run


def tell(school, question, *, same):
    actions.decide(school=school, question=question, same=same, person=None, now=timezone.now())


LOU = Child("TOUPIE", "LOU", address="3 rue des Lilas")


def test_two_pupils_who_differ_by_their_address_alone_wait_for_a_person(bring):
    result = bring(pupils_file((LOU, replace(LOU, address="12 av. Foch"))))
    (question,) = result.to_decide
    assert (question.kind, question.line) == ("pupils", 3) and "à une autre adresse" in question.reason
    assert numbers(result, "pupils") == (1, 0, 0, 0) and not result.problems
    assert not Contact.objects.exists()  # compared, never kept


@pytest.mark.parametrize("before", ["asked first", "one made first", "one alone first"])
@pytest.mark.parametrize("turned", [False, True])
def test_two_of_them_said_different_are_two_and_the_same_files_ask_nothing(bring, school, before, turned):
    pair = (LOU, replace(LOU, address="12 av. Foch"))
    first = bring(pupils_file(pair[:1] if before == "one alone first" else pair), dry_run=before == "asked first")
    if before == "one alone first":
        first = bring(pupils_file(pair))
        assert {question.candidate_id for question in first.to_decide} == {str(Person.objects.get(first_name="Lou").pk)}
        tell(school, first.to_decide[0], same=True)
        first = bring(pupils_file(pair))
    (question,) = first.to_decide
    tell(school, question, same=False)
    made = bring(pupils_file(pair))
    assert made.to_decide == () and Person.objects.filter(first_name="Lou").count() == 2
    again = bring(pupils_file(pair[::-1] if turned else pair))
    assert again.to_decide == () and again.batch.changes.count() == 0
    assert numbers(again, "pupils") == (0, 0, 2, 0) and not Contact.objects.exists()
    actions.undo_batch(batch_id=made.batch.pk, now=timezone.now())
    assert numbers(bring(pupils_file(pair)), "pupils")[0] == (2 if before == "asked first" else 1)


@pytest.mark.parametrize("turned", [False, True])
def test_two_addresses_said_to_be_of_one_pupil_are_never_asked_again(bring, answer, turned):
    pair = (LOU, replace(LOU, address="12 av. Foch"))
    answer(bring(pupils_file(pair)), same=True)
    again = bring(pupils_file(pair[::-1] if turned else pair))
    assert again.to_decide == () and numbers(again, "pupils") == (0, 0, 1, 0)
    assert Person.objects.filter(first_name="Lou").count() == 1


@pytest.mark.parametrize("is_asked_first", [False, True])
def test_two_teachers_of_one_name_without_contact_nor_class_are_asked_about_once(bring, answer, is_asked_first):
    both = teachers_file((Teacher("SALTO", "INES", classes=("",)), Teacher("SALTO", "INES", classes=("ULIS",))))
    files = {"pupils": pupils_file((LOU,)), "teachers": both}
    first = bring(**files, dry_run=is_asked_first)
    assert len(first.to_decide) == 1
    answer(first, same=False)
    made = bring(**files)
    again = bring(**files)
    assert made.to_decide == again.to_decide == () and again.batch.changes.count() == 0
    assert numbers(again, "teachers") == (0, 0, 2, 0)


def test_a_pupil_repeated_at_one_address_is_one(bring):
    result = bring(pupils_file((LOU, replace(LOU, address="3 r. des lilas"))))
    assert result.to_decide == () and numbers(result, "pupils") == (1, 0, 0, 0)
    assert "répète la ligne 2" in result.problems[0].reason


@pytest.fixture
def maries(bring_family):
    return lambda: bring_family(Family((ADA, BOB), (MARIE_A, MARIE_B)))


def test_two_guardians_of_one_name_without_a_common_contact_wait_for_a_person(maries):
    result = maries()
    (question,) = result.to_decide
    assert (question.kind, question.line, question.score) == ("guardians", 3, 60)
    assert "aucune coordonnée commune" in question.reason
    assert numbers(result, "guardians") == (1, 0, 0, 0)
    assert numbers(result, "guardianships") == (1, 0, 0, 0)
    again = maries()
    assert len(again.to_decide) == 1 and again.batch.changes.count() == 0
    assert numbers(again, "guardians") == (0, 0, 1, 0)


def test_two_different_persons_are_made_once_and_never_asked_again(maries, answer):
    answer(maries(), same=False)
    result = maries()
    assert numbers(result, "guardians") == (1, 0, 1, 0) and result.to_decide == ()
    assert Person.objects.filter(last_name="Martin").count() == 2
    again = maries()
    assert again.batch.changes.count() == 0 and again.to_decide == ()


def test_one_person_answers_for_both_children_and_keeps_both_telephones(maries, answer):
    answer(maries(), same=True)
    result = maries()
    assert numbers(result, "guardians") == (0, 1, 0, 0) and result.to_decide == ()
    marie = Person.objects.get(last_name="Martin")
    assert marie.children_links.count() == 2 and marie.contacts.count() == 2
    assert maries().batch.changes.count() == 0


def test_an_answer_is_read_both_ways(bring_family, maries, answer):
    answer(maries(), same=False)
    result = bring_family(Family((ADA, BOB), (MARIE_B, MARIE_A)))  # the rows in the other order
    assert result.to_decide == ()
    assert numbers(result, "guardians") == (1, 0, 1, 0)


@pytest.mark.parametrize("contact", [{"mobile": "06.11.11.11.11"}, {"home": "+33611111111"}])
def test_one_contact_in_common_makes_one_person(bring_family, contact):
    other = replace(MARIE_B, mobile="", **contact) if "home" in contact else replace(MARIE_B, **contact)
    result = bring_family(Family((ADA, BOB), (MARIE_A, other)))
    assert result.to_decide == () and numbers(result, "guardians") == (1, 0, 0, 0)
    assert numbers(result, "guardianships") == (2, 0, 0, 0)


def test_a_common_child_makes_up_for_a_changed_telephone(bring_family):
    bring_family(Family((ADA,), (MARIE_A,)))
    result = bring_family(Family((ADA,), (replace(MARIE_A, mobile="0699999999"),)))
    assert numbers(result, "guardians") == (0, 1, 0, 0) and result.to_decide == ()
    assert Contact.objects.get().match_key == "0699999999"


def test_a_namesake_already_in_the_school_is_asked_about(bring_family, answer):
    bring_family(Family((ADA,), (MARIE_A,)))
    family = Family((ADA, BOB), (MARIE_A, MARIE_B))
    result = bring_family(family)
    assert result.to_decide[0].candidate_id == str(Person.objects.get(last_name="Martin").pk)
    answer(result, same=False)
    assert numbers(bring_family(family), "guardians") == (1, 0, 1, 0)
    assert bring_family(family).batch.changes.count() == 0


def test_a_new_surname_on_the_same_telephone_is_asked_about(bring_family, answer):
    bring_family(Family((ADA,), (MARIE_A,)))
    married = Family((ADA,), (replace(MARIE_A, last="BERNARD"),))
    result = bring_family(married)
    (question,) = result.to_decide
    assert question.reason == "noms proches, une coordonnée commune." and question.score > 60
    assert numbers(result, "guardians") == (0, 0, 0, 0)  # neither created nor missing: it waits
    answer(result, same=True)
    assert numbers(bring_family(married), "guardians") == (0, 1, 0, 0)
    assert Person.objects.get(contacts__match_key="0611111111").last_name == "Bernard"


def test_a_couple_that_shares_telephone_and_address_is_two_persons(bring_family):
    pierre = Adult("MARTIN", "PIERRE", "M.", mobile="0611111111", children=(ADA,))
    result = bring_family(Family((ADA,), (MARIE_A, pierre)))
    assert result.to_decide == () and numbers(result, "guardians") == (2, 0, 0, 0)


def test_a_guardian_on_paper_is_recognised_by_its_child(bring_family):
    family = Family((ADA,), (replace(MARIE_A, mobile=""),))
    bring_family(family)
    again = bring_family(family)
    assert again.to_decide == () and numbers(again, "guardians") == (0, 0, 1, 0)


def test_twins_are_two_and_homonyms_of_other_birth_dates_too(bring):
    twins = (ADA, replace(ADA, first="IDA", ine=""), replace(ADA, born=datetime.date(2017, 1, 2), ine=""))
    result = bring(pupils_file(twins))
    assert numbers(result, "pupils") == (3, 0, 0, 0) and result.to_decide == ()
    assert numbers(bring(pupils_file(twins)), "pupils") == (0, 0, 3, 0)


def test_two_pupils_of_one_name_and_birth_date_are_told_apart_by_ine_or_by_a_person(bring, answer):
    known = (ADA, replace(ADA, ine="9934567890A", classroom="CP B"))
    assert numbers(bring(pupils_file(known)), "pupils") == (2, 0, 0, 0)
    assert numbers(bring(pupils_file(known)), "pupils") == (0, 0, 2, 0)


def test_two_pupils_without_ine_wait_for_a_person(bring, answer):
    pair = (replace(ADA, ine=""), replace(ADA, ine="", classroom="CP B"))
    first = bring(pupils_file(pair))
    assert numbers(first, "pupils") == (1, 0, 0, 0) and len(first.to_decide) == 1
    again = bring(pupils_file(pair))
    assert len(again.to_decide) == 1 and again.batch.changes.count() == 0
    answer(again, same=False)
    assert numbers(bring(pupils_file(pair)), "pupils") == (1, 0, 1, 0)
    last = bring(pupils_file(pair))
    assert last.batch.changes.count() == 0 and last.to_decide == ()
    assert numbers(last, "pupils") == (0, 0, 2, 0)


def test_a_corrected_name_or_date_is_asked_about_unless_the_ine_says_it(bring, answer):
    bring(pupils_file((replace(ADA, ine=""), BOB)))
    corrected = (replace(ADA, ine="", born=datetime.date(2018, 4, 3)), replace(BOB, last="BILLES"))
    result = bring(pupils_file(corrected))
    assert numbers(result, "pupils") == (0, 1, 0, 0)  # BOB is known by its INE
    (question,) = result.to_decide
    assert "autre date de naissance" in question.reason
    answer(result, same=True)
    assert numbers(bring(pupils_file(corrected)), "pupils") == (0, 1, 1, 0)
    assert Person.objects.get(first_name="Ada").birth_date == datetime.date(2018, 4, 3)


def test_a_twin_close_by_name_is_never_taken_for_the_other(bring):
    leo, lea = Child("BILLE", "LÉO"), Child("BILLE", "LÉA")
    bring(pupils_file((leo,)))
    result = bring(pupils_file((lea,)))
    assert numbers(result, "pupils")[:2] == (0, 0) and len(result.to_decide) == 1
    both = bring(pupils_file((leo, lea)))
    assert numbers(both, "pupils") == (1, 0, 1, 0) and both.to_decide == ()


HOMONYMS = (ADA, replace(ADA, ine="9934567890A", born=datetime.date(2016, 1, 1), level="CE1", classroom="CE1 B"))


def test_a_child_named_without_its_class_waits_when_two_bear_its_name(bring, answer):
    named = replace(HOMONYMS[0], classroom="")
    pupils = pupils_file(HOMONYMS)
    rows = guardians_file((replace(MARIE_A, children=(named,)),), Style("pairs"))
    result = bring(pupils, rows)
    assert {question.kind for question in result.to_decide} == {"children"} and len(result.to_decide) == 2
    assert Guardianship.objects.count() == 0 and not any(problem.blocks for problem in result.problems)
    older = next(question for question in result.to_decide if "CE1" in question.candidate)
    answer(type(result)(None, replace(result.comparison, questions=(older,))), same=True)
    assert numbers(bring(pupils, rows), "guardianships") == (1, 0, 0, 0)
    assert Guardianship.objects.get().child.birth_date.year == 2016
    assert bring(pupils, rows).batch.changes.count() == 0


def test_the_class_tells_two_children_of_one_name_apart(bring):
    adult = replace(MARIE_A, children=(HOMONYMS[1],))
    rows = guardians_file((adult,)).replace(b"CLASSE  CE1", b"CE1 ")
    result = bring(pupils_file(HOMONYMS), rows)
    assert result.to_decide == ()
    assert Guardianship.objects.get().child.birth_date.year == 2016


def test_a_birth_date_that_a_workbook_made_a_number_is_the_same(bring):
    bring(pupils_file((ADA,)))
    number = (ADA.born - datetime.date(1899, 12, 30)).days
    file = pupils_file((ADA,)).replace(f"{ADA.born:%d/%m/%Y}".encode(), str(number).encode())
    assert str(number).encode() in file
    result = bring(file)
    assert result.batch is None or result.batch.changes.count() == 0
    assert result.to_decide == () and not result.problems and Person.objects.filter(birth_date=ADA.born).count() == 1


def test_two_names_in_another_alphabet_at_one_telephone_are_two(bring_family):
    couple = (Adult("ПЕТРОВА", "ОЛЬГА", mobile="0611111111"), Adult("ПЕТРОВ", "ИВАН", mobile="0611111111"))
    bring_family(Family((ADA,), tuple(replace(one, children=(ADA,)) for one in couple)))
    assert {one.full_name for one in Person.objects.filter(children_links__child__birth_date=ADA.born)} == {
        "Ольга Петрова",
        "Иван Петров",
    }


def test_a_link_somebody_ended_comes_back_only_if_a_person_says_so(bring_family, answer):
    family = Family((ADA,), (MARIE_A,))
    bring_family(family)
    Guardianship.objects.update(ends_on=Guardianship.objects.get().starts_on)
    before = business_digest()
    result = bring_family(family)
    assert business_digest() == before and [q.kind for q in result.to_decide] == ["guardianships"]
    answer(result, same=True)
    assert numbers(bring_family(family), "guardianships") == (1, 0, 0, 0)


def test_a_link_the_file_begins_again_begins_under_the_decision(bring_family, answer):
    family = Family((ADA,), (MARIE_A,))
    bring_family(family)
    Guardianship.objects.update(
        ends_on=Guardianship.objects.get().starts_on, restricted_on="2026-11-02", restriction_reference="JAF 26/1"
    )
    answer(bring_family(family), same=True)
    result = bring_family(family)
    made = Guardianship.objects.get(ends_on=None)
    assert (str(made.restricted_on), made.restriction_reference) == ("2026-11-02", "JAF 26/1")
    told = [one.reasons for one in result.comparison.differences if one.kind == "guardianships"]
    assert any("la décision qui restreint ce lien tient toujours" in reasons for reasons in told)


def test_what_the_head_said_of_an_ended_link_is_still_heard_after_the_purge(bring_family, answer):
    """« Non, il reste terminé »: three months later the next file of the school gives the link again."""
    family = Family((ADA,), (MARIE_A,))
    bring_family(family)
    Guardianship.objects.update(
        ends_on=Guardianship.objects.get().starts_on, restricted_on="2026-11-02", restriction_reference="JAF 26/1"
    )
    answer(bring_family(family), same=False)
    with time_machine.travel(timezone.now() + datetime.timedelta(days=150), tick=False):
        purge(now=timezone.now())
        result = bring_family(family)
    assert result.to_decide == () and numbers(result, "guardians") == (0, 0, 1, 0)
    assert not Guardianship.objects.filter(ends_on=None).exists() and Guardianship.objects.count() == 1
