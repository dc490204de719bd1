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


MINUTES = (
    (0, "Jusqu’à la fin de la séance"), (45, "45\u00a0minutes"), (60, "1\u00a0heure"), (90, "1\u00a0h\u00a030"),
)  # fmt: skip


class OpenForm(ActivityForm):
    """The same, and what the plan lends to the session, where it knows some."""

    room = forms.ChoiceField(label="Wi-Fi", required=False, help_text="Il s’éteint à la fermeture de la séance.")
    minutes = forms.TypedChoiceField(
        label="Wi-Fi allumé", choices=MINUTES, coerce=int, required=False, empty_value=0, initial=0
    )
    kit = forms.ChoiceField(label="Chariot ou malle", required=False)

    def __init__(self, *args, offer, **kwargs):
        super().__init__(*args, initial=offer.chosen, **kwargs)
        self.fields["room"].choices = [("", "Ne pas l’allumer"), *offer.rooms]
        self.fields["kit"].choices = [("", "Aucun"), *offer.kits]
        if not offer.rooms:
            del self.fields["room"], self.fields["minutes"]
        if not offer.kits:
            del self.fields["kit"]


class NewsForm(Form):
    """What a tablet tells of itself."""

    kept = forms.IntegerField(min_value=0, max_value=1000)


class JoinForm(Form):
    """The six signs that the board shows."""

    marks_optional = False
    code = LineField(label="Les six signes", max_length=CODE_LENGTH + 5)
