"""A copy of the base on a live system, and a base put back at once: the databases' own interfaces, nothing else."""

import os
import shutil
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path

from django.db import connection


class BaseRefused(Exception):
    """The database's own tool refused; the text is what it said."""


def member_name() -> str:
    return "base.sqlite3" if connection.vendor == "sqlite" else "base.pgdump"


def dump(path: Path) -> None:
    """Writes one consistent moment of the base at `path`; readers and writers go on."""
    if connection.vendor == "sqlite":
        with closing(sqlite3.connect(_sqlite_path())) as live, closing(sqlite3.connect(path)) as copy:
            live.backup(copy)
    else:
        _postgres("pg_dump", "--format=custom", "--no-owner", "--no-privileges", f"--file={path}")


def find_damage(path: Path) -> str:
    """What is wrong with an unpacked base; empty when it is whole."""
    if connection.vendor == "sqlite":
        try:
            with closing(sqlite3.connect(path)) as copy:
                answer = copy.execute("PRAGMA integrity_check").fetchone()[0]
        except sqlite3.DatabaseError as failure:
            answer = str(failure)
        return "" if answer == "ok" else answer
    try:
        _run([_program("pg_restore"), "--list", str(path)], {})
    except BaseRefused as failure:
        return str(failure)
    return ""


def load(path: Path) -> None:
    """Puts the base back in one transaction: killed at any instant, the former base is whole."""
    connection.close()
    if connection.vendor == "sqlite":
        target = _sqlite_path()
        target.parent.mkdir(parents=True, exist_ok=True)
        with closing(sqlite3.connect(path)) as copy, closing(sqlite3.connect(target, timeout=30)) as live:
            copy.backup(live)
        target.chmod(0o600)
    else:
        _postgres(
            "pg_restore",
            "--clean",
            "--if-exists",
            "--no-owner",
            "--no-privileges",
            "--single-transaction",
            "--exit-on-error",
            path,
        )


def is_empty() -> bool:
    """No base, no table, or tables without a row that people would miss."""
    from preau.kit.digest import business_models

    if connection.vendor == "sqlite" and not _sqlite_path().exists():
        return True  # to ask would make one
    with connection.cursor() as cursor:
        tables = set(connection.introspection.table_names(cursor))
    return not any(model._meta.db_table in tables and model._base_manager.exists() for model in business_models())


def _sqlite_path():
    return Path(connection.settings_dict["NAME"])


def _program(name):
    """The newest installed: an older one refuses to dump a newer server."""
    kept = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"), key=lambda path: int(path.parts[4]))
    found = str(kept[-1]) if kept else shutil.which(name)
    if not found:
        raise BaseRefused(f"{name} n’est pas installé\u00a0: apt-get install postgresql-client")
    return found


def _postgres(name, *words):
    """The address goes by the environment: a password never shows in the list of processes."""
    known = connection.settings_dict
    env = {
        "PGHOST": known.get("HOST") or "", "PGPORT": str(known.get("PORT") or ""),
        "PGUSER": known.get("USER") or "", "PGPASSWORD": known.get("PASSWORD") or "",
        "PGOPTIONS": "-c lock_timeout=30s",
    }  # fmt: skip
    _run([_program(name), f"--dbname={known['NAME']}", *map(str, words)], {k: v for k, v in env.items() if v})


def _run(words, env):
    done = subprocess.run(
        words,
        env={**os.environ, **env},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )
    if done.returncode:
        raise BaseRefused(done.stderr.strip())
