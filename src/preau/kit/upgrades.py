"""A base of before that a new constraint would refuse: its migration says which rows to mend first, in plain French,
where the base would only say the constraint's name."""

from django.core.management import CommandError
from django.db.migrations import RunPython
from django.db.migrations.operations.base import Operation

from preau.kit import batches
from preau.kit.money import NBSP


def refuse_rows(lines, *, what, mend) -> None:
    """Stops the migration when there are such rows. `lines` name them, `what` says what no longer may be."""
    if lines:
        raise CommandError("\n".join([f"{what} Rien n’est changé.", *(f"– {line}" for line in lines), mend]))


def refuse_other_words(apps, model, field, words, within) -> None:
    """Names the rows of `model` (« app.Model ») whose `field` holds a word out of `words`, by what they lie `within`
    (a path to a name)."""
    rows = apps.get_model(model).objects.exclude(**{f"{field}__in": words}).order_by("pk")
    name, label = rows.model._meta.verbose_name, rows.model._meta.get_field(field).verbose_name
    places = dict(rows.values_list("pk", within))
    refuse_rows(
        [
            f"{name}, {places.get(pk, 'rattachée à rien')} (ligne {pk}), {label}{NBSP}: «{NBSP}{word}{NBSP}»"
            for pk, word in rows.values_list("pk", field)
        ],
        what="Un mot hors de sa liste est écrit dans la base, et Préau ne l’admet plus.",
        mend=f"Écrivez l’un de ceux-ci, puis recommencez{NBSP}: {', '.join(word or '(rien)' for word in words)}.",
    )


def only_words(model, field, words, *, within) -> RunPython:
    """The operation that stands before the constraint of a list of words."""
    return RunPython(lambda apps, editor: refuse_other_words(apps, model, field, words, within), RunPython.noop)


def keep_undoable(model, before, after) -> tuple[RunPython, RunPython]:
    """The operations that stand before and after those which change the columns of a table that imports write.

    A batch knows the rows it made by a digest of all their columns. Without this, an upgrade would pass for somebody's
    change and no batch of before could be undone. `before` and `after`: names of the columns in the class's order.
    """
    untouched = []

    def find_untouched(apps, editor):
        made = apps.get_model("kit", "Change").objects.filter(model=model, verb="create", batch__undone_at=None)
        changes = {change.row_id: change for change in made}
        untouched[:] = [
            changes[row.pk]
            for row in apps.get_model(model).objects.filter(pk__in=made.values("row_id")).iterator()
            if batches.digest_row(changes[row.pk].batch_id, row, before) == changes[row.pk].after
        ]

    def take_again(apps, editor):
        for change in untouched:
            row = apps.get_model(model).objects.get(pk=change.row_id)
            change.after = batches.digest_row(change.batch_id, row, after)
            change.save(update_fields=["after"])

    return RunPython(find_untouched, RunPython.noop), RunPython(take_again, RunPython.noop)


class CreateModels(Operation):
    """Creates the tables of a room as a list of `CreateModel` would, the models rendered once instead of once for each:
    all of them are tied to one another, and a new base took a minute to make."""

    def __init__(self, models):
        self.models = models

    def state_forwards(self, app_label, state):
        state.__dict__.pop("apps", None)  # rendered again where it is next read
        for model in self.models:
            model.state_forwards(app_label, state)

    def database_forwards(self, app_label, schema_editor, from_state, to_state):
        for model in self.models:
            model.database_forwards(app_label, schema_editor, from_state, to_state)

    def database_backwards(self, app_label, schema_editor, from_state, to_state):
        for model in reversed(self.models):
            model.database_backwards(app_label, schema_editor, from_state, to_state)

    def describe(self):
        return f"Create {', '.join(model.name for model in self.models)}"
