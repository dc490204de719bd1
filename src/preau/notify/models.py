"""What people want to be told, and what is followed person by person: who was expected to read, and who has."""

from django.db import models

from preau.kit.privacy import Erase, Privacy
from preau.kit.rows import Row
from preau.people.models import Person, TextMessage
from preau.places.models import City, School, exactly_one
from preau.spaces.models import Publication


class Evening(Row):
    """Somebody wants the digest of the evening; no row: they read on screen."""

    person = models.OneToOneField(Person, models.CASCADE, related_name="evening_digest", verbose_name="personne")
    asked_at = models.DateTimeField("demandé le")

    privacy = Privacy(
        holds="qui demande un courriel le soir quand il y a du nouveau",
        why="n’écrire qu’à qui le demande",
        keeps="comme la personne",
        subjects=("person",),
    )

    class Meta:
        verbose_name = "courriel du soir"


class Level(models.TextChoices):
    """How strongly a notice calls (users.md, rule 23): in the digest of 17 h 30, as soon as the digital pause lets it,
    or at once."""

    INFO = "info", "à lire"
    SIGN = "sign", "à signer"
    URGENT = "urgent", "urgent"


class Held(models.Model):
    """What is confirmed, then waits: for a minute in which it can be taken back (trust.md R24), or for its hour. The
    model that inherits has a `publication`."""

    due_at = models.DateTimeField("à envoyer le", null=True, blank=True)
    confirmed_at = models.DateTimeField("envoi confirmé le", null=True, blank=True)  # None: leaves at no hour

    class Meta:
        abstract = True

    @property
    def is_leaving(self) -> bool:
        """Confirmed, and not gone yet."""
        return self.publication.state == Publication.State.DRAFT and bool(self.due_at and self.confirmed_at)


class Notice(Row):
    """A publication whose readers are followed one by one: each is told, and who has not read is known by name."""

    publication = models.OneToOneField(
        Publication, models.CASCADE, related_name="notice", verbose_name="publication annoncée"
    )
    published_at = models.DateTimeField("publié le")
    frozen_at = models.DateTimeField("liste arrêtée le", null=True, blank=True)  # None: « en cours »
    leaves_at = models.DateTimeField("envois à partir du")  # later than published: the digital pause
    told_at = models.DateTimeField("envois préparés le", null=True, blank=True)
    level = models.CharField("niveau", max_length=6, choices=Level.choices, default=Level.SIGN)
    reason = models.CharField("raison de l’urgence", max_length=200, blank=True)
    # Where families are reached, whether the adults reached with them are expected too.
    expects_adults = models.BooleanField("adultes attendus aussi", default=False)
    asked_by = models.ForeignKey(
        Person, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="annoncé par"
    )

    privacy = Privacy(
        holds="qui a annoncé une publication, quand, et pourquoi en urgence",
        why="prévenir chaque personne attendue, et savoir qui ne l’a pas été",
        keeps="l’année scolaire et la suivante",
        subjects=("asked_by",),
        erase=Erase.DETACH,
    )

    class Meta:
        verbose_name = "annonce"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(level="urgent") & ~models.Q(reason="")
                | ~models.Q(level="urgent") & models.Q(reason=""),
                name="urgent_notice_says_why",
            ),
            models.CheckConstraint(
                condition=models.Q(frozen_at=None) | models.Q(frozen_at__gte=models.F("published_at")),
                name="notice_frozen_after_published",
            ),
            models.CheckConstraint(
                condition=models.Q(told_at=None) | models.Q(frozen_at__isnull=False), name="notice_told_once_frozen"
            ),
        ]
        indexes = [models.Index(fields=["published_at"], condition=models.Q(told_at=None), name="notice_still_to_tell")]

    @property
    def is_urgent(self) -> bool:
        """Through the digital pause."""
        return self.level == Level.URGENT


REACHED_BY = ("seen_at", "paper_back_at", "texted_at")  # one of them is enough


class Expected(Row):
    """Somebody expected to read a notice, for one child when they answer for one: each parent has their own row for
    each child, and reads no other's."""

    notice = models.ForeignKey(  # its index is that of a notice and a child
        Notice, models.CASCADE, related_name="expected", verbose_name="annonce", db_index=False
    )
    person = models.ForeignKey(Person, models.CASCADE, related_name="expected_in", verbose_name="personne attendue")
    child = models.ForeignKey(
        Person, models.CASCADE, null=True, blank=True, related_name="+", verbose_name="pour l’enfant"
    )
    added_at = models.DateTimeField("attendu depuis")  # later than the notice for who arrived afterwards
    seen_at = models.DateTimeField("vu le", null=True, blank=True)
    texted_at = models.DateTimeField("SMS remis le", null=True, blank=True)  # said by the carrier, not by us
    paper_out_at = models.DateTimeField("coupon imprimé le", null=True, blank=True)
    paper_back_at = models.DateTimeField("papier rendu le", null=True, blank=True)

    privacy = Privacy(
        holds="qui devait lire une annonce, pour quel enfant, et quand elle l’a été\u00a0: écran, SMS ou papier",
        why="que personne ne soit oublié\u00a0: savoir qui n’a pas été joint, et le joindre autrement",
        keeps="l’année scolaire et la suivante",
        subjects=("person", "child"),
        of_another=("child",),  # a child's archive may be read by one parent: it does not say what the other has read
    )

    class Meta:
        verbose_name = "personne attendue"
        constraints = [
            models.UniqueConstraint(
                fields=["notice", "person", "child"],
                condition=models.Q(child__isnull=False),
                name="expected_once_per_child",
            ),
            models.UniqueConstraint(
                fields=["notice", "person"], condition=models.Q(child=None), name="expected_once_for_oneself"
            ),
            models.CheckConstraint(
                condition=models.Q(paper_back_at=None)
                | models.Q(paper_out_at__isnull=False, paper_back_at__gte=models.F("paper_out_at")),
                name="expected_paper_back_after_out",
            ),
        ]
        indexes = [models.Index(fields=["notice", "child"], name="expected_for_a_child")]

    @property
    def is_reached(self) -> bool:
        return any(getattr(self, sign) for sign in REACHED_BY)


class Telling(Row):
    """How one thing that left for somebody ended: a mail, a push, a text message."""

    class Way(models.TextChoices):
        MAIL = "mail", "courriel"
        PUSH = "push", "notification"
        SMS = "sms", "SMS"

    class End(models.TextChoices):
        LEFT = "left", "parti"
        REFUSED = "refused", "refusé par l’adresse"
        GIVEN_UP = "given_up", "abandonné"
        UNPAID = "unpaid", "budget de SMS épuisé"

    notice = models.ForeignKey(Notice, models.CASCADE, related_name="tellings", verbose_name="annonce")
    person = models.ForeignKey(Person, models.CASCADE, related_name="+", verbose_name="personne prévenue")
    way = models.CharField("par", max_length=4, choices=Way.choices)
    asked_on = models.DateField("demandé le")  # of the notice, or of a reminder
    end = models.CharField("fin", max_length=8, choices=End.choices)
    ended_at = models.DateTimeField("fini le")
    text = models.ForeignKey(
        TextMessage, models.SET_NULL, null=True, blank=True, related_name="tellings", verbose_name="SMS envoyé"
    )

    privacy = Privacy(
        holds="qui a été prévenu d’une annonce, par quelle voie, et si l’adresse l’a refusé",
        why="savoir qui n’a pas pu être joint, et ne pas prévenir deux fois le même jour",
        keeps="l’année scolaire et la suivante",
        subjects=("person",),
    )

    class Meta:
        verbose_name = "envoi d’une annonce"
        constraints = [
            models.UniqueConstraint(fields=["notice", "person", "way", "asked_on"], name="told_once_a_day_by_each_way")
        ]


class PushDevice(Row):
    """A browser that somebody asked to be called on. Its keys encrypt what only it may read."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="push_devices", verbose_name="personne")
    name = models.CharField("appareil", max_length=80, blank=True)  # « Firefox sur Android »
    endpoint = models.TextField("adresse chez le service du navigateur")
    endpoint_digest = models.CharField("empreinte de l’adresse", max_length=64, unique=True)
    p256dh = models.CharField("clé publique du navigateur", max_length=100)
    auth = models.CharField("secret partagé avec le navigateur", max_length=40)
    asked_at = models.DateTimeField("demandé le")

    privacy = Privacy(
        holds="les navigateurs sur lesquels une personne demande à être prévenue",
        why="prévenir sur un téléphone, sans nom ni texte",
        keeps="comme la personne",
        subjects=("person",),
        hides=("endpoint", "endpoint_digest", "p256dh", "auth"),
    )

    class Meta:
        verbose_name = "appareil à prévenir"


class Pause(Row):
    """The hours of the digital pause of a city, or of a school that keeps its own; no row: 20 h to 7 h and weekends."""

    city = models.OneToOneField(City, models.CASCADE, null=True, blank=True, related_name="pause", verbose_name="Ville")
    school = models.OneToOneField(
        School, models.CASCADE, null=True, blank=True, related_name="pause", verbose_name="école"
    )
    begins_at = models.TimeField("à partir de")
    ends_at = models.TimeField("jusqu’à")
    spares_weekends = models.BooleanField("samedi et dimanche aussi", default=True)

    privacy = Privacy.none("savoir à quelles heures une école prévient les familles")

    class Meta:
        verbose_name = "pause numérique"
        constraints = [
            models.CheckConstraint(condition=exactly_one("city", "school"), name="pause_of_a_city_or_a_school"),
            models.CheckConstraint(
                condition=models.Q(ends_at__lt=models.F("begins_at")), name="pause_goes_through_the_night"
            ),
        ]
