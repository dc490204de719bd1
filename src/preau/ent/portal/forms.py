"""What the city writes of a network of schools."""

from django import forms

from preau.kit.forms import Form, LineField
from preau.places.models import School


class NetworkForm(Form):
    """How it is called, and which schools of the city it brings together."""

    name = LineField(label="Nom du réseau", max_length=120, help_text="Par exemple\u00a0: REP des Coteaux.")
    schools = forms.ModelMultipleChoiceField(
        label="Écoles",
        queryset=School.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        help_text="Une école est dans un seul réseau\u00a0: cochée ici, elle quitte celui où elle était.",
    )

    def __init__(self, *args, schools, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["schools"].queryset = schools
