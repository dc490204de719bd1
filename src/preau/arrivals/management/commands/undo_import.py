"""`preau undo-import BATCH`: last in, first out; says what stands in the way."""

import json
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from preau.arrivals import actions, queries
from preau.kit.batches import CannotUndo
from preau.kit.models import Batch

STUCK = " Ce lot ne s’annule plus\u00a0: corrigez à la main ce qui est faux, ou importez des fichiers justes."


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
        except CannotUndo as refused:
            batch = Batch.objects.get(pk=options["batch"])
            in_way = queries.in_the_way(batch, refused)
            obstacles = [
                {"what": each.what, "count": each.count} | ({"batches": each.ids} if each.ids else {})
                for each in refused.obstacles
            ]
            who = [{"text": one.text, "mend": one.mend} for one in in_way]
            if options["json"]:
                self.stdout.write(
                    json.dumps(
                        {"batch": options["batch"], "undone": False, "obstacles": obstacles, "in_the_way": who},
                        ensure_ascii=False,
                        indent=2,
                    )
                )
            later = [batch_id for obstacle in refused.obstacles for batch_id in obstacle.ids]
            order = f" Dans l’ordre\u00a0: {', '.join(later)}." if later else ""
            end = "" if all(one.mend for one in in_way) else STUCK
            said = "\u00a0; ".join(map(str, in_way))
            raise CommandError(f"Rien n’a changé. En travers\u00a0: {said}.{order}{end}")
        if options["json"]:
            self.stdout.write(json.dumps({"batch": str(batch.pk), "undone": True, "obstacles": []}, indent=2))
        else:
            self.stdout.write(f"Lot {batch.pk} annulé.")
