"""Fifty schools ask at the same instant: one wins, the others wait (issue: no overlap ever)."""

import threading

import pytest
from django.db import connection

from preau.places.models import City, Department, School
from preau.plan.loans.models import Booking, BookingSlot, State
from tests.plan.loans.conftest import add_kits, ask

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.long
def test_fifty_requests_at_once_one_wins():
    department = Department.objects.create(code="86", name="Vienne", academy="Poitiers")
    city = City.objects.create(name="Ville", slug="ville", department=department)
    add_kits(city, 1)
    schools = [School.objects.create(name=f"École {n}", slug=f"e-{n}", kind="elementary", city=city) for n in range(50)]
    start = threading.Barrier(50)

    def request(school):
        try:
            start.wait()
            ask(school)
        finally:
            connection.close()

    threads = [threading.Thread(target=request, args=(school,)) for school in schools]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]
    states = list(Booking.objects.values_list("state", flat=True))
    assert (states.count(State.REQUESTED), states.count(State.WAITING)) == (1, 49)
    assert len(set(BookingSlot.objects.values_list("booking"))) == 1
