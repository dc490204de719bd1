"""Where to be written to, and the codes that come from there."""

from django import forms
from django.utils import timezone

from preau.kit.forms import Form
from preau.people import actions
from preau.people.adapters import throttle
from preau.people.texts import ERRORS


class EmailForm(Form):
    """Where to be told. The address is read by nobody but its owner."""

    email = forms.EmailField(
        label="Votre adresse de courriel",
        required=False,
        max_length=254,
        help_text="Celle de votre travail, ou celle que vous voulez. Vide : aucun courriel.",
        widget=forms.EmailInput(attrs={"class": "input", "autocomplete": "email"}),
    )

    def __init__(self, *args, account, may_give, **kwargs):
        """Who may give none any more still empties theirs: the field is hidden, and empty."""
        super().__init__(*args, **kwargs)
        self.account = account
        if not may_give:
            self.fields["email"].widget = forms.HiddenInput()
            self.initial["email"] = ""

    def clean_email(self):
        """Each address given is written to: five, then longer and longer waits."""
        email = self.cleaned_data["email"]
        if email:
            throttle(f"email {self.account.pk}")
        return email


class MailCodeForm(Form):
    """Six figures received by mail; a wrong try is counted on the code itself."""

    code = forms.CharField(
        label="Code reçu par courriel",
        help_text="6 chiffres. Il sert une fois, pendant dix minutes.",
        max_length=20,
        widget=forms.TextInput(
            attrs={"class": "input input-code", "inputmode": "numeric", "autocomplete": "one-time-code"}
        ),
    )

    def __init__(self, *args, mail_code, **kwargs):
        super().__init__(*args, **kwargs)
        self.mail_code = mail_code

    def clean_code(self):
        typed = self.cleaned_data["code"]
        if not (self.mail_code and actions.use_mail_code(code=self.mail_code, typed=typed, now=timezone.now())):
            raise forms.ValidationError(ERRORS["wrong_mail_code"], code="wrong_mail_code")
        return typed
