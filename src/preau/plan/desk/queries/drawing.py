"""Schools on a map: their places drawn to scale, nothing asked of anyone else's server."""

from dataclasses import dataclass
from math import cos, radians

from preau.plan.desk.queries.board import Row

WIDTH, MARGIN = 1000, 40  # units of the drawing
FLATTEST, TALLEST = 300, 1000


@dataclass(frozen=True)
class Point:
    """A school on the drawing; `place` as SVG writes it."""

    row: Row
    place: str


@dataclass(frozen=True)
class Drawing:
    """The schools whose place is known, north above; `unknown` counts the others."""

    points: tuple[Point, ...]
    height: int
    unknown: int


def drawing_of(rows) -> Drawing | None:
    """None under two known places: one point alone says nothing. A degree of longitude is shortened as at their
    latitude (equirectangular), which is right to the metre over a city."""
    known = [row for row in rows if row.school.latitude is not None]
    if len(known) < 2:
        return None
    shrink = cos(radians(float(known[0].school.latitude)))
    places = [(float(row.school.longitude) * shrink, float(row.school.latitude)) for row in known]
    west, east = min(x for x, _ in places), max(x for x, _ in places)
    south, north = min(y for _, y in places), max(y for _, y in places)
    wide, high = east - west, north - south
    scale = (WIDTH - 2 * MARGIN) / max(wide, high * WIDTH / TALLEST, 1e-6)
    height = round(max(high * scale + 2 * MARGIN, FLATTEST))
    left, top = (WIDTH - wide * scale) / 2, (height - high * scale) / 2
    points = tuple(
        Point(row, f"{round(left + (x - west) * scale)} {round(top + (north - y) * scale)}")
        for row, (x, y) in zip(known, places, strict=True)
    )
    return Drawing(points, height, len(rows) - len(known))
