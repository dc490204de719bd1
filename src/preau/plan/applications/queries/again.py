"""Last year's file: what a school that was not kept may take up again, and only where nothing is written yet."""

from dataclasses import dataclass

from preau.plan.ambitions.queries import ambitions_of
from preau.plan.applications.models import Application, FormField, State
from preau.plan.applications.queries.copies import public_fields

# What is over without having been kept; the others lead to a roll-out, or may still.
ENDED = (State.NOT_SELECTED, State.WITHDRAWN, State.NO_FOLLOW_UP)
TEXTS = ("title", "project")
OF_ITS_YEAR = "conseils"  # the section of what councils said of that very project
EMPTY = (None, "", [])


@dataclass(frozen=True)
class TakenUp:
    """What a draft lacks that an earlier file says: texts of the project, ambitions, answers by section."""

    texts: dict
    ambitions: tuple
    answers: dict  # {section: {FormField.key: value}}

    @property
    def count(self) -> int:
        """How many answers in all, the ambitions being one."""
        return len(self.texts) + bool(self.ambitions) + sum(map(len, self.answers.values()))


def file_to_take_up(application) -> Application | None:
    """The school's last file of an earlier call that was written and not kept. One read."""
    earlier = Application.objects.filter(
        school=application.school_id, started_at__lt=application.started_at, state__in=ENDED
    )
    earlier = earlier.exclude(call=application.call_id).exclude(project="")
    return earlier.select_related("call").order_by("-started_at", "-id").first()


def taken_up_from(previous, application) -> TakenUp:
    """What councils said and teachers committed are of their own year, and left out; opinions, messages and notes are
    no answers of the school. An answer follows its question to the section it is now in, if it is still asked so."""
    fields = {field.key: field for field in public_fields(application)}
    kinds = dict(previous.call.form_revision.fields.values_list("key", "kind"))
    here = {row.section: row.answers for row in application.sections.all()}
    answers = {}
    for row in previous.sections.order_by("section"):
        for key, value in row.answers.items():
            field = fields.get(key)
            if field is None or field.section == OF_ITS_YEAR or kinds.get(key) != field.kind:
                continue
            if here.get(field.section, {}).get(key) not in EMPTY:
                continue
            value = _still_offered(field, value)
            if value not in EMPTY:
                answers.setdefault(field.section, {})[key] = value
    texts = {name: getattr(previous, name) for name in TEXTS if not getattr(application, name)}
    ambitions = ()
    if not application.ambitions.exists():
        ambitions = tuple(ambitions_of(application.school.city).filter(applications=previous))
    return TakenUp({name: text for name, text in texts.items() if text}, ambitions, answers)


def _still_offered(field, value):
    if field.kind == FormField.Kind.CHOICES:
        return [choice for choice in value or [] if choice in field.choices]
    return value
