"""One archive of everything, on a live system."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from preau.kit import backup
from preau.kit.base_copy import BaseRefused


class Command(BaseCommand):
    help = "Écrit une sauvegarde de la base et des fichiers. Préau peut rester en service."

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path, metavar="FICHIER", help="l’archive à écrire")

    def handle(self, *, file, **options):
        try:
            manifest = backup.create(file.resolve(), now=timezone.now())
        except (OSError, BaseRefused) as failure:
            raise CommandError(f"La sauvegarde n’est pas faite\u00a0: {failure}") from failure
        size = file.stat().st_size // 1024
        self.stdout.write(
            f"{file}\u00a0: {len(manifest.members)} éléments, {size} Ko. Il contient des données d’enfants."
        )
