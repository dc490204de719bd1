"""What the life of a space is made of: a text, and pictures hung on its publication (media)."""

from django.db import models
from django.utils.timezone import localtime
from django.utils.translation import gettext_noop as _

from preau.kit.dates import hour_text, weekday_text
from preau.kit.privacy import Erase, Privacy
from preau.kit.rows import Row
from preau.media.models import MOST_HEARD, Joined, Video
from preau.people.models import Person
from preau.places.models import Classroom, Group, School
from preau.spaces import audiences
from preau.spaces.audiences import Readers
from preau.spaces.models import Publication

KIND = "post"
MOST_FILES = 5  # joined to a post


def _moment_text(at):
    local = localtime(at)
    return f"{weekday_text(local.date())} à {hour_text(local)}"


class Scope(models.TextChoices):
    """Who it is for, among the people of the space where it is written: there is no rights box."""

    CLASS = "class", _("les familles et les élèves de la classe")
    GROUP = "group", _("les familles et les élèves du groupe")
    SCHOOL = "school", _("toute l’école\u00a0: familles, élèves et adultes")
    FAMILIES = "families", "les familles seulement, sans les élèves"
    STAFF = "staff", "les adultes de l’école"
    PUBLIC = "public", _("tout le monde, sur le site de l’école")
    NETWORK = "network", _("les écoles du réseau\u00a0: familles et adultes")
    CITY = "city", _("toutes les écoles de la Ville")

    @property
    def readers(self) -> tuple[str, ...]:
        """The parts of the space it reaches. The adults who answer for it always read; a city never writes to pupils;
        what is on the public site is in the school's life too."""
        if self == Scope.STAFF:
            return (Readers.ADULTS,)
        return (
            (Readers.FAMILIES, Readers.ADULTS)
            if self in (Scope.FAMILIES, Scope.NETWORK, Scope.CITY)
            else tuple(Readers)
        )

    @property
    def asks_at_home(self) -> bool:
        """Families of these children read it as theirs: a question to ask them has sense."""
        return self in (Scope.CLASS, Scope.GROUP, Scope.SCHOOL, Scope.FAMILIES)

    def shows_pictures_in(self, place) -> bool:
        """Within a school, where the « accord de diffusion » says who may be shown (posts.accords)."""
        return isinstance(place, Classroom | Group | School)

    def audiences_in(self, place) -> list[str]:
        """The audiences reached from a place."""
        public = [audiences.public_key(place)] if self == Scope.PUBLIC else []
        return [*audiences.keys(place, self.readers), *public]


class Post(Row):
    """A few sentences. `text` is what was typed, `html` what is shown, cleaned on write and again on render."""

    publication = models.OneToOneField(Publication, models.CASCADE, related_name="post", verbose_name="publication")
    scope = models.CharField("pour", max_length=8, choices=Scope.choices)
    text = models.TextField("texte", max_length=5000, blank=True)
    html = models.TextField("texte mis en forme", blank=True)
    edited_at = models.DateTimeField("changé le", null=True, blank=True)
    no_child_declared_at = models.DateTimeField(
        "«\u00a0aucun enfant sans accord reconnaissable\u00a0» dit le", null=True, blank=True
    )
    confirmed_at = models.DateTimeField("confirmé le", null=True, blank=True)
    confirmed_by = models.ForeignKey(
        Person, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="confirmé par"
    )
    # « Ce qu’on a appris »: the Monday of the week that it tells.
    told_week = models.DateField("semaine racontée", null=True, blank=True)
    told_count = models.PositiveSmallIntegerField("choses racontées", default=0)  # `told`, as it was published
    # A draft that leaves by itself, and why one did not: its author alone reads both.
    leaves_at = models.DateTimeField("partira le", null=True, blank=True)
    scheduled_at = models.DateTimeField("départ choisi le", null=True, blank=True)
    kept_back = models.TextField("raison de n’être pas parti", blank=True)

    privacy = Privacy(
        holds="texte écrit par un enseignant ou une direction\u00a0; il peut nommer des élèves",
        why="raconter la vie de la classe aux familles",
        keeps="l’année scolaire et la suivante",
        subjects=("publication__author", "confirmed_by"),
        of_another=("confirmed_by",),  # a colleague wrote it
        erase=Erase.DETACH,  # the class keeps its life when its teacher leaves
    )

    class Meta:
        verbose_name = "publication de la vie d’un espace"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(confirmed_at=None) | models.Q(scope="public"),
                name="post_confirmed_only_when_public",
            ),
            models.CheckConstraint(
                condition=models.Q(leaves_at=None, scheduled_at=None)
                | models.Q(
                    leaves_at__isnull=False,
                    scheduled_at__isnull=False,
                    leaves_at__gt=models.F("scheduled_at"),
                    kept_back="",
                ),
                name="post_leaves_after_it_was_scheduled",
            ),
        ]
        indexes = [models.Index(fields=["leaves_at"], condition=models.Q(leaves_at__isnull=False), name="post_leaving")]

    @property
    def leaves_text(self) -> str:
        """« lundi 30 novembre à 8 h »."""
        return _moment_text(self.leaves_at)

    @property
    def school(self):
        """The school that it is written in; a site, a network and a city have none."""
        place = self.publication.place
        return place if isinstance(place, School) else getattr(place, "school", None)


class PostFile(Joined):
    """A document or a voice joined to a post: whoever reads the post opens it."""

    FOLDER = "posts"

    post = models.ForeignKey(Post, models.CASCADE, related_name="files", verbose_name="publication")
    sent_by = models.ForeignKey(
        Person, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="joint par"
    )
    heard = models.TextField("ce que l’on y entend", max_length=MOST_HEARD, blank=True)  # of a voice

    privacy = Privacy(
        holds="document, photo ou voix (et ce que l’on y entend) joint à une publication, qui l’a joint",
        why="montrer aux familles ce que la classe a fait, dit ou chanté",
        keeps="l’année scolaire et la suivante, comme la publication",
        subjects=("sent_by",),
        erase=Erase.DETACH,  # the class keeps it when its teacher leaves
        files=("path", "raw_path"),
        folders=("posts",),
    )

    class Meta(Joined.Meta):
        verbose_name = "fichier joint à une publication"


class Told(Row):
    """What « Ce qu’on a appris » leads to: something that the class published, or was given to learn, that week."""

    post = models.ForeignKey(Post, models.CASCADE, related_name="told", verbose_name="publication")
    publication = models.ForeignKey(Publication, models.CASCADE, related_name="+", verbose_name="ce qui est raconté")
    position = models.PositiveSmallIntegerField("rang")

    privacy = Privacy.none("mener de ce qu’on a appris à ce qui le montre")

    class Meta:
        verbose_name = "lien de ce qu’on a appris"
        constraints = [models.UniqueConstraint(fields=["post", "publication"], name="told_once_in_a_post")]


class PostVersion(Row):
    """What a published post was until somebody changed it."""

    post = models.ForeignKey(Post, models.CASCADE, related_name="versions", verbose_name="publication")
    text = models.TextField("texte d’avant", blank=True)
    question = models.CharField("question d’avant", max_length=160, blank=True)
    photos = models.JSONField("ce qui était dit de chaque photo", default=list)  # of its pictures, in their order
    files = models.JSONField("noms des fichiers joints", default=list)
    until = models.DateTimeField("changé le")
    changed_by = models.ForeignKey(
        Person, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="changé par"
    )

    privacy = Privacy(
        holds="ce qu’une publication disait avant un changement, qui l’a changée, quand",
        why="répondre de ce qui a été dit aux familles",
        keeps="autant que la publication",
        subjects=("changed_by",),
        erase=Erase.DETACH,  # the class keeps its life when its teacher leaves
    )

    class Meta:
        verbose_name = "version d’avant d’une publication"
        indexes = [models.Index(fields=["post", "-until"])]

    @property
    def until_text(self) -> str:
        """« lundi 30 novembre à 8 h »."""
        return _moment_text(self.until)


class PostVideo(Video):
    """The video of a post, and « La même en LSF »: whoever reads the post sees both, each once it is ready; until then,
    its author is told so."""

    FOLDER = "videos"

    post = models.ForeignKey(Post, models.CASCADE, related_name="videos", verbose_name="publication")
    is_in_lsf = models.BooleanField("la même en LSF", default=False)
    sent_by = models.ForeignKey(
        Person, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="jointe par"
    )

    privacy = Privacy(
        holds="vidéo jointe à une publication, ou la même en LSF, première image, ce que l’on entend, qui l’a jointe",
        why="montrer aux familles ce que la classe a fait",
        keeps="l’année scolaire et la suivante, comme la publication",
        subjects=("sent_by",),
        erase=Erase.DETACH,  # the class keeps it when its teacher leaves
        files=("path", "raw_path", "poster_path"),
        folders=("videos",),
    )

    class Meta(Video.Meta):
        verbose_name = "vidéo d’une publication"
        constraints = [
            *Video.Meta.constraints,
            models.UniqueConstraint(fields=["post", "is_in_lsf"], name="postvideo_one_of_each"),
        ]
