"""What arrives: a delivery, a mobile class, a sheet to import; and the labels to stick on it."""

from django import forms

from preau.kit.forms import DayInput, Form
from preau.kit.money import NBSP
from preau.plan.inventory.forms.fields import MoneyFields, TagField
from preau.plan.inventory.models import Kind, State

ARRIVES = [
    (State.IN_STOCK.value, "livré, en réserve"), (State.DEPLOYED.value, "livré, en service"),
    (State.EXPECTED.value, "commandé, pas encore livré"),
]  # fmt: skip


class DeliveryForm(MoneyFields):
    """« Recevoir une livraison »: like things, one line each for their serial numbers."""

    kind = forms.ChoiceField(label="Nature", choices=[k for k in Kind.choices if k[0] != Kind.CART])
    label = forms.CharField(label="Désignation", max_length=120, help_text="Marque et modèle.")
    quantity = forms.IntegerField(label="Combien", min_value=1, max_value=200, initial=1)
    serials = forms.CharField(
        label="Numéros de série",
        required=False,
        widget=forms.Textarea(attrs={"class": "input", "rows": 4}),
        help_text="Un par ligne, si vous les avez.",
    )
    tag = TagField(label="Étiquette déjà collée", required=False, help_text="Six signes, si le bien en porte une.")
    room = forms.ModelChoiceField(label="Local", queryset=None, required=False, empty_label="local non précisé")
    state = forms.TypedChoiceField(
        label="Il est",
        choices=ARRIVES,
        required=False,
        empty_value=State.IN_STOCK.value,
        widget=forms.RadioSelect,
        initial=State.IN_STOCK,
    )
    due_on = forms.DateField(
        label="Livraison prévue le", widget=DayInput, required=False, help_text="Pour ce qui est commandé."
    )
    received_on = forms.DateField(label="Livré le", widget=DayInput, required=False)
    delivery_ref = forms.CharField(label="Bon de livraison", max_length=80, required=False)
    field_order = (
        "kind", "label", "quantity", "serials", "tag", "room", "state", "due_on", "received_on", "delivery_ref",
        "funding", "price", "regime",
    )  # fmt: skip

    def __init__(self, *args, rooms, today, **kwargs):
        super().__init__(*args, **kwargs)
        self.today = today
        self.fields["room"].queryset = rooms

    def clean_received_on(self):
        """What is delivered is here."""
        day = self.cleaned_data["received_on"]
        if day and day > self.today:
            raise forms.ValidationError(f"Cette date n’est pas encore passée{NBSP}: écrivez le jour de la livraison.")
        return day

    def clean_serials(self):
        """A tuple of serial numbers. One written twice is one thing counted once, unseen: it is refused."""
        lines = [line.strip() for line in self.cleaned_data["serials"].splitlines() if line.strip()]
        if twice := next((line for line in lines if lines.count(line) > 1), ""):
            raise forms.ValidationError(f"«{NBSP}{twice}{NBSP}» est écrit deux fois{NBSP}: enlevez-en un.")
        return lines_of(self.cleaned_data["serials"])

    def clean(self):
        """As many numbers as things, when there are any."""
        data = super().clean()
        serials, quantity = data.get("serials"), data.get("quantity")
        if serials and quantity and quantity not in (1, len(serials)):
            self.add_error("quantity", f"{len(serials)} numéros de série sont écrits{NBSP}: mettez le même nombre.")
        if data.get("tag") and max(len(serials or ()), quantity or 1) > 1:
            self.add_error("tag", f"Une étiquette est celle d’un seul bien{NBSP}: écrivez les autres à part.")
        return self.with_its_day(data)

    def with_its_day(self, data):
        """What is ordered is not delivered yet: the day the page proposed does not count; what is here is not due."""
        if data.get("state") == State.EXPECTED:
            data["received_on"] = None
        elif data.get("due_on"):
            self.add_error("due_on", f"Ce qui est livré n’est plus attendu{NBSP}: videz cette date.")
        return data


class CartForm(DeliveryForm):
    """« Recevoir une classe mobile »: the cart, its terminals, its master computer, its access point."""

    kind = forms.ChoiceField(
        label="Matériel des élèves",
        choices=[
            (Kind.LAPTOP.value, "ordinateurs portables"),
            (Kind.TABLET.value, "tablettes"),
        ],
    )
    tag = None  # each of its things has its own
    terminal_label = forms.CharField(label="Modèle des portables ou tablettes", max_length=120)
    quantity = forms.IntegerField(
        label="Places d’élèves",
        min_value=1,
        max_value=30,
        initial=7,
        help_text="Une par ordinateur portable ou tablette.",
    )
    master_serial = forms.CharField(label="Numéro de série du poste maître", max_length=80, required=False)
    point_serial = forms.CharField(label="Numéro de série de la borne", max_length=80, required=False)
    field_order = (
        "label", "quantity", "kind", "terminal_label", "serials", "master_serial", "point_serial", "room", "state",
        "due_on", "received_on", "delivery_ref", "funding", "price", "regime",
    )  # fmt: skip

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["price"].label = "Prix de l’ensemble"
        self.fields["serials"].help_text += " S’il y en a moins que de places, les dernières places restent vides."

    def clean(self):
        """Serial numbers may be fewer than the slots: a slot may be empty."""
        data = Form.clean(self)
        if data.get("serials") and data.get("quantity") and len(data["serials"]) > data["quantity"]:
            self.add_error("serials", f"Plus de numéros que de places{NBSP}: enlevez-en ou ajoutez des places.")
        return self.with_its_day(data)


def lines_of(text: str) -> tuple[str, ...]:
    """One item per line, outer spaces removed, each once, in order."""
    return tuple(dict.fromkeys(line.strip()[:80] for line in text.splitlines() if line.strip()))


class LabelsForm(Form):
    """Where the sheet begins, and how many blank labels instead of those of the list."""

    premiere = forms.IntegerField(
        label="Première étiquette libre",
        min_value=1,
        max_value=24,
        initial=1,
        required=False,
        help_text="Comptez de gauche à droite, puis ligne par ligne. Une feuille neuve commence à 1.",
    )
    vierges = forms.IntegerField(
        label="Étiquettes sans bien",
        min_value=1,
        max_value=240,
        required=False,
        help_text="Pour étiqueter sur place du matériel qui n’est pas encore noté.",
    )
