"""`preau verify-journal [--city SLUG] [--known NUMBER:DIGEST]`: exit 1 when a chain of sealed acts is broken."""

from django.core.management.base import BaseCommand, CommandError

from preau.insight.steering.journal import verify_city, what_is_wrong
from preau.journal.models import PEOPLE, Chain
from preau.kit.money import NBSP
from preau.places.models import City


class Command(BaseCommand):
    help = "Relit les chaînes d’actes scellés et ce que ces actes ferment. Sort avec 1 si l’une est rompue."

    def add_arguments(self, parser):
        parser.add_argument("--city", metavar="VILLE", help="une seule ville, par son mot dans les adresses")
        parser.add_argument(
            "--known", metavar="NUMÉRO:EMPREINTE", default="", help="une empreinte notée avant, avec --city"
        )

    def handle(self, *, city, known, **options):
        noted = self.noted(city, known)
        names = {each.pk: each.slug for each in City.objects.all()}
        chains = [each for each, slug in names.items() if slug == city] if city else self.every_chain()
        if city and not chains:
            raise CommandError(
                f"Aucune ville {city} ici. Connues\u00a0: {', '.join(sorted(names.values())) or 'aucune'}."
            )
        names[PEOPLE] = "actes sur les personnes"
        found = {names.get(chain, chain): verify_city(chain, **noted) for chain in chains}
        for name, result in found.items():
            self.stdout.write(f"{name}{NBSP}: {result.count} lignes, {self.said(result)}, {result.head}")
        if not all(result.is_whole for result in found.values()):
            raise CommandError("Une chaîne au moins est rompue.")

    def said(self, result):
        if result.is_whole:
            return "entière"
        where = "incomplète" if result.unsealed else f"rompue à la ligne {result.broken_at}"
        return f"{where}{NBSP}: {what_is_wrong(result)}"

    def every_chain(self):
        return list(Chain.objects.order_by("key").values_list("key", flat=True))

    def noted(self, city, known):
        number, _, digest = known.partition(":")
        if known and not (city and number.isdecimal() and len(digest) >= 8):
            raise CommandError(
                "--known\u00a0: le numéro d’une ligne, puis 8 signes au moins de son empreinte, avec --city."
            )
        return {"known_number": int(number or 0), "known_digest": digest}
