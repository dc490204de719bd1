"""One school of the plan on a day, and how its state is said."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from preau.kit.dates import on_or_in
from preau.places.models import School, without_kind
from preau.plan.equipment.models import UNDETAILED
from preau.plan.equipment.queries.amounts import PAID_COLUMNS, Amounts
from preau.plan.equipment.queries.checks import Years

KINDS = dict(School.Kind.choices)
TOTAL_UNTOLD = "nombre de classes inconnu"
UNTOLD = "inconnu"  # for whom nothing is attributed to a school: never a zero


@dataclass(frozen=True)
class SchoolState:
    """One school on a day. « Équipée le … » and « à niveau aujourd’hui » are two facts."""

    id: object
    name: str
    shown_name: str  # « Montmidi, maternelle » when another school of its city has its name
    uai: str
    kind: str
    opened_on: date | None
    closed_on: date | None
    classes_count: int | None  # None: not published
    received_count: int  # distinct classes received
    up_to_date_count: int  # of these, with the kit in force
    received_on: date | None  # the last reception
    received_day_is_known: bool  # False: only its year is, `received_on` being its last day
    undetailed_count: int  # classes of which nobody says what they were equipped with
    equipped_on: date | None  # the day its last class was received
    equipped_day_is_known: bool
    equipped_kit: int | None  # the version then; None when one of its classes has none
    current_kit: int | None
    paid: Amounts  # falsy: nothing is recorded of what it cost
    class_years: Years | None  # from the year of its first class received to that of the last new one
    qualities: frozenset
    latitude: Decimal | None  # WGS 84, with the longitude or not at all
    longitude: Decimal | None
    is_told: bool  # queries.told; else « nothing received » is not known

    @property
    def name_beside_kind(self) -> str:
        return without_kind(self.shown_name, self.kind_label)

    @property
    def paid_cells(self) -> tuple:
        """Under `amounts.PAID_COLUMNS`."""
        return self.paid.cells if self.paid else (self.unpaid_words,) * len(PAID_COLUMNS)

    @property
    def is_equipped(self) -> bool:
        """Every class it had was received."""
        return self.equipped_on is not None

    @property
    def is_up_to_date(self) -> bool:
        """Every class of today, with the kit of today."""
        return self.is_equipped and self.classes_count is not None and self.up_to_date_count >= self.classes_count

    @property
    def lacks_total(self) -> bool:
        """Classes were received and nobody wrote how many the school has: all of them or not, nobody knows."""
        return self.received_count > 0 and self.classes_count is None

    @property
    def is_settled(self) -> bool:
        """Whether it is equipped is known, be it no."""
        return self.is_told and not self.lacks_total

    @property
    def may_be_up_to_date(self) -> bool:
        """Each class received has the kit of today, of a number that nobody wrote."""
        return self.lacks_total and self.up_to_date_count >= self.received_count

    @property
    def has_undetailed(self) -> bool:
        """Equipped, and nobody says with what: neither up to date nor behind."""
        return self.is_equipped and self.undetailed_count > 0 and not self.is_up_to_date

    @property
    def received_day(self) -> date | None:
        """None when only the year is known: nobody waits since its last day."""
        return self.received_on if self.received_day_is_known else None

    @property
    def equipped_day(self) -> date | None:
        return self.equipped_on if self.equipped_day_is_known else None

    @property
    def equipped_said(self) -> str:
        return on_or_in(self.equipped_on, self.equipped_day_is_known)

    @property
    def equipped_words(self) -> str:
        """« le 15 juin 2018 (kit v1) », « en 2016, contenu non détaillé »; empty when it is not."""
        if not self.is_equipped:
            return ""
        when = self.equipped_said
        return f"{when} (kit v{self.equipped_kit})" if self.equipped_kit else f"{when}, {UNDETAILED}"

    @property
    def equipped_when(self) -> date | str | None:
        """For tables: the day, or « 2016 » when only the year is known."""
        if not self.is_told:
            return UNTOLD
        return self.equipped_on if self.equipped_day_is_known else str(self.equipped_on.year)

    @property
    def up_to_date_word(self) -> str:
        """For tables."""
        if not self.is_told:
            return UNTOLD
        if self.has_undetailed or self.is_up_to_date:
            return "oui" if self.is_up_to_date else UNDETAILED
        if self.may_be_up_to_date:
            return TOTAL_UNTOLD
        return "non" if self.current_kit else "aucun équipement type en vigueur"

    @property
    def received_word(self) -> int | str:
        """For tables."""
        return self.received_count if self.is_told else UNTOLD

    @property
    def unpaid_words(self) -> str:
        """Where no expense is recorded: nothing was received either, or what it cost is not known."""
        return "aucune dépense" if self.is_told and not self.received_count else UNTOLD

    @property
    def classes_word(self) -> int | str:
        """For tables."""
        return UNTOLD if self.classes_count is None else self.classes_count

    @property
    def is_nursery(self) -> bool:
        """Nursery schools are counted apart; elementary and primary together."""
        return self.kind == School.Kind.NURSERY

    @property
    def state(self) -> str:
        """« done » when equipped, « now » when begun, « none » when not, « unknown »: the squares' word."""
        if self.is_equipped:
            return "done"
        return "now" if self.received_count else "none" if self.is_told else "unknown"

    @property
    def kind_label(self) -> str:
        return KINDS[self.kind]
