"""Addresses of pages by their name: Django's table is asked once per process for each name, not at each drawing.

What is kept is a pattern, « /classe/{0}/vie/ », filled in with ids. That is safe: each app is mounted once, and an id
is a UUID, which needs no quoting. Arguments of other types go through `reverse` each time.
"""

from functools import lru_cache
from uuid import UUID

from django.conf import settings
from django.urls import reverse


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
