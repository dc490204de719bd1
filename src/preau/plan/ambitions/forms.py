"""The shape of an ambition."""

from django import forms

from preau.kit.forms import Form
from preau.plan.ambitions.models import Ambition


class AmbitionForm(Form):
    """« Ajouter une ambition »"""

    label = forms.CharField(label="Ambition", max_length=160, help_text="En une phrase courte.")
    kind = forms.ChoiceField(label="Nature", choices=Ambition.Kind.choices, initial=Ambition.Kind.PLAN)
    source = forms.CharField(
        label="Source", max_length=300, help_text="Où elle est écrite et quand elle a été décidée."
    )
