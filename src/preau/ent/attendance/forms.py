"""What is typed or ticked: an absence, a reason, an appel, what a head did."""

from datetime import date, timedelta
from typing import NamedTuple

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from preau.ent.attendance.models import FollowUp, Half, Reason
from preau.kit.dates import weekday_text
from preau.kit.forms import DayInput, Form
from preau.kit.money import NBSP


class Pictogram(NamedTuple):
    """How a reason is shown to a family: a drawing of the sprite, and a few words."""

    icon: str
    words: str


REASONS = {
    Reason.ILLNESS: Pictogram(icon="thermometer", words=_("Mon enfant est malade")),
    Reason.CONTAGION: Pictogram(icon="shield-alert", words=_("Maladie contagieuse à la maison")),
    Reason.GATHERING: Pictogram(icon="users", words=_("Réunion de famille importante")),
    Reason.TRANSPORT: Pictogram(icon="bus", words=_("Trajet impossible")),
    Reason.FOLLOWING: Pictogram(icon="luggage", words=_("Nous sommes en déplacement, mon enfant nous suit")),
    Reason.OTHER: Pictogram(icon="circle-question-mark", words=_("Autre raison")),
}
LATER = Pictogram(icon="hourglass", words=_("Je la dirai plus tard"))
DATES, WHOLE = "dates", "all"
NO_CLASS = _("Il n’y a pas classe à ce moment-là\u00a0: choisissez un autre jour.")
ONE_DAY = _("Pour plusieurs jours, choisissez «\u00a0Toute la journée\u00a0».")
DAY_MISSING = _("Choisissez le premier jour.")
LIST_CHANGED = f"La liste de la classe a changé{NBSP}: la voici. Vérifiez, puis enregistrez."
CHILD_MISSING = _("Choisissez un enfant.")
PARTS = ((WHOLE, _("Toute la journée")), (Half.MORNING, _("Le matin")), (Half.AFTERNOON, _("L’après-midi")))


def reason_said(reason: str) -> str:
    """In the language of the page; empty when none was told."""
    return gettext(REASONS[reason].words) if reason else ""


def day_said(day: date, today: date) -> str:
    """« Aujourd’hui », « Demain », else « Lundi 30 novembre »."""
    near = {today: gettext("Aujourd’hui"), today + timedelta(days=1): gettext("Demain")}
    return near.get(day) or capfirst(weekday_text(day))


class ReasonForm(Form):
    """One of the reasons of the law, or another; no detail, no certificate."""

    reason = forms.ChoiceField(label=_("La raison"), widget=forms.RadioSelect)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["reason"].choices = [(reason, gettext(each.words)) for reason, each in REASONS.items()]

    @property
    def reasons(self):
        """(choice, icon) of each."""
        pictures = {"": LATER} | REASONS
        return [(choice, pictures[choice.data["value"]].icon) for choice in self["reason"]]


class HeardReasonForm(ReasonForm):
    """The same, of a child of whom the school speaks."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["reason"].choices = [(reason.value, capfirst(reason.label)) for reason in Reason]


class AbsenceForm(ReasonForm):
    """When, and why if one wishes. `days` are the next two with class; `has_class(child, first, half, last, half)` says
    whether that child has class then. `children`, (id, name) to choose from, brothers and sisters at once; none for an
    absence that is corrected."""

    marks_optional = False  # « Du » is asked for other days alone; « Au » may stay empty for one day

    child = forms.MultipleChoiceField(
        label=_("Quel enfant"), widget=forms.CheckboxSelectMultiple, error_messages={"required": CHILD_MISSING}
    )
    when = forms.ChoiceField(label=_("Quand"), widget=forms.RadioSelect)
    starts_on = forms.DateField(label=_("Du"), required=False, widget=DayInput)
    ends_on = forms.DateField(label=_("Au"), required=False, widget=DayInput)
    part = forms.ChoiceField(label=_("Toute la journée, ou une partie"), widget=forms.RadioSelect)
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, days, today, has_class, children=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.has_class, self.today = has_class, today
        near = [(day.isoformat(), day_said(day, today)) for day in days]
        self.fields["when"].choices = [*near, (DATES, gettext("D’autres jours"))]
        self.fields["part"].choices = [(value, gettext(words)) for value, words in PARTS]
        self.fields["reason"].choices = [*self.fields["reason"].choices, ("", gettext(LATER.words))]
        self.fields["reason"].required = False
        self.initial = {"when": near[0][0] if near else DATES, "part": WHOLE, "reason": ""} | self.initial
        if not children:
            del self.fields["child"]
        else:
            self.fields["child"].choices = children
            if len(children) == 1:
                self.initial["child"] = [children[0][0]]
            else:
                self.fields["child"].label = _("Quels enfants")

    def clean(self):
        """Gives `starts_on`, `first_half`, `ends_on`, `last_half`; what they were typed as is taken away."""
        said = super().clean()
        when, part = said.pop("when", None), said.pop("part", None)
        if when is None or part is None or self.errors:
            return said
        if when != DATES:
            said["starts_on"] = said["ends_on"] = date.fromisoformat(when)
        elif said.get("starts_on") is None:
            self.add_error("starts_on", DAY_MISSING)
            return said
        said["ends_on"] = said.get("ends_on") or said["starts_on"]
        if part != WHOLE and said["ends_on"] != said["starts_on"]:
            self.add_error("part", ONE_DAY)
        said["first_half"] = Half.AFTERNOON if part == Half.AFTERNOON else Half.MORNING
        said["last_half"] = Half.MORNING if part == Half.MORNING else Half.AFTERNOON
        is_in_order = said["starts_on"] <= said["ends_on"]
        if is_in_order:
            self._check_class(said, "starts_on" if when == DATES else "when")
        return said

    def _check_class(self, said, field):
        bounds = said["starts_on"], said["first_half"], said["ends_on"], said["last_half"]
        children = said.get("child", [None])
        for child in children:
            if not self.has_class(child, *bounds):
                self.add_error(field, self._about(child, NO_CLASS) if len(children) > 1 else NO_CLASS)

    def _about(self, child, said):
        said = gettext(said)
        return f"{dict(self.fields['child'].choices)[child]}{NBSP}: {said[0].lower()}{said[1:]}"


class Ticked(forms.MultipleChoiceField):
    """Whatever was ticked: a pupil who left the class since the page was opened is passed over."""

    def valid_value(self, value):
        return True


class RollForm(Form):
    """Boxes ticked: the absent, the late; the version of the appel that the page showed."""

    absent = Ticked(required=False)
    late = Ticked(required=False)
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args, pupils, **kwargs):
        super().__init__(*args, **kwargs)
        self.ids = {str(pupil): pupil for pupil in pupils}

    def clean(self):
        said = super().clean()
        ticked = {name: set(said.get(name) or ()) for name in ("absent", "late")}
        if (ticked["absent"] | ticked["late"]) - self.ids.keys():
            raise forms.ValidationError(LIST_CHANGED)
        return said | {name: {self.ids[each] for each in ids} for name, ids in ticked.items()}


class FollowUpForm(Form):
    """What was done, and a few words."""

    outcome = forms.ChoiceField(label="Ce qui a été fait", choices=FollowUp.Outcome.choices, widget=forms.RadioSelect)
    note = forms.CharField(
        label="Note",
        required=False,
        max_length=300,
        help_text="Quelques mots pour la direction. N’écrivez rien sur la santé de l’enfant.",
    )
