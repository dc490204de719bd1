"""The list of those who wait for a connection sheet: who, since when, and what makes it."""

import datetime
from dataclasses import dataclass
from functools import lru_cache

from django.db import models
from django.db.models import Exists, OuterRef

from preau.kit.answers import Answer, Yes
from preau.kit.names import of_name
from preau.kit.prepared import one_of_asked
from preau.people.models import CLASS_ROLES, Mandate, Person, SheetAsk
from preau.people.prepared import PreparedFor
from preau.people.queries.help import TOLD_OVER, Answered, answered_in, spans_of
from preau.places.models import READER_LEVELS
from preau.schools.models import Guardianship
from preau.schools.rules import TOO_YOUNG
from preau.schools.rules.asks import enrolments_given_sheets_by, sheet_asks_visible_to
from preau.schools.sheets import WITHHOLDS, sheets_withheld

MOST = 60  # lines of one page


@dataclass(frozen=True)
class AskLine:
    """`url_name` and `pk`: the button that makes the sheet; `answer`: why it may not."""

    ask: SheetAsk
    about: str  # « Parent de Lina Toupie, CP B », « Élève de CM2 A », « De l’équipe »
    url_name: str
    pk: object
    answer: Answer

    @property
    def is_pupil(self) -> bool:
        return self.url_name == "schools:pupil_sheet"


def sheet_asks_of(person: Person, today: datetime.date) -> list[AskLine]:
    """Those that `person` answers, the oldest first; four queries, one more of the team, one when nobody waits."""
    asks = _WAITING.rows(person, today)
    if not asks:
        return []
    askers = list(dict.fromkeys(ask.person_id for ask in asks))
    links = _links_of(len(askers)).rows(person, today, *askers)
    pupils = list(dict.fromkeys([*askers, *(link.child_id for link in links)]))
    rooms = {each.pupil_id: each for each in _enrolled(len(pupils)).rows(person, today, *pupils)}
    team = Mandate.objects.current(today).filter(person__in=askers, role__in=CLASS_ROLES).order_by("starts_on", "id")
    withheld = _withheld(person, asks, rooms, links, today)
    found = (_line(ask, rooms, links, team, withheld) for ask in asks)
    return [line for line in found if line]


def answered_to(person: Person, today: datetime.date, now: datetime.datetime) -> Answered:
    """Of those that `person` answers, how many were lately, and how soon; one query."""
    return answered_in(_SPANS.rows(person, today, now - TOLD_OVER))


# Their SQL, written once for all who hold the same titles: it takes four times what the base does.
_WAITING = PreparedFor(
    lambda person, today: (
        sheet_asks_visible_to(person, today).waiting().select_related("person").order_by("asked_at", "id")[:MOST]
    )
)
_SPANS = PreparedFor(
    lambda person, today, since: spans_of(sheet_asks_visible_to(person, today), since), models.DateTimeField
)


@lru_cache(maxsize=MOST)
def _links_of(count):
    """What ties so many askers to the children whose sheets the person gives; `is_reached`, whether no decision
    restricts it."""

    def build(person, today, *_):
        given = enrolments_given_sheets_by(person, today).values("pupil")
        reached = Exists(Guardianship.objects.reached(today).filter(pk=OuterRef("pk")))
        links = Guardianship.objects.current(today).filter(one_of_asked("guardian", count), child__in=given)
        return links.annotate(is_reached=reached).select_related("child").order_by("child__sort_key", "id")

    return PreparedFor(build, *[models.UUIDField] * count, maxsize=8)


@lru_cache(maxsize=2 * MOST)
def _enrolled(count):
    """Of so many persons, the enrolments given sheets by who asks."""

    def build(person, today, *_):
        given = enrolments_given_sheets_by(person, today)
        return given.filter(one_of_asked("pupil", count)).select_related("classroom")

    return PreparedFor(build, *[models.UUIDField] * count, maxsize=8)


def _withheld(person, asks, rooms, links, today):
    """Of families by the rule of families, of the team by the team's."""
    own = {link.guardian_id for link in links} | set(rooms)
    families = [ask.person for ask in asks if ask.person_id in own]
    others = [ask.person for ask in asks if ask.person_id not in own]
    return sheets_withheld(person, families, today, team=others)


def _line(ask, rooms, links, team, withheld):
    answer = withheld.get(ask.person_id, Yes())
    if ask.person_id in rooms:
        room = rooms[ask.person_id].classroom
        answer = answer if rooms[ask.person_id].level in READER_LEVELS else TOO_YOUNG
        return AskLine(ask, f"Élève, {room.name}" if room else "Élève", "schools:pupil_sheet", ask.person_id, answer)
    own = [link for link in links if link.guardian_id == ask.person_id]
    if own:
        link = next((each for each in own if each.is_reached), None)
        link, answer = (link, answer) if link else (own[0], WITHHOLDS["restricted"])
        room = rooms[link.child_id].classroom
        about = f"Responsable {of_name(link.child.full_name)}{f', {room.name}' if room else ''}"
        return AskLine(ask, about, "schools:guardian_sheet", link.pk, answer)
    mandate = next((each for each in team if each.person_id == ask.person_id), None)
    return mandate and AskLine(ask, "De l’équipe", "schools:team_sheet", mandate.pk, answer)
