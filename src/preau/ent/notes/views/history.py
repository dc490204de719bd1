"""« Mes mots » of a family, and all the mots of a child, to print."""

from django.core.paginator import Paginator
from django.db.models import UUIDField
from django.shortcuts import render
from django.utils.timezone import localdate, now

from preau.ent.notes import queries, rules
from preau.kit.answers import require
from preau.kit.views import first_or_404, signed_in
from preau.notify.rules import is_offered_push
from preau.people.prepared import PreparedFor, one_in
from preau.schools.queries import children_of_guardian
from preau.schools.rules import pupils_visible_to
from preau.spaces import audiences
from preau.spaces.naming import child_tags

PAGE, MOST = 20, 200
SEEN = one_in(pupils_visible_to)


def _about(person, today, child):
    return queries.sent_about(rules.notes_followed_by(person, today), child)[:MOST]


FOLLOWED = PreparedFor(_about, UUIDField)


@signed_in(is_family=True)
def mine(request):
    """Every mot that reached a guardian, with what they answered."""
    person, today = request.person, localdate()
    children = children_of_guardian(person, today)
    require(rules.can_receive(children))
    memberships = audiences.memberships_of(person, today)
    page = Paginator(queries.received(memberships, today), PAGE).get_page(request.GET.get("page"))
    tags = child_tags(children, [child.pk for child in children])
    lines = [
        (note, [(tags[each.child_id], each) for each in about if each.child_id in tags], queries.is_over(note, today))
        for note, about in queries.for_each_child(person, page, memberships)
    ]
    offers_push = is_offered_push(person, today)
    context = {"page": page, "lines": lines, "tags": tags.values(), "now": now(), "offers_push": offers_push}
    return render(request, "notes/mine.html", context)


@signed_in(is_family=True)
def child_history(request, child_id):
    """To print: for a guardian, with their own answers; for the school, with everybody's."""
    person, today = request.person, localdate()
    child = first_or_404(SEEN.rows(person, today, child_id))
    if child in children_of_guardian(person, today):
        memberships = audiences.memberships_of(person, today)
        notes, is_own = queries.received_about(person, memberships, today, child, MOST), True
    else:
        require(rules.can_read_history(person, child, today))
        notes, is_own = queries.with_answers(FOLLOWED.rows(person, today, child.pk), child), False
    context = {"child": child, "notes": notes, "is_own": is_own, "today": today}
    return render(request, "notes/child_history.html", context)
