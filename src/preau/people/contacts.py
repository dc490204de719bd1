"""Telephones, e-mails and addresses: tidied to be kept, keyed to be compared, written in a form."""

import re

from django import forms
from django.utils.translation import gettext_noop as _

from preau.kit.forms import Form
from preau.kit.names import name_key
from preau.people.models import Contact

Kind = Contact.Kind
PHONES = (Kind.MOBILE, Kind.HOME_PHONE, Kind.WORK_PHONE)
ASKED = (*PHONES, Contact.Kind.EMAIL)  # each has a line to write in, even when the school knows none
EMAIL_HINT = "Pour que l’école écrive à cette personne. Son compte et son identifiant ne changent pas."
INCOMPLETE = _("Ce numéro n’est pas complet\u00a0: écrivez-le comme 06 12 34 56 78.")
# « 0639 » of Mayotte, « 0690 » of Guadeloupe…: their own country codes (Arcep, numbering plan); then the mainland.
MOBILES = {
    "0639": "+262", "0690": "+590", "0691": "+590", "0692": "+262", "0693": "+262", "0694": "+594", "0696": "+596",
    "0697": "+596", "06": "+33", "07": "+33",
}  # fmt: skip
SHORT_WORDS = {
    "av": "avenue", "ave": "avenue", "bd": "boulevard", "bld": "boulevard", "bvd": "boulevard", "r": "rue",
    "pl": "place", "imp": "impasse", "ch": "chemin", "che": "chemin", "all": "allee", "rte": "route",
    "st": "saint", "ste": "sainte", "res": "residence", "bat": "batiment", "apt": "appartement",
}  # fmt: skip


def tidy_contact(kind: str, value: str) -> str:
    """The value as it is kept and shown; empty when it says nothing (« 00 », « - », an e-mail without @)."""
    value = " ".join(value.split())
    if kind in PHONES:
        if re.fullmatch(r"[\d.,]+e\+?\d+", value.lower()):  # « 6,22E+08 »: a workbook kept no more of it
            return ""
        digits = phone_digits(value)
        if len(digits) == 10 and digits.startswith("0"):
            return " ".join(digits[start : start + 2] for start in range(0, 10, 2))
        return value[:255] if len(digits) >= 6 else ""
    if kind == Kind.EMAIL:
        return value.lower()[:255] if re.fullmatch(r"[^@\s;,]+@[^@\s;,]+\.[^@\s;,]+", value) else ""
    return value[:255] if name_key(value) else ""


def contact_key(kind: str, value: str) -> str:
    """Equal for two ways of writing one telephone, e-mail or address."""
    if kind in PHONES:
        return phone_digits(value)[:255]
    if kind == Kind.EMAIL:
        return value.strip().casefold()[:255]
    return " ".join(SHORT_WORDS.get(word, word) for word in name_key(value).split())[:255]


def contact_token(kind: str, key: str) -> str:
    """What two persons' contacts are compared by: a mobile typed as the home telephone is still one number."""
    return f"{'phone' if kind in PHONES else kind}:{key}"


def contact_ends(kind: str, value: str) -> str:
    """« téléphone … 44 », « r…@example.org », « adresse notée »: enough to tell, not enough to copy (trust.md R9)."""
    if kind == Kind.EMAIL:
        name, _, host = value.partition("@")
        return f"{name[:1]}…@{host}"
    return "adresse notée" if kind == Kind.ADDRESS else f"téléphone …\u00a0{value[-2:]}"


def mobile_number(value: str) -> str:
    """« +33612345678 » of a mobile as it is typed, overseas included; empty for any other number."""
    digits = phone_digits(value)
    for start, prefix in MOBILES.items():
        if digits.startswith(start) and len(digits) == 10:
            return f"{prefix}{digits[1:]}"
    return ""


def phone_digits(value: str) -> str:
    """French numbers in their national form, even with +33, 0033, (0), or the 0 a spreadsheet took away."""
    plus = value.strip().startswith("+")
    digits = re.sub(r"\D", "", value.replace("(0)", ""))
    if digits.startswith("0033"):
        digits = digits[4:]
    elif digits.startswith("33") and (plus or len(digits) == 11):
        digits = digits[2:]
    elif plus:
        return f"+{digits}"
    if len(digits) == 9 and not digits.startswith("0"):
        digits = f"0{digits}"
    return digits if digits.strip("0") else ""


class PhoneField(forms.CharField):
    """A telephone that can be rung: what would be dropped as meaningless when kept is told instead."""

    def __init__(self, label="Téléphone"):
        super().__init__(label=label, max_length=30, required=False)

    def clean(self, value):
        written = super().clean(value)
        if written and not tidy_contact(Contact.Kind.MOBILE, written):
            raise forms.ValidationError(INCOMPLETE)
        return written


class ContactsForm(Form):
    """How a person is reached: a line for each contact known, then one for each kind of `ASKED` that is not. `labels`:
    {kind: its words}, for a page in another language than French."""

    def __init__(self, *args, contacts, labels=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.labels = labels or {kind: kind.label.capitalize() for kind in Contact.Kind}
        self.known = {_name(contact): contact for contact in contacts}
        for name, contact in self.known.items():
            self._reached_by(name, contact.kind, contact.value)
        self.new = {f"new_{kind}": kind for kind in ASKED if all(c.kind != kind for c in self.known.values())}
        for name, kind in self.new.items():
            self._reached_by(name, kind, "")

    def _reached_by(self, name, kind, value):
        label = self.labels[Contact.Kind(kind)]
        if kind in PHONES:
            field = PhoneField(label)
        elif kind == Contact.Kind.EMAIL:
            field = forms.EmailField(label=label, required=False, help_text=EMAIL_HINT)
        else:
            field = forms.CharField(label=label, max_length=255, required=False)
        self.fields[name], self.initial[name] = field, value

    @property
    def written(self) -> dict:
        """{contact: what it becomes}, as `actions.correct_contacts` takes it."""
        return {contact.pk: self.cleaned_data[name] for name, contact in self.known.items()}

    @property
    def added(self) -> tuple:
        """Pairs (Contact.Kind, value), as `actions.correct_contacts` takes them."""
        found = self.cleaned_data
        return tuple((kind, found[name]) for name, kind in self.new.items() if found[name])


def _name(contact):
    return f"contact_{contact.pk.hex}"
