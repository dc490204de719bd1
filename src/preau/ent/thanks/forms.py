"""What a press says."""

from django import forms

from preau.kit.forms import Form


class ThanksForm(Form):
    """`given`: the thanks stands after the press. `next`: the page it was pressed on."""

    given = forms.BooleanField(required=False)
    next = forms.CharField(required=False, max_length=200)
