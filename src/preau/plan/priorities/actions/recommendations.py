"""DSDEN and DAN advise, each signs; the city says what its kit does of it."""

from django.db import transaction
from django.db.models import Max
from django.utils.timezone import localdate

from preau.kit.answers import Conflict, allow
from preau.kit.money import NBSP
from preau.kit.rows import lock
from preau.people.models import Role
from preau.plan.priorities import rules
from preau.plan.priorities.actions.writing import journal
from preau.plan.priorities.models import Recommendation, RecommendationAnswer, RecommendationLine

PENS = {"dsden": Role.DSDEN, "dan": Role.DAN}


@transaction.atomic
def write_recommendation(*, person, city, school_kind, reasons, lines, now) -> Recommendation:
    """The next version. `lines` are {item, rule, quantity_min, quantity_max} in order. Signed by nobody yet."""
    allow(rules.can_write_priorities, person, city, now=now)
    if not lines:
        raise Conflict(f"Aucun élément n’est écrit{NBSP}: gardez-en au moins un.")
    last = Recommendation.objects.filter(city=city, school_kind=school_kind).aggregate(last=Max("version"))["last"]
    written = Recommendation(
        city=city, school_kind=school_kind, version=(last or 0) + 1, reasons=reasons, written_at=now
    )
    written.save(force_insert=True)
    RecommendationLine.objects.bulk_create(
        [RecommendationLine(recommendation=written, position=n, **line) for n, line in enumerate(lines, 1)]
    )
    journal(person=person, verb="recommendation_written", subject=written, city_id=city.pk, now=now)
    return written


@transaction.atomic
def sign_recommendation(*, person, recommendation, pen, now) -> Recommendation:
    """`pen` is « dsden » or « dan »: once each. Raises Conflict when it is already signed."""
    row = lock(recommendation, "city")
    allow(rules.can_sign_recommendation, person, row, now=now)
    if person is not None and pen not in rules.pens_of(person, row.city, localdate(now)):
        raise Conflict("Vous ne signez pas pour cette autorité.")
    if getattr(row, f"{pen}_signed_at"):
        raise Conflict("Cette préconisation est déjà signée.")
    setattr(row, f"{pen}_signed_at", now)
    setattr(row, f"{pen}_signed_by", person)
    row.save(update_fields=[f"{pen}_signed_at", f"{pen}_signed_by"])
    journal(
        person=person,
        verb="recommendation_signed",
        subject=row,
        city_id=row.city_id,
        now=now,
        role=PENS[pen],
        fields=[f"{pen}_signed_at"],
        is_sealed=True,
    )
    return row


@transaction.atomic
def answer_line(*, person, line, kit, choice, now, reason="") -> RecommendationAnswer:
    """The city's kit follows a line, or departs from it with a reason. Said anew, it replaces what was said, which is
    kept; the same again writes nothing."""
    recommendation = Recommendation.objects.select_related("city").get(pk=line.recommendation_id)
    allow(rules.can_answer_recommendation, person, recommendation, now=now)
    if choice == RecommendationAnswer.Choice.DEPARTED and not reason.strip():
        raise Conflict(f"Ne pas suivre une préconisation se motive{NBSP}: écrivez pourquoi.", "reason")
    lock(line)
    former = RecommendationAnswer.objects.filter(line=line, kit=kit, replaced_at=None).first()
    if former and (former.choice, former.reason) == (choice, reason):
        return former
    if former:
        former.replaced_at = now
        former.save(update_fields=["replaced_at"])
    answer = RecommendationAnswer.objects.create(line=line, kit=kit, choice=choice, reason=reason, answered_at=now)
    journal(
        person=person,
        verb="recommendation_answered",
        subject=answer,
        city_id=recommendation.city_id,
        now=now,
        fields=["choice"],
        is_sealed=True,
    )
    return answer
