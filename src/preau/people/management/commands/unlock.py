"""preau unlock: the operator's own way back, from the server's shell, when telephone and password are both lost."""

from django.core.management import BaseCommand, CommandError
from django.urls import reverse
from django.utils import timezone

from preau.people import actions, queries
from preau.people.models import Account


class Command(BaseCommand):
    help = "Remove an account's second factor and password, end its sessions, and print a link to choose others."

    def add_arguments(self, parser):
        parser.add_argument("identifier")
        parser.add_argument("--address", default="http://localhost:8000", help="where Préau is reached")

    def handle(self, *, identifier, address, **options):
        account = (
            Account.objects.filter(identifier=identifier.casefold(), is_active=True).select_related("person").first()
        )
        if account is None:
            raise CommandError(f"No open account «\u00a0{identifier}\u00a0». Nothing was changed.")
        secret = actions.remove_second_factor(account=account, person=None, now=timezone.now())
        self.stdout.write(f"{address.rstrip('/')}{reverse('first_time')}#{secret}")
        self.stdout.write(f"or write the code {queries.code_in_groups(secret)} at {reverse('first_time')}")
