"""The shape of what a city gives."""

from django import forms

from preau.kit.forms import Form
from preau.kit.money import NBSP
from preau.plan.sheets.models import ColumnTitle


class PlanForm(Form):
    """« Importer mon tableau »"""

    sheet = forms.FileField(
        label="Votre tableau", help_text="CSV, ODS ou XLSX, une ligne par école et par année, ou par facture."
    )


class AssetsForm(Form):
    """« Importer mon inventaire »"""

    sheet = forms.FileField(label="Votre tableau", help_text="CSV, ODS ou XLSX, une ligne par bien.")


class ColumnsForm(Form):
    """« Dire ce que sont les colonnes »: one choice a column, all at once."""

    marks_optional = False

    def __init__(self, data=None, *, columns, kind, table, is_missing):
        super().__init__(data)
        self.columns, self.is_missing, self.table = columns, is_missing, table
        choices = [(ColumnTitle.NOT_READ, "ne pas lire"), *kind.words.items()]
        for column in columns:
            self.fields[f"c{column.place}"] = forms.ChoiceField(
                label=column.title or f"colonne {column.place + 1}, sans titre", choices=choices, initial=column.field
            )

    @property
    def rows(self):
        """(column, its bound field)"""
        return [(column, self[f"c{column.place}"]) for column in self.columns]

    def clean(self):
        """One column at most says each thing, and those that the table needs are there."""
        cleaned, found = super().clean(), {}
        for column in self.columns:
            field = cleaned.get(f"c{column.place}", ColumnTitle.NOT_READ)
            if field == ColumnTitle.NOT_READ:
                continue
            if field in found:
                self.add_error(f"c{column.place}", f"Une autre colonne le dit déjà{NBSP}: gardez l’une des deux.")
            found.setdefault(field, column.place)
        said = {column.title: "" for column in self.columns}
        if not self.errors and (missing := self.is_missing(self.table, found, said)):
            self.add_error(None, missing)
        self.found = found
        return cleaned
