"""What a school is to receive: standard kits in versions, and their lines."""

from django.db import models
from django.db.models import F, Q

from preau.kit.rows import Row
from preau.places.models import City, School
from preau.plan.equipment.models.figures import NO_PERSON, Quality

# A mobile class (mission D9): the teacher's computer, its own access point. How many pupils' laptops or tablets lie in
# it, each kit says (`KitLine.terminals_each`).
CART_MASTERS, CART_ACCESS_POINTS = 1, 1


class SiteKind(models.TextChoices):
    """What a kit is for. A crèche is no school and enters no count of the plan; it may have a kit, without Wi-Fi."""

    NURSERY = School.Kind.NURSERY.value, "école maternelle"
    ELEMENTARY = School.Kind.ELEMENTARY.value, "école élémentaire"
    PRIMARY = School.Kind.PRIMARY.value, "école primaire"
    CRECHE = "creche", "crèche ou halte-garderie"


class StandardKit(Row):
    """What each school of a kind receives (mission D9). A version is published, never edited."""

    city = models.ForeignKey(City, models.PROTECT, related_name="standard_kits", verbose_name="ville")
    school_kind = models.CharField("pour", max_length=12, choices=SiteKind.choices)
    version = models.PositiveSmallIntegerField("version")
    published_on = models.DateField("publié le")
    source = models.CharField("source", max_length=300)
    quality = models.CharField("qualité", max_length=10, choices=Quality.choices)

    privacy = NO_PERSON

    class Meta:
        verbose_name = "équipement type"
        constraints = [
            models.UniqueConstraint(fields=["city", "school_kind", "version"], name="kit_version_once_per_kind"),
        ]

    def __str__(self):
        return f"kit v{self.version}"

    def serves(self, school, today) -> bool:
        """Whether a school may be given it: of its city and its kind, and published."""
        its = (self.city_id, self.school_kind) == (school.city_id, school.kind)
        return its and self.published_on <= today

    @property
    def refuses_wifi(self) -> bool:
        """No fixed access point where children under three are received (loi 2015-136, art. 7-I); a nursery school
        is not such a place, even with pupils of two."""
        return self.school_kind == SiteKind.CRECHE


class KitLine(Row):
    """One thing of a kit, and how many."""

    class Rule(models.TextChoices):
        PER_SCHOOL = "per_school", "par école"
        PER_CLASS = "per_class", "par classe"
        PER_FLOOR = "per_floor", "par étage"
        PER_PUPILS = "per_n_pupils", "par groupe d’élèves"

    class Kind(models.TextChoices):
        """What the thing is: a need meets what is there. « cabling » is the school's or, per class, a room's."""

        LINK = "link", "liaison Internet"
        CABLING = "cabling", "câblage"
        STORE = "store", "réserve sécurisée"
        BOARD = "board", "tableau"
        PROJECTOR = "projector", "vidéoprojecteur"
        PC = "pc", "poste"
        CART = "cart", "classe mobile"
        TERMINAL = "terminal", "tablettes ou portables"
        ACCESS_POINT = "access_point", "borne Wi-Fi"
        OTHER = "other", "autre"

    class Option(models.TextChoices):
        """For every school, or for those that receive such pupils (mission D11)."""

        ALWAYS = "always", "toutes les écoles"
        ULIS = "ulis", "écoles avec un dispositif ULIS"
        HEARING = "hearing", "écoles qui accueillent des élèves sourds ou malentendants"

    kit = models.ForeignKey(StandardKit, models.CASCADE, related_name="lines", verbose_name="équipement type")
    position = models.PositiveSmallIntegerField("rang")
    item = models.CharField("élément", max_length=160)
    kind = models.CharField("nature", max_length=12, choices=Kind.choices, default=Kind.OTHER)
    is_wifi = models.BooleanField("utilise le Wi-Fi", default=False)
    option = models.CharField("pour", max_length=8, choices=Option.choices, default=Option.ALWAYS)
    rule = models.CharField("règle", max_length=12, choices=Rule.choices)
    quantity_min = models.PositiveSmallIntegerField("au moins", default=1)
    quantity_max = models.PositiveSmallIntegerField("au plus", default=1)
    terminals_each = models.PositiveSmallIntegerField(
        "postes d’élèves dans chacune", null=True, blank=True
    )  # of a cart
    pupils_per_group = models.PositiveSmallIntegerField("élèves par groupe", null=True, blank=True)

    privacy = NO_PERSON

    class Meta:
        verbose_name = "ligne d’équipement type"
        constraints = [
            models.UniqueConstraint(fields=["kit", "position"], name="kit_line_position_once"),
            models.CheckConstraint(condition=Q(quantity_max__gte=F("quantity_min")), name="kit_line_max_above_min"),
            models.CheckConstraint(
                condition=~Q(rule="per_n_pupils") | Q(pupils_per_group__gt=0), name="kit_line_per_pupils_has_its_group"
            ),
            models.CheckConstraint(
                condition=Q(terminals_each=None) | Q(kind="cart", terminals_each__gt=0),
                name="kit_line_terminals_of_a_cart",
            ),
            models.CheckConstraint(
                condition=~Q(kind__in=("access_point", "cart")) | Q(is_wifi=True), name="kit_line_access_point_is_wifi"
            ),
            models.CheckConstraint(
                # « Équipée » asks each class for its lines: an extra for some schools never enters it (AC-19).
                condition=Q(option="always") | ~Q(rule="per_class"), name="kit_line_extra_is_not_per_class"
            ),
        ]  # fmt: skip
