"""What each authority says of a file: opinions, messages and its own notes. None writes another's."""

from django.db import models
from django.db.models import F, Q
from django.db.models.lookups import GreaterThanOrEqual

from preau.kit.privacy import Erase, Privacy
from preau.kit.rows import Row
from preau.people.models import Person
from preau.plan.applications.models.files import Application, State, Submission


class Authority(models.TextChoices):
    """Who gives opinions, in the order a file meets them."""

    IEN = "ien", "IEN"
    DSDEN = "dsden", "DSDEN"
    DAN = "dan", "DAN"
    CITY_IT = "city_it", "Ville, informatique"
    BUILDINGS = "buildings", "Ville, bâtiments"


CITY_AUTHORITIES = (Authority.CITY_IT, Authority.BUILDINGS)
STATE_REVIEWERS = (Authority.DSDEN, Authority.DAN, *CITY_AUTHORITIES)  # in parallel, after the IEN


class Verdict(models.TextChoices):
    FAVOURABLE = "favourable", "favorable"
    WITH_RESERVATIONS = "with_reservations", "favorable avec réserves"
    UNFAVOURABLE = "unfavourable", "défavorable"


# The state of the file while each authority's opinion is awaited.
STAGES = {Authority.IEN: State.INSPECTOR_REVIEW} | dict.fromkeys(STATE_REVIEWERS, State.STATE_REVIEW)


class OpinionQuerySet(models.QuerySet):
    def awaited(self):
        """Not given, on the last copy filed, while the file is where the opinion is awaited."""
        stages = Q()
        for state in sorted(set(STAGES.values())):
            stages |= Q(authority__in=[who for who, at in STAGES.items() if at == state], application__state=state)
        return self.filter(stages, submission__number=F("application__copies_count"), given_at=None)


class UtcDay(models.Func):
    """The day of an instant in universal time, by words that each base knows without Django: a check must hold for any
    hand. Never later than the day it was in France."""

    output_field = models.DateField()

    def as_sqlite(self, compiler, connection, **context):
        return self.as_sql(compiler, connection, template="date(%(expressions)s)")

    def as_postgresql(self, compiler, connection, **context):
        return self.as_sql(compiler, connection, template="CAST((%(expressions)s) AT TIME ZONE 'UTC' AS DATE)")


class Opinion(Row):
    """An opinion asked of an authority on one locked copy. Past its day it reads « avis non rendu », never a yes."""

    application = models.ForeignKey(Application, models.PROTECT, related_name="opinions", verbose_name="candidature")
    submission = models.ForeignKey(Submission, models.PROTECT, related_name="opinions", verbose_name="copie")
    authority = models.CharField("autorité", max_length=10, choices=Authority.choices)
    asked_at = models.DateTimeField("demandé le")
    due_on = models.DateField("à rendre au plus tard le")
    reminded_on = models.DateField("rappel du", null=True, blank=True)
    verdict = models.CharField("avis", max_length=18, choices=Verdict.choices, blank=True)
    motivation = models.TextField("motivation", max_length=4000, blank=True)
    given_at = models.DateTimeField("rendu le", null=True, blank=True)
    given_by = models.ForeignKey(
        Person, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="rendu par"
    )
    is_confidential = models.BooleanField("confidentiel", default=False)
    released_at = models.DateTimeField("communiqué à l’école le", null=True, blank=True)
    lifted_at = models.DateTimeField("réserves levées le", null=True, blank=True)
    lifting_reason = models.CharField("ce qui lève les réserves", max_length=500, blank=True)

    objects = OpinionQuerySet.as_manager()
    privacy = Privacy(
        holds="qui a rendu un avis sur le dossier d’une école",
        why="prouver un avis et celui qui l’a rendu",
        keeps="la durée du plan",
        subjects=("given_by",),
        erase=Erase.DETACH,
    )

    class Meta:
        verbose_name = "avis sur une candidature"
        constraints = [
            models.UniqueConstraint(fields=["submission", "authority"], name="opinion_once_per_copy"),
            models.CheckConstraint(condition=Q(authority__in=Authority.values), name="opinion_authority_is_known"),
            models.CheckConstraint(condition=Q(verdict__in=("", *Verdict.values)), name="opinion_verdict_is_known"),
            models.CheckConstraint(
                condition=GreaterThanOrEqual(F("due_on"), UtcDay("asked_at")), name="opinion_due_once_it_is_asked"
            ),
            models.CheckConstraint(
                condition=Q(verdict="", given_at=None) | (~Q(verdict="") & Q(given_at__isnull=False)),
                name="opinion_given_has_its_day",
            ),
            models.CheckConstraint(
                condition=Q(verdict__in=("", Verdict.FAVOURABLE)) | ~Q(motivation=""), name="opinion_is_motivated"
            ),
            models.CheckConstraint(
                condition=Q(released_at=None) | Q(is_confidential=False, given_at__isnull=False),
                name="opinion_confidential_is_never_released",
            ),
            models.CheckConstraint(
                condition=Q(lifted_at=None, lifting_reason="")
                | (Q(lifted_at__isnull=False, verdict=Verdict.WITH_RESERVATIONS) & ~Q(lifting_reason="")),
                name="opinion_lifting_has_its_reason",
            ),
        ]
        # Reminders; by authority, every city's would be read to find one city's.
        indexes = [models.Index(fields=["due_on"], condition=Q(given_at=None), name="opinion_awaited_by_day")]

    def is_late(self, today) -> bool:
        """« avis non rendu »"""
        return self.given_at is None and today > self.due_on

    @property
    def is_superseded(self) -> bool:
        """The school has filed another copy since."""
        return self.submission.number != self.application.copies_count


class Message(Row):
    """Said on the file, read by everyone who reads the file: school, IEN, DSDEN and DAN, city."""

    class Kind(models.TextChoices):
        MESSAGE = "message", "message"
        CHANGE_REQUEST = "change_request", "modifications demandées"

    application = models.ForeignKey(Application, models.CASCADE, related_name="messages", verbose_name="candidature")
    kind = models.CharField("nature", max_length=14, choices=Kind.choices, default=Kind.MESSAGE)
    text = models.TextField("texte", max_length=4000)
    sent_at = models.DateTimeField("envoyé le")
    voice = models.CharField("au titre de", max_length=40)  # « École », « IEN », « DSDEN »: the title it was said under
    author = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="auteur")

    privacy = Privacy(
        holds="message d’un professionnel sur le dossier d’une école",
        why="préparer le projet ensemble",
        keeps="la durée du plan",
        subjects=("author",),
        erase=Erase.DETACH,
    )

    class Meta:
        verbose_name = "message sur une candidature"
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=("message", "change_request")), name="message_kind_is_known")
        ]
        indexes = [models.Index(fields=["application", "sent_at"])]


class Note(Row):
    """An authority's own note on a file, on a question of the form kept for notes. Nobody else reads it."""

    application = models.ForeignKey(Application, models.CASCADE, related_name="notes", verbose_name="candidature")
    authority = models.CharField("autorité", max_length=10, choices=Authority.choices)
    question = models.SlugField("question", max_length=60)  # FormField.key, audience « annotation »
    text = models.TextField("note", max_length=4000, blank=True)
    version = models.PositiveIntegerField("version", default=1)
    saved_at = models.DateTimeField("enregistrée le")
    saved_by = models.ForeignKey(
        Person, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="enregistrée par"
    )

    privacy = Privacy(
        holds="note d’un service sur le dossier d’une école",
        why="instruire le dossier",
        keeps="la durée du plan",
        subjects=("saved_by",),
        erase=Erase.DETACH,
    )

    class Meta:
        verbose_name = "note interne sur une candidature"
        constraints = [
            models.UniqueConstraint(fields=["application", "authority", "question"], name="note_once_per_authority"),
            models.CheckConstraint(condition=Q(authority__in=Authority.values), name="note_authority_is_known"),
        ]
