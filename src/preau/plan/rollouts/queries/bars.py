"""What keeps a class from being received without a procès-verbal, by hand or by a table: one reading for both roads."""

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from django.db.models import CharField, Exists, OuterRef, Subquery, Value
from django.utils.timezone import localdate

from preau.kit.dates import day_text
from preau.kit.money import NBSP
from preau.kit.names import name_key
from preau.places.models import School
from preau.plan.applications.models import Call
from preau.plan.equipment.models import Acceptance
from preau.plan.rollouts.models import Reservation, Rollout
from preau.plan.rollouts.queries.standing import is_under_way, with_receipts


@dataclass(frozen=True)
class OpenReserve:
    """A class seen and not received, on a signed procès-verbal that still counts."""

    label_key: str
    kit_id: object
    held_on: date
    number: str

    @property
    def sentence(self) -> str:
        return (
            f"Une réserve reste à lever sur une classe de cette école, au procès-verbal n°{NBSP}{self.number}{NBSP}: "
            "la classe est reçue quand la dernière réserve est levée, ou par un autre déploiement si celui-là est "
            "abandonné."
        )


@dataclass(frozen=True)
class Bars:
    """Of the schools of one city. `first_call` is the day of its first call, if it ever called."""

    first_call: date | None
    equipped: set  # schools where a class was received already
    under_way: dict  # {school: the day its roll-out opened}
    reserves: dict  # {school: [OpenReserve]}

    def of_day(self, school_id, on: date) -> str:
        """Why no class of this school may be received that day without a procès-verbal; empty when it may."""
        opened_on = self.under_way.get(school_id)
        if opened_on and opened_on <= on:
            return (
                f"Un déploiement est en cours dans cette école depuis le {day_text(opened_on)}{NBSP}: la classe se "
                "reçoit par son procès-verbal, où ses réserves s’écrivent et se lèvent."
            )
        if self.is_of_projects(on) and school_id not in self.equipped:
            return (
                f"Cette école n’a encore rien reçu{NBSP}: depuis le premier appel de la Ville, le "
                f"{day_text(self.first_call)}, une école est équipée par un déploiement, pour un projet. Seule une "
                "classe reçue avant ce jour s’écrit ici."
            )
        return ""

    def is_of_projects(self, on: date) -> bool:
        """Whether the city had called already: no school is first equipped without a project since (mission D1)."""
        return self.first_call is not None and on >= self.first_call

    def of_class(self, school_id, label, kit_id) -> str:
        """Why this class may not be received that way, whatever the day."""
        mine = (name_key(label), kit_id)
        return next((r.sentence for r in self.reserves.get(school_id, ()) if (r.label_key, r.kit_id) == mine), "")

    def of_any_class(self, school_id, on: date) -> str:
        """The same for a class that nobody named: it may be one that was seen with a réserve by that day."""
        return next((r.sentence for r in self.reserves.get(school_id, ()) if r.held_on <= on), "")

    def labels_seen(self, school_id) -> set:
        """Keys of the classes with an open réserve: a class received by hand takes another name."""
        return {reserve.label_key for reserve in self.reserves.get(school_id, ())}


def bars_of(school) -> Bars:
    """Of one school; two reads."""
    return bars_from(school.city, marked(School.objects.filter(pk=school.pk)), class_rows(pk=school.pk))


def bars_from(city, schools, rows) -> Bars:
    """From the `marked` schools of a city and their `class_rows`; a city without a school is asked its first call."""
    schools, reserves = list(schools), {}
    for row in sorted((row for row in rows if row.number), key=lambda row: row.number):
        reserves.setdefault(row.school_id, []).append(OpenReserve(row.label_key, row.kit_id, row.on, row.number))
    first = schools[0].first_call_at if schools else _first_call(city.pk).values_list("opens_at", flat=True).first()
    return Bars(
        first_call=localdate(first) if first else None,
        equipped={row.school_id for row in rows if not row.number},
        under_way={school.pk: school.way_opened_on for school in schools if school.way_opened_on},
        reserves=reserves,
    )


def marked(schools):
    """With their city's first call, and the day their roll-out under way opened, or the one out of service since a
    paper was taken back: a class received by hand would put it in service again without one. No other read."""
    ways = with_receipts(Rollout.objects.filter(school=OuterRef("pk"))).filter(is_under_way()).order_by("opened_on")
    return schools.annotate(
        first_call_at=Subquery(_first_call(OuterRef("city")).values("opens_at")[:1]),
        way_opened_on=Subquery(ways.values("opened_on")[:1]),
    )


def _first_call(city):
    return Call.objects.filter(city=city).order_by("opens_at")


class ClassRow(NamedTuple):
    """A class received, or seen and held back by a réserve: then `number` is that of its procès-verbal."""

    school_id: object
    label_key: str
    kit_id: object
    on: date
    number: str


def class_rows(**schools) -> list[ClassRow]:
    """Of the schools that these lookups say (`pk=`, `city=`); one read."""
    received = Acceptance.objects.standing().filter(**{f"school__{name}": value for name, value in schools.items()})
    way = "line__reception__rollout__"
    held = _open_ones().filter(**{f"{way}school__{name}": value for name, value in schools.items()})
    rows = received.order_by().values_list(
        "school_id", "label_key", "kit_id", "accepted_on", Value("", output_field=CharField())
    )
    seen = held.order_by().values_list(
        f"{way}school_id", "line__label_key", f"{way}kit_id", "line__reception__held_on", "line__reception__number"
    )
    return [ClassRow(*row) for row in rows.union(seen, all=True)]


def labels_held_back(rollout) -> set:
    """Keys of the classes of a roll-out with a réserve open: their procès-verbal receives them, no other one."""
    return set(_open_ones().filter(line__reception__rollout=rollout).values_list("line__label_key", flat=True))


def _open_ones():
    """Réserves to lift, on a class not received since by a roll-out that took over."""
    way = "line__reception__rollout__"
    same = {name: OuterRef(f"{way}{name}") for name in ("school", "kit")}
    received = Acceptance.objects.standing().filter(**same, label_key=OuterRef("line__label_key"))
    return Reservation.objects.filter(
        ~Exists(received),
        lifted_on=None,
        line__scope="class",
        line__reception__withdrawn_at=None,
        line__reception__signed_at__isnull=False,
    )
