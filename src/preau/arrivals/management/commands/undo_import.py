"""`preau undo-import BATCH`: last in, first out; says what stands in the way."""

import json
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from preau.arrivals import actions
from preau.kit.models import Batch


class Command(BaseCommand):
    help = "Annule un import ONDE\u00a0: l’école redevient ce qu’elle était, ou rien ne change."

    def add_arguments(self, parser):
        parser.add_argument("batch", metavar="LOT", help="le lot que l’import a donné")
        parser.add_argument("--json", action="store_true", help="écrire le résultat en JSON")

    def handle(self, *args, **options):
        try:
            batch = actions.undo_batch(batch_id=UUID(options["batch"]), now=timezone.now())
        except (ValueError, Batch.DoesNotExist):
            raise CommandError(f"Aucun import ne porte le numéro {options['batch']}.")
        except actions.CannotUndo as refused:
            obstacles = [
                {"what": each.what, "count": each.count} | ({"batches": each.ids} if each.ids else {})
                for each in refused.obstacles
            ]  # fmt: skip
            if options["json"]:
                self.stdout.write(json.dumps({"batch": options["batch"], "undone": False, "obstacles": obstacles},
                                             ensure_ascii=False, indent=2))  # fmt: skip
            later = [batch_id for obstacle in refused.obstacles for batch_id in obstacle.ids]
            order = f" Dans l’ordre\u00a0: {', '.join(later)}." if later else ""
            raise CommandError(f"Rien n’a changé. En travers\u00a0: {refused}.{order}")
        if options["json"]:
            self.stdout.write(json.dumps({"batch": str(batch.pk), "undone": True, "obstacles": []}, indent=2))
        else:
            self.stdout.write(f"Lot {batch.pk} annulé.")
