"""The loans of the commune are told whatever the day the demo is played."""

import datetime

import pytest

from preau.demo.commune.loans import LOANS, school_week
from preau.places.models import City, Department
from preau.plan.loans.queries import is_lent_day

CITY = City(department=Department(academy="Poitiers"))


@pytest.mark.parametrize("month", range(1, 13))
def test_each_loan_has_a_week_of_class_of_its_own(month):
    counts = sorted({loan.weeks for loan in LOANS} | set(range(-9, 4)))
    for number in range(28):
        today = datetime.date(2026, month, 1) + datetime.timedelta(days=number)
        mondays = [school_week(CITY, today, count) for count in counts]
        assert mondays == sorted(set(mondays))
        assert mondays[counts.index(0)] <= today < mondays[counts.index(1)]
        assert all(is_lent_day(CITY, monday + datetime.timedelta(days=n)) for monday in mondays for n in range(5))
