"""`preau import-plan --city C FILE`: a city's own spreadsheet, compared and applied; `--undo BATCH` takes it back."""

import json
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils.timezone import now as clock

from preau.kit.batches import CannotUndo, batches_of
from preau.kit.names import name_key
from preau.kit.tables import TableRefused
from preau.places.models import City
from preau.plan.sheets.actions import plan as actions
from preau.plan.sheets.queries import in_the_way

TABLES = {
    "schools": "écoles", "locations": "situations", "contacts": "contacts", "acceptances": "réceptions",
    "expenses": "dépenses", "facts": "faits",
}  # fmt: skip
COLUMNS = "La page «\u00a0Importer mon tableau\u00a0» demande ce que disent les colonnes, et s’en souvient."
VERBS = {"created": "ajouts", "updated": "corrections", "unchanged": "sans changement"}


class Command(BaseCommand):
    help = "Lit le tableau du plan d’une ville (CSV, ODS, XLSX), dit chaque différence, l’applique d’un seul tenant."

    def add_arguments(self, parser):
        parser.add_argument("--city", required=True, metavar="VILLE", help="son nom, ou son mot dans les adresses")
        parser.add_argument("--dry-run", action="store_true", help="dire les différences sans rien écrire")
        parser.add_argument("--json", action="store_true", help="écrire le résultat en JSON")
        parser.add_argument("--undo", metavar="LOT", help="annuler un tableau appliqué")
        parser.add_argument("file", nargs="?", metavar="FICHIER", help="le tableau de la ville")

    def handle(self, *, city, file, dry_run, undo, **options):
        city = find_city(city)
        if undo:
            self.undo(city, undo)
        elif file:
            self.read(city, Path(file), dry_run, options["json"])
        else:
            raise CommandError("Donnez le FICHIER à lire, ou --undo LOT.")

    def read(self, city, path, dry_run, as_json):
        if not path.is_file():
            raise CommandError(f"Le fichier {path} n’existe pas.")
        now = clock()
        read = actions.read_draft if dry_run else actions.keep_draft
        try:
            draft = read(person=None, city=city, name=path.name, data=path.read_bytes(), now=now)
        except TableRefused as refused:
            raise CommandError(str(refused))
        if missing := draft.reading["missing"]:
            raise CommandError(f"{missing} {COLUMNS}")
        if dry_run:
            batch, comparison = None, actions.compare_draft(draft=draft, now=now)
        else:
            applied = actions.apply_draft(person=None, draft=draft, now=now)
            batch, comparison = applied.batch, applied.comparison
        self.report(batch, comparison, draft.reading, dry_run, as_json)

    def report(self, batch, comparison, reading, dry_run, as_json):
        counts = {table: {verb: comparison.counts.get(table, {}).get(verb, 0) for verb in VERBS} for table in TABLES}
        if as_json:
            told = {"batch": str(batch.id) if batch else None, **counts, **_as_json(comparison, reading)}
            self.stdout.write(json.dumps(told, ensure_ascii=False, indent=2))
            return
        if reading["unread"]:
            self.stdout.write(f"colonnes non lues\u00a0: {', '.join(reading['unread'])}")
        for difference in comparison.changes:
            self.stdout.write(
                f"ligne {difference.line.number}, {difference.subject}\u00a0: {', '.join(difference.words)}"
            )
        for difference in comparison.kept:
            self.stdout.write(f"gardé, {difference.subject}\u00a0: {difference.keeps}")
        self.tell_problems(comparison)
        for table, verbs in counts.items():
            told = ", ".join(f"{VERBS[verb]} {number}" for verb, number in verbs.items())
            self.stdout.write(f"{TABLES[table]}\u00a0: {told}")
        said = "rien n’est écrit (--dry-run)" if dry_run else f"lot {batch.id}" if batch else "rien à changer"
        self.stdout.write(said)

    def tell_problems(self, comparison):
        for what, told in (("à revoir", comparison.told_problems), ("à vérifier", comparison.told_warnings)):
            for each in told:
                where = ", ".join(filter(None, (each.where.lower(), each.column)))
                self.stdout.write(f"{what}, {where}\u00a0: {each.reason}")
        for question in comparison.open_questions:
            lines = ", ".join(map(str, question.lines))
            self.stdout.write(f"à trancher dans la page, lignes {lines}, {question.subject}\u00a0: {question.text}")

    def undo(self, city, batch_id):
        known = {str(batch.pk): batch for batch in batches_of(actions.scope_of(city=city), actions.KIND)}
        batch = known.get(batch_id.casefold())
        if batch is None:
            raise CommandError(f"Cette ville n’a pas de lot {batch_id}. Rien n’a changé.")
        try:
            actions.undo_import(person=None, city=city, batch=batch, now=clock())
        except CannotUndo as cannot:
            reasons = "\u00a0; ".join(in_the_way(batch, cannot))
            raise CommandError(f"Rien n’est annulé. À défaire d’abord\u00a0: {reasons}.")
        self.stdout.write(f"lot {batch.id} annulé")


def _as_json(comparison, reading):
    return {
        "problems": [problem.as_json() for problem in comparison.problems],
        "warnings": [warning.as_json() for warning in comparison.warnings],
        "reading": {name: reading[name] for name in ("sheet", "line", "unread")},
        "kept": [{"school": d.subject, "line": d.line.number, "reason": d.keeps} for d in comparison.kept],
        "questions": [
            {"school": each.subject, "lines": each.lines, "reason": each.text} for each in comparison.open_questions
        ],
    }


def find_city(words):
    """By its address word, else by its name."""
    cities = [c for c in City.objects.all() if c.slug == words or name_key(c.name) == name_key(words)]
    if len(cities) != 1:
        known = ", ".join(City.objects.order_by("slug").values_list("slug", flat=True)) or "aucune"
        raise CommandError(f"Aucune ville «\u00a0{words}\u00a0» ici. Connues\u00a0: {known}.")
    return cities[0]
