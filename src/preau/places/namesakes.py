"""Rows of one name, told apart: « Les Tilleuls, maternelle » and « Les Tilleuls, primaire, 3 rue du Lac »."""

import re
from collections import defaultdict

from django.db import models

from preau.kit.names import name_key

NUMBERED = re.compile(r"(, \w+)? \(\d+\)")


def told_apart(rows, by) -> dict:
    """{id: its name, followed by each of `by` (a field or a method that says one) that tells it from its namesakes}.

    Those that nothing tells apart are numbered in the order of `rows`: « Les Tilleuls (1) », « Les Tilleuls (2) ».
    """
    told = {row.pk: row.name for row in rows}
    for way in by:
        for namesakes in _alike(rows, told):
            said = {row.pk: _said(row, way) for row in namesakes}
            if len(set(said.values())) > 1:
                told |= {pk: f"{told[pk]}, {each}" for pk, each in said.items() if each}
    for namesakes in _alike(rows, told):
        if len(namesakes) > 1:
            told |= {row.pk: f"{told[row.pk]} ({number})" for number, row in enumerate(namesakes, 1)}
    return told


def is_numbered(shown_name, name) -> bool:
    """Whether only a number tells it apart: something else should be recorded."""
    return bool(NUMBERED.fullmatch(shown_name.removeprefix(name)))


def _alike(rows, told):
    alike = defaultdict(list)
    for row in rows:
        alike[name_key(told[row.pk])].append(row)
    return list(alike.values())


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
