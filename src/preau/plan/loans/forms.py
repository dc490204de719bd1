"""The shapes of what is asked, counted and lent."""

from django import forms
from django.utils.text import capfirst

from preau.kit.forms import DayInput, Form
from preau.kit.money import NBSP
from preau.media import images
from preau.plan.loans.actions.writing import BACKWARDS
from preau.plan.loans.models import PART_LINES, Half, SharedKit, half_day_number

MOST_WEEKS = 10
HALVES = [(half.value, capfirst(half.label)) for half in Half]


class SpanForm(Form):
    """From a half-day to another."""

    first_day = forms.DateField(label="À partir du", widget=DayInput)
    first_half = forms.TypedChoiceField(label="Dès le", choices=HALVES, coerce=int, initial=0)
    last_day = forms.DateField(label="Jusqu’au", widget=DayInput)
    last_half = forms.TypedChoiceField(label="Fin le", choices=HALVES, coerce=int, initial=1)

    def clean(self):
        """Half-day numbers, in order."""
        data = super().clean()
        if {"first_day", "first_half", "last_day", "last_half"} <= set(data):
            data["first"] = half_day_number(data["first_day"], data["first_half"])
            data["last"] = half_day_number(data["last_day"], data["last_half"])
            if data["last"] < data["first"]:
                self.add_error("last_day", BACKWARDS)
        return data


class AskForm(SpanForm):
    """« Demander une malle »"""

    school = forms.ModelChoiceField(label="Pour l’école", queryset=None, empty_label=None)
    kind = forms.ChoiceField(label="Malle")
    activity = forms.CharField(
        label="Ce que vous ferez avec", max_length=300, help_text="Une phrase, sans nom d’élève."
    )
    weeks = forms.IntegerField(
        label="Pendant combien de semaines",
        min_value=1,
        max_value=MOST_WEEKS,
        initial=1,
        required=False,
        help_text=f"1 pour une seule fois, {MOST_WEEKS} au plus{NBSP}: aux mêmes jours, une demande par semaine.",
    )
    field_order = ("school", "kind", "first_day", "first_half", "last_day", "last_half", "weeks", "activity")

    def __init__(self, *args, schools, kits, **kwargs):
        """A nature is chosen, whose kits are alike; those of no nature each by their name."""
        super().__init__(*args, **kwargs)
        self.fields["school"].queryset = schools.order_by("sort_key", "id")
        self.kits = {}
        for kit in kits:
            self.kits.setdefault(kit.asked_as, kit)
        self.fields["kind"].choices = [
            (key, kit.name if kit.is_named else capfirst(kit.get_kind_display())) for key, kit in self.kits.items()
        ]

    @property
    def kit_asked(self) -> dict:
        """What the action takes of the choice."""
        kit = self.kits[self.cleaned_data["kind"]]
        return {"kind": kit.kind, "wanted": kit if kit.is_named else None}

    def clean_weeks(self):
        """One week, unless the person asks for more."""
        return self.cleaned_data["weeks"] or 1


class StopForm(SpanForm):
    """« Ne pas prêter quelque temps »"""

    reason = forms.CharField(
        label="Pourquoi", max_length=100, help_text=f"Les écoles le lisent. Par exemple{NBSP}: en réparation."
    )
    moves = forms.BooleanField(
        label="Donner à ces écoles une autre malle si une est libre, sinon les mettre sur la liste d’attente",
        required=False,
        widget=forms.HiddenInput,
    )

    def ask_to_move(self):
        """Shows the box, once somebody was read to be in the way."""
        self.fields["moves"].widget = forms.CheckboxInput()
        self.data = self.data.copy()
        self.data.pop("moves", None)


class AnswerForm(Form):
    """The city's answer: how it travels, or why not."""

    answer = forms.ChoiceField(
        label="Votre réponse", choices=(("yes", "Confirmer le prêt"), ("no", "Refuser")), widget=forms.RadioSelect
    )
    transport = forms.CharField(
        label="Transport", max_length=200, required=False, help_text="Qui porte la malle, et quand."
    )
    reason = forms.CharField(label="Motif du refus", max_length=300, required=False)

    def clean(self):
        """A refusal says why."""
        data = super().clean()
        if data.get("answer") == "no" and not data.get("reason"):
            self.add_error("reason", f"Un refus se motive{NBSP}: écrivez pourquoi.")
        return data


class CancelForm(Form):
    """« Annuler cette demande »: the team says nothing more, anyone else says why."""

    reason = forms.CharField(label="Motif de l’annulation", max_length=300, help_text="L’école le lit.")

    def __init__(self, *args, says_why, **kwargs):
        super().__init__(*args, **kwargs)
        if not says_why:
            del self.fields["reason"]


class SendForm(Form):
    """The kit leaves."""

    transport = forms.CharField(label="Transport", max_length=200, required=False, help_text="Qui porte la malle.")


COUNTED = "{} au dernier comptage."


class CountForm(Form):
    """A check-list of the kit's parts, as they were counted last, else all there; one corrects only what differs."""

    note = forms.CharField(label="Remarque", max_length=300, required=False)
    photo = forms.FileField(
        label="Photo de la malle",
        required=False,
        help_text="La malle seule, sans personne.",
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp"}),
    )

    def __init__(self, *args, parts, known=(), **kwargs):
        """`known`: {part id: how many} as they were counted last, by whoever it was."""
        super().__init__(*args, **kwargs)
        self.parts, known = list(parts), dict(known)
        counts = {
            f"part_{part.pk}": forms.IntegerField(
                label=f"{part.label}, sur {part.quantity}",
                min_value=0,
                max_value=999,
                initial=known.get(part.pk, part.quantity),
                help_text=COUNTED.format(known[part.pk]) if known.get(part.pk, part.quantity) != part.quantity else "",
            )
            for part in self.parts
        }
        for field in counts.values():
            field.error_messages["required"] = f"Ce nombre manque{NBSP}: écrivez 0 si rien n’y est."
        self.fields = {**counts, **self.fields}

    def clean_photo(self):
        """Drawn again by media, or why it cannot be."""
        photo = self.cleaned_data["photo"]
        if not photo:
            return None
        try:
            return images.draw_again(photo.read(), photo.name)
        except images.NotAPicture as refusal:
            raise forms.ValidationError(str(refusal)) from None

    @property
    def found(self) -> dict:
        """{part id: how many}"""
        return {part.pk: self.cleaned_data[f"part_{part.pk}"] for part in self.parts}


class PartsField(forms.CharField):
    """One part per line, « 6 robots »; a line without a number counts for one."""

    widget = forms.Textarea(attrs={"rows": 8})

    def clean(self, value):
        lines = [" ".join(line.split()) for line in super().clean(value).splitlines() if line.strip()]
        if len(lines) > PART_LINES:
            raise forms.ValidationError(f"{len(lines)} lignes, c’est trop{NBSP}: gardez-en {PART_LINES}, groupées.")
        parts = []
        for line in lines:
            number, _, label = line.partition(" ")
            quantity, label = (int(number), label) if number.isdecimal() and label else (1, line)
            if not 0 < quantity < 1000 or len(label) > 80:
                raise forms.ValidationError(
                    f"«{NBSP}{line[:60]}{NBSP}» n’est pas compris{NBSP}: écrivez «{NBSP}6 robots{NBSP}»."
                )
            parts.append((label, quantity))
        if len({label for label, _ in parts}) < len(parts):
            raise forms.ValidationError(
                f"La même pièce est écrite deux fois{NBSP}: gardez-la une fois, avec son nombre."
            )
        return parts


def access_point_field():
    """Whether the kit holds an access point: its list of parts does not say it for sure."""
    return forms.BooleanField(
        label="Elle contient une borne Wi-Fi",
        required=False,
        help_text="Une école ne la reçoit qu’une fois son conseil d’école informé du Wi-Fi.",
    )


class KitForm(Form):
    """« Ajouter une malle »"""

    name = forms.CharField(label="Nom de la malle", max_length=80, help_text=f"Par exemple{NBSP}: Malle robots 1.")
    kind = forms.ChoiceField(label="Nature", choices=SharedKit.Kind.choices)
    description = forms.CharField(
        label="À quoi elle sert", max_length=600, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    parts = PartsField(
        label="Ce qu’elle contient",
        max_length=1500,
        help_text=f"Une ligne par pièce, {PART_LINES} au plus. Exemple{NBSP}: 6 robots.",
    )
    has_access_point = access_point_field()
    transport_half_days = forms.IntegerField(
        label="Demi-journées de transport, avant et après", min_value=0, max_value=10, initial=1
    )
    longest_half_days = forms.IntegerField(
        label="Durée la plus longue, en demi-journées", min_value=1, max_value=200, initial=20
    )


class PartsForm(Form):
    """« Changer le contenu », from the list that was `seen`."""

    seen = PartsField(widget=forms.HiddenInput, required=False)

    parts = PartsField(
        label="Ce qu’elle contient", max_length=1500, help_text=f"Une ligne par pièce, {PART_LINES} au plus."
    )
    has_access_point = access_point_field()
