"""One value for the data, one for the whole state: equal digests mean equal rows and files, whatever the database."""

import datetime
import hashlib
import json
from dataclasses import dataclass
from pathlib import Path

from django.apps import apps
from django.conf import settings

CHUNK = 2000
# Files that pass: sheets with living codes, files just dropped. They last a day, and no backup holds them.
PASSING = "private"
# Made by migrations, the same for the same code.
NOT_DATA = {"contenttypes", "auth"}
# Sessions and jobs run beside the data. A model of ours that tells how the data came to be, or opens a door for a
# time as sessions do, says `is_trace = True`: an undoing and a restore give the rest back.
BESIDE = {"sessions", "django_tasks_db", "django_tasks_database"}


@dataclass(frozen=True)
class Digest:
    """The digest with what it was made of."""

    value: str
    business: str  # of the business tables and the files: equal before an import and after its undoing
    tables: dict  # label → number of rows, of the business tables
    files_count: int

    @property
    def rows_count(self) -> int:
        return sum(self.tables.values())


def data_models() -> list:
    """Every table that holds data, ours or a library's (sessions, second factors, jobs)."""
    found = [model for model in apps.get_models() if model._meta.managed and not model._meta.proxy]
    return sorted((m for m in found if m._meta.app_label not in NOT_DATA), key=lambda m: m._meta.label)


def business_models() -> list:
    """`data_models` without traces (journal, batches), sessions and jobs: the tables that an undo restores."""
    return [m for m in data_models() if m._meta.app_label not in BESIDE and not getattr(m, "is_trace", False)]


def take(*, files=True) -> Digest:
    """The digest of every table and of the stored files.

    Rows are added up rather than chained: the result does not hang on the order a database gives text keys.
    """
    whole, business, counts = hashlib.sha256(), hashlib.sha256(), {}
    put_back = set(business_models())
    for model in data_models():
        total, count = digest_table(model)
        line = f"{model._meta.label} {count} {total:064x}\n".encode()
        whole.update(line)
        if model in put_back:
            counts[model._meta.label] = count
            business.update(line)
    stored = list(kept_files()) if files else []
    for name, path in stored:
        line = f"{name} {digest_file(path)}\n".encode()
        whole.update(line)
        business.update(line)
    return Digest(whole.hexdigest(), business.hexdigest(), counts, len(stored))


def business_digest() -> str:
    """The digest of the business tables alone: equal before an import and after its undoing."""
    return take(files=False).business


def digest_table(model) -> tuple[int, int]:
    """(sum of the rows' SHA-256 modulo 2**256, number of rows)."""
    names = [field.attname for field in model._meta.concrete_fields]
    total = count = 0
    for row in model._base_manager.order_by().values_list(*names).iterator(chunk_size=CHUNK):
        text = json.dumps(row, default=_plain, sort_keys=True, ensure_ascii=False)
        total += int.from_bytes(hashlib.sha256(text.encode()).digest())
        count += 1
    return total % 2**256, count


def digest_json(content) -> str:
    """SHA-256, 64 hexadecimal signs, of the canonical JSON of a value: the same on every base."""
    text = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def digest_file(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def kept_files():
    """(name, path) of the stored files that are counted and backed up, in order; temporary ones are left out."""
    root = Path(settings.FILES_ROOT)
    for path in sorted(root.rglob("*")):
        name = path.relative_to(root)
        if name.parts[0] != PASSING and path.is_file():
            yield name.as_posix(), path


def _plain(value):
    if isinstance(value, datetime.datetime):
        return value.astimezone(datetime.UTC).isoformat()
    if isinstance(value, bytes | memoryview):
        return bytes(value).hex()
    return str(value)
