"""What the head corrects: a pupil's identity, a guardian's, how to reach them, what they are to the child."""

from django import forms

from preau.kit.forms import Form, NameField
from preau.people.contacts import PHONES
from preau.people.models import Contact
from preau.schools.forms import CIVILITIES, PhoneField, pupil_birth
from preau.schools.models import Guardianship

NAMES = ("civility", "first_name", "last_name", "usage_name")
FACTS = ("kind", "authority", "is_priority", "starts_on")
ASKED = (*PHONES, Contact.Kind.EMAIL)  # each has a line to write in, even when the school knows none
EMAIL_HINT = "Pour que l’école écrive à cette personne. Son compte et son identifiant ne changent pas."


class PupilCorrectionForm(Form):
    """How a pupil is named and when they were born."""

    first_name = NameField(label="Prénom", max_length=80)
    last_name = NameField(label="Nom", max_length=80)
    usage_name = NameField(label="Nom d’usage", max_length=80, required=False)
    birth_date = forms.DateField(label="Né ou née le")

    def __init__(self, *args, pupil, today, **kwargs):
        super().__init__(*args, initial={name: getattr(pupil, name) for name in self.base_fields}, **kwargs)
        self.today = today
        self.fields["birth_date"].required = pupil.birth_date is not None

    def clean_birth_date(self):
        born = self.cleaned_data["birth_date"]
        return pupil_birth(born, self.today) if born else None


class GuardianCorrectionForm(Form):
    """A guardian as the school knows them, and what they are to one child."""

    civility = forms.ChoiceField(label="Civilité", choices=CIVILITIES, required=False)
    first_name = NameField(label="Prénom", max_length=80)
    last_name = NameField(label="Nom", max_length=80)
    usage_name = NameField(label="Nom d’usage", max_length=80, required=False)
    kind = forms.ChoiceField(label="Lien avec l’élève", choices=Guardianship.Kind.choices)
    authority = forms.ChoiceField(label="Autorité parentale", choices=Guardianship.Authority.choices)
    is_priority = forms.BooleanField(label="À prévenir en premier", required=False)
    starts_on = forms.DateField(label="Responsable depuis le")

    def __init__(self, *args, link, **kwargs):
        initial = {name: getattr(link.guardian, name) for name in NAMES} | {n: getattr(link, n) for n in FACTS}
        super().__init__(*args, initial=initial, **kwargs)
        self.fields["civility"].choices = _with(CIVILITIES, link.guardian.civility)
        self.known = {_name(contact): contact for contact in link.guardian.contacts.order_by("kind", "id")}
        for name, contact in self.known.items():
            self._reached_by(name, contact.kind, contact.value)
        self.new = {f"new_{kind}": kind for kind in ASKED if all(c.kind != kind for c in self.known.values())}
        for name, kind in self.new.items():
            self._reached_by(name, kind, "")
        self.order_fields([*NAMES, *self.known, *self.new, *FACTS])

    def _reached_by(self, name, kind, value):
        label = str(Contact.Kind(kind).label).capitalize()
        if kind in PHONES:
            field = PhoneField(label)
        elif kind == Contact.Kind.EMAIL:
            field = forms.EmailField(label=label, required=False, help_text=EMAIL_HINT)
        else:
            field = forms.CharField(label=label, max_length=255, required=False)
        self.fields[name], self.initial[name] = field, value

    def facts(self) -> dict:
        """What `actions.correct_guardian` takes."""
        found = self.cleaned_data
        return {
            "names": {name: found[name] for name in NAMES},
            "facts": {name: found[name] for name in FACTS},
            "contacts": {contact.pk: found[name] for name, contact in self.known.items()},
            "added": tuple((kind, found[name]) for name, kind in self.new.items() if found[name]),
        }


def _name(contact):
    return f"contact_{contact.pk.hex}"


def _with(choices, value):
    """The choices, and the one a file brought that is not among them."""
    return choices if value in dict(choices) else (*choices, (value, value))
