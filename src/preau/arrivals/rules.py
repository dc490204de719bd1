"""Files of a school are its head's business, and nobody else's."""

from preau.arrivals.models import Decision, SheetJob, Upload
from preau.kit.answers import No, Yes
from preau.kit.models import Batch
from preau.people.models import Person, Role
from preau.people.queries import holds, places_held
from preau.places.models import School
from preau.spaces import rules as spaces

ONLY_HEAD = No("Seule la direction de l’école importe ses fichiers.")
ONLY_HEAD_PRINTS = No("Seule la direction de l’école imprime les fiches de connexion.")


def schools_importable_by(person: Person, today):
    """Schools whose files the person may bring."""
    return School.objects.filter(pk__in=places_held(person, Role.SCHOOL_HEAD, today=today))


def uploads_visible_to(person: Person, today):
    """Uploads of the schools the person heads."""
    return Upload.objects.filter(school__in=schools_importable_by(person, today))


def batches_visible_to(person: Person, today):
    """ONDE batches of the schools the person heads."""
    scopes = [f"school:{school}" for school in places_held(person, Role.SCHOOL_HEAD, today=today)]
    return Batch.objects.filter(scope__in=scopes, kind="onde")


def decisions_visible_to(person: Person, today):
    """Answers given for the schools the person heads."""
    return Decision.objects.filter(school__in=schools_importable_by(person, today))


def can_import_files(person: Person, school: School, today):
    """Bring files, decide, apply and undo."""
    return Yes() if holds(person, Role.SCHOOL_HEAD, today=today, place=school) else ONLY_HEAD


def can_undo_batch(person: Person, school: School, today):
    """The same persons as for applying; what stands in the way is said by `actions.undo_batch`."""
    return can_import_files(person, school, today)


def sheet_jobs_visible_to(person: Person, today):
    """Sheets of the schools the person heads: only heads ask for them, and codes open accounts."""
    return SheetJob.objects.filter(school__in=schools_importable_by(person, today))


def can_print_sheets(person: Person, school: School, today):
    """Ask for connection sheets, open the PDF, delete it."""
    return Yes() if holds(person, Role.SCHOOL_HEAD, today=today, place=school) else ONLY_HEAD_PRINTS


def schools_resettable_by(person: Person, today):
    """Schools where one may stop what is published: a stolen password is the same emergency."""
    return spaces.schools_stoppable_by(person, today)


def can_reset_passwords(person: Person, school: School, today):
    """The head, the city's Education service, which reads counts and no name, and the operator."""
    if spaces.stop_authority(person, school, today):
        return Yes()
    return No(
        "Les mots de passe d’une école sont réinitialisés par sa direction, par la Ville ou par qui tient la base."
    )
