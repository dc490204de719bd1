"""The agenda on a telephone: a secret address, made and taken back in one press, and the calendar it gives."""

import hashlib
import time
from collections import OrderedDict

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseNotModified
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate, now
from django.utils.translation import gettext

from preau.ent.agenda import actions, queries, rules
from preau.ent.agenda.models import CalendarFeed
from preau.kit.answers import require
from preau.kit.files import has_already
from preau.kit.rooms import calendars
from preau.kit.seals import key_digest
from preau.kit.views import public, signed_in
from preau.people import languages
from preau.spaces import audiences

MOST_AN_HOUR, HOUR, REMEMBERED = 60, 3600, 20_000
READ = OrderedDict()  # {digest of a token: (when the hour began, how often)}, of this process


@signed_in("GET", "POST", is_family=True)
def feed(request):
    """Says what the address gives; a press makes one, shown this once."""
    person = request.person
    require(rules.can_have_feed(person, localdate()))
    address = ""
    if request.method == "POST":
        token = actions.make_feed(person=person, now=now())
        address = request.build_absolute_uri(reverse("agenda:calendar", args=[token]))
    known = CalendarFeed.objects.filter(person=person).select_related("person__account").first()
    return render(request, "agenda/feed.html", {"address": address, "known": known})


@signed_in("POST", is_family=True)
def feed_revoke(request):
    """Whoever holds the address reads nothing any more."""
    require(rules.can_have_feed(request.person, localdate()))
    actions.revoke_feed(person=request.person, now=now())
    messages.success(request, gettext("L’adresse est supprimée\u00a0: elle n’ouvre plus rien."))
    return redirect("agenda:feed")


@public()
def calendar(request, feed_token, also):
    """No sign-in, no cookie: who holds the address reads it. Kept by nobody on the way. `also`: what other rooms put
    there, each of the person, their memberships and the day."""
    if _reads_too_often(key_digest(feed_token)):
        return HttpResponse(status=429, headers={"Retry-After": str(HOUR), "Cache-Control": "no-store"})
    reader = queries.reader_of(feed_token)
    if reader is None:
        raise Http404
    today = localdate()
    memberships = audiences.memberships_of(reader, today)
    with languages.spoken_to(reader):  # nobody is signed in: the page has no language of its own
        entries = queries.entries_for(reader, memberships, today)
        entries += [entry for of_room in also for entry in of_room(reader, memberships, today)]
    body = calendars.written(entries, request.build_absolute_uri("/").rstrip("/"))
    tag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    headers = {"ETag": tag, "Cache-Control": "private, no-cache", "X-Robots-Tag": "noindex"}
    if has_already(request, tag):
        return HttpResponseNotModified(headers=headers)
    headers["Content-Disposition"] = 'inline; filename="preau.ics"'
    return HttpResponse(body, content_type="text/calendar; charset=utf-8", headers=headers)


def _reads_too_often(digest):
    """Programs ask a few times a day: beyond 60 an hour for one address, something is wrong."""
    moment = time.monotonic()
    began, count = READ.pop(digest, (moment, 0))
    if moment - began > HOUR:
        began, count = moment, 0
    READ[digest] = began, count + 1
    while len(READ) > REMEMBERED:
        READ.popitem(last=False)
    return count >= MOST_AN_HOUR
