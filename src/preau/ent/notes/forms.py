"""The shape of a mot being written, and of an answer."""

import datetime

from django import forms
from django.utils.timezone import localdate, make_aware

from preau.ent.notes.actions import Target
from preau.ent.notes.models import MOST_FILES, Answer, Nature, Outing
from preau.ent.notes.queries import outing_of
from preau.ent.notes.translated import choice_said
from preau.ent.notes.wordings import BLANK, FIELDS, filled, values_of
from preau.kit.forms import Form, LineField, check_day
from preau.kit.money import NBSP
from preau.media.fields import DocumentsField, VoiceField, join_voice, leave_out_voices
from preau.schools.fields import SentOnce
from preau.spaces.fields import question_field

ALL = "all"
HEALTH = "Rien sur la santé d’un enfant\u00a0: cela se dit à l’école, de vive voix."
UNFILLED = f"Il reste un blanc à remplir{NBSP}: {{}}."


class NoteForm(SentOnce):
    """A mot, from a wording or from nothing. `place` is where one writes from; `classrooms` and `pupils` are whom it
    may be for."""

    title = forms.CharField(label="Titre", max_length=120)
    text = forms.CharField(
        label="Le mot, tel que les familles le liront",
        max_length=3000,
        widget=forms.Textarea(attrs={"rows": 6, "class": "input"}),
        help_text=f"Des phrases courtes. {HEALTH}",
    )
    question = question_field()
    nature = forms.ChoiceField(label="Réponse attendue", choices=Nature.choices)
    choices = forms.CharField(
        label="Choix proposés, un par ligne",
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3, "class": "input"}),
    )
    answer_before = forms.DateField(label="Réponse avant le", required=False)
    classes = forms.MultipleChoiceField(label="Quelles classes", widget=forms.CheckboxSelectMultiple, required=False)
    pupils = forms.MultipleChoiceField(
        label="Quelques élèves seulement", widget=forms.CheckboxSelectMultiple, required=False
    )
    due_on = forms.DateField(label="Partir plus tard, le", required=False)
    due_hour = forms.TimeField(label="à", required=False, initial=datetime.time(7))
    urgent = forms.BooleanField(
        label="C’est urgent\u00a0: prévenir tout de suite",
        required=False,
        help_text="Même la nuit et le week-end. Deux fois par mois au plus.",
    )
    urgent_reason = LineField(label="Pourquoi c’est urgent", max_length=200, required=False)
    files = DocumentsField(label="Des documents", most=MOST_FILES, pictures=False, required=False)
    recording = VoiceField()

    def __init__(self, *args, place, classrooms, pupils, wording=None, hours=None, may_be_urgent=False, **kwargs):
        super().__init__(*args, **kwargs)
        leave_out_voices(self)
        if not may_be_urgent:
            del self.fields["urgent"], self.fields["urgent_reason"]
        self.place, self.wording, self.hours = place, wording, hours
        self.classrooms = {str(room.pk): room for room in classrooms}
        self.pupils = {str(pupil.pk): pupil for pupil in pupils}
        self.initial.setdefault("nature", Nature.SIGN)
        self._offer("classes", [(ALL, "Toutes les classes"), *((pk, str(r)) for pk, r in self.classrooms.items())], 2)
        self._offer("pupils", [(pk, pupil.full_name) for pk, pupil in self.pupils.items()], 1)
        if wording:
            self._take(wording)

    def _offer(self, name, choices, least):
        """A choice there is; none is asked of who writes to one class."""
        if len(choices) > least:
            self.fields[name].choices = choices
        else:
            del self.fields[name]

    def _take(self, wording):
        self.initial |= {"title": wording.title, "text": wording.text, "nature": wording.nature}
        self.initial["choices"] = "\n".join(wording.choices)
        for name in wording.blanks:
            kind = forms.TimeField if name == "heure" else forms.CharField
            self.fields[f"blank_{name}"] = kind(label=FIELDS[name])
        if wording.asks_day:
            self.fields["happens_on"] = forms.DateField(label=f"Quel jour{NBSP}?")
        if wording.outing:
            del self.fields["nature"]  # the hours say it
            del self.fields["choices"]
            self.fields["leaves_at"] = forms.TimeField(label="Départ")
            self.fields["returns_at"] = forms.TimeField(label="Retour")
            self.fields["returns_on"] = forms.DateField(
                label="Jour du retour", required=False, help_text="S’il y a une nuit."
            )

    def blank_fields(self):
        """What the wording asks, before the text."""
        names = ("happens_on", "leaves_at", "returns_at", "returns_on")
        blanks = [self[name] for name in self.fields if name.startswith("blank_")]
        return blanks + [self[name] for name in names if name in self.fields]

    def clean(self):
        values = super().clean()
        if self.errors:
            return values
        if self.wording:
            given = {name: values.pop(f"blank_{name}") for name in self.wording.blanks}
            said = values_of(values.get("happens_on"), given.pop("heure", None), **given)
            for name in ("title", "text"):
                values[name] = filled(values[name], said)
                if blank := BLANK.search(values[name]):
                    self.add_error(name, UNFILLED.format(blank[0]))
        if self.wording and self.wording.outing:
            self._derive(values)
        values["due_at"] = self._due(values)
        values["urgent_reason"] = self._urgent(values)
        values["targets"] = self._targets(values.pop("classes", ()), values.pop("pupils", ()))
        if not values["targets"]:
            self.add_error("classes", "Aucune classe n’est choisie\u00a0: choisissez-en une, ou toutes.")
        values["choices"] = values.get("choices", "").splitlines()
        join_voice(values)
        values["wording"] = self.wording.key if self.wording else ""
        return values

    def _derive(self, values):
        """Obligatoire, facultative or voyage; and what families are then asked."""
        day, back = values["happens_on"], values["returns_on"]
        is_same_day = back is None or back == day
        if back and back < day:
            self.add_error("returns_on", "Le retour est avant le départ\u00a0: corrigez l’un des deux.")
        if is_same_day and values["returns_at"] <= values["leaves_at"]:
            self.add_error("returns_at", "Le retour est avant le départ\u00a0: corrigez l’une des deux heures.")
        days = {name: values[name] for name in ("happens_on", "leaves_at", "returns_at", "returns_on")}
        values["outing"] = outing_of(self.hours, **days)
        values["returns_on"] = None if is_same_day else back
        signed = self.wording.nature if Nature(self.wording.nature).can_be_refused else Nature.SIGN
        values["nature"] = Nature.SEE if values["outing"] == Outing.WITHIN else signed

    def _due(self, values):
        day, hour = values.pop("due_on", None), values.pop("due_hour", None)
        return make_aware(datetime.datetime.combine(day, hour or datetime.time(7))) if day else None

    def _urgent(self, values):
        reason = values.pop("urgent_reason", "")
        if not values.pop("urgent", False):
            return ""
        if not reason:
            self.add_error("urgent_reason", "Dites en une ligne pourquoi c’est urgent\u00a0: cette raison est gardée.")
        return reason

    def _targets(self, classes, pupils):
        if pupils:
            return [Target(self.place, self.pupils[pk]) for pk in pupils]
        if "classes" not in self.fields:
            return [Target(room) for room in self.classrooms.values()] or [Target(self.place)]
        chosen = self.classrooms if ALL in classes else classes
        return [Target(self.classrooms[pk]) for pk in chosen]


class SendingForm(Form):
    """The second confirmation, typed, of who writes to many (trust.md R24)."""

    pupils_count = forms.IntegerField(
        label="Écrivez le nombre d’élèves",
        min_value=1,
        help_text="Il est écrit ci-dessus.",
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )


class CorrectionForm(Form):
    """The words of a mot that left, or is about to."""

    title, text, question, answer_before = (
        NoteForm.base_fields[name] for name in ("title", "text", "question", "answer_before")
    )
    asks_again = forms.BooleanField(
        label="Redemander leur réponse à celles et ceux qui ont déjà répondu",
        required=False,
        help_text="À cocher si le sens change\u00a0: une date, une heure, un lieu, un prix.",
    )
    version = forms.IntegerField(widget=forms.HiddenInput)


class FilesForm(Form):
    """Files joined to a mot that is written."""

    marks_optional = False
    files = DocumentsField(label="Des documents", most=MOST_FILES, pictures=False, required=False)
    recording = VoiceField()

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        leave_out_voices(self)

    def clean(self):
        values = super().clean()
        join_voice(values)
        if not self.errors and not values["files"]:
            self.add_error("files", f"Rien n’est choisi{NBSP}: choisissez un fichier.")
        return values


class AnswerForm(Form):
    """What a mot asks, for one child; a button says yes or no. A coupon that is back carries no file."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    agreed = forms.ChoiceField(label="Votre réponse", choices=Answer.Agreed.choices, required=False)
    choice = forms.ChoiceField(label="Votre réponse", widget=forms.RadioSelect, required=False)
    on_date = forms.DateField(label="Votre réponse", required=False)
    text = forms.CharField(
        label="Votre réponse",
        max_length=500,
        required=False,
        help_text=HEALTH,
        widget=forms.Textarea(attrs={"rows": 4, "class": "input"}),
    )
    document = DocumentsField(label="Votre document", required=False)
    recording = VoiceField(label="Ou dites-le")
    marks_optional = False

    ASKED = {Nature.CHOICE: "choice", Nature.DATE: "on_date", Nature.TEXT: "text", Nature.FILE: "document"}

    def __init__(self, *args, note, answer=None, on_paper=False, **kwargs):
        super().__init__(*args, **kwargs)
        if on_paper or note.nature != Nature.FILE:
            del self.fields["document"]
        if on_paper or note.nature != Nature.TEXT:
            del self.fields["recording"]
        leave_out_voices(self)
        self.asked = self.ASKED.get(note.nature)
        self.fields["choice"].choices = [(choice, choice_said(note, choice)) for choice in note.choices]
        self.initial["version"] = note.version
        if answer:
            self.initial |= {name: getattr(answer, name) for name in ("choice", "on_date", "text")}

    @property
    def asked_field(self):
        return self[self.asked] if self.asked in self.fields else None

    @property
    def takes_file(self) -> bool:
        return not {"document", "recording"}.isdisjoint(self.fields)

    def clean(self):
        values = super().clean()
        if self.takes_file:
            document = next(iter(values.pop("document", None) or ()), None)
            values["sent"] = document or values.pop("recording", None)
        return values


class ReviewForm(Form):
    """Who reread the mots types in a language."""

    reviewer = LineField(
        label="Relue par", max_length=80, help_text="Son nom et sa fonction, comme les familles les liront."
    )
    reread_on = forms.DateField(label="Le")

    def clean_reread_on(self):
        day = self.cleaned_data["reread_on"]
        check_day(day, datetime.date(2020, 1, 1), localdate())
        return day
