"""Persons, their accounts and the roles they hold."""

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q

from preau.kit.ids import uuid7
from preau.kit.names import SortKeyField, formal_name, full_name, initials
from preau.kit.privacy import Erase, Privacy
from preau.kit.rows import Row
from preau.people.languages import Language
from preau.people.models.roles import Role
from preau.places.models import AfterSchool, City, Classroom, Department, District, InAPlace, School, exactly_one


class Person(Row):
    """A human being known to a school, a city or the State. Holds no credential."""

    civility = models.CharField("civilité", max_length=10, blank=True)  # « Mme », « M. »
    last_name = models.CharField("nom", max_length=80)
    usage_name = models.CharField("nom d’usage", max_length=80, blank=True)
    first_name = models.CharField("prénom", max_length=80)
    birth_date = models.DateField("date de naissance", null=True, blank=True)
    reading_language = models.CharField("lit plutôt", max_length=3, blank=True, choices=Language.choices)
    # By the name one is called, so that a class list reads as the register does.
    sort_key = SortKeyField(source=("display_last_name", "first_name"), db_index=True)
    created_at = models.DateTimeField("créée le", auto_now_add=True)

    privacy = Privacy(
        holds="civilité, nom, nom d’usage, prénom, date de naissance (élèves), langue lue plutôt que le français",
        why="reconnaître les élèves, leurs responsables et les personnels\u00a0; se faire comprendre des familles",
        keeps="3 mois après la fin de la dernière raison d’être connue (arrêté du 30 novembre 2006, art. 6)",
        subjects=("id",),
    )

    class Meta:
        verbose_name = "personne"

    def __str__(self):
        return self.full_name

    @property
    def display_last_name(self) -> str:
        """The usage name when there is one."""
        return self.usage_name or self.last_name

    @property
    def full_name(self) -> str:
        """« Lina Toupie »"""
        return full_name(self.first_name, self.usage_name, self.last_name)

    @property
    def formal_name(self) -> str:
        """« Mme Craie », or the full name when the civility is unknown."""
        return formal_name(self.civility, self.first_name, self.usage_name, self.last_name)

    @property
    def initials(self) -> str:
        """Those of the formal name."""
        return initials(self.civility, self.first_name, self.usage_name, self.last_name)


class Contact(Row):
    """A way to reach a person. Never leaves the server to another user (trust.md R9)."""

    class Kind(models.TextChoices):
        EMAIL = "email", "courriel"
        MOBILE = "mobile", "téléphone portable"
        HOME_PHONE = "home", "téléphone du domicile"
        WORK_PHONE = "work", "téléphone du travail"
        ADDRESS = "address", "adresse"

    PHONES = (Kind.MOBILE, Kind.HOME_PHONE, Kind.WORK_PHONE)

    person = models.ForeignKey(Person, models.CASCADE, related_name="contacts", verbose_name="personne")
    kind = models.CharField("nature", max_length=8, choices=Kind.choices)
    value = models.CharField("valeur", max_length=255)
    match_key = models.CharField("clé de comparaison", max_length=255, db_index=True)

    privacy = Privacy(
        holds="adresse, téléphones et courriel",
        why="joindre les responsables et ne pas confondre deux personnes du même nom",
        keeps="comme la personne",
        subjects=("person",),
    )

    class Meta:
        verbose_name = "coordonnée"
        constraints = [models.UniqueConstraint(fields=["person", "kind", "match_key"], name="contact_once_per_person")]

    @property
    def is_phone(self) -> bool:
        """Whether a telephone calls it."""
        return self.kind in self.PHONES


class AccountManager(BaseUserManager):
    """allauth and Django ask for a manager; accounts are made in actions."""

    def get_by_natural_key(self, identifier):
        return self.get(identifier=identifier.casefold())


class Account(AbstractBaseUser):
    """A way to sign in. Belongs to at most one person; needs no e-mail address."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    identifier = models.CharField("identifiant", max_length=80, unique=True)
    email = models.EmailField("courriel", blank=True)
    email_confirmed_at = models.DateTimeField("courriel confirmé le", null=True, blank=True)
    email_refused_at = models.DateTimeField("courriel refusé le", null=True, blank=True)  # 550: nothing else is sent
    person = models.OneToOneField(
        Person, models.CASCADE, null=True, blank=True, related_name="account", verbose_name="personne"
    )
    is_active = models.BooleanField("ouvert", default=True)
    suspended_at = models.DateTimeField("suspendu le", null=True, blank=True)
    created_at = models.DateTimeField("créé le", auto_now_add=True)
    # Sessions opened before are dead, wherever they are kept (trust.md 25).
    sessions_from = models.DateTimeField("sessions depuis", null=True, blank=True)
    # Half-minutes since 1970 of the last telephone code accepted: one serves once (trust.md 16).
    factor_step = models.PositiveBigIntegerField("dernier code accepté", null=True, blank=True)
    # Devices known before are asked again for a second step; how many were admitted by a code (known_devices.py).
    devices_from = models.DateTimeField("appareils connus depuis", null=True, blank=True)
    devices_count = models.PositiveIntegerField("appareils ajoutés", default=0)
    notice_version = models.CharField("notice montrée", max_length=10, blank=True)
    notice_at = models.DateTimeField("notice montrée le", null=True, blank=True)

    objects = AccountManager()
    USERNAME_FIELD = "identifier"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = []

    privacy = Privacy(
        holds="identifiant, courriel donné, confirmé, refusé, empreinte du mot de passe, dernière entrée, "
        "notice montrée",
        why="entrer, être prévenu par courriel de ce que sa fonction demande, savoir qu’on a dit ce qui est gardé",
        keeps="3 mois après la fin de la dernière raison de l’avoir",
        subjects=("person",),
        hides=("password",),
    )

    class Meta:
        verbose_name = "compte"
        constraints = [
            models.CheckConstraint(
                condition=Q(suspended_at=None) | Q(is_active=False), name="account_suspended_opens_nothing"
            )
        ]

    @property
    def forgets_before(self):
        """The instant at which sessions last ended or devices were forgotten: what was trusted before no longer is."""
        return max(filter(None, (self.sessions_from, self.devices_from)), default=None)


class MandateQuerySet(models.QuerySet):
    def current(self, today):
        """Held on that day, both ends included."""
        return self.lasting(today).filter(starts_on__lte=today)

    def lasting(self, today):
        """Held on that day or later."""
        return self.filter(Q(ends_on=None) | Q(ends_on__gte=today))

    def in_school(self, school):
        """Held in a school, or in one of its classes."""
        return self.filter(Q(school=school) | Q(classroom__in=Classroom.objects.filter(school=school)))


MANDATE_PLACES = ("classroom", "afterschool", "school", "district", "city", "department")


class Mandate(InAPlace, Row):
    """A role held in a place from a day to a day. Rights are the union of the current ones (house.md §4)."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="mandates", verbose_name="personne")
    role = models.CharField("rôle", max_length=20, choices=Role.choices)
    title = models.CharField("intitulé", max_length=80, blank=True)  # « ATSEM », « élu de la minorité »
    department = models.ForeignKey(Department, models.PROTECT, null=True, blank=True, related_name="mandates")
    city = models.ForeignKey(City, models.PROTECT, null=True, blank=True, related_name="mandates")
    district = models.ForeignKey(District, models.PROTECT, null=True, blank=True, related_name="mandates")
    school = models.ForeignKey(School, models.PROTECT, null=True, blank=True, related_name="mandates")
    classroom = models.ForeignKey(Classroom, models.PROTECT, null=True, blank=True, related_name="mandates")
    afterschool = models.ForeignKey(AfterSchool, models.PROTECT, null=True, blank=True, related_name="mandates")
    starts_on = models.DateField("du")
    ends_on = models.DateField("au", null=True, blank=True)

    objects = MandateQuerySet.as_manager()
    PLACES = MANDATE_PLACES

    privacy = Privacy(
        holds="rôle tenu, lieu et dates",
        why="donner les droits du rôle, le temps qu’il dure",
        keeps="1 an après sa fin",
        subjects=("person",),
    )

    class Meta:
        verbose_name = "mandat"
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")), name="mandate_ends_after_it_starts"
            ),
            models.CheckConstraint(
                # The operator serves the whole base; any other role is held in exactly one place.
                condition=Q(role=Role.OPERATOR, **dict.fromkeys(MANDATE_PLACES))
                | (~Q(role=Role.OPERATOR) & exactly_one(*MANDATE_PLACES)),
                name="mandate_in_one_place",
            ),
        ]


class ActivationCode(Row):
    """The secret of a connection sheet: 14 signs, single use, 30 days; only its hash is kept (trust.md 13)."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="activation_codes", verbose_name="personne")
    secret_hash = models.CharField("empreinte", max_length=64, unique=True)
    created_at = models.DateTimeField("créé le")
    expires_at = models.DateTimeField("expire le")
    used_at = models.DateTimeField("servi le", null=True, blank=True)
    revoked_at = models.DateTimeField("remplacé le", null=True, blank=True)
    # Never used, a sheet is nothing built on an import, and goes with its person; a restore ends it (kit.digest).
    undone_with, is_trace = models.Q(used_at=None), True

    privacy = Privacy(
        holds="empreinte d’un code de fiche de connexion, dates",
        why="ouvrir le compte d’une personne sans courriel",
        keeps="30 jours",
        subjects=("person",),
        hides=("secret_hash",),
    )

    class Meta:
        verbose_name = "code d’activation"


class SignIn(Row):
    """One entry by the door: the line of the person's own sign-in journal, and the open session it started."""

    account = models.ForeignKey(Account, models.CASCADE, related_name="sign_ins", verbose_name="compte")
    session_key = models.CharField("session", max_length=40, db_index=True)
    opened_at = models.DateTimeField("entrée le")
    seen_at = models.DateTimeField("vue le")  # at most every 5 minutes
    ended_at = models.DateTimeField("sortie le", null=True, blank=True)
    way = models.CharField("chemin", max_length=20)  # a name of preau.people.ways
    device = models.CharField("appareil", max_length=80, blank=True)  # « Firefox sur Android »
    network = models.GenericIPAddressField("réseau", null=True, blank=True)
    # It let in a device never seen, not the account's first; the mail that says so left.
    new_device_at = models.DateTimeField("nouvel appareil le", null=True, blank=True)
    told_at = models.DateTimeField("dit par courriel le", null=True, blank=True)

    is_trace = True  # kit.digest
    privacy = Privacy(
        holds="heure, appareil et adresse réseau de chaque entrée, et si l’appareil était nouveau",
        why="que chacun voie qui est entré avec son compte, et qu’un enfant dont le compte a servi soit innocenté",
        keeps="1 an",
        subjects=("account__person",),
        hides=("session_key",),
    )

    class Meta:
        verbose_name = "entrée"
        indexes = [models.Index(fields=["account", "-opened_at"])]


class SignInAttempt(models.Model):
    """Wrong passwords counted per account, and accounts tried in vain per network (trust.md 1, T12)."""

    is_trace = True
    identifier_hash = models.CharField("empreinte de l’identifiant ou du réseau", max_length=64, unique=True)
    failures_count = models.PositiveIntegerField("échecs", default=0)
    last_failure_at = models.DateTimeField("dernier échec")
    locked_until = models.DateTimeField("bloqué jusqu’à", null=True, blank=True)
    # Of a network alone: « 203.0.113.0/24 ». Since when it is counted, or since when an account counts for it.
    network = models.CharField("réseau, sans sa fin", max_length=43, blank=True)
    started_at = models.DateTimeField("compté depuis", null=True, blank=True)

    privacy = Privacy(
        holds="empreinte de l’identifiant essayé ou du réseau, nombre d’échecs, réseau sans sa fin",
        why="ralentir qui essaie des mots de passe, et le dire à qui tient la base",
        keeps="1 jour",
        erase=Erase.KEEP,
    )

    class Meta:
        verbose_name = "essais de connexion"
