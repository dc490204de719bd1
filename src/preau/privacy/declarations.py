"""Every table with what it says of personal data: ours by their `privacy`, the libraries' in a list kept here."""

from dataclasses import dataclass

from django.apps import apps
from django.db.models import Model, Q

from preau.kit.privacy import Erase, Privacy

# Libraries' tables that hold something of a person. `tests/house/test_privacy.py` refuses an unknown one.
LIBRARIES = {
    "mfa.Authenticator": Privacy(
        holds="secret du second facteur, codes de secours, clés d’accès",
        why="protéger les comptes de celles et ceux qui voient plus qu’une classe",
        keeps="comme le compte",
        subjects=("user__person",),
        hides=("data",),
    ),
    "account.EmailAddress": Privacy(
        holds="courriel du compte",
        why="prévenir d’une entrée nouvelle",
        keeps="comme le compte",
        subjects=("user__person",),
    ),
    "account.EmailConfirmation": Privacy(
        holds="clé de confirmation d’un courriel",
        why="vérifier un courriel",
        keeps="3 jours",
        subjects=("email_address__user__person",),
        hides=("key",),
    ),
    "sessions.Session": Privacy(
        holds="session ouverte, chiffrée et signée",
        why="rester connecté d’une page à l’autre",
        keeps="90 jours au plus\u00a0; 2 heures sans activité pour les comptes des personnels",
        erase=Erase.DELETE,
    ),
    "django_tasks_database.DBTaskResult": Privacy.none(
        "travaux en attente\u00a0: des identifiants techniques, 7 jours"
    ),
    "contenttypes.ContentType": Privacy.none("table technique"),
    "auth.Permission": Privacy.none("table technique"),
    "auth.Group": Privacy.none("table technique, vide"),
}


@dataclass(frozen=True)
class Declared:
    """A table and its declaration."""

    model: type[Model]
    privacy: Privacy

    @property
    def label(self) -> str:
        return self.model._meta.label

    @property
    def name(self) -> str:
        return str(self.model._meta.verbose_name)

    def rows_about(self, person_id):
        """The rows reached by one of the declared paths."""
        return self._rows(self.privacy.subjects, person_id)

    def rows_given_to(self, person_id):
        """Those that an export gives: not what tells of another through this person."""
        return self._rows([path for path in self.privacy.subjects if path not in self.privacy.of_another], person_id)

    def rows_gone_with(self, person_id):
        """Those that are deleted with the person: not those that they only wrote."""
        return self._rows([path for path in self.privacy.subjects if path not in self.privacy.detaches], person_id)

    def _rows(self, paths, person_id):
        wanted = Q()
        for path in paths:
            wanted |= Q(**{path: person_id})
        rows = self.model._base_manager.all()
        # By key, not by joins: the result can then be changed, deleted or counted as any other.
        return rows.filter(pk__in=rows.filter(wanted).values("pk")) if paths else rows.none()

    def file_names(self, rows) -> list[str]:
        """Where the rows' files lie in the storage."""
        if not self.privacy.files:
            return []
        given = (getattr(row, attribute) for row in rows for attribute in self.privacy.files)
        return [name for names in given for name in ([names] if isinstance(names, str) else names) if name]


def declared() -> list[Declared]:
    """Every table, from the ground floor up."""
    found = []
    for model in apps.get_models():
        privacy = getattr(model, "privacy", None) or LIBRARIES.get(model._meta.label)
        if privacy is not None:
            found.append(Declared(model, privacy))
    return found
