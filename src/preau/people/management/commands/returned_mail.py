"""preau returned-mail: what the relay pipes to us when a mail comes back (docs/operations.md)."""

import sys

from django.core.management import BaseCommand
from django.db import OperationalError
from django.utils import timezone

from preau.kit.mail import returned
from preau.people import actions

TRY_LATER = 75  # EX_TEMPFAIL of sysexits.h: the relay keeps the report and hands it again


class Command(BaseCommand):
    help = "Lit un retour de courriel (RFC 3464) sur l’entrée standard\u00a0: l’adresse qui n’en prend plus est notée."

    def handle(self, **options):
        found = returned.read(sys.stdin.buffer.read(returned.MOST_BYTES))
        if found is None:
            self.stdout.write("Ce n’est pas le retour d’un de nos courriels\u00a0: rien n’a changé.")
            return
        try:
            count = actions.note_mail_returned(address=found.address, sent_at=found.sent_at, now=timezone.now())
        except OperationalError:
            sys.exit(TRY_LATER)
        self.stdout.write(f"Comptes dont l’adresse ne prend plus de courriel\u00a0: {count}")
