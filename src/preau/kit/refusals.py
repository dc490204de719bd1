"""Errors of the operating system, said in a French sentence to whoever typed the command."""

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
    """The reason, without the file's name; the system's own text for rare errors."""
    return REASONS.get(failure.errno, failure.strerror or str(failure))
