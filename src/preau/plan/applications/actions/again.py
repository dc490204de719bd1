"""A school that was not kept begins from what it had written."""

from django.db import transaction

from preau.kit.answers import require
from preau.plan.applications import queries, rules
from preau.plan.applications.actions.writing import journal, locked
from preau.plan.applications.models import SectionVersion


@transaction.atomic
def take_up(*, person, application, now) -> int:
    """Copies an earlier file of the school where this draft has nothing; returns how many answers came (0: none).

    Nothing typed is replaced: the draft is locked, and a page open on a section is told that it moved.
    """
    application = locked(application=application)
    previous = queries.file_to_take_up(application)
    require(rules.can_take_up(person, application, previous, now))
    found = queries.taken_up_from(previous, application)
    kept = {row.section: row for row in application.sections.all()}
    for section, answers in found.answers.items():
        row = kept.get(section) or SectionVersion(application=application, section=section, version=0)
        row.version += 1
        row.answers, row.saved_at, row.saved_by, row.page = row.answers | answers, now, person, None
        row.save()
    if found.ambitions:
        application.ambitions.set(found.ambitions)
    for name, text in found.texts.items():
        setattr(application, name, text)
    application.taken_from = previous
    application.save(update_fields=[*found.texts, "taken_from"])
    journal(
        person=person,
        verb="application_taken_up",
        subject=application,
        application=application,
        now=now,
        fields=["taken_from"],
    )
    return found.count
