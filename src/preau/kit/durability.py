"""Whether the database keeps what it acknowledges, asked at start (trust.md §0.7). Nothing is assumed."""

from django.db import connection
from django.db.migrations.executor import MigrationExecutor

FULL = 2  # SQLite's number for synchronous=FULL
POSTGRES_ON = {"fsync": {"on"}, "full_page_writes": {"on"}}
POSTGRES_NOT = {"synchronous_commit": {"off"}}


def find_faults() -> list[str]:
    """French sentences, one for each setting that may lose an acknowledged write; empty when all is well."""
    return _sqlite_faults() if connection.vendor == "sqlite" else _postgres_faults()


def is_up_to_date() -> bool:
    """Whether the base has every table and column of this code."""
    executor = MigrationExecutor(connection)
    return not executor.migration_plan(executor.loader.graph.leaf_nodes())


def describe() -> str:
    """What was found, for `preau verify`."""
    if connection.vendor == "sqlite":
        return f"SQLite, journal_mode={_ask('PRAGMA journal_mode')}, synchronous={_ask('PRAGMA synchronous')}"
    names = (*POSTGRES_ON, *POSTGRES_NOT)
    return "PostgreSQL, " + ", ".join(f"{name}={_ask(f'SHOW {name}')}" for name in names)


def find_damage() -> list[str]:
    """The errors that the database's own integrity check reports; empty when there are none."""
    if connection.vendor != "sqlite":
        return []
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA integrity_check")
        answers = [row[0] for row in cursor.fetchall()]
    return [] if answers == ["ok"] else answers


def _ask(question):
    with connection.cursor() as cursor:
        cursor.execute(question)
        return cursor.fetchone()[0]


def _sqlite_faults():
    faults = []
    if _ask("PRAGMA synchronous") < FULL:
        faults.append("SQLite n’attend pas le disque\u00a0: réglez synchronous sur FULL.")
    if _ask("PRAGMA journal_mode") not in ("wal", "delete"):
        faults.append("SQLite n’a pas de journal sûr\u00a0: réglez journal_mode sur WAL.")
    return faults


def _postgres_faults():
    faults = []
    for name, accepted in POSTGRES_ON.items():
        if _ask(f"SHOW {name}") not in accepted:
            faults.append(f"PostgreSQL peut perdre des données\u00a0: réglez {name} sur on.")
    for name, refused in POSTGRES_NOT.items():
        if _ask(f"SHOW {name}") in refused:
            faults.append(f"PostgreSQL peut perdre des données\u00a0: {name} ne doit pas être off.")
    return faults
