"""What a guardian fills, and what a sheet that came back says."""

from django import forms
from django.utils.translation import gettext_noop as _

from preau.ent.yearfile.models import YearFile
from preau.kit.forms import Form, LineField
from preau.media.fields import DocumentsField
from preau.people.contacts import ContactsForm, PhoneField
from preau.people.models import Contact

Kind = Contact.Kind
LABELS = {
    Kind.EMAIL: _("Courriel"), Kind.MOBILE: _("Téléphone portable"), Kind.HOME_PHONE: _("Téléphone du domicile"),
    Kind.WORK_PHONE: _("Téléphone du travail"), Kind.ADDRESS: _("Adresse"),
}  # fmt: skip
FEWEST_SIGNS = 3
NO_TIE = "Ces lignes ne disent pas le lien avec l’enfant\u00a0: écrivez «\u00a0Prénom Nom, grand-mère\u00a0»."


class OpeningForm(Form):
    """Until when the dossier is asked."""

    due_on = forms.DateField(label="À rendre avant le")


class OwnContactsForm(ContactsForm):
    """How the school reaches this guardian."""

    def __init__(self, *args, contacts, **kwargs):
        super().__init__(*args, contacts=contacts, labels=LABELS, **kwargs)
        for field in self.fields.values():
            field.help_text = ""


class PickupForm(Form):
    """Somebody who may fetch the child."""

    name = LineField(label=_("Prénom et nom"), max_length=120, min_length=FEWEST_SIGNS)
    tie = LineField(label=_("Lien avec l’enfant"), max_length=60, help_text=_("Par exemple\u00a0: grand-mère, voisin."))
    phone = PhoneField(_("Téléphone, si vous voulez"))


class CertificateForm(Form):
    """The insurance certificate, one file."""

    files = DocumentsField(label=_("Votre attestation, en PDF ou en photo"))


class SharingForm(Form):
    """Yes or no, pressed."""

    sharing = forms.ChoiceField(choices=[(each, each) for each in (YearFile.Sharing.YES, YearFile.Sharing.NO)])


class RefusalForm(Form):
    """Why a certificate is not the right one: its guardian reads it."""

    why = LineField(label="Pourquoi elle ne convient pas", max_length=120)


class SheetForm(ContactsForm):
    """A sheet that came back: what the family wrote on it."""

    pickups = forms.CharField(
        label="Personnes écrites sur la fiche",
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3, "class": "input"}),
        help_text="Une par ligne\u00a0: Prénom Nom, lien avec l’enfant.",
    )
    has_certificate = forms.BooleanField(label="L’attestation d’assurance est avec la fiche", required=False)
    sharing = forms.ChoiceField(
        label="Coordonnées aux associations de parents",
        required=False,
        choices=[("", "rien n’est coché"), ("yes", "oui"), ("no", "non")],
    )
    has_signed = forms.BooleanField(label="La charte d’usage est signée", required=False)

    def __init__(self, *args, contacts, **kwargs):
        super().__init__(*args, contacts=contacts, **kwargs)
        self.order_fields([*self.known, *self.new, *self.base_fields])

    def clean_pickups(self):
        """Pairs (name, tie)."""
        lines = [line.strip() for line in self.cleaned_data["pickups"].splitlines() if line.strip()]
        pairs = [tuple(part.strip()[:120] for part in line.split(",", 1)) for line in lines]
        if any(len(pair) < 2 or not all(pair) for pair in pairs):
            raise forms.ValidationError(NO_TIE)
        return tuple((name, tie[:60]) for name, tie in pairs)

    def said(self) -> dict:
        """What `actions.return_sheet` takes."""
        names = ("pickups", "has_certificate", "sharing", "has_signed")
        return {name: self.cleaned_data[name] for name in names} | {"written": self.written, "added": self.added}
