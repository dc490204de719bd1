"""Which tables a query reads from end to end: what its page will cost once a city has written for a year.

SQLite plans without counting rows (Préau never asks it to, decision 0028): a query has one plan, on an empty base as on
a city's, so the matrix, which asks every address as every actor, can tell. PostgreSQL counts, and reads whole what has
few rows.
"""

from functools import cache

from django.db import connection

# Tables that stay short in the base of a city: its places, and what is written a few times a year.
SHORT = {
    "places_department", "places_city", "places_district", "places_school", "places_room", "spaces_stop",
    "agenda_council", "applications_call", "governance_agendaitem", "usage_closedweek",
    # Kept some days, or until they are answered.
    "people_signinattempt", "people_sheetask", "kit_scheduledjob", "django_tasks_database_dbtaskresult",
    "picture_to_declare",  # an index: of all photos, those that wait for who published them
}  # fmt: skip
# Pages opened a few times a year, and what they may read whole: what is held in a city, what was said lately by anyone.
RARE = {
    "base": {"people_mandate"},
    "schools:city_staff": {"people_mandate"},
    "governance:seat_list": {"people_mandate"},
    # The team of a dispositif, read from the groups of a school.
    "posts:group_publish": {"people_mandate"},
    "portal:group_home": {"people_mandate"},
    "spaces:account_list": {"spaces_publication", "comments_comment"},
    "spaces:account_detail": {"spaces_publication", "comments_comment"},
}
READING = ("SELECT", "WITH", "UPDATE", "DELETE")
SCANNED = {}  # {query: what it reads whole}, of this process


def read_whole(name, asked):
    """One line for each table that the queries of an address, (SQL, its values), read from end to end."""
    if connection.vendor != "sqlite":
        return []
    allowed, found = SHORT | RARE.get(name, set()), []
    for sql, values in asked:
        if sql not in SCANNED:
            SCANNED[sql] = scanned(sql, values) if sql.startswith(READING) else set()
        found += [f"{name} reads {table} whole: {sql}" for table in SCANNED[sql] - allowed]
    return found


def scanned(sql, values):
    """The tables where the instructions of a query begin at the first row, of the table or of one of its indexes; such
    an index alone by its own name, when it is a short one."""
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN {sql}", values)
        opened, found = {}, set()
        for _, instruction, number, root, *_ in cursor.fetchall():
            if instruction.startswith("Open"):  # else a table that the query makes for itself
                opened[number] = root if instruction == "OpenRead" else None
            elif instruction in ("Rewind", "Last") and opened.get(number):
                found.add(table_at(opened[number]))
    return found


@cache
def table_at(root):
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, tbl_name FROM sqlite_schema WHERE rootpage = %s", [root])
        name, table = cursor.fetchone()
        return name if name in SHORT else table
