"""Options compared."""

from django.db import transaction
from django.db.models import Max
from django.utils.timezone import localdate

from preau.kit.answers import Conflict, allow
from preau.kit.names import name_key
from preau.kit.rows import lock
from preau.plan.studies import rules
from preau.plan.studies.actions.writing import decision_fields, note, opinion_fields, seal
from preau.plan.studies.models import Comparison, Criterion, Mark, Option


@transaction.atomic
def open_comparison(*, person, city, title, need, now) -> Comparison:
    """A question put to both committees."""
    comparison = Comparison(city=city, title=title, need=need, opened_on=localdate(now))
    allow(rules.can_write_comparison, person, comparison, now=now)
    comparison.save()
    note(person=person, verb="studies.open_comparison", subject=comparison, city=city, now=now)
    return comparison


@transaction.atomic
def add_criterion(*, person, comparison, label, weight, now) -> Criterion:
    """One more criterion, 1 to 10."""
    comparison = _lock(person, comparison, rules.can_write_comparison, now)
    _refuse_twice(label, comparison.criteria.values_list("label", flat=True))
    made = Criterion.objects.create(
        comparison=comparison, position=_next(comparison.criteria), label=label, weight=weight
    )
    note(person=person, verb="studies.add_criterion", subject=made, city=comparison.city, now=now)
    return made


@transaction.atomic
def add_option(*, person, comparison, name, now, vendor="", presented_on=None, text="") -> Option:
    """One more option, with the next letter."""
    comparison = _lock(person, comparison, rules.can_write_comparison, now)
    _refuse_twice(name, comparison.options.values_list("name", flat=True))
    made = Option.objects.create(
        comparison=comparison,
        position=_next(comparison.options),
        name=name,
        vendor=vendor,
        presented_on=presented_on,
        note=text,
    )
    note(person=person, verb="studies.add_option", subject=made, city=comparison.city, now=now)
    return made


@transaction.atomic
def change_criterion(*, person, criterion, label, weight, now) -> Criterion:
    """A word or a weight put right, until the COTECH's opinion: marks stay, the mean follows."""
    return _change(person, criterion, "studies.change_criterion", {"label": label, "weight": weight}, now)


@transaction.atomic
def change_option(*, person, option, name, now, vendor="", presented_on=None, text="") -> Option:
    """An option put right, or the day its vendor came."""
    values = {"name": name, "vendor": vendor, "presented_on": presented_on, "note": text}
    return _change(person, option, "studies.change_option", values, now)


def _change(person, row, verb, values, now):
    """`values`: {field: value}, first the one that others do not share."""
    comparison = _lock(person, row.comparison, rules.can_write_comparison, now)
    others = type(row).objects.filter(comparison=comparison).exclude(pk=row.pk)
    called = next(iter(values))
    _refuse_twice(values[called], others.values_list(called, flat=True))
    for field, value in values.items():
        setattr(row, field, value)
    row.save(update_fields=list(values))
    note(person=person, verb=verb, subject=row, city=comparison.city, now=now, fields=list(values))
    return row


@transaction.atomic
def mark_options(*, person, comparison, values, now) -> None:
    """`values`: {(option id, criterion id): 0 to 5, or None to take a mark back}, for the person's own authority."""
    comparison = _lock(person, comparison, rules.can_mark_options, now)
    authority = rules.authority_of(person, comparison.city, localdate(now))
    for (option_id, criterion_id), value in values.items():
        place = {"option_id": option_id, "criterion_id": criterion_id, "authority": authority}
        if value is None:
            Mark.objects.filter(**place).delete()
        else:
            Mark.objects.update_or_create(**place, defaults={"value": value})
    under = rules.SPEAKS_FOR[authority]
    seal(person=person, verb="studies.mark_options", subject=comparison, city=comparison.city, now=now, under=under)


@transaction.atomic
def hear_comparison(*, person, comparison, opinion, now) -> Comparison:
    """The COTECH's opinion, a DecisionRef whose `reason` is its text: criteria and marks change no more."""
    comparison = lock(comparison, "city")
    if not comparison.is_open:
        raise Conflict("Le COTECH avait déjà rendu son avis sur ces options.")
    comparison.state = Comparison.State.HEARD
    return _take(person, comparison, "studies.hear_comparison", opinion_fields(ref=opinion), now)


@transaction.atomic
def choose_option(*, person, comparison, option_id, decision, now) -> Comparison:
    """The COPIL's choice, with its reason (mission D5). `decision`: a DecisionRef."""
    comparison = lock(comparison, "city")
    comparison.choice = comparison.options.filter(pk=option_id or None).first()
    if comparison.state != Comparison.State.HEARD or comparison.choice is None:
        raise Conflict("Il faut l’avis du COTECH, et une option choisie.")
    comparison.state = Comparison.State.CHOSEN
    return _take(person, comparison, "studies.choose_option", decision_fields(ref=decision), now)


def _take(person, comparison, verb, fields, now):
    for name, value in fields.items():
        setattr(comparison, name, value)
    comparison.save(update_fields=["state", "choice", *fields])
    seal(person=person, verb=verb, subject=comparison, city=comparison.city, now=now, fields=["state", *fields])
    return comparison


def _lock(person, comparison, rule, now):
    """An opinion given meanwhile closes it, and the rule says so."""
    locked = lock(comparison, "city")
    allow(rule, person, locked, now=now)
    return locked


def _refuse_twice(name, known):
    """Raises Conflict: a button pressed twice, or a colleague, has added it."""
    if name_key(name) in map(name_key, known):
        raise Conflict(f"«\u00a0{name}\u00a0» est déjà dans cette comparaison.")


def _next(rows):
    return (rows.aggregate(last=Max("position"))["last"] or 0) + 1
