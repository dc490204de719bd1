"""A telephone that opens an account: what codes may cost, and what a number must have shown before it counts."""

from datetime import timedelta

import pytest
from django.utils.timezone import now

from preau.kit.answers import Conflict
from preau.people import actions
from preau.people.models import Phone, SheetAsk, TextMessage

pytestmark = pytest.mark.django_db
NUMBER = "+33639981001"


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.SMS_FILE_PATH = tmp_path / "texts"


def budget(world, per_month):
    city, who = world.cities["marelle"], world.people["city_education"]
    return actions.set_text_budget(person=who, city=city, per_month=per_month, now=now())


def phone_of(world, name, number=NUMBER, **given):
    """Confirmed long ago, unless `given` says otherwise."""
    before = now() - timedelta(days=60)
    kept = {"number": number, "given_at": before, "confirmed_at": before} | given
    return Phone.objects.create(account=world.account(name), city=world.cities["marelle"], **kept)


def lose(world, name="guardian", *, at=None):
    identifier = world.account(name).identifier
    return actions.ask_way_back(identifier=identifier, wants_sheet=False, now=at or now())


def give(account, number, *, at=None):
    city = account.phone.city
    return actions.set_phone(account=account, number=number, city=city, person=account.person, now=at or now())


def test_a_stranger_makes_a_telephone_ring_three_times_a_day_at_most(world):
    budget(world, 100)
    account, start = phone_of(world, "guardian").account, now()
    asked = [lose(world, at=start + timedelta(hours=hour)) for hour in range(5)]
    assert [bool(code) for code in asked] == [True, True, True, False, False]
    assert TextMessage.objects.count() == 3 and SheetAsk.objects.get().person == account.person
    give(account, "+33639981002", at=start + timedelta(hours=5))  # a stranger's asks do not keep it from its owner
    account.phone.confirmed_at = start
    account.phone.save()
    assert lose(world, at=start + timedelta(hours=25))


def test_a_number_given_costs_three_codes_a_day_at_most_and_the_page_says_so(world):
    budget(world, 100)
    account = phone_of(world, "guardian").account
    for rank in range(2, 5):
        give(account, f"+3363998100{rank}")
    with pytest.raises(Conflict, match="Trois codes sont déjà partis"):
        give(account, "+33639981005")
    assert Phone.objects.get().number == "+33639981004"


def test_codes_leave_a_fifth_of_the_month_to_notices(world):
    budget(world, 5)
    names = ("guardian", "guardian_coparent", "guardian_other_family", "guardian_other_class")
    phones = [phone_of(world, name, f"+3363998100{rank}") for rank, name in enumerate(names)]
    assert all(lose(world, name) for name in names)
    late = phone_of(world, "guardian_ulis", "+33639981009")
    assert lose(world, "guardian_ulis") is None
    with pytest.raises(Conflict, match="épuisés pour votre Ville"):
        give(late.account, "+33639981010")
    assert len(actions.take_texts(phones=phones, now=now())) == 1, "the last is a notice's"
