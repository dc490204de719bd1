"""What one says to stop a place."""

from django import forms

from preau.kit.forms import Form
from preau.places.models import City, School
from preau.spaces.models import Stop


class StopForm(Form):
    """The whole place, what it holds, or one of these; all readers unless told otherwise."""

    part = forms.ChoiceField(label="Quoi", widget=forms.RadioSelect)
    readers = forms.MultipleChoiceField(
        label="Pour qui", choices=Stop.Readers.choices, initial=Stop.Readers.values, widget=forms.CheckboxSelectMultiple
    )
    why = forms.ChoiceField(
        label="Pourquoi",
        choices=Stop.Why.choices,
        initial=Stop.Why.FALSE_MESSAGE,
        widget=forms.RadioSelect,
        help_text="Les lecteurs liront cette raison.",
    )

    def __init__(self, *args, place, inside, **kwargs):
        super().__init__(*args, **kwargs)
        self.place, self.inside = place, {str(one.pk): one for one in inside}
        whole, below = WORDS[type(place)]
        self.fields["part"].choices = [
            (Stop.Part.WHOLE, whole), *((Stop.Part.BELOW, below) for _ in inside[:1]),
            *((key, str(one)) for key, one in self.inside.items()),
        ]  # fmt: skip
        self.fields["part"].initial = Stop.Part.WHOLE

    def clean(self):
        """As `actions.stop_place` takes it."""
        values = super().clean()
        chosen = values.pop("part", Stop.Part.WHOLE)
        one = self.inside.get(chosen)
        return values | {"place": one or self.place, "part": Stop.Part.WHOLE if one else chosen}


class SinceForm(Form):
    """Since when what an account published is recalled."""

    hours = forms.TypedChoiceField(
        label="Rappeler ce qui a été publié",
        choices=[(24, "depuis 24 heures"), (1, "depuis une heure"), (24 * 7, "depuis 7 jours")],
        coerce=int,
        initial=24,
        widget=forms.RadioSelect,
    )


WORDS = {
    School: ("Toute l’école", "Toutes ses classes\u00a0; l’école elle-même continue d’écrire"),
    City: ("Toute la ville, toutes ses écoles", "Toutes ses écoles\u00a0; la Ville elle-même continue d’écrire"),
}
