"""The code of a second sheet."""

from django import forms

from preau.kit.forms import Form


class SecondSheetForm(Form):
    """As typed; the confirmation carries it back, so that nothing waits in the session."""

    code = forms.CharField(
        label="Code de l’autre fiche",
        help_text="14 lettres et chiffres. Les tirets, les espaces et les majuscules ne comptent pas.",
        max_length=60,
        widget=forms.TextInput(
            attrs={
                "class": "input input-code",
                "autocomplete": "off",
                "autocapitalize": "characters",
                "spellcheck": "false",
            }
        ),
    )
