"""The folder of everything that is a city's own: for Préau's account alone, and able to be written."""

import os
import stat
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

from preau.kit.refusals import reason_of

OTHERS = stat.S_IRWXG | stat.S_IRWXO
BASE = "preau.sqlite3"
OURS = (
    BASE,
    f"{BASE}-wal",
    f"{BASE}-shm",
    "files",
    "spool",
    "backups",
    "secret_key",
    "erased.jsonl",
    "banner.txt",
    "mails",
)

SHARED = (
    "/", "/tmp", "/var/tmp", "/dev/shm", "/home", "/srv", "/var", "/var/lib", "/var/www", "/opt", "/root", "/etc",
    "/usr", "/usr/local",
)  # fmt: skip


def open_home(home: Path) -> Path:
    """Makes it, or takes every right of others from it and from what is ours inside, whatever was there and whatever
    the umask, which also shuts what is made later. Raises ImproperlyConfigured with a sentence that names the place."""
    os.umask(OTHERS)
    try:
        home.mkdir(mode=0o700, parents=True, exist_ok=True)
        if str(home) in SHARED:  # to shut it would stop the machine
            raise ImproperlyConfigured(f"{home}\u00a0: ce dossier est à tout le monde. Donnez à Préau le sien.")
        _shut(home, inside=[home / name for name in OURS])
    except OSError as failure:
        raise _refused(failure.filename or home, reason_of(failure)) from None
    for path in (home, home / BASE):
        if path.exists() and not os.access(path, os.W_OK):
            is_disk = os.statvfs(path).f_flag & os.ST_RDONLY
            raise _refused(path, "ce disque ne s’écrit pas" if is_disk else "ce compte n’y a pas accès")
    return home


def _shut(path, inside=None):
    try:
        mode = path.lstat().st_mode
        if mode & OTHERS and not stat.S_ISLNK(mode):
            path.chmod(stat.S_IMODE(mode) & ~OTHERS)
            inside = path.iterdir() if inside is None and stat.S_ISDIR(mode) else inside
    except FileNotFoundError:  # another process took it away
        return
    for each in inside or ():
        _shut(each)


def _refused(path, reason):
    return ImproperlyConfigured(f"{path}\u00a0: {reason}. Préau garde tout dans PREAU_HOME, et doit pouvoir y écrire.")
