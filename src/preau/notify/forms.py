"""What somebody wants to be told."""

from django import forms


class EveningForm(forms.Form):
    wants = forms.BooleanField(
        label="M’écrire le soir, en semaine, quand il y a du nouveau dans mes espaces", required=False
    )
