"""`preau wifi-bridge`: runs beside the controllers of access points; touches no base."""

import itertools
import time
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils.module_loading import import_string
from django.utils.timezone import now

from preau.plan.wifi.bridge import Bridge, ask_over_http


class Command(BaseCommand):
    help = "Dit à Préau ce que font les bornes Wi-Fi, et leur fait faire ce que Préau demande."
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("--address", required=True, help="https://…/plan/wifi/releves/")
        parser.add_argument("--key-file", required=True, type=Path, help="fichier qui contient la clé de la ville")
        parser.add_argument("--points", required=True, help="étiquettes des bornes, séparées par des virgules")
        parser.add_argument(
            "--controller",
            default="preau.plan.wifi.bridge.Simulated",
            help="classe du pilote, qui reçoit les étiquettes",
        )
        parser.add_argument("--every", type=float, default=10, help="secondes entre deux tours")
        parser.add_argument("--turns", type=int, help="s’arrêter après tant de tours")

    def handle(self, *, address, key_file, points, controller, every, turns, **options):
        try:
            driver = import_string(controller)(points.split(","))
            bridge = Bridge(driver, ask_over_http(address, key_file.read_text().strip()))
        except (OSError, ImportError, ValueError) as wrong:
            raise CommandError(str(wrong)) from wrong
        for number in itertools.count(1):
            heard = bridge.turn(now())
            states = ", ".join(f"{p.tag} {'on' if p.is_on else 'off'}" for p in driver.points())
            self.stdout.write(f"{now():%H:%M:%S} {'' if heard else 'Préau ne répond pas. '}{states}")
            if number == turns:
                return
            time.sleep(every)
