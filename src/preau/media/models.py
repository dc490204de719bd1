"""Pictures shown with a publication, and files that people send: drawn or written again, never kept as sent."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from preau.kit.privacy import Erase, Privacy
from preau.kit.rows import Row
from preau.kit.spoken import comma, counted
from preau.people.models import Person
from preau.places.models import School
from preau.spaces.models import Publication

MOST_HEARD = 3000  # signs of what one hears in a voice or a video


class Perimeter(models.IntegerChoices):
    """How far a child is shown, each within the next: a yes to one counts with a yes to those within it."""

    CLASS = 1, _("La classe")
    SCHOOL = 2, _("L’école")
    PUBLIC = 3, _("Le site public")


class Picture(Row):
    """A picture of a publication and its thumbnail, both WebP without metadata, under a random name."""

    publication = models.ForeignKey(Publication, models.CASCADE, related_name="pictures", verbose_name="publication")
    name = models.CharField("nom du fichier", max_length=40, unique=True)  # random: says nothing, is not guessed
    width = models.PositiveIntegerField("largeur")
    height = models.PositiveIntegerField("hauteur")
    weight = models.PositiveIntegerField("poids en octets")
    alt = models.CharField("ce que l’on voit", max_length=200, blank=True)
    position = models.PositiveSmallIntegerField("rang", default=0)
    added_at = models.DateTimeField("ajoutée le")
    perimeter = models.PositiveSmallIntegerField("montrée à", choices=Perimeter.choices, default=Perimeter.CLASS)
    withheld_at = models.DateTimeField("à déclarer de nouveau depuis le", null=True, blank=True)

    privacy = Privacy(
        holds="une photo prise en classe, sa description",
        why="montrer aux familles ce que les élèves ont fait",
        keeps="l’année scolaire et la suivante",
        subjects=("publication__author",),
        erase=Erase.DETACH,  # the class keeps its pictures when its teacher leaves
        files=("path", "thumbnail_path"),
        folders=("pictures",),
    )

    class Meta:
        verbose_name = "photo"
        indexes = [
            models.Index(fields=["publication", "position"]),
            # Asked by the home of a school of all its photos, of which nearly none waits.
            models.Index(fields=["publication"], condition=Q(withheld_at__isnull=False), name="picture_to_declare"),
        ]

    @property
    def path(self) -> str:
        """Where the picture lies in the storage."""
        return f"pictures/{self.name[:2]}/{self.name}.webp"

    @property
    def thumbnail_path(self) -> str:
        """Where its thumbnail lies."""
        return f"pictures/{self.name[:2]}/{self.name}.small.webp"


class AccordQuerySet(models.QuerySet):
    def current(self):
        """The last answer of each guardian, for each child, kind and perimeter."""
        return self.filter(replaced_at=None)


class Accord(Row):
    """« Accord de diffusion »: what one holder of parental authority answers, for a child, a kind and a perimeter.
    A new answer replaces the last one, which stays, dated. No row is no."""

    class Kind(models.TextChoices):
        IMAGE = "image", _("Son visage")
        VOICE = "voice", _("Sa voix")
        WORK = "work", _("Ses travaux signés")

    class Answer(models.TextChoices):
        YES = "yes", _("oui")
        NO = "no", _("non")

    class Way(models.TextChoices):
        SCREEN = "screen", "à l’écran"
        PAPER = "paper", "sur un papier signé"

    child = models.ForeignKey(Person, models.CASCADE, related_name="accords", verbose_name="enfant")
    guardian = models.ForeignKey(Person, models.CASCADE, related_name="+", verbose_name="responsable")
    kind = models.CharField("pour", max_length=5, choices=Kind.choices)
    perimeter = models.PositiveSmallIntegerField("périmètre", choices=Perimeter.choices)
    answer = models.CharField("réponse", max_length=3, choices=Answer.choices)
    at = models.DateTimeField("donnée le")
    replaced_at = models.DateTimeField("remplacée le", null=True, blank=True)
    way = models.CharField("donnée", max_length=6, choices=Way.choices, default=Way.SCREEN)
    noted_by = models.ForeignKey(
        Person, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="recopiée du papier par"
    )

    objects = AccordQuerySet.as_manager()

    privacy = Privacy(
        holds="accord ou refus d’un responsable pour l’image, la voix ou les travaux signés d’un enfant, et sa date",
        why="ne montrer un enfant qu’à qui ses responsables le veulent, et en garder la preuve",
        keeps="jusqu’au départ de l’enfant\u00a0; une réponse remplacée, l’année scolaire et la suivante",
        subjects=("guardian", "child", "noted_by"),
        of_another=("child",),  # a child's archive may be read by one parent: not what the other answered
        detaches=("noted_by",),
    )

    class Meta:
        verbose_name = "accord de diffusion"
        constraints = [
            models.UniqueConstraint(
                fields=["child", "guardian", "kind", "perimeter"],
                condition=Q(replaced_at=None),
                name="accord_one_current_answer",
            ),
            models.CheckConstraint(
                condition=Q(replaced_at=None) | Q(replaced_at__gte=F("at")), name="accord_replaced_after_given"
            ),
            models.CheckConstraint(condition=Q(noted_by=None) | Q(way="paper"), name="accord_noted_from_paper_alone"),
        ]
        indexes = [  # each home asks what was taken back lately, which is little of all that was answered
            models.Index(
                fields=["kind", "replaced_at"], condition=Q(replaced_at__isnull=False), name="accord_taken_back"
            ),
            models.Index(fields=["child"], condition=Q(replaced_at__isnull=False), name="accord_of_child_taken_back"),
        ]


class Marking(Row):
    """That a child is on a picture: kept to refuse that it is shown, or to take it back. No reader is shown it."""

    picture = models.ForeignKey(Picture, models.CASCADE, related_name="markings", verbose_name="photo")
    child = models.ForeignKey(Person, models.CASCADE, related_name="+", verbose_name="enfant")
    marked_by = models.ForeignKey(
        Person, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="dit par"
    )
    marked_at = models.DateTimeField("dit le")

    privacy = Privacy(
        holds="qu’un enfant est sur une photo, et qui l’a dit",
        why="ne pas publier la photo d’un enfant sans accord, et la retirer quand l’accord est retiré",
        keeps="comme la photo",
        subjects=("child", "marked_by"),
        detaches=("marked_by",),
    )

    class Meta:
        verbose_name = "enfant sur une photo"
        constraints = [models.UniqueConstraint(fields=["picture", "child"], name="marking_once")]


class Joined(Row):
    """A file that somebody sent, under a random name; a room's own table says what it is joined to, and in which
    `FOLDER` it lies.

    It is read from `ready_at` on. Until then it waits for the antivirus (`cleared_at`), then for what writes a voice
    again. One that is refused has lost its bytes, and says why to who sent it.
    """

    class Kind(models.TextChoices):
        PDF = "pdf", "PDF"  # the value is the extension of the file
        PICTURE = "webp", _("image")
        VOICE = "mp3", _("message vocal")

    WRITTEN_AGAIN = ("mp3", "mp4")  # by a job: what was sent is not what is read
    FOLDER = ""
    MOST_SECONDS = 60  # of a voice
    SHOWS_PAGES = False  # each page of a PDF is drawn beside it, for who has no reader of PDFs

    school = models.ForeignKey(School, models.CASCADE, related_name="+", verbose_name="école")
    name = models.CharField("nom du fichier", max_length=40, unique=True)  # random: says nothing, is not guessed
    label = models.CharField("nom montré", max_length=80)
    kind = models.CharField("nature", max_length=4, choices=Kind.choices)
    weight = models.PositiveIntegerField("poids en octets")
    pages_count = models.PositiveSmallIntegerField("pages", null=True, blank=True)
    seconds_count = models.PositiveSmallIntegerField("durée en secondes", null=True, blank=True)
    sent_at = models.DateTimeField("envoyé le")
    cleared_at = models.DateTimeField("admis le", null=True, blank=True)  # by the antivirus, or by its absence
    ready_at = models.DateTimeField("lisible depuis le", null=True, blank=True)
    looks_count = models.PositiveSmallIntegerField("examens sans réponse", default=0)  # of an antivirus that is there
    refused_at = models.DateTimeField("refusé le", null=True, blank=True)
    refusal = models.CharField("raison du refus", max_length=200, blank=True)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(ready_at=None) | Q(refused_at=None) & Q(cleared_at__isnull=False),
                name="%(class)s_ready_was_cleared",
            ),
            models.CheckConstraint(
                condition=Q(refused_at=None, refusal="") | Q(refused_at__isnull=False) & ~Q(refusal=""),
                name="%(class)s_refused_says_why",
            ),
        ]

    @property
    def path(self) -> str:
        """Where it lies in the storage."""
        return f"{self.FOLDER}/{self.name[:2]}/{self.name}.{self.kind}"

    @property
    def raw_path(self) -> str:
        """Where a voice, or a video, lies as it was sent, until it is written again; empty for the others."""
        return f"{self.FOLDER}/{self.name[:2]}/{self.name}.raw" if self.kind in self.WRITTEN_AGAIN else ""

    def page_path(self, number: int) -> str:
        """Where a page of a PDF that is shown page by page lies, the first being 1."""
        return f"{self.FOLDER}/{self.name[:2]}/{self.name}.{number}.webp"

    @property
    def shown_pages(self) -> range:
        """Their numbers; none of what is not shown page by page."""
        return range(1, self.pages_count + 1) if self.SHOWS_PAGES and self.pages_count else range(0)

    @property
    def paths(self) -> list[str]:
        """Every place where something of it may lie."""
        return [path for path in (self.path, self.raw_path, *map(self.page_path, self.shown_pages)) if path]

    @property
    def held_path(self) -> str:
        """Where its bytes are now."""
        return self.raw_path if self.raw_path and not self.ready_at else self.path

    @property
    def file_name(self) -> str:
        """What it is saved under."""
        return f"{self.label}.{self.kind}"

    @property
    def says(self) -> str:
        """« PDF, 2 pages », « image », « message vocal, 42 secondes », in the language of the page."""
        more = ""
        if self.pages_count:
            more = counted(self.pages_count, "page", "pages")
        elif self.seconds_count:
            more = counted(self.seconds_count, "seconde", "secondes")
        return f"{comma()} ".join(filter(None, [gettext(self.get_kind_display()), more]))

    @property
    def state_text(self) -> str:
        """Why it is not read yet, for who sent it; empty when it is."""
        if self.refused_at:
            return self.refusal
        if self.ready_at:
            return ""
        if self.cleared_at is None:
            return "En attente de vérification\u00a0: l’antivirus ne répond pas encore. Personne ne l’ouvre d’ici là."
        return "En préparation\u00a0: il sera là dans quelques minutes."


class Video(Joined):
    """A video of 90 seconds at most, and its first image; its size is known once it is ready."""

    class Kind(models.TextChoices):
        VIDEO = "mp4", "vidéo"

    kind = models.CharField("nature", max_length=4, choices=Kind.choices, default=Kind.VIDEO)
    width = models.PositiveSmallIntegerField("largeur", null=True, blank=True)
    height = models.PositiveSmallIntegerField("hauteur", null=True, blank=True)
    heard = models.TextField("ce que l’on y entend", max_length=MOST_HEARD, blank=True)

    class Meta(Joined.Meta):
        abstract = True
        constraints = [
            *Joined.Meta.constraints,
            models.CheckConstraint(
                condition=Q(ready_at=None) | Q(width__isnull=False, height__isnull=False, seconds_count__isnull=False),
                name="%(class)s_ready_has_a_size",
            ),
        ]

    @property
    def poster_path(self) -> str:
        """Where its first image lies."""
        return f"{self.FOLDER}/{self.name[:2]}/{self.name}.webp"

    @property
    def paths(self) -> list[str]:
        return [*super().paths, self.poster_path]
