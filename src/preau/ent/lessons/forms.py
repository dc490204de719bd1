"""What is typed of a session."""

from django import forms

from preau.ent.lessons.models import CODE_LENGTH, Activity
from preau.kit.forms import Form, LineField


class ActivityForm(Form):
    """What the pupils find on their tablet; « Choix libre » when nothing is said."""

    activity = forms.ChoiceField(
        label="Ce que font les élèves", choices=Activity.choices, widget=forms.RadioSelect, initial=Activity.FREE
    )
    title = LineField(
        label="Consigne", max_length=120, required=False, help_text="Une phrase courte, que la tablette lit aux élèves."
    )
    link = forms.URLField(
        label="Adresse du lien",
        max_length=500,
        required=False,
        assume_scheme="https",
        help_text="Pour «\u00a0Un lien\u00a0». Les élèves voient de quel site il s’agit.",
    )


class JoinForm(Form):
    """The six signs that the board shows."""

    marks_optional = False
    code = LineField(label="Les six signes", max_length=CODE_LENGTH + 5)
