"""What is typed of a lesson."""

from django import forms

from preau.ent.homework.models import MOST_FILES, Kind
from preau.kit.forms import Form, LineField
from preau.kit.money import NBSP
from preau.media.fields import DocumentsField
from preau.people.models import Person
from preau.schools.fields import SentOnce


class PupilsField(forms.ModelMultipleChoiceField):
    """Pupils by their names."""

    def label_from_instance(self, pupil):
        return pupil.full_name


class EditForm(Form):
    """The words and the days; whom it is for stays."""

    kind = forms.ChoiceField(label="Quoi", choices=Kind.choices, widget=forms.RadioSelect)
    text = LineField(
        label="Précisément",
        max_length=300,
        help_text="Par exemple\u00a0: page 12, la poésie, le maillot de bain. Rien à écrire à la maison.",
    )
    first_on = forms.DateField(label="Pour le")
    until_on = forms.DateField(
        label="Chaque semaine, jusqu’au", required=False, help_text="Laissez vide pour une seule fois."
    )
    version = forms.IntegerField(widget=forms.HiddenInput)


class AssignmentForm(SentOnce, EditForm):
    """A new one, for all, or for the pupils ticked alone."""

    version = None
    pupils = PupilsField(
        label="Pour certains élèves seulement",
        queryset=Person.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Si personne n’est coché, c’est pour tous. Sinon, les autres élèves et leurs familles n’en lisent "
        "rien.",
    )

    files = DocumentsField(label="Documents", most=MOST_FILES, pictures=False, required=False)

    def __init__(self, *args, pupils, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["pupils"].queryset = pupils


class FilesForm(Form):
    """Documents for a lesson that is written."""

    marks_optional = False
    files = DocumentsField(
        label="Documents",
        most=MOST_FILES,
        pictures=False,
        error_messages={"required": f"Rien n’est choisi{NBSP}: choisissez un fichier."},
    )
