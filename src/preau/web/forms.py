"""The two small choices of the top of the page."""

from django import forms

from preau.kit.forms import Form


class FaceForm(Form):
    """« Je suis ici comme… »"""

    face = forms.CharField(max_length=40)


class ReadingForm(Form):
    """« Aa »: how the page is shown on this device."""

    theme = forms.ChoiceField(choices=[("day", "clair"), ("night", "sombre")], required=False)
    reading = forms.ChoiceField(choices=[("plain", "normale"), ("spaced", "espacée")], required=False)
    next = forms.CharField(max_length=500, required=False)
