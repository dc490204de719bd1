"""Wi-Fi windows, what access points say of themselves, and the key they say it with (mission D11; plan.md W8).

Off is the absence of a window. A window never holds anything of a pupil: its activity is chosen from a list.
"""

import datetime

from django.db import models
from django.db.models import F, OuterRef, Q, Subquery
from django.db.models.lookups import LessThanOrEqual

from preau.kit.privacy import Erase, Privacy
from preau.kit.rows import Row
from preau.people.models import Person
from preau.places.models import City, Room, School
from preau.plan.inventory.models import Asset

LONGEST_MINUTES = 180
# Local: nobody teaches on a screen before or after (loi 2015-136, art. 7-II). Of any day: a class may be there on a
# Saturday morning or in the holidays, and the register shows it.
DAY_STARTS, DAY_ENDS = datetime.time(7, 0), datetime.time(18, 0)


class Epoch(models.Func):
    """Whole seconds since 1970, by words that each base knows without Django: a check must hold for any hand."""

    output_field = models.BigIntegerField()

    def as_sqlite(self, compiler, connection, **context):
        """An instant is kept there as text, in universal time."""
        # Four signs: two for this template, two for the statement it goes into.
        return self.as_sql(compiler, connection, template="CAST(strftime('%%%%s', %(expressions)s) AS INTEGER)")

    def as_postgresql(self, compiler, connection, **context):
        """Its parts of a second are cut off, as the other base cuts them."""
        return self.as_sql(compiler, connection, template="FLOOR(EXTRACT(EPOCH FROM %(expressions)s))")


class Activity(models.TextChoices):
    """What the class does; a closed list, so that the register can hold no name."""

    SEARCH = "search", "chercher et lire"
    CREATE = "create", "écrire ou créer"
    PRACTISE = "practise", "s’exercer"
    WATCH = "watch", "écouter ou regarder"
    EXCHANGE = "exchange", "échanger à distance"
    OTHER = "other", "autre activité de classe"


class Ending(models.TextChoices):
    """What put the Wi-Fi off (plan.md W8)."""

    HAND = "hand", "éteint par l’école"
    SWITCH = "switch", "éteint à la borne"
    TIME = "time", "fin de la durée"
    DAY = "day", "fin de la journée"


class WifiWindow(Row):
    """The Wi-Fi of a room is on for an activity, until an instant of the same day. One at a time in a room."""

    city = models.ForeignKey(City, models.PROTECT, related_name="wifi_windows", verbose_name="ville")
    school = models.ForeignKey(School, models.PROTECT, related_name="wifi_windows", verbose_name="école")
    room = models.ForeignKey(Room, models.PROTECT, related_name="wifi_windows", verbose_name="local")
    point = models.ForeignKey(
        Asset, models.PROTECT, null=True, blank=True, related_name="wifi_windows", verbose_name="borne"
    )
    activity = models.CharField("activité", max_length=8, choices=Activity.choices)
    opened_by = models.ForeignKey(
        Person, models.SET_NULL, null=True, blank=True, related_name="wifi_windows", verbose_name="allumé par"
    )
    opened_at = models.DateTimeField("allumé à")
    ends_at = models.DateTimeField("jusqu’à")
    ended_at = models.DateTimeField("éteint à", null=True, blank=True)
    ending = models.CharField("fin", max_length=6, choices=Ending.choices, blank=True)

    privacy = Privacy(
        holds="qui a allumé le Wi-Fi d’un local, quand et pour quelle activité de classe",
        why="n’avoir le Wi-Fi que pendant l’usage, et pouvoir le montrer (loi du 9 février 2015, art. 7)",
        keeps="le nom un an, le registre sans nom tant que la Ville s’en sert",
        subjects=("opened_by",),
        erase=Erase.DETACH,
    )

    class Meta:
        verbose_name = "séance de wi-fi"
        # What is on is a handful: found without a look at what was.
        indexes = [
            models.Index(fields=["school", "opened_at"]), models.Index(fields=["point", "opened_at"]),
            models.Index(fields=["school", "ends_at"], condition=Q(ended_at=None), name="wifi_on_in_school"),
        ]  # fmt: skip
        constraints = [
            models.UniqueConstraint(fields=["room"], condition=Q(ended_at=None), name="wifi_on_once_per_room"),
            models.UniqueConstraint(
                fields=["point"], condition=Q(ended_at=None, point__isnull=False), name="wifi_point_serves_one_room"
            ),
            models.CheckConstraint(condition=Q(ends_at__gt=F("opened_at")), name="wifi_is_on_for_a_time"),
            models.CheckConstraint(
                condition=LessThanOrEqual(Epoch("ends_at") - Epoch("opened_at"), LONGEST_MINUTES * 60),
                name="wifi_is_on_three_hours_at_most",
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None, ending="")
                | (Q(ended_at__gte=F("opened_at"), ended_at__lte=F("ends_at")) & ~Q(ending="")),
                name="wifi_end_is_within_and_says_why",
            ),
        ]

    @property
    def is_measured(self) -> bool:
        """An access point said « on »; otherwise it is what a teacher declared. Of windows read `with_measures`."""
        return self.first_on_at is not None

    @property
    def length(self) -> datetime.timedelta | None:
        """How long it was on, once it is off."""
        return self.ended_at and self.ended_at - self.opened_at

    @property
    def origin_text(self) -> str:
        """« mesuré » or « déclaré », never one for the other (plan.md W8)."""
        return "mesuré" if self.is_measured else "déclaré"


class WifiYear(Row):
    """Windows of a school that ended, of those put on in a school year: kept by the acts, so that a city's page adds
    up no register."""

    city = models.ForeignKey(City, models.PROTECT, related_name="wifi_years", verbose_name="ville")
    school = models.ForeignKey(School, models.PROTECT, related_name="wifi_years", verbose_name="école")
    school_year = models.CharField("année scolaire", max_length=9)  # « 2026-2027 »
    windows_count = models.PositiveIntegerField("séances", default=0)
    length = models.DurationField("durée", default=datetime.timedelta)
    measured_length = models.DurationField("durée mesurée", default=datetime.timedelta)

    privacy = Privacy.none("compter les heures de Wi-Fi d’une école")

    class Meta:
        verbose_name = "année de wi-fi"
        constraints = [
            models.UniqueConstraint(fields=["school", "school_year"], name="wifi_year_once_per_school"),
            models.CheckConstraint(
                condition=Q(measured_length__gte=datetime.timedelta(), measured_length__lte=F("length")),
                name="wifi_year_measured_within_its_length",
            ),
        ]


class PointSignalQuerySet(models.QuerySet):
    def on_alone(self, points):
        """The last word of each of these access points, when it is on with no window that is; one that ended explains
        nothing more. One look in the index for each of them, however long its history."""
        last = PointSignal.objects.filter(point=OuterRef("pk")).order_by("-at").values("pk")[:1]
        on = self.filter(pk__in=points.values_list(Subquery(last)), state=PointSignal.State.ON)
        return on.filter(Q(window=None) | Q(window__ended_at__isnull=False))


class PointSignal(Row):
    """An access point went on or off at an instant, as its controller told. Nothing of who used it."""

    class State(models.TextChoices):
        ON = "on", "allumée"
        OFF = "off", "éteinte"

    city = models.ForeignKey(City, models.PROTECT, related_name="point_signals", verbose_name="ville")
    point = models.ForeignKey(Asset, models.PROTECT, related_name="point_signals", verbose_name="borne")
    state = models.CharField("état", max_length=3, choices=State.choices)
    at = models.DateTimeField("depuis")
    received_at = models.DateTimeField("reçu à")
    window = models.ForeignKey(
        WifiWindow, models.SET_NULL, null=True, blank=True, related_name="signals", verbose_name="séance de wi-fi"
    )  # none, for « on »: on outside any window

    objects = PointSignalQuerySet.as_manager()

    privacy = Privacy.none("savoir quand les bornes Wi-Fi sont allumées")

    class Meta:
        verbose_name = "relevé d’une borne"
        constraints = [models.UniqueConstraint(fields=["point", "at"], name="point_says_one_thing_at_a_time")]
        # « On » outside any window is rare: a year of it is counted without a look at what windows explain.
        indexes = [models.Index(fields=["point", "at"], condition=Q(window=None, state="on"), name="point_on_outside")]


class HookKey(Row):
    """What a city's controllers show. Only its SHA-256 is kept: 256 random bits need no more (trust.md 18)."""

    city = models.ForeignKey(City, models.PROTECT, related_name="hook_keys", verbose_name="ville")
    digest = models.CharField("empreinte", max_length=64, unique=True)
    made_at = models.DateTimeField("faite le")
    ended_at = models.DateTimeField("retirée le", null=True, blank=True)
    minute = models.DateTimeField("minute comptée", null=True, blank=True)
    calls_count = models.PositiveSmallIntegerField("appels de cette minute", default=0)

    privacy = Privacy.none("recevoir les relevés des bornes Wi-Fi")

    class Meta:
        verbose_name = "clé des relevés de bornes"
        constraints = [
            models.UniqueConstraint(fields=["city"], condition=Q(ended_at=None), name="hook_key_once_per_city")
        ]
