"""A school's application: its state, its sections as they are typed, its locked copies (plan.md W1)."""

import uuid
from dataclasses import dataclass
from datetime import date

from django.db import models
from django.db.models import F, Q

from preau.kit.privacy import Erase, Privacy
from preau.kit.rows import Row
from preau.people.models import Person
from preau.places.models import School
from preau.plan.ambitions.models import Ambition
from preau.plan.applications.models.calls import SECTIONS, Call, FormRevision


class State(models.TextChoices):
    """Where the file is (W1)."""

    DRAFT = "draft", "brouillon"
    SUBMITTED = "submitted", "déposée"
    INSPECTOR_REVIEW = "inspector_review", "à l’avis de l’IEN"
    CHANGES_REQUESTED = "changes_requested", "modifications demandées"
    STATE_REVIEW = "state_review", "à l’avis de la DSDEN, de la DAN et de la Ville"
    RANKED = "ranked", "sur la liste priorisée"
    SELECTED = "selected", "retenue"
    WAITING_LIST = "waiting_list", "en liste d’attente"
    NOT_SELECTED = "not_selected", "non retenue"
    CONVERTED = "converted", "déploiement ouvert"
    WITHDRAWN = "withdrawn", "retirée par l’école"
    NO_FOLLOW_UP = "no_follow_up", "sans suite"
    REOPENED = "reopened", "rouverte"


# state → states it may become; nothing else is written, whoever asks.
NEXT = {
    State.DRAFT: {State.SUBMITTED, State.WITHDRAWN},
    State.SUBMITTED: {State.INSPECTOR_REVIEW, State.WITHDRAWN, State.NO_FOLLOW_UP},
    State.INSPECTOR_REVIEW: {State.CHANGES_REQUESTED, State.STATE_REVIEW, State.WITHDRAWN, State.NO_FOLLOW_UP},
    State.CHANGES_REQUESTED: {State.SUBMITTED, State.WITHDRAWN, State.NO_FOLLOW_UP},
    State.STATE_REVIEW: {State.CHANGES_REQUESTED, State.RANKED, State.WITHDRAWN, State.NO_FOLLOW_UP},
    State.RANKED: {State.SELECTED, State.WAITING_LIST, State.NOT_SELECTED},
    State.WAITING_LIST: {State.SELECTED, State.NOT_SELECTED},
    State.SELECTED: {State.CONVERTED},
    State.NOT_SELECTED: set(),
    State.CONVERTED: set(),
    State.WITHDRAWN: {State.REOPENED},
    State.NO_FOLLOW_UP: {State.REOPENED},
    State.REOPENED: {State.SUBMITTED, State.WITHDRAWN, State.NO_FOLLOW_UP},
}
EDITABLE = (State.DRAFT, State.CHANGES_REQUESTED, State.REOPENED)
DECIDED = (State.SELECTED, State.WAITING_LIST, State.NOT_SELECTED, State.CONVERTED)
LEFT = (State.WITHDRAWN, State.NO_FOLLOW_UP)  # nobody reads it any more
OVER = (State.NOT_SELECTED, State.CONVERTED, *LEFT)
# A locked copy exists; « retirée » and « rouverte » may come before any.
FILED = tuple(s for s in State if s not in (State.DRAFT, State.WITHDRAWN, State.REOPENED))


def may_become(state: str, wanted: str) -> bool:
    """Whether W1 leads from one to the other."""
    return wanted in NEXT[State(state)]


@dataclass(frozen=True)
class DecisionRef:
    """A committee's decision, as the rooms below the committees keep it: they know no committee (decision 0013)."""

    id: uuid.UUID
    number: str
    held_on: date
    reason: str = ""


class Application(Row):
    """A team volunteers with a project for its school, once per call. What others read is its last locked copy.

    Three columns speak of ambitions. `ambitions` is what the team is writing, `Submission.ambitions` what it filed: the
    truth for everyone else. `served_ambition` says nothing more and is read by no page: it stands so that the base
    refuses a filed project that serves none, since no check counts the rows of another table (decision 0015).
    """

    call = models.ForeignKey(Call, models.PROTECT, related_name="applications", verbose_name="appel")
    school = models.ForeignKey(School, models.PROTECT, related_name="applications", verbose_name="école")
    state = models.CharField("état", max_length=18, choices=State.choices, default=State.DRAFT)
    state_at = models.DateTimeField("dans cet état depuis le")
    started_at = models.DateTimeField("commencée le")
    submitted_at = models.DateTimeField("déposée le", null=True, blank=True)  # the last time
    copies_count = models.PositiveSmallIntegerField("copies déposées", default=0)
    taken_from = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="taken_up", verbose_name="reprise du dossier"
    )  # whose texts it began from
    closing_reason = models.TextField("motif", max_length=2000, blank=True)  # of a withdrawal or « sans suite »
    # What every form asks, whatever its revision: the guards of W1 read it here.
    title = models.CharField("titre du projet", max_length=120, blank=True)
    project = models.TextField("projet pédagogique", max_length=8000, blank=True)
    ambitions = models.ManyToManyField(Ambition, related_name="applications", blank=True, verbose_name="ambitions")
    # The first of those of the last copy, written with it and by nothing else.
    served_ambition = models.ForeignKey(
        Ambition, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="ambition servie au dépôt"
    )
    committed_count = models.PositiveSmallIntegerField("enseignants engagés", null=True, blank=True)
    posts_count = models.PositiveSmallIntegerField("postes d’enseignants", null=True, blank=True)
    teachers_council_on = models.DateField("avis du conseil des maîtres", null=True, blank=True)
    school_council_on = models.DateField("information du conseil d’école", null=True, blank=True)
    reminded_on = models.DateField("rappel du", null=True, blank=True)
    decision_id = models.UUIDField("décision", null=True, blank=True)
    decision_number = models.CharField("numéro de la décision", max_length=20, blank=True)
    decided_on = models.DateField("décidée le", null=True, blank=True)
    decision_reason = models.TextField("motif de la décision", max_length=2000, blank=True)

    privacy = Privacy.none("porter le projet d’une école jusqu’à la décision")

    class Meta:
        verbose_name = "candidature d’une école"
        constraints = [
            models.UniqueConstraint(fields=["call", "school"], name="application_once_per_call"),
            models.CheckConstraint(condition=Q(state__in=State.values), name="application_state_is_known"),
            models.CheckConstraint(
                condition=~Q(state__in=FILED) | Q(submitted_at__isnull=False, copies_count__gte=1),
                name="application_filed_has_its_copy",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=FILED) | Q(served_ambition__isnull=False),
                name="application_filed_serves_an_ambition",
            ),
            # « pas un programme d’équipement mais un projet éducatif » (AC-26)
            models.CheckConstraint(
                condition=Q(state__in=(State.DRAFT, State.CHANGES_REQUESTED, State.REOPENED, State.WITHDRAWN))
                | ~Q(project=""),
                name="application_filed_has_its_project",
            ),
            models.CheckConstraint(
                condition=Q(state__in=DECIDED, decision_id__isnull=False, decided_on__isnull=False)
                | (~Q(state__in=DECIDED) & Q(decision_id=None, decided_on=None)),
                name="application_outcome_has_its_decision",
            ),
            models.CheckConstraint(
                condition=Q(taken_from=None) | ~Q(taken_from=F("id")), name="application_is_not_taken_from_itself"
            ),
            models.CheckConstraint(
                condition=~Q(state=State.NO_FOLLOW_UP) | ~Q(closing_reason=""), name="application_closed_with_reason"
            ),
            models.CheckConstraint(
                condition=Q(committed_count=None) | Q(posts_count=None) | Q(committed_count__lte=F("posts_count")),
                name="application_committed_within_posts",
            ),
        ]
        indexes = [models.Index(fields=["call", "state"]), models.Index(fields=["school", "-started_at"])]

    @property
    def is_editable(self) -> bool:
        """The school may write in it."""
        return self.state in EDITABLE


class SectionVersion(Row):
    """The answers of one section as last saved; `version` tells two people who type at once apart."""

    application = models.ForeignKey(Application, models.CASCADE, related_name="sections", verbose_name="candidature")
    section = models.CharField("rubrique", max_length=14, choices=list(SECTIONS.items()))
    version = models.PositiveIntegerField("version", default=1)
    page = models.UUIDField(
        "page ouverte", null=True, blank=True
    )  # the open page it came from, not the person's others
    answers = models.JSONField("réponses", default=dict)  # {FormField.key: text, number, boolean or list of texts}
    saved_at = models.DateTimeField("enregistrée le")
    saved_by = models.ForeignKey(
        Person, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="enregistrée par"
    )

    privacy = Privacy(
        holds="dernière personne de l’équipe qui a écrit dans une rubrique",
        why="remplir à plusieurs sans s’effacer l’un l’autre",
        keeps="la durée du plan",
        subjects=("saved_by",),
        erase=Erase.DETACH,
    )

    class Meta:
        verbose_name = "rubrique d’une candidature"
        constraints = [models.UniqueConstraint(fields=["application", "section"], name="section_once_per_application")]


class Submission(Row):
    """A locked copy: what the school filed, word for word, with its digest. Never changed."""

    application = models.ForeignKey(Application, models.PROTECT, related_name="copies", verbose_name="candidature")
    number = models.PositiveSmallIntegerField("numéro")
    form_revision = models.ForeignKey(FormRevision, models.PROTECT, related_name="+", verbose_name="formulaire")
    title = models.CharField("titre du projet", max_length=120)
    # As filed: the school may choose others in what it writes since, which nobody else reads.
    ambitions = models.ManyToManyField(Ambition, related_name="submissions", blank=True, verbose_name="ambitions")
    content = models.JSONField("contenu")  # queries.copies.content_of
    digest = models.CharField("empreinte", max_length=64)  # SHA-256 of the content, keys sorted
    submitted_at = models.DateTimeField("déposée le")
    submitted_by = models.ForeignKey(
        Person, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="déposée par"
    )

    privacy = Privacy(
        holds="qui a déposé le dossier d’une école",
        why="prouver ce qui a été déposé et quand",
        keeps="la durée du plan",
        subjects=("submitted_by",),
        erase=Erase.DETACH,
    )

    class Meta:
        verbose_name = "copie déposée"
        constraints = [
            models.UniqueConstraint(fields=["application", "number"], name="submission_number_once"),
            models.CheckConstraint(condition=Q(number__gte=1), name="submission_counts_from_one"),
        ]
