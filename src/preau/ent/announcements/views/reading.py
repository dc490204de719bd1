"""Announcements as their readers find them: a list, one of them, « J’ai lu »."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localdate, now
from django.utils.translation import gettext

from preau.ent.announcements import actions, queries, rules
from preau.ent.announcements.rules import parents
from preau.ent.announcements.rules.single import announcement_read
from preau.kit.views import signed_in
from preau.notify.models import Level
from preau.spaces import audiences
from preau.spaces.models import Publication
from preau.spaces.rules import tell_why

PAGE = 20
WITHDRAWN = Publication.State.WITHDRAWN


@signed_in(is_family=True)
def mine(request, write_page):
    """All that one received; for a teacher and a head, what the families of their school were told too."""
    person, today = request.person, localdate()
    memberships = audiences.memberships_of(person, today)
    page = Paginator(queries.received(memberships, today), PAGE).get_page(request.GET.get("page"))
    lately = dict(rules.TOLD_LATELY.rows(person, today))
    found, told = queries.with_receipts(person, page.object_list, lately)
    page.object_list = queries.read_together(found)
    context = {
        "page": page,
        "now": now(),
        "write_page": write_page,
        "written_from": rules.places_written_from(person, today),
    }
    context["to_families"] = [(each, lately[each.pk]) for each in told if each.is_followed_in_schools]
    if headed := rules.headed_by(person, today):
        context["joint"] = queries.halves_asked([each for each in told if each.asks_schools], headed)
        context |= {"headed": headed, "to_decide": [each for each in told if each.waits_for_head]}
    answers_for_a_child = any(m.profile == audiences.Profile.FAMILY for m in memberships)
    if answers_for_a_child and (elected_in := parents.ELECTED_IN.rows(person, today)):
        proposed = queries.latest_proposals(parents.proposals_visible_to(person, today))
        context |= {"elected_in": elected_in, "proposed": proposed}
    return render(request, "announcements/mine.html", context)


@signed_in(is_family=True)
def announcement_detail(request, announcement_id):
    """What is said, by whom; the other half of a joint one; « J’ai lu »."""
    person, today = request.person, localdate()
    announcement, others = _read(request, announcement_id)
    waits, is_own = queries.is_awaited(announcement, person), announcement.proposed_by_id == person.pk
    of_school = rules.follows_from_school(person, announcement, today)
    follows = rules.can_follow_families(person, announcement, today, of_school=of_school)
    asked = queries.halves_asked([announcement] if announcement.asks_schools else [], rules.headed_by(person, today))
    context = {
        "announcement": announcement, "now": now(),
        "is_own": is_own, "is_sent": not (waits or is_own),
        "halves": [announcement, *others],
        "waits": waits, "is_seen_at_sight": waits and announcement.level == Level.INFO,
        "can_stop": rules.can_stop_sending(person, announcement, today),
        "can_change": rules.can_change(person, announcement, today),
        "can_discard": rules.can_discard(person, announcement, today),
        "can_refuse": announcement.proposed_at and parents.can_refuse(person, announcement, today),
        "can_propose_again": announcement.refused_at and parents.can_propose_again(person, announcement, today),
        "can_send": rules.can_send(person, announcement, today),
        "can_take_up": rules.can_take_up(person, announcement, today),
        "can_withdraw": rules.can_withdraw(person, announcement, today),
        "counts": rules.can_read_counts(person, announcement, today),
        "follows": follows, "is_of_site": follows and not of_school,
        "halves_asked": [school for _, school, half in asked if half is None or half.publication.state == WITHDRAWN],
        "can_write_again": announcement.joined_to_id and announcement.publication.state == WITHDRAWN
        and rules.can_write_half(person, announcement.joined_to, announcement.publication.place, today),
    }  # fmt: skip
    return render(request, "announcements/announcement_detail.html", context)


@signed_in("POST", is_family=True)
def seen_create(request, announcement_id):
    """« J’ai lu », one press; or the script of a page that is only to read."""
    announcement, _ = _read(request, announcement_id)
    actions.acknowledge(person=request.person, announcement=announcement, now=now())
    if request.headers.get("Sec-Fetch-Dest") == "empty":  # asked by the page, not by a press
        return HttpResponse(status=204)
    messages.success(request, gettext("C’est noté\u00a0: vous avez lu cette annonce."))
    return redirect("announcements:announcement_detail", announcement_id=announcement.pk)


def _read(request, announcement_id):
    """The announcement, and the other halves of a joint one; one query of what the person sees."""
    person, today = request.person, localdate()
    memberships = audiences.memberships_of(person, today)
    rows = {each.pk: each for each in announcement_read(person, announcement_id, today, memberships)}
    if found := rows.get(announcement_id):
        return found, queries.halves_beside(found, rows.values())
    tell_why(person, today, announcement=announcement_id)
    raise Http404
