"""The single stream: what is published, and which audience each thing reaches (house.md §4)."""

from django.db import models

from preau.kit.privacy import Erase, Privacy
from preau.kit.rows import Row
from preau.people.models import Person
from preau.places.models import City, Classroom, InAPlace, Placed, School, exactly_one


class Publication(Placed, Row):
    """Something said in a space: the place itself, a space has no row. Rooms hang their content on it by a key down."""

    class State(models.TextChoices):
        DRAFT = "draft", "brouillon"
        WAITING = "waiting", "en attente de la direction"
        PUBLISHED = "published", "publié"
        WITHDRAWN = "withdrawn", "retiré"

    kind = models.CharField("nature", max_length=20)  # the room that hangs its content: "post"
    author = models.ForeignKey(
        Person, models.SET_NULL, null=True, blank=True, related_name="publications", verbose_name="auteur"
    )
    question = models.CharField("question à poser à la maison", max_length=160, blank=True)  # told to families alone
    state = models.CharField("état", max_length=10, choices=State.choices, default=State.DRAFT)
    created_at = models.DateTimeField("commencé le")
    published_at = models.DateTimeField("publié le", null=True, blank=True)
    withdrawn_at = models.DateTimeField("retiré le", null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        Person, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="retiré par"
    )

    privacy = Privacy(
        holds="auteur et dates d’une publication, qui l’a retirée",
        why="dire qui a publié, et qui peut remettre",
        keeps="l’année scolaire et la suivante",
        subjects=("author", "withdrawn_by"),
        erase=Erase.DETACH,
    )

    class Meta:
        verbose_name = "publication"
        constraints = [
            Placed.in_one_place("publication_in_one_place"),
            models.CheckConstraint(
                condition=models.Q(state__in=["draft", "waiting"], published_at=None, withdrawn_at=None)
                | models.Q(state="published", published_at__isnull=False, withdrawn_at=None)
                | models.Q(state="withdrawn", published_at__isnull=False, withdrawn_at__isnull=False),
                name="publication_state_agrees_with_dates",
            ),
        ]
        indexes = [  # the home of who heads a place asks what waits there, which is little of all it published
            models.Index(fields=[kind], condition=~models.Q(state="published"), name=f"unpublished_of_{kind}")
            for kind in ("classroom", "group", "school", "afterschool")
        ]

    @property
    def is_of_city(self) -> bool:
        """Said by a city, to all its schools or to a network of them."""
        return bool(self.city_id or self.network_id)


class Reach(models.Model):
    """One audience reached by one publication. Publishing costs O(1) rows, whatever the number of families."""

    publication = models.ForeignKey(Publication, models.CASCADE, related_name="reaches", verbose_name="publication")
    audience = models.CharField("audience", max_length=60)  # spaces.audiences: "classroom.families:<hex>"
    at = models.DateTimeField("instant")
    # Set where the audience is one child’s: the text alone would outlive the child.
    child = models.ForeignKey(
        Person, models.CASCADE, null=True, blank=True, related_name="+", db_index=False, verbose_name="enfant"
    )

    privacy = Privacy(
        holds="l’enfant dont une publication ne concerne que les responsables",
        why="savoir à qui une publication s’adresse, sans liste de personnes",
        keeps="l’année scolaire et la suivante",
        subjects=("child",),
    )

    class Meta:
        verbose_name = "audience atteinte"
        constraints = [
            models.UniqueConstraint(fields=["publication", "audience"], name="reach_once_per_audience"),
            models.CheckConstraint(
                condition=models.Q(audience__startswith="child.", child__isnull=False)
                | (~models.Q(audience__startswith="child.") & models.Q(child=None)),
                name="reach_of_a_child_holds_its_key",
            ),
        ]
        indexes = [
            # The publication, not the row: every audience orders two things of one instant the same way.
            models.Index(fields=["audience", "-at", "-publication"]),
            models.Index(fields=["child"], condition=models.Q(child__isnull=False), name="reach_of_a_child"),
        ]


class SearchText(models.Model):
    """What a publication is found by: the words of its title and of its text, folded and in the singular."""

    publication = models.OneToOneField(
        Publication, models.CASCADE, primary_key=True, related_name="search_text", verbose_name="publication"
    )
    title_key = models.TextField("mots du titre", blank=True)  # spaces.stems.key_of
    text_key = models.TextField("mots du titre et du texte", blank=True)

    privacy = Privacy(
        holds="les mots d’un texte publié, sans leur ordre ni leurs accents",
        why="retrouver un texte que l’on peut lire",
        keeps="autant que le texte",
        subjects=("publication__author",),
        erase=Erase.DETACH,
    )

    class Meta:
        verbose_name = "mots d’une publication"


class Generation(models.Model):
    """How many times the public pages of a place have changed: the key of their cache holds this number."""

    place_id = models.UUIDField("lieu", primary_key=True)
    number = models.PositiveBigIntegerField("numéro", default=0)

    privacy = Privacy.none("renouveler les pages publiques gardées en mémoire")

    class Meta:
        verbose_name = "génération d’un site public"


class StopQuerySet(models.QuerySet):
    def open(self):
        """Those that hold now."""
        return self.filter(ended_at=None)


class Stop(InAPlace, Row):
    """The stop switch of a place for one profile: what is published there is not shown to it (trust.md R1)."""

    class Readers(models.TextChoices):
        FAMILIES = "families", "les familles"
        PUPILS = "pupils", "les élèves"
        ADULTS = "adults", "les adultes"
        PUBLIC = "public", "le site public"

    class Part(models.TextChoices):
        WHOLE = "whole", "tout"
        BELOW = "below", "tout sauf ce que ce lieu dit lui-même"

    class Why(models.TextChoices):
        FALSE_MESSAGE = "false_message", "un message publié ici ne vient pas de nous"
        TAKEN_ACCOUNT = "taken_account", "quelqu’un d’autre s’est servi d’un compte"
        THREAT = "threat", "un message menaçant a été signalé"
        CHECK = "check", "une vérification est en cours"

    class Authority(models.TextChoices):
        SCHOOL = "school", "la direction de l’école"
        CITY = "city", "la Direction Éducation de la Ville"
        OPERATOR = "operator", "l’opératrice ou l’opérateur de la base"

    PLACES = ("classroom", "school", "city")
    classroom = models.ForeignKey(Classroom, models.PROTECT, null=True, blank=True, related_name="stops")
    school = models.ForeignKey(School, models.PROTECT, null=True, blank=True, related_name="stops")
    city = models.ForeignKey(City, models.PROTECT, null=True, blank=True, related_name="stops")
    readers = models.CharField("pour", max_length=8, choices=Readers.choices)
    part = models.CharField("partie", max_length=5, choices=Part.choices, default=Part.WHOLE)
    why = models.CharField("raison", max_length=16, choices=Why.choices)
    authority = models.CharField("autorité", max_length=8, choices=Authority.choices)
    begun_at = models.DateTimeField("arrêté le")
    begun_by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    ended_at = models.DateTimeField("remis en marche le", null=True, blank=True)
    ended_by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")

    objects = StopQuerySet.as_manager()

    privacy = Privacy(
        holds="qui a arrêté un espace, qui l’a remis en marche, quand et pourquoi",
        why="protéger les lecteurs d’un message qui ne vient pas de l’école, et en répondre",
        keeps="1 an après la remise en marche",
        subjects=("begun_by", "ended_by"),
        erase=Erase.DETACH,
    )

    class Meta:
        verbose_name = "arrêt d’urgence"
        constraints = [
            models.CheckConstraint(condition=exactly_one("classroom", "school", "city"), name="stop_in_one_place"),
            models.CheckConstraint(
                condition=models.Q(ended_at=None) | models.Q(ended_at__gte=models.F("begun_at")),
                name="stop_ends_after_it_begins",
            ),
            *(
                models.UniqueConstraint(
                    fields=[place, "readers", "authority"],
                    condition=models.Q(ended_at=None, **{f"{place}__isnull": False}),
                    name=f"stop_open_once_per_{place}",
                )
                for place in ("classroom", "school", "city")
            ),
        ]
