"""What the views of this room share: finding what is visible, pressing one button."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.timezone import localdate, now

from preau.kit.answers import Conflict, require
from preau.kit.views import about
from preau.plan.governance import actions, rules


def visible_session(request, session_id):
    """404 out of sight."""
    visible = rules.sessions_visible_to(request.person, localdate())
    return get_object_or_404(visible.select_related("committee__city"), id=session_id)


def session_name(session) -> str:
    """« Comité de pilotage, séance 2026-2 »"""
    return f"{session.committee.long_name}, séance {session.number}"


def posted_version(request) -> int | None:
    """The version of the session the page showed."""
    shown = request.POST.get("version", "")
    return int(shown) if shown.isdecimal() else None


def press_step(request, session_id, *, rule, action, said, to="governance:session_detail"):
    """A button of a session: rule, action, a word, and back."""
    session = visible_session(request, session_id)
    require(rule(request.person, session, localdate()))
    try:
        written = action(person=request.person, session=session, now=now(), version=posted_version(request))
        messages.success(request, about(session_name(session), said(written) if callable(said) else said))
    except actions.Stopped as stopped:
        messages.error(request, _with_decision(stopped))
    except Conflict as conflict:
        messages.error(request, conflict.reason)
    return redirect(to, session.id)


def _with_decision(stopped):
    """Its sentence, and the way to the decision that is to be corrected."""
    page = reverse("governance:decision_detail", args=[stopped.decision.pk])
    return format_html('{} <a href="{}">Ouvrir la décision {}</a>', stopped.reason, page, stopped.decision.number)
