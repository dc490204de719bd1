"""What the head writes: an arrival, a class, a guardian, a restriction, a group, a day."""

import datetime

from django import forms

from preau.kit.forms import Form, LineField, NameField, check_day
from preau.kit.money import NBSP
from preau.kit.pages.pupils import has_letters
from preau.people.contacts import PhoneField
from preau.people.models import Contact, Language
from preau.people.naming import CIVILITIES, NameForm
from preau.places.models import Classroom, Group, Level
from preau.schools.actions import GuardianEntry
from preau.schools.models import Guardianship, PupilDisplay, may_be_pupil

LEVELS = (("", "choisir"), *Level.choices)
NOT_KNOWN = f"Cette personne n’est plus parmi celles déjà venues{NBSP}: choisissez-en une autre, ou écrivez son nom."
LONGEST_SUPPLY = datetime.timedelta(days=31)  # a class lent and forgotten stays open no longer


def pupil_birth(born, today):
    """The birth date, when it is one that a pupil may have."""
    if not may_be_pupil(born, today):
        raise forms.ValidationError(f"Cette date donne un âge qui n’est pas celui d’un élève{NBSP}: relisez l’année.")
    return born


class LevelOfClass:
    """A form that names a class and a level: the class teaches that level, and says it when it has one."""

    def clean(self):
        found = super().clean()
        classroom, level = found.get("classroom"), found.get("level")
        if classroom and len(classroom.levels) == 1 and not self.data.get(self.add_prefix("level")):
            found["level"] = classroom.levels[0]
            del self.errors["level"]
        if classroom and level and classroom.levels and level not in classroom.levels:
            taught = " ou ".join(Level(each).label for each in classroom.levels)
            self.add_error("level", f"Ce niveau n’est pas celui de {classroom.name}{NBSP}: choisissez {taught}.")
        return found


class ArrivalForm(LevelOfClass, Form):
    """« Un élève arrive », with up to two guardians. Two guardians are enough at the counter; more come after."""

    first_name = NameField(label="Prénom", max_length=80)
    last_name = NameField(label="Nom", max_length=80)
    birth_date = forms.DateField(label="Né ou née le")
    classroom = forms.ModelChoiceField(label="Classe", queryset=Classroom.objects.none(), empty_label="pas encore")
    level = forms.ChoiceField(label="Niveau", choices=LEVELS)
    starts_on = forms.DateField(label="Présent à partir du")

    def __init__(self, *args, classrooms, today, **kwargs):
        super().__init__(*args, **kwargs)
        self.today = today
        self.fields["classroom"].queryset = classrooms
        self.fields["classroom"].required = False
        self.fields["starts_on"].initial = today
        for number in (1, 2):
            self.fields |= guardian_fields(number)

    def clean_birth_date(self):
        return pupil_birth(self.cleaned_data["birth_date"], self.today)

    def clean(self):
        found = super().clean()
        for number in (1, 2):
            names = [found.get(f"guardian_{number}_first_name"), found.get(f"guardian_{number}_last_name")]
            is_begun = any(self.data.get(name) for name in guardian_fields(number))
            if is_begun and not all(names):
                missing = "last_name" if names[0] else "first_name"
                self.add_error(f"guardian_{number}_{missing}", "Écrivez le nom et le prénom du responsable.")
        return found

    @property
    def pupil_fields(self):
        return [self[name] for name in ("first_name", "last_name", "birth_date", "classroom", "level", "starts_on")]

    @property
    def guardian_sets(self):
        return [[self[name] for name in guardian_fields(number)] for number in (1, 2)]

    def facts(self) -> dict:
        """What `actions.enrol_pupil` takes."""
        names = ("first_name", "last_name", "birth_date", "classroom", "level", "starts_on")
        entries = (entry_of(self.cleaned_data, number) for number in (1, 2))
        return {name: self.cleaned_data[name] for name in names} | {"guardians": tuple(filter(None, entries))}


def guardian_fields(number: int) -> dict:
    """The fields of one guardian of an arrival."""
    prefix = f"guardian_{number}"
    return {
        f"{prefix}_first_name": NameField(label="Prénom", max_length=80, required=False),
        f"{prefix}_last_name": NameField(label="Nom", max_length=80, required=False),
        f"{prefix}_phone": PhoneField(),
        f"{prefix}_email": forms.EmailField(label="Courriel", required=False),
    }


def entry_of(data: dict, number: int) -> GuardianEntry | None:
    """The guardian written in these fields, None when they are empty."""
    prefix = f"guardian_{number}"
    if not data.get(f"{prefix}_last_name"):
        return None
    return GuardianEntry(
        first_name=data[f"{prefix}_first_name"],
        last_name=data[f"{prefix}_last_name"],
        is_priority=number == 1,
        contacts=contacts_in(data.get(f"{prefix}_phone"), data.get(f"{prefix}_email")),
    )


def contacts_in(phone: str | None, email: str | None) -> tuple:
    """Pairs (kind, value) of what was written."""
    pairs = ((Contact.Kind.MOBILE, phone), (Contact.Kind.EMAIL, email))
    return tuple((kind, value) for kind, value in pairs if value)


class ChangeClassForm(LevelOfClass, Form):
    """« Change de classe »."""

    classroom = forms.ModelChoiceField(
        label="Nouvelle classe", queryset=Classroom.objects.none(), empty_label="choisir"
    )
    level = forms.ChoiceField(label="Niveau", choices=LEVELS)
    on = forms.DateField(label="À partir du")

    def __init__(self, *args, classrooms, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["classroom"].queryset = classrooms


class LeavingForm(Form):
    """« Part »."""

    on = forms.DateField(label="Dernier jour à l’école", help_text="La famille garde ce qu’elle a reçu.")


class GuardianForm(Form):
    """A guardian is added."""

    civility = forms.ChoiceField(label="Civilité", choices=CIVILITIES, required=False)
    first_name = NameField(label="Prénom", max_length=80)
    last_name = NameField(label="Nom", max_length=80)
    phone = PhoneField()
    email = forms.EmailField(label="Courriel", required=False)
    kind = forms.ChoiceField(label="Lien avec l’élève", choices=Guardianship.Kind.choices)
    authority = forms.ChoiceField(
        label="Autorité parentale", choices=Guardianship.Authority.choices, initial=Guardianship.Authority.UNKNOWN
    )
    is_priority = forms.BooleanField(label="À prévenir en premier", required=False)
    starts_on = forms.DateField(label="À partir du")

    def entry(self) -> GuardianEntry:
        """What `actions.add_guardian` takes."""
        names = ("civility", "first_name", "last_name", "kind", "authority", "is_priority")
        found = {name: self.cleaned_data[name] for name in names}
        return GuardianEntry(**found, contacts=contacts_in(self.cleaned_data["phone"], self.cleaned_data["email"]))


class LanguageForm(Form):
    """What a guardian reads better than French, as the family told the school."""

    language = forms.ChoiceField(
        label="Lit plutôt",
        choices=(("", "le français"), *Language.choices),
        required=False,
        help_text="Comme la famille l’a dit à l’école. La direction et l’enseignant de la classe le voient.",
    )


class RestrictionForm(Form):
    """A judge's decision. Without its date and reference nobody is restricted (users.md rule 16)."""

    on = forms.DateField(label="Date de la décision")
    reference = forms.CharField(
        label="Référence de la décision",
        max_length=120,
        help_text="Exemple\u00a0: JAF Poitiers, 12 mars 2026, n° 26/112",
    )

    def __init__(self, *args, today, **kwargs):
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_on(self):
        if self.cleaned_data["on"] > self.today:
            raise forms.ValidationError(f"Cette date n’est pas encore passée{NBSP}: relisez la décision.")
        return self.cleaned_data["on"]


class GroupForm(Form):
    """A group or a dispositif."""

    name = LineField(label="Nom", max_length=120)
    kind = forms.ChoiceField(label="Nature", choices=Group.Kind.choices)


class MembersForm(Form):
    """Pupils join a group; `rooms`, the boxes of each class."""

    pupils = forms.MultipleChoiceField(
        label="Élèves", error_messages={"required": "Personne n’est coché\u00a0: cochez au moins un élève."}
    )

    def __init__(self, *args, enrolments, **kwargs):
        super().__init__(*args, **kwargs)
        self.pupils = {str(each.pupil_id): each.pupil for each in enrolments}
        self.fields["pupils"].choices = list(self.pupils.items())
        self.rooms = {}
        for each in enrolments:
            self.rooms.setdefault(each.classroom.name if each.classroom else "Sans classe", []).append(each.pupil)

    def clean_pupils(self):
        return [self.pupils[key] for key in self.cleaned_data["pupils"]]


class ClassroomForm(Form):
    """A class opens."""

    name = LineField(label="Nom de la classe", max_length=120, help_text="Exemple\u00a0: CP B")
    levels = forms.MultipleChoiceField(label="Niveaux", choices=Level.choices, widget=forms.CheckboxSelectMultiple)


class SupplyForm(NameForm):
    """Who takes the class, until which evening."""

    until = forms.DateField(label="Jusqu’au soir du", help_text="Aujourd’hui, ou un autre jour du mois qui vient.")

    def __init__(self, *args, today, **kwargs):
        super().__init__(*args, initial={"until": today}, **kwargs)
        self.today = today

    @property
    def names(self):
        """The fields that say who."""
        return [field for field in self if field.name != "until"]

    def clean(self):
        """Nobody is looked for under the name typed when the button pressed names no one who came before."""
        if self.data.get("holder"):
            raise forms.ValidationError(NOT_KNOWN)
        return super().clean()

    def clean_until(self):
        check_day(self.cleaned_data["until"], self.today, self.today + LONGEST_SUPPLY)
        return self.cleaned_data["until"]


def _fonts():
    """Those that this machine has."""
    has_it = has_letters(PupilDisplay.Font.OPEN_DYSLEXIC)
    return [each for each in PupilDisplay.Font.choices if has_it or each[0] != PupilDisplay.Font.OPEN_DYSLEXIC]


class DisplayForm(Form):
    """« Affichage aménagé » of a pupil: what helps, never why."""

    fewer_tiles = forms.BooleanField(
        label="Quatre images au plus", required=False, help_text="Au lieu de six sur un écran."
    )
    is_spaced = forms.BooleanField(
        label="Lettres et lignes espacées", required=False, help_text="Le texte reste à gauche, sans italique."
    )
    font = forms.ChoiceField(label="Lettres", choices=_fonts, required=False, widget=forms.RadioSelect)
    has_guide = forms.BooleanField(
        label="Règle de lecture", required=False, help_text="Une bande claire suit le doigt, ligne à ligne."
    )
    is_read_aloud = forms.BooleanField(
        label="Lecture à voix haute", required=False, help_text="Un bouton lit la page, si la tablette a une voix."
    )
    has_subtitles = forms.BooleanField(
        label="Sous-titres", required=False, help_text="Ce que dit un bouton s’écrit aussi en bas de l’écran."
    )
    signs_first = forms.BooleanField(
        label="La langue des signes d’abord",
        required=False,
        help_text="Une vidéo qui existe aussi en LSF se montre d’abord en LSF.",
    )
    is_stepped = forms.BooleanField(
        label="Deux touches", required=False, help_text="Espace passe à l’image suivante, Entrée la choisit."
    )
    scans_every = forms.TypedChoiceField(
        label="Une seule touche",
        choices=PupilDisplay.Pace.choices,
        coerce=int,
        empty_value=0,
        required=False,
        widget=forms.RadioSelect,
        initial=0,
        help_text="Les images s’allument l’une après l’autre. Espace, Entrée ou un contacteur choisit.",
    )
