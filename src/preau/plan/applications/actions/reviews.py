"""Opinions: asked with a day, given once by their own authority, released, their reservations lifted (W1)."""

from datetime import timedelta

from django.db import transaction
from django.utils.timezone import localdate

from preau.kit.answers import Conflict, require
from preau.kit.contents import digest_now
from preau.kit.dates import PAST_DAY
from preau.kit.money import NBSP
from preau.people.models import Role
from preau.plan.applications import queries, rules
from preau.plan.applications.actions.writing import journal, locked, locked_opinion, move
from preau.plan.applications.models import STATE_REVIEWERS, Application, Authority, Message, Opinion, State


class AlreadyGiven(Conflict):
    """Someone of the same authority gave it first; `opinion` is theirs. Nothing was changed."""

    def __init__(self, opinion):
        super().__init__("Un collègue a rendu cet avis avant vous. Rouvrez la page pour lire le sien.")
        self.opinion = opinion


@transaction.atomic
def open_inspector_review(*, person, application, now) -> Application:
    """Asks the IEN. Done by `submit` where the school has a circonscription; does nothing when already asked."""
    application = locked(application=application)
    if application.state == State.INSPECTOR_REVIEW:
        return application
    if person is not None:
        require(rules.can_open_inspector_review(person, application, localdate(now)))
    move(application=application, wanted=State.INSPECTOR_REVIEW, now=now)
    _ask(application, (Authority.IEN,), now)
    return application


@transaction.atomic
def open_state_review(*, person, application, now) -> Application:
    """Asks DSDEN, DAN, the city's IT and buildings at once. Raises Conflict without the IEN's opinion (AC-24).

    Done by `give_opinion` when the IEN's comes in; does nothing when already asked.
    """
    application = locked(application=application)
    if application.state == State.STATE_REVIEW:
        return application
    opinions = application.opinions.filter(authority=Authority.IEN, given_at__isnull=False)
    if not opinions.filter(submission__number=application.copies_count).exists():
        raise Conflict(f"{application.school.shown_name}{NBSP}: l’IEN n’a pas rendu son avis, l’examen ne s’ouvre pas.")
    move(application=application, wanted=State.STATE_REVIEW, now=now)
    _ask(application, STATE_REVIEWERS, now)
    return application


def _ask(application, authorities, now):
    due_on = localdate(now) + timedelta(days=application.call.opinion_days_count)
    copy = queries.last_copy(application)
    Opinion.objects.bulk_create(
        Opinion(application=application, submission=copy, authority=authority, asked_at=now, due_on=due_on)
        for authority in authorities
    )


@transaction.atomic
def give_opinion(*, person, opinion, verdict, motivation, now, is_confidential=False, is_released=False) -> Opinion:
    """Gives it for good. The IEN's opens the review of the others. Raises AlreadyGiven, or Conflict when the school
    has filed another copy since."""
    opinion = locked_opinion(opinion=opinion)
    application = opinion.application
    require(rules.can_hold_pen(person, opinion, localdate(now)))
    if opinion.given_at is not None:
        raise AlreadyGiven(opinion)
    if opinion.is_superseded:
        raise Conflict(rules.SUPERSEDED)
    require(rules.can_give_opinion(person, opinion, localdate(now)))
    opinion.verdict, opinion.motivation = verdict, motivation
    opinion.given_at, opinion.given_by, opinion.is_confidential = now, person, is_confidential
    opinion.released_at = now if is_released and not is_confidential else None
    opinion.save()
    released = ["released_at"] if opinion.released_at else []
    _seal(person, "opinion_given", opinion, now, ["verdict", "motivation", "given_at", "is_confidential", *released])
    if opinion.authority == Authority.IEN:
        open_state_review(person=None, application=application, now=now)
    return opinion


@transaction.atomic
def extend_opinion(*, person, opinion, due_on, now) -> Opinion:
    """A new day, from today on, for an opinion not given. Raises Conflict."""
    opinion = locked_opinion(opinion=opinion)
    require(rules.can_extend_opinion(person, opinion, localdate(now)))
    if due_on < localdate(now):
        raise Conflict(PAST_DAY, "due_on")
    opinion.due_on, opinion.reminded_on = due_on, None
    opinion.save(update_fields=["due_on", "reminded_on"])
    _seal(person, "opinion_extended", opinion, now, ["due_on"], role="")
    return opinion


@transaction.atomic
def release_opinion(*, person, opinion, now) -> Opinion:
    """Shown to the school."""
    opinion = locked_opinion(opinion=opinion)
    require(rules.can_release_opinion(person, opinion, localdate(now)))
    if opinion.released_at is None:
        opinion.released_at = now
        opinion.save(update_fields=["released_at"])
        _seal(person, "opinion_released", opinion, now, ["released_at"])
    return opinion


@transaction.atomic
def lift_reservations(*, person, opinion, reason, now) -> Opinion:
    """What the reservations asked is done: the opinion stays, their lifting is added."""
    opinion = locked_opinion(opinion=opinion)
    require(rules.can_lift_reservations(person, opinion, localdate(now)))
    opinion.lifted_at, opinion.lifting_reason = now, reason
    opinion.save(update_fields=["lifted_at", "lifting_reason"])
    _seal(person, "reservations_lifted", opinion, now, ["lifted_at", "lifting_reason"])
    return opinion


@transaction.atomic
def request_changes(*, person, application, text, now) -> Message:
    """« Modifications demandées »: the file goes back to the school with what is asked."""
    application = locked(application=application)
    today = localdate(now)
    require(rules.can_request_changes(person, application, today))
    authority = rules.authorities_of(person, application.school, today)[0]
    move(application=application, wanted=State.CHANGES_REQUESTED, now=now)
    message = Message.objects.create(
        application=application,
        kind=Message.Kind.CHANGE_REQUEST,
        text=text,
        sent_at=now,
        author=person,
        voice=authority.label,
    )
    journal(
        person=person,
        verb="changes_requested",
        subject=message,
        application=application,
        now=now,
        chained=True,
        role=authority,
    )
    return message


def _seal(person, verb, opinion, now, fields, role=None):
    """The line of an act on an opinion, with the digest of all the opinion says."""
    journal(
        person=person,
        verb=verb,
        subject=opinion,
        application=opinion.application,
        now=now,
        chained=True,
        role=_title(opinion) if role is None else role,
        fields=fields,
        bound=digest_now(queries.OPINION, opinion.pk),
    )


def _title(opinion) -> str:
    """The role an opinion is sealed under; the city's buildings have none of their own: the mandate of the day says."""
    return opinion.authority if opinion.authority in Role.values else ""
