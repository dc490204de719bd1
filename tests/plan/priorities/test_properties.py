"""No sequence of moves makes a tie, a hole, or loses a school."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from preau.plan.priorities import actions
from preau.plan.priorities.models import ListMove, PriorityEntry, PriorityList
from tests.plan.priorities.conftest import NAMES, NOW
from tests.sharing import walks

MOVES = st.lists(st.tuples(st.sampled_from(NAMES), st.integers(-2, 9)), max_size=12)


@pytest.mark.long
@pytest.mark.django_db
@settings(max_examples=walks(30))
@given(moves=MOVES)
def test_ranks_are_always_one_to_n(scene, moves):
    ListMove.objects.all().delete()
    PriorityEntry.objects.all().delete()
    PriorityList.objects.all().delete()
    draft = scene.open()
    for step, (name, rank) in enumerate(moves):
        before = list(draft.entries.order_by("rank").values_list("application", flat=True))
        moved = scene.applications[name]
        # Each move says why anew: the same rank with the same reason would be no move.
        why = f"raison {step}"
        actions.move_rank(person=None, priority_list=draft, application=moved, to_rank=rank, reason=why, now=NOW)
        after = list(draft.entries.order_by("rank").values_list("application", flat=True))
        assert after.index(moved.pk) + 1 == max(1, min(rank, 4))
        assert [a for a in after if a != moved.pk] == [a for a in before if a != moved.pk]
    assert sorted(draft.entries.values_list("rank", flat=True)) == [1, 2, 3, 4]
