"""The list of those who wait for a connection sheet: who, since when, and what makes it."""

import datetime
from dataclasses import dataclass

from preau.kit.answers import Answer, Yes
from preau.kit.names import of_name
from preau.people.models import CLASS_ROLES, Mandate, Person, SheetAsk
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
    """Those that `person` answers, the oldest first; six queries."""
    asks = list(
        sheet_asks_visible_to(person, today).waiting().select_related("person").order_by("asked_at", "id")[:MOST]
    )
    askers = [ask.person_id for ask in asks]
    given = enrolments_given_sheets_by(person, today)
    links = Guardianship.objects.current(today).filter(guardian__in=askers, child__in=given.values("pupil"))
    links = list(links.select_related("child").order_by("child__sort_key", "id"))
    reached = set(links and Guardianship.objects.reached(today).filter(pk__in=[link.pk for link in links]))
    pupils = [*askers, *(link.child_id for link in links)]
    rooms = {each.pupil_id: each for each in given.filter(pupil__in=pupils).select_related("classroom")}
    team = Mandate.objects.current(today).filter(person__in=askers, role__in=CLASS_ROLES).order_by("starts_on", "id")
    withheld = _withheld(person, asks, rooms, links, today)
    found = (_line(ask, rooms, links, reached, team, withheld) for ask in asks)
    return [line for line in found if line]


def _withheld(person, asks, rooms, links, today):
    """Of families by the rule of families, of the team by the team's."""
    own = {link.guardian_id for link in links} | set(rooms)
    families = [ask.person for ask in asks if ask.person_id in own]
    others = [ask.person for ask in asks if ask.person_id not in own]
    return sheets_withheld(person, families, today) | sheets_withheld(person, others, today, team=True)


def _line(ask, rooms, links, reached, team, withheld):
    answer = withheld.get(ask.person_id, Yes())
    if ask.person_id in rooms:
        room = rooms[ask.person_id].classroom
        answer = answer if rooms[ask.person_id].level in READER_LEVELS else TOO_YOUNG
        return AskLine(ask, f"Élève, {room.name}" if room else "Élève", "schools:pupil_sheet", ask.person_id, answer)
    own = [link for link in links if link.guardian_id == ask.person_id]
    if own:
        link = next((each for each in own if each in reached), None)
        link, answer = (link, answer) if link else (own[0], WITHHOLDS["restricted"])
        room = rooms[link.child_id].classroom
        about = f"Responsable {of_name(link.child.full_name)}{f', {room.name}' if room else ''}"
        return AskLine(ask, about, "schools:guardian_sheet", link.pk, answer)
    mandate = next((each for each in team if each.person_id == ask.person_id), None)
    return mandate and AskLine(ask, "De l’équipe", "schools:team_sheet", mandate.pk, answer)
