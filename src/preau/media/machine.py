"""What files ask of this machine: an antivirus, and what writes voices again."""

from preau.kit.rooms.machine import Said
from preau.media import antivirus, voices

NO_ENGINE = "Il n’est pas réglé (PREAU_CLAMD)\u00a0: les fichiers reçus ne sont pas regardés avant d’être ouverts."
DOWN = "Il ne répond pas\u00a0: les fichiers reçus attendent, personne ne les ouvre. Relancez clamd."


def say_antivirus() -> Said:
    """Set, and answering."""
    if not antivirus.is_set():
        return Said("Antivirus", False, NO_ENGINE)
    if not antivirus.answers():
        return Said("Antivirus", False, DOWN)
    return Said("Antivirus", True, "Il répond, et regarde chaque fichier reçu.")


def say_voices() -> Said:
    """Installed or not."""
    if not voices.programme():
        return Said("Messages vocaux (ffmpeg)", False, "Il n’est pas installé\u00a0: la voix n’est pas proposée.")
    return Said("Messages vocaux (ffmpeg)", True, "Il est installé\u00a0: une minute de voix, que tout appareil lit.")


SAYS = (say_antivirus, say_voices)
