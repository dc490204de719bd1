"""Which browsers are called, and for which children."""

from collections import defaultdict
from datetime import date

from preau.kit.mail import known_keys
from preau.notify.models import Notice, PushDevice

PUSH = "notify.push"


def pushes_due(notice: Notice, people: list, day: date) -> list[tuple[str, PushDevice]]:
    """(key in the outbox, browser) for those of these persons (by id) whose account is open. A browser is called once
    a day for a child, and for who answers for several, of the first child not said yet; an urgent one is counted apart
    (users.md, rule 23). Three queries."""
    rows = PushDevice.objects.filter(person__in=people, person__account__is_active=True).order_by("person", "id")
    children = _children_in(notice, people)
    keys = {device: _keys(notice, device, children[device.person_id], day) for device in rows}
    known = known_keys(PUSH, [key for each in keys.values() for key in each])
    free = ((device, [key for key in each if key not in known]) for device, each in keys.items())
    return [(left[0], device) for device, left in free if left]


def _keys(notice, device, children, day):
    if notice.is_urgent:
        return [f"{device.pk}:{notice.pk}:{day}"]
    return [f"{device.pk}:{child}:{day}" for child in children]


def _children_in(notice, people):
    """{person: children}, None standing for oneself."""
    found = defaultdict(list)
    rows = notice.expected.filter(person__in=people).order_by("person", "child")
    for person_id, child_id in rows.values_list("person", "child"):
        found[person_id].append(child_id)
    return found
