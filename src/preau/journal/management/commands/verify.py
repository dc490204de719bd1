"""The digest of the data and of the files, and whether the base and the journal's chains are whole."""

from django.core.management.base import BaseCommand, CommandError

from preau.journal.queries import find_broken_chains, people_chain
from preau.kit import digest, durability


class Command(BaseCommand):
    help = "Donne l’empreinte de la base et des fichiers, et vérifie la base et le journal."

    def add_arguments(self, parser):
        parser.add_argument(
            "--whole", action="store_true", help="donner aussi celle des traces (journal, lots, sessions, fiches)"
        )

    def handle(self, *, whole, **options):
        if not durability.is_up_to_date():
            raise CommandError("La base n’est pas à jour. Lancez\u00a0: bin/preau migrate")
        faults = durability.find_damage() + durability.find_faults() + find_broken_chains()
        if faults:
            raise CommandError("\n".join(faults))
        found = digest.take()
        self.stdout.write(f"empreinte {found.business}")
        self.stdout.write(f"{len(found.tables)} tables, {found.rows_count} lignes, {found.files_count} fichiers")
        if whole:
            self.stdout.write(f"avec les traces {found.value}")
            self.stdout.write("actes sur les personnes\u00a0: {0.count} lignes, {0.digest}".format(people_chain()))
        self.stdout.write(f"base entière\u00a0; {durability.describe()}")
