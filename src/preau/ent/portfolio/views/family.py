"""A notebook as its family and the child read it, and what is taken away."""

from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.timezone import localdate, now
from django.utils.translation import deactivate, gettext
from django.utils.translation import gettext_noop as _

from preau.ent.portfolio import actions, queries, rules
from preau.ent.portfolio.actions import SAME_FOR
from preau.ent.portfolio.models import name_of
from preau.ent.portfolio.views.teaching import allowed, read_year
from preau.kit.answers import require
from preau.kit.views import press, signed_in
from preau.people.queries import is_child
from preau.spaces.naming import child_tags
from preau.spaces.queries import stops

ASKED = _("C’est demandé\u00a0: le cahier se prépare, revenez dans une minute.")


@signed_in(is_family=True)
def mine(request):
    """One's own notebook, or those of one's children; of one alone, at once."""
    person, today = request.person, localdate()
    if is_child(person, today):
        return child_notebook(request, person.pk)
    children = rules.children_answered_for(person, today)
    if len(children) == 1:
        return redirect("portfolio:child_notebook", own_notebook_id=children[0].pk)
    tags = child_tags(children, [child.pk for child in children])
    read = [child.pk for child in rules.children_read_by_family(person, today)]
    told, _ = queries.read_lines(queries.home_lines(person, read, today), tags)
    new = {tag.child_id: count for tag, count, _ in told}
    lines = [(tags[child.pk], name_of(queries.level_of(child.enrolled)), new.get(child.pk)) for child in children]
    return render(request, "portfolio/mine.html", {"lines": lines})


@signed_in(is_family=True)
def child_notebook(request, own_notebook_id):
    """What was shown, a school year at a time; the child also finds what they are writing."""
    person, today = request.person, localdate()
    own, child = _own(request, own_notebook_id)
    if own:
        child.enrolled = queries.enrolment_of(child, today)
    pages = rules.pages_visible_to(person, today).filter(child=child)
    pages = pages if own else pages.filter(rules.pages_of_family(person, today))
    years, year = read_year(request, pages)
    found = queries.shown(queries.thanked(pages, person).filter(school_year=year))
    for one in found:
        one.page.child = child
        one.allowed = allowed(person, one.page, today) if own else {}
    left = None if own else queries.left_on(child, today)
    context = {
        "child": child, "own": own, "name": name_of(queries.level_of(child.enrolled)), "pages": found, "years": years,
        "year": year, "can_write": own and rules.can_write_about(person, child, today), "left_on": left,
        "erased_on": left and queries.erased_on(left), "links": not own,
        "stopped": stops.notices(
            [m for m in rules.memberships_of_child(person, today) if m.child_id in (None, child.pk)], today
        ),
    }  # fmt: skip
    if own:
        deactivate()  # a pupil's pages are French
    return render(request, "portfolio/own_notebook.html" if own else "portfolio/child_notebook.html", context)


@signed_in("GET", "POST", is_family=True)
def takeaway(request, own_notebook_id):
    """Asks the whole notebook, then gives it."""
    person, today = request.person, localdate()
    own, child = _own(request, own_notebook_id)
    require(rules.can_take_away(person, child, today))
    if request.method == "POST":
        press(request, lambda: actions.ask_takeaway(person=person, child=child, now=now()), gettext(ASKED))
        return redirect("portfolio:takeaway", own_notebook_id=child.pk)
    left, made = queries.left_on(child, today), queries.last_takeaway(rules.takeaways_visible_to(person, today), child)
    context = {
        "child": child, "left_on": left, "erased_on": left and queries.erased_on(left), "made": made,
        "may_ask": not made or made.ready_at or made.asked_at <= now() - SAME_FOR,
    }  # fmt: skip
    return render(request, "portfolio/takeaway.html", context)


def _own(request, own_notebook_id):
    """(whether it is the reader's own, the child); 404 for whose notebook is not theirs to read."""
    person, today = request.person, localdate()
    if person.pk == own_notebook_id and is_child(person, today):
        return True, person
    children = rules.children_answered_for(person, today)
    child = next((one for one in children if one.pk == own_notebook_id), None)
    if child is None:
        raise Http404
    return False, child
