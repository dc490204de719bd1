"""The shape of an expense."""

from django import forms
from django.utils.text import capfirst

from preau.kit.forms import Form
from preau.kit.money import NBSP
from preau.kit.sheets import BadCell, read_cents
from preau.plan.equipment.models import Quality, TaxRegime

HAND_QUALITIES = [q for q in Quality.choices if q[0] not in (Quality.DECK, Quality.FICTITIOUS)]
FIRST_YEAR = 1980


class AmountField(forms.CharField):
    """Euros as people and spreadsheets write them, « 72 913,04 € », given in whole cents; nothing is rounded."""

    def clean(self, value):
        """Cents, more than zero."""
        text = super().clean(value)
        try:
            cents = read_cents(text)
        except BadCell as bad:
            raise forms.ValidationError(capfirst(bad.reason)) from None
        if not cents:
            raise forms.ValidationError(f"Une dépense est plus grande que zéro{NBSP}: écrivez ce qui a été payé.")
        return cents


class ExpenseForm(Form):
    """« Ajouter une dépense » and its correction."""

    school = forms.ModelChoiceField(label="École", queryset=None, empty_label="Choisissez l’école")
    fiscal_year = forms.IntegerField(
        label="Exercice", min_value=FIRST_YEAR, help_text="L’année du budget, sur 4 chiffres."
    )
    amount_cents = AmountField(label="Montant", max_length=30, help_text="En euros, par exemple 72 913,04.")
    regime = forms.ChoiceField(label="HT ou TTC", choices=TaxRegime.choices, initial=TaxRegime.TTC)
    source = forms.CharField(label="Source", max_length=300, help_text=f"Par exemple{NBSP}: mandat n° 2026-118.")
    quality = forms.ChoiceField(label="Qualité", choices=HAND_QUALITIES, initial=Quality.MEASURED)

    def __init__(self, *args, schools, this_year, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["school"].queryset = schools
        self.this_year = this_year
        # A correction keeps the origin of its line: made up or read in the deck, it does not become « mesuré » unseen.
        kept = self.initial.get("quality")
        if kept and kept not in dict(HAND_QUALITIES):
            self.fields["quality"].choices = [(kept, Quality(kept).label), *HAND_QUALITIES]

    def clean_fiscal_year(self):
        """What was paid, not what will be."""
        year = self.cleaned_data["fiscal_year"]
        if year > self.this_year:
            raise forms.ValidationError(f"Cet exercice n’est pas commencé{NBSP}: écrivez celui du paiement.")
        return year
