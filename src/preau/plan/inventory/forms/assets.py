"""What is written about one asset. Each page gives back the version it was opened at."""

from django import forms

from preau.kit.forms import DayInput, Form
from preau.kit.money import NBSP
from preau.plan.inventory.forms.fields import IN_USE, MoneyFields, TagField
from preau.plan.inventory.models import OffSwitch, Retirement, State


class AssetForm(Form):
    """The base of every form about one asset, and the whole of what asks nothing more."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args, asset, today, **kwargs):
        super().__init__(*args, **kwargs)
        self.asset, self.today = asset, today
        self.initial.setdefault("version", asset.version)


class PlaceForm(AssetForm):
    """« Où est-il maintenant ? » in the school chosen by the page, or in the city's store."""

    room = forms.ModelChoiceField(label="Local", queryset=None, required=False, empty_label="local non précisé")
    is_in_use = forms.ChoiceField(label="Il est", choices=IN_USE, required=False, widget=forms.RadioSelect, initial="1")

    def __init__(self, *args, rooms, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["room"].queryset = rooms
        self.initial.setdefault("room", self.asset.room_id)
        if not self.asset.may_become(State.DEPLOYED) and self.asset.state != State.DEPLOYED:
            del self.fields["is_in_use"]

    def clean_is_in_use(self):
        """« 1 » is yes."""
        return bool(self.cleaned_data["is_in_use"])


class RepairForm(AssetForm):
    """« Envoyer en réparation »"""

    note = forms.CharField(label="Ce qui ne va pas, et où il part", max_length=200, help_text="Sans nom de personne.")
    due_on = forms.DateField(label="Retour prévu le", required=False, widget=DayInput)


class LoanForm(AssetForm):
    """« Prêter »"""

    school = forms.ModelChoiceField(label="École qui l’emprunte", queryset=None, empty_label=None)
    due_on = forms.DateField(label="Retour prévu le", required=False, widget=DayInput)
    note = forms.CharField(label="Pourquoi", max_length=200, required=False, help_text="Sans nom de personne.")

    def __init__(self, *args, schools, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["school"].queryset = schools.filter(city=self.asset.city_id).exclude(pk=self.asset.school_id)


class MissingForm(AssetForm):
    """« Il manque »"""

    note = forms.CharField(label="Ce que l’on sait", max_length=200, required=False, help_text="Sans nom de personne.")


class RetirementForm(AssetForm):
    """« Réformer »: the certificate is asked of what has a memory, the report of what is lost."""

    reason = forms.ChoiceField(label="Motif", choices=Retirement.Reason.choices, widget=forms.RadioSelect)
    report_ref = forms.CharField(
        label="Déclaration de perte ou de vol",
        max_length=80,
        required=False,
        help_text="Référence, si le bien est perdu ou volé. S’il contenait des données, prévenez aussi la déléguée ou "
        "le délégué à la protection des données.",
    )
    erased_by = forms.CharField(
        label="Mémoire effacée par",
        max_length=120,
        required=False,
        help_text="Un service ou une entreprise, sans nom de personne.",
    )
    erasure_method = forms.ChoiceField(
        label="Comment", choices=[("", "choisissez"), *Retirement.Method.choices], required=False
    )
    erased_on = forms.DateField(label="Effacée le", required=False, widget=DayInput)
    erasure_ref = forms.CharField(label="Référence du certificat", max_length=80, required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if not self.asset.holds_data:
            for name in ("erased_by", "erasure_method", "erased_on", "erasure_ref"):
                del self.fields[name]

    def clean(self):
        """All of the certificate or nothing of it."""
        data = super().clean()
        parts = [name for name in ("erased_by", "erasure_method", "erased_on") if name in self.fields]
        if any(data.get(name) for name in parts):
            for name in parts:
                if not data.get(name) and name not in self.errors:
                    self.add_error(name, f"Le certificat n’est pas complet{NBSP}: dites qui, comment et quand.")
        return data


class DisposalForm(AssetForm):
    """« Sortir de l’inventaire »"""

    way = forms.ChoiceField(label="Il part en", choices=Retirement.Way.choices, widget=forms.RadioSelect)
    beneficiary = forms.CharField(
        label="Remis à",
        max_length=120,
        required=False,
        help_text="Organisme ou entreprise. Le don n’est permis qu’à certains bénéficiaires, vérifiez d’abord.",
    )
    disposal_ref = forms.CharField(label="Bordereau ou convention", max_length=80, required=False)


class SlotForm(AssetForm):
    """« Remplir une place » of a cart."""

    slot = forms.ChoiceField(label="Place")
    tag = TagField(label="Étiquette du bien à y mettre")

    def __init__(self, *args, slots, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["slot"].choices = slots


class OffSwitchForm(AssetForm):
    """« Dire comment elle s’éteint »: the switch of a cart only of what lies in one."""

    off_switch = forms.ChoiceField(
        label="Hors des séances, cette borne s’éteint par", choices=OffSwitch.choices, widget=forms.RadioSelect
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial |= {"off_switch": self.asset.off_switch}
        if self.asset.cart_id is None:
            self.fields["off_switch"].choices = [c for c in OffSwitch.choices if c[0] != OffSwitch.CART]


class CorrectionForm(MoneyFields, AssetForm):
    """« Corriger la fiche »; who may not read the price is not shown it."""

    label = forms.CharField(label="Désignation", max_length=120)
    serial = forms.CharField(label="Numéro de série", max_length=80, required=False)
    delivery_ref = forms.CharField(label="Bon de livraison", max_length=80, required=False)
    field_order = ("label", "serial", "delivery_ref", "funding", "price", "regime", "version")

    def __init__(self, *args, reads_price, **kwargs):
        super().__init__(*args, **kwargs)
        asset = self.asset
        self.initial |= {
            "label": asset.label,
            "serial": asset.serial,
            "delivery_ref": asset.delivery_ref,
            "funding": asset.funding,
            "regime": asset.regime,
            "price": asset.price_cents,
        }
        if not reads_price:
            for name in ("funding", "price", "regime"):
                del self.fields[name]
