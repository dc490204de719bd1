"""The shape of what is sent: a text, pictures, who it is for."""

import datetime

from django import forms
from django.utils.text import capfirst
from django.utils.timezone import make_aware

from preau.ent.posts import accords
from preau.ent.posts.models import MOST_FILES, Scope
from preau.ent.posts.queries import changed_since
from preau.kit.forms import DayInput, Form, HourInput
from preau.kit.money import NBSP
from preau.media.actions import MAX_PICTURES
from preau.media.fields import (
    DocumentsField,
    PicturesForm,
    VideoField,
    VoiceField,
    alt_field,
    heard_field,
    join_voice,
    leave_out_voices,
)
from preau.schools.fields import SentOnce
from preau.spaces.fields import question_field
from preau.spaces.models import Publication

UNDECLARED = "Cochez cette case, ou touchez «\u00a0On les reconnaît\u00a0»."
UNDECLARED_LATER = "Cochez cette case, ou retirez ces photos."
KEEPS = ("draft", "hide")  # acts that publish nothing
TEXT_LABELS = {
    Scope.CLASS: f"Qu’est-ce que les élèves ont appris{NBSP}?",
    Scope.GROUP: f"Qu’est-ce que les élèves ont appris{NBSP}?",
}


class Later(Form):
    """The day and the hour when a draft leaves, Paris time."""

    day = forms.DateField(label="Jour", widget=DayInput)
    hour = forms.TimeField(label="Heure", widget=HourInput)
    no_child = forms.BooleanField(label="Aucun enfant sans accord n’est reconnaissable sur ces photos")
    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args, asks_declaration=False, **kwargs):
        super().__init__(*args, **kwargs)
        if not asks_declaration:
            del self.fields["no_child"]

    def clean(self):
        values = super().clean()
        values["leaves_at"] = at_hour(values)
        return values


def at_hour(values) -> datetime.datetime | None:
    """The instant that a day and an hour say; None when one lacks."""
    day, hour = values.get("day"), values.get("hour")
    return make_aware(datetime.datetime.combine(day, hour)) if day and hour else None


class PostForm(SentOnce, PicturesForm):
    """Publishing: the text and the pictures first, who it is for only when there is a choice."""

    scope = forms.ChoiceField(label="Pour qui", widget=forms.RadioSelect, required=False)  # the usual one
    text = forms.CharField(
        label="Votre message",
        max_length=5000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 5, "class": "input"}),
        help_text="Une ou deux phrases.",
    )
    question = question_field()
    no_child = forms.BooleanField(
        label="Aucun enfant sans accord n’est reconnaissable sur ces photos",
        required=False,
    )
    day = forms.DateField(label="Jour", widget=DayInput, required=False)
    hour = forms.TimeField(label="Heure", widget=HourInput, required=False)

    def __init__(self, *args, scopes, place, to_hide=(), **kwargs):
        """`to_hide`: the `accords.ToHide` of these scopes."""
        self.scopes, self.pictured = scopes, [scope for scope in scopes if scope.shows_pictures_in(place)]
        self.declared = {scope for told in to_hide if told for scope in told.scopes} | {Scope.PUBLIC}
        super().__init__(*args, has_pictures=bool(self.pictured), **kwargs)
        self.fields["scope"].choices = [(scope.value, capfirst(scope.label)) for scope in scopes]
        self.fields["text"].label = TEXT_LABELS.get(scopes[0], "Votre message")
        if not any(scope.asks_at_home for scope in scopes):
            del self.fields["question"]
        asked = [scope.value for scope in self.pictured if scope in self.declared]
        self.fields["no_child"].widget.attrs["data-asked-for"] = " ".join(asked)  # media/reduce.js
        if not asked:
            del self.fields["no_child"]

    def clean_scope(self):
        return Scope(self.cleaned_data["scope"] or self.scopes[0])

    def clean(self):
        values = super().clean()
        scope, pictures = values.get("scope"), values.get("pictures")
        if not self.errors and not values.get("text", "").strip() and not pictures:
            self.add_error("text", f"Rien n’est écrit{NBSP}: écrivez une phrase ou choisissez une photo.")
        if scope and pictures and scope not in self.pictured:
            self.add_error("pictures", "Une photo reste dans l’école. Retirez-la.")
        is_going = self.data.get("act") not in KEEPS
        if is_going and scope in self.declared and pictures and not values.get("no_child"):
            self.add_error("no_child", UNDECLARED)
        if self.data.get("act") == "later":
            for name in ("day", "hour"):
                if name not in self.errors and not values.get(name):
                    self.add_error(name, self.fields[name].error_messages["required"])
            values["leaves_at"] = at_hour(values)
        return values


class FilesForm(Form):
    """Documents and a voice for a post that is written. `unheard`: the `accords.ToHide` of a voice."""

    marks_optional = False
    files = DocumentsField(label="Des documents", most=MOST_FILES, pictures=False, required=False)
    recording = VoiceField(label="Une voix, un chant")
    heard = heard_field("Ce qu’on entend dans la voix")
    no_voice = forms.BooleanField(label="Aucun enfant sans accord ne s’entend", required=False)

    def __init__(self, *args, unheard=(), **kwargs):
        super().__init__(*args, **kwargs)
        leave_out_voices(self)
        if "recording" not in self.fields:
            del self.fields["heard"]
        if not any(unheard) or "recording" not in self.fields:
            del self.fields["no_voice"]

    def clean(self):
        values = super().clean()
        if values.get("recording") and not values.setdefault("no_voice", True):
            self.add_error("no_voice", "Cochez si c’est vrai, ou gardez cette voix pour vous.")
        if values.get("heard") and "recording" not in self.errors and not values.get("recording"):
            self.add_error("recording", f"Ce texte va avec une voix{NBSP}: enregistrez-la, ou effacez-le.")
        join_voice(values)
        if not self.errors and not values["files"]:
            self.add_error("files", f"Rien n’est choisi{NBSP}: choisissez un fichier.")
        return values


class HeardForm(Form):
    """What one hears in the video of a post, for who does not hear it."""

    marks_optional = False
    heard = heard_field(
        "Ce qu’on y entend",
        attrs={"rows": 4},
        help_text="Les paroles, les bruits, en quelques phrases. Ce texte se lit sous la vidéo.",
        error_messages={"required": accords.NOT_WRITTEN},
    )

    def __init__(self, *args, asks_words=False, **kwargs):
        """`asks_words`: one of the pupils reads what is said."""
        super().__init__(*args, **kwargs)
        if asks_words:
            self.fields["heard"].required = True
            self.fields["heard"].help_text += f" Un élève de cette publication lit ce qui se dit{NBSP}: il en a besoin."


class VideoForm(HeardForm):
    """The video of a post. `unseen`, `unheard`: the `accords.ToHide` of its image and of its sound."""

    video = VideoField(error_messages={"required": f"Rien n’est choisi{NBSP}: choisissez une vidéo."})
    no_child = forms.BooleanField(
        label="Aucun enfant sans accord n’est reconnaissable",
        error_messages={"required": "Cochez si c’est vrai, ou gardez cette vidéo pour vous."},
    )
    no_voice = forms.BooleanField(
        label="Aucun enfant sans accord ne s’entend",
        error_messages={"required": "Cochez si c’est vrai, ou gardez cette vidéo pour vous."},
    )
    field_order = ("video", "heard")

    def __init__(self, *args, unseen=(), unheard=(), **kwargs):
        super().__init__(*args, **kwargs)
        if not any(unseen):
            del self.fields["no_child"]
        if not any(unheard):
            del self.fields["no_voice"]


class PostTextForm(PicturesForm):
    """Changing a text already written, what is said of its pictures, and adding some."""

    text = PostForm.base_fields["text"]
    question = PostForm.base_fields["question"]
    no_child = PostForm.base_fields["no_child"]
    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args, item, owes_declaration=False, **kwargs):
        has_pictures = Scope(item.post.scope).shows_pictures_in(item.publication.place)
        super().__init__(*args, has_pictures=has_pictures, called="Photo ajoutée", **kwargs)
        self.item = item
        self.initial |= {"text": item.post.text, "seen": item.seen, "question": item.publication.question}
        if not Scope(item.post.scope).asks_at_home:
            del self.fields["question"]
        if has_pictures:
            self.fields["pictures"].label = "Ajouter des photos"
        is_draft = item.publication.state == Publication.State.DRAFT
        is_looked_at = is_draft and not item.post.leaves_at  # by its author, before it is published
        self.owes_declaration = owes_declaration and (not is_looked_at or item.post.scope == Scope.PUBLIC)
        if not (has_pictures and owes_declaration):
            del self.fields["no_child"]
        for number, picture in enumerate(item.pictures, start=1):
            self.fields[f"alt_{picture.pk.hex}"] = alt_field(f"Photo {number}", initial=picture.alt)
            self.fields[f"remove_{picture.pk.hex}"] = forms.BooleanField(
                label=f"Retirer la photo {number}", required=False
            )

    def picture_fields(self):
        """What is asked about each picture already there."""
        return [self[name] for name in self.fields if name.startswith(("alt_", "remove_"))]

    def read_again(self):
        """After a Conflict: the next try has read what is kept. Returns it, or None when it is what was read."""
        changed = self.data.get("seen") and changed_since(self.data["seen"], self.item.seen)
        self.data = self.data.copy()
        self.data["seen"] = self.item.seen
        for picture in self.item.pictures:  # one added meanwhile was not asked about
            self.data.setdefault(f"alt_{picture.pk.hex}", picture.alt)
        return self.item.post if changed else None

    def clean(self):
        values = super().clean()
        kept = [p for p in self.item.pictures if not values.get(f"remove_{p.pk.hex}")]
        added = values.get("pictures") or []
        if len(kept) + len(added) > MAX_PICTURES:
            self.add_error("pictures", f"{len(kept) + len(added)} photos, c’est trop{NBSP}: gardez-en {MAX_PICTURES}.")
        if added and self.owes_declaration and not values.get("no_child"):
            self.add_error("no_child", UNDECLARED_LATER)
        if not self.errors and not values.get("text", "").strip() and not kept and not added:
            self.add_error("text", f"Il ne resterait rien{NBSP}: gardez une phrase ou une photo.")
        return values


class ChildrenForm(Form):
    """Which of these children are on a picture."""

    children = forms.MultipleChoiceField(
        label="Qui est sur cette photo\u00a0?", required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args, children, marked, **kwargs):
        super().__init__(*args, **kwargs)
        self.known = {str(child.pk): child for child in children}
        said = {True: "\u00a0: sans accord", False: ""}
        self.fields["children"].choices = [
            (key, f"{child.full_name}{said[child.lacks]}") for key, child in self.known.items()
        ]
        self.initial["children"] = [str(key) for key in marked]

    def clean_children(self):
        return [self.known[key] for key in self.cleaned_data["children"]]
