"""The forms of the pages a person reaches, filled in as they come, and posted with an id or a field of somebody else's.

Trust.md T3 and ASVS statements 34 and 35: what is posted counts no more than what the address allows.
"""

import datetime
import re
import uuid
from contextlib import contextmanager
from itertools import zip_longest

import lxml.html
from django.db import connection, transaction
from django.urls import resolve, reverse

from preau.kit.digest import business_models
from preau.people.models import Person
from preau.places.models import School
from tests.canaries import FOUND
from tests.rights.full import FAR
from tests.rights.matrix import SESSION_TABLES, WRITES, own_routes
from tests.rights.plain import told
from tests.rights.swaps import KNOWN, NAME, ask
from tests.texts import text_of
from tests.world import TODAY

TYPED = {
    "date": str(TODAY), "number": "1", "time": "10:00", "email": "canari@ecole.example", "url": "https://ecole.example/",
    "datetime-local": f"{TODAY}T10:00", "tel": "0549000000",
}  # fmt: skip
# By the end of a field's name, for forms that take no sentence.
WORDS = {
    "first_name": "Lou", "last_name": "Canari", "birth_date": f"{TODAY.year - 8}-05-03", "phone": "0549000000",
    "postcode": "86000", "point": "46.58, 0.34", "kbps": "100", "value": "1", "level": "CM2", "minutes": "45",
    "envelope": "1000", "cost": "1000", "price": "100", "cents": "100",
    "closes_on": str(TODAY + datetime.timedelta(days=20)),
}  # fmt: skip
# What is drawn at each asking: ids and digests, keys, the name of a file, the label of an asset; when a message leaves
# after the digital pause, in the ten minutes from 7 h.
DRAWN = re.compile(
    r"[0-9a-f]{24,}|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|[A-Za-z0-9_=-]{40,}|sheets/[\w-]+\.pdf|^[A-Z0-9]{6}$"
    r"|^[\w-]{32}$"
    r"|(?<= 0[567]:)0\d:\d\d(\.\d+)?(?=$|[+])"
)


def rows_by_id():
    """{id: its table} of every row that stands."""
    found = {}
    for model in business_models():
        found |= {pk: model for pk in model._base_manager.values_list("pk", flat=True) if isinstance(pk, uuid.UUID)}
    return found


def forms_reached(client, actor, own):
    """(route, address, data) of every form of ours on the pages that the person reaches, each shape once."""
    seen = set()
    for path, name, _ in own_routes():
        if KNOWN.get((name, "GET"), {}).get(actor) != "reaches":
            continue
        page = reverse(name, kwargs={each: own[each] for each in NAME.findall(path)})
        _, headers, body = ask(client, "GET", page, ())
        for address, data in forms_of(body, page) if "text/html" in headers[2] and b"<form" in body else ():
            route = resolve(address.partition("?")[0]).view_name
            if (route, "POST") in KNOWN and (route, *sorted(data)) not in seen:  # signing in and out is allauth's
                seen.add((route, *sorted(data)))
                yield route, address, data


def somebody_else(foreign):
    """Fields that a form may not have taken from whoever posts (ASVS statement 35), with values that exist."""
    school, person = str(foreign[School]), str(foreign[Person])
    return {
        "role": "operator",
        "is_staff": "on",
        "is_superuser": "on",
        "is_active": "on",
        "state": "published",
        "school": school,
        "school_id": school,
        "author": person,
        "author_id": person,
        "person": person,
        "person_id": person,
    }


def forms_of(page, path):
    """(address, {name: [values]}) of each form that posts, filled in as far as it can be."""
    for form in lxml.html.fromstring(page).iter("form"):
        if (form.get("method") or "").lower() == "post":
            yield form.get("action") or path, filled(form)


def filled(form):
    """What a browser would send once the person has filled in what is empty and chosen the first of each choice."""
    data = {}
    for field in form.iter("input", "select", "textarea", "button"):
        name = field.get("name", "csrfmiddlewaretoken")
        if name != "csrfmiddlewaretoken" and field.get("type") != "file":
            data.setdefault(name, []).extend(value_of(field, data.get(name)))
    return data


def value_of(field, before):
    kind, name = field.get("type", "text"), field.get("name")
    word = next((word for end, word in WORDS.items() if name.endswith(end)), None)
    if field.tag == "select":
        values = [option.get("value") for option in field.iter("option") if option.get("value")]
        chosen = [option.get("value") for option in field.iter("option") if option.get("selected") is not None]
        return [value for value in chosen if value] or ([word] if word in values else values[:1])
    if field.tag == "textarea":
        return [(field.text or "").strip() or "Une phrase."]
    if field.tag == "button" or kind in ("radio", "checkbox", "submit"):
        return [] if before else [field.get("value", "on")]
    if kind == "hidden":
        return [field.get("value", "")]
    return [field.get("value") or word or TYPED.get(kind, "Une phrase.")]


@contextmanager
def writes(known):
    """Every statement that changes a business table, with what it writes; what is drawn at each asking left out."""
    found = []

    def look(execute, sql, params, many, context):
        if sql.lstrip().upper().startswith(WRITES) and not any(table in sql for table in SESSION_TABLES):
            found.append((sql, tuple(plain(each, known) for each in params or ())))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(look):
        yield found


def plain(value, known):
    """A value written: ids that stood before and words as they are, what was just drawn left out."""
    value = getattr(value, "obj", value)  # JSON for PostgreSQL, which shows its beginning alone
    return DRAWN.sub(lambda match: match[0] if _is_known(match[0], known) else "drawn", str(value))


def _is_known(text, known):
    try:
        return uuid.UUID(text) in known
    except ValueError:
        return False


@contextmanager
def numbers_put_back():
    """PostgreSQL rolls back rows and not its counters: what two askings write would differ by their numbers."""
    before = _counters()
    yield
    with connection.cursor() as cursor:
        for name, last in before.items() - _counters().items():
            cursor.execute("SELECT setval(%s, %s, %s)", [name, last or 1, last is not None])


def _counters():
    if connection.vendor != "postgresql":
        return {}
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT quote_ident(schemaname) || '.' || quote_ident(sequencename), last_value FROM pg_sequences"
        )
        return dict(cursor.fetchall())


def post(client, address, data, known):
    """(status, what was written, body); nothing stays."""
    with numbers_put_back(), transaction.atomic(), writes(known) as written:
        # As a browser: no form is posted empty.
        response = client.post(address, {"csrfmiddlewaretoken": "x", **data})
        status, _, body = told(response)
        transaction.set_rollback(True)
    return status, written, body


def exchanged(data, known, foreign):
    """(field, what, the same data with one id that is not this person's) for each id that a form holds."""
    for name, values in data.items():
        for number, value in enumerate(values):
            if not _is_known(value, known):
                continue
            own = uuid.UUID(value)
            others = {
                "of another city": foreign.get(known[own]), "the neighbour": uuid.UUID(int=own.int ^ 1),
                "nobody's": uuid.uuid4(), "malformed": "pas-un-identifiant",
            }  # fmt: skip
            for what, other in others.items():
                if other:
                    yield name, what, data | {name: [*values[:number], str(other), *values[number + 1 :]]}


def fault_of(status, written, body):
    """What is wrong with the answer to a form that holds an id which is not for this person."""
    stray = {word for word in FOUND.findall(text_of(body)) if word.startswith(f"Canari-{FAR}")}
    if status >= 500 or stray:
        return f"{status} {sorted(stray)}"
    return f"{status}, writes {written[0]}" if written else None


def unlike(before, after):
    """The first thing written that differs."""
    return next(((a, b) for a, b in zip_longest(before, after) if a != b), "")
