"""« Ce qu’on a appris »: the week of a class, told to its families by who teaches there."""

import datetime

from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import localdate, now

from preau.ent.portal import queries
from preau.ent.portal.forms import WeekForm
from preau.ent.posts import actions
from preau.ent.posts.models import Scope
from preau.ent.posts.queries.who import who_would_see
from preau.ent.posts.rules import can_publish_in
from preau.kit.answers import require
from preau.kit.rooms.doors import tabs_of
from preau.kit.views import signed_in, submit
from preau.spaces import audiences
from preau.spaces.naming import life_address
from preau.spaces.queries.links import links_to
from preau.spaces.queries.stops import with_opening
from preau.spaces.rules import classrooms_visible_to


@signed_in("GET", "POST")
def week_told(request, classroom_id):
    """What the class published and was given to learn this week, to tick; two or three sentences; published."""
    person, today = request.person, localdate()
    memberships = audiences.memberships_of(person, today)
    visible = with_opening(classrooms_visible_to(person, today, memberships=memberships))
    classroom = get_object_or_404(queries.with_week(visible, today), pk=classroom_id)
    require(can_publish_in(person, classroom, Scope.CLASS, today))
    week = today - datetime.timedelta(days=today.weekday())
    links = links_to(queries.said_in_week(classroom, week), person, today, memberships=memberships)
    form = WeekForm(request.POST if request.method == "POST" or request.POST else None, links=links)

    def tell(text, once, told=()):
        said = {"text": text, "week": week, "told": told, "once": once, "now": now()}
        return actions.tell_week(person=person, classroom=classroom, **said)

    if post := submit(request, form, tell):
        return redirect(f"{life_address(classroom)}?fait={post.pk}")
    whos = who_would_see([Scope.CLASS], classroom, today)
    context = {"form": form, "place": classroom, "week": week, "whos": whos}
    context |= {"tabs": tabs_of("classroom", classroom, person=person, today=today, path=request.path)}
    return render(request, "portal/week_told.html", context, status=422 if form.errors else 200)
