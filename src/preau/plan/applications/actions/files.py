"""The school's acts on its own file: start, type, file, withdraw, take up again; and « sans suite »."""

from django.db import transaction
from django.utils.timezone import localdate

from preau.kit.answers import Conflict, require
from preau.kit.digest import digest_json
from preau.plan.applications import queries, rules
from preau.plan.applications.actions.reviews import open_inspector_review
from preau.plan.applications.actions.writing import journal, locked, move
from preau.plan.applications.models import Application, SectionVersion, State, Submission

# What every form asks, by section: columns of the file, beside the revision's own answers.
COLUMNS = {
    "projet": ("title", "project"),
    "equipe": ("committed_count", "posts_count"),
    "conseils": ("teachers_council_on", "school_council_on"),
}


class NotReady(Conflict):
    """The file lacks something; `missing` says what and where. Nothing was changed."""

    def __init__(self, missing):
        super().__init__(" ".join(m.text for m in missing))
        self.missing = missing


class SectionChanged(Conflict):
    """Someone else saved this section since it was read; `current` is what they wrote. Nothing was changed."""

    def __init__(self, current):
        super().__init__("Un collègue a enregistré cette partie depuis. Relisez-la, puis reprenez.")
        self.current = current


@transaction.atomic
def start_application(*, person, call, school, now) -> Application:
    """The school's file for this call; the one already begun when there is one."""
    require(rules.can_start_application(person, call, school, now))
    application, is_new = Application.objects.get_or_create(
        call=call, school=school, defaults={"state_at": now, "started_at": now}
    )
    if is_new:
        journal(person=person, verb="application_started", subject=application, application=application, now=now)
    return application


@transaction.atomic
def save_section(
    *, person, application, section, version: int, answers: dict, now, columns=None, page=None
) -> SectionVersion:
    """Keeps one section as typed. `version` is the one that was read, 0 for the first time; `page`, the id of the open
    page one types in.

    `answers` holds {FormField.key: value}; `columns` those of COLUMNS[section], and the ambitions beside the project.
    Raises SectionChanged.
    """
    application = locked(application=application)
    require(rules.can_edit_application(person, application, now))
    kept = SectionVersion.objects.filter(application=application, section=section).select_related("saved_by").first()
    # A page's own last save never stands in its way: it saves as one types and may be a word ahead of itself. Another
    # page of the same person does: what was typed there would be lost.
    is_own = kept is not None and page is not None and kept.page == page and kept.saved_by_id == person.pk
    if kept and version != kept.version and not is_own:
        raise SectionChanged(kept)
    row = kept or SectionVersion(application=application, section=section, version=0)
    row.version += 1
    row.answers, row.saved_at, row.saved_by, row.page = answers, now, person, page
    row.save()
    if section == "projet" and columns and "ambitions" in columns:
        application.ambitions.set(columns["ambitions"])
    values = {name: value for name, value in (columns or {}).items() if name in COLUMNS.get(section, ())}
    if values:
        for name, value in values.items():
            setattr(application, name, value)
        application.save(update_fields=list(values))
    return row


@transaction.atomic
def submit(*, person, application, now, known=None) -> Submission:
    """Files the project: a locked copy, then the IEN's opinion is asked. Raises NotReady (AC-26).

    `known`: what Préau knows of the school (`queries.known_about`), read here when not given.
    """
    application = locked(application=application)
    require(rules.can_submit_application(person, application, now))
    missing = queries.missing_for_submission(application, localdate(now))
    if missing:
        raise NotReady(missing)
    copy = _copied(application, known, person, now)
    application.attachments.filter(removed_at=None, filed_at=None).update(filed_at=now)
    served = application.ambitions.order_by("kind", "position", "id").first()
    move(
        application=application,
        wanted=State.SUBMITTED,
        now=now,
        submitted_at=now,
        copies_count=copy.number,
        served_ambition=served,
    )
    journal(
        person=person,
        verb="application_submitted",
        subject=copy,
        application=application,
        now=now,
        chained=True,
        bound=copy.digest,
    )
    if application.school.district_id:
        open_inspector_review(person=None, application=application, now=now)
    return copy


def _copied(application, known, person, now):
    """What the team wrote and what Préau knew of the school that day, which nobody changes any more."""
    if known is None:
        known = queries.known_about(application.school, localdate(now))
    content = queries.content_of(application, known)
    copy = Submission.objects.create(
        application=application,
        number=application.copies_count + 1,
        form_revision=application.call.form_revision,
        title=application.title,
        content=content,
        digest=digest_json(content),
        submitted_at=now,
        submitted_by=person,
    )
    copy.ambitions.set(application.ambitions.all())
    return copy


@transaction.atomic
def withdraw(*, person, application, now, reason="") -> Application:
    """The school takes its project back, until it is ranked."""
    application = locked(application=application)
    require(rules.can_withdraw_application(person, application, localdate(now)))
    move(application=application, wanted=State.WITHDRAWN, now=now, closing_reason=reason)
    journal(
        person=person,
        verb="application_withdrawn",
        subject=application,
        application=application,
        now=now,
        fields=["state"],
        chained=bool(application.copies_count),
    )
    return application


@transaction.atomic
def close_without_follow_up(*, person, application, reason, now) -> Application:
    """« Sans suite », with its reason, before the file is ranked."""
    application = locked(application=application)
    require(rules.can_close_application(person, application, localdate(now)))
    move(application=application, wanted=State.NO_FOLLOW_UP, now=now, closing_reason=reason)
    journal(
        person=person,
        verb="application_closed",
        subject=application,
        application=application,
        now=now,
        fields=["state"],
        chained=True,
    )
    return application


@transaction.atomic
def reopen(*, person, application, now) -> Application:
    """Back in the school's hands: it may change and file again."""
    application = locked(application=application)
    require(rules.can_reopen_application(person, application, now))
    move(application=application, wanted=State.REOPENED, now=now, closing_reason="")
    journal(
        person=person,
        verb="application_reopened",
        subject=application,
        application=application,
        now=now,
        fields=["state"],
        chained=True,
    )
    return application
