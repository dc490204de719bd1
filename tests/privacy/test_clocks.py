"""The retention clocks of the public site, of loans and of committees: one day before and on the day."""

import datetime

import pytest
import time_machine
from allauth.account.models import EmailAddress, EmailConfirmation
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from preau.ent.sites.models import UrgentBanner
from preau.plan.governance.models import Committee, Seat
from preau.plan.loans.models import Booking, HandOver, SharedKit, half_day_number
from preau.privacy.actions import purge
from tests.privacy.test_retention import DAY, GOES, START, gone

LAST_DAY = datetime.date(2026, 11, 20)
FIVE_YEARS = datetime.date(2031, 11, 20) - START.date()


@pytest.fixture(autouse=True)
def home(settings, tmp_path):
    settings.HOME = tmp_path


@pytest.fixture
def base(db):
    from tests.world import build_world

    with time_machine.travel(START, tick=False):
        yield build_world()


@pytest.fixture
def loan(base):
    """A kit lent, come back, photographed."""
    kit = SharedKit.objects.create(city=base.cities["marelle"], kind="other", name="Malle")
    booking = Booking.objects.create(
        city=kit.city,
        school=base.schools["tilleuls"],
        kind="other",
        wanted=kit,
        kit=kit,
        asked_by=base.people["teacher"],
        asked_at=START,
        first_half_day=half_day_number(LAST_DAY, 0),
        last_half_day=half_day_number(LAST_DAY, 1),
        activity="Capteurs",
        state="closed",
        changed_at=START,
    )
    seen = HandOver.objects.create(booking=booking, moment="checked", at=START, photo_name="ab12")
    default_storage.save(seen.photo_path, ContentFile(b"photo"))
    return booking


def test_an_urgent_message_goes_at_the_end_of_the_next_school_year(base):
    UrgentBanner.objects.create(
        school=base.schools["tilleuls"], text="Fermé", author=base.people["head"], starts_at=START, ends_at=START + DAY
    )
    assert gone(UrgentBanner.objects.all(), datetime.date(2028, 9, 1) - START.date()) == GOES


def test_a_loan_goes_after_five_years_with_its_counts_and_its_photo(loan, django_capture_on_commit_callbacks):
    path = HandOver.objects.get().photo_path
    with django_capture_on_commit_callbacks(execute=True):
        assert gone(HandOver.objects.all(), FIVE_YEARS) == GOES
    assert not Booking.objects.exists() and not default_storage.exists(path)
    assert SharedKit.objects.exists()


def test_a_kit_still_away_is_still_lent(loan):
    Booking.objects.update(state="in_use")
    purge(now=START + FIVE_YEARS)
    assert Booking.objects.filter(pk=loan.pk).exists()


def test_a_dry_run_counts_loans_and_forgets_none(loan):
    said = dict(purge(now=START + FIVE_YEARS, dry_run=True))
    assert said["malles rendues depuis plus de 5 ans"] == 1 and HandOver.objects.exists()


def test_a_seat_says_who_sat_until_three_months_after_its_end(base):
    committee = Committee.objects.create(city=base.cities["marelle"], kind="copil", opened_on=START.date())
    seat = Seat.objects.create(
        committee=committee,
        college="parents",
        title="Parents",
        holder=base.people["guardian"],
        starts_on=START.date(),
        ends_on=START.date(),
    )
    assert gone(Seat.objects.filter(holder__isnull=False), datetime.date(2027, 2, 25) - START.date()) == GOES
    assert Seat.objects.filter(pk=seat.pk).exists()


def test_a_key_that_confirms_an_address_goes_after_three_days(base):
    address = EmailAddress.objects.create(user=base.account("guardian"), email="g@exemple.fr")
    EmailConfirmation.objects.create(email_address=address, key="x", created=START)
    assert gone(EmailConfirmation.objects.all(), 3 * DAY) == GOES
