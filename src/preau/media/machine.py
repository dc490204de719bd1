"""What files ask of this machine: an antivirus, and what writes voices and videos again."""

from preau.kit.rooms.machine import Said
from preau.media import antivirus, voices

NO_ENGINE = "Il n’est pas réglé (PREAU_CLAMD)\u00a0: les fichiers reçus ne sont pas regardés avant d’être ouverts."
FFMPEG = "Voix et vidéos (ffmpeg)"
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
        return Said(FFMPEG, False, "Il n’est pas installé\u00a0: ni la voix ni la vidéo ne sont proposées.")
    return Said(FFMPEG, True, "Il est installé\u00a0: une minute de voix, 90 secondes de vidéo, que tout appareil lit.")


SAYS = (say_antivirus, say_voices)
