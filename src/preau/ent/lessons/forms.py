"""What is typed of a session, and made in it."""

import uuid

from django import forms

from preau.ent.lessons.actions.reading import NOT_HEARD
from preau.ent.lessons.models import CODE_LENGTH, MOST_FILES, MOST_TEXT, Activity, Goal, WorkPart
from preau.kit.forms import Form, LineField
from preau.kit.money import NBSP
from preau.kit.spoken.labels import label
from preau.media.fields import (
    DocumentsField,
    DrawingField,
    PicturesField,
    PicturesInput,
    VoiceField,
    heard_field,
    leave_out_voices,
)


class InstructionForm(Form):
    """What is to be done, in words, aloud, or both."""

    title = LineField(
        label="Consigne",
        max_length=120,
        required=False,
        help_text="Une phrase courte, que la tablette lit aux élèves si elle a une voix française.",
    )
    recording = VoiceField(
        label="Ou dites-la",
        help_text="Une minute au plus. Le plus sûr pour qui ne lit pas\u00a0: certaines tablettes n’ont pas de voix, "
        "et la vôtre s’entend sur toutes.",
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        leave_out_voices(self)


class ActivityForm(InstructionForm):
    """What the pupils find on their tablet; « Choix libre » when nothing is said."""

    field_order = ("activity", "word", "link")
    activity = forms.ChoiceField(
        label="Ce que font les élèves", choices=Activity.choices, widget=forms.RadioSelect, initial=Activity.FREE
    )
    link = forms.URLField(
        label="Adresse du lien",
        max_length=500,
        required=False,
        assume_scheme="https",
        help_text="Pour «\u00a0Un lien\u00a0». Les élèves voient de quel site il s’agit.",
    )
    files = DocumentsField(label="Documents", most=MOST_FILES, pictures=False, required=False)
    word = forms.ChoiceField(label="Quel mot", required=False, help_text="Pour «\u00a0Un mot de la classe\u00a0».")

    def __init__(self, *args, words=(), places=(), **kwargs):
        """`words`: those to choose from, the last first; `places`, where they may be from: then the last is that of the
        place chosen."""
        super().__init__(*args, **kwargs)
        names = {place.pk: f"{place}, " for place in places} if len(places) > 1 else {}
        choices = [(str(word.pk), f"{names.get(word.place_id, '')}{word}") for word in words]
        self.fields["word"].choices = [*([("", "Le dernier")] if names else []), *choices]
        if len(choices) < 2:
            del self.fields["word"]


MINUTES = (
    (0, "Jusqu’à la fin de la séance"), (45, "45\u00a0minutes"), (60, "1\u00a0heure"), (90, "1\u00a0h\u00a030"),
)  # fmt: skip


class OpenForm(ActivityForm):
    """The same, for whom, and what the plan lends to the session, where it knows some."""

    field_order = ("place", "activity", "word", "link")
    place = forms.ChoiceField(label="Pour", help_text="Une classe, un groupe ou un dispositif.")
    room = forms.ChoiceField(label="Wi-Fi", required=False, help_text="Il s’éteint à la fermeture de la séance.")
    minutes = forms.TypedChoiceField(
        label="Wi-Fi allumé", choices=MINUTES, coerce=int, required=False, empty_value=0, initial=0
    )
    kit = forms.ChoiceField(label="Chariot ou malle", required=False)

    def __init__(self, *args, offer, places, **kwargs):
        super().__init__(*args, initial=offer.chosen, places=places, **kwargs)
        self.places = {str(place.pk): place for place in places}
        self.fields["place"].choices = [(key, str(place)) for key, place in self.places.items()]
        if len(places) == 1:
            del self.fields["place"]
        self.fields["room"].choices = [("", "Ne pas l’allumer"), *offer.rooms]
        self.fields["kit"].choices = [("", "Aucun"), *offer.kits]
        if not offer.rooms:
            del self.fields["room"], self.fields["minutes"]
        if not offer.kits:
            del self.fields["kit"]

    def clean_place(self):
        return self.places[self.cleaned_data["place"]]


class NewsForm(Form):
    """What a tablet tells of itself."""

    kept = forms.IntegerField(min_value=0, max_value=1000)


class JoinForm(Form):
    """The six signs that the board shows."""

    marks_optional = False
    code = LineField(label="Les six signes", max_length=CODE_LENGTH + 5)


Sort = WorkPart.Sort
ASKS = {Sort.PHOTO: "do-photo", Sort.DRAWING: "do-draw", Sort.VOICE: "do-speak", Sort.TEXT: "do-write"}


class PartForm(Form):
    """One part of a page, made with one of the four tools."""

    marks_optional = False
    part_id = forms.UUIDField(widget=forms.HiddenInput)
    turn = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=100_000, required=False)
    by = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args, sort, **kwargs):
        super().__init__(*args, **kwargs)
        self.sort = sort
        self.fields["made"] = _field(sort)
        self.initial.setdefault("part_id", uuid.uuid4())
        self.initial.setdefault("turn", 1)

    def clean_turn(self):
        return self.cleaned_data["turn"] or 1

    def clean_made(self):
        made = self.cleaned_data["made"]
        if not made:  # sent by a button, without script
            raise forms.ValidationError(label(ASKS[self.sort]).words)
        return made[0] if isinstance(made, list | tuple) else made


class PhotoField(PicturesField):
    """One, taken by a child, who is told in a short sentence, which is also heard, why it is not kept."""

    def __init__(self):
        widget = PicturesInput(several=False, capture="environment")
        super().__init__(label="Ta photo", most=1, widget=widget, error_messages={"required": label("do-photo").words})

    def clean(self, data, initial=None):
        try:
            made = super().clean(data, initial)
        except forms.ValidationError as refusal:
            key = "photo-heavy" if refusal.code == "heavy" else "photo-unreadable"
            raise forms.ValidationError(label(key).words) from None
        if not made:
            raise forms.ValidationError(self.error_messages["required"], code="required")
        return made


def _field(sort):
    if sort == WorkPart.Sort.PHOTO:
        return PhotoField()
    if sort == WorkPart.Sort.DRAWING:
        return DrawingField(label="Ton dessin", required=True)
    if sort == WorkPart.Sort.VOICE:
        return VoiceField(
            label="Ta voix", required=True, help_text="Trois minutes au plus.", seconds=WorkPart.MOST_SECONDS
        )
    rows = forms.Textarea(attrs={"rows": 6, "class": "input"})
    return forms.CharField(label="Ton texte", max_length=MOST_TEXT, widget=rows)


class GoalForm(Form):
    """Where a page is for."""

    goal = forms.ChoiceField(choices=Goal.choices)


class SeatForm(Form):
    """A pupil of the session."""

    pupil_id = forms.UUIDField()


class FinishedForm(Form):
    """« J’ai fini », or goes on."""

    is_done = forms.BooleanField(required=False)


class RemarkForm(Form):
    """What the pupils do again, written or said."""

    marks_optional = False
    remark = LineField(label="Ce que l’élève reprend", max_length=300, required=False)
    recording = VoiceField(label="Ou dites-le")
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        leave_out_voices(self)


class ShowForm(Form):
    """Where a page is shown, and its reader's word about the children on it."""

    goal = forms.ChoiceField(choices=Goal.choices, required=False)
    no_child = forms.BooleanField(required=False)
    version = forms.IntegerField(required=False)

    def __init__(self, *args, voices=(), asks_words=False, **kwargs):
        """`voices`: of the page, each with what one hears in it; `asks_words`: a pupil reads what is said."""
        super().__init__(*args, **kwargs)
        self.heard = {part.pk: f"heard-{part.pk.hex}" for part in voices}
        for part in voices:
            self.fields[self.heard[part.pk]] = _heard_field(part, asks_words)
            part.heard_field = self[self.heard[part.pk]]

    def clean(self):
        said = super().clean()
        return said | {"heard": {pk: said.pop(name) for pk, name in self.heard.items() if name in said}}


def _heard_field(part, is_asked):
    why = f" Un élève lit ce qui se dit{NBSP}: il en a besoin." if is_asked else ""
    return heard_field(
        "Ce qu’on y entend",
        attrs={"form": "montrer"},
        required=is_asked,
        initial=part.heard,
        help_text=f"Se lit sous la voix.{why}",
        error_messages={"required": NOT_HEARD},
    )
