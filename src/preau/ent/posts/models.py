"""What the life of a space is made of: a text, and pictures hung on its publication (media)."""

from django.db import models
from django.utils.translation import gettext_noop as _

from preau.kit.privacy import Erase, Privacy
from preau.kit.rows import Row
from preau.media.models import Joined
from preau.people.models import Person
from preau.places.models import Classroom, Group, School
from preau.spaces import audiences
from preau.spaces.audiences import Readers
from preau.spaces.models import Publication

KIND = "post"
MOST_FILES = 5  # joined to a post


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

    privacy = Privacy(
        holds="texte écrit par un enseignant ou une direction\u00a0; il peut nommer des élèves",
        why="raconter la vie de la classe aux familles",
        keeps="l’année scolaire et la suivante",
        subjects=("publication__author", "confirmed_by"),
        erase=Erase.DETACH,  # the class keeps its life when its teacher leaves
    )

    class Meta:
        verbose_name = "publication de la vie d’un espace"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(confirmed_at=None) | models.Q(scope="public"),
                name="post_confirmed_only_when_public",
            ),
        ]

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

    privacy = Privacy(
        holds="document, photo ou voix joint à une publication, qui l’a joint",
        why="montrer aux familles ce que la classe a fait, dit ou chanté",
        keeps="l’année scolaire et la suivante, comme la publication",
        subjects=("sent_by",),
        erase=Erase.DETACH,  # the class keeps it when its teacher leaves
        files=("path", "raw_path"),
        folders=("posts",),
    )

    class Meta(Joined.Meta):
        verbose_name = "fichier joint à une publication"
