"""Rows of one name, told apart: « Les Tilleuls, maternelle » and « Les Tilleuls, primaire, 3 rue du Lac »."""

from collections import defaultdict

from django.db import models

from preau.kit.names import name_key


def told_apart(rows, by) -> dict:
    """{id: its name, followed by each of `by` (a field or a method that says one) that tells it from its namesakes}."""
    told = {row.pk: row.name for row in rows}
    for way in by:
        alike = defaultdict(list)
        for row in rows:
            alike[name_key(told[row.pk])].append((row.pk, _said(row, way)))
        for namesakes in alike.values():
            if len({said for _, said in namesakes}) > 1:
                told |= {pk: f"{told[pk]}, {said}" for pk, said in namesakes if said}
    return told


def _said(row, way):
    said = getattr(row, way)
    return str(said() if callable(said) else said)


class ShownNameField(models.CharField):
    """A row's name, followed by what tells it from its namesakes; the name alone until an action writes more.

    It follows from other rows, so that it is no change of its own row (kit.batches).
    """

    follows_other_rows = True

    def __init__(self, *args, **kwargs):
        kwargs["editable"] = False
        super().__init__(*args, **kwargs)

    def pre_save(self, model_instance, add):
        if add and not getattr(model_instance, self.attname):
            setattr(model_instance, self.attname, model_instance.name)
        return getattr(model_instance, self.attname)
