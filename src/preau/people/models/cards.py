"""How a pupil who does not type enters: the sign that stands for them, four pictures, a card with a secret."""

from django.db import models
from django.db.models import F, Q

from preau.kit.privacy import Privacy
from preau.kit.rows import Row
from preau.people.models.persons import Person


class Picture(models.TextChoices):
    """The drawings of static/people/yard.svg, by their identifier there, as one says them."""

    KITE = "kite", "un cerf-volant"
    SNAIL = "snail", "un escargot"
    BALL = "ball", "un ballon"
    LEAF = "leaf", "une feuille"
    SUN = "sun", "un soleil"
    STAR = "star", "une étoile"
    CLOUD = "cloud", "un nuage"
    BOAT = "boat", "un bateau"
    HOUSE = "house", "une maison"
    FISH = "fish", "un poisson"
    BIRD = "bird", "un oiseau"
    CAT = "cat", "un chat"
    TREE = "tree", "un arbre"
    FLOWER = "flower", "une fleur"
    APPLE = "apple", "une pomme"
    KEY = "key", "une clé"
    BELL = "bell", "une cloche"
    DRUM = "drum", "un tambour"
    MOON = "moon", "une lune"
    CAR = "car", "une voiture"
    MUSHROOM = "mushroom", "un champignon"
    UMBRELLA = "umbrella", "un parapluie"
    BUTTERFLY = "butterfly", "un papillon"
    LADYBIRD = "ladybird", "une coccinelle"


class Colour(models.TextChoices):
    """The colours of a sign (`--sign-…` in preau.css), never the only thing that tells two apart in one class."""

    RED = "red", "rouge"
    ORANGE = "orange", "orange"
    GREEN = "green", "vert"
    TURQUOISE = "turquoise", "turquoise"
    BLUE = "blue", "bleu"
    VIOLET = "violet", "violet"
    PINK = "pink", "rose"
    BROWN = "brown", "marron"

    def beside(self, picture: Picture) -> str:
        """« verte » beside « une fleur »."""
        ends = {self.GREEN: "e", self.BLUE: "e", self.VIOLET: "te"}
        return self.label + (ends.get(self, "") if picture.label.startswith("une ") else "")


class PupilSign(Row):
    """The picture and the colour by which a pupil knows which place is theirs, where there is no photo."""

    pupil = models.OneToOneField(Person, models.CASCADE, related_name="sign", verbose_name="élève")
    picture = models.CharField("dessin", max_length=10, choices=Picture.choices)
    colour = models.CharField("couleur", max_length=10, choices=Colour.choices)

    privacy = Privacy(
        holds="le dessin et la couleur qui disent à un élève où est son nom",
        why="entrer dans une séance sans savoir lire",
        keeps="comme la personne",
        subjects=("pupil",),
    )

    class Meta:
        verbose_name = "signe d’un élève"

    def __str__(self):
        """« une fleur verte »: for who cannot see it, and for the voice."""
        picture = Picture(self.picture)
        return f"{picture.label} {Colour(self.colour).beside(picture)}"


class PictureCode(Row):
    """Four of sixteen pictures, in order, from CP. The class's teacher shows them again to a child who forgot: they are
    kept encrypted, not as a digest; they open nothing by themselves, without a session or a card."""

    pupil = models.OneToOneField(Person, models.CASCADE, related_name="picture_code", verbose_name="élève")
    pictures_sealed = models.TextField("images")
    made_at = models.DateTimeField("choisies le")
    made_by = models.ForeignKey(
        Person, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="choisies par"
    )

    privacy = Privacy(
        holds="les quatre images d’un élève, chiffrées",
        why="qu’un élève entre sous son nom, et sous le sien seul, sans écrire de mot de passe",
        keeps="jusqu’au 31 août",
        subjects=("pupil", "made_by"),
        of_another=("made_by",),
        detaches=("made_by",),
        sealed=("pictures_sealed",),
    )

    class Meta:
        verbose_name = "images d’un élève"


class BadgeQuerySet(models.QuerySet):
    def open(self, school_year: str):
        """Those that still serve, in that school year."""
        return self.filter(ended_at=None, school_year=school_year)


class Badge(Row):
    """The secret of a printed card: 128 bits, of which the base knows a digest (trust.md 18). One of a kind serves at a
    time; none after 31 August."""

    class Kind(models.TextChoices):
        CLASS = "class", "en classe"
        HOME = "home", "à la maison"

    pupil = models.ForeignKey(Person, models.CASCADE, related_name="badges", verbose_name="élève")
    kind = models.CharField("sert", max_length=5, choices=Kind.choices)
    token_hash = models.CharField("empreinte", max_length=64, unique=True)
    school_year = models.CharField("année scolaire", max_length=9)
    made_at = models.DateTimeField("imprimée le")
    made_by = models.ForeignKey(
        Person, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="imprimée par"
    )
    ended_at = models.DateTimeField("ne sert plus depuis", null=True, blank=True)

    objects = BadgeQuerySet.as_manager()
    is_trace = True  # kit.digest: it opens a door
    privacy = Privacy(
        holds="empreinte du code d’une carte d’élève, ses dates et qui l’a imprimée",
        why="entrer en tenant sa carte devant l’appareil, et ne plus accepter une carte perdue",
        keeps="jusqu’au 31 août, ou jusqu’au départ de l’élève",
        subjects=("pupil", "made_by"),
        of_another=("made_by",),
        detaches=("made_by",),
        hides=("token_hash",),
    )

    class Meta:
        verbose_name = "carte d’élève"
        constraints = [
            models.UniqueConstraint(
                fields=["pupil", "kind"], condition=Q(ended_at=None), name="badge_one_of_a_kind_serves"
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None) | Q(ended_at__gte=F("made_at")), name="badge_ends_after_it_is_made"
            ),
        ]
