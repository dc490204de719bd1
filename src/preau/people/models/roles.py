"""The roles a person may hold in a place, and the sets that rules name."""

from django.db import models


class Role(models.TextChoices):
    """What a person may hold in a place for a time. « Pupil » and « guardian » come from schools, not from here."""

    TEACHER = "teacher", "enseignante ou enseignant"
    SUPPLY_TEACHER = "supply_teacher", "remplaçante ou remplaçant"
    SCHOOL_HEAD = "school_head", "directrice ou directeur d’école"
    AESH = "aesh", "AESH"
    ATSEM = "atsem", "ATSEM"
    SITE_MANAGER = "site_manager", "responsable de site périscolaire"
    ANIMATOR = "animator", "animatrice ou animateur périscolaire"
    CATERING = "catering", "agente ou agent de restauration"
    CITY_EDUCATION = "city_education", "Direction Éducation"
    CITY_IT = "city_it", "informatique des écoles"
    CITY_FINANCE = "city_finance", "finances de la Ville"
    ELECTED = "elected", "élue ou élu"
    IA_DASEN = "ia_dasen", "IA-DASEN"
    IA_DASEN_DEPUTY = "ia_dasen_deputy", "adjointe ou adjoint de l’IA-DASEN"
    IEN = "ien", "IEN"
    PEDAGOGICAL_ADVISER = "pedagogical_adviser", "conseillère ou conseiller pédagogique"
    ERUN = "erun", "ERUN"
    DSDEN = "dsden", "DSDEN"
    DAN = "dan", "DAN"
    TRAINER = "trainer", "formatrice ou formateur"
    PARENTS_FEDERATION = "parents_federation", "fédération de parents"
    OPERATOR = "operator", "opératrice ou opérateur de la base"


CLASS_ROLES = (Role.TEACHER, Role.SUPPLY_TEACHER, Role.AESH, Role.ATSEM)  # an ATSEM is of the class in school time
SCHOOL_ROLES = (Role.SCHOOL_HEAD, *CLASS_ROLES)  # who serves in a school, by school or by class
SITE_WRITERS = (Role.SITE_MANAGER, Role.ANIMATOR)  # who write to families from a périscolaire site
SITE_ROLES = (*SITE_WRITERS, Role.CATERING)  # the city's agents in a périscolaire site, never in a class
TEACHER_ROLES = (Role.TEACHER, Role.SUPPLY_TEACHER)
CITY_ROLES = (Role.CITY_EDUCATION, Role.CITY_IT, Role.CITY_FINANCE, Role.ELECTED)
STATE_ROLES = (Role.IA_DASEN, Role.IA_DASEN_DEPUTY, Role.IEN, Role.PEDAGOGICAL_ADVISER, Role.ERUN, Role.DSDEN, Role.DAN)
# A stolen password must not be enough for those who see more than a class (trust.md 11).
SECOND_FACTOR_ROLES = (Role.SCHOOL_HEAD, Role.SITE_MANAGER, *CITY_ROLES, *STATE_ROLES, Role.TRAINER, Role.OPERATOR)
