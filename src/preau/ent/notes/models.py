"""The cahier de liaison: a mot to families, to whom it is addressed, and what each guardian answers for each child."""

from django.db import models
from django.db.models import F, Q

from preau.kit.privacy import Erase, Privacy
from preau.kit.rows import Row
from preau.media.models import Joined
from preau.notify.models import Held, Level
from preau.people.models import Person
from preau.places.models import City, Placed
from preau.spaces import audiences
from preau.spaces.audiences import Readers
from preau.spaces.models import Publication

KIND = "note"
MOST_FILES = 5  # joined to a mot


class Nature(models.TextChoices):
    """What is asked of families; it alone says when a child's answer is complete."""

    SEE = "see", "à lire, par chaque responsable"
    SIGN = "sign", "à signer\u00a0: une signature suffit"
    BOTH = "both", "accord de chaque responsable"
    CHOICE = "choice", "un choix à faire"
    DATE = "date", "une date à donner"
    TEXT = "text", "quelques mots à écrire"
    FILE = "file", "un document à envoyer"

    @property
    def can_be_refused(self) -> bool:
        return self in (Nature.SIGN, Nature.BOTH)

    @property
    def is_for_each(self) -> bool:
        """Each guardian answers; otherwise one answer is enough for the child."""
        return self in (Nature.SEE, Nature.BOTH)


class Outing(models.TextChoices):
    """The circular of 13 June 2023: what the hours of an outing make of it."""

    WITHIN = "within", "sortie obligatoire et gratuite, sur le temps de classe"
    BEYOND = "beyond", "sortie facultative, qui dépasse le temps de classe"
    NIGHT = "night", "voyage scolaire, avec au moins une nuit"

    @property
    def needs_signature(self) -> bool:
        return self != Outing.WITHIN


class Note(Held, Row):
    """A mot. `due_at` is when one still to leave goes out by itself, once its sender has confirmed it; a draft that
    waits for nothing has none."""

    publication = models.OneToOneField(Publication, models.CASCADE, related_name="note", verbose_name="publication")
    title = models.CharField("titre", max_length=120)
    text = models.TextField("texte", max_length=3000)
    html = models.TextField("texte mis en forme")
    nature = models.CharField("réponse attendue", max_length=6, choices=Nature.choices)
    choices = models.JSONField("choix proposés", default=list, blank=True)  # [« Lundi 17 h »]
    wording = models.CharField("modèle", max_length=40, blank=True)  # its key in data/wordings.toml
    answer_before = models.DateField("réponse avant le", null=True, blank=True)
    outing = models.CharField("sortie", max_length=6, choices=Outing.choices, blank=True)
    happens_on = models.DateField("a lieu le", null=True, blank=True)
    leaves_at = models.TimeField("départ", null=True, blank=True)
    returns_on = models.DateField("retour le", null=True, blank=True)
    returns_at = models.TimeField("retour", null=True, blank=True)
    urgent_reason = models.CharField("raison de l’urgence", max_length=200, blank=True)
    corrected_at = models.DateTimeField("corrigé le", null=True, blank=True)
    version = models.PositiveIntegerField("version", default=1)
    translated_version = models.PositiveIntegerField("version donnée à traduire", default=0)
    asked_from = models.PositiveIntegerField("réponses comptées depuis la version", default=1)

    privacy = Privacy(
        holds="mot écrit aux familles par une enseignante, un enseignant ou une direction",
        why="informer les familles et recueillir leur réponse",
        keeps="l’année scolaire et la suivante",
        subjects=("publication__author",),
        erase=Erase.DETACH,  # families keep the mot when its author leaves
    )

    class Meta:
        verbose_name = "mot aux familles"
        indexes = [models.Index(fields=["due_at"], condition=Q(due_at__isnull=False), name="note_due")]
        constraints = [
            models.CheckConstraint(condition=Q(nature="choice") | Q(choices=[]), name="note_choices_of_a_choice"),
            models.CheckConstraint(
                condition=Q(outing="", leaves_at=None, returns_at=None, returns_on=None)
                | Q(happens_on__isnull=False, leaves_at__isnull=False, returns_at__isnull=False) & ~Q(outing=""),
                name="note_outing_has_its_hours",
            ),
            models.CheckConstraint(
                condition=Q(outing="night", returns_on__gt=F("happens_on")) | ~Q(outing="night") & Q(returns_on=None),
                name="note_night_has_its_return",
            ),
            models.CheckConstraint(
                condition=Q(outing__in=["", "within"]) | Q(nature__in=["sign", "both"]),
                name="note_optional_outing_is_signed",
            ),
            models.CheckConstraint(
                condition=Q(asked_from__gte=1, asked_from__lte=F("version")), name="note_asked_from_a_version"
            ),
        ]

    def __str__(self):
        return self.title

    @property
    def level(self) -> str:
        """How strongly it calls: what is only to read waits for the evening."""
        if self.urgent_reason:
            return Level.URGENT
        return Level.INFO if self.nature == Nature.SEE else Level.SIGN


def audience_of(place, child_id=None) -> str:
    """The families of a place, or those of one child: « classroom.families:… », « child.families:… »."""
    return audiences.child_key(child_id) if child_id else audiences.keys(place, [Readers.FAMILIES])[0]


class NoteTarget(Placed, Row):
    """Whom a mot is addressed to: the families of a place, or of one child there. O(1) rows for any number of them."""

    note = models.ForeignKey(Note, models.CASCADE, related_name="targets", verbose_name="mot")
    child = models.ForeignKey(Person, models.CASCADE, null=True, blank=True, related_name="+", verbose_name="enfant")

    privacy = Privacy(
        holds="l’enfant dont les responsables reçoivent un mot",
        why="savoir à qui un mot s’adresse",
        keeps="l’année scolaire et la suivante",
        subjects=("child",),
    )

    class Meta:
        verbose_name = "destinataire d’un mot"
        constraints = [Placed.in_one_place("note_target_in_one_place")]

    @property
    def audience(self) -> str:
        if self.child_id:
            return audiences.child_key(self.child_id)
        return audiences.key_of(self.place_kind, Readers.FAMILIES, self.place_id)


class Answer(Row):
    """What one guardian answers for one child; nobody else's is ever shown to them. `version` is the one they read,
    None for who has only asked for paper; `paper_at` is when their coupon came back."""

    class Agreed(models.TextChoices):
        NOT_ASKED = "", "sans accord à donner"
        YES = "yes", "d’accord"
        NO = "no", "pas d’accord"

    note = models.ForeignKey(Note, models.CASCADE, related_name="answers", verbose_name="mot")
    child = models.ForeignKey(Person, models.CASCADE, related_name="note_answers", verbose_name="enfant")
    guardian = models.ForeignKey(Person, models.CASCADE, related_name="given_answers", verbose_name="responsable")
    agreed = models.CharField("accord", max_length=3, choices=Agreed.choices, blank=True)
    choice = models.CharField("choix", max_length=120, blank=True)
    on_date = models.DateField("date donnée", null=True, blank=True)
    text = models.CharField("réponse écrite", max_length=500, blank=True)
    version = models.PositiveIntegerField("version lue", null=True, blank=True)
    answered_at = models.DateTimeField("répondu le", null=True, blank=True)
    paper_asked_at = models.DateTimeField("papier demandé le", null=True, blank=True)
    paper_at = models.DateTimeField("coupon rendu le", null=True, blank=True)

    privacy = Privacy(
        holds="réponse ou signature d’un responsable pour un enfant",
        why="garder la réponse de chaque responsable aux mots de l’école",
        keeps="l’année scolaire et la suivante",
        subjects=("guardian", "child"),
        of_another=("child",),  # a child’s archive may be read by one parent: never what the other answered
    )

    class Meta:
        verbose_name = "réponse à un mot"
        constraints = [
            models.UniqueConstraint(fields=["note", "child", "guardian"], name="answer_once_per_guardian_and_child"),
            models.CheckConstraint(
                condition=Q(version=None, answered_at=None, agreed="", choice="", on_date=None, text="", paper_at=None)
                | Q(version__isnull=False, answered_at__isnull=False),
                name="answer_has_its_version_and_date",
            ),
        ]

    @property
    def sent(self):
        """The document that came with it, or None."""
        return getattr(self, "file", None)


class NoteFile(Joined):
    """What is joined to a mot: whoever reads the mot opens it."""

    FOLDER = "notes"

    note = models.ForeignKey(Note, models.CASCADE, related_name="files", verbose_name="mot")
    sent_by = models.ForeignKey(
        Person, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="joint par"
    )

    privacy = Privacy(
        holds="document, photo ou message vocal joint à un mot, qui l’a joint",
        why="donner aux familles le document dont parle un mot",
        keeps="l’année scolaire et la suivante, comme le mot",
        subjects=("sent_by",),
        erase=Erase.DETACH,  # families keep it when its author leaves
        files=("path", "raw_path"),
        folders=("notes",),
    )

    class Meta(Joined.Meta):
        verbose_name = "fichier joint à un mot"


class AnswerFile(Joined):
    """What a guardian sends as their answer: they alone, and who follows the answers, open it."""

    FOLDER = "answers"

    answer = models.OneToOneField(Answer, models.CASCADE, related_name="file", verbose_name="réponse")

    privacy = Privacy(
        holds="document, photo ou message vocal envoyé par un responsable en réponse à un mot",
        why="recevoir d’une famille le document, ou les mots, que l’école lui demande",
        keeps="l’année scolaire et la suivante, comme la réponse",
        subjects=("answer__guardian", "answer__child"),
        of_another=("answer__child",),  # as the answer: never what the other parent sent
        files=("path", "raw_path"),
        folders=("answers",),
    )

    class Meta(Joined.Meta):
        verbose_name = "fichier d’une réponse"


class MachineTranslation(Row):
    """One version of a mot in one language, as a translation service gave it; without text, it could not. Each is asked
    for once."""

    note = models.ForeignKey(Note, models.CASCADE, related_name="translations", verbose_name="mot")
    version = models.PositiveIntegerField("version traduite")
    language = models.CharField("langue", max_length=3)
    title = models.CharField("titre", max_length=400, blank=True)
    text = models.TextField("texte", blank=True)
    made_at = models.DateTimeField("faite le")

    privacy = Privacy(
        holds="mot écrit aux familles, traduit par un service automatique",
        why="lire dans sa langue un mot écrit en français",
        keeps="l’année scolaire et la suivante",
        subjects=("note__publication__author",),
        erase=Erase.DETACH,  # as the mot itself
    )

    class Meta:
        verbose_name = "traduction automatique d’un mot"
        constraints = [
            models.UniqueConstraint(fields=["note", "version", "language"], name="translated_once_per_version")
        ]


class LanguageReview(Row):
    """Who reread the mots types in one language for a city, and when; `words` is a digest of those they read."""

    city = models.ForeignKey(City, models.CASCADE, related_name="language_reviews", verbose_name="Ville")
    language = models.CharField("langue", max_length=3)
    reviewer = models.CharField("relue par", max_length=80)
    reread_on = models.DateField("relue le")
    words = models.CharField("empreinte du texte relu", max_length=64)
    noted_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+", verbose_name="noté par")

    privacy = Privacy(
        holds="nom de la personne qui a relu une traduction, et qui l’a noté",
        why="dire aux familles qu’une personne a relu ce qu’elles lisent",
        keeps="tant que la traduction sert",
        subjects=("noted_by",),
        erase=Erase.DETACH,
    )

    class Meta:
        verbose_name = "relecture d’une langue"
        constraints = [models.UniqueConstraint(fields=["city", "language"], name="language_reread_once_per_city")]
