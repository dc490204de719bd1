"""The browsers on which somebody asks to be called."""

import hashlib
from datetime import datetime

from django.db import transaction

from preau.journal.actions import record
from preau.kit.answers import Conflict, allow
from preau.kit.outbound.push import may_reach
from preau.notify.models import PushDevice
from preau.notify.rules import MAX_DEVICES, can_be_pushed
from preau.people.models import Person

UNKNOWN = (
    "Ce navigateur passe par un service que Préau ne connaît pas\u00a0: vous serez prévenu par courriel ou par papier, "
    "comme avant."
)
TOO_MANY = f"{MAX_DEVICES} appareils sont déjà prévenus\u00a0: retirez-en un d’abord."


@transaction.atomic
def keep_device(*, person: Person, name: str, endpoint: str, p256dh: str, auth: str, now: datetime) -> PushDevice:
    """This browser is called from now on; given again, or by another person of the house, it is the last one's. Raises
    Refused or Conflict."""
    allow(can_be_pushed, person, now=now)
    if not may_reach(endpoint, p256dh, auth):
        raise Conflict(UNKNOWN)
    digest = hashlib.sha256(endpoint.encode()).hexdigest()
    others = PushDevice.objects.filter(person=person).exclude(endpoint_digest=digest)
    if others.count() >= MAX_DEVICES:
        raise Conflict(TOO_MANY)
    kept = {"person": person, "name": name, "endpoint": endpoint, "p256dh": p256dh, "auth": auth, "asked_at": now}
    device, _ = PushDevice.objects.update_or_create(endpoint_digest=digest, defaults=kept)
    record(person_id=person.pk, verb="notify.keep_device", subject=device, now=now)
    return device


@transaction.atomic
def forget_device(*, person: Person, device: PushDevice, now: datetime) -> None:
    """Called no more."""
    record(person_id=person.pk, verb="notify.forget_device", subject=device, now=now)
    device.delete()
