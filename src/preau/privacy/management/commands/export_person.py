"""Right of access: everything held of one person, in one archive."""

import os
from pathlib import Path

from django.core.management.base import BaseCommand
from django.utils import timezone

from preau.journal import actions as journal
from preau.privacy.exports import export_person
from preau.privacy.management.commands._find import WHO, find_person


class Command(BaseCommand):
    help = "Écrit un ZIP de tout ce que Préau garde d’une personne."

    def add_arguments(self, parser):
        parser.add_argument("person", metavar="QUI", help=WHO)
        parser.add_argument("--to", type=Path, metavar="FICHIER", help="fichier à écrire (sinon\u00a0: <clé>.zip ici)")

    def handle(self, *, person, to, **options):
        subject, now = find_person(person), timezone.now()
        to = to or Path(f"{subject.pk}.zip")
        content = export_person(subject, now)
        with open(to, "wb", opener=lambda name, flags: os.open(name, flags, 0o600)) as stream:
            stream.write(content)
        journal.record(person_id=None, verb="export_person", subject=subject, now=now)
        self.stdout.write(f"{to}\u00a0: {len(content) // 1024} Ko")
