"""« Chercher »: what one may read, found by its words."""

from functools import cache

from django.shortcuts import render
from django.utils.timezone import localdate, now

from preau.kit.rooms import given_by_rooms
from preau.kit.views import signed_in
from preau.spaces import audiences
from preau.spaces.queries.search import answers, asked

PAGE = 10  # results (users.md P4)
LAST_PAGE = 50
LENGTH = 80  # signs of a question


@cache
def searched():
    """Every kind of publication that a room lets find, and of things that hang on none, in the rooms' `stream.py`."""
    kinds = {"searched": "SEARCHED", "alone": "SEARCHED_ALONE"}
    return {key: tuple(given_by_rooms("stream", name)) for key, name in kinds.items()}


@signed_in(is_family=True)
def search_page(request):
    """The question, ten answers; nothing of what is typed is kept."""
    typed = request.GET.get("q", "").replace("\x00", "")[:LENGTH].strip()
    words, page = asked(typed), _page(request)
    lines, is_last = [], True
    if words:
        person, today = request.person, localdate()
        given = {"memberships": audiences.memberships_of(person, today), "start": (page - 1) * PAGE, "count": PAGE}
        lines, is_last = answers(words, person, today, **given, **searched())
        is_last = is_last or page == LAST_PAGE
    context = {"typed": typed, "words": words, "lines": lines, "page": page, "now": now()}
    context |= {"before": page - 1, "after": None if is_last else page + 1, "length": LENGTH}
    return render(request, "portal/search.html", context)


def _page(request):
    text = request.GET.get("page", "")
    return min(max(int(text), 1), LAST_PAGE) if text.isdecimal() and len(text) < 4 else 1
