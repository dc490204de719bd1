"""A site, who serves there, the city's file, a line and whose it is."""

from django import forms

from preau.ent.afterschool.schools_named import BY_CHILD
from preau.kit.forms import Form
from preau.kit.money import NBSP, counted
from preau.kit.tables.columns import NOT_READ
from preau.kit.tables.table import MAX_BYTES
from preau.people.models import Role
from preau.people.naming import NameForm
from preau.places.models import school_named
from preau.schools.models import Activity


class SiteForm(Form):
    """A site of the city, where it stands, and what it renders."""

    marks_optional = False

    name = forms.CharField(label="Nom du site", max_length=120, help_text="Comme les familles le lisent.")
    school = forms.ModelChoiceField(
        label="Se tient dans l’école",
        queryset=None,
        required=False,
        empty_label="aucune école",
        help_text="Un enfant de cette école vient ici quand le fichier ne nomme pas de site.",
    )
    kinds = forms.MultipleChoiceField(
        label="Services rendus",
        choices=Activity.Kind.choices,
        widget=forms.CheckboxSelectMultiple,
        help_text="Un service où des enfants sont inscrits reste ouvert.",
    )

    def __init__(self, *args, schools, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["school"].queryset = schools


class AgentForm(NameForm):
    """Someone of a site's team."""

    role = forms.ChoiceField(label="Sa fonction")
    starts_on = forms.DateField(label="À partir du")
    field_order = ("role", "civility", "first_name", "last_name", "identifier")

    def __init__(self, *args, roles, today, **kwargs):
        super().__init__(*args, initial={"starts_on": today}, **kwargs)
        self.fields["role"].choices = [("", "choisir"), *((role.value, role.label) for role in roles)]

    def facts(self) -> dict:
        """What `actions.name_agent` takes."""
        return self.named() | {"role": Role(self.cleaned_data["role"]), "starts_on": self.cleaned_data["starts_on"]}


class ServicesForm(Form):
    """The city's file."""

    sheet = forms.FileField(
        label="Le fichier",
        widget=forms.FileInput(attrs={"accept": ".csv,.txt,.xlsx,.ods,.xls", "class": "input"}),
    )

    def clean_sheet(self):
        sheet = self.cleaned_data["sheet"]
        if sheet.size > MAX_BYTES:
            limit = MAX_BYTES // 1024 // 1024
            raise forms.ValidationError(f"Ce fichier dépasse {limit} Mo{NBSP}: exportez moins d’écoles à la fois.")
        return sheet


EACH_CHILD = (BY_CHILD, "l’une ou l’autre\u00a0: celle où l’enfant est élève")


def _told_apart(school):
    """« École Jules Ferry, maternelle »: schools of one name are of two kinds, or in two streets."""
    return f"{school_named(school.name_beside_kind)}, {school.get_kind_display().lower()}"


class WordsForm(Form):
    """What each service that is not ours by its name means in the city's file, which school a name of several is."""

    marks_optional = False
    BOTH = f"{Activity.Kind.MORNING},{Activity.Kind.EVENING}"
    CHOICES = [
        ("", "choisir"), *Activity.Kind.choices, (BOTH, "Accueil du matin et accueil du soir"),
        (NOT_READ, "un service à ne pas lire"),
    ]  # fmt: skip

    def __init__(self, data=None, *, words, said, names=None, schools_said=None):
        """`words`: {key: (word, how many lines)}; `said`: {key: what it was said to mean}; `names`: {key: (name, how
        many lines, schools, whether it is theirs)}, and what was said of them."""
        super().__init__(data)
        self.words, self.names = words, names or {}
        for key, (name, count, schools, is_theirs) in self.names.items():
            label = f"«{NBSP}{name}{NBSP}», {counted(count, 'ligne', 'lignes')}"
            choices = [(str(one.pk), _told_apart(one)) for one in schools]
            choices = [("", "choisir"), *choices, EACH_CHILD] if is_theirs else [("", "aucune de celles-ci"), *choices]
            initial = (schools_said or {}).get(key, "")
            of_name = {"label": label, "choices": choices, "initial": initial, "required": is_theirs}
            self.fields[f"e-{key}"] = forms.ChoiceField(**of_name)
        for key, (word, count) in words.items():
            label = f"«{NBSP}{word}{NBSP}», {counted(count, 'ligne', 'lignes')}"
            initial = said.get(key, "")
            self.fields[f"s-{key}"] = forms.ChoiceField(label=label, choices=self.CHOICES, initial=initial)

    def asked(self, mark: str) -> dict:
        """{key: its field}, of the services (« s- ») or of the schools (« e- »)."""
        return {name.removeprefix(mark): self[name] for name in self.fields if name.startswith(mark)}

    def means(self, mark: str) -> dict:
        """{key: what was answered}, once valid."""
        return {key: self.cleaned_data[field.name] for key, field in self.asked(mark).items()}


class DayForm(Form):
    """The day that a list is read for."""

    jour = forms.DateField(label="Jour")


class ChangeForm(Form):
    """« Ne vient pas ce jour-là », « vient »."""

    child = forms.UUIDField()
    activity = forms.UUIDField()
    on = forms.DateField()
    comes = forms.ChoiceField(choices=(("1", "vient"), ("0", "ne vient pas")))


class MatchForm(Form):
    """Whose a line is."""

    child = forms.UUIDField()
