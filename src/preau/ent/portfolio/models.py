"""A child's notebook: its pages, what each one holds, and what a family takes away of it. The notebook has no row: it
is the pages of a child in the schools of a city."""

from fractions import Fraction

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_noop as _

from preau.ent.thanks.models import Said
from preau.kit.privacy import Privacy
from preau.kit.rows import Row
from preau.media.models import MOST_HEARD, Joined
from preau.people.models import Person
from preau.places.models import NURSERY_LEVELS, City, Classroom, Level, School

MOST_PICTURES = 4  # of a page
MOST_OBSERVED = 200  # signs of what was observed in a domain
KEPT = "3 mois après que l’enfant a quitté les écoles de la Ville"
NURSERY_NAME, NAME = _("Carnet de suivi"), _("Cahier de progrès")


def is_nursery(level: str) -> bool:
    """Whether what is kept of this level is the carnet de suivi des apprentissages."""
    return level in NURSERY_LEVELS


def name_of(level: str) -> str:
    """What the notebook is called at this level, as a catalogue holds it."""
    return NURSERY_NAME if is_nursery(level) else NAME


def _megabytes(weight):
    """Of so many bytes, to one decimal, never none."""
    return Fraction(max(round(weight / 100_000), 1), 10)


class Page(Row):
    """One page about one child. Its school, class and level are those of the day it was written: the register forgets
    them three months after the child left the school, and the notebook follows the child."""

    class State(models.TextChoices):
        DRAFT = "draft", "brouillon"
        WAITING = "waiting", "à relire"
        RETURNED = "returned", "à reprendre"
        APPROVED = "approved", "montrée à la famille"
        WITHDRAWN = "withdrawn", "retirée"

    child = models.ForeignKey(Person, models.CASCADE, related_name="notebook_pages", verbose_name="enfant")
    city = models.ForeignKey(City, models.PROTECT, related_name="+", verbose_name="Ville")
    school = models.ForeignKey(School, models.PROTECT, related_name="+", verbose_name="école")
    classroom = models.ForeignKey(Classroom, models.PROTECT, related_name="+", verbose_name="classe")
    school_year = models.CharField("année scolaire", max_length=9)  # « 2026-2027 »
    level = models.CharField("niveau", max_length=3, choices=Level.choices, blank=True)
    author = models.ForeignKey(
        Person, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="écrite par"
    )
    once = models.UUIDField("envoi")  # sent twice, a page is written once
    title = models.CharField("titre", max_length=120, blank=True)
    text = models.TextField("texte", max_length=3000, blank=True)
    html = models.TextField("texte mis en forme", blank=True)
    title_key = models.TextField("mots du titre", blank=True)  # spaces.stems.key_of
    text_key = models.TextField("mots du titre et du texte", blank=True)
    domains = models.JSONField("domaines d’apprentissage", default=list, blank=True)  # codes of data/domains.csv
    observed = models.JSONField("réussites observées", default=dict, blank=True)  # {code: in the teacher's own words}
    state = models.CharField("état", max_length=9, choices=State.choices, default=State.DRAFT)
    remark = models.CharField("remarque", max_length=300, blank=True)
    version = models.PositiveIntegerField("version", default=1)
    created_at = models.DateTimeField("commencée le")
    approved_at = models.DateTimeField("montrée le", null=True, blank=True)
    approved_by = models.ForeignKey(
        Person, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="relue par"
    )
    withdrawn_at = models.DateTimeField("retirée le", null=True, blank=True)

    privacy = Privacy(
        holds="page du cahier d’un enfant\u00a0: ce qu’il a fait et réussi, qui l’a écrite, qui l’a montrée",
        why="garder ce que l’enfant apprend, de la maternelle au CM2, et le montrer à sa famille",
        keeps=f"{KEPT}. Sans être montrée\u00a0: l’année scolaire et la suivante",
        subjects=("child", "author", "approved_by"),
        of_another=("author", "approved_by"),  # a teacher's archive holds no child's notebook
        detaches=("author", "approved_by"),
    )

    class Meta:
        verbose_name = "page d’un cahier"
        indexes = [models.Index(fields=["child", "state"]), models.Index(fields=["classroom", "state"])]
        constraints = [
            models.UniqueConstraint(fields=["once", "child"], name="notebook_page_written_once"),
            models.CheckConstraint(
                condition=Q(state__in=["draft", "waiting", "returned"], approved_at=None, withdrawn_at=None)
                | Q(state="approved", approved_at__isnull=False, withdrawn_at=None)
                | Q(state="withdrawn", approved_at__isnull=False, withdrawn_at__isnull=False),
                name="notebook_page_state_agrees_with_dates",
            ),
            models.CheckConstraint(
                condition=Q(remark="") | Q(state__in=["returned", "withdrawn"]), name="notebook_page_remark_of_returned"
            ),
        ]

    def __str__(self):
        return self.title

    @property
    def is_by_child(self) -> bool:
        return self.author_id == self.child_id

    @property
    def told(self) -> str:
        """The state, to the child who wrote it."""
        return TOLD[self.state]

    @property
    def mark(self) -> str:
        """Which chip of the sheet says it."""
        return MARKS[self.state]

    @property
    def name(self) -> str:
        """What the notebook was called when it was written."""
        return name_of(self.level)


TOLD = {
    Page.State.DRAFT: "Tu écris",
    Page.State.WAITING: "Ta maîtresse ou ton maître relit",
    Page.State.RETURNED: "À reprendre",
    Page.State.APPROVED: "Ta famille peut la lire",
    Page.State.WITHDRAWN: "Retirée",
}
MARKS = {
    Page.State.DRAFT: "none",
    Page.State.WAITING: "now",
    Page.State.RETURNED: "wait",
    Page.State.APPROVED: "done",
    Page.State.WITHDRAWN: "stop",
}


class Piece(Joined):
    """What a page holds beside its words: a photo, a drawing, a voice."""

    class Sort(models.TextChoices):
        PHOTO = "photo", "photo"
        DRAWING = "drawing", "dessin"
        VOICE = "voice", "voix"

    FOLDER = "portfolio"

    page = models.ForeignKey(Page, models.CASCADE, related_name="pieces", verbose_name="page")
    sort = models.CharField("sorte", max_length=7, choices=Sort.choices)
    alt = models.CharField("ce que l’on voit", max_length=200, blank=True)
    heard = models.TextField("ce que l’on y entend", max_length=MOST_HEARD, blank=True)  # of a voice
    width = models.PositiveIntegerField("largeur", null=True, blank=True)
    height = models.PositiveIntegerField("hauteur", null=True, blank=True)

    privacy = Privacy(
        holds="photo, dessin ou voix d’un enfant dans son cahier, et ce que l’on y entend",
        why="garder ce que l’enfant a fait, et le montrer à sa famille seule",
        keeps=f"{KEPT}, comme la page",
        subjects=("page__child",),
        files=("path", "raw_path", "small_path"),
        folders=("portfolio",),
    )

    class Meta(Joined.Meta):
        verbose_name = "image ou voix d’un cahier"

    @property
    def small_path(self) -> str:
        """Where the thumbnail of a picture lies."""
        return "" if self.kind == self.Kind.VOICE else f"{self.FOLDER}/{self.name[:2]}/{self.name}.small.webp"

    @property
    def paths(self) -> list[str]:
        return [*super().paths, *filter(None, [self.small_path])]


class PageThanks(Said):
    """« Merci » of a guardian for a page, to who showed it."""

    ABOUT = "page"

    page = models.ForeignKey(Page, models.CASCADE, related_name="thanks", verbose_name="page")

    privacy = Privacy(
        holds="qu’un responsable a dit merci d’une page du cahier de son enfant, et quand",
        why="le dire à la personne qui a montré la page, et à elle seule",
        keeps="l’année scolaire et la suivante",
        subjects=("person", "page__approved_by"),
    )

    class Meta:
        verbose_name = "merci d’une page de cahier"
        constraints = [models.UniqueConstraint(fields=["page", "person"], name="page_thanks_once_per_person")]


class Takeaway(Row):
    """A whole notebook made for one guardian, as a PDF and as an archive that opens without Préau."""

    FOLDER = "takeaways"

    child = models.ForeignKey(Person, models.CASCADE, related_name="+", verbose_name="enfant")
    guardian = models.ForeignKey(Person, models.CASCADE, related_name="+", verbose_name="responsable")
    name = models.CharField("nom du fichier", max_length=40, unique=True)  # random: says nothing, is not guessed
    pages_count = models.PositiveIntegerField("pages", default=0)
    pdf_weight = models.PositiveBigIntegerField("poids du PDF en octets", default=0)
    zip_weight = models.PositiveBigIntegerField("poids de l’archive en octets", default=0)
    asked_at = models.DateTimeField("demandé le")
    ready_at = models.DateTimeField("prêt le", null=True, blank=True)

    privacy = Privacy(
        holds="cahier entier d’un enfant, préparé pour un responsable qui l’a demandé",
        why="le lui donner à emporter",
        keeps="7 jours",
        subjects=("child", "guardian"),
        of_another=("child",),  # which of two parents asked is not told to the other
        files=("pdf_path", "zip_path"),
        folders=("takeaways",),
    )

    class Meta:
        verbose_name = "cahier à emporter"
        indexes = [models.Index(fields=["child", "guardian"])]

    @property
    def pdf_megabytes(self) -> Fraction:
        return _megabytes(self.pdf_weight)

    @property
    def zip_megabytes(self) -> Fraction:
        return _megabytes(self.zip_weight)

    @property
    def pdf_path(self) -> str:
        return f"{self.FOLDER}/{self.name}.pdf"

    @property
    def zip_path(self) -> str:
        return f"{self.FOLDER}/{self.name}.zip"
