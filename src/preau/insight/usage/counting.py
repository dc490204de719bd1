"""From hits to a week's cells: visits, users and duration; and which cells may not be shown. Nothing is stored here.

A visit is a run of one pseudonym's hits less than 30 minutes apart; its duration goes from its first to its last
hit. A cell is (school, profile, service); an empty profile or service stands for all, an empty school for the city.
"""

import datetime
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from preau.insight.usage import bridges

GAP = datetime.timedelta(minutes=30)
LEAST = 5  # users; a smaller cell could be someone


@dataclass
class Cell:
    """What is counted; `is_masked` when it may not be shown."""

    visits: int = 0
    users: int = 0
    seconds: int = 0
    is_masked: bool = False


def count(hits: Iterable) -> dict:
    """{(school id or None, profile, service): Cell} of one city's hits, ordered by pseudonym then instant."""
    cells, runs, seen = defaultdict(Cell), {}, None
    for hit in hits:
        places = [hit.school_id]
        same = (hit.pseudonym, hit.at, hit.profile, hit.service)
        if same != seen:  # a family of two schools counts in each, and once in the city
            places.append(None)
        seen = same
        for place in places:
            for profile in ("", hit.profile):
                for service in ("", hit.service):
                    key = (place, profile, service)
                    _add(cells[key], runs, key, hit)
    return dict(cells)


def _add(cell, runs, key, hit):
    who, last = runs.get(key, (None, None))
    if who != hit.pseudonym:
        cell.users += 1
        cell.visits += 1
    elif hit.at - last >= GAP:
        cell.visits += 1
    else:
        cell.seconds += int((hit.at - last).total_seconds())
    runs[key] = (hit.pseudonym, hit.at)


def mask(cells: dict) -> None:
    """Masks each cell under 5 users, then as many others as keep the totals from giving one away."""
    tables, services = defaultdict(dict), defaultdict(list)
    for (place, profile, service), cell in cells.items():
        cell.is_masked = cell.users < LEAST
        tables[service][place, profile] = cell
        if service:
            services[place, profile].append(cell)
    _protect_tables(tables)
    while any([_nest(tables[""][key], parts) for key, parts in services.items()]):
        _protect_tables(tables)


def _protect_tables(tables):
    for table in tables.values():
        lines = _lines(table)
        while any([_protect(total, parts) for total, parts in lines]) or _break_bridge(table):
            pass


def _nest(whole, parts) -> bool:
    """Whether something more had to be masked in one service. Who came for it came: a masked whole shows no part. And
    when the shown parts do not make up a shown whole, the rest of it came for the hidden ones, as in any total."""
    shown = [cell for cell in parts if not cell.is_masked]
    if not whole.is_masked:
        return sum(cell.users for cell in shown) < whole.users and _protect(whole, parts)
    for cell in shown:
        cell.is_masked = True
    return bool(shown)


def _lines(table):
    """Every total with its parts: profiles of a place, schools of the city."""
    by_place, by_profile = defaultdict(list), defaultdict(list)
    for (place, profile), cell in table.items():
        if profile:
            by_place[place].append(cell)
        if place:
            by_profile[profile].append(cell)
    return [(table[place, ""], parts) for place, parts in by_place.items()] + [
        (table[None, profile], parts) for profile, parts in by_profile.items()
    ]


def _protect(total, parts) -> bool:
    """Whether something more had to be masked: a shown total must leave two masked parts of 5 users at least."""
    hidden = [part for part in parts if part.is_masked]
    if total.is_masked or not hidden or (len(hidden) >= 2 and sum(part.users for part in hidden) >= LEAST):
        return False
    shown = [part for part in parts if not part.is_masked]
    min(shown, key=lambda part: part.users, default=total).is_masked = True
    return True


def _break_bridge(table) -> bool:
    """Whether a masked cell could be found by several subtractions; then the smallest cell that helps is masked too.

    Best is one of its own place or profile that leads to the other side, so that both are on one cycle.
    """
    hidden = [key for key, cell in table.items() if cell.is_masked]
    found = bridges.find_bridges(hidden)
    if not found:
        return False
    place, profile = found[0]
    places, profiles = bridges.reached(hidden, place, without=(place, profile))

    def cost(key):
        is_near = key[0] == place or key[1] == profile
        leads_across = (key[0] in places) != (key[1] in profiles)
        return not (is_near and leads_across), not is_near, table[key].users

    table[min((key for key, cell in table.items() if not cell.is_masked), key=cost)].is_masked = True
    return True
