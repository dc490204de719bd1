"""Who is in which class, and who answers for whom."""

import datetime

from django.db import models
from django.db.models import F, Q

from preau.kit.privacy import Erase, Privacy
from preau.kit.rows import Row
from preau.people.models import Person
from preau.places.models import Classroom, Group, Level, School

UNDO = datetime.timedelta(days=30)  # a leaving can be taken back (users.md rule 30)


class Function(models.TextChoices):
    """What a head names somebody of the team for."""

    TEACHER = "teacher", "enseignante ou enseignant"
    AESH = "aesh", "AESH"
    ATSEM = "atsem", "ATSEM"


OF_THE_CITY = (Function.ATSEM,)  # in a school; those of a périscolaire site are named there


class DatedQuerySet(models.QuerySet):
    def current(self, today):
        """In force on that day, both ends included."""
        return self.filter(starts_on__lte=today).filter(Q(ends_on=None) | Q(ends_on__gte=today))


def may_be_pupil(born, today) -> bool:
    """The year of birth is one of a nursery or elementary pupil, with room for the unusual."""
    return 1 <= today.year - born.year <= 16


def ends_after_it_starts(name):
    return models.CheckConstraint(condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")), name=name)


class Enrolment(Row):
    """A pupil in a school, and in a class once one is known, from a day to a day."""

    pupil = models.ForeignKey(Person, models.CASCADE, related_name="enrolments", verbose_name="élève")
    school = models.ForeignKey(School, models.PROTECT, related_name="enrolments", verbose_name="école")
    classroom = models.ForeignKey(
        Classroom, models.PROTECT, null=True, blank=True, related_name="enrolments", verbose_name="classe"
    )
    level = models.CharField("niveau", max_length=3, choices=Level.choices, blank=True)
    starts_on = models.DateField("du")
    ends_on = models.DateField("au", null=True, blank=True)

    objects = DatedQuerySet.as_manager()

    privacy = Privacy(
        holds="école, classe, niveau et dates",
        why="faire la liste de la classe et dire qui voit quoi",
        keeps="3 mois après la sortie de l’école",
        subjects=("pupil",),
    )

    class Meta:
        verbose_name = "inscription"
        constraints = [
            ends_after_it_starts("enrolment_ends_after_it_starts"),
            models.UniqueConstraint(
                fields=["pupil", "school"], condition=Q(ends_on=None), name="enrolment_open_once_per_school"
            ),
        ]
        indexes = [models.Index(fields=["classroom", "ends_on"]), models.Index(fields=["school", "ends_on"])]


class PupilRecord(Row):
    """What ONDE says of a pupil beyond identity. Authorisations are hints seen by head and class teacher only."""

    class Hint(models.TextChoices):
        UNKNOWN = "", "non indiqué"
        YES = "yes", "oui"
        NO = "no", "non"

    pupil = models.OneToOneField(Person, models.CASCADE, related_name="record", verbose_name="élève")
    ine_sealed = models.TextField("INE", blank=True)
    ine_key = models.CharField("clé de comparaison de l’INE", max_length=64, blank=True, db_index=True)
    photo_hint = models.CharField("autorisation photo dans ONDE", max_length=3, choices=Hint.choices, blank=True)
    association_hint = models.CharField("associations dans ONDE", max_length=3, choices=Hint.choices, blank=True)

    privacy = Privacy(
        holds="INE (chiffré), autorisations notées dans ONDE",
        why="reconnaître un élève d’un fichier à l’autre\u00a0; rappeler à l’école ce qu’elle a noté",
        keeps="3 mois après la sortie de l’école",
        subjects=("pupil",),
        hides=("ine_key",),
        sealed=("ine_sealed",),
    )

    class Meta:
        verbose_name = "dossier d’élève"


class GroupMember(Row):
    """A pupil in a group or a dispositif; the reference class stays in `Enrolment`."""

    group = models.ForeignKey(Group, models.PROTECT, related_name="members", verbose_name="groupe")
    pupil = models.ForeignKey(Person, models.CASCADE, related_name="group_memberships", verbose_name="élève")
    starts_on = models.DateField("du")
    ends_on = models.DateField("au", null=True, blank=True)

    objects = DatedQuerySet.as_manager()
    undone_with = {"pupil": ~Q(ends_on=None)}  # kit.batches; the group keeps the path of who stays

    privacy = Privacy(
        holds="groupe ou dispositif suivi par un élève",
        why="réunir les élèves d’un groupe",
        keeps="3 mois après la sortie de l’école",
        subjects=("pupil",),
    )

    class Meta:
        verbose_name = "membre d’un groupe"
        constraints = [
            ends_after_it_starts("group_member_ends_after_it_starts"),
            models.UniqueConstraint(
                fields=["group", "pupil"], condition=Q(ends_on=None), name="group_member_open_once"
            ),
        ]


class GuardianshipQuerySet(DatedQuerySet):
    def unrestricted(self, today):
        """Without those whom a decision restricts: it holds for the two persons, whatever row it was written on."""
        decided = Guardianship.objects.filter(
            guardian=models.OuterRef("guardian"), child=models.OuterRef("child"), restricted_on__lte=today
        )
        return self.filter(~models.Exists(decided))

    def decided(self):
        """The rows that a decision restricts, the strictest first."""
        return self.exclude(restricted_on=None).order_by("restricted_on", "id")

    def reached(self, today):
        """In force and not restricted: these guardians receive what the class publishes."""
        return self.current(today).unrestricted(today)


class Guardianship(Row):
    """An adult who answers for a child. Rights are equal unless the head entered a dated restriction."""

    class Kind(models.TextChoices):
        PARENT = "parent", "parent"
        TUTOR = "tutor", "tuteur ou tutrice"
        DELEGATE = "delegate", "délégataire"
        INSTITUTION = "institution", "ASE ou personne morale"
        FOSTER = "foster", "assistante ou assistant familial"
        OTHER = "other", "autre"

    class Authority(models.TextChoices):
        YES = "yes", "autorité parentale"
        NO = "no", "sans autorité parentale"
        UNKNOWN = "unknown", "non indiquée"

    guardian = models.ForeignKey(Person, models.CASCADE, related_name="children_links", verbose_name="responsable")
    child = models.ForeignKey(Person, models.CASCADE, related_name="guardian_links", verbose_name="enfant")
    kind = models.CharField("lien", max_length=12, choices=Kind.choices, default=Kind.PARENT)
    authority = models.CharField(
        "autorité parentale", max_length=8, choices=Authority.choices, default=Authority.UNKNOWN
    )
    is_priority = models.BooleanField("à prévenir en premier", default=False)
    starts_on = models.DateField("du")
    ends_on = models.DateField("au", null=True, blank=True)
    restricted_on = models.DateField("restreint depuis le", null=True, blank=True)
    restriction_reference = models.CharField("référence de la décision", max_length=120, blank=True)

    objects = GuardianshipQuerySet.as_manager()
    # kit.batches: a link already ended keeps no import from being undone; one that a judge restricts does.
    undone_with = Q(restricted_on=None) & ~Q(ends_on=None)

    privacy = Privacy(
        holds="lien entre un enfant et un responsable, autorité parentale, restriction décidée par un juge",
        why="informer les deux parents, et seulement ceux qui doivent l’être",
        keeps="3 mois après la sortie de l’enfant de l’école, même si le lien a fini avant. Jusque-là, une "
        "restriction ne s’efface pas sur demande",
        subjects=("child", "guardian"),
    )

    class Meta:
        verbose_name = "responsabilité légale"
        constraints = [
            ends_after_it_starts("guardianship_ends_after_it_starts"),
            models.CheckConstraint(condition=~Q(guardian=F("child")), name="guardianship_of_another"),
            models.UniqueConstraint(
                fields=["guardian", "child"], condition=Q(ends_on=None), name="guardianship_open_once"
            ),
            models.CheckConstraint(
                condition=Q(restricted_on=None) | ~Q(restriction_reference=""), name="restriction_has_its_reference"
            ),
        ]
        # Asked of each link that is read, and nearly none is restricted: the links themselves are not gone through.
        indexes = [
            models.Index(
                fields=["child", "guardian", "restricted_on"],
                condition=Q(restricted_on__isnull=False),
                name="guardianship_restricted",
            )
        ]


class FormerPerson(Row):
    """Someone who was recorded twice, once in each school: the name the other file still gives them."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="former_selves", verbose_name="personne")
    former_id = models.UUIDField("ancien identifiant technique", unique=True)
    last_name = models.CharField("nom", max_length=80)
    usage_name = models.CharField("nom d’usage", max_length=80, blank=True)
    first_name = models.CharField("prénom", max_length=80)
    joined_at = models.DateTimeField("réunie le")

    privacy = Privacy(
        holds="nom d’une fiche réunie à un compte déjà ouvert",
        why="reconnaître un parent dont deux écoles n’écrivent pas le nom de la même façon",
        keeps="comme la personne",
        subjects=("person",),
    )

    class Meta:
        verbose_name = "ancienne fiche"


class FamiliesOpening(Row):
    """That the notice, the convention and the impact study of a school are signed: before, nothing is published to its
    families. Its last line is the one that counts; `version` is printed on the three documents."""

    school = models.ForeignKey(School, models.CASCADE, related_name="openings", verbose_name="école")
    signed_on = models.DateField("signés le")
    signed_by = models.CharField("signés par", max_length=200)
    version = models.CharField("version des documents", max_length=16)
    recorded_by = models.ForeignKey(
        Person, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="enregistré par"
    )
    recorded_at = models.DateTimeField("enregistré le")

    privacy = Privacy(
        holds="qui a signé les papiers d’une école, et qui l’a enregistré",
        why="n’ouvrir une école aux familles qu’une fois les papiers signés, et en répondre",
        keeps="tant que l’école est ouverte",
        subjects=("recorded_by",),
        erase=Erase.DETACH,
    )

    class Meta:
        verbose_name = "ouverture d’une école aux familles"


class Insurance(Row):
    """That a pupil's insurance certificate was handed in, for one school year: an outing that is optional asks it."""

    pupil = models.ForeignKey(Person, models.CASCADE, related_name="insurances", verbose_name="élève")
    school_year = models.CharField("année scolaire", max_length=9)  # « 2026-2027 »
    noted_at = models.DateTimeField("notée le")

    privacy = Privacy(
        holds="attestation d’assurance scolaire remise, pour une année\u00a0; jamais son contenu",
        why="savoir qui peut partir en sortie facultative",
        keeps="l’année scolaire et la suivante",
        subjects=("pupil",),
    )

    class Meta:
        verbose_name = "attestation d’assurance remise"
        constraints = [models.UniqueConstraint(fields=["pupil", "school_year"], name="insurance_once_a_year")]
