"""preau init: opens an empty base and prints a one-time link for its first operator."""

from django.core.management import BaseCommand, CommandError, call_command
from django.urls import reverse
from django.utils import timezone

from preau.kit.serving.address import address_served
from preau.people import actions, queries
from preau.people.models import Account, Role
from preau.people.queries import base


class Command(BaseCommand):
    help = "Prépare une base vide, puis donne le lien qui ouvre une fois, dans les 30 jours, le compte de l’opératrice."

    def add_arguments(self, parser):
        parser.add_argument("--address", metavar="ADRESSE", help="adresse de Préau, si ce n’est celle des réglages")
        parser.add_argument("--first-name", default="Opératrice", help="son prénom")
        parser.add_argument("--last-name", default="de la base", help="son nom")

    def handle(self, *, address, first_name, last_name, **options):
        call_command("migrate", verbosity=0, interactive=False)
        call_command("createcachetable", verbosity=0)
        secret = self.secret(first_name, last_name)
        self.stdout.write(
            "La base est prête. Ce lien ouvre le compte de l’opératrice, une fois, dans les 30 jours\u00a0:"
        )
        self.stdout.write(f"  {(address or address_served()).rstrip('/')}{reverse('first_time')}#{secret}")
        self.stdout.write(f"ou écrivez le code {queries.code_in_groups(secret)} à la page {reverse('first_time')}")

    def secret(self, first_name, last_name):
        """That of the operator's sheet: a new one when the first was lost before it opened their account."""
        known, now = base.first_operator(), timezone.now()
        if known is None:
            _, secret = actions.name_holder(
                place=None,
                role=Role.OPERATOR,
                civility="",
                first_name=first_name,
                last_name=last_name,
                starts_on=timezone.localdate(now),
                person=None,
                now=now,
            )
            return secret
        if Account.objects.filter(person__mandates__role=Role.OPERATOR).exists():
            raise CommandError(
                "Cette base a déjà une opératrice ou un opérateur\u00a0: rien n’a changé. "
                "Accès perdu\u00a0: bin/preau unlock IDENTIFIANT."
            )
        self.stdout.write(f"Le lien d’avant ne sert plus. Celui-ci est pour {known.full_name}.")
        return actions.renew_sheet(holder=known, person=None, now=now)
