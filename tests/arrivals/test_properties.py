"""Any invented school, written in any style: brought twice changes nothing, undone gives the same digest."""

import datetime
from dataclasses import replace

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from preau.arrivals import actions
from preau.kit.digest import business_digest
from preau.schools.models import Guardianship
from tests.arrivals.conftest import numbers
from tests.arrivals.onde_files import Adult, Child, Style, Teacher, guardians_file, pupils_file, teachers_file
from tests.sharing import walks

LASTS = st.sampled_from(["TOUPIE", "D'ALMEIDA", "DE LA MARELLE", "Œuvrard", "ÇELIK", "LE GOFF", "EL KHATIB"])
FIRSTS = st.sampled_from(["ZOÉ", "LÉO", "JEAN-PAUL", "ÈVE", "ANA", "Noël", "INÈS"])
CLASSES = st.sampled_from([("CP A", "1", "CP"), ("CE1  B", "2", "CE1"), ("CM1-CM2", "3", "CM2"), ("ULIS", "4", "ULIS"),
                           ("", "", "CP")])  # fmt: skip
BIRTHS = st.dates(datetime.date(2014, 1, 1), datetime.date(2014, 1, 3))  # close, so that homonyms happen
PHONES = st.sampled_from(["", "0611111111", "06 22 22 22 22", "+33 6 33 33 33 33"])


@st.composite
def children(draw):
    room, class_id, level = draw(CLASSES)
    ine, photo = draw(st.sampled_from(["", "1A", "2B", "3C"])), draw(st.sampled_from(["Oui", "Non", ""]))
    return Child(
        draw(LASTS), draw(FIRSTS), draw(BIRTHS), ine=ine, level=level, classroom=room, class_id=class_id, photo=photo
    )


@st.composite
def schools(draw):
    pupils = draw(st.lists(children(), min_size=1, max_size=8, unique_by=lambda child: child.ine or object()))
    adults = draw(
        st.lists(
            st.builds(
                Adult,
                LASTS,
                FIRSTS,
                mobile=PHONES,
                email=st.sampled_from(["", "a@example.org"]),
                children=st.lists(st.sampled_from(pupils), min_size=1, max_size=3, unique=True).map(tuple),
            ),
            max_size=6,
        )
    )
    teachers = draw(
        st.lists(st.builds(Teacher, LASTS, FIRSTS, mobile=PHONES, classes=CLASSES.map(lambda c: (c[0],))), max_size=3)
    )
    return pupils, adults, teachers


STYLES = st.builds(
    Style,
    st.just(""),
    st.sampled_from(["utf-8", "utf-8-sig", "cp1252", "twice"]),
    st.sampled_from([";", ",", "\t"]),
    st.sampled_from(["\r\n", "\n"]),
    st.booleans(),
)


def written(made, style, pupils_as, guardians_as):
    pupils, adults, teachers = made
    return {
        "pupils": pupils_file(pupils, replace(style, generation=pupils_as)),
        "guardians": guardians_file(adults, replace(style, generation=guardians_as)) if adults else None,
        "teachers": teachers_file(teachers, style) if teachers else None,
    }


def answer_all(school, result, same):
    for question in result.to_decide:
        actions.decide(school=school, question=question, same=same, person=None, now=timezone.now())


@pytest.mark.parametrize("same", [False, True])
# No shrinking: each try brings a dozen files, and the files of a failure are short enough to read.
@pytest.mark.long
@settings(
    max_examples=walks(25),
    phases=[Phase.explicit, Phase.generate],
)  # fmt: skip
@given(made=schools(), style=STYLES, pupils_as=st.sampled_from(["20", "22", "late"]),
       guardians_as=st.sampled_from(["24", "25", "pairs"]))  # fmt: skip
def test_twice_changes_nothing_and_undo_gives_all_back(school, bring, same, made, style, pupils_as, guardians_as):
    with transaction.atomic():
        play(school, bring, same, written(made, style, pupils_as, guardians_as))
        transaction.set_rollback(True)


def play(school, bring, same, files):
    before = business_digest()
    applied = [bring(**files)]
    assert not applied[0].refused
    asked = len(applied[0].to_decide)
    again = bring(**files)
    assert again.batch.changes.count() == 0 and len(again.to_decide) == asked
    for _ in range(12):  # an answer may raise the next question
        answer_all(school, again, same)
        again = bring(**files)
        applied.append(again)
        if not again.to_decide:
            break
    assert again.to_decide == ()
    last = bring(**files)
    assert last.batch.changes.count() == 0 and last.to_decide == ()
    assert numbers(last, "guardianships")[2] == Guardianship.objects.filter(ends_on=None).count()
    for result in reversed(applied):
        actions.undo_batch(batch_id=result.batch.pk, now=timezone.now())
    assert business_digest() == before
