"""What somebody wants to be told, and the hours when nobody is."""

from datetime import time

from django import forms
from django.utils.translation import gettext_noop as _

from preau.kit.forms import Form, LineField, SixFigures
from preau.kit.money import NBSP
from preau.people.contacts import mobile_number


class EveningForm(forms.Form):
    wants = forms.BooleanField(
        label=_("M’écrire le soir, en semaine, quand il y a du nouveau dans mes espaces"), required=False
    )


class PauseForm(Form):
    """The hours of a digital pause: it may be longer than the default, and a little shorter."""

    begins_at = forms.TimeField(label="Le soir, la pause commence à", help_text="Entre 17\u00a0h et 21\u00a0h.")
    ends_at = forms.TimeField(label="Le matin, elle finit à", help_text="Entre 6\u00a0h et 9\u00a0h.")
    spares_weekends = forms.BooleanField(label="Le samedi et le dimanche aussi, toute la journée", required=False)

    def clean_begins_at(self):
        """A pause that begins in the afternoon would hold back the day; at 23 h it would be none."""
        return self._within("begins_at", time(17), time(21), f"Écrivez une heure entre 17{NBSP}h et 21{NBSP}h.")

    def clean_ends_at(self):
        return self._within("ends_at", time(6), time(9), f"Écrivez une heure entre 6{NBSP}h et 9{NBSP}h.")

    def _within(self, field, first, last, sentence):
        given = self.cleaned_data[field]
        if not first <= given <= last:
            raise forms.ValidationError(sentence)
        return given


class TextBudgetForm(Form):
    """0 stops them all."""

    per_month = forms.IntegerField(
        label="SMS facturés par mois, au plus",
        min_value=0,
        max_value=1_000_000,
        help_text="Comme l’opérateur les compte\u00a0: 160 signes en français, 70 en arabe ou en ukrainien.",
    )


class PhoneForm(Form):
    """A mobile number of France, overseas included."""

    number = LineField(
        label=_("Votre numéro de portable"),
        max_length=30,
        help_text=_("Par exemple 06 12 34 56 78. Personne d’autre ne le lit."),
        widget=forms.TextInput(attrs={"class": "input", "inputmode": "tel", "autocomplete": "tel"}),
    )

    def clean_number(self):
        """« +33612345678 »"""
        number = mobile_number(self.cleaned_data["number"])
        if not number:
            raise forms.ValidationError(
                _("Ce n’est pas un numéro de portable\u00a0: il commence par 06 ou 07, avec dix chiffres.")
            )
        return number


class PhoneCodeForm(Form):
    """Six figures received by text message."""

    code = SixFigures(label=_("Code reçu par SMS"))


class DeviceForm(Form):
    """The push subscription of a browser, filled in by its script."""

    endpoint = forms.CharField(max_length=1000, required=False, widget=forms.HiddenInput)
    p256dh = forms.CharField(max_length=100, required=False, widget=forms.HiddenInput)
    auth = forms.CharField(max_length=40, required=False, widget=forms.HiddenInput)

    def clean(self):
        """Sent without script, there is nothing to keep."""
        if not all(self.cleaned_data.get(name) for name in ("endpoint", "p256dh", "auth")):
            raise forms.ValidationError(
                _("Ce navigateur n’a rien donné\u00a0: il faut qu’il accepte les scripts et les notifications.")
            )
        return self.cleaned_data
