"""Schools on a map: their places drawn to scale, nothing asked of anyone else's server."""

from dataclasses import dataclass
from math import cos, radians

from preau.plan.desk.queries.board import Row

WIDTH, MARGIN = 1000, 40  # units of the drawing
FLATTEST, TALLEST = 300, 1000


@dataclass(frozen=True)
class Point:
    """A school on the drawing, `x` from the west and `y` from the north; `page` of the table holds its line."""

    row: Row
    x: int
    y: int
    page: int

    @property
    def place(self) -> str:
        return f"{self.x} {self.y}"

    @property
    def label(self) -> str:
        """What is heard of it: « Montmidi, maternelle, en déploiement »."""
        return f"{self.row.school.name_beside_kind}, {self.row.school.kind_label}, {self.row.stage.label}"

    @property
    def name_side(self) -> str:
        """Where its name is anchored, so that it stays inside the drawing."""
        return "start" if self.x < WIDTH / 2 else "end"

    @property
    def name_shift(self) -> int:
        """How far down from the point its name is written: above it, or under the most northern."""
        return -24 if self.y > 2 * MARGIN else 40


@dataclass(frozen=True)
class Drawing:
    """The schools whose place is known, north above; `unknown` counts the others."""

    points: tuple[Point, ...]
    height: int
    unknown: int


def drawing_of(rows, by_page: int) -> Drawing | None:
    """None under two known places: one point alone says nothing. A degree of longitude is shortened as at their
    latitude (equirectangular), which is right to the metre over a city."""
    known = [(place // by_page + 1, row) for place, row in enumerate(rows) if row.school.latitude is not None]
    if len(known) < 2:
        return None
    shrink = cos(radians(float(known[0][1].school.latitude)))
    places = [(float(row.school.longitude) * shrink, float(row.school.latitude)) for _, row in known]
    west, east = min(x for x, _ in places), max(x for x, _ in places)
    south, north = min(y for _, y in places), max(y for _, y in places)
    wide, high = east - west, north - south
    scale = (WIDTH - 2 * MARGIN) / max(wide, high * WIDTH / TALLEST, 1e-6)
    height = round(max(high * scale + 2 * MARGIN, FLATTEST))
    left, top = (WIDTH - wide * scale) / 2, (height - high * scale) / 2
    points = tuple(
        Point(row, round(left + (x - west) * scale), round(top + (north - y) * scale), page)
        for (page, row), (x, y) in zip(known, places, strict=True)
    )
    return Drawing(points, height, len(rows) - len(known))
