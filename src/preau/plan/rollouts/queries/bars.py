"""What keeps a class from being received without a procès-verbal, by hand or by a table: one reading for both roads."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef
from django.utils.timezone import localdate

from preau.kit.dates import day_text
from preau.kit.money import NBSP
from preau.kit.names import name_key
from preau.plan.applications.models import Call
from preau.plan.equipment.models import Acceptance
from preau.plan.rollouts.models import Reservation, Rollout


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
        """Why a class of this school is not received, that day, without a procès-verbal; empty when it may be."""
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

    def of_class(self, school_id, label, kit) -> str:
        """Why this very class is not received so, whatever the day."""
        mine = (name_key(label), kit.pk)
        return next((r.sentence for r in self.reserves.get(school_id, ()) if (r.label_key, r.kit_id) == mine), "")

    def of_any_class(self, school_id, on: date) -> str:
        """The same for a class that nobody names: one seen with a réserve by that day may be it."""
        return next((r.sentence for r in self.reserves.get(school_id, ()) if r.held_on <= on), "")

    def labels_seen(self, school_id) -> set:
        """Keys of the classes with a réserve open: another class takes another name."""
        return {reserve.label_key for reserve in self.reserves.get(school_id, ())}


def bars_of(city, schools) -> Bars:
    """Four reads, whatever the number of schools (a QuerySet, or ids)."""
    first = Call.objects.filter(city=city).order_by("opens_at").values_list("opens_at", flat=True).first()
    ways = Rollout.objects.filter(school__in=schools, service_on=None, abandoned_on=None)
    return Bars(
        first_call=localdate(first) if first else None,
        equipped=set(Acceptance.objects.standing().filter(school__in=schools).values_list("school_id", flat=True)),
        under_way=dict(ways.values_list("school_id", "opened_on")),
        reserves=_reserves(schools),
    )


def labels_held_back(rollout) -> set:
    """Keys of the classes of a roll-out with a réserve open: their procès-verbal receives them, no other one."""
    return set(_open_ones().filter(line__reception__rollout=rollout).values_list("line__label_key", flat=True))


def _open_ones():
    """Réserves to lift, on a class not received since by a roll-out that took over."""
    way = "line__reception__rollout__"
    same = {name: OuterRef(f"{way}{name}") for name in ("school", "kit")}
    received = Acceptance.objects.standing().filter(**same, label_key=OuterRef("line__label_key"))
    return Reservation.objects.filter(
        ~Exists(received), lifted_on=None, line__scope="class", line__reception__withdrawn_at=None,
        line__reception__signed_at__isnull=False,
    )  # fmt: skip


def _reserves(schools):
    open_ones = _open_ones().filter(line__reception__rollout__school__in=schools)
    rows = open_ones.values_list(
        "line__reception__rollout__school_id", "line__label_key", "line__reception__rollout__kit_id",
        "line__reception__held_on", "line__reception__number",
    )  # fmt: skip
    found = {}
    for school, *told in rows.order_by("line__reception__number", "id"):
        found.setdefault(school, []).append(OpenReserve(*told))
    return found
