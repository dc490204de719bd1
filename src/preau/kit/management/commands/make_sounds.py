"""Makes the sounds of the phrases that pupils hear, when their table changed."""

import shutil
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from preau.kit.money import NBSP
from preau.kit.spoken import labels, sounds


class Command(BaseCommand):
    help = "Fait les sons des phrases que les élèves entendent (kit/data/spoken.csv), par une voix de synthèse."
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("keys", nargs="*", metavar="CLÉ", help="sans clé\u00a0: ce qui a changé")
        parser.add_argument("--packages", type=Path, metavar="DOSSIER", help="les paquets de la voix Kokoro")
        parser.add_argument("--all", action="store_true", help="tout refaire")

    def handle(self, *, keys, packages, all, **options):
        missing = [name for name in ("espeak-ng", "ffmpeg") if not shutil.which(name)]
        if missing:
            raise CommandError(f"Il manque des programmes{NBSP}: apt-get install {' '.join(missing)}")
        known = [label.key for label in labels.read()]
        unknown = sorted(set(keys) - set(known))
        if unknown:
            raise CommandError(f"Ces clés ne sont pas dans la table{NBSP}: {', '.join(unknown)}.")
        voice, source = self.voice_of(packages)
        made = sounds.make(voice, source, known if all else keys)
        self.stdout.write(f"{len(made)} sons faits, {source}.")

    def voice_of(self, packages):
        if packages is None:
            return sounds.espeak, sounds.ESPEAK
        try:
            return sounds.kokoro(packages), sounds.KOKORO
        except (OSError, ImportError) as missing:
            raise CommandError(f"La voix n’est pas complète{NBSP}: {missing}. Voir kit/data/README.md.") from missing
