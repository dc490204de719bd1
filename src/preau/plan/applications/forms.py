"""The shapes of what is typed: a section as its revision asks, an opinion, a call, a question."""

from django import forms

from preau.kit.forms import DayInput, Form, MoneyField
from preau.kit.money import NBSP
from preau.media.fields import DocumentsField
from preau.places.models import School
from preau.plan.ambitions.queries import ambitions_of
from preau.plan.applications.models import SECTIONS, FormField, FormRevision, Verdict

WHEN_FILED = "À remplir avant de déposer."
NO_AMBITION = (
    f"Aucune ambition n’est encore écrite{NBSP}: demandez-les à la Direction Éducation, il en faut une pour déposer."
)
TEXT = {"rows": 6}


class SectionForm(Form):
    """One section: nothing is required while typing; what is asked at the filing says so."""

    marks_optional = False
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    page = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args, section, fields, ambitions, **kwargs):
        self.section, self.questions = section, list(fields)
        super().__init__(*args, **kwargs)
        for name, field in _columns(section, ambitions).items():
            self.fields[name] = field
        for question in self.questions:
            self.fields[question.key] = _field_of(question)

    def clean(self):
        """No more teachers than posts."""
        data = super().clean()
        committed, posts = data.get("committed_count"), data.get("posts_count")
        if committed is not None and posts is not None and committed > posts:
            self.add_error(
                "committed_count", f"Plus d’enseignants que de postes{NBSP}: corrigez l’un des deux nombres."
            )
        return data

    def answers(self) -> dict:
        """{FormField.key: value}, as the section is kept."""
        return {q.key: self.cleaned_data.get(q.key) for q in self.questions}

    def columns(self) -> dict:
        """What every form asks of this section, whatever its revision."""
        names = set(self.fields) - {"version", "page"} - {q.key for q in self.questions}
        empty = {"title": "", "project": ""}
        return {name: self.cleaned_data.get(name, empty.get(name)) for name in names}


def _columns(section, ambitions):
    if section == "projet":
        return {
            "title": forms.CharField(label="Titre du projet", max_length=120, required=False, help_text=WHEN_FILED),
            "project": forms.CharField(
                label="Projet pédagogique, et son lien avec le projet d’école",
                max_length=8000,
                required=False,
                widget=forms.Textarea({"rows": 10}),
                help_text=WHEN_FILED,
            ),
            "ambitions": forms.ModelMultipleChoiceField(
                label="Ambitions que le projet sert",
                queryset=ambitions,
                required=False,
                widget=forms.CheckboxSelectMultiple,
                help_text=f"{WHEN_FILED} Au moins une." if ambitions.exists() else NO_AMBITION,
            ),
        }
    if section == "equipe":
        return {
            "committed_count": _number("Enseignants qui s’engagent"),
            "posts_count": _number("Postes d’enseignants dans l’école"),
        }
    if section == "conseils":
        return {
            "teachers_council_on": _day("Avis du conseil des maîtres, rendu le"),
            "school_council_on": _day("Conseil d’école informé le"),
        }
    return {}


def _number(label):
    return forms.IntegerField(
        label=label,
        min_value=0,
        max_value=200,
        required=False,
        help_text=WHEN_FILED,
        widget=forms.NumberInput({"class": "input input-short"}),
    )


def _day(label):
    widget = DayInput({"class": "input input-short"})
    return forms.DateField(label=label, required=False, widget=widget, help_text=WHEN_FILED)


def _field_of(question):
    words = " ".join(part for part in (question.hint, WHEN_FILED if question.is_required else "") if part)
    basics = {"label": question.label, "required": False, "help_text": words}
    if question.kind == FormField.Kind.NUMBER:
        return forms.IntegerField(min_value=0, max_value=10**6, **basics)
    if question.kind == FormField.Kind.YES_NO:
        return forms.ChoiceField(choices=[("oui", "Oui"), ("non", "Non")], widget=forms.RadioSelect, **basics)
    if question.kind == FormField.Kind.CHOICES:
        pairs = [(choice, choice) for choice in question.choices]
        return forms.MultipleChoiceField(choices=pairs, widget=forms.CheckboxSelectMultiple, **basics)
    if question.kind == FormField.Kind.TEXT:
        return forms.CharField(max_length=300, **basics)
    return forms.CharField(max_length=5000, widget=forms.Textarea(TEXT), **basics)


class AttachmentForm(Form):
    """« Joindre une pièce »: what is kept of the file, or why it cannot be."""

    marks_optional = False
    label = forms.CharField(
        label="Ce que c’est", max_length=80, help_text=f"Par exemple{NBSP}: projet d’école. Aucun nom d’élève."
    )
    document = DocumentsField(label="Le fichier")

    def clean_document(self):
        """The label stands for its name."""
        return self.cleaned_data["document"][0][0]


class OpinionForm(Form):
    """Verdict, motivation, and who will read it."""

    READERS = (
        ("school", "L’école le lit dès maintenant"),
        ("later", "L’école le lira quand vous le communiquerez"),
        ("never", f"Confidentiel{NBSP}: l’école ne le lira pas"),
    )

    verdict = forms.ChoiceField(label="Votre avis", choices=Verdict.choices, widget=forms.RadioSelect)
    motivation = forms.CharField(
        label="Motivation",
        max_length=4000,
        required=False,
        widget=forms.Textarea(TEXT),
        help_text="Demandée si l’avis est favorable avec réserves, ou défavorable.",
    )
    reader = forms.ChoiceField(label="Qui le lira", choices=READERS, initial="school", widget=forms.RadioSelect)

    def clean(self):
        """« motivation required unless favourable » (issue 3 §3)."""
        data = super().clean()
        if data.get("verdict") not in (None, Verdict.FAVOURABLE) and not (data.get("motivation") or "").strip():
            self.add_error("motivation", f"Un avis réservé ou défavorable se motive{NBSP}: écrivez pourquoi.")
        return data


class TextForm(Form):
    """One text: a message, what is to change, a reason."""

    def __init__(self, *args, label, hint="", required=True, longest=4000, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["text"] = forms.CharField(
            label=label, help_text=hint, required=required, max_length=longest, widget=forms.Textarea({"rows": 5})
        )


class NoteForm(Form):
    """A note on one question kept for notes."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    question = forms.SlugField(widget=forms.HiddenInput)
    text = forms.CharField(label="Note", max_length=4000, required=False, widget=forms.Textarea({"rows": 4}))


class DelayForm(Form):
    """A new day for an opinion."""

    due_on = forms.DateField(label="Nouvelle date", widget=DayInput({"class": "input input-short"}))


class CallForm(Form):
    """« Ouvrir un appel »"""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    title = forms.CharField(label="Titre de l’appel", max_length=120)
    school_year = forms.RegexField(
        label="Année scolaire",
        regex=r"^\d{4}-\d{4}$",
        help_text="Comme 2026-2027.",
        error_messages={"invalid": f"Cette année n’est pas reconnue{NBSP}: écrivez-la comme 2026-2027."},
    )
    opens_on = forms.DateField(label="Ouvre le", widget=DayInput, help_text="À 0 h.")
    closes_on = forms.DateField(label="Dernier jour", widget=DayInput, help_text="Jusqu’à minuit.")
    form_revision = forms.ModelChoiceField(label="Formulaire", queryset=FormRevision.objects.none(), empty_label=None)
    criteria = forms.CharField(label="Critères", max_length=5000, widget=forms.Textarea(TEXT))
    envelope = MoneyField(
        label="Enveloppe en euros", required=False, help_text="Lue par la Ville et le département seulement."
    )
    opinion_days_count = forms.IntegerField(label="Jours pour rendre un avis", min_value=1, max_value=120, initial=21)
    schools = forms.ModelMultipleChoiceField(
        label="Écoles concernées",
        queryset=School.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=f"Aucune cochée{NBSP}: toutes les écoles de la Ville.",
    )

    def __init__(self, *args, city, **kwargs):
        super().__init__(*args, **kwargs)
        published = FormRevision.objects.filter(city=city, published_at__isnull=False)
        self.fields["form_revision"].queryset = published.order_by("-number")
        self.has_ambitions = ambitions_of(city).exists()
        self.fields["schools"].queryset = School.objects.filter(city=city, closed_on=None).order_by("sort_key", "id")

    def clean(self):
        """It closes after it opens, and the projects it asks for have an ambition to serve."""
        data = super().clean()
        if not self.has_ambitions and not data.get("version"):
            self.add_error(None, f"Aucune ambition n’est écrite{NBSP}: aucune école ne pourrait déposer son dossier.")
        opens, closes = data.get("opens_on"), data.get("closes_on")
        if opens and closes and closes < opens:
            self.add_error("closes_on", f"L’appel fermerait avant d’ouvrir{NBSP}: écrivez une date plus tardive.")
        return data


class QuestionForm(Form):
    """A question of the form."""

    section = forms.ChoiceField(label="Rubrique", choices=list(SECTIONS.items()))
    label = forms.CharField(label="Question", max_length=200)
    hint = forms.CharField(label="Aide", max_length=300, required=False)
    kind = forms.ChoiceField(label="Réponse", choices=FormField.Kind.choices, initial=FormField.Kind.LONG_TEXT)
    choices = forms.CharField(
        label="Choix proposés", required=False, widget=forms.Textarea({"rows": 4}), help_text="Un par ligne."
    )
    is_required = forms.BooleanField(label="Demandée au dépôt", required=False)
    levels = forms.ChoiceField(
        label="Posée à", choices=FormField.Levels.choices, initial=FormField.Levels.EVERY, widget=forms.RadioSelect
    )
    audience = forms.ChoiceField(
        label="Qui répond",
        choices=FormField.Audience.choices,
        initial=FormField.Audience.PUBLIC,
        widget=forms.RadioSelect,
    )

    def clean(self):
        """Choices where there are some, and notes that nobody must write."""
        data = super().clean()
        data["choices"] = [line.strip() for line in (data.get("choices") or "").splitlines() if line.strip()]
        if data.get("kind") == FormField.Kind.CHOICES and not data["choices"]:
            self.add_error("choices", f"Aucun choix n’est écrit{NBSP}: proposez-en au moins un.")
        if data.get("audience") == FormField.Audience.ANNOTATION and data.get("is_required"):
            self.add_error("is_required", f"Une note interne n’est demandée à personne{NBSP}: décochez cette case.")
        return data
