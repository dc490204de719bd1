"""preau init: opens an empty base and prints a one-time link for its first operator."""

from django.core.management import BaseCommand, CommandError, call_command
from django.urls import reverse
from django.utils import timezone

from preau.people import actions, queries
from preau.people.models import Role


class Command(BaseCommand):
    help = "Make the tables, then print a link that opens the first operator's account once, within 30 days."

    def add_arguments(self, parser):
        parser.add_argument("--address", default="http://localhost:8000", help="where Préau is reached")
        parser.add_argument("--first-name", default="Opératrice")
        parser.add_argument("--last-name", default="de la base")

    def handle(self, *, address, first_name, last_name, **options):
        call_command("migrate", verbosity=0, interactive=False)
        call_command("createcachetable", verbosity=0)
        if queries.operator_exists():
            raise CommandError("This base already has an operator. Nothing was changed.")
        _, secret = actions.name_holder(
            place=None, role=Role.OPERATOR, civility="", first_name=first_name, last_name=last_name,
            starts_on=timezone.localdate(), person=None, now=timezone.now(),
        )  # fmt: skip
        self.stdout.write("The base is open. First operator's link, good for one use within 30 days:")
        self.stdout.write(f"  {address.rstrip('/')}{reverse('first_time')}#{secret}")
        self.stdout.write(f"or write the code {queries.code_in_groups(secret)} at {reverse('first_time')}")
