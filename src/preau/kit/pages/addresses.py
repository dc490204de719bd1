"""Addresses of pages by their name: Django's table is asked once per process for each name, not at each drawing.

What is kept is a pattern, « /classe/{0}/vie/ », filled in with ids. That is safe: each app is mounted once, and an id
is a UUID, which needs no quoting. Arguments of other types go through `reverse` each time.

The other way, a path asked for is looked for in the tables that may hold it, not in those of every room.
"""

import re
from functools import lru_cache
from uuid import UUID

from django.core.signals import setting_changed
from django.urls import Resolver404, include, reverse
from django.urls.converters import UUIDConverter
from django.urls.resolvers import RoutePattern, URLResolver
from django.utils.html import escape
from django.utils.safestring import SafeString


def address(name: str, *args, **kwargs) -> str:
    """As `reverse(name, args=…)` or `reverse(name, kwargs=…)`; raises NoReverseMatch too. Of ids alone it is safe in
    HTML as it is."""
    for one in (*args, *kwargs.values()):
        if type(one) is not UUID:
            return reverse(name, args=args, kwargs=kwargs)
    return SafeString(_pattern(name, len(args), tuple(kwargs)).format(*args, *kwargs.values()))


@lru_cache(maxsize=2048)  # more than there are names: the only keys come from our templates and code
def _pattern(name, args_count, keywords):
    marks = [UUID(int=rank) for rank in range(args_count + len(keywords))]
    named = dict(zip(keywords, marks[args_count:], strict=True))
    found = escape(reverse(name, None, marks[:args_count], named)).replace("{", "{{").replace("}", "}}")
    for rank, mark in enumerate(marks):
        found = found.replace(str(mark), f"{{{rank}}}")
    return found


def _forget(setting, **_):
    if setting == "ROOT_URLCONF":
        _pattern.cache_clear()


setting_changed.connect(_forget)  # sent by tests alone: to ask the setting each time costs as much as the rest


def room_table(given) -> URLResolver:
    """`path("", include(given))`, searched only for a path that one of its routes may match. Django tries every route
    of every room before the right one: 500 regular expressions for the last room."""
    module, app_name, namespace = include(given)
    return _RoomTable(RoutePattern("", is_endpoint=False), module, app_name=app_name, namespace=namespace)


class _RoomTable(URLResolver):
    """A path whose ids are left out is the key of the routes of that form; the others, which hold something else than
    ids or lead to a table of their own, are tried for a path that begins as they do, or for all."""

    def __init__(self, *given, **named):
        super().__init__(*given, **named)
        self._by_form, starts = {}, set()
        for route in self.url_patterns:
            if type(route.pattern) is not RoutePattern:
                starts.add("")
            elif isinstance(route, URLResolver) or _OTHER_PART.search(written := str(route.pattern)):
                starts.add(str(route.pattern).partition("<")[0])
            else:
                self._by_form.setdefault(_ID_PART.sub("*", written), []).append(route)
        self._starts = tuple(starts)
        for form, routes in self._by_form.items():
            self._by_form[form] = URLResolver(self.pattern, routes, app_name=self.app_name, namespace=self.namespace)

    def resolve(self, path):
        if self._starts and path.startswith(self._starts):
            return super().resolve(path)
        table = self._by_form.get(_form_of(path))
        if table is None:
            raise Resolver404({"path": path})
        return table.resolve(path)


_ID_PART, _OTHER_PART = re.compile("<uuid:[^>]+>"), re.compile("<(?!uuid:)")


@lru_cache(maxsize=256)  # the same path is asked of each room's table in turn
def _form_of(path):
    return _ID.sub("*", path)


_ID = re.compile(UUIDConverter.regex)
