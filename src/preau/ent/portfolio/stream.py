"""What this room gives to the search and to the digest of the evening: pages of notebooks, for who reads them."""

import datetime

from django.db.models import BooleanField, Case, F, Q, QuerySet, Value, When
from django.urls import reverse
from django.utils.translation import gettext_noop as _

from preau.ent.portfolio import rules
from preau.ent.portfolio.models import Page
from preau.people.models import Person
from preau.spaces.kinds import SearchedAlone


def shown_to(person: Person, today: datetime.date) -> QuerySet[Page]:
    """What was shown; `is_home`: of the reader's own child, or of themselves."""
    home = Case(
        When(Q(child=person) | rules.pages_of_family(person, today), then=Value(True)),
        default=Value(False),
        output_field=BooleanField(),
    )
    pages = rules.pages_visible_to(person, today).filter(state=Page.State.APPROVED)
    return pages.annotate(at=F("approved_at"), is_home=home).select_related("child", "classroom")


def said(page) -> tuple[str, str]:
    """What was observed is found and shown as the text is."""
    return page.title, " ".join(filter(None, [page.text, *page.observed.values()]))


def place_of(page) -> str:
    """Whose it is, and in which class it was written."""
    return f"{page.child.first_name}, {page.classroom}"


def address_of(page) -> str:
    """In the notebook, as its reader opens it."""
    name = "portfolio:child_notebook" if page.is_home else "portfolio:notebook"
    return f"{reverse(name, args=[page.child_id])}?annee={page.school_year}#p-{page.pk}"


def shown_since(person: Person, since: datetime.datetime, until: datetime.datetime, today: datetime.date) -> int:
    """How many pages of one's children were shown in that time, by others."""
    pages = Page.objects.filter(rules.pages_of_family(person, today), approved_at__gt=since, approved_at__lte=until)
    return pages.exclude(approved_by=person).count()


SEARCHED_ALONE = (SearchedAlone(_("Cahier de progrès"), shown_to, said, place_of, address_of),)
NEWS = (shown_since,)
