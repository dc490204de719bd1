"""Pieces that several forms share: the label typed or scanned, the filters of the list, who paid."""

from django import forms

from preau.kit.forms import Form, MoneyField
from preau.kit.money import NBSP
from preau.plan.equipment.models import TaxRegime
from preau.plan.inventory.models import Funding, Kind, State, clean_tag, is_tag

IN_USE = [("1", "en service"), ("", "en réserve, pas encore en service")]
NOT_A_TAG = f"Ce n’est pas une étiquette{NBSP}: écrivez ses six signes, par exemple A4C 7KM."


class TagField(forms.CharField):
    """Six signs typed, or the address scanned."""

    def __init__(self, **kwargs):
        super().__init__(max_length=200, **kwargs)
        self.widget.attrs |= {"class": "input input-code", "autocomplete": "off", "autocapitalize": "characters"}

    def clean(self, value):
        tag = clean_tag(super().clean(value))
        if tag and not is_tag(tag):
            raise forms.ValidationError(NOT_A_TAG)
        return tag


class FilterForm(Form):
    """What one looks for in the list. Every field is optional and none is marked so."""

    marks_optional = False
    q = forms.CharField(label="Étiquette, numéro de série ou désignation", required=False, max_length=120)
    ecole = forms.ChoiceField(label="École", required=False)
    etat = forms.ChoiceField(label="État", choices=[("", "dans l’inventaire"), *State.choices], required=False)
    nature = forms.ChoiceField(label="Nature", choices=[("", "toutes"), *Kind.choices], required=False)
    local = forms.UUIDField(required=False, widget=forms.HiddenInput)
    ville = forms.SlugField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, schools, **kwargs):
        """`schools`: pairs (id, name)."""
        super().__init__(*args, **kwargs)
        self.fields["ecole"].choices = [("", "toutes"), *schools]


class MoneyFields(Form):
    """Who paid, and how much for one, in euros."""

    funding = forms.ChoiceField(label="Financement", choices=Funding.choices, initial=Funding.UNKNOWN)
    price = MoneyField(label="Prix de l’unité", required=False, help_text="En euros.")
    regime = forms.ChoiceField(label="HT ou TTC", choices=TaxRegime.choices, initial=TaxRegime.UNKNOWN)
