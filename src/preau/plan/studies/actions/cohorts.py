"""Laboratories of schools and their joint review."""

from django.db import transaction
from django.utils.timezone import localdate

from preau.kit.answers import Conflict, allow
from preau.kit.rows import lock
from preau.plan.studies import rules
from preau.plan.studies.actions.writing import decision_fields, note, opinion_fields, seal
from preau.plan.studies.models import Cohort, CohortQuestion, CohortReview, Outcome

REWRITTEN = (
    "Ce bilan a été enregistré par quelqu’un d’autre depuis que vous l’avez ouvert. Ce qui est gardé se lit sous "
    "chaque réponse qui diffère\u00a0: reprenez-en ce qu’il faut, puis enregistrez."
)


@transaction.atomic
def open_cohort(*, person, city, name, aim, starts_on, ends_on, schools, questions, now) -> Cohort:
    """Schools of the city and the questions asked before the trial begins. Raises Conflict for a school elsewhere."""
    allow(rules.can_open_cohort, person, city, now=now)
    if any(school.city_id != city.pk for school in schools):
        raise Conflict("Une de ces écoles n’est pas de cette Ville.")
    cohort = Cohort.objects.create(city=city, name=name, aim=aim, starts_on=starts_on, ends_on=ends_on)
    cohort.schools.set(schools)
    CohortQuestion.objects.bulk_create(
        [CohortQuestion(cohort=cohort, position=place, text=text) for place, text in enumerate(questions, 1)]
    )
    seal(person=person, verb="studies.open_cohort", subject=cohort, city=city, now=now, under=rules.OPENS_COHORTS)
    return cohort


@transaction.atomic
def write_review(*, person, cohort, text, answers, now, seen=None) -> CohortReview:
    """One authority's half, until it is signed. `answers`: {id of a question: what was learnt}. Raises Conflict when it
    is no more as `seen`, the edition that was read, "" for none."""
    cohort, authority = _lock(person, cohort, now)
    review = cohort.reviews.filter(authority=authority).first() or CohortReview(cohort=cohort, authority=authority)
    if review.signed_at:
        raise Conflict("Ce bilan est signé\u00a0: il ne change plus.")
    if seen is not None and seen != (review.edition if review.written_at else ""):
        raise Conflict(REWRITTEN)
    review.person, review.text, review.written_at = person, text, now
    review.answers = {str(key): answer for key, answer in answers.items()}
    review.save()
    note(
        person=person,
        verb="studies.write_review",
        subject=review,
        city=cohort.city,
        now=now,
        fields=["text", "answers"],
    )
    return review


@transaction.atomic
def sign_review(*, person, cohort, now, seen=None) -> Cohort:
    """Signs one's own half, as `seen`; with both, the laboratory is reviewed and may go before the COTECH."""
    cohort, authority = _lock(person, cohort, now)
    review = cohort.reviews.filter(authority=authority).first()
    if review is None:
        raise Conflict("Rien n’est encore écrit\u00a0: écrivez le bilan avant de le signer.")
    if review.signed_at:
        raise Conflict("Ce bilan est déjà signé.")
    if seen not in (None, review.edition):
        raise Conflict("Ce bilan a changé depuis que vous l’avez ouvert. Relisez-le, puis signez.")
    review.signed_at, review.person = now, person
    review.save(update_fields=["signed_at", "person"])
    under = rules.SPEAKS_FOR[authority]
    seal(person=person, verb="studies.sign_review", subject=review, city=cohort.city, now=now, under=under)
    if cohort.reviews.exclude(signed_at=None).count() == 2:
        cohort.state = Cohort.State.REVIEWED
        cohort.save(update_fields=["state"])
    return cohort


@transaction.atomic
def hear_cohort(*, person, cohort, opinion, now) -> Cohort:
    """The COTECH's opinion on a pilot both authorities reviewed. `opinion`: a DecisionRef, `reason` its text."""
    cohort = lock(cohort, "city")
    if cohort.state != Cohort.State.REVIEWED:
        raise Conflict("Le bilan du laboratoire doit d’abord être signé par les deux autorités.")
    cohort.state = Cohort.State.HEARD
    return _take(person, cohort, "studies.hear_cohort", opinion_fields(ref=opinion), now)


@transaction.atomic
def pass_gate(*, person, cohort, outcome, decision, now) -> Cohort:
    """The gate of the deck (D17): the COPIL extends, adjusts or stops, and says why. `decision`: a DecisionRef."""
    cohort = lock(cohort, "city")
    if cohort.state != Cohort.State.HEARD or outcome not in Outcome.values:
        raise Conflict("Il faut l’avis du COTECH, et choisir d’étendre, d’ajuster ou d’arrêter.")
    cohort.state, cohort.outcome = Cohort.State.DECIDED, outcome
    return _take(person, cohort, "studies.pass_gate", decision_fields(ref=decision), now)


def _take(person, cohort, verb, fields, now):
    for name, value in fields.items():
        setattr(cohort, name, value)
    cohort.save(update_fields=["state", "outcome", *fields])
    seal(person=person, verb=verb, subject=cohort, city=cohort.city, now=now, fields=["state", *fields])
    return cohort


def _lock(person, cohort, now):
    locked = lock(cohort, "city")
    allow(rules.can_review_cohort, person, locked, now=now)
    return locked, rules.authority_of(person, locked.city, localdate(now))
