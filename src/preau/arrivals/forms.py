"""What the head gives: which classes get sheets, which files come in."""

from django import forms

from preau.arrivals.comparing.births import ASIDE, KEEP
from preau.arrivals.models import SheetJob
from preau.kit.dates import day_text
from preau.kit.forms import Form
from preau.kit.money import NBSP
from preau.kit.tables.table import MAX_BYTES
from preau.schools.models import may_be_pupil

MOST_FILES = 6


class SheetsForm(Form):
    """The classes to print, and how. `classes`: queries.ClassSheets of the school."""

    marks_optional = False

    classrooms = forms.MultipleChoiceField(
        label="Pour quelles classes",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": f"Aucune classe n’est cochée{NBSP}: cochez-en une."},
    )
    layout = forms.ChoiceField(
        label="Sur le papier",
        widget=forms.RadioSelect,
        initial=SheetJob.Layout.EIGHT,
        choices=[(key, label.capitalize()) for key, label in SheetJob.Layout.choices],
    )
    with_pupils = forms.BooleanField(label="Aussi une fiche par élève, du CE2 au CM2", required=False)
    renews_active = forms.BooleanField(
        label="Aussi un nouveau code pour les comptes déjà ouverts",
        required=False,
        help_text="Sans cela, leur fiche rappelle l’identifiant et comment entrer.",
    )

    def __init__(self, *args, classes, **kwargs):
        super().__init__(*args, **kwargs)
        self.classes = {str(each.classroom.pk): each for each in classes}
        self.fields["classrooms"].choices = [(key, describe(each)) for key, each in self.classes.items()]

    def clean_classrooms(self):
        return [self.classes[key].classroom for key in self.cleaned_data["classrooms"]]


def describe(sheets) -> str:
    """« CP B : 41 parents, 3 comptes ouverts »"""
    count = len(sheets.guardians)
    text = f"{sheets.classroom.name}{NBSP}: {count}{NBSP}{'fiches' if count > 1 else 'fiche'}"
    if sheets.active_count:
        text += f", dont {sheets.active_count} pour un compte déjà ouvert"
    if sheets.elsewhere_count:
        text += f"{NBSP}; {sheets.elsewhere_count} dans la classe de l’aîné"
    return text


class FilesInput(forms.ClearableFileInput):
    """Several files at once, by a plain post."""

    allow_multiple_selected = True
    template_name = "django/forms/widgets/file.html"


class FilesField(forms.FileField):
    """Up to six files, as they came: what they hold is read by `arrivals.reading`."""

    widget = FilesInput

    def clean(self, data, initial=None):
        files = [file for file in (data if isinstance(data, list | tuple) else [data]) if file is not None]
        if not files:
            raise forms.ValidationError(self.error_messages["required"])
        if len(files) > MOST_FILES:
            raise forms.ValidationError(f"{len(files)} fichiers, c’est trop{NBSP}: choisissez-en {MOST_FILES} au plus.")
        heavy = next((file.name for file in files if file.size > MAX_BYTES), None)
        if heavy:
            limit = MAX_BYTES // 1024 // 1024
            raise forms.ValidationError(f"«{NBSP}{heavy}{NBSP}» dépasse {limit} Mo{NBSP}: exportez une seule école.")
        return files


class FilesForm(Form):
    """ONDE files, and the school year they speak of when two are possible."""

    marks_optional = False

    files = FilesField(
        label="Les fichiers",
        help_text="Élèves, responsables, enseignants. Tous à la fois si vous les avez.",
        widget=FilesInput(attrs={"accept": ".csv,.txt,.xlsx,.ods,.xls", "class": "input"}),
    )
    school_year = forms.ChoiceField(label="Pour l’année scolaire", widget=forms.RadioSelect)

    def __init__(self, *args, years, **kwargs):
        super().__init__(*args, **kwargs)
        years = list(dict.fromkeys(years))
        self.fields["school_year"].choices = [(year, year.replace("-", "\u2009–\u2009")) for year in years]
        self.fields["school_year"].initial = years[-1]
        if len(years) == 1:
            self.fields["school_year"].widget = forms.HiddenInput()


class ApplyForm(Form):
    """What the head read and asks to apply."""

    seen = forms.CharField(max_length=32, required=False)
    complete = forms.BooleanField(required=False)
    even_if_many = forms.BooleanField(required=False)
    set_aside = forms.BooleanField(required=False)


class BirthForm(Form):
    """What is said of a birth date that is no pupil's: `answer` is what `actions.answer_birth` takes."""

    key = forms.CharField(max_length=200)
    choice = forms.ChoiceField(choices=[(each, each) for each in ("corriger", "garder", "ecarter", "reposer")])
    born_on = forms.DateField(required=False)

    def __init__(self, *args, today, **kwargs):
        super().__init__(*args, **kwargs)
        self.today = today

    def clean(self):
        found = super().clean()
        choice, born = found.get("choice"), found.get("born_on")
        if choice == "corriger" and born and not may_be_pupil(born, self.today):
            raise forms.ValidationError(
                f"Le {day_text(born)} donne aussi un âge qui n’est pas celui d’un élève{NBSP}: relisez l’année."
            )
        if choice == "corriger" and not born and "born_on" not in self.errors:
            raise forms.ValidationError(f"Écrivez la date corrigée, par exemple 03/05/2018{NBSP}: rien n’a changé.")
        said = {"corriger": born and born.isoformat(), "garder": KEEP, "ecarter": ASIDE, "reposer": ""}
        return found | {"answer": said.get(choice)}


class AnswerForm(Form):
    """The answer to one question."""

    key = forms.CharField(max_length=200)
    same = forms.ChoiceField(choices=[("oui", "oui"), ("non", "non")])
