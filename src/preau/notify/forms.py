"""What somebody wants to be told, and the hours when nobody is."""

from datetime import time

from django import forms

from preau.kit.forms import Form
from preau.kit.money import NBSP


class EveningForm(forms.Form):
    wants = forms.BooleanField(
        label="M’écrire le soir, en semaine, quand il y a du nouveau dans mes espaces", required=False
    )


class PauseForm(Form):
    """A night that leaves families in peace: it may be made longer than the house's, and a little shorter."""

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


class DeviceForm(Form):
    """What a browser gives of itself, filled in by its script."""

    endpoint = forms.CharField(max_length=1000, required=False, widget=forms.HiddenInput)
    p256dh = forms.CharField(max_length=100, required=False, widget=forms.HiddenInput)
    auth = forms.CharField(max_length=40, required=False, widget=forms.HiddenInput)

    def clean(self):
        """Sent without script, there is nothing to keep."""
        if not all(self.cleaned_data.get(name) for name in ("endpoint", "p256dh", "auth")):
            raise forms.ValidationError(
                "Ce navigateur n’a rien donné\u00a0: il faut qu’il accepte les scripts et les notifications."
            )
        return self.cleaned_data
