"""An announcement: what a city, a service of the State or a school says to many, and to whom."""

from django.db import models
from django.db.models import F, Q

from preau.kit.privacy import Erase, Privacy
from preau.kit.rows import Row
from preau.notify.models import Held, Level
from preau.people.models import Person
from preau.places.models import Placed, School, kind_of, school_named
from preau.schools.models import Activity, DatedQuerySet
from preau.spaces.models import Publication

KIND = "announcement"


SAID_BY = {"city": "La Ville ({})", "district": "L’IEN ({})", "department": "DSDEN ({})", "school": "{}"}


def said_by(kind: str, name: str) -> str:
    """« La Ville (Poitiers) », « École Les Tilleuls », as readers know the place that speaks."""
    return SAID_BY[kind].format(school_named(name) if kind == "school" else name)


def by_parents(school: str, who: Person | None = None) -> str:
    """« Mme Toupie, pour les parents élus (École Les Tilleuls) »; a list leaves out who wrote."""
    return f"{who.formal_name}, pour les parents élus ({school})" if who else f"Les parents élus ({school})"


class Readers(models.TextChoices):
    """Who reads it in the schools it is for."""

    FAMILIES = "families", "les familles"
    TEAMS = "teams", "les équipes des écoles"
    BOTH = "both", "les familles et les équipes"

    @property
    def has_families(self) -> bool:
        return self != Readers.TEAMS

    @property
    def has_teams(self) -> bool:
        return self != Readers.FAMILIES


class Announcement(Held, Row):
    """What is said, how strongly, and to whom. It hangs on a publication of the city, of the département, of the
    circonscription or of the school that says it. `joined_to`: the half of the city that this half of a school
    completes; each leaves alone. `proposed_at`: an elected parent wrote it, in the name of the parents; the head of the
    school sends it as it is, or refuses it with a reason."""

    publication = models.OneToOneField(
        Publication, models.CASCADE, related_name="announcement", verbose_name="publication"
    )
    title = models.CharField("titre", max_length=120)
    text = models.TextField("texte", max_length=1500)
    html = models.TextField("texte mis en forme")
    level = models.CharField("niveau", max_length=6, choices=Level.choices)
    urgent_reason = models.CharField("raison de l’urgence", max_length=200, blank=True)
    readers = models.CharField("lue par", max_length=8, choices=Readers.choices)
    # Of families, those of one service alone: the canteen, the evening; none: all.
    service = models.CharField("service", max_length=9, choices=Activity.Kind.choices, blank=True)
    levels = models.JSONField("niveaux de classe", default=list, blank=True)  # codes of places.Level; none: all classes
    shown_until = models.DateField("sur le site des écoles jusqu’au", null=True, blank=True)
    asks_schools = models.BooleanField("demande sa moitié à chaque école", default=False)
    joined_to = models.ForeignKey(
        "self", models.CASCADE, null=True, blank=True, related_name="halves", verbose_name="complète l’annonce"
    )

    proposed_at = models.DateTimeField("proposée par les parents élus le", null=True, blank=True)
    proposed_by = models.ForeignKey(
        Person, models.SET_NULL, null=True, blank=True, related_name="proposed_announcements", verbose_name="écrite par"
    )
    refused_at = models.DateTimeField("refusée le", null=True, blank=True)
    refused_reason = models.CharField("raison du refus", max_length=300, blank=True)

    privacy = Privacy(
        holds="annonce écrite par une personne de la Ville, de l’État, d’une école ou par un parent élu",
        why="informer les familles et les équipes des écoles",
        keeps="l’année scolaire et la suivante",
        subjects=("publication__author", "proposed_by"),
        erase=Erase.DETACH,  # readers keep it when its author leaves
    )

    class Meta:
        verbose_name = "annonce aux écoles et aux familles"
        indexes = [models.Index(fields=["due_at"], condition=Q(due_at__isnull=False), name="announcement_due")]
        constraints = [
            models.CheckConstraint(
                condition=Q(level="urgent") & ~Q(urgent_reason="") | ~Q(level="urgent") & Q(urgent_reason=""),
                name="urgent_announcement_says_why",
            ),
            models.CheckConstraint(
                condition=Q(joined_to=None) | Q(asks_schools=False), name="announcement_half_asks_no_half"
            ),
            models.CheckConstraint(
                condition=Q(service="") | Q(readers="families", asks_schools=False, joined_to=None),
                name="announcement_of_service_is_for_its_families",
            ),
            models.CheckConstraint(
                condition=Q(proposed_by=None) | Q(proposed_at__isnull=False), name="announcement_proposed_by_has_a_date"
            ),
            models.CheckConstraint(
                condition=Q(refused_at=None, refused_reason="")
                | Q(refused_at__isnull=False, proposed_at__isnull=False) & ~Q(refused_reason=""),
                name="announcement_refused_says_why",
            ),
        ]

    def __str__(self):
        return self.title

    @property
    def sender(self) -> str:
        """« La Ville (Poitiers) », « École Les Tilleuls », as readers know it."""
        place = self.publication.place
        said = said_by(kind_of(place), str(place))
        return by_parents(said, self.proposed_by) if self.proposed_at else said

    @property
    def is_followed_in_schools(self) -> bool:
        """Families were told: the team of their school follows who has not been reached."""
        return self.publication.state == Publication.State.PUBLISHED and Readers(self.readers).has_families

    @property
    def waits_for_head(self) -> bool:
        """Elected parents wrote it, and the head of the school has neither sent nor refused it."""
        is_draft = self.publication.state == Publication.State.DRAFT and not self.is_leaving
        return bool(self.proposed_at and not self.refused_at and is_draft)

    @property
    def is_joint(self) -> bool:
        """« Ville + École »: one of its halves."""
        return self.asks_schools or self.joined_to_id is not None


class AnnouncementTarget(Placed, Row):
    """The schools an announcement is for: all those of a city, of a circonscription, of a département, or one; or one
    service of a périscolaire site, for its families."""

    PLACES = (*Placed.PLACES, "activity")
    activity = models.ForeignKey(
        # A site gives up a service that nobody is put down for: then it is for nobody here either.
        Activity,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="announcement_targets",
        verbose_name="service",
    )
    announcement = models.ForeignKey(Announcement, models.CASCADE, related_name="targets", verbose_name="annonce")

    privacy = Privacy.none("savoir à quelles écoles, à quels services une annonce s’adresse")

    class Meta:
        verbose_name = "école ou service destinataire d’une annonce"
        constraints = [Placed.in_one_place("announcement_target_in_one_place", "activity")]


class ElectedParent(Row):
    """A parent elected by those of a school, who speaks for them. As a guardian, they hold no mandate (decision 4): all
    that this opens is a text that the head sends."""

    school = models.ForeignKey(School, models.PROTECT, related_name="elected_parents", verbose_name="école")
    person = models.ForeignKey(Person, models.CASCADE, related_name="elections", verbose_name="personne")
    starts_on = models.DateField("du")
    ends_on = models.DateField("au", null=True, blank=True)

    objects = DatedQuerySet.as_manager()

    privacy = Privacy(
        holds="parent élu par ceux d’une école, de quel jour à quel jour",
        why="laisser les parents élus proposer un texte aux familles",
        keeps="1 an après la fin",
        subjects=("person",),
    )

    class Meta:
        verbose_name = "parent élu"
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")), name="elected_parent_ends_after_it_starts"
            ),
            models.UniqueConstraint(
                fields=["school", "person"], condition=Q(ends_on=None), name="elected_parent_once_in_a_school"
            ),
        ]
