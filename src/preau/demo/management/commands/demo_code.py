"""Prints the second-factor code of the moment of a demo account."""

import time

from django.core.management.base import BaseCommand, CommandError

from preau.demo import keys
from preau.demo.models import DemoMark
from preau.kit.names import name_key
from preau.people.models import Account


def account_of(name):
    """The account of « Hélène Ardoise », however it is written."""
    named = Account.objects.filter(person__isnull=False, authenticator__type="totp").select_related("person")
    return next((account for account in named if name_key(account.person.full_name) == name_key(name)), None)


class Command(BaseCommand):
    help = "Affiche le code à six chiffres du moment, pour un compte de la démonstration."

    def add_arguments(self, parser):
        parser.add_argument("name", metavar="NOM", help="identifiant ou nom du tableau de «\u00a0bin/preau demo\u00a0»")

    def handle(self, *, name, **options):
        try:
            keys.refuse_in_production()
        except keys.NotADemo as refusal:
            raise CommandError(str(refusal)) from None
        if not DemoMark.objects.exists():
            raise CommandError("Cette base n’a pas été faite par la démonstration\u00a0: aucun code à donner.")
        account = Account.objects.filter(identifier=name.casefold()).first() or account_of(name)
        if account is None or not account.authenticator_set.filter(type="totp").exists():
            raise CommandError(
                f"«\u00a0{name}\u00a0» n’a pas de deuxième clé ici. Voyez le tableau de «\u00a0bin/preau demo\u00a0»."
            )
        self.stdout.write(keys.totp_code(account.identifier, time.time()))
