"""The shapes of what is written about committees."""

from django import forms
from django.utils.text import Truncator

from preau.kit.answers import Conflict
from preau.kit.forms import Form
from preau.kit.money import NBSP
from preau.people.models import Person
from preau.plan.ambitions.models import Ambition
from preau.plan.governance.models import CHANGES, AgendaItem, Attendance, College, Decision, Result
from preau.plan.governance.queries import objects_of
from preau.plan.governance.rules import MEMBERS
from preau.plan.studies.models import Authority

AREA = forms.Textarea(attrs={"rows": 6})


class VersionedForm(Form):
    """Carries the version of the session the page showed, so that the second of two writers is told."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)


class SessionForm(VersionedForm):
    """« Prévoir une séance », or change one"""

    planned_on = forms.DateField(label="Jour")
    starts_at = forms.TimeField(label="Heure", required=False)
    place = forms.CharField(label="Lieu", max_length=160, required=False)


class HoldForm(VersionedForm):
    """« La séance s’est tenue »"""

    held_on = forms.DateField(label="Tenue le")


class CancelForm(VersionedForm):
    """« La séance n’aura pas lieu »"""

    reason = forms.CharField(label="Motif", max_length=300)


class SeatForm(Form):
    """« Ajouter un siège »: a title first; the person is known here or not."""

    college = forms.ChoiceField(label="Collège")
    title = forms.CharField(
        label="Qualité", max_length=120, help_text=f"Par exemple{NBSP}: adjointe à l’éducation. Le siège reste, les "
        "personnes changent.",
    )  # fmt: skip
    holder = forms.ModelChoiceField(
        label="Tenu par", queryset=Person.objects.none(), required=False, empty_label="quelqu’un qui n’est pas ici"
    )
    starts_on = forms.DateField(label="À partir du")

    def __init__(self, *args, committee, persons, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["college"].choices = [(c.value, College(c).label) for c in committee.composition]
        self.fields["holder"].queryset = persons


class LettersForm(VersionedForm):
    """The seats whose letter was handed over, among those not told yet."""

    seats = forms.MultipleChoiceField(
        label="Lettres remises", error_messages={"required": "Cochez au moins une lettre remise."}
    )

    def __init__(self, *args, lines, **kwargs):
        super().__init__(*args, **kwargs)
        self.waits = [line.seat for line in lines if line.last and line.last.told_at is None]
        self.ticked = self.data.getlist("seats") if self.is_bound else ()
        self.fields["seats"].choices = [(str(seat.pk), seat.title) for seat in self.waits]


class ItemForm(VersionedForm):
    """A point of the agenda."""

    title = forms.CharField(label="Intitulé", max_length=200)
    aim = forms.ChoiceField(label="Objet", choices=AgendaItem.Aim.choices)
    presented_by = forms.ChoiceField(label="Présenté par", choices=Authority.choices)
    text = forms.CharField(
        label="Exposé", widget=AREA, required=False, help_text="Ce que les membres liront dans le dossier."
    )
    linked = forms.ChoiceField(label="Porte sur", required=False)
    is_reserved = forms.BooleanField(
        label="Réservé aux membres", required=False, help_text="L’intitulé n’apparaît pas aux fédérations de parents."
    )

    def __init__(self, *args, city, **kwargs):
        super().__init__(*args, **kwargs)
        self.links = {link.value: link for link in objects_of(city)}
        self.fields["linked"].choices = [("", "rien en particulier"), *((v, x.label) for v, x in self.links.items())]

    def clean(self):
        """The object in its two columns."""
        data = super().clean()
        link = self.links.get(data.pop("linked", ""))
        data["object_kind"], data["object_id"] = (link.kind, link.id) if link else ("", None)
        return data


class AttendanceForm(VersionedForm):
    """One line for each seat: who came, and how."""

    def __init__(self, *args, colleges, **kwargs):
        super().__init__(*args, **kwargs)
        self.rows = [(college, row) for college, rows in colleges for row in rows]
        for _, row in self.rows:
            self.fields[f"presence-{row.seat.pk}"] = forms.ChoiceField(
                label=f"Présence, {row.seat.title}", choices=[("", "—"), *Attendance.Presence.choices],
                required=False, initial=row.presence,
            )  # fmt: skip
            self.fields[f"attendee-{row.seat.pk}"] = forms.CharField(
                label=f"Nom, {row.seat.title}", max_length=120, required=False, initial=row.attendee
            )

    def clean(self):
        """A name typed alone would be dropped without a word; the one the page proposed was not typed."""
        data = super().clean()
        for _, row in self.rows:
            typed = data.get(f"attendee-{row.seat.pk}") not in ("", None, row.attendee)
            if typed and not data.get(f"presence-{row.seat.pk}"):
                self.add_error(f"presence-{row.seat.pk}", f"Un nom est écrit{NBSP}: dites la présence, ou ôtez-le.")
        return data

    def lines(self):
        """[(college, seat, the field of presence, the field of the name)]"""
        return [
            (college, row, self[f"presence-{row.seat.pk}"], self[f"attendee-{row.seat.pk}"])
            for college, row in self.rows
        ]

    def answers(self):
        """{id of a seat: (presence, name)} of the lines that were filled."""
        data = self.cleaned_data
        return {
            row.seat.pk: (data[f"presence-{row.seat.pk}"], data[f"attendee-{row.seat.pk}"])
            for _, row in self.rows
            if data.get(f"presence-{row.seat.pk}")
        }


class MinutesForm(VersionedForm):
    """« Écrire le relevé »"""

    text = forms.CharField(
        label="Relevé", widget=forms.Textarea(attrs={"rows": 12}),
        help_text="Ce qui s’est dit. Les décisions numérotées s’y ajoutent d’elles-mêmes.",
    )  # fmt: skip


class DecisionForm(VersionedForm):
    """A decision, as the committee took it."""

    text = forms.CharField(label="Décision", widget=AREA)
    result = forms.ChoiceField(label="Le comité", choices=Result.choices)
    choice = forms.ChoiceField(label="Choix du comité", required=False)
    reason = forms.CharField(
        label="Motif", widget=forms.Textarea(attrs={"rows": 3}), required=False,
        help_text="Nécessaire quand le comité change, renvoie ou n’adopte pas, quand il choisit, et quand un programme "
        "s’écarte de l’ordre qu’il vient de changer.",
    )  # fmt: skip
    votes_for = forms.IntegerField(
        label="Pour", min_value=0, max_value=999, required=False,
        help_text="Laissée vide, une case se lit «\u00a0non renseigné\u00a0»\u00a0; écrivez 0 si personne.",
    )  # fmt: skip
    votes_against = forms.IntegerField(label="Contre", min_value=0, max_value=999, required=False)
    abstentions = forms.IntegerField(label="Abstentions", min_value=0, max_value=999, required=False)
    dissent = forms.CharField(
        label="Réserves exprimées", widget=forms.Textarea(attrs={"rows": 3}), required=False,
        help_text="Qui n’est pas d’accord, et pourquoi.",
    )  # fmt: skip
    ambitions = forms.ModelMultipleChoiceField(
        label="Ambitions servies", queryset=Ambition.objects.none(), required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    replaces = forms.ModelChoiceField(
        label="Remplace la décision", queryset=Decision.objects.none(), required=False, empty_label="aucune"
    )

    def __init__(self, *args, ambitions, choices, results, replaceable, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["result"].choices = [(result.value, result.label) for result in results]
        self.fields["ambitions"].queryset = ambitions
        self.fields["ambitions"].required = True
        if not ambitions.exists():
            del self.fields["ambitions"]
        if choices:
            self.fields["choice"].choices = [("", "aucun"), *choices]
        else:
            del self.fields["choice"]
        if replaceable:
            self.fields["replaces"].queryset = replaceable
            self.fields["replaces"].label_from_instance = lambda d: f"{d.number}, {Truncator(d.text).chars(70)}"
        else:
            del self.fields["replaces"]

    def clean(self):
        """A change says why, and a list changed is adopted by a choice."""
        data = super().clean()
        if (data.get("result") in CHANGES or data.get("choice")) and not data.get("reason"):
            self.add_error("reason", "Le motif manque\u00a0: écrivez pourquoi le comité en a décidé ainsi.")
        if data.get("result") in (Result.ADOPTED, Result.CHANGED) and data.get("choice") == "":
            self.add_error("choice", "Choisissez ce que le comité adopte, ou notez qu’il prend acte.")
        return data


class OrderForm(Form):
    """The order of a priority list, school by school: the signed rank to begin with."""

    def __init__(self, *args, lines, decided, **kwargs):
        super().__init__(*args, **kwargs)
        self.lines = lines
        ranks = {line["application"]: (rank, line["reason"]) for rank, line in enumerate(decided, 1)}
        for line in lines:
            key, name = str(line.entry.application_id), line.entry.application.school.shown_name
            rank, reason = ranks.get(key, (line.rank, ""))
            self.fields[f"rank-{key}"] = forms.IntegerField(
                label=f"Rang décidé, {name}", min_value=1, max_value=len(lines), initial=rank
            )
            self.fields[f"why-{key}"] = forms.CharField(
                label=f"Raison, {name}", max_length=500, required=False, initial=reason
            )

    def rows(self):
        """[(line, the field of its rank, the field of its reason)]"""
        keys = [str(line.entry.application_id) for line in self.lines]
        return [(line, self[f"rank-{key}"], self[f"why-{key}"]) for line, key in zip(self.lines, keys, strict=True)]

    def answer(self, result, reason) -> list[dict]:
        """The order as a decision keeps it, empty when nothing moved; a school that moved without a reason of its own
        has the decision's. Raises Conflict for ranks that are not an order, or that the result contradicts."""
        keys = [str(line.entry.application_id) for line in self.lines]
        ranks = {key: self.cleaned_data.get(f"rank-{key}") for key in keys} if self.is_valid() else {}
        if sorted(ranks.values()) != list(range(1, len(keys) + 1)):
            raise Conflict(f"Chaque école a un rang à elle, de 1 à {len(keys)}{NBSP}: corrigez l’ordre décidé.")
        if all(ranks[str(line.entry.application_id)] == line.rank for line in self.lines):
            return []
        if result != Result.CHANGED:
            raise Conflict(
                f"Vous avez changé des rangs{NBSP}: choisissez «{NBSP}{Result.CHANGED.label}{NBSP}», ou remettez "
                "l’ordre signé."
            )
        signed = {str(line.entry.application_id): line.rank for line in self.lines}
        whys = {key: self.cleaned_data.get(f"why-{key}") or reason for key in keys if ranks[key] != signed[key]}
        return [{"application": key, "reason": whys.get(key, "")} for key in sorted(keys, key=ranks.get)]


class FollowUpForm(Form):
    """« Ajouter une suite »"""

    text = forms.CharField(label="Action", max_length=300)
    owner = forms.CharField(label="Qui s’en charge", max_length=120, help_text="Un service ou une fonction.")
    owner_role = forms.ChoiceField(
        label="Sur la page de quelle fonction", required=False, help_text="Elle y lira l’action et son jour.",
        choices=[("", f"aucune{NBSP}: le secrétariat la suit"), *((r.value, r.label) for r in MEMBERS)],
    )  # fmt: skip
    due_on = forms.DateField(label="Pour le")


class FollowUpClosingForm(Form):
    """« C’est fait »"""

    done_on = forms.DateField(label="Faite le")
    done_note = forms.CharField(label="Ce qui a été fait", max_length=300)

    def __init__(self, *args, today, **kwargs):
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_done_on(self):
        """Never in the future."""
        if self.cleaned_data["done_on"] > self.today:
            raise forms.ValidationError("Ce jour n’est pas encore venu\u00a0: écrivez le jour où l’action a été faite.")
        return self.cleaned_data["done_on"]


class CommentForm(Form):
    """A remark of the State."""

    text = forms.CharField(label="Votre remarque", widget=forms.Textarea(attrs={"rows": 4}), max_length=4000)


class FileForm(Form):
    """A file found, to be checked."""

    found = forms.FileField(label="Le fichier à vérifier", help_text="Le PDF ou les données d’un dossier de séance.")
