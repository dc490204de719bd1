"""The digest of everything, and whether the base is whole and keeps what it acknowledges."""

from django.core.management.base import BaseCommand, CommandError

from preau.kit import digest, durability


class Command(BaseCommand):
    help = "Donne l’empreinte de la base et des fichiers, et vérifie la base."

    def handle(self, **options):
        if not durability.is_up_to_date():
            raise CommandError("La base n’est pas à jour. Lancez\u00a0: bin/preau migrate")
        faults = durability.find_damage() + durability.find_faults()
        if faults:
            raise CommandError("\n".join(faults))
        found = digest.take()
        self.stdout.write(f"empreinte {found.value}")
        self.stdout.write(f"{len(found.tables)} tables, {found.rows_count} lignes, {found.files_count} fichiers")
        self.stdout.write(
            f"données seules {found.business}, sans les traces (journal, lots)\u00a0: un import annulé les rend"
        )
        self.stdout.write(f"base entière\u00a0; {durability.describe()}")
