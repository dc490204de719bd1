"""Fills an empty base with the demo's named world, then more schools if asked. Twice changes nothing."""

import time

from django.conf import settings
from django.core.management import BaseCommand, CommandError, call_command
from django.utils import timezone

from preau.demo import keys, play
from preau.demo.signins import sign_ins, table_text


class Command(BaseCommand):
    help = "Remplit une base vide avec des personnes fictives. Deux fois de suite ne change rien."

    def add_arguments(self, parser):
        parser.add_argument(
            "--scale",
            type=int,
            choices=play.SCALES,
            default=1,
            help="1 (six écoles, 750 élèves), 10 (45 écoles, 7 500) ou 100 (450 écoles, 75 000)",
        )
        parser.add_argument("--address", default="", help="adresse à rappeler au-dessus du tableau")
        parser.add_argument("--quiet", action="store_true", help="sans le tableau des accès")

    def handle(self, *, scale, address, quiet, **options):
        start = time.monotonic()
        try:
            keys.refuse_in_production()
            call_command("migrate", verbosity=0, interactive=False)
            changed = play.fill(scale=scale, now=timezone.now(), say=self.say)
        except keys.NotADemo as refusal:
            raise CommandError(str(refusal)) from None
        if changed:
            self.say(f"Démonstration prête en {time.monotonic() - start:.0f} s, dans {settings.HOME}.")
        if not quiet:
            self.show(address)

    def say(self, words):
        self.stdout.write(words)
        self.stdout.flush()

    def show(self, address):
        self.say("\nPersonnes fictives — démonstration. Aucune de ces personnes n’existe.\n")
        if address:
            self.say(f"Adresse\u00a0: {address}")
        self.say(f"Mot de passe de tous\u00a0: {keys.PASSWORD}\n")
        self.say(table_text(sign_ins(time.time())))
        self.say("\nUn code vaut 30 secondes. Le suivant\u00a0: bin/preau demo-code NOM")
