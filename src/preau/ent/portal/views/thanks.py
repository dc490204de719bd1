"""« Mercis »: who thanked the author, and of what; nobody else reads it, and nothing is counted."""

from django.core.paginator import Paginator
from django.shortcuts import render
from django.utils.timezone import localdate, now

from preau.ent.thanks import queries, rules
from preau.kit.answers import require
from preau.kit.views import signed_in

PAGE = 30


@signed_in()
def thanks_received(request):
    """The newest first, each with what it is about."""
    require(rules.can_read_thanks(request.person, localdate()))
    paths = ("post", "note", "classroom", "group", "afterschool", "school")
    received = queries.received_by(request.person).select_related(*(f"publication__{path}" for path in paths))
    page = Paginator(received, PAGE).get_page(request.GET.get("page"))
    return render(request, "portal/thanks.html", {"page": page, "now": now()})
