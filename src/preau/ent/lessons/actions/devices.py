"""A tablet asks to join a session; an adult of the class accepts it or sends it away."""

import datetime

from django.db import transaction
from django.db.models import Max

from preau.ent.lessons import rules
from preau.ent.lessons.actions.entering import hold, take_out
from preau.ent.lessons.actions.opening import bump
from preau.ent.lessons.models import MOST_DEVICES, Device, KnownDevice, Lesson
from preau.ent.lessons.queries import WITH_PLACE, known_device_of, new_key
from preau.kit.answers import Conflict, allow
from preau.kit.rows import lock
from preau.kit.seals import key_digest
from preau.people import actions as people
from preau.people.models import Person

NO_SUCH = "Ce code n’ouvre aucune séance. Relisez les six signes sur l’écran de la classe."
TOO_MANY = "Cette séance a déjà quarante appareils. Retirez-en un sur l’écran de la classe."
UNKNOWN = "Cet appareil n’est plus connu de l’école\u00a0: tapez les six signes."
SLOW = "Trop de codes essayés d’ici. Attendez quelques minutes, puis recommencez."


def ask_to_join(
    *, code: str, label: str, network: str | None, now: datetime.datetime, known_key: str = "", has_script: bool = True
) -> tuple[Device, str]:
    """(the device, the key that it shows from now on). `known_key` is the one it keeps from session to session. Raises
    Conflict: no session has this code, too many tries."""
    lesson = Lesson.objects.open(now).filter(code=_plain(code)).first() if _plain(code) else None
    if lesson is None:
        if network and not people.count_network(network=f"lesson {network}", now=now):
            raise Conflict(SLOW, "code")
        raise Conflict(NO_SUCH, "code")
    return _joined(lesson, label, known_key, now, has_script)


def ask_again(
    *, lesson: Lesson, known_key: str, label: str, now: datetime.datetime, has_script: bool = True
) -> tuple[Device, str]:
    """The same, of a device that an adult of this school accepted before: no code. Raises Conflict."""
    known = known_device_of(known_key)
    if known is None or known.school_id != lesson.school_id:
        raise Conflict(UNKNOWN)
    return _joined(lesson, label, known_key, now, has_script)


@transaction.atomic
def _joined(lesson, label, known_key, now, has_script):
    lesson = lock(lesson)
    if not lesson.is_open(now):
        raise Conflict(NO_SUCH, "code")
    if lesson.devices.count() >= MOST_DEVICES:
        raise Conflict(TOO_MANY, "code")
    key = new_key(lesson)
    number = (lesson.devices.aggregate(last=Max("number"))["last"] or 0) + 1
    device = Device.objects.create(
        lesson=lesson,
        number=number,
        key_hash=key_digest(key),
        label=label,
        asked_at=now,
        known_hash=key_digest(known_key) if known_key else "",
        has_script=has_script,
    )
    bump(lesson_id=lesson.pk)
    return device, key


@transaction.atomic
def accept_devices(*, person: Person, lesson: Lesson, numbers, now: datetime.datetime) -> int:
    """Pupils enter on them until the session closes. Returns how many. Raises Refused."""
    lesson = lock(lesson, *WITH_PLACE)
    allow(rules.can_help_in_lesson, person, lesson, now=now)
    chosen = lesson.devices.filter(accepted_at=None, number__in=numbers)
    for device in chosen.exclude(known_hash=""):
        kept = {"school": lesson.school, "label": device.label, "used_at": now}
        KnownDevice.objects.update_or_create(key_hash=device.known_hash, defaults=kept)
    count = chosen.update(accepted_at=now)
    lesson.devices_count = max(lesson.devices_count, lesson.devices.exclude(accepted_at=None).count())
    lesson.version += 1
    lesson.save(update_fields=["devices_count", "version"])
    return count


@transaction.atomic
def remove_device(*, person: Person, device: Device, now: datetime.datetime) -> None:
    """Accepted by mistake, or never: it opens nothing from now on. Raises Refused."""
    device = hold(device=device)
    allow(rules.can_help_in_lesson, person, device.lesson, now=now)
    take_out(device=device, now=now)
    device.delete()
    bump(lesson_id=device.lesson_id)


def _plain(code):
    return "".join(sign for sign in code.upper() if sign.isalnum())
