"""The shapes of what the city writes about its plan and what it knows of its schools."""

from decimal import Decimal

from django import forms
from django.forms import formset_factory

from preau.kit.forms import DayInput, Form, MoneyField
from preau.kit.money import NBSP
from preau.places.models import School
from preau.plan.equipment.models import (
    BY_HAND,
    SCHOOL_MEASURES,
    KitLine,
    Measure,
    PriorityEducation,
    Quality,
    SiteKind,
)

PER_CLASS = (
    f"Un élément propre à certaines écoles ne se compte pas par classe{NBSP}: comptez-le par école ou par étage."
)
TERMINALS = f"Une classe mobile ne dit pas ce qu’elle porte{NBSP}: écrivez combien d’élèves y ont un poste."
INDEX_RANGE = (Decimal(30), Decimal(220))  # published indexes lie between about 45 and 185 (plan.md (a))
ODD_INDEX = f"Un indice de position sociale va de 45 à 185 environ{NBSP}: écrivez-le comme 118,2."
CITY_MEASURES = [m for m in Measure.choices if m[0] not in (*SCHOOL_MEASURES, Measure.NONE_RECEIVED)]


class EstimateForm(Form):
    """« Estimer l’indice de position sociale »"""

    proxy_of = forms.ModelChoiceField(
        label="École où vont ensuite les élèves",
        queryset=None,
        empty_label="Choisissez l’école",
        help_text="Seules les écoles ouvertes de la ville dont l’indice est publié sont proposées.",
    )

    def __init__(self, *args, lenders, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["proxy_of"].queryset = lenders


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
        label="Nature",
        choices=KitLine.Kind.choices,
        initial=KitLine.Kind.OTHER,
        required=False,
        help_text="Elle rapproche le besoin de ce qui est déjà là.",
    )
    rule = forms.ChoiceField(
        label="Règle", choices=[r for r in KitLine.Rule.choices if r[0] != KitLine.Rule.PER_PUPILS], required=False
    )
    quantity_min = forms.IntegerField(label="Au moins", min_value=0, max_value=999, initial=1, required=False)
    quantity_max = forms.IntegerField(label="Au plus", min_value=0, max_value=999, initial=1, required=False)
    terminals_each = forms.IntegerField(
        label="Postes d’élèves dans chacune",
        min_value=1,
        max_value=99,
        required=False,
        help_text="D’une classe mobile, sans le poste de l’adulte.",
    )
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
        if data.get("kind") != KitLine.Kind.CART:
            data["terminals_each"] = None
        elif data.get("item") and "terminals_each" not in self.errors and not data.get("terminals_each"):
            self.add_error("terminals_each", TERMINALS)
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


class FiguresForm(Form):
    """The figures of a school for a school year, each under the name of its measure; all may stay empty.

    What the page showed is posted back with the answer: only what the person changed is written.
    """

    marks_optional = False
    classes = forms.IntegerField(label="Classes", min_value=1, max_value=99)
    school_pupils = forms.IntegerField(label="Élèves", min_value=1, max_value=2999)
    priority_education = forms.TypedChoiceField(
        label="Éducation prioritaire",
        choices=[("", "non connu"), *PriorityEducation.choices],
        coerce=int,
        empty_value=None,
    )
    social_index_tenths = forms.DecimalField(
        label="Indice de position sociale", max_digits=5, decimal_places=1, localize=True
    )
    floors = forms.IntegerField(
        label="Étages avec des classes", min_value=1, max_value=20, help_text="Rez-de-chaussée compris."
    )

    def __init__(self, *args, school, known, with_floors=True, **kwargs):
        """`known` is {measure: the standing Fact of the year}."""
        initial = {measure: fact.value for measure, fact in known.items()}
        if index := known.get(Measure.SOCIAL_INDEX_TENTHS):
            initial[Measure.SOCIAL_INDEX_TENTHS] = Decimal(index.value) / 10
        super().__init__(*args, initial=initial, **kwargs)
        self.school, self.known = school, known
        if school.kind == School.Kind.NURSERY:  # published with a CM2 only: it is lent another's, see EstimateForm
            del self.fields[Measure.SOCIAL_INDEX_TENTHS]
        if not with_floors:
            del self.fields[Measure.FLOORS]
        for field in self.fields.values():
            field.required, field.show_hidden_initial = False, True

    def clean_social_index_tenths(self):
        """In tenths, and never a thousand times too large for a comma forgotten."""
        index = self.cleaned_data["social_index_tenths"]
        if index is None:
            return None
        if not INDEX_RANGE[0] <= index <= INDEX_RANGE[1]:
            raise forms.ValidationError(ODD_INDEX)
        return int(index * 10)

    def changed_values(self) -> dict:
        """{measure: its new value, None where it was emptied}"""
        return {Measure(name): self.cleaned_data[name] for name in self.changed_data if name in self.fields}


class OriginForm(Form):
    """The source of the figures of a page: one for all those that were changed on it."""

    source = forms.CharField(
        label="Source",
        max_length=300,
        required=False,
        help_text=f"De ce que vous changez. Par exemple{NBSP}: DEPP, effectifs des écoles, rentrée 2026.",
    )
    quality = forms.ChoiceField(label="Qualité", choices=BY_HAND, initial=Quality.DECLARED)
    is_approximate = forms.BooleanField(label="Environ", required=False)
    marks_optional = False

    def asks_for(self, values) -> bool:
        """Whether a source is still missing for these {school: {measure: value}}: what is emptied needs none."""
        told = any(value is not None for given in values.values() for value in given.values())
        if told and not self.cleaned_data.get("source"):
            self.add_error("source", f"La source manque{NBSP}: écrivez d’où viennent ces chiffres.")
            return True
        return False


class NoneReceivedForm(Form):
    """« Ces écoles n’ont rien reçu »: nothing is ticked for who does not know."""

    schools = forms.ModelMultipleChoiceField(
        label="Écoles qui n’ont encore reçu aucune classe équipée",
        queryset=None,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Laissez celles dont vous ne savez rien, ou qui ont reçu des classes qui restent à écrire.",
    )
    every = forms.BooleanField(label="Toutes celles de cette liste", required=False)
    as_of = forms.DateField(label="Jusqu’au", widget=DayInput)

    def __init__(self, *args, schools, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["schools"].queryset = schools
        self.fields["schools"].label_from_instance = lambda school: school.shown_name

    def clean(self):
        said = super().clean()
        if said.pop("every", False):
            said["schools"] = list(self.fields["schools"].queryset)
        elif not said.get("schools"):
            self.add_error("schools", f"Rien n’est coché{NBSP}: cochez au moins une école.")
        return said


class ContactForm(Form):
    """« Adresse et contact »"""

    marks_optional = False
    address = forms.CharField(label="Adresse postale", max_length=200, required=False)
    postcode = forms.RegexField(
        r"^(\d{5})?$",
        label="Code postal",
        required=False,
        error_messages={"invalid": f"Un code postal a cinq chiffres{NBSP}: écrivez-le comme 86000."},
    )
    phone = forms.CharField(label="Téléphone", max_length=30, required=False)
    email = forms.EmailField(label="Courriel de l’école", required=False)
    source = forms.CharField(label="Source", max_length=200, help_text=f"Par exemple{NBSP}: annuaire de l’éducation.")


class OpeningForm(Form):
    """« Jour d’ouverture »"""

    marks_optional = False
    first_day = forms.DateField(
        label="Premier jour d’ouverture",
        widget=DayInput,
        required=False,
        help_text="L’école entre dans les comptes ce jour-là. Vide, ce jour n’est pas connu.",
    )
