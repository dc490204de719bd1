"""The list page by page without sorting a whole inventory: places are counted, then those shown are read."""

from collections import Counter, defaultdict

from django.db.models import Count, Q, Sum

from preau.places.models import School
from preau.plan.equipment.queries import Amounts
from preau.plan.inventory.models import Funding
from preau.plan.inventory.queries.lists import LISTED, in_order, listed


class Shelves:
    """A visible set of assets in their order, sliced as a Paginator slices. One read by an index counts all; a slice
    reads the schools it falls in, and no other."""

    def __init__(self, assets, schools):
        """`schools`: (id, name, sort key) of those whose order is known already; others are read."""
        self.assets = assets
        # Rows are counted, not ids: those would be read from the things themselves, the index has all the rest.
        self.counts = Counter(dict(assets.order_by().values_list("school_id").annotate(number=Count("*"))))
        self.places = self._ordered({key: sort_key for key, _, sort_key in schools})

    def _ordered(self, keys):
        others = self.counts.keys() - keys.keys() - {None}
        if others:  # what another school lends
            keys |= dict(School.objects.filter(id__in=others).values_list("id", "sort_key"))
        return sorted(self.counts, key=lambda place: (place is not None, keys.get(place, ""), str(place)))

    def __len__(self):
        return self.counts.total()

    def __getitem__(self, wanted: slice):
        before, inside = 0, []
        for place in self.places:
            if before + self.counts[place] <= wanted.start and not inside:
                before += self.counts[place]
            elif before + sum(self.counts[one] for one in inside) < wanted.stop:
                inside.append(place)
        at = Q(school__in=[place for place in inside if place])
        rows = in_order(self.assets.filter(at | Q(school=None) if None in inside else at))
        rows = rows.values_list(*LISTED)[wanted.start - before : wanted.stop - before]
        return [listed(*row) for row in rows]


def value_of(assets, fundings) -> list[tuple[str, Amounts, int]]:
    """(who paid, what is known of it, how many have no price), for the fundings one may read; nothing is guessed. It
    adds the whole set: a page asks it when somebody does."""
    figures = {"cents": Sum("price_cents"), "unpriced": Count("*") - Count("price_cents")}
    rows = assets.filter(funding__in=fundings).order_by().values_list("funding", "regime").annotate(**figures)
    paid, unpriced = defaultdict(list), Counter()
    for funding, regime, cents, without in rows:
        unpriced[funding] += without
        paid[funding] += [(regime, cents)] if cents is not None else []
    return [(Funding(funding).label, Amounts.of(paid[funding]), unpriced[funding]) for funding in sorted(unpriced)]
