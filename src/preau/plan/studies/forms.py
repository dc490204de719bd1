"""The shapes of what is studied before a committee decides."""

from django import forms

from preau.kit.forms import Form
from preau.places.models import School

AREA = forms.Textarea(attrs={"rows": 6})


class ComparisonForm(Form):
    """« Comparer des options »"""

    title = forms.CharField(label="Question", max_length=160)
    need = forms.CharField(label="Besoin", widget=AREA, help_text="À quel usage en classe cela doit servir.")


class CriterionForm(Form):
    """« Ajouter un critère »"""

    label = forms.CharField(label="Critère", max_length=120)
    weight = forms.IntegerField(label="Poids", min_value=1, max_value=10, initial=1, help_text="De 1 à 10.")


class OptionForm(Form):
    """« Ajouter une option »"""

    name = forms.CharField(label="Option", max_length=120)
    vendor = forms.CharField(label="Proposée par", max_length=120, required=False)
    presented_on = forms.DateField(label="Présentée le", required=False)
    text = forms.CharField(label="À savoir", widget=forms.Textarea(attrs={"rows": 3}), required=False)


class MarksForm(Form):
    """One's own authority's marks, an option in each group."""

    def __init__(self, *args, table, authority, **kwargs):
        super().__init__(*args, **kwargs)
        self.table = table
        for row in table.rows:
            for criterion, cell in zip(table.criteria, row.cells, strict=True):
                self.fields[f"{row.option.pk}|{criterion.pk}"] = forms.TypedChoiceField(
                    label=f"{criterion.label} (poids {criterion.weight})",
                    coerce=int,
                    empty_value=None,
                    choices=[("", "pas de note"), *((n, str(n)) for n in range(6))],
                    required=False,
                    initial="" if getattr(cell, authority) is None else getattr(cell, authority),
                    show_hidden_initial=True,
                )

    def groups(self):
        """[(option, its fields)]"""
        return [
            (row.option, [self[f"{row.option.pk}|{criterion.pk}"] for criterion in self.table.criteria])
            for row in self.table.rows
        ]

    def values(self):
        """{(option id, criterion id): mark or None} of those touched: a colleague may have given others meanwhile."""
        return {tuple(name.split("|")): self.cleaned_data[name] for name in self.changed_data}


class CohortForm(Form):
    """« Ouvrir un laboratoire »"""

    name = forms.CharField(label="Nom", max_length=120)
    aim = forms.CharField(label="Ce qui est essayé", widget=forms.Textarea(attrs={"rows": 4}))
    starts_on = forms.DateField(label="Du")
    ends_on = forms.DateField(label="Au")
    schools = forms.ModelMultipleChoiceField(
        label="Écoles", queryset=School.objects.none(), widget=forms.CheckboxSelectMultiple
    )
    questions = forms.CharField(
        label="Questions", widget=AREA, help_text="Une par ligne. Elles ne changeront plus\u00a0: on y répond au bilan."
    )

    def __init__(self, *args, schools, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["schools"].queryset = schools

    def clean_questions(self):
        """The lines that say something, each once."""
        lines = filter(None, map(str.strip, self.cleaned_data["questions"].splitlines()))
        asked = list(dict.fromkeys(lines))
        if any(len(line) > 300 for line in asked):
            raise forms.ValidationError("Une question est trop longue\u00a0: gardez-en 300 signes.")
        return asked

    def clean(self):
        """In order."""
        data = super().clean()
        if data.get("starts_on") and data.get("ends_on") and data["ends_on"] < data["starts_on"]:
            self.add_error("ends_on", "La fin vient avant le début\u00a0: écrivez une date plus tardive.")
        return data


class ReviewForm(Form):
    """One authority's half of a review."""

    text = forms.CharField(label="Ce que nous en retenons", widget=AREA)
    edition = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args, page, authority, **kwargs):
        super().__init__(*args, **kwargs)
        self.page = page
        own = {"city": page.city, "state": page.state}[authority]
        self.initial |= {"text": own.text, "edition": own.edition} if own else {}
        for line in page.questions:
            self.fields[f"question-{line.id}"] = forms.CharField(
                label=line.text,
                required=False,
                widget=forms.Textarea(attrs={"rows": 3}),
                initial=getattr(line, authority),
            )

    def answers(self):
        """{id of a question: what was learnt}"""
        return {line.id: self.cleaned_data[f"question-{line.id}"] for line in self.page.questions}

    def show_kept(self):
        """Beside what was typed, what a colleague saved meanwhile; the next try replaces it knowingly."""
        for name in self.changed_data:
            kept = self.get_initial_for_field(self.fields[name], name)
            if kept and name != "edition":
                self.add_error(name, f"Ce qui est gardé\u00a0: «\u00a0{kept}\u00a0»")
        self.data = self.data.copy()
        self.data["edition"] = self.initial.get("edition", "")
