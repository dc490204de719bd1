"""The week's use on the command line."""

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from preau.insight.usage import actions, tables
from preau.insight.usage.models import ClosedWeek, WeekUse
from preau.kit.answers import Conflict
from preau.kit.names import of_name


class Command(BaseCommand):
    help = "Usage d’une semaine par école, profil et service\u00a0; les cases de moins de 5 personnes sont masquées."

    def add_arguments(self, parser):
        parser.add_argument("--week", required=True, metavar="SEMAINE", help="semaine ISO, par exemple 2026-W47")
        parser.add_argument("--csv", action="store_true", help="en CSV, aux noms de colonnes de la mesure nationale")
        parser.add_argument("--cells", action="store_true", help="en CSV, une ligne par école, profil et service")
        parser.add_argument("--close", action="store_true", help="compter et clore la semaine maintenant")
        parser.add_argument(
            "--force", action="store_true", help="la clore même avant sa fin\u00a0: la suite est perdue"
        )

    def handle(self, *, week, csv, cells, close, force, **options):
        try:
            tables.week_days(week)
        except ValueError:
            raise CommandError(f"«\u00a0{week}\u00a0» n’est pas une semaine. Écrivez par exemple 2026-W47.") from None
        if close:
            self._close(week, force)
        if not ClosedWeek.objects.filter(week=week).exists():
            raise CommandError(f"La semaine {week} n’est pas close. Elle l’est d’elle-même un jour après sa fin.")
        uses = WeekUse.objects.filter(week=week)
        if csv or cells:
            table = tables.to_cells_csv(uses, week) if cells else tables.to_csv(uses, week)
            self.stdout.write(table.decode(), ending="")
            return
        for use in uses.filter(profile="", service="").select_related("school", "city").order_by("city", "school"):
            place = use.school.shown_name if use.school else f"Ville {of_name(use.city.name)}"
            shown = "masqué" if use.is_masked else f"{use.visits_count} visites, {use.users_count} utilisateurs"
            self.stdout.write(f"{place}\u00a0: {shown}")

    @staticmethod
    def _close(week, force):
        actions.flush(now=timezone.now())
        try:
            actions.close_week(week=week, now=timezone.now(), force=force)
        except Conflict as conflict:
            raise CommandError(f"{conflict.reason} Attendez sa fin, ou ajoutez --force.") from None
