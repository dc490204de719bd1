"""What a report asks, whatever is reported."""

from django import forms
from django.utils.translation import gettext_noop as _

from preau.ent.mail.models import Report


def reason_field() -> forms.ChoiceField:
    """What is wrong."""
    reasons = [(value, str(label)) for value, label in Report.Reason.choices]
    return forms.ChoiceField(label=_("Ce qui ne va pas"), choices=reasons, widget=forms.RadioSelect)


def words_field() -> forms.CharField:
    """A few words, if one wants."""
    box = forms.Textarea(attrs={"rows": 4, "class": "input"})
    return forms.CharField(label=_("Quelques mots (facultatif)"), required=False, max_length=1000, widget=box)
