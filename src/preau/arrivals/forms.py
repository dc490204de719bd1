"""What the head gives: which classes get sheets, which files come in."""

from django import forms

from preau.arrivals.models import SheetJob
from preau.kit.forms import Form
from preau.kit.money import NBSP


class SheetsForm(Form):
    """The classes to print, and how. `classes`: queries.ClassSheets of the school."""

    marks_optional = False

    classrooms = forms.MultipleChoiceField(
        label="Pour quelles classes", widget=forms.CheckboxSelectMultiple,
        error_messages={"required": f"Aucune classe n’est cochée{NBSP}: cochez-en une."},
    )  # fmt: skip
    layout = forms.ChoiceField(
        label="Sur le papier", widget=forms.RadioSelect, initial=SheetJob.Layout.EIGHT,
        choices=[(key, label.capitalize()) for key, label in SheetJob.Layout.choices],
    )  # fmt: skip
    with_pupils = forms.BooleanField(label="Aussi une fiche par élève, du CE2 au CM2", required=False)
    renews_active = forms.BooleanField(
        label="Aussi un nouveau code pour les comptes déjà ouverts", required=False,
        help_text="Sans cela, leur fiche rappelle l’identifiant et comment entrer.",
    )  # fmt: skip

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
