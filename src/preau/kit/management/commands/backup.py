"""One archive of everything, on a live system."""

from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from preau.kit import backup, base_copy
from preau.kit.refusals import reason_of


class Command(BaseCommand):
    help = "Écrit une sauvegarde de la base et des fichiers. Préau peut rester en service."

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path, metavar="FICHIER", help="l’archive à écrire")

    def handle(self, *, file, **options):
        if base_copy.is_empty():  # a home mistyped, most often
            raise CommandError(f"Il n’y a rien à sauvegarder dans {settings.HOME}. Vérifiez PREAU_HOME.")
        if not file.resolve().parent.is_dir():
            raise CommandError(f"La sauvegarde n’est pas faite\u00a0: le dossier {file.parent} n’existe pas.")
        try:
            manifest = backup.create(file.resolve(), now=timezone.now())
        except base_copy.BaseRefused as failure:
            raise CommandError(f"La sauvegarde n’est pas faite\u00a0: {failure}") from failure
        except OSError as failure:
            raise CommandError(f"La sauvegarde n’est pas faite. {file}\u00a0: {reason_of(failure)}.") from failure
        size = file.stat().st_size // 1024
        self.stdout.write(
            f"{file}\u00a0: {len(manifest.members)} éléments, {size} Ko. Il contient des données d’enfants."
        )
