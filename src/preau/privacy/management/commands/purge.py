"""Forgets what has reached its date; the worker does it each hour."""

from django.core.management.base import BaseCommand
from django.utils import timezone

from preau.privacy.actions import purge


class Command(BaseCommand):
    help = "Efface ce qui a atteint sa date. Avec --dry-run, dit ce qui partirait."

    def add_arguments(self, parser):
        parser.add_argument("--dry-run", action="store_true", help="compter sans rien effacer")

    def handle(self, *, dry_run, **options):
        for what, count in purge(now=timezone.now(), dry_run=dry_run):
            self.stdout.write(f"{count:>8}  {what}")
        if dry_run:
            self.stdout.write("Rien n’est effacé\u00a0: c’est un essai.")
