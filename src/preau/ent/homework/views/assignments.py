"""One thing to do: read alone, changed by who writes there."""

from functools import partial

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate, now

from preau.ent.homework import actions, queries, rules
from preau.ent.homework.forms import EditForm
from preau.ent.homework.models import Assignment
from preau.kit.answers import require
from preau.kit.rows import one_or_none
from preau.kit.views import form_page, signed_in, submit
from preau.spaces import audiences
from preau.spaces.rules import tell_why


@signed_in(is_family=True)
def assignment_detail(request, assignment_id):
    """What, for which days, for whom; each day of a weekly one may be cancelled alone."""
    person, today = request.person, localdate()
    memberships = audiences.memberships_of(person, today)
    assignment = visible_assignment(request, assignment_id, memberships)
    may_write = rules.can_write_in(person, assignment.publication.place, today)
    context = {
        "assignment": assignment, "place": assignment.publication.place, "today": today, "may_write": may_write,
        "files": queries.files_of(assignment),
        "days": list(assignment.due_days.order_by("day")),
        "pupils": queries.pupils_named(assignment) if may_write else (),
        "can_change": rules.can_change_assignment(person, assignment, today),
        "can_restore": rules.can_restore_assignment(person, assignment, today),
        "week_url": week_url(assignment) if may_write else reverse("homework:mine"),
    }  # fmt: skip
    return render(request, "homework/assignment_detail.html", context)


@signed_in("GET", "POST")
def assignment_edit(request, assignment_id, has_wednesday):
    """Whoever reads it next reads the new words."""
    person, today = request.person, localdate()
    assignment = visible_assignment(request, assignment_id)
    require(rules.can_change_assignment(person, assignment, today))
    words = {name: getattr(assignment, name) for name in ("kind", "text", "first_on", "version")}
    words["until_on"] = assignment.last_on if assignment.is_weekly else None
    form = EditForm(request.POST or None, initial=words)
    wednesday = has_wednesday(assignment.publication.place.school)
    edit = partial(actions.edit_assignment, person=person, assignment=assignment, has_wednesday=wednesday, now=now())
    if submit(request, form, edit, assignment):
        messages.success(request, "C’est changé. Les familles et les élèves le lisent ainsi dès maintenant.")
        return redirect("homework:assignment_detail", assignment_id=assignment.pk)
    back = reverse("homework:assignment_detail", args=[assignment.pk])
    return form_page(request, form, title="Changer cette leçon", eyebrow=assignment.text, button="Garder", back=back)


def visible_assignment(request, assignment_id, memberships=None) -> Assignment:
    """404 for who may not read it; who read it before it was recalled is told so."""
    today = localdate()
    visible = rules.assignments_visible_to(request.person, today, memberships=memberships)
    found = one_or_none(queries.with_place(visible).filter(pk=assignment_id))
    if found is None:
        tell_why(request.person, today, assignment=assignment_id)
        raise Http404
    return found


def week_url(assignment) -> str:
    """The week of its place, at its first day."""
    publication = assignment.publication
    kind = "classroom" if publication.classroom_id else "group"
    address = reverse(f"homework:{kind}_week", args=[publication.place_id])
    return f"{address}?semaine={queries.week_of(assignment.first_on).first}"
