"""A mobile number given, confirmed by six figures, erased; and each text message taken from what its city pays."""

import uuid
from collections.abc import Callable, Collection
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import get_language
from django.utils.translation import gettext_noop as _

from preau.journal import actions as journal
from preau.kit import mail
from preau.kit.answers import Conflict, allow
from preau.kit.outbound import texting
from preau.kit.seals import seal
from preau.people.actions.changes import note_change
from preau.people.actions.mail_codes import use_mail_code
from preau.people.actions.throttle import Locked, count_try
from preau.people.languages import spoken_to
from preau.people.models import Account, MailCode, Person, Phone, TextBudget, TextMessage
from preau.people.queries.texting import texts_left
from preau.people.recovery import letters
from preau.people.rules import can_set_text_budget
from preau.people.texts import ERRORS
from preau.places.models import City

CODES_A_DAY = 3  # of one purpose: who asks for a lost password is not known
NOTICES_PART = 5  # a fifth of the month is left to notices: strangers do not spend what tells of an emergency
ENOUGH = _("Trois codes sont déjà partis par SMS en un jour\u00a0: réessayez demain.")
SPENT = _(
    "Les codes par SMS de ce mois sont épuisés pour votre Ville\u00a0: réessayez le mois prochain, ou donnez un "
    "courriel."
)


@transaction.atomic
def set_phone(*, account: Account, number: str, city: City, person: Person, now: datetime) -> Phone:
    """Where to be written to by text message, once the six figures that leave for it are typed. Raises Conflict when
    the month's messages are spent, or numbers are given too often: each costs one."""
    _count_number(account, now)
    if _had_enough(account, MailCode.Purpose.PHONE, now):
        raise Conflict(ENOUGH, "number")
    known = Phone.objects.filter(account=account).first()
    if known and known.confirmed_at:
        note_change(account=account, change="phone_changed", now=now)
    given = {"number": number, "city": city, "given_at": now, "confirmed_at": None, "refused_at": None}
    phone, _ = Phone.objects.update_or_create(account=account, defaults=given)
    account.phone = phone
    journal.record(person_id=person.pk, verb="set_phone", subject=phone, now=now, fields=["number"])
    if ask_text_code(account=account, purpose=MailCode.Purpose.PHONE, now=now) is None:
        raise Conflict(SPENT, "number")
    if known and known.confirmed_at and known.number != number:
        _tell_left(known, now)
    return phone


def _tell_left(phone, now):
    """The number that was confirmed until now, as `changes.note_change` does of an address. It waits sealed."""
    for text in take_texts(phones=[phone], write=letters.left_text, now=now, spares_notices=True).values():
        mail.put("people.phone_left", seal(phone.number), text.pk, now=now)


def _count_number(account, now):
    """Five, then longer and longer waits."""
    try:
        count_try(what=f"phone {account.pk}", now=now)
    except Locked as locked:
        raise Conflict(locked.reason, "number") from None


def confirm_phone(*, account: Account, code: MailCode | None, typed: str, person: Person, now: datetime) -> None:
    """The figures of the last code, typed by the account. Raises Conflict: they are not; each try counts, so that it is
    kept apart."""
    if code is None or not use_mail_code(code=code, typed=typed, now=now):
        raise Conflict(ERRORS["wrong_mail_code"], "code")
    if not _confirm(account=account, number=code.address, person=person, now=now):
        raise Conflict(ERRORS["wrong_mail_code"], "code")


@transaction.atomic
def _confirm(*, account, number, person, now):
    """False when the account gave another number since its code was read."""
    same = Phone.objects.filter(account=account, number=number, confirmed_at=None)
    if not same.update(confirmed_at=now, refused_at=None):
        return False
    phone = Phone.objects.get(account=account)
    journal.record(person_id=person.pk, verb="confirm_phone", subject=phone, now=now, fields=["confirmed_at"])
    return True


@transaction.atomic
def forget_phone(*, account: Account, person: Person, now: datetime) -> None:
    """Nothing is sent there any more, once it is told so."""
    phone = Phone.objects.filter(account=account).first()
    if phone:
        journal.record(person_id=person.pk, verb="forget_phone", subject=phone, now=now)
        if phone.confirmed_at:
            note_change(account=account, change="phone_changed", now=now)
            _tell_left(phone, now)
        phone.delete()


@transaction.atomic
def set_text_budget(*, person: Person, city: City, per_month: int, now: datetime) -> TextBudget:
    """How many a month; 0 for none. Raises Refused."""
    allow(can_set_text_budget, person, city, now=now)
    budget, _ = TextBudget.objects.update_or_create(city=city, defaults={"per_month": per_month})
    values = {"SMS par mois": per_month}
    journal.record(
        person_id=person.pk,
        verb="set_text_budget",
        subject=budget,
        now=now,
        place_id=city.pk,
        values=values,
        about_id=person.pk,
    )
    return budget


@transaction.atomic
def ask_text_code(*, account: Account, purpose: MailCode.Purpose, now: datetime) -> MailCode | None:
    """Six figures leave for the account's telephone, at any hour. None when the month's messages are spent, but for
    those left to notices, or when enough were asked for in a day: whoever knows an identifier makes one ring."""
    phone = Phone.objects.select_for_update().filter(account=account).first()  # two asks at once count each other
    if phone is None or _had_enough(account, purpose, now):
        return None
    taken = take_texts(phones=[phone], write=letters.code_text, now=now, spares_notices=True)
    if not taken:
        return None
    code = MailCode.objects.create(account=account, purpose=purpose, way=MailCode.Way.TEXT, asked_at=now)
    mail.put("people.text_code", code.pk, taken[phone.pk].pk, now=now)
    return code


def _had_enough(account, purpose, now):
    asked = MailCode.objects.filter(account=account, way=MailCode.Way.TEXT, purpose=purpose)
    return asked.filter(asked_at__gt=now - timedelta(days=1)).count() >= CODES_A_DAY


@transaction.atomic
def take_texts(
    *, phones: Collection[Phone], write: Callable[[], str], now: datetime, spares_notices: bool = False
) -> dict[uuid.UUID, TextMessage]:
    """{phone: the message to send there} of as many of these as their cities still pay for this month, each counted as
    its carrier bills what `write` says in its owner's language. The budget is locked: two at once do not spend the
    last one twice. With `spares_notices`, the last fifth is left to notices."""
    budgets = TextBudget.objects.select_for_update().filter(city__in={phone.city_id for phone in phones})
    left = {
        budget.city_id: texts_left(budget, now) - (budget.per_month // NOTICES_PART if spares_notices else 0)
        for budget in budgets.order_by("id")
    }
    made, costs = {}, {}
    for phone in phones:
        cost = _cost(phone.account.person, write, costs)
        if left.get(phone.city_id, 0) >= cost:
            left[phone.city_id] -= cost
            paid = {"city_id": phone.city_id, "account_id": phone.account_id, "segments_count": cost}
            made[phone.pk] = TextMessage(asked_at=now, **paid)
    TextMessage.objects.bulk_create(made.values())
    return made


def _cost(person, write, known):
    """How many a carrier bills; written once for each language."""
    with spoken_to(person):
        language = get_language()
        if language not in known:
            known[language] = texting.segments_of(texting.as_sent(write()))
    return known[language]


@transaction.atomic
def note_text_code(*, ids, state, now: datetime) -> None:
    """The ten minutes of a code run from when it left."""
    code_id, text_id = ids
    if state == mail.SENT:
        MailCode.objects.filter(pk=code_id, sent_at=None).update(sent_at=now)
    note_text_end(text_id=text_id, state=state, now=now)


def note_left_told(*, ids, state, now: datetime) -> None:
    """The message went to the former number: its refusal must not mark the new one as refused."""
    note_text_end(text_id=ids[1], state=mail.DROPPED if state == mail.REFUSED else state, now=now)


def note_reset_told(*, ids, state, now: datetime) -> None:
    note_text_end(text_id=ids[1], state=state, now=now)


@transaction.atomic
def note_text_end(*, text_id, state, now: datetime) -> TextMessage | None:
    """How one ended on our side; one that did not leave is given back to its city."""
    text = TextMessage.objects.select_for_update().filter(pk=text_id).first()
    if text is None:
        return None
    if state == mail.SENT:
        if texting.gives_receipt_at_once():
            return _received(text, now)
        return text
    if state == mail.REFUSED:
        _refuse_phone(text, now)
    text.delete()
    return None


@transaction.atomic
def note_receipt(*, text_id, state: str, now: datetime) -> TextMessage | None:
    """What the carrier says of one; said twice, the first counts. None when it is not one of ours."""
    text = TextMessage.objects.select_for_update().filter(pk=text_id).first()
    if text is None or text.received_at or text.failed_at:
        return text
    if state == texting.DELIVERED:
        return _received(text, now)
    text.failed_at = now
    text.save(update_fields=["failed_at"])
    _refuse_phone(text, now)
    return text


def _refuse_phone(text, now):
    """One given or confirmed since the message was asked for is not the one that did not take it."""
    same = Phone.objects.filter(account=text.account_id, given_at__lte=text.asked_at)
    same.exclude(confirmed_at__gt=text.asked_at).update(refused_at=now)


def _received(text, now):
    text.received_at = max(now, text.asked_at)
    text.save(update_fields=["received_at"])
    return text
