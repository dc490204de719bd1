"""Builds what browsers need from the installed wheels."""

from django.core.management.base import BaseCommand

from preau.kit.assets import build


class Command(BaseCommand):
    help = "Construit la planche d’icônes et la police à partir des paquets installés."
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("--if-stale", action="store_true", help="ne rien faire si rien n’a changé")

    def handle(self, *, if_stale, **options):
        if build(only_if_stale=if_stale):
            self.stdout.write("Les icônes et les polices des pages sont prêtes.")
