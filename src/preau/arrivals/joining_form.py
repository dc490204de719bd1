"""The code of a second sheet."""

from django import forms
from django.utils.translation import gettext_noop as _

from preau.kit.forms import Form


class SecondSheetForm(Form):
    """As typed; the confirmation carries it back, so that nothing waits in the session."""

    code = forms.CharField(
        label=_("Code de l’autre fiche"),
        help_text=_("14 lettres et chiffres. Les tirets, les espaces et les majuscules ne comptent pas."),
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
