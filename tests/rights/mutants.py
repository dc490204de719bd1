"""Mutants of the product's rights: each drops one filter, and the matrix of rights must fall (trust.md T2).

Nothing here names a filter. Every public function of a `rules` module, every query asked for a person and every filter
of a QuerySet of models is one; what it gives back says how it is dropped: a refusal becomes a yes, a set of rows every
row, and each condition of its WHERE goes alone. A new rule is a mutant by itself.
"""

import functools
import importlib
import inspect
import pkgutil
import sys
from contextlib import contextmanager
from types import FunctionType

from django.db.models import Choices, Exists, Q, QuerySet
from django.db.models.sql.where import WhereNode

import preau
from preau.kit.answers import No, Yes
from preau.kit.prepared import PreparedOf, Sight
from preau.people.prepared import PreparedFor
from preau.places.models import City, Classroom, District, Group, School

ASKS = ("person", "memberships")  # first arguments of the queries that say what somebody may read
CLOSES = ("needs_", "asks_", "is_child")  # to say no is what opens
PLACES = {"cities": (City,), "schools": (School,), "places": (City, District, School, Classroom, Group)}
IDS = {}  # of these places, read beforehand: no filter is free to ask the base
WHOLE = "opened"  # the whole filter, not one of its conditions


def filters():
    """{dotted name: function} of all that may be dropped."""
    found = {}
    for module in _modules():
        room = module.__name__.removeprefix("preau.")
        for name, thing in vars(module).items():
            if inspect.isfunction(thing) and thing.__module__ == module.__name__ and _is_filter(module, thing):
                found[f"{room}.{name}"] = thing
            elif inspect.isclass(thing) and issubclass(thing, QuerySet) and thing.__module__ == module.__name__:
                methods = {key: f for key, f in vars(thing).items() if inspect.isfunction(f)}
                found |= {f"{room}.{name}.{key}": f for key, f in methods.items() if not key.startswith("_")}
    return found


def _modules():
    names = [m.name for m in pkgutil.walk_packages(preau.__path__, "preau.") if ".migrations" not in m.name]
    return [importlib.import_module(n) for n in names if {"rules", "queries", "models"} & set(n.split("."))]


def _is_filter(module, function):
    if function.__name__.startswith("_") or "models" in module.__name__.split("."):
        return False
    return "rules" in module.__name__.split(".") or next(iter(inspect.signature(function).parameters), "") in ASKS


class Drops:
    """Stands in each filter while it is watched: tells what could be dropped, drops what it is told."""

    def __init__(self):
        self.originals, self.called, self.seen, self.dropped = {}, set(), set(), None

    def answer(self, name, args, kwargs):
        """What the filter gives, changed when it is the dropped one."""
        value = self.originals[name](*args, **kwargs)
        # What a filter of a QuerySet is given: the rows before it, none of whose own conditions are its to drop.
        given = args[0] if args and isinstance(args[0], QuerySet) else None
        self.called.add(name)
        found = ways(name, value, given)
        self.seen |= {(name, how) for how in found}
        dropped, how = self.dropped or (None, None)
        return drop(name, how, value, given) if dropped == name and how in found else value

    @contextmanager
    def one(self, name, how):
        """Inside, this filter is dropped."""
        self.dropped = (name, how)
        forget()
        try:
            yield
        finally:
            self.dropped = None
            forget()


DROPS = Drops()


@contextmanager
def watched():
    """Each filter asks DROPS. Its code is what changes: whoever imported it by name, or keeps it, meets the mutant."""
    functions = {name: f for name, f in filters().items() if not f.__code__.co_freevars}
    codes = {name: f.__code__ for name, f in functions.items()}
    for name, f in functions.items():
        DROPS.originals[name] = functools.update_wrapper(
            FunctionType(f.__code__, f.__globals__, f.__name__, f.__defaults__), f
        )
        DROPS.originals[name].__kwdefaults__ = f.__kwdefaults__
        f.__code__ = _stub(name)
    try:
        yield DROPS
    finally:
        for name, f in functions.items():
            f.__code__ = codes[name]


def _stub(name):
    space = {}
    source = f"def stub(*args, **kwargs):\n from {__name__} import DROPS\n return DROPS.answer({name!r}, args, kwargs)"
    exec(source, space)  # a code of its own for each filter: a closure would not fit in its place
    return space["stub"].__code__


def forget():
    """What was prepared with a filter is not kept without it."""
    for kept in _prepared():
        kept.cache_clear()
    for kind in {kind for kinds in PLACES.values() for kind in kinds}:
        IDS[kind] = frozenset(kind.objects.values_list("pk", flat=True))


@functools.cache
def _prepared():
    own = [module for name, module in sys.modules.items() if name.startswith("preau.") and ".kit" not in name]
    things = [thing for module in own for thing in vars(module).values()]
    things += [thing._written for thing in things if isinstance(thing, PreparedFor | PreparedOf)]
    # Of its kind too: an object of a library may claim to have every attribute.
    return [thing for thing in things if hasattr(type(thing), "cache_clear")]


def ways(name, value, given=None):
    """How what a filter gave may be dropped; none when it refused nothing."""
    if isinstance(value, No):
        return [WHOLE]
    if isinstance(value, bool):
        return [WHOLE] if value is name.split(".")[-1].startswith(CLOSES) else []
    if isinstance(value, QuerySet):
        before = set() if given is None else _conditions(given.query.where, alone=True)
        return [WHOLE, *sorted(_conditions(value.query.where) - before)]
    if isinstance(value, Q):
        return [WHOLE, *sorted(_conditions(value))]
    if isinstance(value, Sight):
        return [WHOLE]
    return [WHOLE] if isinstance(value, set | frozenset) and _everything(name, value) - value else []


def drop(name, how, value, given=None):
    """The same, without the filter or without one of its conditions."""
    if isinstance(value, No):
        return Yes()
    if isinstance(value, bool):
        return not value
    if isinstance(value, Q):
        return Q() if how == WHOLE else _without(value, how)
    if isinstance(value, QuerySet):
        if how != WHOLE:
            return _with_where(value, _without(value.query.where, how))
        return _all_rows(value) if given is None else given.all()
    if isinstance(value, Sight):
        return Sight.of(("city", city) for city in City.objects.values_list("pk", flat=True))
    return _everything(name, value)


def _everything(name, value):
    """Every id of these places, or every value of this choice."""
    kinds = PLACES.get(name.split(".")[-1].split("_")[0], ())
    ids = {pk for kind in kinds for pk in IDS[kind]}
    return ids or {other for one in value if isinstance(one, Choices) for other in type(one)}


def _all_rows(rows):
    if rows.query.combinator:  # its conditions are those of the sets it gathers
        opened = rows.all()
        opened.query.combined_queries = tuple(_open_query(part) for part in rows.query.combined_queries)
        return opened
    if rows.query.annotations or rows.query.values_select or rows.query.is_sliced:
        return _with_where(rows, WhereNode())
    fresh = rows.model._base_manager.all()
    for kept in ("select_related", "order_by", "distinct"):
        setattr(fresh.query, kept, getattr(rows.query, kept))
    fresh._prefetch_related_lookups = rows._prefetch_related_lookups
    return fresh


def _open_query(query):
    opened = query.clone()
    opened.where = WhereNode()
    return opened


def _with_where(rows, where):
    opened = rows.all()
    opened.query.where = where
    return opened


def _conditions(node, *, alone=False):
    """Names of the conditions that hold beside others: what is left without one of them is larger."""
    found = set()
    for child in node.children:
        if isinstance(child, WhereNode | Q):
            found |= _conditions(child, alone=alone)
        elif (alone or len(node.children) > 1) and node.connector == "AND" and (label := _label(child)):
            found.add(label)
    return found


def _label(child):
    if isinstance(child, tuple):
        return child[0]
    if isinstance(child, Exists):
        return f"exists {child.query.model.__name__}"
    target = getattr(getattr(child, "lhs", None), "target", None)
    return f"{target.name}__{child.lookup_name}" if target else ""


def _without(node, how):
    kept = []
    for child in node.children:
        if isinstance(child, WhereNode | Q):
            kept.append(_without(child, how))
        elif len(node.children) == 1 or node.connector != "AND" or _label(child) != how:
            kept.append(child)
    return node.create(kept, node.connector, node.negated)
