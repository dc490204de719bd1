"""Fields that rooms above add to their forms."""

import uuid

from django import forms

from preau.kit.forms import Form

SURE = "J’ai relu\u00a0: tout le monde peut le lire"


class ReadAgain:
    """A form of words for everyone: once they are held (`actions.Held`), a box says that they were read again."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        is_asked = self.data.get(self.add_prefix("is_sure"))
        widget = forms.CheckboxInput if is_asked else forms.HiddenInput
        self.fields["is_sure"] = forms.BooleanField(label=SURE, required=False, widget=widget)

    def add_error(self, field, error):
        """The reason is of the whole form, and said once."""
        if field == "is_sure":
            self.fields[field].widget = forms.CheckboxInput()
            field = None
        super().add_error(field, error)


class SentOnce(Form):
    """Pressed twice, it is written once: `once` names the page."""

    once = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial.setdefault("once", uuid.uuid4())
