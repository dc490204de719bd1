"""A class at work on shared devices, and the devices that joined it."""

import datetime
from urllib.parse import urlsplit

from django.db import models
from django.db.models import Q

from preau.ent.posts.models import Post
from preau.kit.privacy import Erase, Privacy
from preau.kit.rows import Row
from preau.people.models import Person, PupilEntry
from preau.places.models import Classroom, Group, Room, School

SIGNS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"  # of a code: none is taken for another
CODE_LENGTH = 6
MOST_DEVICES = 40  # of one lesson
SILENT_AFTER = datetime.timedelta(minutes=1)
LET_IN_FOR = datetime.timedelta(minutes=2)  # whoever stands before the tablet then is not the one the adult saw
AWAITED_FOR = datetime.timedelta(minutes=10)  # the Wi-Fi, for what was made to leave a tablet after its session
LATE_FOR = datetime.timedelta(days=7)  # what leaves it later than that is refused (late.py)
ANSWERS_IN = datetime.timedelta(seconds=5)  # a tablet that has a line, once its session closes
TRIES = 3  # wrong pictures, after which an adult lets the pupil in (users.md 12)


class Activity(models.TextChoices):
    """What the teacher gives."""

    FREE = "free", "Choix libre"
    PAGE = "page", "Une page à faire"
    HOMEWORK = "homework", "Les leçons"
    WORD = "word", "Un mot de la classe"
    LINK = "link", "Un lien"


class LessonQuerySet(models.QuerySet):
    def open(self, now: datetime.datetime):
        """Those under way."""
        return self.filter(closed_at=None, ends_at__gt=now)

    def over(self, now: datetime.datetime):
        """Those past their end that nobody closed."""
        return self.filter(closed_at=None, ends_at__lte=now)


class Lesson(Row):
    """One session of a class or of a group. Once closed, only figures are left of it."""

    school = models.ForeignKey(School, models.PROTECT, related_name="lessons", verbose_name="école")
    classroom = models.ForeignKey(
        Classroom, models.PROTECT, null=True, blank=True, related_name="lessons", verbose_name="classe"
    )
    group = models.ForeignKey(
        Group, models.PROTECT, null=True, blank=True, related_name="lessons", verbose_name="groupe"
    )
    opened_by = models.ForeignKey(
        Person, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="ouverte par"
    )
    opened_at = models.DateTimeField("ouverte le")
    ends_at = models.DateTimeField("fin au plus tard")
    closed_at = models.DateTimeField("fermée le", null=True, blank=True)
    code = models.CharField("six signes", max_length=CODE_LENGTH, blank=True)
    board_key = models.CharField("clé du tableau", max_length=43, blank=True, db_index=True)
    version = models.PositiveIntegerField("version", default=1)
    activity = models.CharField("activité", max_length=8, choices=Activity.choices, default=Activity.FREE)
    # Devices show anew what is given when the first changes; pages answer the second, which new words leave as it is.
    given_number = models.PositiveIntegerField("numéro de ce qui est donné", default=1, db_column="activity_number")
    task_number = models.PositiveIntegerField("rang de l’activité", default=1)
    title = models.CharField("consigne", max_length=120, blank=True)
    link = models.URLField("lien", max_length=500, blank=True)
    word = models.ForeignKey(
        Post, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="mot de la classe"
    )
    paused_at = models.DateTimeField("écrans en pause le", null=True, blank=True)
    muted_at = models.DateTimeField("son coupé le", null=True, blank=True)
    devices_count = models.PositiveIntegerField("appareils", default=0)
    pupil_seconds = models.PositiveIntegerField("secondes de travail des élèves", default=0)
    pupils_count = models.PositiveIntegerField("élèves", default=0)  # at closing; under five is never shown
    room = models.ForeignKey(
        Room, models.PROTECT, null=True, blank=True, related_name="lessons", verbose_name="local du wi-fi"
    )
    # Of the plan, whose tables this wing does not know: what it calls them, and their ids without a key.
    kit_label = models.CharField("chariot ou malle", max_length=120, blank=True)
    kit_id = models.UUIDField("bien de l’inventaire ou malle", null=True, blank=True)
    window_id = models.UUIDField("séance de wi-fi", null=True, blank=True)

    objects = LessonQuerySet.as_manager()

    privacy = Privacy(
        holds="séance d’une classe sur des appareils partagés\u00a0: quand, combien d’appareils, combien de temps",
        why="ouvrir les appareils aux élèves d’une classe, et compter l’usage de l’équipement",
        keeps="5 ans, sans personne\u00a0: qui l’a ouverte est effacé à la fermeture",
        subjects=("opened_by",),
        erase=Erase.DETACH,
        hides=("board_key",),
    )

    class Meta:
        verbose_name = "séance"
        indexes = [models.Index(fields=["school", "opened_at"]), models.Index(fields=["closed_at", "ends_at"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(classroom__isnull=False, group=None) | Q(classroom=None, group__isnull=False),
                name="lesson_of_a_class_or_a_group",
            ),
            models.UniqueConstraint(
                fields=["classroom"], condition=Q(closed_at=None), name="lesson_open_once_in_a_class"
            ),
            models.UniqueConstraint(fields=["group"], condition=Q(closed_at=None), name="lesson_open_once_in_a_group"),
            models.UniqueConstraint(fields=["code"], condition=Q(closed_at=None), name="lesson_code_opens_one"),
        ]

    @property
    def place(self) -> Classroom | Group:
        """The class or the group at work."""
        return self.classroom if self.classroom_id else self.group

    @property
    def place_id(self):
        return self.classroom_id or self.group_id

    @property
    def task(self) -> str:
        """What is to be done now, as a page that answers it says it (Work.task)."""
        return f"{self.pk}-{self.task_number}"

    @property
    def pupil_minutes(self) -> int:
        """Of all pupils together, rounded down."""
        return self.pupil_seconds // 60

    @property
    def host(self) -> str:
        """The whole host of the link, which is shown before it is opened (trust.md R17)."""
        return urlsplit(self.link).hostname or ""

    @property
    def is_awaiting(self) -> bool:
        """Closed, with tablets that have not said that all is sent."""
        return self.closed_at is not None and self.board_key != ""

    @property
    def named_until(self) -> datetime.datetime | None:
        """Until when what is left on its tablets may still be brought."""
        return self.closed_at and self.closed_at + LATE_FOR

    def is_open(self, now: datetime.datetime) -> bool:
        """Under way."""
        return self.closed_at is None and now < self.ends_at


class KnownDevice(Row):
    """A tablet that an adult of the school accepted once: it is offered the school's sessions, without six signs."""

    school = models.ForeignKey(School, models.CASCADE, related_name="known_devices", verbose_name="école")
    key_hash = models.CharField("empreinte de la clé", max_length=64, unique=True)
    label = models.CharField("appareil", max_length=80, blank=True)
    used_at = models.DateTimeField("servi le")

    is_trace = True  # kit.digest
    privacy = Privacy.none("rouvrir un appareil de l’école sans taper de code")

    class Meta:
        verbose_name = "appareil connu d’une école"
        indexes = [models.Index(fields=["used_at"])]


class LessonMonth(Row):
    """Sessions in which pupils worked, of a month of a school, by kit and kind of activity: kept as they close, so that
    a city's page adds up no session."""

    school = models.ForeignKey(School, models.PROTECT, related_name="lesson_months", verbose_name="école")
    month = models.DateField("mois")  # its first day
    kit_key = models.CharField("bien ou malle", max_length=36, blank=True)  # Lesson.kit_id; empty when none was named
    kit_label = models.CharField("chariot ou malle", max_length=120, blank=True)  # as it was called last
    activity = models.CharField("activité", max_length=8, choices=Activity.choices)
    lessons_count = models.PositiveIntegerField("séances", default=0)
    pupil_seconds = models.PositiveBigIntegerField("secondes de travail des élèves", default=0)
    most_pupils = models.PositiveIntegerField("élèves de la plus nombreuse", default=0)  # under five is never shown

    privacy = Privacy.none("compter l’usage de l’équipement, sans qui s’en est servi")

    class Meta:
        verbose_name = "mois de séances"
        constraints = [
            models.UniqueConstraint(fields=["school", "month", "kit_key", "activity"], name="lesson_month_once"),
        ]


class Device(Row):
    """A tablet or a computer that asked to join a lesson; it goes with it."""

    lesson = models.ForeignKey(Lesson, models.CASCADE, related_name="devices", verbose_name="séance")
    number = models.PositiveSmallIntegerField("numéro")
    key_hash = models.CharField("empreinte de la clé", max_length=64, unique=True)
    known_hash = models.CharField("empreinte de la clé qui dure", max_length=64, blank=True)  # of a KnownDevice
    label = models.CharField("appareil", max_length=80, blank=True)  # « Chrome sur Android »
    asked_at = models.DateTimeField("demande du")
    accepted_at = models.DateTimeField("accepté le", null=True, blank=True)
    entry = models.OneToOneField(
        PupilEntry, models.SET_NULL, null=True, blank=True, related_name="device", verbose_name="entrée"
    )
    pupil = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="élève")
    entered_at = models.DateTimeField("élève entré le", null=True, blank=True)
    trying = models.ForeignKey(
        Person, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="élève qui essaie d’entrer"
    )
    wrong_count = models.PositiveSmallIntegerField("mauvaises images", default=0)
    let_in_at = models.DateTimeField("ouvert par un adulte le", null=True, blank=True)
    seen_at = models.DateTimeField("dernières nouvelles le", null=True, blank=True)  # every twenty seconds
    kept_count = models.PositiveSmallIntegerField("gardé sur l’appareil, pas encore envoyé", default=0)
    has_script = models.BooleanField("avec JavaScript", default=True)  # else it keeps nothing, and tells nothing
    hand_at = models.DateTimeField("main levée le", null=True, blank=True)
    done_at = models.DateTimeField("fini le", null=True, blank=True)

    is_trace = True  # kit.digest
    privacy = Privacy(
        holds="quel élève est sur quel appareil pendant la séance, s’il demande de l’aide, s’il a fini",
        why="que l’adulte de la classe voie qui travaille et qui attend",
        keeps="jusqu’à la fin de la séance",
        subjects=("pupil", "trying"),
        erase=Erase.DETACH,
        hides=("key_hash", "known_hash"),
    )

    class Meta:
        verbose_name = "appareil d’une séance"
        constraints = [
            models.UniqueConstraint(fields=["lesson", "number"], name="device_number_once_in_a_lesson"),
            # One pupil is on one device at a time: entering elsewhere moves them.
            models.UniqueConstraint(
                fields=["lesson", "pupil"], condition=Q(pupil__isnull=False), name="device_of_a_pupil_once"
            ),
        ]

    @property
    def answers(self) -> tuple[int, str]:
        """What a page begun on it now answers: the rank of the activity, its words."""
        return self.lesson.task_number, self.lesson.title

    def is_silent(self, now: datetime.datetime) -> bool:
        """A pupil is in and nothing came from it for a minute: its line is cut, what they make stays on it."""
        is_heard = self.has_script and self.pupil_id is not None and self.seen_at is not None
        return is_heard and now - self.seen_at > SILENT_AFTER

    def lets_in(self, pupil_id, now: datetime.datetime) -> bool:
        """An adult said a moment ago that this pupil stands before it: they enter without pictures."""
        return self.trying_id == pupil_id and self.let_in_at is not None and now - self.let_in_at <= LET_IN_FOR

    @property
    def is_stuck(self) -> bool:
        """Three times the wrong pictures: an adult lets the pupil in."""
        return self.trying_id is not None and self.wrong_count >= TRIES and self.let_in_at is None


class Entrant(Row):
    """A pupil who was in during a session, once: counted at closing, and deleted then."""

    lesson = models.ForeignKey(Lesson, models.CASCADE, related_name="entrants", verbose_name="séance")
    pupil = models.ForeignKey(Person, models.CASCADE, related_name="+", verbose_name="élève")

    is_trace = True  # kit.digest
    privacy = Privacy(
        holds="quel élève est entré dans la séance qui est ouverte",
        why="ne rien dire du temps de travail de moins de cinq élèves",
        keeps="jusqu’à la fin de la séance",
        subjects=("pupil",),
        erase=Erase.DELETE,
    )

    class Meta:
        verbose_name = "élève entré"
        constraints = [models.UniqueConstraint(fields=["lesson", "pupil"], name="entrant_once_in_a_lesson")]


class AwaitedDevice(Row):
    """A device of a session that has closed, until it says that it has nothing left to send: the Wi-Fi waits for it,
    and the closed session names it, with who was in on it."""

    lesson = models.ForeignKey(Lesson, models.CASCADE, related_name="awaited", verbose_name="séance")
    key_hash = models.CharField("empreinte de la clé", max_length=64, unique=True)
    known_hash = models.CharField("empreinte de la clé qui dure", max_length=64, blank=True, db_index=True)
    number = models.PositiveSmallIntegerField("numéro")
    pupil = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="élève")
    kept_count = models.PositiveSmallIntegerField("pas encore envoyé", null=True, blank=True)  # None: no answer

    is_trace = True  # kit.digest
    privacy = Privacy(
        holds="quel élève était sur une tablette qui n’a pas dit, à la fermeture, que tout est envoyé",
        why="dire à l’adulte de la classe ce qui n’est pas parti, et éteindre le Wi-Fi quand tout l’est",
        keeps="jusqu’à la réponse de la tablette, au plus 7\u00a0jours",
        subjects=("pupil",),
        erase=Erase.DETACH,
        hides=("key_hash", "known_hash"),
    )

    class Meta:
        verbose_name = "appareil attendu"
