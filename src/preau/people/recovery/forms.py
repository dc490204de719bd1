"""Where to be written to, and the codes that come from there."""

import re

from django import forms
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from preau.kit.forms import Form, LineField, NameField, SixFigures
from preau.people import actions, known_devices
from preau.people.adapters import throttle
from preau.people.queries.identifiers import as_identifier
from preau.people.texts import ERRORS
from preau.places.models import School


class EmailForm(Form):
    """Where to be told. The address is read by nobody but its owner."""

    email = forms.EmailField(
        label=_("Votre adresse de courriel"),
        required=False,
        max_length=254,
        help_text=_("Celle de votre travail, ou celle que vous voulez. Vide : aucun courriel."),
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
    """Six figures received by mail or text message; a wrong try is counted on the code itself."""

    code = SixFigures(label=_("Code reçu"))

    def __init__(self, *args, mail_code, **kwargs):
        super().__init__(*args, **kwargs)
        self.mail_code = mail_code

    def clean_code(self):
        typed = self.cleaned_data["code"]
        if not (self.mail_code and actions.use_mail_code(code=self.mail_code, typed=typed, now=timezone.now())):
            raise forms.ValidationError(ERRORS["wrong_mail_code"], code="wrong_mail_code")
        return typed


class LostForm(Form):
    """Whose password is lost."""

    identifier = forms.CharField(
        label=_("Votre identifiant"),
        help_text=_("Il est sur votre fiche de connexion. Exemple\u00a0: a.marelle"),
        max_length=80,
        widget=forms.TextInput(
            attrs={"class": "input", "autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}
        ),
    )

    def clean_identifier(self):
        return as_identifier(self.cleaned_data["identifier"])


BIRTH = re.compile(r"\b\d{1,2}[/.-]\d{1,2}[/.-](?:20)?[12]\d\b")


class HelpForm(Form):
    """What somebody who cannot enter asks: nothing of a child. Without `schools`, one types one's own."""

    school = forms.ModelChoiceField(School.objects.none(), label=_("Votre école"), required=False)
    school_typed = LineField(
        label=_("Elle n’est pas dans la liste"),
        required=False,
        max_length=120,
        help_text=_("Écrivez son nom et sa ville."),
    )
    words = forms.CharField(
        label=_("Ce qui arrive"),
        max_length=600,
        help_text=_("N’écrivez ni le nom de votre enfant, ni sa date de naissance, ni un mot de passe."),
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    name = NameField(label=_("Votre nom"), required=False, max_length=80)
    reach = LineField(
        label=_("Où vous répondre"),
        required=False,
        max_length=120,
        help_text=_("Un téléphone ou un courriel. Sans cela, passez à l’école\u00a0: elle aura lu votre demande."),
    )

    def __init__(self, *args, schools, **kwargs):
        super().__init__(*args, **kwargs)
        if schools is None:
            del self.fields["school"]
            self.fields["school_typed"].label = _("Votre école")
            return
        self.fields["school"].queryset = schools
        self.fields["school"].empty_label = gettext("Choisissez")
        self.fields["school"].label_from_instance = lambda school: school.shown_name

    def clean_words(self):
        words = self.cleaned_data["words"].strip()
        if BIRTH.search(words):
            raise forms.ValidationError(
                _("Une date de naissance n’est pas utile\u00a0: retirez-la, le reste est gardé.")
            )
        return words

    def clean(self):
        cleaned = super().clean()
        if not cleaned.get("school") and not cleaned.get("school_typed") and "school_typed" not in self._errors:
            self.add_error("school_typed", _("Choisissez votre école, ou écrivez son nom ici."))
        return cleaned


class DeviceCodeForm(Form):
    """What admits one more device: figures read on a known one or received by mail, or a spare code. Wrong ones are
    counted per account, in the base. The view takes it for good."""

    code = forms.CharField(
        label=_("Écrivez ici le code"),
        max_length=40,
        widget=forms.TextInput(
            attrs={"class": "input input-code", "autocomplete": "one-time-code", "autocapitalize": "characters"}
        ),
    )

    def __init__(self, *args, account, mail_code, **kwargs):
        super().__init__(*args, **kwargs)
        self.account, self.mail_code = account, mail_code

    def clean_code(self):
        what, typed = f"device {self.account.pk}", self.cleaned_data["code"]
        throttle(what)
        if not self._admits(typed, timezone.now()):
            raise forms.ValidationError(ERRORS["wrong_device_code"], code="wrong_device_code")
        actions.forgive(what=what)
        return typed

    def _admits(self, typed, now):
        if known_devices.is_code_of(self.account, typed, now):
            return actions.admit_device(account=self.account, now=now)
        if self.mail_code and actions.use_mail_code(code=self.mail_code, typed=typed, now=now):
            return actions.admit_device(account=self.account, now=now)
        return actions.use_spare_code(account=self.account, typed=typed, now=now)
