"""A backup put back, after it was read whole; those erased since are erased again."""

import tempfile
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from preau.kit import backup, base_copy
from preau.people import actions as people
from preau.privacy import erased
from preau.privacy.actions import erase_again


class Command(BaseCommand):
    help = (
        "Remet une sauvegarde dans une base vide. Une archive abîmée est refusée avant de toucher à quoi que ce soit."
    )
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path, metavar="FICHIER", help="l’archive à remettre")
        parser.add_argument("--replace", action="store_true", help="remplacer ce qui est là (arrêtez Préau avant)")
        parser.add_argument(
            "--erased", dest="newer_list", type=Path, metavar="LISTE", help="liste plus récente des effacés"
        )

        parser.add_argument(
            "--moving",
            action="store_true",
            help="déménagement\u00a0: la machine d’avant est arrêtée depuis la sauvegarde\u00a0; rien n’est refermé",
        )

    def handle(self, *, file, replace, newer_list, moving, **options):
        if not file.is_file():
            raise CommandError(f"{file}\u00a0: aucun fichier ne porte ce nom.")
        if newer_list:
            check_list(newer_list)
        if not replace and not is_empty():
            raise CommandError("La base d’ici n’est pas vide. Pour la remplacer, ajoutez --replace.")
        Path(settings.HOME).mkdir(parents=True, exist_ok=True)
        try:
            with tempfile.TemporaryDirectory(dir=settings.HOME, prefix=".restore-") as folder:
                manifest = unpack(file, Path(folder))
                backup.put_back(Path(folder), manifest)
                forgotten = gather_erased(Path(folder), newer_list)
        except (backup.Damaged, base_copy.BaseRefused) as refusal:
            raise CommandError(str(refusal)) from refusal
        call_command("migrate", verbosity=0, interactive=False)
        returned = erase_again(ids=list(forgotten), now=timezone.now())
        self.stdout.write(f"Sauvegarde du {manifest.made_at[:16]} remise\u00a0: {len(manifest.members)} éléments.")
        if returned:
            self.stdout.write(f"Personnes effacées depuis, effacées de nouveau\u00a0: {returned}.")
        if not moving:
            self.close_doors()

    def close_doors(self):
        """What a person ended since the backup, a session or a sheet, must not open again."""
        sessions, codes, cards = people.close_doors(now=timezone.now())
        self.stdout.write(f"Sessions fermées\u00a0: {sessions}. Chacun entre de nouveau avec son mot de passe.")
        self.stdout.write(f"Fiches de connexion annulées\u00a0: {codes}. Les écoles impriment celles qui manquent.")
        if cards:
            self.stdout.write(f"Cartes de la maison annulées\u00a0: {cards}. Les classes en impriment d’autres.")
        self.stdout.write("Mots de passe, seconds facteurs et mandats sont ceux de ce jour-là\u00a0: voyez la notice.")


def check_list(copy):
    """Before anything is touched: a list that says nobody would give back, unsaid, persons who were erased."""
    try:
        is_list = not copy.read_text().strip() or erased.read(copy)
    except (OSError, UnicodeError):
        is_list = False
    if not is_list:
        raise CommandError(f"{copy} n’est pas une liste de personnes effacées. Rien n’a changé.")


def is_empty():
    return base_copy.is_empty() and not any(path.is_file() for path in Path(settings.FILES_ROOT).rglob("*"))


def unpack(file, folder):
    """Reads and checks everything before anything is touched."""
    backup.check_fits(backup.read(file))
    manifest = backup.read(file, into=folder)
    damage = base_copy.find_damage(folder / base_copy.member_name())
    if damage:
        raise backup.Damaged(f"La base de cette sauvegarde est abîmée\u00a0: {damage}")
    return manifest


def gather_erased(folder, copy):
    """The list of this home, the archive's, and the copy given, together; kept in this home."""
    erased.merge(erased.read(folder / backup.ERASED))
    if copy:
        erased.merge(erased.read(copy))
    return erased.read()
