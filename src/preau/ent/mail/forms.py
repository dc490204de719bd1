"""The shape of a message, and of a report."""

from django import forms
from django.utils.translation import gettext_noop as _

from preau.ent.mail.fields import reason_field, words_field
from preau.ent.mail.models import MOST_FILES
from preau.kit.forms import Form, LineField
from preau.kit.spoken import typed
from preau.media.fields import SIZE, DocumentsField, VoiceField, join_voice, leave_out_voices
from preau.schools.fields import SentOnce

VOICE = _("Voix")
HEALTH = _("Rien sur la santé d’un enfant\u00a0: cela se dit à l’école, de vive voix.")


class MessageForm(SentOnce):
    """Words, a voice, files: one of them is enough."""

    marks_optional = False
    text = forms.CharField(
        label=_("Message"),
        required=False,
        max_length=3000,
        widget=forms.Textarea(attrs={"rows": 5, "class": "input"}),
        help_text=HEALTH,
    )
    recording = VoiceField(label=_("Ou dites-le"), help_text=_("Une minute au plus."))
    files = DocumentsField(label=_("Des documents, des photos"), most=MOST_FILES, required=False, help_text=SIZE)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        leave_out_voices(self)
        if self.is_child and "recording" in self.fields:  # it comes first: who hardly writes speaks
            self.fields["recording"].label = VOICE

    def clean(self):
        values = super().clean()
        join_voice(values)
        return values


class FirstMessageForm(MessageForm):
    """The first one of a conversation; `beside` are those who may be written to together."""

    subject = LineField(label=_("Objet (facultatif)"), required=False, max_length=120)
    others = forms.MultipleChoiceField(label=_("Aussi à"), required=False, widget=forms.CheckboxSelectMultiple)
    field_order = ("subject", "text", "others")

    def __init__(self, *args, beside=(), **kwargs):
        super().__init__(*args, **kwargs)
        if self.is_child:  # who is written to is enough of a title
            del self.fields["subject"]
        self.beside = {str(each.person.pk): each.person for each in beside}
        self.fields["others"].choices = [(pk, typed(person.formal_name)) for pk, person in self.beside.items()]
        if not beside:
            del self.fields["others"]

    def clean(self):
        values = super().clean()
        values["others"] = [self.beside[pk] for pk in values.get("others", ())]
        return values


class ReportForm(Form):
    """Why, and a few words if one wants."""

    marks_optional = False
    reason = reason_field()
    words = words_field()


class ClosingForm(Form):
    """What was done, that the reporter reads."""

    answer = forms.CharField(
        label="Ce qui a été fait",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4, "class": "input"}),
        help_text="La personne qui a signalé le lit. Ne nommez personne.",
    )
