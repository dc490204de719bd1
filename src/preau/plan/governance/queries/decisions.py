"""Decisions and their follow-up."""

from django.db.models import Q

from preau.kit.names import name_key
from preau.plan.governance.models import Committee, Decision, FollowUp, State


def decision_lines(decisions):
    """Decisions to list, the last ones first, with what the lines show."""
    return decisions.select_related("session__committee", "city").order_by("-year", "-sequence", "-id")


def decisions_saying(decisions, words):
    """Decisions whose number or text holds each of these words, whatever their accents and capitals. Read in Python:
    both databases then fold alike, and a city takes a few dozen decisions a year."""
    sought = name_key(words).split()
    kept = [
        pk
        for pk, year, sequence, text in decisions.values_list("pk", "year", "sequence", "text")
        if all(word in name_key(f"{year}-{sequence:02d} {text}") for word in sought)
    ]
    return decisions.filter(pk__in=kept)


def decisions_of(session):
    """The decisions of a session, with what follows from each."""
    return session.decisions.order_by("sequence").prefetch_related("follow_ups")


def replacements_of(decision, visible) -> tuple:
    """(the decision it replaces, one that replaces it), among those in sight, or None; one read."""
    around = list(visible.filter(Q(pk=decision.replaces_id) | Q(replaces=decision)).order_by("year", "sequence", "id"))
    before = next((each for each in around if each.pk == decision.replaces_id), None)
    return before, next((each for each in around if each.replaces_id == decision.pk), None)


def replaceable_in(session):
    """Published decisions that one of this session may replace, the last ones first: a COTECH gives opinions, and
    replaces its own only."""
    found = Decision.objects.filter(city=session.committee.city_id, session__state=State.PUBLISHED)
    if session.committee.kind != Committee.Kind.COPIL:
        found = found.filter(session__committee=session.committee_id)
    return found.order_by("-year", "-sequence")


def open_follow_ups(decisions):
    """What is still to be done among these decisions, the most urgent first."""
    found = FollowUp.objects.filter(decision__in=decisions, done_on=None)
    return found.select_related("decision__session").order_by("due_on", "id")


def late_follow_ups(decisions, today) -> int:
    """How many days have passed without being done."""
    return FollowUp.objects.filter(decision__in=decisions, done_on=None, due_on__lt=today).count()


def published_before(session):
    """(the committee's last session with an approved relevé, its decisions), or (None, [])."""
    last = (
        session.committee.sessions.filter(state__in=(State.MINUTES_APPROVED, State.PUBLISHED))
        .exclude(pk=session.pk)
        .order_by("-held_on", "-id")
        .first()
    )
    return last, list(last.decisions.select_related("item").order_by("sequence")) if last else []
