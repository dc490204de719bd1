"""The words of a fixed list are held by the base too: a row written by hand, or by a version to come, is refused."""

import uuid
from importlib import import_module

import pytest
from django.apps import apps
from django.core.management import CommandError
from django.db import IntegrityError, models, transaction
from django.db.migrations import RunPython
from django.utils.timezone import localdate, now

from preau.plan.applications.models import Message, Note, Opinion
from preau.plan.governance.models import Approval, Attendance, Decision
from preau.plan.studies.models import CohortReview, Mark
from tests.plan.upgrades import unchecked

pytestmark = pytest.mark.django_db
HELD = (
    (Opinion, "authority", {}, "opinion_authority_is_known"),
    (Opinion, "verdict", {"given_at": now(), "motivation": "Motif."}, "opinion_verdict_is_known"),
    (Note, "authority", {}, "note_authority_is_known"),
    (Message, "kind", {}, "message_kind_is_known"),
    (Attendance, "presence", {}, "attendance_presence_is_known"),
    (Approval, "authority", {}, "approval_authority_is_known"),
    (Decision, "result", {"reason": "Motif."}, "decision_result_is_known"),
    (Mark, "authority", {}, "mark_authority_is_known"),
    (CohortReview, "authority", {}, "review_authority_is_known"),
)
MIGRATIONS = {"applications": "0010", "governance": "0007", "studies": "0002"}
FILLED = (
    (models.DateTimeField, now), (models.DateField, localdate), (models.IntegerField, lambda: 1),
    (models.CharField, lambda: "x"), (models.TextField, lambda: "x"),
)  # fmt: skip


def row(model, **told):
    """A row that lacks nothing. What it points to is nowhere: that is asked at the end of the transaction, which none
    of these reaches."""
    values = {}
    for field in model._meta.concrete_fields:
        if field.is_relation and not field.null:
            values[field.attname] = uuid.uuid4() if isinstance(field.target_field, models.UUIDField) else 1
        elif not (field.null or field.blank or field.has_default() or field.is_relation):
            made = next(make() for kind, make in FILLED if isinstance(field, kind))
            values[field.name] = field.choices[0][0] if field.choices else made
    return model(**(values | told))


@pytest.mark.parametrize(("model", "field", "more", "constraint"), HELD, ids=[case[3] for case in HELD])
def test_the_base_refuses_a_word_out_of_its_list(model, field, more, constraint):
    with transaction.atomic():
        for word in model._meta.get_field(field).choices:
            model.objects.bulk_create([row(model, **(more | {field: word[0]}))])
        with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
            model.objects.bulk_create([row(model, **(more | {field: "other"}))])
        transaction.set_rollback(True)


def upgrade(app):
    """What the migration reads before it adds its constraints."""
    module = import_module(f"preau.plan.{app}.migrations.{MIGRATIONS[app]}_known_words")
    for operation in module.Migration.operations:
        if isinstance(operation, RunPython):
            operation.code(apps, None)


@pytest.mark.parametrize(("model", "field", "more", "constraint"), HELD, ids=[case[3] for case in HELD])
def test_a_base_of_before_is_told_which_rows_to_mend(model, field, more, constraint):
    word = known_word(model, field)
    known, wrong = (row(model, **(more | {field: each})) for each in (word, "other"))
    with transaction.atomic():
        with unchecked(model._meta.db_table, constraint):
            model.objects.bulk_create([known, wrong])
        with pytest.raises(CommandError) as refused:
            upgrade(model._meta.app_label)
        model.objects.filter(pk=wrong.pk).update(**(more | {field: word}))
        upgrade(model._meta.app_label)
        transaction.set_rollback(True)
    for told in (model._meta.verbose_name, str(wrong.pk), "«\u00a0other\u00a0»", word, "recommencez"):
        assert told in str(refused.value)
    assert str(known.pk) not in str(refused.value)


def known_word(model, field):
    return model._meta.get_field(field).choices[0][0]
