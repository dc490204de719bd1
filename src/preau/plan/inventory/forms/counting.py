"""A walk round a school: the labels seen, ticked in the list, scanned or typed."""

from django import forms

from preau.kit.forms import Form
from preau.plan.inventory.forms.arriving import lines_of
from preau.plan.inventory.forms.fields import NOT_A_TAG
from preau.plan.inventory.models import CountSession, Kind, Observation, clean_tag, is_tag


class BoxesOfThePage(forms.MultipleHiddenInput):
    """Read from the request, drawn by the page's own list."""

    def render(self, name, value, attrs=None, renderer=None):
        return ""


class TagsField(forms.Field):
    """Boxes ticked in the list: a tuple of tags, each once."""

    widget = BoxesOfThePage

    def clean(self, value):
        return _tags(value or ())


class CountForm(Form):
    """`client_id` is drawn by the page, so that what is sent twice counts once."""

    client_id = forms.UUIDField(widget=forms.HiddenInput)
    # By the telephone's clock, in universal time; empty when it is sent at once.
    counted_at = forms.DateTimeField(widget=forms.HiddenInput, required=False)
    seen = TagsField(required=False)
    others = forms.CharField(
        label="Autres étiquettes vues",
        required=False,
        help_text="Six signes, une étiquette par ligne.",
        widget=forms.Textarea(
            attrs={
                "class": "input input-code",
                "rows": 3,
                "autocomplete": "off",
                "autocapitalize": "characters",
                "spellcheck": "false",
            }
        ),
    )
    source = forms.ChoiceField(
        label="Ce relevé vient",
        choices=[
            (CountSession.Source.SCREEN.value, "de cet écran"),
            (CountSession.Source.PAPER.value, "d’une feuille remplie à la main"),
        ],
        widget=forms.RadioSelect,
        initial=CountSession.Source.SCREEN.value,
    )

    def clean_others(self):
        """A tuple of tags, each once."""
        return _tags(lines_of(self.cleaned_data["others"]))

    @property
    def tags(self) -> tuple[str, ...]:
        """All that was seen, each once."""
        return tuple(dict.fromkeys((*self.cleaned_data["seen"], *self.cleaned_data["others"])))


class SettlementForm(Form):
    """What becomes of the observations that were ticked."""

    observations = forms.ModelMultipleChoiceField(queryset=None)
    resolution = forms.ChoiceField(
        choices=[c for c in Observation.Resolution.choices if c[0] != Observation.Resolution.CREATED]
    )

    def __init__(self, *args, observations, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["observations"].queryset = observations


class ObservedForm(Form):
    """What bears a label that nobody knew."""

    kind = forms.ChoiceField(label="Nature", choices=[k for k in Kind.choices if k[0] != Kind.CART])
    label = forms.CharField(label="Désignation", max_length=120, help_text="Marque et modèle.")
    serial = forms.CharField(label="Numéro de série", max_length=80, required=False)


def _tags(texts) -> tuple[str, ...]:
    tags = tuple(dict.fromkeys(clean_tag(text) for text in texts))
    wrong = [text for text in texts if not is_tag(clean_tag(text))]
    if wrong:
        raise forms.ValidationError(f"«\u00a0{wrong[0][:40]}\u00a0»\u00a0: {NOT_A_TAG[0].lower()}{NOT_A_TAG[1:]}")
    return tags
