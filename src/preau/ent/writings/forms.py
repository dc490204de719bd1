"""The shape of what a pupil writes, and of what who reads it over sends. To a pupil, « tu »."""

from django import forms

from preau.kit.forms import Form
from preau.kit.money import NBSP
from preau.media.actions import MAX_PICTURES
from preau.media.fields import PicturesForm
from preau.schools.fields import SentOnce

LONGEST = 5000
NO_TITLE = "Il manque un titre\u00a0: écris quelques mots."
LONG_TITLE = f"Ton titre est trop long{NBSP}: garde au plus %(limit_value)d lettres."
LONG_TEXT = (
    f"Ton texte est trop long{NBSP}: %(show_value)d signes, pour %(limit_value)d au plus. Il est encore là, en entier. "
    "Fais-en deux textes."
)
NOT_SHOWN = "Cette image ne s’ouvre pas. Choisis une autre photo ou un autre dessin."
TOO_MANY = f"C’est trop d’images{NBSP}: choisis-en {MAX_PICTURES} au plus."
NO_REMARK = f"Écrivez à l’élève ce qui est à reprendre{NBSP}: une phrase suffit."


class WritingForm(SentOnce, PicturesForm):
    """A pupil's text. `writing` is the one being changed."""

    title = forms.CharField(
        label="Le titre", max_length=80, error_messages={"required": NO_TITLE, "max_length": LONG_TITLE}
    )
    text = forms.CharField(
        label="Ton texte",
        max_length=LONGEST,
        required=False,
        widget=forms.Textarea(attrs={"rows": 12, "class": "input"}),
        error_messages={"max_length": LONG_TEXT},
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args, writing=None, kept=(), **kwargs):
        super().__init__(*args, has_pictures=True, called="Image", **kwargs)
        self.kept = kept  # the pictures of a text already begun
        self.fields["pictures"].label = "Tes photos, tes dessins"
        self.fields["alt1"].help_text = "Quelques mots, pour qui ne voit pas l’image."
        if writing:
            self.initial |= {"title": writing.title, "text": writing.text, "version": writing.version}
            del self.fields["once"]
        for number, picture in enumerate(self.kept, start=1):
            self.fields[f"remove_{picture.pk.hex}"] = forms.BooleanField(
                label=f"Enlever l’image {number}", required=False
            )

    def kept_pictures(self):
        """(picture, its box « Enlever ») of those already there."""
        return [(picture, self[f"remove_{picture.pk.hex}"]) for picture in self.kept]

    def add_error(self, field, error):
        """What is said of a picture, to a child."""
        if field == "pictures":
            error = NOT_SHOWN
        super().add_error(field, error)

    def clean(self):
        values = super().clean()
        values["removed"] = [one for one in self.kept if values.get(f"remove_{one.pk.hex}")]
        values["sent"] = self.sent(values)
        if len(self.kept) - len(values["removed"]) + len(values["sent"]) > MAX_PICTURES:
            self._errors["pictures"] = self.error_class([TOO_MANY])
        return values


class ReviewForm(Form):
    """What is read over: the text as corrected, and the remark that goes with a text given back."""

    marks_optional = False
    title = forms.CharField(label="Titre", max_length=80)
    text = forms.CharField(
        label="Texte", max_length=LONGEST, required=False, widget=forms.Textarea(attrs={"rows": 12, "class": "input"})
    )
    remark = forms.CharField(
        label="Votre remarque à l’élève",
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "class": "input"}),
        help_text="L’élève et l’équipe de la classe la lisent, personne d’autre.",
    )
    no_child = forms.BooleanField(label="Aucun d’eux n’est reconnaissable sur ces images", required=False)
    version = forms.IntegerField(widget=forms.HiddenInput)
    act = forms.ChoiceField(choices=[("publish", "Publier"), ("return", "Rendre")], widget=forms.HiddenInput)

    def clean(self):
        values = super().clean()
        if values.get("act") == "return" and not values.get("remark", "").strip() and "remark" not in self.errors:
            self.add_error("remark", NO_REMARK)
        return values


class JournalForm(Form):
    """`chosen`: all the school reads it after the press."""

    chosen = forms.BooleanField(required=False)


class AnswerForm(Form):
    """What the conseil d’élèves decided."""

    answer = forms.CharField(
        label="Ce qui est décidé",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4, "class": "input"}),
        help_text="La classe et ses familles le lisent, sous l’idée.",
    )
    version = forms.IntegerField(widget=forms.HiddenInput)
