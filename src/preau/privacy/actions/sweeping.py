"""Files that no row holds: a crash left them between the store and the base, or a row went by another way."""

import datetime
from collections import defaultdict

from django.core.files.storage import default_storage

from preau.kit.digest import PASSING
from preau.privacy.declarations import declared

KEPT = datetime.timedelta(days=1)  # a file is stored before its row is sure


def sweep_files(*, now: datetime.datetime, passing_only: bool = False, dry_run: bool = False) -> int:
    """Deletes the files older than a day, in the folders that tables declare, whose name no row gives.

    `passing_only` looks at what lasts a day anyway (sheets with living codes). Returns how many files.
    """
    count = 0
    for folder, entries in _folders(passing_only).items():
        old = [name for name in _files_under(folder) if _is_old(name, now)]
        held = {name for entry in entries for name in entry.file_names(_rows(entry))} if old else set()
        lost = [name for name in old if name not in held]
        count += len(lost)
        if not dry_run:
            for name in lost:
                default_storage.delete(name)
            _tidy(folder, now)
    return count


def _folders(passing_only):
    found = defaultdict(list)
    for entry in declared():
        for folder in entry.privacy.folders:
            if not passing_only or folder.split("/")[0] == PASSING:
                found[folder].append(entry)
    return found


def _rows(entry):
    return entry.model._base_manager.iterator(chunk_size=2000)


def _is_old(name, now):
    try:
        return default_storage.get_modified_time(name) <= now - KEPT
    except FileNotFoundError:
        return False  # deleted meanwhile


def _files_under(folder):
    """Names of files, at any depth."""
    folders, names = _list(folder)
    yield from (f"{folder}/{name}" for name in names)
    for inside in folders:
        yield from _files_under(f"{folder}/{inside}")


def _tidy(folder, now):
    """A folder made for one row of what passes goes when it is empty; those of pictures serve again."""
    for inside in _list(folder)[0] if folder.split("/")[0] == PASSING else ():
        path = f"{folder}/{inside}"
        if _is_old(path, now) and _list(path) == ([], []):
            default_storage.delete(path)


def _list(folder):
    try:
        return default_storage.listdir(folder)
    except FileNotFoundError:
        return [], []
