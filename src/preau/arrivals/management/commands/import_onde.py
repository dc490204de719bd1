"""`preau import-onde --school UAI --pupils F`: the same machine as the head's page."""

import json
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from preau.arrivals import actions
from preau.arrivals.comparing import KIND_WORDS, KINDS, VERBS
from preau.arrivals.reading import GUARDIANS, PUPILS, TEACHERS
from preau.kit.refusals import reason_of
from preau.places.models import School


class Command(BaseCommand):
    help = "Lit les fichiers ONDE d’une école, montre ce qui change, et l’applique d’un seul tenant."

    def add_arguments(self, parser):
        parser.add_argument("--school", required=True, metavar="UAI", help="UAI de l’école")
        parser.add_argument("--pupils", required=True, metavar="F", help="fichier des élèves")
        parser.add_argument("--guardians", metavar="F", help="fichier des responsables")
        parser.add_argument("--teachers", metavar="F", help="liste des enseignantes et enseignants")
        parser.add_argument("--year", default="", metavar="Y", help="année scolaire, comme 2026-2027")
        parser.add_argument("--complete", action="store_true", help="les élèves absents du fichier quittent l’école")
        parser.add_argument("--even-if-many", action="store_true", help="même si plus de la moitié de l’école part")
        parser.add_argument("--set-aside", action="store_true", help="laisser de côté les lignes à corriger")
        parser.add_argument("--dry-run", action="store_true", help="montrer sans appliquer")
        parser.add_argument("--json", action="store_true", help="écrire le résultat en JSON")

    def handle(self, *args, **options):
        school = School.objects.filter(uai=options["school"].upper()).first()
        if school is None or not options["school"]:
            raise CommandError(f"Aucune école ne porte l’UAI {options['school']}. Vérifiez-le.")
        result = actions.apply_arrivals(
            school=school,
            files=list(_files(options)),
            now=timezone.now(),
            school_year=_year(options["year"]),
            complete=options["complete"],
            even_if_many=options["even_if_many"],
            set_aside=options["set_aside"],
            dry_run=options["dry_run"],
        )
        if options["json"]:
            self.stdout.write(json.dumps(as_json(result), ensure_ascii=False, indent=2))
        else:
            self._print(result)
        if result.unconfirmed:
            raise CommandError(
                f"{result.comparison.leaving_count} élèves sur {result.comparison.enrolled_count} quitteraient "
                "l’école\u00a0: rien n’a changé. Si le fichier est bien complet, ajoutez --even-if-many."
            )
        if result.refused:
            raise CommandError("Rien n’a changé\u00a0: corrigez les fichiers et recommencez.")

    def _print(self, result):
        for kind in () if result.refused else KINDS:
            counts = result.counts[kind]
            numbers = ", ".join(_counted(kind, verb, counts[verb]) for verb in VERBS)
            self.stdout.write(f"{KIND_WORDS[kind].capitalize()}\u00a0: {numbers}")
        for absent in result.missing:
            self.stdout.write(f"Absent des fichiers, {KIND_WORDS[absent.kind]}\u00a0: {absent.label}")
        for file in result.comparison.files:
            for line, what in file.set_aside:
                self.stdout.write(f"Laissé de côté\u00a0: {file.name}, ligne {line}\u00a0: {what}")
        for question in result.to_decide:
            self.stdout.write(
                f"À décider ({question.score}/100)\u00a0: {question.file}, ligne {question.line}, {question.label} / "
                f"{question.candidate}\u00a0: {question.reason}"
            )
        for problem in result.problems:
            where = ", ".join(
                str(part) for part in (problem.file, problem.line and f"ligne {problem.line}", problem.column) if part
            )
            told = ("À corriger" if problem.blocks else "À savoir", where, problem.reason)
            self.stdout.write("\u00a0: ".join(part for part in told if part))
        if result.batch:
            self.stdout.write(f"Lot {result.batch.pk}. Pour annuler\u00a0: preau undo-import {result.batch.pk}")


VERB_WORDS = {
    "created": "créé{}", "updated": "changé{}", "unchanged": "inchangé{}", "missing": "absent{} des fichiers",
}  # fmt: skip


def _counted(kind, verb, count):
    """« 2 créées » of classes, « 1 créé » of pupils."""
    ending = ("e" if kind == "classes" else "") + ("s" if count > 1 else "")
    return f"{count} {VERB_WORDS[verb].format(ending)}"


def as_json(result) -> dict:
    """The answer that other programs read."""
    return {
        "batch": str(result.batch.pk) if result.batch else None,
        **{kind: dict.fromkeys(VERBS, 0) if result.refused else result.counts[kind] for kind in KINDS},
        "to_decide": [question.as_json() for question in result.to_decide],
        "problems": [problem.as_json() for problem in result.problems],
        # Who is counted in `missing`: in Préau, and in no file given.
        "absent": [{"kind": each.kind, "label": each.label, "id": each.object_id} for each in result.missing],
    }


def _files(options):
    for kind in (PUPILS, GUARDIANS, TEACHERS):
        if options[kind]:
            path = Path(options[kind])
            try:
                yield actions.IncomingFile(path.name, path.read_bytes(), kind)
            except OSError as error:
                raise CommandError(f"{path} ne se lit pas\u00a0: {reason_of(error)}.")


def _year(text):
    """« 2026-2027 », « 2026 » or nothing."""
    if not text:
        return ""
    first, _, last = text.partition("-")
    if not (first.isdigit() and len(first) == 4 and last in ("", str(int(first) + 1))):
        raise CommandError(f"«\u00a0{text}\u00a0» n’est pas une année scolaire. Écrivez-la comme 2026-2027.")
    return f"{first}-{int(first) + 1}"
