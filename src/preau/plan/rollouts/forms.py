"""The shapes of what is written about a roll-out."""

from django import forms

from preau.kit.forms import DayInput, Form
from preau.kit.money import NBSP
from preau.plan.equipment.models import BY_HAND, KitLine, Quality, StandardKit
from preau.plan.rollouts.models import DERIVED, MOST_CLASSES, Owner, ReceptionLine, StepKind

OPTIONAL_DAY = {"widget": DayInput, "required": False}


class OpeningForm(Form):
    """« Ouvrir un déploiement »: the kit, the classes, and the days one hopes for."""

    kit = forms.ModelChoiceField(label="Équipement type", queryset=StandardKit.objects.none(), empty_label=None)
    classes_count = forms.IntegerField(label="Classes à équiper", min_value=1, max_value=MOST_CLASSES)

    programme_entry = forms.ModelChoiceField(label="Au titre de", queryset=None, required=False)
    reason = forms.CharField(
        label="Raison",
        max_length=300,
        required=False,
        help_text="Sans programme, ou pour un autre équipement type que celui que le COPIL a arrêté.",
    )

    def __init__(self, *args, school, today, entries, may_do_without, **kwargs):
        super().__init__(*args, **kwargs)
        self._offer(entries, may_do_without)
        kits = StandardKit.objects.filter(
            city=school.city_id, school_kind=school.kind, published_on__lte=today
        ).order_by("-version")
        self.fields["kit"].queryset = kits
        # A list: the field's own choices ask the base each time they are walked.
        self.fields["kit"].choices = [(kit.pk, str(kit)) for kit in kits]
        for kind in StepKind:
            self.fields[f"planned_{kind}"] = forms.DateField(label=f"Prévue le{NBSP}: {kind.label}", **OPTIONAL_DAY)

    def _offer(self, entries, may_do_without):
        """The lines of programmes; none of them, with a reason, where something was received already."""
        self.fields["programme_entry"].queryset = entries
        none = [("", "aucun programme")] if may_do_without else []
        self.fields["programme_entry"].choices = none + [
            (each.pk, f"{each.programme}, décision {each.programme.decision_number}") for each in entries
        ]
        self.fields["programme_entry"].required = not may_do_without
        if not entries:
            del self.fields["programme_entry"]
            self.fields["reason"].required, self.fields["reason"].help_text = True, "Une réparation, un renouvellement."

    def clean(self):
        """The days given become `planned`, {step: day}, and the line of the programme its id."""
        data = super().clean()
        days = {kind: data.pop(f"planned_{kind}", None) for kind in StepKind}
        entry = data.pop("programme_entry", None)
        planned = {kind: day for kind, day in days.items() if day}
        return data | {"planned": planned, "programme_entry_id": entry and entry.pk}


class StepForm(Form):
    """One step, whole. `version` says which one was on the screen."""

    owner = forms.ChoiceField(label="Chez qui", choices=Owner.choices)
    planned_on = forms.DateField(label="Prévue le", **OPTIONAL_DAY)
    done_on = forms.DateField(label="Faite le", **OPTIONAL_DAY)
    proof = forms.CharField(
        label="Preuve", max_length=300, required=False, help_text="Par exemple, un compte rendu ou une référence."
    )
    blocked_cause = forms.CharField(
        label="Bloquée par", max_length=300, required=False, help_text="Laissez vide quand l’étape avance."
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args, kind, **kwargs):
        super().__init__(*args, **kwargs)
        if kind in DERIVED:
            del self.fields["done_on"], self.fields["proof"]
        if kind == StepKind.TRAINED:
            self.fields[
                "proof"
            ].help_text = "Feuille d’émargement ou compte rendu. La formation ne se coche pas sans elle."


class DayForm(Form):
    """« Mettre en service »"""

    service_on = forms.DateField(label="En service depuis le", widget=DayInput)


class ReasonForm(Form):
    """Why something is given up or taken back."""

    reason = forms.CharField(label="Raison", max_length=300)


class VisitForm(Form):
    """« Écrire un procès-verbal »: what is seen that day."""

    held_on = forms.DateField(label="Visite du", widget=DayInput)
    labels = forms.CharField(
        label="Classes vues",
        required=False,
        help_text="Une par ligne, comme elles s’appellent ce jour-là.",
        widget=forms.Textarea(attrs={"rows": 8}),
    )
    has_common = forms.BooleanField(
        label="Parties communes", required=False, help_text="Réserve, liaison, classes mobiles des étages."
    )

    def clean_labels(self):
        """A list, empty lines aside."""
        labels = [line.strip() for line in self.cleaned_data["labels"].splitlines() if line.strip()]
        if any(len(label) > 120 for label in labels):
            raise forms.ValidationError(f"Un nom de classe est trop long{NBSP}: gardez-en 120 signes.")
        return labels


class LineChoice(forms.ModelChoiceField):
    def label_from_instance(self, obj):
        return obj.label


class ReservationForm(Form):
    """« Ajouter une réserve »"""

    line = LineChoice(label="Où", queryset=ReceptionLine.objects.none(), empty_label=None)
    kit_line = forms.ModelChoiceField(label="Sur quoi", queryset=KitLine.objects.none(), empty_label=None)
    text = forms.CharField(label="Ce qui ne va pas", max_length=300)
    due_on = forms.DateField(label="À lever avant le", widget=DayInput)

    def __init__(self, *args, reception, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["line"].queryset = reception.lines.order_by("scope", "label_key", "id")
        things = KitLine.objects.filter(kit=reception.rollout.kit_id).order_by("position")
        self.fields["kit_line"].queryset = things
        in_class = [(each.pk, each.item) for each in things if each.rule == KitLine.Rule.PER_CLASS]
        common = [(each.pk, each.item) for each in things if each.rule != KitLine.Rule.PER_CLASS]
        self.fields["kit_line"].choices = [("Dans une classe", in_class), ("Parties communes", common)]


class LiftingForm(Form):
    """« Lever la réserve »"""

    lifted_on = forms.DateField(label="Levée le", widget=DayInput)
    note = forms.CharField(label="Ce qui a été fait", max_length=300)


class AcceptanceForm(Form):
    """« Recevoir une classe »"""

    label = forms.CharField(label="Classe ou salle", max_length=120, help_text="Comme elle s’appelle ce jour-là.")
    accepted_on = forms.DateField(label="Reçue le", widget=DayInput)
    kit = forms.ModelChoiceField(label="Équipement type", queryset=StandardKit.objects.none(), empty_label=None)
    source = forms.CharField(label="Source", max_length=300, help_text=f"Par exemple{NBSP}: procès-verbal n° 12.")
    quality = forms.ChoiceField(label="Qualité", choices=BY_HAND, initial=Quality.MEASURED)

    def __init__(self, *args, school, today, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["kit"].queryset = StandardKit.objects.filter(
            city=school.city_id, school_kind=school.kind, published_on__lte=today
        ).order_by("-version")
