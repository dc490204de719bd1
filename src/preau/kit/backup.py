"""One archive for the whole state: the base, the files, the list of erased persons, the home's key, a demo's banner.

A plain tar: `base.sqlite3` or `base.pgdump`, `files/…`, then the manifest, last, named after its own SHA-256: an
archive cut or changed anywhere has no manifest that agrees. Reading one never touches the present state before the
whole archive was read and found whole.
"""

import hashlib
import io
import json
import os
import tarfile
import tempfile
from dataclasses import dataclass, field
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from preau import __version__
from preau.kit import base_copy
from preau.kit.digest import kept_files

FORMAT, FORMAT_VERSION = "preau-backup", 1
BLOCK = 1 << 20
RECORD = tarfile.RECORDSIZE
ERASED, SECRET, BANNER = "erased.jsonl", "secret_key", "banner.txt"


class Damaged(Exception):
    """The archive is refused; the text is a French sentence that says why."""


@dataclass
class Manifest:
    """The description an archive holds of itself; `members` maps a name to its size and SHA-256."""

    engine: str
    preau: str
    made_at: str
    migrations: list
    members: dict = field(default_factory=dict)

    def to_bytes(self) -> bytes:
        content = {"format": FORMAT, "format_version": FORMAT_VERSION, **self.__dict__}
        return json.dumps(content, sort_keys=True, indent=1).encode()


def create(path: Path, *, now) -> Manifest:
    """Writes the archive at `path`, at once or not at all. The system may be in use."""
    manifest = Manifest(connection.vendor, __version__, now.isoformat(), _applied_migrations())
    part = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        with tempfile.TemporaryDirectory(dir=settings.HOME) as scratch, _private(part) as stream:
            with tarfile.open(fileobj=stream, mode="w", format=tarfile.PAX_FORMAT) as archive:
                base = Path(scratch) / base_copy.member_name()
                base_copy.dump(base)
                _add(archive, manifest, base.name, base)
                # After the base: a file that came later is of no use yet, one that went since was meant to go.
                for name, file in _home_files():
                    _add(archive, manifest, name, file)
                content = manifest.to_bytes()
                _add_bytes(archive, f"manifest-{hashlib.sha256(content).hexdigest()}.json", content)
            stream.flush()
            os.fsync(stream.fileno())
        os.replace(part, path)
    finally:
        part.unlink(missing_ok=True)
    return manifest


def read(path: Path, into: Path | None = None) -> Manifest:
    """Reads the whole archive and checks every byte; unpacks it when `into` is given. Raises Damaged."""
    try:
        with tarfile.open(path, mode="r:") as archive:
            found, manifest = _read_members(archive, into)
            whole = _whole_size(archive)
    except (tarfile.TarError, UnicodeError, ValueError, OverflowError):
        raise Damaged("Ce fichier n’est pas une sauvegarde de Préau, ou il est abîmé.") from None
    if manifest is None or path.stat().st_size != whole:
        raise Damaged("Cette sauvegarde est coupée ou abîmée.")
    if found != manifest.members:
        raise Damaged("Cette sauvegarde est abîmée\u00a0: son contenu ne correspond pas à sa liste.")
    return manifest


def check_fits(manifest: Manifest) -> None:
    """Raises Damaged when this code or this database cannot hold the archive."""
    if _version(manifest.preau) > _version(__version__):
        raise Damaged(f"Cette sauvegarde vient de Préau {manifest.preau}. Mettez d’abord Préau à jour.")
    unknown = set(map(tuple, manifest.migrations)) - set(MigrationLoader(None).disk_migrations)
    if unknown:
        raise Damaged("Cette sauvegarde vient d’une version plus récente de Préau. Mettez d’abord Préau à jour.")
    if manifest.engine != connection.vendor:
        raise Damaged(f"Cette sauvegarde vient de {manifest.engine}\u00a0; la base d’ici est {connection.vendor}.")
    if base_copy.member_name() not in manifest.members:
        raise Damaged("Cette sauvegarde ne contient pas de base\u00a0: rien n’a changé.")


def put_back(folder: Path, manifest: Manifest) -> None:
    """Puts an unpacked archive in place: files first, then the base at once, then files of before go away."""
    kept = set()
    for name in manifest.members:
        target = _target(name)
        if target is None:
            continue
        kept.add(target)
        target.parent.mkdir(parents=True, exist_ok=True)
        os.replace(folder / name, target)
        target.chmod(0o600)
    if settings.HOME / BANNER not in kept:
        (settings.HOME / BANNER).unlink(missing_ok=True)  # what is put back is no demo
    base_copy.load(folder / base_copy.member_name())
    for path in sorted(Path(settings.FILES_ROOT).rglob("*"), reverse=True):
        if path.is_dir():
            if not any(path.iterdir()):
                path.rmdir()
        elif path not in kept:
            path.unlink()


def _target(name) -> Path | None:
    """Where a member goes; the base and the list of the erased are put back otherwise."""
    if name.startswith("files/"):
        return Path(settings.FILES_ROOT) / name.removeprefix("files/")
    return settings.HOME / name if name in (SECRET, BANNER) else None


def _home_files():
    for name, path in kept_files():
        yield f"files/{name}", path
    for name in (ERASED, SECRET, BANNER):
        if (settings.HOME / name).exists():
            yield name, settings.HOME / name


def _private(path):
    return os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb")


def _add(archive, manifest, name, path):
    try:
        stream = path.open("rb")
    except FileNotFoundError:
        return  # withdrawn while we read
    with stream:
        info = tarfile.TarInfo(name)
        info.size, info.mode = os.fstat(stream.fileno()).st_size, 0o600
        reader = _Hashing(stream)
        archive.addfile(info, reader)
        manifest.members[name] = {"size": info.size, "sha256": reader.hexdigest()}


def _add_bytes(archive, name, content):
    info = tarfile.TarInfo(name)
    info.size, info.mode = len(content), 0o600
    archive.addfile(info, io.BytesIO(content))


class _Hashing:
    """Digests what passes through."""

    def __init__(self, stream):
        self.stream, self.sum = stream, hashlib.sha256()

    def read(self, size=-1):
        block = self.stream.read(size)
        self.sum.update(block)
        return block

    def hexdigest(self):
        return self.sum.hexdigest()


def _read_members(archive, into):
    found, manifest = {}, None
    for info in archive:
        if manifest is not None or not info.isreg() or not _is_safe(info.name):
            raise Damaged("Cette sauvegarde contient autre chose que ce que Préau y met.")
        if info.name.startswith("manifest-"):
            manifest = _parse_manifest(info.name, archive.extractfile(info).read())
            continue
        found[info.name] = _read_member(archive.extractfile(info), into and into / info.name)
    return found, manifest


def _whole_size(archive):
    """What the file must weigh: its members, two empty blocks, filled up to whole records."""
    last = archive.getmembers()[-1] if archive.getmembers() else None
    end = last.offset_data + last.size + -last.size % tarfile.BLOCKSIZE if last else 0
    return -(-(end + 2 * tarfile.BLOCKSIZE) // RECORD) * RECORD


def _is_safe(name):
    parts = name.split("/")
    return not name.startswith("/") and "\\" not in name and not {"", ".", ".."} & set(parts)


def _read_member(stream, path):
    reader, size = _Hashing(stream), 0
    if path:
        path.parent.mkdir(parents=True, exist_ok=True)
    with _private(path) if path else open(os.devnull, "wb") as out:
        while block := reader.read(BLOCK):
            size += len(block)
            out.write(block)
    return {"size": size, "sha256": reader.hexdigest()}


def _parse_manifest(name, content):
    if name != f"manifest-{hashlib.sha256(content).hexdigest()}.json":
        raise Damaged("Cette sauvegarde est abîmée\u00a0: sa liste ne correspond pas à son empreinte.")
    said = json.loads(content)
    if said.pop("format", "") != FORMAT or said.pop("format_version", 0) != FORMAT_VERSION:
        raise Damaged("Cette sauvegarde est d’une forme que cette version de Préau ne connaît pas.")
    return Manifest(**said)


def _applied_migrations():
    return sorted(list(key) for key in MigrationLoader(connection).applied_migrations)


def _version(text):
    return tuple(int(part) for part in text.split(".")[:3])
