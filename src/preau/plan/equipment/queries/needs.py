"""What a kit asks for a school, line by line: pure arithmetic over lines already read (AC-15 to AC-17, AC-19)."""

from dataclasses import dataclass
from fractions import Fraction

from preau.plan.equipment.models import CART_ACCESS_POINTS, CART_MASTERS, KitLine
from preau.plan.equipment.queries.checks import ratio

UNKNOWN = {
    KitLine.Rule.PER_CLASS: "nombre de classes inconnu",
    KitLine.Rule.PER_FLOOR: "nombre d’étages inconnu",
    KitLine.Rule.PER_PUPILS: "nombre d’élèves inconnu",
}


@dataclass(frozen=True)
class Need:
    """One line of a kit for one school: how many it asks, or what is missing to say it."""

    item: str
    kind: str
    rule: str  # as shown: « par classe »
    per_class: bool
    is_wifi: bool
    option: str
    least: int | None
    most: int | None
    each: int  # the least the line asks each time its rule applies: 2 for « 2 par classe »
    terminals_each: int | None = None  # pupils' computers in a cart; None: not said, or no cart
    unknown: str = ""

    @property
    def kind_label(self) -> str:
        return KitLine.Kind(self.kind).label

    @property
    def option_label(self) -> str:
        return KitLine.Option(self.option).label

    @property
    def is_extra(self) -> bool:
        """For some schools only: out of the averages of equipped schools (AC-19)."""
        return self.option != KitLine.Option.ALWAYS


@dataclass(frozen=True)
class Tally:
    """What needs add up to, at least and at most: (least, most) pairs. None while what one of them asks, or what a cart
    holds, is not known."""

    displays: tuple[int, int] | None  # projectors
    computers: tuple[int, int] | None  # every PC, laptop and tablet, the teacher's too
    pupil_terminals: tuple[int, int] | None
    carts: tuple[int, int] | None
    access_points: tuple[int, int] | None

    def computers_per_hundred(self, pupils: int) -> Fraction | None:
        """AC-17, at the least the kit asks."""
        return self.computers and ratio(self.computers[0] * 100, pupils)

    def displays_per_thousand(self, pupils: int) -> Fraction | None:
        return self.displays and ratio(self.displays[0] * 1000, pupils)


def quantity_for(line, classes: int | None, floors: int | None, pupils: int | None) -> tuple[int, int] | None:
    """(least, most) that a line asks; None when the number it multiplies is not known."""
    groups = None if pupils is None else -(-pupils // (line.pupils_per_group or 1))
    number = {
        KitLine.Rule.PER_SCHOOL: 1,
        KitLine.Rule.PER_CLASS: classes,
        KitLine.Rule.PER_FLOOR: floors,
        KitLine.Rule.PER_PUPILS: groups,
    }[line.rule]
    return None if number is None else (number * line.quantity_min, number * line.quantity_max)


def needs_of(lines, *, classes: int | None, floors: int | None, pupils: int | None, options=()) -> tuple[Need, ...]:
    """A kit's lines for a school of so many classes, floors and pupils; extras only for its `options`."""
    wanted = {KitLine.Option.ALWAYS, *options}
    lines = sorted((line for line in lines if line.option in wanted), key=lambda line: line.position)
    return tuple(_need(line, quantity_for(line, classes, floors, pupils)) for line in lines)


def _need(line, quantity):
    least, most = quantity or (None, None)
    return Need(
        item=line.item,
        kind=line.kind,
        rule=line.get_rule_display(),
        per_class=line.rule == KitLine.Rule.PER_CLASS,
        is_wifi=line.is_wifi,
        option=line.option,
        least=least,
        most=most,
        each=line.quantity_min,
        terminals_each=line.terminals_each,
        unknown="" if quantity else UNKNOWN[line.rule],
    )


def tally_of(needs) -> Tally:
    """Displays, computers, terminals and access points."""
    kinds = KitLine.Kind
    displays, pcs, carts = (_sum(needs, kind) for kind in (kinds.PROJECTOR, kinds.PC, kinds.CART))
    terminals, points = _sum(needs, kinds.TERMINAL), _sum(needs, kinds.ACCESS_POINT)
    pupils = _added(_sum(needs, kinds.CART, "terminals_each"), terminals)
    return Tally(
        displays=displays,
        carts=carts,
        pupil_terminals=pupils,
        computers=_added(_added(pcs, pupils), _times(carts, CART_MASTERS)),
        access_points=_added(points, _times(carts, CART_ACCESS_POINTS)),
    )


def _sum(needs, kind, each=""):
    """Of a kind; `each` names what each of them holds."""
    found = [(need.least, need.most, getattr(need, each) if each else 1) for need in needs if need.kind == kind]
    if any(None in numbers for numbers in found):
        return None
    return sum(least * holds for least, _, holds in found), sum(most * holds for _, most, holds in found)


def _times(pair, number):
    return pair and (pair[0] * number, pair[1] * number)


def _added(first, second):
    return first and second and (first[0] + second[0], first[1] + second[1])
