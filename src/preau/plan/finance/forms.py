"""The shape of an expense."""

from django import forms

from preau.kit.forms import DayInput, Form, MoneyField
from preau.kit.money import NBSP
from preau.plan.equipment.models import BY_HAND, Expense, Quality, Subscription, TaxRegime

FIRST_YEAR = 1980


def keep_origin(form):
    """A correction keeps the origin of its line: made up or read in the deck, it does not become « mesuré » unseen."""
    kept = form.initial.get("quality")
    if kept and kept not in dict(BY_HAND):
        form.fields["quality"].choices = [(kept, Quality(kept).label), *BY_HAND]


class ExpenseForm(Form):
    """« Ajouter une dépense » and its correction."""

    school = forms.ModelChoiceField(label="École", queryset=None, empty_label="Choisissez l’école")
    fiscal_year = forms.IntegerField(
        label="Exercice", min_value=FIRST_YEAR, help_text="L’année du budget, sur 4 chiffres."
    )
    kind = forms.ChoiceField(
        label="Dépense ou avoir",
        choices=Expense.Kind.choices,
        initial=Expense.Kind.PAID,
        help_text=f"Un avoir est ce qu’un fournisseur rend{NBSP}: il se retire des totaux.",
    )
    amount_cents = MoneyField(label="Montant", signed=True, help_text="En euros, par exemple 72 913,04.")
    regime = forms.ChoiceField(label="HT ou TTC", choices=TaxRegime.choices, initial=TaxRegime.TTC)
    ht_cents = MoneyField(
        label="Montant HT",
        signed=True,
        required=False,
        help_text="Si la pièce dit aussi le HT d’un montant TTC. Le total ne compte que le TTC.",
    )
    source = forms.CharField(label="Source", max_length=300, help_text=f"Par exemple{NBSP}: mandat n° 2026-118.")
    quality = forms.ChoiceField(label="Qualité", choices=BY_HAND, initial=Quality.MEASURED)

    def __init__(self, *args, schools, this_year, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["school"].queryset = schools
        self.this_year = this_year
        keep_origin(self)

    def clean(self):
        """Both amounts with the sign of their kind, which the sign then says alone."""
        data = super().clean()
        amount, ht = data.get("amount_cents"), data.get("ht_cents")
        if data.pop("kind", "") == Expense.Kind.CREDIT:
            data |= {name: -abs(data[name]) for name in ("amount_cents", "ht_cents") if data.get(name) is not None}
        elif (amount or 0) < 0:
            self.add_error("amount_cents", f"Un montant négatif est un avoir{NBSP}: choisissez «{NBSP}avoir{NBSP}».")
        elif (ht or 0) < 0:
            self.add_error("ht_cents", f"Le montant TTC n’est pas négatif{NBSP}: écrivez le HT sans signe moins.")
        if amount == 0 or (amount and ht == 0):
            name = "ht_cents" if amount else "amount_cents"
            self.add_error(name, f"Zéro n’est pas un montant{NBSP}: écrivez ce qui a été payé ou rendu.")
        if ht is not None and data.get("regime", TaxRegime.TTC) != TaxRegime.TTC:
            self.add_error("regime", f"Un montant HT s’ajoute à un montant TTC{NBSP}: choisissez TTC, ou videz le HT.")
        return data

    def clean_fiscal_year(self):
        """What was paid, not what will be."""
        year = self.cleaned_data["fiscal_year"]
        if year > self.this_year:
            raise forms.ValidationError(f"Cet exercice n’est pas commencé{NBSP}: écrivez celui du paiement.")
        return year


class SubscriptionForm(Form):
    """« Ajouter un abonnement » and its correction."""

    school = forms.ModelChoiceField(label="École", queryset=None, empty_label="Choisissez l’école")
    payer = forms.ChoiceField(label="Qui paie", choices=Subscription.Payer.choices, initial=Subscription.Payer.CITY)
    starts_on = forms.DateField(label="À partir du", widget=DayInput)
    years_count = forms.IntegerField(
        label="Pour combien d’années", min_value=1, max_value=20, required=False, help_text="Vide, ce n’est pas connu."
    )
    source = forms.CharField(label="Source", max_length=300, help_text=f"Par exemple{NBSP}: convention du 12 mai 2026.")
    quality = forms.ChoiceField(label="Qualité", choices=BY_HAND, initial=Quality.DECLARED)

    def __init__(self, *args, schools, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["school"].queryset = schools
        keep_origin(self)
