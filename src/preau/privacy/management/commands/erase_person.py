"""Right to erasure: everything held of one person goes, the work of others stays."""

from django.apps import apps
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from preau.kit.answers import Conflict
from preau.privacy.actions import erase_person
from preau.privacy.management.commands._find import WHO, find_person


class Command(BaseCommand):
    help = "Efface une personne. Rien ne la fera revenir, pas même une sauvegarde."

    def add_arguments(self, parser):
        parser.add_argument("person", metavar="QUI", help=WHO)
        parser.add_argument("--yes", action="store_true", help="ne pas demander de confirmation")

    def handle(self, *, person, yes, **options):
        subject = find_person(person)
        if (
            not yes
            and asked(f"Effacer {subject.full_name}\u00a0? Écrivez son nom de famille\u00a0: ") != subject.last_name
        ):
            raise CommandError(f"Rien n’est effacé. Pour effacer {subject.full_name} sans cette question\u00a0: --yes.")
        try:
            counts = erase_person(subject=subject, person=None, now=timezone.now())
        except Conflict as conflict:
            raise CommandError(conflict.reason) from None
        for label, count in sorted(counts.items()):
            self.stdout.write(f"{apps.get_model(label)._meta.verbose_name}\u00a0: {count}")
        self.stdout.write("La personne est effacée.")


def asked(question):
    """What is typed; nothing when nobody is there to type (a scheduled job, a pipe)."""
    try:
        return input(question)
    except EOFError:
        return ""
