"""A session: its states, its agenda, who came, what is said of its relevé."""

from itertools import pairwise

from django.db import models
from django.db.models import DateField, F, Q
from django.db.models.functions import Cast

from preau.kit.privacy import Erase, Privacy
from preau.kit.rows import Row
from preau.people.models import Person
from preau.plan.governance.models.committees import NO_PERSON, Committee, Seat
from preau.plan.governance.models.decisions import ObjectKind
from preau.plan.studies.models import Authority


class State(models.TextChoices):
    """plan.md W10, and a session that never took place."""

    PLANNED = "planned", "prévue"
    CONVENED = "convened", "convoquée"
    PACK_FROZEN = "pack_frozen", "dossier figé"
    HELD = "held", "tenue"
    MINUTES_DRAFT = "minutes_draft", "relevé en projet"
    MINUTES_APPROVED = "minutes_approved", "relevé approuvé"
    PUBLISHED = "published", "relevé publié"
    CANCELLED = "cancelled", "annulée"


NEXT = {
    State.PLANNED: {State.CONVENED, State.CANCELLED},
    State.CONVENED: {State.PACK_FROZEN, State.CANCELLED},
    State.PACK_FROZEN: {State.HELD, State.CANCELLED},
    State.HELD: {State.MINUTES_DRAFT},
    State.MINUTES_DRAFT: {State.MINUTES_APPROVED},
    State.MINUTES_APPROVED: {State.PUBLISHED},
    State.PUBLISHED: set(),
    State.CANCELLED: set(),
}
# The instant each state leaves, in order: kept for good once passed.
STAMPS = (
    ("convened_at", State.CONVENED),
    ("frozen_at", State.PACK_FROZEN),
    ("held_on", State.HELD),
    ("drafted_at", State.MINUTES_DRAFT),
    ("approved_at", State.MINUTES_APPROVED),
    ("published_at", State.PUBLISHED),
)
LINE = [state for state in State if state != State.CANCELLED]


def _stamps_follow_the_state():
    """Each stamp is there if and only if its state is reached; a cancelled session keeps what it had, never more
    than a frozen dossier."""
    reached = Q()
    for stamp, state in STAMPS:
        there = Q(state__in=LINE[LINE.index(state) :], **{f"{stamp}__isnull": False})
        not_yet = Q(state__in=LINE[: LINE.index(state)], **{f"{stamp}__isnull": True})
        reached &= there | not_yet
    dropped = Q(state=State.CANCELLED, cancelled_at__isnull=False, held_on=None, published_at=None)
    dropped &= ~Q(cancel_reason="")
    return (reached & ~Q(state=State.CANCELLED) & Q(cancelled_at=None)) | dropped


def _instants_in_order():
    """No instant before that of the state before; a day held is written afterwards, and stands apart."""
    instants = [stamp for stamp, state in STAMPS if state != State.HELD]
    ordered = Q()
    for before, after in (*pairwise(instants), ("convened_at", "cancelled_at"), ("frozen_at", "cancelled_at")):
        ordered &= Q(**{f"{after}__isnull": True}) | Q(**{f"{after}__gte": F(before)})
    return ordered


class Session(Row):
    """One meeting of a committee, « 2026-2 »."""

    State = State

    committee = models.ForeignKey(Committee, models.PROTECT, related_name="sessions", verbose_name="comité")
    year = models.PositiveSmallIntegerField("année")
    sequence = models.PositiveSmallIntegerField("rang dans l’année")
    planned_on = models.DateField("prévue le")
    starts_at = models.TimeField("heure", null=True, blank=True)
    place = models.CharField("lieu", max_length=160, blank=True)
    state = models.CharField("état", max_length=16, choices=State.choices, default=State.PLANNED)
    version = models.PositiveIntegerField("version", default=1)  # raised by each write: a page read before is refused
    convened_at = models.DateTimeField("convoquée le", null=True, blank=True)
    # Once convened: the last change of the agenda, and when its members were last told of one.
    agenda_changed_at = models.DateTimeField("ordre du jour changé le", null=True, blank=True)
    agenda_told_at = models.DateTimeField("changement annoncé le", null=True, blank=True)
    frozen_at = models.DateTimeField("dossier figé le", null=True, blank=True)
    held_on = models.DateField("tenue le", null=True, blank=True)
    minutes = models.TextField("relevé", blank=True)
    drafted_at = models.DateTimeField("relevé écrit le", null=True, blank=True)
    approved_at = models.DateTimeField("relevé approuvé le", null=True, blank=True)
    published_at = models.DateTimeField("relevé publié le", null=True, blank=True)
    cancelled_at = models.DateTimeField("annulée le", null=True, blank=True)
    cancel_reason = models.CharField("motif de l’annulation", max_length=300, blank=True)

    privacy = NO_PERSON

    class Meta:
        verbose_name = "séance"
        constraints = [
            models.UniqueConstraint(fields=["committee", "year", "sequence"], name="session_number_once"),
            models.CheckConstraint(condition=_stamps_follow_the_state(), name="session_stamps_follow_its_state"),
            models.CheckConstraint(condition=_instants_in_order(), name="session_instants_in_order"),
            models.CheckConstraint(
                condition=Q(held_on=None)
                | Q(held_on__gte=F("planned_on"))
                # The day in universal time: never after that of Paris, which the act asks.
                | Q(held_on__gte=Cast("convened_at", DateField())),
                name="session_held_once_planned_or_convened",
            ),
            models.CheckConstraint(
                condition=Q(agenda_changed_at=None, agenda_told_at=None)
                | Q(agenda_changed_at__isnull=False, convened_at__isnull=False),
                name="session_agenda_changes_once_convened",
            ),
        ]
        indexes = [models.Index(fields=["committee", "-planned_on"])]

    @property
    def number(self) -> str:
        """« 2026-2 »"""
        return f"{self.year}-{self.sequence}"

    @property
    def day(self):
        """The day it was held, else the day it is planned."""
        return self.held_on or self.planned_on

    @property
    def must_agree(self) -> tuple:
        """Whose approval the relevé needs: both for a COPIL; the State's for a COTECH, which the city wrote."""
        if self.committee.kind == Committee.Kind.COPIL:
            return (Authority.CITY, Authority.STATE)
        return (Authority.STATE,)

    def may_become(self, state) -> bool:
        """Whether W10 allows this step."""
        return state in NEXT[self.state]

    @property
    def is_being_prepared(self) -> bool:
        """Its agenda may still change: the dossier is not frozen."""
        return self.state in (State.PLANNED, State.CONVENED)

    @property
    def is_agenda_untold(self) -> bool:
        """Changed since it was convened, or since its members were told of a change."""
        changed, told = self.agenda_changed_at, self.agenda_told_at
        return changed is not None and (told is None or told < changed)

    @property
    def takes_decisions(self) -> bool:
        """Held, and its relevé not approved yet."""
        return self.state in (State.HELD, State.MINUTES_DRAFT)

    @property
    def is_dropped(self) -> bool:
        """It never took place."""
        return self.state == State.CANCELLED


class Approval(Row):
    """One authority agrees with the relevé as it reads; any later change to it takes the approval away."""

    session = models.ForeignKey(Session, models.PROTECT, related_name="approvals", verbose_name="séance")
    authority = models.CharField("autorité", max_length=5, choices=Authority.choices)
    person = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="minutes_approvals")
    approved_as = models.CharField("qualité", max_length=80)
    approved_at = models.DateTimeField("approuvé le")

    privacy = Privacy(
        holds="qui a approuvé le relevé d’une séance",
        why="qu’un relevé vaille pour les deux autorités",
        keeps="la durée du plan",
        subjects=("person",),
        erase=Erase.DETACH,
    )

    class Meta:
        verbose_name = "approbation d’un relevé"
        constraints = [
            models.UniqueConstraint(fields=["session", "authority"], name="approval_once_per_authority"),
            models.CheckConstraint(condition=Q(authority__in=Authority.values), name="approval_authority_is_known"),
        ]


class AgendaItem(Row):
    """A point of the agenda; what is asked of the committee, and by whom."""

    class Aim(models.TextChoices):
        INFORMATION = "information", "pour information"
        OPINION = "opinion", "pour avis"
        DECISION = "decision", "pour décision"

    session = models.ForeignKey(Session, models.PROTECT, related_name="items", verbose_name="séance")
    position = models.PositiveSmallIntegerField("rang")
    title = models.CharField("intitulé", max_length=200)
    text = models.TextField("exposé", blank=True)
    aim = models.CharField("objet", max_length=12, choices=Aim.choices, default=Aim.INFORMATION)
    presented_by = models.CharField("présenté par", max_length=5, choices=Authority.choices)
    is_reserved = models.BooleanField("réservé aux membres", default=False)
    object_kind = models.CharField("nature de l’objet", max_length=12, choices=ObjectKind.choices, blank=True)
    object_id = models.UUIDField("objet", null=True, blank=True)

    privacy = NO_PERSON

    class Meta:
        verbose_name = "point de l’ordre du jour"
        constraints = [
            models.UniqueConstraint(fields=["session", "position"], name="agenda_position_once"),
            models.CheckConstraint(
                condition=Q(object_kind="", object_id=None) | (~Q(object_kind="") & Q(object_id__isnull=False)),
                name="agenda_object_is_whole",
            ),
        ]


class Attendance(Row):
    """Whether a seat was there."""

    class Presence(models.TextChoices):
        PRESENT = "present", "présent"
        REPRESENTED = "represented", "représenté"
        EXCUSED = "excused", "excusé"
        ABSENT = "absent", "absent"

    session = models.ForeignKey(Session, models.PROTECT, related_name="attendances", verbose_name="séance")
    seat = models.ForeignKey(Seat, models.PROTECT, related_name="attendances", verbose_name="siège")
    presence = models.CharField("présence", max_length=12, choices=Presence.choices)
    attendee = models.CharField("nom", max_length=120, blank=True)

    privacy = Privacy(
        holds="le nom de qui a siégé, comme sur la feuille d’émargement",
        why="prouver qui a siégé à une séance",
        keeps="la durée du plan",
        erase=Erase.KEEP,
    )

    class Meta:
        verbose_name = "émargement"
        constraints = [
            models.UniqueConstraint(fields=["session", "seat"], name="attendance_once_per_seat"),
            models.CheckConstraint(
                condition=Q(presence__in=("present", "represented", "excused", "absent")),
                name="attendance_presence_is_known",
            ),
        ]

    # A seat that makes its college represented.
    REPRESENTED = (Presence.PRESENT, Presence.REPRESENTED)


class Comment(Row):
    """What a State reader remarks on a session; the relevé itself is the secretary's."""

    session = models.ForeignKey(Session, models.PROTECT, related_name="comments", verbose_name="séance")
    person = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="session_comments")
    written_as = models.CharField("qualité", max_length=80)
    text = models.TextField("remarque")
    written_at = models.DateTimeField("écrite le")

    privacy = Privacy(
        holds="qui a fait une remarque sur une séance",
        why="que l’Éducation nationale réponde au dossier et au relevé",
        keeps="la durée du plan",
        subjects=("person",),
        erase=Erase.DETACH,
    )

    class Meta:
        verbose_name = "remarque sur une séance"
        constraints = [models.CheckConstraint(condition=~Q(text=""), name="comment_says_something")]
        ordering = [F("written_at").asc(), "id"]
