"""Forms of the door. allauth's own, with our words and our throttle; and ours for the first time."""

from allauth.account import forms as account_forms
from allauth.core.internal.cryptokit import compare_user_code
from allauth.mfa.base import forms as mfa_forms
from allauth.mfa.models import Authenticator
from allauth.mfa.totp import forms as totp_forms
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from allauth.mfa.utils import decrypt
from allauth.mfa.webauthn import forms as webauthn_forms
from django import forms
from django.contrib.auth.password_validation import validate_password
from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from preau.kit.forms import Form, speak_french
from preau.people import actions
from preau.people.adapters import note_wrong_code, throttle
from preau.people.passwords import shortest_for
from preau.people.queries.identifiers import as_identifier, tried
from preau.people.sessions import REMEMBER
from preau.people.texts import ERRORS

SHORTEST_HINT = _("Au moins %(n)d signes. Trois ou quatre mots vont bien, avec ou sans espaces.")
TWICE = _("Les deux mots de passe ne sont pas les mêmes. Il faut deux fois le même.")
OWN_DEVICE = _("Rester connecté sur cet appareil : il est à moi")


def say(form, name, label, hint="", **attrs):
    """Gives a library's field our label and hint, and no placeholder."""
    field = form.fields[name]
    field.label, field.help_text = label, hint
    field.widget.attrs.pop("placeholder", None)
    field.widget.attrs.update(attrs)


class Spoken:
    """A library's form that speaks as ours do."""

    use_required_attribute = False

    def __init__(self, *args, **kwargs):
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        self.speak()
        for field in self.fields.values():
            speak_french(field)

    def speak(self):
        """Labels and hints."""


class EntryForm(Spoken, account_forms.LoginForm):
    """Identifier and password."""

    def speak(self):
        say(
            self,
            "login",
            _("Votre identifiant"),
            _("Il est sur votre fiche de connexion. Exemple : a.marelle"),
            autocapitalize="none",
            spellcheck="false",
        )
        say(self, "password", _("Votre mot de passe"))
        say(self, "remember", OWN_DEVICE)

    def clean_login(self):
        return as_identifier(super().clean_login())

    def login(self, request, redirect_url=None):
        request.session[REMEMBER] = self.cleaned_data["remember"]
        return super().login(request, redirect_url)


class ConfirmPasswordForm(Spoken, account_forms.ReauthenticateForm):
    """The password once more, before something that matters."""

    def speak(self):
        say(self, "password", _("Mot de passe"))


class ChangePasswordForm(Spoken, account_forms.ChangePasswordForm):
    """The present password, then the new one twice."""

    def speak(self):
        say(self, "oldpassword", _("Mot de passe actuel"))
        say(self, "password1", _("Nouveau mot de passe"), length_hint(self.user))
        say(self, "password2", _("Le nouveau, encore une fois"))

    def clean_oldpassword(self):
        what = f"account {tried(self.user.identifier)}"
        throttle(what)
        password = super().clean_oldpassword()
        actions.forgive(what=what)
        return password

    def clean(self):
        cleaned = super().clean()
        if self.has_error("password2"):
            del self._errors["password2"]
            self.add_error("password2", TWICE)
        return cleaned


class FactorThrottle(Spoken):
    """Wrong codes are counted per account, in the base."""

    def speak(self):
        say(self, "code", _("Code à 6 chiffres, ou code de secours"), inputmode="text")

    def clean_code(self):
        throttle(f"factor {self.user.pk}")
        try:
            code = super().clean_code()
        except forms.ValidationError:
            note_wrong_code(self.user)
            raise
        if not self.is_first_time(code):
            raise forms.ValidationError(ERRORS["incorrect_code"], code="incorrect_code")
        actions.forgive(what=f"factor {self.user.pk}")
        return code

    def is_first_time(self, code):
        """Spare codes are struck out one by one."""
        is_telephone = self.authenticator.type == Authenticator.Type.TOTP
        return not is_telephone or self.is_new_step(code, decrypt(self.authenticator.data["secret"]))

    def is_new_step(self, code, secret):
        """allauth marks the telephone's codes in the cache, which evicts when a site is busy: ours is in the base, by
        the half-minute that the code is of, which may be over when it is read (RFC 6238 §5.2)."""
        for step in yield_hotp_counters_from_time():
            if compare_user_code(actual=code, expected=format_hotp_value(hotp_value(secret, step))):
                return actions.use_factor_step(account=self.user, step=step)
        return False


class SecondFactorForm(FactorThrottle, mfa_forms.AuthenticateForm):
    """The second factor at the door."""


class ConfirmFactorForm(FactorThrottle, mfa_forms.ReauthenticateForm):
    """The second factor once more."""


class SetUpFactorForm(FactorThrottle, totp_forms.ActivateTOTPForm):
    """The first code of a telephone that has just learned the secret."""

    def is_first_time(self, code):
        """It was shown to nobody; the telephone it replaces may have been used in the same half-minute."""
        self.is_new_step(code, self.secret)
        return True

    def speak(self):
        say(self, "code", _("Le code à 6 chiffres que montre l’application"), inputmode="numeric")


class PasskeyForm(Spoken, webauthn_forms.AddWebAuthnForm):
    """The name of a new passkey; the browser adds the rest."""

    def speak(self):
        say(self, "name", _("Son nom"), _("Celui que vous reconnaîtrez. Exemple\u00a0: mon téléphone"))


class SheetCodeForm(Form):
    """The code of a connection sheet, as typed or scanned."""

    code = forms.CharField(
        label=_("Code de la fiche"),
        help_text=_("14 lettres et chiffres. Les tirets, les espaces et les majuscules ne comptent pas."),
        max_length=60,
        widget=forms.TextInput(
            attrs={
                "class": "input input-code",
                "autocomplete": "one-time-code",
                "autocapitalize": "characters",
                "spellcheck": "false",
            }
        ),
    )


class FirstPasswordForm(Form):
    """The password of a first time, or a new one after a loss."""

    password = forms.CharField(
        label=_("Nouveau mot de passe"),
        strip=False,
        max_length=200,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    again = forms.CharField(
        label=_("Le même, encore une fois"),
        strip=False,
        max_length=200,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    remember = forms.BooleanField(label=OWN_DEVICE, required=False)

    def __init__(self, *args, account, **kwargs):
        """`account` may not be saved yet: it carries the person whose names the rules refuse."""
        super().__init__(*args, **kwargs)
        self.account = account
        self.fields["password"].help_text = length_hint(account)

    def clean_password(self):
        validate_password(self.cleaned_data["password"], self.account)
        return self.cleaned_data["password"]

    def clean(self):
        cleaned = super().clean()
        if "password" in cleaned and "again" in cleaned and cleaned["password"] != cleaned["again"]:
            self.add_error("again", TWICE)
        return cleaned


def length_hint(account):
    """« Au moins 16 signes… » for who sees more than a class."""
    return gettext(SHORTEST_HINT) % {"n": shortest_for(account)}
