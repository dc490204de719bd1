"""What the head corrects: a pupil's identity, a guardian's, how to reach them, what they are to the child."""

from django import forms

from preau.kit.forms import Form, NameField
from preau.people.contacts import ContactsForm
from preau.people.naming import CIVILITIES
from preau.schools.forms import pupil_birth
from preau.schools.models import Guardianship

NAMES = ("civility", "first_name", "last_name", "usage_name")
FACTS = ("kind", "authority", "is_priority", "starts_on")


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


class GuardianCorrectionForm(ContactsForm):
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
        contacts = link.guardian.contacts.order_by("kind", "id")
        super().__init__(*args, contacts=contacts, initial=initial, **kwargs)
        self.fields["civility"].choices = _with(CIVILITIES, link.guardian.civility)
        self.order_fields([*NAMES, *self.known, *self.new, *FACTS])

    def facts(self) -> dict:
        """What `actions.correct_guardian` takes."""
        found = self.cleaned_data
        return {
            "names": {name: found[name] for name in NAMES},
            "facts": {name: found[name] for name in FACTS},
            "contacts": self.written,
            "added": self.added,
        }


def _with(choices, value):
    """The choices, and the one a file brought that is not among them."""
    return choices if value in dict(choices) else (*choices, (value, value))
