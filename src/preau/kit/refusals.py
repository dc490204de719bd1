"""What the machine refuses to a command, in a sentence for who typed it."""

import errno

REASONS = {
    errno.ENOENT: "rien ne porte ce nom",
    errno.EISDIR: "c’est un dossier, pas un fichier",
    errno.ENOTDIR: "une partie de ce chemin n’est pas un dossier",
    errno.EACCES: "ce compte n’y a pas accès",
    errno.EPERM: "ce compte n’y a pas accès",
    errno.EROFS: "ce disque ne s’écrit pas",
    errno.ENOSPC: "le disque est plein",
}


def reason_of(failure: OSError) -> str:
    """Why, without the name; the system’s own words for what is rare."""
    return REASONS.get(failure.errno, failure.strerror or str(failure))
