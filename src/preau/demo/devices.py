"""Tablets of a session, as a class has them: they ask, are accepted, and each pupil enters by their own pictures."""

from preau.ent.lessons import actions
from preau.people.queries.cards import codes_of

LABEL = "Chrome sur Android"


def bring(*, teacher, lesson, count, now) -> list[tuple]:
    """[(device, its key)], all accepted in one act."""
    said = {"code": lesson.code, "label": LABEL, "network": None}
    brought = [actions.ask_to_join(now=now, **said) for _ in range(count)]
    numbers = [device.number for device, _ in brought]
    actions.accept_devices(person=teacher, lesson=lesson, numbers=numbers, now=now)
    return brought


def enter(devices, pupils, now):
    """One pupil on each, as far as both go."""
    codes = codes_of(pupils)
    for device, pupil in zip(devices, pupils, strict=False):
        act = {"device": device, "pupil_id": pupil.pk, "now": now}
        if pupil.pk in codes:
            actions.show_pictures(pictures=list(codes[pupil.pk]), **act)
        else:
            actions.enter(**act)
