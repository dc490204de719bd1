"""Addresses of pages by their name: Django's table is asked once per process for each name, not at each drawing.

What is kept is a pattern, « /classe/{0}/vie/ », filled in with ids. That is safe: each app is mounted once, and an id
is a UUID, which needs no quoting. Arguments of other types go through `reverse` each time.

The other way, a path asked for is looked for in the tables that may hold it, not in those of every room.
"""

from functools import lru_cache
from uuid import UUID

from django.conf import settings
from django.urls import include, reverse
from django.urls.resolvers import RoutePattern, URLResolver


def address(name: str, *args, **kwargs) -> str:
    """As `reverse(name, args=…)` or `reverse(name, kwargs=…)`; raises NoReverseMatch too."""
    for one in (*args, *kwargs.values()):
        if type(one) is not UUID:
            return reverse(name, args=args, kwargs=kwargs)
    return _pattern(settings.ROOT_URLCONF, name, len(args), tuple(kwargs)).format(*args, *kwargs.values())


@lru_cache(maxsize=2048)  # more than there are names: the only keys come from our templates and code
def _pattern(urlconf, name, args_count, keywords):
    marks = [UUID(int=rank) for rank in range(args_count + len(keywords))]
    named = dict(zip(keywords, marks[args_count:], strict=True))
    found = reverse(name, urlconf, marks[:args_count], named).replace("{", "{{").replace("}", "}}")
    for rank, mark in enumerate(marks):
        found = found.replace(str(mark), f"{{{rank}}}")
    return found


def room_table(given) -> URLResolver:
    """`path("", include(given))`, which is searched only for a path that begins as one of its routes does. Django tries
    every route of every room before the right one: 500 regular expressions for the last room."""
    module, app_name, namespace = include(given)
    routes = getattr(module, "urlpatterns", module)
    return URLResolver(_Beginnings(routes), module, app_name=app_name, namespace=namespace)


class _Beginnings(RoutePattern):
    """The empty prefix of these routes. A route that is not written as a `path` may begin by anything."""

    def __init__(self, routes):
        super().__init__("", is_endpoint=False)
        patterns = [route.pattern for route in routes]
        self._starts = tuple({str(p).partition("<")[0] if type(p) is RoutePattern else "" for p in patterns})

    def match(self, path):
        return super().match(path) if path.startswith(self._starts) else None
