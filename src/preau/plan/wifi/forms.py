"""The shapes of what a teacher and a controller say."""

import datetime
import json

from django import forms
from django.utils.dateparse import parse_datetime

from preau.kit.forms import Form
from preau.kit.money import NBSP
from preau.plan.wifi.actions import Report
from preau.plan.wifi.models import LONGEST_MINUTES, Activity, PointSignal

MINUTES = (30, 45, 60, 90)
MOST_POINTS = 500
LARGEST = 64 * 1024
AHEAD = datetime.timedelta(minutes=2)
ASKED = {"point", "is", "since"}


def minutes_text(minutes: int) -> str:
    """« 45 minutes », « 1 heure », « 1 h 30 »."""
    hours, rest = divmod(minutes, 60)
    if not hours:
        return f"{minutes}{NBSP}minutes"
    return f"{hours}{NBSP}h{NBSP}{rest:02d}" if rest else f"{hours}{NBSP}heure{'s' if hours > 1 else ''}"


class OpenForm(Form):
    """« Allumer le Wi-Fi »: the duration is the button one presses."""

    room = forms.ModelChoiceField(label="Salle", queryset=None)
    activity = forms.ChoiceField(label="Activité", choices=[(a.value, a.label.capitalize()) for a in Activity])
    point = forms.TypedChoiceField(label="Borne apportée", required=False, empty_value=None)
    minutes = forms.IntegerField(min_value=1, max_value=LONGEST_MINUTES, widget=forms.HiddenInput)

    def __init__(self, *args, rooms, carried, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["room"].queryset = rooms
        self.rooms = [(room.pk, f"{room.name}, {room.building.name}") for room in rooms]
        self.fields["room"].choices = [("", "Choisissez la salle"), *self.rooms]
        points = {str(point.pk): point for point in carried}
        names = [(pk, f"{point.cart.label} {point.cart.shown_tag}") for pk, point in points.items()]
        self.fields["point"].choices = [("", "Aucune, celle de la salle"), *names]
        self.fields["point"].coerce = points.get
        if not points:
            del self.fields["point"]
        self.fields["minutes"].error_messages["required"] = f"La durée manque{NBSP}: touchez-en une."

    @property
    def wanted(self) -> dict:
        """What the action takes."""
        return {"point": None} | self.cleaned_data


def read_reports(body: bytes, now: datetime.datetime) -> list[Report]:
    """`{"points": [{"point": "ABC234", "is": "on", "since": "2026-11-25T09:00:00+01:00"}]}`, nothing more and nothing
    less: a field that is not asked for is refused, so that no device nor person can slip in. Raises ValidationError."""
    if len(body) > LARGEST:
        raise forms.ValidationError(f"Ce relevé dépasse {LARGEST // 1024} Ko{NBSP}: envoyez moins de bornes à la fois.")
    try:
        points = json.loads(body)["points"]
        lines = [(line["point"], line["is"], line["since"]) for line in points if set(line) == ASKED]
    except (ValueError, KeyError, TypeError, RecursionError):
        raise forms.ValidationError("Ce relevé n’est pas du JSON de la forme attendue.") from None
    if len(lines) != len(points):
        raise forms.ValidationError("Chaque borne a trois champs, « point », « is » et « since », et aucun autre.")
    if len(lines) > MOST_POINTS:
        raise forms.ValidationError(f"{len(lines)} bornes, c’est trop{NBSP}: {MOST_POINTS} au plus par relevé.")
    return [_report(*line, now) for line in lines]


def _report(tag, state, since, now):
    if not all(isinstance(value, str) for value in (tag, state, since)) or state not in PointSignal.State.values:
        raise forms.ValidationError("Une borne est « on » ou « off ».")
    try:
        told = parse_datetime(since)
        at = told.astimezone(datetime.UTC) if told and told.tzinfo else None
    except (ValueError, OverflowError):  # a day that no calendar has, or that has none in universal time
        at = None
    if at is None:
        raise forms.ValidationError("Un instant s’écrit avec son fuseau, comme 2026-11-25T09:00:00+01:00.")
    if at > now + AHEAD:
        raise forms.ValidationError(f"Un instant est à venir{NBSP}: réglez l’horloge du contrôleur.")
    return Report(tag=tag[:6].upper(), state=state, since=at)
