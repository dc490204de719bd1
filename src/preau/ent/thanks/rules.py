"""Who says thanks, and who reads them."""

import datetime
from collections.abc import Iterable

from django.utils.translation import gettext_noop as _

from preau.kit.answers import Answer, No, Yes
from preau.people.models import Person, Role
from preau.people.queries import holds
from preau.spaces import audiences
from preau.spaces.audiences import Profile
from preau.spaces.models import Publication, Reach

WRITERS = (Role.TEACHER, Role.SUPPLY_TEACHER, Role.SCHOOL_HEAD)
NOT_YOURS = No(_("Un merci se dit de ce qui est publié pour votre enfant."))


def can_thank(
    person: Person,
    publication: Publication,
    today: datetime.date,
    *,
    memberships: Iterable | None = None,
    is_reached: bool = False,
) -> Answer:
    """A guardian, of what somebody of the school wrote for the families of their child. `memberships` spares a read,
    and `is_reached`, for who knows that it reaches this guardian, another."""
    if publication.state != Publication.State.PUBLISHED:
        return No(_("Cette publication n’est plus montrée."))
    if publication.is_of_city or publication.author_id in (None, person.pk):
        return NOT_YOURS
    if is_reached:
        return Yes()
    if memberships is None:
        memberships = audiences.memberships_of(person, today)
    mine = {m.audience for m in memberships if m.profile == Profile.FAMILY and m.is_current(today) and not m.stop_id}
    reached = mine and Reach.objects.filter(publication=publication, audience__in=mine).exists()
    return Yes() if reached else NOT_YOURS


def can_read_thanks(person: Person, today: datetime.date) -> Answer:
    """Who writes to families reads the thanks said to them, and no others."""
    if holds(person, *WRITERS, today=today):
        return Yes()
    return No("Cette page est celle de qui écrit aux familles.")
