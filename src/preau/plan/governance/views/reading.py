"""Committees, sessions, decisions and their follow-up, read."""

from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, render
from django.utils.timezone import localdate

from preau.kit.views import chosen_by_slug, signed_in, table_file
from preau.plan.governance import queries, rules
from preau.plan.governance.views.steps import visible_session

BY_PAGE = 30
HEADER = (
    "Numéro", "Comité", "Séance", "Prise le", "Décision", "Résultat", "Motif", "Pour", "Contre", "Abstentions",
)  # fmt: skip

SESSIONS = (
    "Séance", "Jour", "Lieu", "État", "Convoquée le", "Dossier figé le", "Tenue le", "Relevé approuvé le",
    "Relevé publié le", "Motif de l’annulation",
)  # fmt: skip
FOLLOW_UPS = ("Action", "Décision", "Qui s’en charge", "Pour le", "État")


def decisions_in_sight(request, today):
    """(city, all cities, the decisions of that city the person may read)"""
    city, cities = chosen_by_slug(request, rules.cities_open_to(request.person, today))
    return city, cities, rules.decisions_visible_to(request.person, today).filter(city=city)


@signed_in()
def committee_home(request):
    """Rhythm, next sessions, last decisions, what is late; a federation's part for a federation."""
    today = localdate()
    city, cities, decisions = decisions_in_sight(request, today)
    member = city.is_followed
    dossiers = rules.dossiers_visible_to(request.person, today).filter(session__committee__city=city)
    context = {
        "city": city,
        "cities": cities,
        "member": member,
        "states": queries.committee_states(city, today) if member else (),
        "decisions": queries.decision_lines(decisions)[:5],
        "late_count": queries.late_follow_ups(decisions, today),
        "dossiers": () if member else queries.dossier_lines(dossiers)[:4],
        "may_write": rules.can_keep_secretariat(request.person, city, today),
    }
    return render(request, "governance/committee_home.html", context)


def _sessions_of(request, committee_id, today):
    """(a committee in sight, its sessions, the last first)"""
    visible = rules.committees_visible_to(request.person, today).select_related("city")
    committee = get_object_or_404(visible, id=committee_id)
    return committee, committee.sessions.order_by("-planned_on", "-id")


@signed_in()
def session_list(request, committee_id):
    """Every session of a committee, the last first."""
    today = localdate()
    committee, sessions = _sessions_of(request, committee_id, today)
    page = Paginator(sessions, BY_PAGE).get_page(request.GET.get("page"))
    context = {
        "committee": committee,
        "page": page,
        "may_write": rules.can_keep_secretariat(request.person, committee.city, today),
    }
    return render(request, "governance/session_list.html", context)


@signed_in()
def session_export(request, committee_id, extension):
    """The same sessions, with the day of each step."""
    today = localdate()
    committee, sessions = _sessions_of(request, committee_id, today)
    rows = [
        (
            s.number,
            s.day,
            s.place,
            s.get_state_display(),
            _day(s.convened_at),
            _day(s.frozen_at),
            s.held_on,
            _day(s.approved_at),
            _day(s.published_at),
            s.cancel_reason,
        )
        for s in sessions
    ]
    return table_file(f"seances-{committee.kind}-{committee.city.slug}-{today}", extension, SESSIONS, rows)


def _day(instant):
    return localdate(instant) if instant else None


@signed_in()
def session_detail(request, session_id):
    """What is prepared, what was frozen, what was decided."""
    today = localdate()
    session = visible_session(request, session_id)
    person = request.person
    dossiers, seen = rules.dossiers_visible_to(person, today), rules.objects_visible_to(person, today)
    context = {
        "page": queries.session_page(session, dossiers, seen),
        "session": session,
        "city": session.committee.city,
        "may_prepare": rules.can_prepare_session(person, session, today),
        "may_move": rules.can_move_session(person, session, today),
        "may_tell": session.is_agenda_untold and rules.can_invite_seats(person, session, today),
        "may_freeze": rules.can_freeze_dossier(person, session, today),
        "may_hold": rules.can_hold_session(person, session, today),
        "may_cancel": rules.can_cancel_session(person, session, today),
        "may_minute": rules.can_write_minutes(person, session, today),
        "may_publish": rules.can_publish_minutes(person, session, today),
    }
    return render(request, "governance/session_detail.html", context)


@signed_in()
def decision_list(request):
    """« Retrouver une décision »"""
    today = localdate()
    city, cities, decisions = decisions_in_sight(request, today)
    sought = request.GET.get("mot", "").strip()[:80]
    if sought:
        decisions = queries.decisions_saying(decisions, sought)
    page = Paginator(queries.decision_lines(decisions), BY_PAGE).get_page(request.GET.get("page"))
    context = {"city": city, "cities": cities, "page": page, "sought": sought}
    return render(request, "governance/decision_list.html", context)


@signed_in()
def decision_export(request, extension):
    """The same decisions, as a table."""
    today = localdate()
    city, _, decisions = decisions_in_sight(request, today)
    rows = [
        (
            d.number,
            str(d.session.committee),
            d.session.number,
            d.decided_on,
            d.text,
            d.get_result_display(),
            d.reason,
            d.votes_for,
            d.votes_against,
            d.abstentions,
        )
        for d in queries.decision_lines(decisions)
    ]
    return table_file(f"decisions-{city.slug}-{today}", extension, HEADER, rows)


@signed_in()
def decision_detail(request, committee_decision_id):
    """One decision: its vote, its reason, its follow-up, what it replaces."""
    today = localdate()
    person = request.person
    visible = rules.decisions_visible_to(person, today)
    whole = rules.marked_followed(visible, person, today).select_related("session__committee__city", "city", "item")
    decision = get_object_or_404(whole, id=committee_decision_id)
    about, seen = [(decision.object_kind, decision.object_id)], rules.objects_visible_to(person, today)
    linked = next(iter(queries.objects_of(decision.city, about, seen=seen)), None) if decision.is_followed else None
    replaces, replaced_by = queries.replacements_of(decision, visible)
    follow_ups = decision.follow_ups.order_by("due_on", "id")
    context = {
        "decision": decision,
        "session": decision.session,
        "member": decision.is_followed,
        "linked": linked,
        "order": queries.order_lines(decision) if linked and linked.is_open else (),
        "chosen": dict(linked.choices).get(decision.choice, "") if linked else "",
        "ambitions": decision.ambitions.order_by("kind", "position", "id"),
        "follow_ups": rules.marked_closable(follow_ups, person, decision.city, today),
        "replaces": replaces,
        "replaced_by": replaced_by,
        "today": today,
        "may_follow": rules.can_follow_up(person, decision, today),
        "may_amend": rules.can_write_minutes(person, decision.session, today),
    }
    return render(request, "governance/decision_detail.html", context)


@signed_in()
def follow_up_list(request):
    """What decisions asked and is not done yet, the most urgent first."""
    today = localdate()
    city, cities, decisions = decisions_in_sight(request, today)
    asked = rules.marked_closable(queries.open_follow_ups(decisions), request.person, city, today)
    page = Paginator(asked, BY_PAGE).get_page(request.GET.get("page"))
    context = {"city": city, "cities": cities, "page": page, "today": today}
    return render(request, "governance/follow_up_list.html", context)


@signed_in()
def follow_up_export(request, extension):
    """The same actions to take away."""
    today = localdate()
    city, _, decisions = decisions_in_sight(request, today)
    rows = [
        (each.text, each.decision.number, each.owner, each.due_on, "en retard" if each.due_on < today else "à faire")
        for each in queries.open_follow_ups(decisions)
    ]
    return table_file(f"suites-{city.slug}-{today}", extension, FOLLOW_UPS, rows)
