"""Whose passwords may be stolen."""

from django import forms

from preau.arrivals.queries.resets import Who
from preau.kit.forms import Form
from preau.kit.money import NBSP

WHOLE = "school"


class ResetForm(Form):
    """Sent by the address, so that what it would do is read before it is done."""

    who = forms.MultipleChoiceField(
        label="De qui", choices=Who.choices, initial=[Who.FAMILIES], widget=forms.CheckboxSelectMultiple
    )
    where = forms.ChoiceField(label="Où", widget=forms.RadioSelect, initial=WHOLE)
    since = forms.DateField(
        label="Laisser ceux qui ont changé de mot de passe depuis le",
        required=False,
        help_text="Le jour où le vol a été connu. Sans date, personne n’est laissé de côté pour cela.",
    )

    def __init__(self, *args, classrooms, today, **kwargs):
        super().__init__(*args, **kwargs)
        self.rooms, self.today = {str(each.pk): each for each in classrooms}, today
        self.fields["where"].choices = [
            (WHOLE, "Toute l’école"),
            *((key, each.name) for key, each in self.rooms.items()),
        ]

    def clean_since(self):
        since = self.cleaned_data["since"]
        if since and since > self.today:
            raise forms.ValidationError(f"Ce jour n’est pas encore venu{NBSP}: écrivez un jour passé, ou rien.")
        return since

    def clean(self):
        """As `actions.reset_passwords` takes it."""
        values = super().clean()
        return values | {"classroom": self.rooms.get(values.pop("where", WHOLE))}

    def sent(self) -> list[tuple[str, str]]:
        """The same once more, for the form that confirms."""
        if not self.is_bound:
            return []
        many = [("who", value) for value in self["who"].data or ()]
        return [*many, ("where", self["where"].data or ""), ("since", self["since"].data or "")]
