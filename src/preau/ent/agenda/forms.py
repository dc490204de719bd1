"""What is typed in the agenda."""

from django import forms
from django.utils.timezone import localtime
from django.utils.translation import gettext_noop as _

from preau.ent.agenda.models import EventScope, Slot
from preau.kit.dates import hour_text, weekday_text
from preau.kit.forms import Form, LineField
from preau.schools.fields import ReadAgain, SentOnce


class EventForm(ReadAgain, SentOnce):
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


class EventEditForm(ReadAgain, Form):
    """The same words, of an event already told; who it is for stays."""

    title, first_on, begins_at, ends_at, last_on, where, text = (
        EventForm.base_fields[name]
        for name in ("title", "first_on", "begins_at", "ends_at", "last_on", "where", "text")
    )
    version = forms.IntegerField(widget=forms.HiddenInput)


class SlotsForm(Form):
    """A range, cut in appointments of so many minutes."""

    day = forms.DateField(label="Jour")
    begins_at = forms.TimeField(label="Premier rendez-vous à")
    ends_at = forms.TimeField(label="Fin du dernier à")
    minutes = forms.IntegerField(label="Minutes pour chacun", min_value=5, max_value=120, initial=15)


class RoundForm(SentOnce, SlotsForm):
    """A first range, and what families read of it."""

    title = LineField(label="Titre", max_length=80, initial="Rendez-vous avec l’enseignante ou l’enseignant")
    where = LineField(label="Où, ou comment", max_length=80, required=False, help_text="En classe, au téléphone…")
    text = EventForm.base_fields["text"]
    field_order = ("title", "day", "begins_at", "ends_at", "minutes", "where", "text")


class SlotField(forms.ModelChoiceField):
    """Free slots, said as a day and an hour."""

    def label_from_instance(self, slot):
        start = localtime(slot.starts_at)
        return f"{weekday_text(start.date())}, {hour_text(start)}"


class TakingForm(Form):
    """A guardian chooses one of the free slots."""

    slot = SlotField(
        label=_("Choisissez une heure"), queryset=Slot.objects.none(), widget=forms.RadioSelect, empty_label=None
    )
    wish = LineField(
        label=_("Comment\u00a0?"),
        max_length=80,
        required=False,
        help_text=_("À l’école, au téléphone, en visio\u00a0: ce que vous préférez."),
    )

    def __init__(self, *args, slots, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["slot"].queryset = slots


class PlacingForm(Form):
    """The team notes an appointment for a family."""

    family = forms.ChoiceField(label="Famille")
    slot = SlotField(label="Créneau", queryset=Slot.objects.none(), empty_label="Choisissez")

    def __init__(self, *args, families, slots, **kwargs):
        super().__init__(*args, **kwargs)
        said = [(family.key, f"{family.child.full_name}, {family.guardian.formal_name}") for family in families]
        self.fields["family"].choices = [("", "Choisissez"), *said]
        self.fields["slot"].queryset = slots


def _long(label, most, rows=8, **more):
    rows = forms.Textarea(attrs={"rows": rows, "class": "input"})
    return forms.CharField(label=label, max_length=most, widget=rows, **more)


class CouncilForm(SentOnce):
    """A convocation."""

    day = forms.DateField(label="Jour", help_text="Au moins huit jours après aujourd’hui.")
    begins_at = forms.TimeField(label="Heure")
    where = LineField(label="Où", max_length=80)
    items = _long("Ordre du jour", 3000, help_text="Un point par ligne.")
    members = _long(
        "Composition du conseil",
        3000,
        help_text="Un membre par ligne. Lue par l’école, l’IEN et la Ville.",
    )


class MinutesForm(Form):
    """Minutes being written."""

    minutes = _long("Procès-verbal", 20000, rows=20)
    version = forms.IntegerField(widget=forms.HiddenInput)
