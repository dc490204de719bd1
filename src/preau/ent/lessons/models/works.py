"""What pupils make in a session, alone or to several on one page, until an adult of the class has read it over."""

from django.db import models
from django.db.models import Q

from preau.ent.lessons.models.sessions import Lesson
from preau.kit.names import of_name
from preau.kit.privacy import Erase, Privacy
from preau.kit.rows import Row
from preau.media.models import MOST_HEARD, Joined
from preau.people.models import Person
from preau.places.models import Classroom, Group, School

MOST_SIGNERS = 7  # a kit is seven tablets
MOST_PARTS, MOST_PICTURES, MOST_VOICES = 12, 8, 4  # of a page; a post takes them all
MOST_TEXT = 1000  # signs of one text
KEPT = "l’année scolaire\u00a0; une fois la page montrée, ce qu’elle contient est celui du cahier ou de la classe"


class Goal(models.TextChoices):
    """Where a page is for."""

    NOTEBOOK = "notebook", "Mon cahier"
    CLASS = "class", "La page de la classe"
    ANSWER = "answer", "La réponse à la consigne"


class Work(Row):
    """A page that pupils make. Its id is the device's own: sent twice, it is begun once. Whatever the age, nobody but
    its signers and who teaches them reads it before an adult has shown it (trust.md P8)."""

    class State(models.TextChoices):
        MAKING = "making", "en cours"
        FINISHED = "finished", "à relire"
        RETURNED = "returned", "à reprendre"
        KEPT = "kept", "gardé"

    lesson = models.ForeignKey(
        Lesson, models.SET_NULL, null=True, blank=True, related_name="works", verbose_name="séance"
    )
    # Of the activity that it answers; 0: taken up again in a session that asks something else
    task_number = models.PositiveIntegerField("rang de l’activité", default=1)
    school = models.ForeignKey(School, models.PROTECT, related_name="+", verbose_name="école")
    classroom = models.ForeignKey(
        Classroom, models.PROTECT, null=True, blank=True, related_name="works", verbose_name="classe"
    )
    group = models.ForeignKey(Group, models.PROTECT, null=True, blank=True, related_name="works", verbose_name="groupe")
    goal = models.CharField("pour", max_length=8, choices=Goal.choices, default=Goal.NOTEBOOK)
    title = models.CharField("titre", max_length=120, blank=True)
    state = models.CharField("état", max_length=8, choices=State.choices, default=State.MAKING)
    remark = models.CharField("remarque", max_length=300, blank=True)
    holder = models.ForeignKey(
        Person, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="élève qui tient la page"
    )
    version = models.PositiveIntegerField("version", default=1)
    begun_at = models.DateTimeField("commencé le")
    finished_at = models.DateTimeField("fini le", null=True, blank=True)
    returned_at = models.DateTimeField("rendu le", null=True, blank=True)  # while it waits for its pupils
    kept_at = models.DateTimeField("gardé le", null=True, blank=True)
    kept_by = models.ForeignKey(
        Person, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="relu par"
    )

    privacy = Privacy(
        holds="page faite par des élèves en séance\u00a0: pour quoi, où elle en est, la remarque de l’adulte",
        why="garder ce que les élèves font, et qu’un adulte de la classe le relise avant qui que ce soit",
        keeps=KEPT,
        subjects=("holder", "kept_by"),
        of_another=("kept_by",),
        erase=Erase.DETACH,
    )

    class Meta:
        verbose_name = "travail d’élèves"
        indexes = [
            models.Index(fields=["classroom", "state"]),
            models.Index(fields=["group", "state"]),
            models.Index(fields=["begun_at"]),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(classroom__isnull=False, group=None) | Q(classroom=None, group__isnull=False),
                name="work_of_a_class_or_a_group",
            ),
            models.CheckConstraint(
                condition=Q(state="making", finished_at=None, kept_at=None)
                | Q(state__in=["finished", "returned"], finished_at__isnull=False, kept_at=None)
                | Q(state="kept", finished_at__isnull=False, kept_at__isnull=False),
                name="work_state_agrees_with_dates",
            ),
            models.CheckConstraint(condition=Q(remark="") | Q(state="returned"), name="work_remark_of_returned"),
        ]

    def __str__(self):
        return self.title or "sans titre"

    @property
    def place(self) -> Classroom | Group:
        """The class or the group it was made in."""
        return self.classroom if self.classroom_id else self.group

    @property
    def place_id(self):
        return self.classroom_id or self.group_id

    @property
    def of_place(self) -> str:
        """Whose families see it, in a sentence: « de la classe »."""
        if self.classroom_id:
            return "de la classe"
        return "du dispositif" if self.group.is_dispositif else "du groupe"

    @property
    def for_place(self) -> str:
        """« pour la classe », « pour le groupe »."""
        return f"pour {self.of_place.replace('de la', 'la').replace('du', 'le')}"

    @property
    def task(self) -> str:
        """What it answers (Lesson.task)."""
        return f"{self.lesson_id}-{self.task_number}"

    @property
    def is_open(self) -> bool:
        """Parts are still added to it."""
        return self.state in (self.State.MAKING, self.State.RETURNED)

    @property
    def told(self) -> str:
        """The state, to who made it: a key of kit/data/spoken.csv."""
        return TOLD[self.state]


TOLD = {
    Work.State.MAKING: "carry-on",
    Work.State.FINISHED: "read-over",
    Work.State.RETURNED: "page-back",
    Work.State.KEPT: "finished",
}


class WorkSigner(Row):
    """A pupil whose page it is too."""

    work = models.ForeignKey(Work, models.CASCADE, related_name="signers", verbose_name="travail")
    pupil = models.ForeignKey(Person, models.CASCADE, related_name="+", verbose_name="élève")
    joined_at = models.DateTimeField("sur la page depuis le")

    privacy = Privacy(
        holds="quels élèves ont fait une page ensemble",
        why="que chacun retrouve sa page, et signe sa part",
        keeps="l’année scolaire, comme la page",
        subjects=("pupil",),
    )

    class Meta:
        verbose_name = "élève d’un travail"
        constraints = [models.UniqueConstraint(fields=["work", "pupil"], name="work_signer_once")]


class WorkPart(Joined):
    """A photo, a drawing, a voice or a text of a page, signed by who made it; or what an adult says of it. Its id is
    the device's own: sent twice, it is there once. `turn` counts what was sent of a drawing or a text being made: a
    later one replaces an earlier one, whatever the order they come in."""

    class Sort(models.TextChoices):
        PHOTO = "photo", "photo"
        DRAWING = "drawing", "dessin"
        VOICE = "voice", "voix"
        TEXT = "text", "texte"
        REMARK = "remark", "remarque dite"

    FOLDER = "works"
    MOST_SECONDS = 180
    PICTURES = (Sort.PHOTO, Sort.DRAWING)
    HEARD = (Sort.VOICE, Sort.REMARK)

    work = models.ForeignKey(Work, models.CASCADE, related_name="parts", verbose_name="travail")
    sort = models.CharField("sorte", max_length=7, choices=Sort.choices)
    by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="fait par")
    text = models.TextField("texte", max_length=MOST_TEXT, blank=True)
    heard = models.TextField(
        "ce que l’on y entend", max_length=MOST_HEARD, blank=True
    )  # of a voice, by who read it over
    turn = models.PositiveIntegerField("envoi", default=1)
    rank = models.PositiveSmallIntegerField("rang", default=1)
    width = models.PositiveIntegerField("largeur", null=True, blank=True)
    height = models.PositiveIntegerField("hauteur", null=True, blank=True)

    privacy = Privacy(
        holds="photo, dessin, voix et ses mots ou texte d’un élève en séance, qui l’a fait\u00a0; remarque de l’adulte",
        why="garder ce que l’élève fait jusqu’à ce qu’un adulte de la classe l’ait relu",
        keeps=KEPT,
        subjects=("by",),
        files=("path", "raw_path", "small_path"),
        folders=("works",),
    )

    class Meta(Joined.Meta):
        verbose_name = "part d’un travail"
        constraints = [
            *Joined.Meta.constraints,
            models.CheckConstraint(condition=Q(sort="text") | Q(text=""), name="work_part_text_of_a_text"),
        ]

    @property
    def is_picture(self) -> bool:
        return self.sort in self.PICTURES

    @property
    def voice_words(self) -> str:
        """« Voix d’Adam »: whose it is, read and heard."""
        return f"Voix {of_name(self.by.first_name)}" if self.by else "Voix"

    @property
    def tool(self) -> str:
        """The end of the address where it is taken up again (views.making.TOOLS)."""
        return "texte" if self.sort == self.Sort.TEXT else "dessin"

    @property
    def path(self) -> str:
        """A text has no file."""
        return "" if self.sort == self.Sort.TEXT else super().path

    @property
    def small_path(self) -> str:
        """Where the thumbnail of a picture lies."""
        return f"{self.FOLDER}/{self.name[:2]}/{self.name}.small.webp" if self.is_picture else ""

    @property
    def paths(self) -> list[str]:
        return [*super().paths, *filter(None, [self.small_path])]
