"""A telephone that opens an account: what codes may cost, and what a number must have shown before it counts."""

import json
from datetime import timedelta

import pytest
from django.utils.timezone import now

from preau.kit import mail
from preau.kit.answers import Conflict
from preau.kit.outbound import texting
from preau.people import actions
from preau.people.models import MailCode, Phone, SheetAsk, TextMessage
from preau.people.queries import last_code, texts_sent
from preau.people.queries.texting import TextsSent
from preau.people.recovery import letters
from preau.people.recovery.mail_codes import figures_of

pytestmark = pytest.mark.django_db
NUMBER = "+33639981001"


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.SMS_FILE_PATH = tmp_path / "texts"
    return settings.SMS_FILE_PATH


def budget(world, per_month):
    city, who = world.cities["marelle"], world.people["city_education"]
    return actions.set_text_budget(person=who, city=city, per_month=per_month, now=now())


def phone_of(world, name, number=NUMBER, **given):
    """Confirmed long ago, unless `given` says otherwise."""
    before = now() - timedelta(days=60)
    kept = {"number": number, "given_at": before, "confirmed_at": before} | given
    return Phone.objects.create(account=world.account(name), city=world.cities["marelle"], **kept)


def texts(folder):
    return [json.loads(path.read_text()) for path in sorted(folder.glob("*.json"))]


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
    assert len(actions.take_texts(phones=phones, write=letters.code_text, now=now())) == 1, "the last is a notice's"


def test_a_month_is_counted_as_the_carrier_bills_it(world):
    """A message in Arabic, longer than 70 signs, takes two of the budget; the last one is of no use to it."""
    given = budget(world, 4)
    names = ("guardian", "guardian_coparent", "guardian_other_family")
    phones = [phone_of(world, name, f"+3363998100{rank}") for rank, name in enumerate(names)]
    for phone, language in zip(phones, ("fr", "ar", "ar"), strict=True):
        phone.account.person.reading_language = language
    taken = actions.take_texts(phones=phones, write=letters.left_text, now=now())
    assert [taken[phone.pk].segments_count for phone in phones[:2]] == [1, 2] and phones[2].pk not in taken
    assert texts_sent(given.city, now()) == TextsSent(messages_count=2, billed_count=3)
    assert len(actions.take_texts(phones=phones[:1], write=letters.left_text, now=now())) == 1


def test_who_types_the_number_of_another_takes_no_way_back_from_them(world):
    budget(world, 100)
    phone_of(world, "guardian")
    other = phone_of(world, "guardian_coparent", confirmed_at=None)
    assert lose(world)
    Phone.objects.filter(pk=other.pk).update(confirmed_at=now())
    assert lose(world) is None, "two who confirmed it share it"


def test_the_code_of_one_number_confirms_no_other(world):
    budget(world, 100)
    account = phone_of(world, "guardian", confirmed_at=None).account
    give(account, "+33639981002")
    code = last_code(account, MailCode.Purpose.PHONE)
    figures = figures_of(code)  # read, with its number, before another window gives a second one
    Phone.objects.update(number="+33639981003")
    with pytest.raises(Conflict):
        actions.confirm_phone(account=account, code=code, typed=figures, person=account.person, now=now())
    assert Phone.objects.get().confirmed_at is None


@pytest.mark.parametrize("since", ["given_at", "confirmed_at"])
@pytest.mark.parametrize("how", ["receipt", "end"])
def test_what_did_not_reach_a_number_says_nothing_of_the_one_given_since(world, since, how):
    budget(world, 100)
    phone, asked = phone_of(world, "guardian"), now()

    def fail():
        (text,) = actions.take_texts(phones=[phone], write=letters.code_text, now=asked).values()
        if how == "receipt":
            actions.note_receipt(text_id=text.pk, state=texting.FAILED, now=now())
        else:
            actions.note_text_end(text_id=text.pk, state=mail.REFUSED, now=now())
        return Phone.objects.get().refused_at

    Phone.objects.update(**{since: asked + timedelta(seconds=1)})
    assert fail() is None
    Phone.objects.update(**{since: asked - timedelta(seconds=1)})
    assert fail() and lose(world) is None, "a number that takes none gives no password back"


def test_an_address_confirmed_while_a_mail_was_leaving_is_not_the_one_refused(world):
    account, left = world.account("guardian"), now()
    account.email, account.email_confirmed_at = "ada@maison.example", left + timedelta(seconds=1)
    account.save()
    actions.note_address_refused(person_id=account.person_id, now=left)
    account.refresh_from_db()
    assert account.email_refused_at is None
    actions.note_address_refused(person_id=account.person_id, now=left + timedelta(seconds=2))
    account.refresh_from_db()
    assert account.email_refused_at


def test_the_number_left_is_told_once_and_its_silence_says_nothing_of_the_new_one(world, folder):
    budget(world, 100)
    account, start = phone_of(world, "guardian").account, now()
    give(account, "+33639981002", at=start)
    give(account, "+33639981003", at=start)  # nobody confirmed the second: it is told nothing
    told = [each for each in texts(folder) if "ne sert plus" in each["text"]]
    assert [each["to"] for each in told] == [NUMBER] and account.person.last_name not in told[0]["text"]
    code = last_code(account, MailCode.Purpose.PHONE)
    actions.confirm_phone(account=account, code=code, typed=figures_of(code), person=account.person, now=now())
    TextMessage.objects.update(received_at=None)
    for text in TextMessage.objects.all():
        actions.note_receipt(text_id=text.pk, state=texting.FAILED, now=now())
    Phone.objects.update(confirmed_at=start)
    actions.note_left_told(ids=["", text.pk], state=mail.REFUSED, now=now())
    assert Phone.objects.get().refused_at is None
    actions.forget_phone(account=account, person=account.person, now=now())
    assert [each["to"] for each in texts(folder) if "ne sert plus" in each["text"]] == [NUMBER, "+33639981003"]


def test_a_number_given_again_is_not_told_that_it_is_left(world, folder):
    budget(world, 100)
    account = phone_of(world, "guardian").account
    give(account, NUMBER)
    assert ["votre code" in each["text"] for each in texts(folder)] == [True]
