"""Rows of one name, told apart where one of them is chosen: « Les Tilleuls, maternelle, 3 rue du Lac »."""

from collections import defaultdict

from django import forms
from django.forms.models import ModelChoiceIterator

from preau.kit.names import name_key


def told_apart(rows, by) -> dict:
    """{id: its name, with each of `by` (a field or a method that says one) that tells it from its namesakes; the id's
    end where nothing does}."""
    alike = defaultdict(list)
    for row in rows:
        alike[name_key(str(row))].append(row)
    found = {}
    for namesakes in alike.values():
        told = {row.pk: str(row) for row in namesakes}
        for way in by if len(namesakes) > 1 else ():
            said = {row.pk: _said(row, way) for row in namesakes}
            if len(set(told.values())) < len(told) and len(set(said.values())) > 1:
                told = {pk: f"{words}, {said[pk]}" if said[pk] else words for pk, words in told.items()}
        found |= told
    return found


def _said(row, way):
    said = getattr(row, way)
    return str(said() if callable(said) else said)


class _TellingApart(ModelChoiceIterator):
    def __iter__(self):
        if self.field.empty_label is not None:
            yield "", self.field.empty_label
        rows = list(self.queryset)
        told = told_apart(rows, self.field.told_by)
        for row in rows:
            yield self.field.prepare_value(row), told[row.pk]


class NamesakesField(forms.ModelChoiceField):
    """A choice among rows of which some may bear one name. One read, as without."""

    iterator = _TellingApart

    def __init__(self, *args, told_by, **kwargs):
        self.told_by = told_by
        super().__init__(*args, **kwargs)
