"""« Mercis »: who thanked the author, and of what; nobody else reads it, and nothing is counted."""

from django.core.paginator import Paginator
from django.shortcuts import render
from django.utils.timezone import localdate, now

from preau.ent.portfolio.queries import thanks_received_by
from preau.ent.thanks import queries, rules
from preau.kit.answers import require
from preau.kit.views import signed_in

PAGE = 30
ABOUT = ("post", "note", "classroom", "group", "afterschool", "school")


@signed_in()
def thanks_received(request):
    """The newest first, each with what it is about."""
    require(rules.can_read_thanks(request.person, localdate()))
    kinds = (
        queries.received_by(request.person).select_related("person", *(f"publication__{path}" for path in ABOUT)),
        thanks_received_by(request.person).select_related("person", "page__child", "page__classroom"),
    )
    first, second = (rows.order_by().values_list("at", "pk") for rows in kinds)
    page = Paginator(first.union(second, all=True).order_by("-at", "-pk"), PAGE).get_page(request.GET.get("page"))
    ids = [pk for _, pk in page]
    found = {thanks.pk: thanks for rows in kinds for thanks in rows.filter(pk__in=ids)}
    lines = [
        (one, getattr(one, "publication", None), getattr(one, "page", None)) for pk in ids if (one := found.get(pk))
    ]
    context = {"page": page, "lines": lines, "now": now()}
    return render(request, "portal/thanks.html", context)
