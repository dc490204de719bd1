"""preau unlock: the operator's own way back, from the server's shell, when telephone and password are both lost."""

from django.core.management import BaseCommand, CommandError
from django.urls import reverse
from django.utils import timezone

from preau.kit.serving.address import address_served
from preau.people import actions, queries
from preau.people.models import Account


class Command(BaseCommand):
    help = "Retire le second facteur et le mot de passe d’un compte, ferme ses sessions, donne un lien pour en refaire."

    def add_arguments(self, parser):
        parser.add_argument("identifier", metavar="IDENTIFIANT", help="celui avec lequel on entre")
        parser.add_argument("--address", metavar="ADRESSE", help="adresse de Préau, si ce n’est celle des réglages")

    def handle(self, *, identifier, address, **options):
        account = (
            Account.objects.filter(identifier=identifier.casefold(), is_active=True).select_related("person").first()
        )
        if account is None:
            raise CommandError(f"Aucun compte ouvert «\u00a0{identifier}\u00a0». Rien n’a changé.")
        secret = actions.remove_second_factor(account=account, person=None, now=timezone.now())
        self.stdout.write(f"{(address or address_served()).rstrip('/')}{reverse('first_time')}#{secret}")
        self.stdout.write(f"ou écrivez le code {queries.code_in_groups(secret)} à la page {reverse('first_time')}")
