"""The shapes of what the city writes about its plan."""

from django import forms
from django.forms import formset_factory

from preau.kit.forms import DayInput, Form, MoneyField
from preau.kit.money import NBSP
from preau.plan.equipment.models import HAND_QUALITIES, KitLine, Measure, Quality, SiteKind, StandardKit

BY_HAND = [(quality.value, quality.label) for quality in HAND_QUALITIES]
PER_CLASS = (
    f"Un élément propre à certaines écoles ne se compte pas par classe{NBSP}: comptez-le par école ou par étage."
)
CITY_MEASURES = [m for m in Measure.choices if m[0] not in (Measure.CLASSES, Measure.SOCIAL_INDEX_TENTHS)]


class AcceptanceForm(Form):
    """« Recevoir une classe »"""

    label = forms.CharField(label="Classe ou salle", max_length=120, help_text="Comme elle s’appelle ce jour-là.")
    accepted_on = forms.DateField(label="Reçue le", widget=DayInput)
    kit = forms.ModelChoiceField(label="Équipement type", queryset=StandardKit.objects.none(), empty_label=None)
    source = forms.CharField(label="Source", max_length=300, help_text=f"Par exemple{NBSP}: procès-verbal n° 12.")
    quality = forms.ChoiceField(label="Qualité", choices=BY_HAND, initial=Quality.MEASURED)

    def __init__(self, *args, school, today, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["kit"].queryset = StandardKit.objects.filter(
            city=school.city_id, school_kind=school.kind, published_on__lte=today
        ).order_by("-version")


class EstimateForm(Form):
    """« Estimer l’indice de position sociale »"""

    proxy_of = forms.ModelChoiceField(
        label="École où vont ensuite les enfants", queryset=None, empty_label="Choisissez l’école",
        help_text="Seules les écoles ouvertes de la ville dont l’indice est publié sont proposées.",
    )  # fmt: skip

    def __init__(self, *args, lenders, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["proxy_of"].queryset = lenders


class RemovalForm(Form):
    """« Retirer cette réception »"""

    reason = forms.CharField(label="Raison", max_length=300)


class ClosingForm(Form):
    """« Cette école ferme »"""

    last_day = forms.DateField(
        label="Dernier jour d’ouverture", widget=DayInput, help_text="L’école sort des comptes le lendemain."
    )

    def __init__(self, *args, school, **kwargs):
        super().__init__(*args, **kwargs)
        self.school = school

    def clean_last_day(self):
        """Never before its opening, when that is known."""
        day = self.cleaned_data["last_day"]
        if self.school.opened_on and day < self.school.opened_on:
            raise forms.ValidationError("L’école n’était pas encore ouverte ce jour-là. Écrivez une date plus tardive.")
        return day


class KitForm(Form):
    """The head of a new kit version."""

    school_kind = forms.ChoiceField(label="Pour", choices=SiteKind.choices, widget=forms.HiddenInput)
    published_on = forms.DateField(label="En vigueur à partir du", widget=DayInput)
    source = forms.CharField(label="Source", max_length=300, help_text=f"Par exemple{NBSP}: préconisations DSDEN.")


class KitLineForm(Form):
    """One line of a new kit version; an empty one is left out."""

    item = forms.CharField(label="Élément", max_length=160, required=False)
    kind = forms.ChoiceField(
        label="Nature", choices=KitLine.Kind.choices, initial=KitLine.Kind.OTHER, required=False,
        help_text="Elle rapproche le besoin de ce qui est déjà là.",
    )  # fmt: skip
    rule = forms.ChoiceField(
        label="Règle", choices=[r for r in KitLine.Rule.choices if r[0] != KitLine.Rule.PER_PUPILS], required=False
    )
    quantity_min = forms.IntegerField(label="Au moins", min_value=0, max_value=999, initial=1, required=False)
    quantity_max = forms.IntegerField(label="Au plus", min_value=0, max_value=999, initial=1, required=False)
    option = forms.ChoiceField(
        label="Pour", choices=KitLine.Option.choices, initial=KitLine.Option.ALWAYS, required=False
    )
    is_wifi = forms.BooleanField(
        label="Cet élément utilise le Wi-Fi", required=False, help_text="Une classe mobile a sa propre borne."
    )

    def clean(self):
        """Both quantities, in order, wherever there is an item; what holds an access point is Wi-Fi; extras are not
        asked of each class."""
        data = super().clean()
        data["is_wifi"] = data.get("is_wifi") or data.get("kind") in (KitLine.Kind.CART, KitLine.Kind.ACCESS_POINT)
        is_extra = data.get("option") in (KitLine.Option.ULIS, KitLine.Option.HEARING)
        if is_extra and data.get("rule") == KitLine.Rule.PER_CLASS:
            self.add_error("rule", PER_CLASS)
        least, most = data.get("quantity_min"), data.get("quantity_max")
        if data.get("item") and least is not None and most is not None and most < least:
            self.add_error("quantity_max", f"Ce nombre est plus petit que «{NBSP}au moins{NBSP}»{NBSP}: augmentez-le.")
        return data


KitLineFormSet = formset_factory(KitLineForm, extra=2, max_num=40)


class FactForm(Form):
    """« Ajouter un chiffre », beside the former ones."""

    measure = forms.ChoiceField(label="Mesure", choices=CITY_MEASURES)
    value = MoneyField(label="Valeur", help_text="En euros pour un montant.")
    as_of = forms.DateField(label="Au", widget=DayInput)
    period = forms.CharField(label="Période", max_length=20, required=False, help_text="Par exemple 2013-2018.")
    is_approximate = forms.BooleanField(label="Environ", required=False)
    source = forms.CharField(label="Source", max_length=300)
    quality = forms.ChoiceField(label="Qualité", choices=BY_HAND, initial=Quality.DECLARED)

    def clean(self):
        """The value in the unit of its measure: cents for money, else a whole number."""
        data = super().clean()
        measure, value = data.get("measure"), data.get("value")
        if measure and value is not None and not str(measure).endswith("_cents"):
            data["value"], rest = divmod(value, 100)
            if rest:
                self.add_error("value", f"Cette mesure se compte en entiers{NBSP}: écrivez un nombre sans virgule.")
        return data
