"""What the door writes by mail and by text message, in the language that its reader chose."""

import pytest
from django.utils import timezone
from django.utils.translation import gettext, override

from preau.kit.outbound.texting import as_sent, segments_of
from preau.kit.seals import seal
from preau.notify import notices as told
from preau.people import notices
from preau.people.languages import WRITTEN
from preau.people.models import Account, MailCode, Person, Phone, SignIn, TextMessage
from preau.people.recovery import letters
from tests.french_left import french

pytestmark = pytest.mark.django_db
ADDRESS = "https://ecoles.une-ville-assez-longue.fr/aujourdhui/"


@pytest.fixture
def guardian(world):
    account, now = world.account("guardian"), timezone.now()
    Account.objects.filter(pk=account.pk).update(email="moi@maison.example", email_confirmed_at=now)
    Phone.objects.create(
        account=account, number="+33612345678", city=world.cities["marelle"], given_at=now, confirmed_at=now
    )
    account.refresh_from_db()
    return account


def letters_of(account):
    """All that leave by mail for this account, each ready."""
    now = timezone.now()
    entry = {"session_key": "x", "way": "password", "device": "Firefox sur Android", "new_device_at": now}
    sign_in = SignIn.objects.create(account=account, opened_at=now, seen_at=now, **entry)
    for purpose in (MailCode.Purpose.PASSWORD, MailCode.Purpose.DEVICE):
        code = MailCode.objects.create(account=account, purpose=purpose, asked_at=now)
        yield letters.code_by_mail(code.pk, now=now)
    yield from (notices.change(account.pk, change, "", now=now) for change in notices.CHANGES)
    yield notices.new_device(sign_in.pk, now=now)
    Account.objects.filter(pk=account.pk).update(password="!")
    yield notices.reset(account.pk, now=now)
    Account.objects.filter(pk=account.pk).update(email_confirmed_at=None)
    code = MailCode.objects.create(account=account, purpose=MailCode.Purpose.ADDRESS, asked_at=now)
    yield letters.code_by_mail(code.pk, now=now)


def lines_of(letter):
    return [line for line in [letter.subject, *letter.text.splitlines()] if not line.startswith("http")]


@pytest.mark.parametrize("language", list(WRITTEN))
def test_no_french_is_left_in_a_mail_of_the_door(guardian, language):
    said = {line for letter in letters_of(guardian) for line in lines_of(letter)}
    Account.objects.filter(pk=guardian.pk).update(email_confirmed_at=timezone.now())
    Person.objects.filter(pk=guardian.person_id).update(reading_language=language)
    for letter in letters_of(guardian):
        left = [line.replace("Firefox / Android", "") for line in lines_of(letter)]
        assert letter.language == language and french(left, language, said) == [], letter.subject


def test_who_chose_no_language_is_written_to_in_french(guardian):
    assert {letter.language for letter in letters_of(guardian)} == {"fr"}


def by_text(account):
    now = timezone.now()
    code = MailCode.objects.create(
        account=account, purpose=MailCode.Purpose.PASSWORD, way=MailCode.Way.TEXT, asked_at=now
    )
    message = TextMessage.objects.create(city=account.phone.city, account=account, asked_at=now)
    yield letters.code_by_text(code.pk, message.pk, now=now).text
    yield letters.left_by_text(seal("+33612345670"), message.pk, now=now).text


@pytest.mark.parametrize("language", list(WRITTEN))
def test_no_french_is_left_in_a_text_message(guardian, language):
    said = set(by_text(guardian))
    Person.objects.filter(pk=guardian.person_id).update(reading_language=language)
    guardian = Account.objects.get(pk=guardian.pk)
    assert french(list(by_text(guardian)), language, said) == [] and not said & set(by_text(guardian))


@pytest.mark.parametrize("language", ["fr", *WRITTEN])
def test_a_text_message_costs_one_or_two(language):
    with override(language):
        texts = [gettext(letters.CODE) % {"code": "123 456"}, gettext(letters.LEFT), letters.reset_text()]
        texts += [f"Préau\u00a0: {told._what(urgent)}. {ADDRESS}" for urgent in (False, True)]
    costs = [segments_of(as_sent(text)) for text in texts]
    assert max(costs) <= (1 if language in ("fr", "en") else 2), dict(zip(texts, costs, strict=True))


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("a" * 160, 1), ("a" * 161, 2), ("é" * 160, 1), ("€" * 80, 1), ("€" * 81, 2), ("a" * 306, 2), ("a" * 307, 3),
        ("ا" * 70, 1), ("ا" * 71, 2), ("ç" + "a" * 69, 1), ("ç" + "a" * 70, 2), ("😀" * 35, 1), ("😀" * 36, 2),
        ("€" * 153, 3), ("a" + "€" * 152, 2), ("😀" * 67, 3),  # a sign of two is never split
    ],
)  # fmt: skip
def test_a_carrier_counts_by_alphabet(text, count):
    assert segments_of(text) == count


def test_our_signs_leave_as_plain_ones():
    assert as_sent("Préau\u00a0: l’« école »…") == 'Préau : l\'" école "...'


def test_the_digest_of_a_guardian_is_in_their_language():
    with override("tr"):
        subject, text = told.digest(3)
    assert subject == "Préau: 3 yeni haber" and french(text.split(". "), "tr", set(told.digest(3)[1].split(". "))) == []
