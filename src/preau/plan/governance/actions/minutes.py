"""What was said and decided: attendance, relevé, its approval by both authorities, its publication."""

from django.db import transaction
from django.utils.timezone import localdate

from preau.kit.answers import Conflict, allow
from preau.kit.contents import digest_now
from preau.kit.money import NBSP, counted
from preau.plan.governance import queries, rules
from preau.plan.governance.actions.effects import apply_effect
from preau.plan.governance.actions.writing import open_session, seal_step
from preau.plan.governance.models import Approval, Attendance, Comment, State
from preau.plan.studies.actions.writing import note, seal


@transaction.atomic
def record_attendance(*, person, session, rows, now, version=None) -> None:
    """`rows`: {id of a seat: (presence, name of who sat)}; a seat left out keeps what was recorded. Raises Conflict
    for a seat that was not the committee's that day."""
    session = open_minutes(person=person, session=session, now=now, version=version)
    seats = set(session.committee.seats.held(session.held_on).values_list("pk", flat=True))
    if set(rows) - seats:
        raise Conflict("Un de ces sièges n’était pas du comité ce jour-là.")
    for seat_id, (presence, attendee) in rows.items():
        Attendance.objects.update_or_create(
            session=session, seat_id=seat_id, defaults={"presence": presence, "attendee": attendee}
        )
    for decision in session.decisions.order_by("sequence"):
        check_votes(session=session, decision=decision)
    note(
        person=person,
        verb="governance.record_attendance",
        subject=session,
        city=session.committee.city,
        now=now,
        fields=["attendances"],
    )


def check_votes(*, session, decision) -> None:
    """Raises Conflict for more voices than seats that could give one."""
    voters = queries.voters_count(session) if decision.votes_count else None
    if voters and decision.votes_count > voters[0]:
        named = f"La décision {decision.number} compte" if decision.sequence else "Ce vote compte"
        raise Conflict(
            f"{named} {counted(decision.votes_count, 'voix', 'voix')}, abstentions comprises, pour "
            f"{counted(voters[0], 'siège', 'sièges')} {voters[1]}{NBSP}: corrigez le vote, ou la feuille de présence."
        )


@transaction.atomic
def draft_minutes(*, person, session, text, now, version=None):
    """Writes the relevé, or writes it anew: what was approved before no longer is."""
    session = open_minutes(person=person, session=session, now=now, version=version)
    session.minutes, session.state = text, State.MINUTES_DRAFT
    session.drafted_at = session.drafted_at or now
    session.save(update_fields=["minutes", "state", "drafted_at"])
    seal(
        person=person,
        verb="governance.draft_minutes",
        subject=session,
        city=session.committee.city,
        now=now,
        under=rules.KEEPS_SECRETARIAT,
        fields=["minutes"],
        bound=digest_now(queries.MINUTES, session.pk),
    )
    return session


@transaction.atomic
def approve_minutes(*, person, session, now, version):
    """One authority agrees with the relevé it read (`version`). With the last one needed the relevé is approved and
    its decisions take effect; Stopped when one of them cannot any more."""
    # The relevé stays as it is: the other authority, which read the same, need not read again.
    session = open_session(
        person=person, session=session, rule=rules.can_approve_minutes, now=now, version=version, changes=False
    )
    today, city = localdate(now), session.committee.city
    authority = rules.voice_of(person, session, today)
    under = rules.SPEAKS_FOR[authority]
    _approve(session, authority, person, under.mandate(person, city, today), now)
    given = set(session.approvals.values_list("authority", flat=True))
    is_last = given >= set(session.must_agree)
    if is_last:
        session.state, session.approved_at = State.MINUTES_APPROVED, now
        session.save(update_fields=["state", "approved_at"])
    # Until the last one, an approval falls with the first word changed: it locks nothing yet.
    seal(
        person=person,
        verb="governance.approve_minutes",
        subject=session,
        city=city,
        now=now,
        under=under,
        fields=["approvals", *(["approved_at"] if is_last else ())],
        bound=digest_now(queries.MINUTES, session.pk) if is_last else "",
    )
    if is_last:
        for decision in session.decisions.order_by("sequence"):
            apply_effect(person=person, decision=decision, session=session, now=now)
    return session


def _approve(session, authority, person, mandate, now):
    title = mandate.title or mandate.get_role_display()
    approval, is_new = Approval.objects.get_or_create(
        session=session,
        authority=authority,
        defaults={"person": person, "approved_as": title, "approved_at": now},
    )
    if not is_new:
        raise Conflict(f"Ce relevé est déjà approuvé pour votre autorité, par{NBSP}: {approval.approved_as}.")


@transaction.atomic
def publish_minutes(*, person, session, now, version=None):
    """Decisions become readable by federations; nothing of the session changes after."""
    session = open_session(person=person, session=session, rule=rules.can_publish_minutes, now=now, version=version)
    session.state, session.published_at = State.PUBLISHED, now
    return seal_step(person=person, verb="governance.publish_minutes", session=session, now=now, stamp="published_at")


@transaction.atomic
def comment_session(*, person, session, text, now) -> Comment:
    """A remark of the State, under the title it is made."""
    city = session.committee.city
    session.refresh_from_db(fields=["state"])
    allow(rules.can_comment_session, person, session, now=now)
    mandate = rules.REMARKS.mandate(person, city, localdate(now))
    comment = Comment.objects.create(
        session=session,
        person=person,
        written_as=mandate.title or mandate.get_role_display(),
        text=text,
        written_at=now,
    )
    note(person=person, verb="governance.comment_session", subject=comment, city=city, now=now)
    return comment


def open_minutes(*, person, session, now, version=None):
    """The session locked for its secretary between its day and its approval; approvals given so far fall."""
    session = open_session(person=person, session=session, rule=rules.can_write_minutes, now=now, version=version)
    Approval.objects.filter(session=session).delete()
    return session
