"""What is typed in the agenda."""

from django import forms

from preau.ent.agenda.models import EventScope
from preau.kit.forms import Form, LineField


class EventForm(Form):
    """A new event; `scopes`: for whom the person may add one here."""

    title = LineField(label="Titre", max_length=80, help_text="Par exemple\u00a0: fête de l’école, sortie au musée.")
    first_on = forms.DateField(label="Jour")
    begins_at = forms.TimeField(label="À partir de", required=False)
    ends_at = forms.TimeField(label="Jusqu’à", required=False)
    last_on = forms.DateField(label="Dernier jour, si cela dure plusieurs jours", required=False)
    where = LineField(label="Où", max_length=80, required=False)
    text = forms.CharField(
        label="À savoir", max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 3, "class": "input"})
    )
    scope = forms.ChoiceField(label="Pour", widget=forms.RadioSelect)

    def __init__(self, *args, scopes, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["scope"].choices = [(scope.value, EventScope(scope).label) for scope in scopes]
        if len(scopes) == 1:
            self.fields["scope"].widget = forms.HiddenInput()
        self.initial.setdefault("scope", scopes[0])


class EventEditForm(Form):
    """The same words, of an event already told; who it is for stays."""

    title, first_on, begins_at, ends_at, last_on, where, text = (
        EventForm.base_fields[name]
        for name in ("title", "first_on", "begins_at", "ends_at", "last_on", "where", "text")
    )
    version = forms.IntegerField(widget=forms.HiddenInput)
