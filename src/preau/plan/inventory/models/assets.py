"""One thing that can be carried away: what it is, where it is, and its life from expected to disposed."""

from django.db import models
from django.db.models import F, Q

from preau.kit.names import SortKeyField
from preau.kit.privacy import Privacy
from preau.kit.rows import Row
from preau.places.models import City, Room, School
from preau.plan.equipment.models import TaxRegime
from preau.plan.inventory.models.tags import shown


class Kind(models.TextChoices):
    """What an asset is."""

    BOARD = "board", "tableau triptyque"
    PROJECTOR = "projector", "vidéoprojecteur interactif"
    PC = "pc", "poste fixe"
    LAPTOP = "laptop", "ordinateur portable"
    TABLET = "tablet", "tablette"
    CART = "cart", "classe mobile (chariot)"
    ACCESS_POINT = "access_point", "borne Wi-Fi"
    PRINTER = "printer", "imprimante"
    SOUND = "sound", "enceinte"
    CAMERA = "camera", "appareil de prise d’images"
    MICROPHONE = "microphone", "micro"
    VISUALISER = "visualiser", "visualiseur"
    OBJECT = "object", "objet connecté"
    OTHER = "other", "autre matériel"


# Kinds with a memory: they never leave without a word about what it held.
HOLDS_DATA = frozenset({Kind.PC, Kind.LAPTOP, Kind.TABLET, Kind.PRINTER, Kind.CAMERA, Kind.OBJECT})
# What a slot of a cart may hold: pupils' terminals, the master computer « M », the access point « B » (mission D9).
CART_HOLDS = {
    "pupil": frozenset({Kind.LAPTOP, Kind.TABLET}),
    "M": frozenset({Kind.PC, Kind.LAPTOP}),
    "B": frozenset({Kind.ACCESS_POINT}),
}


class State(models.TextChoices):
    """Where an asset is in its life (plan.md W6)."""

    EXPECTED = "expected", "attendu"
    IN_STOCK = "in_stock", "en réserve"
    DEPLOYED = "deployed", "en service"
    IN_REPAIR = "in_repair", "en réparation"
    LOANED = "loaned", "prêté"
    MISSING = "missing", "manquant"
    RETIRED = "retired", "réformé"
    DISPOSED = "disposed", "sorti de l’inventaire"


# State → states it may become. « Retired » may come back until it is disposed of: what was lost is found again.
NEXT = {
    State.EXPECTED: {State.IN_STOCK, State.DEPLOYED},
    State.IN_STOCK: {State.DEPLOYED, State.IN_REPAIR, State.LOANED, State.MISSING, State.RETIRED},
    State.DEPLOYED: {State.IN_STOCK, State.IN_REPAIR, State.LOANED, State.MISSING, State.RETIRED},
    State.IN_REPAIR: {State.IN_STOCK, State.DEPLOYED, State.MISSING, State.RETIRED},
    State.LOANED: {State.IN_STOCK, State.DEPLOYED, State.IN_REPAIR, State.MISSING, State.RETIRED},
    State.MISSING: {State.IN_STOCK, State.DEPLOYED, State.RETIRED},
    State.RETIRED: {State.IN_STOCK, State.DISPOSED},
    State.DISPOSED: set(),
}
HERE = (State.IN_STOCK, State.DEPLOYED)  # what a walk round the rooms should meet
PRESENT = (*HERE, State.IN_REPAIR, State.LOANED)  # what a school owns and can count on
GONE = (State.RETIRED, State.DISPOSED)


class Funding(models.TextChoices):
    """Who paid. Each authority writes its own money and no other's (mission, D4)."""

    UNKNOWN = "unknown", "financement non précisé"
    CITY = "city", "Ville"
    STATE = "state", "État"
    OTHER = "other", "autre financeur"


class OffSwitch(models.TextChoices):
    """How the radio of an access point goes off while no class uses it (loi 2015-136, art. 7-II)."""

    BUTTON = "button", "son interrupteur"
    CART = "cart", "l’interrupteur du chariot"
    TIMER = "timer", "une minuterie"
    CONTROLLER = "controller", "le contrôleur de la Ville"


CHIPS = {
    State.DEPLOYED: "done", State.MISSING: "stop", State.IN_STOCK: "wait", State.RETIRED: "none",
    State.DISPOSED: "none",
}  # fmt: skip


class Asset(Row):
    """A thing of the inventory. What lies in a cart follows the cart's school and room."""

    city = models.ForeignKey(City, models.PROTECT, related_name="assets", verbose_name="ville")
    school = models.ForeignKey(
        School, models.PROTECT, null=True, blank=True, related_name="assets", verbose_name="école"
    )  # none: the city's own store
    room = models.ForeignKey(Room, models.PROTECT, null=True, blank=True, related_name="assets", verbose_name="local")
    cart = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="contents", verbose_name="chariot"
    )
    slot = models.CharField("place du chariot", max_length=3, blank=True)  # « 1 » to « 30 », « M », « B »
    slots_count = models.PositiveSmallIntegerField("places d’élèves", null=True, blank=True)  # of a cart
    kind = models.CharField("nature", max_length=12, choices=Kind.choices)
    label = models.CharField("désignation", max_length=120)
    label_key = SortKeyField(source=("label",))
    serial = models.CharField("numéro de série", max_length=80, blank=True)
    serial_key = SortKeyField(source=("plain_serial",), max_length=80)
    tag = models.CharField("étiquette", max_length=6)
    state = models.CharField("état", max_length=9, choices=State.choices)
    state_on = models.DateField("dans cet état depuis le")
    placed_at = models.DateTimeField("placé le")  # a count made before does not miss it
    note = models.CharField("précision", max_length=200, blank=True)
    loaned_to = models.ForeignKey(
        School, models.PROTECT, null=True, blank=True, related_name="assets_borrowed", verbose_name="prêté à"
    )
    due_on = models.DateField("retour prévu le", null=True, blank=True)
    off_switch = models.CharField("s’éteint par", max_length=10, choices=OffSwitch.choices, blank=True)
    received_on = models.DateField("livré le", null=True, blank=True)
    delivery_ref = models.CharField("bon de livraison", max_length=80, blank=True)
    funding = models.CharField("financement", max_length=7, choices=Funding.choices, default=Funding.UNKNOWN)
    price_cents = models.PositiveBigIntegerField("prix en centimes", null=True, blank=True)
    regime = models.CharField("régime", max_length=8, choices=TaxRegime.choices, default=TaxRegime.UNKNOWN)
    retired_on = models.DateField("réformé le", null=True, blank=True)
    disposed_on = models.DateField("sorti le", null=True, blank=True)
    version = models.PositiveIntegerField("version", default=1)

    privacy = Privacy.none("savoir quel matériel les écoles ont, où il est et ce qu’il devient")

    class Meta:
        verbose_name = "bien"
        constraints = [
            models.UniqueConstraint(fields=["city", "tag"], name="asset_tag_once_per_city"),
            models.UniqueConstraint(
                fields=["city", "kind", "serial_key"], condition=~Q(serial_key=""), name="asset_serial_once_per_kind"
            ),
            models.UniqueConstraint(fields=["cart", "slot"], condition=~Q(slot=""), name="cart_slot_holds_one"),
            models.CheckConstraint(
                condition=Q(cart=None, slot="") | (Q(cart__isnull=False) & ~Q(slot="") & ~Q(kind=Kind.CART)),
                name="asset_in_a_cart_has_its_slot",
            ),
            models.CheckConstraint(
                condition=Q(kind=Kind.CART, slots_count__gt=0) | (~Q(kind=Kind.CART) & Q(slots_count=None)),
                name="carts_alone_have_slots",
            ),
            models.CheckConstraint(
                condition=Q(off_switch="")
                | (Q(kind=Kind.ACCESS_POINT) & (~Q(off_switch=OffSwitch.CART) | Q(cart__isnull=False))),
                name="off_switch_is_of_an_access_point",
            ),
            models.CheckConstraint(condition=Q(room=None) | Q(school__isnull=False), name="asset_room_is_of_a_school"),
            models.CheckConstraint(
                condition=~Q(state=State.DEPLOYED) | Q(school__isnull=False), name="asset_in_use_is_in_a_school"
            ),
            models.CheckConstraint(
                condition=Q(state=State.LOANED, loaned_to__isnull=False) | (~Q(state=State.LOANED) & Q(loaned_to=None)),
                name="asset_on_loan_says_to_whom",
            ),
            models.CheckConstraint(
                condition=Q(due_on=None) | Q(state__in=[State.LOANED, State.IN_REPAIR, State.EXPECTED]),
                name="asset_due_only_when_away",
            ),
            models.CheckConstraint(
                condition=~Q(state=State.EXPECTED) | Q(received_on=None), name="asset_expected_is_not_received"
            ),
            models.CheckConstraint(
                condition=(
                    Q(
                        state=State.DISPOSED,
                        retired_on__isnull=False,
                        disposed_on__isnull=False,
                        disposed_on__gte=F("retired_on"),
                    )
                    | Q(state=State.RETIRED, retired_on__isnull=False, disposed_on=None)
                    | (~Q(state__in=[State.RETIRED, State.DISPOSED]) & Q(retired_on=None, disposed_on=None))
                ),
                name="asset_end_has_its_dates",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[State.RETIRED, State.DISPOSED]) | Q(cart=None),
                name="retired_asset_left_its_cart",
            ),
        ]
        indexes = [
            models.Index(fields=["city", "state"]),
            models.Index(fields=["school", "room"]),
            models.Index(fields=["school", "kind", "state"]),
            # The list counts and adds twenty thousand things without reading one of them.
            models.Index(fields=["city", "retired_on", "school", "funding", "price_cents", "state"], name="asset_list"),
            # What was paid for them, added up by who paid, in this order: nothing is sorted.
            models.Index(fields=["city", "retired_on", "funding", "regime", "price_cents"], name="asset_paid"),
        ]  # fmt: skip

    def __str__(self):
        return f"{self.label} {self.shown_tag}"

    @property
    def shown_tag(self) -> str:
        """« ABC 234 », which does not break."""
        return shown(self.tag)

    @property
    def chip(self) -> str:
        """The word of its state's chip."""
        return CHIPS.get(self.state, "now")

    @property
    def plain_serial(self) -> str:
        """« SN-12 4 » and « sn124 » are one number."""
        return signs_of(self.serial)

    @property
    def holds_data(self) -> bool:
        """Whether it leaves only with an erasure certificate."""
        return self.kind in HOLDS_DATA

    @property
    def is_cart(self) -> bool:
        """A composite asset."""
        return self.kind == Kind.CART

    @property
    def is_radio(self) -> bool:
        """An access point, whose way of going off is declared."""
        return self.kind == Kind.ACCESS_POINT

    def off_switch_in(self, cart) -> str:
        """Out of its cart it no longer goes off by the cart's switch: it is to be declared again."""
        return "" if cart is None and self.off_switch == OffSwitch.CART else self.off_switch

    @property
    def slots(self) -> list[str]:
        """« 1 » to the cart's last, then the master computer and the access point."""
        return [*map(str, range(1, (self.slots_count or 0) + 1)), "M", "B"] if self.is_cart else []

    def may_become(self, state) -> bool:
        """What the transition table says."""
        return state in NEXT[self.state]


def signs_of(serial: str) -> str:
    """A serial number without spaces nor hyphens."""
    return "".join(sign for sign in serial if sign.isalnum())
