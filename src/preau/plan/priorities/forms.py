"""The shapes of what is advised, ranked and programmed."""

from django import forms
from django.forms import formset_factory

from preau.kit.forms import DayInput, Form, MoneyField
from preau.kit.money import NBSP
from preau.places.models import School
from preau.plan.equipment.models import KitLine, TaxRegime
from preau.plan.priorities.models import RecommendationAnswer

RULES = [r for r in KitLine.Rule.choices if r[0] != KitLine.Rule.PER_PUPILS]


class EditionForm(Form):
    """An act on a page as it was read: `edition` says which."""

    edition = forms.IntegerField(widget=forms.HiddenInput)

    def read_again(self, edition):
        """What was typed stays, on a page that shows what became of the row: sent again, it answers to that one."""
        self.data = self.data.copy()
        self.data[self.add_prefix("edition")] = edition

    def faults(self) -> str:
        """What is to be put right, in one line, where the fields stand far from the sentence."""
        found = [(self[name].label, error) for name, errors in self.errors.items() for error in errors]
        return " ".join(error if label in error else f"{label}{NBSP}: {error}" for label, error in found)


class RankForm(EditionForm):
    """One school put at a rank, and why."""

    application = forms.UUIDField(widget=forms.HiddenInput)
    rank = forms.IntegerField(label="Rang", min_value=1, max_value=999)
    reason = forms.CharField(label="Raison", max_length=500, required=False)
    unready_reason = forms.CharField(label="Pourquoi malgré ce qui manque", max_length=500, required=False)


class AddForm(EditionForm):
    """A candidature put at the end of the list."""

    application = forms.TypedChoiceField(label="Candidature à classer", choices=())
    reason = forms.CharField(label="Raison de ce rang", max_length=500)
    unready_reason = forms.CharField(
        label="Pourquoi malgré ce qui manque",
        max_length=500,
        required=False,
        help_text="Si la liaison, le câblage, la réserve ou l’information du conseil d’école manque encore.",
    )

    def __init__(self, *args, applications, **kwargs):
        """`applications` is a list already read: the page draws it without asking again."""
        super().__init__(*args, **kwargs)
        found = {str(application.pk): application for application in applications}
        field = self.fields["application"]
        field.choices = [(key, f"{a.school.shown_name}, {a.title}") for key, a in found.items()]
        field.coerce = found.get


class RemoveForm(EditionForm):
    """A school taken off a draft."""

    application = forms.UUIDField(widget=forms.HiddenInput)
    reason = forms.CharField(label="Raison", max_length=500)


class ProgrammeForm(Form):
    """« Ouvrir un programme »"""

    school_year = forms.RegexField(
        label="Année scolaire",
        regex=r"^20\d\d-20\d\d$",
        help_text="Par exemple 2026-2027.",
        error_messages={"invalid": f"Cette année n’est pas reconnue{NBSP}: écrivez-la comme 2026-2027."},
    )
    envelope = MoneyField(label="Enveloppe, en euros", required=False)
    regime = forms.ChoiceField(label="Montants", choices=TaxRegime.choices, initial=TaxRegime.TTC)
    priority_list = forms.ModelChoiceField(
        label="Liste suivie",
        queryset=None,
        required=False,
        empty_label="la dernière adoptée, s’il y en a une",
        help_text="Le COPIL adopte la liste, puis le programme qui la suit, au besoin le même jour.",
    )

    def __init__(self, *args, lists, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["priority_list"].queryset = lists
        self.fields["priority_list"].label_from_instance = lambda each: f"{each.call.title}, {each}"


class SchoolForm(EditionForm):
    """A school put on the programme."""

    school = forms.ModelChoiceField(
        label="École",
        queryset=None,
        empty_label=None,
        help_text="Celles qui ont déposé un projet ou déjà reçu du matériel.",
    )
    kit = forms.ModelChoiceField(label="Équipement type", queryset=None, empty_label=None)
    cost = MoneyField(label="Coût estimé, en euros")
    reason = forms.CharField(
        label="Raison",
        max_length=500,
        required=False,
        help_text="Si elle passe avant une école mieux classée, ou si elle n’a pas de candidature sur la liste suivie.",
    )

    def __init__(self, *args, schools, kits, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["school"].queryset = schools
        self.has_schools, self.has_kits = bool(schools), bool(kits)  # without one of them there is nothing to type
        ranked, others = (
            [(s.pk, s.shown_name) for s in schools if bool(s.list_rank) is on_it] for on_it in (True, False)
        )
        groups = [("Dans l’ordre de la liste suivie", ranked), ("Hors de la liste", others)]
        self.fields["school"].choices = groups if ranked else others
        self.fields["kit"].queryset = kits
        self.fields["kit"].choices = [(k.pk, f"{k.get_school_kind_display()}, {k}") for k in kits]

    def clean(self):
        """A kit made for this kind of school."""
        data = super().clean()
        if "cost" in data:
            data["cost_cents"] = data.pop("cost")
        school, kit = data.get("school"), data.get("kit")
        if school and kit and school.kind != kit.school_kind:
            self.add_error("kit", f"Cet équipement type est pour une autre nature d’école{NBSP}: choisissez le sien.")
        return data


class VoteForm(EditionForm):
    """The council voted."""

    reference = forms.CharField(label="Délibération", max_length=120)
    voted_on = forms.DateField(label="Votée le", widget=DayInput)


class ReviewForm(EditionForm):
    """The year is over."""

    review = forms.CharField(label="Bilan de l’année", max_length=4000, widget=forms.Textarea(attrs={"rows": 6}))


class RecommendationForm(Form):
    """« Écrire une préconisation »"""

    school_kind = forms.ChoiceField(label="Pour les écoles", choices=School.Kind.choices)
    reasons = forms.CharField(label="Pourquoi", max_length=2000, widget=forms.Textarea(attrs={"rows": 4}))


class RecommendationLineForm(Form):
    """One thing advised; an empty line is left out."""

    item = forms.CharField(label="Ce qui est conseillé", max_length=160, required=False)
    rule = forms.ChoiceField(label="Règle", choices=RULES, required=False)
    quantity_min = forms.IntegerField(label="Au moins", min_value=0, max_value=999, initial=1, required=False)
    quantity_max = forms.IntegerField(label="Au plus", min_value=0, max_value=999, initial=1, required=False)

    def clean(self):
        """Both quantities, in order, wherever there is an item."""
        data = super().clean()
        if not data.get("item") or self.errors:  # what is wrong is told already
            return data
        least, most = data.get("quantity_min"), data.get("quantity_max")
        if least is None or most is None:
            self.add_error("quantity_min", f"Il manque un nombre{NBSP}: écrivez les deux.")
        elif most < least:
            self.add_error("quantity_max", f"Ce nombre est plus petit que «{NBSP}au moins{NBSP}»{NBSP}: augmentez-le.")
        return data


RecommendationLineFormSet = formset_factory(RecommendationLineForm, extra=3, max_num=40)


class AnswerForm(Form):
    """What the city's kit does of a line."""

    line = forms.UUIDField(widget=forms.HiddenInput)
    kit = forms.ModelChoiceField(label="Équipement type", queryset=None, empty_label=None)
    choice = forms.ChoiceField(label="Cette ligne est", choices=RecommendationAnswer.Choice.choices)
    reason = forms.CharField(label="Raison", max_length=500, required=False)

    def __init__(self, *args, kits, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["kit"].queryset = kits


class ReasonForm(EditionForm):
    """Why a school of the programme passes before a better ranked one."""

    school = forms.UUIDField(widget=forms.HiddenInput)
    reason = forms.CharField(label="Raison", max_length=500, required=False)


class RemoveSchoolForm(EditionForm):
    """A school taken off a simulated programme."""

    school = forms.UUIDField(widget=forms.HiddenInput)
