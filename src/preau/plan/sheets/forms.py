"""The shape of what a city gives."""

from django import forms

from preau.kit.forms import Form


class PlanForm(Form):
    """« Importer mon tableau »"""

    sheet = forms.FileField(
        label="Votre tableau", help_text="CSV, ODS ou XLSX, une ligne par école et par année, ou par facture."
    )


class AssetsForm(Form):
    """« Importer mon inventaire »"""

    sheet = forms.FileField(label="Votre tableau", help_text="CSV, ODS ou XLSX, une ligne par bien.")
