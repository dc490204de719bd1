"""Asks every address as every actor, and writes what happened as docs/rights.md."""

from collections import defaultdict
from contextlib import contextmanager, nullcontext
from functools import cache

from django.db import connection, transaction
from django.http import HttpResponse
from django.urls import NoReverseMatch, reverse

from preau.web.views import errors
from tests.canaries import leaks
from tests.house.test_pages import LIBRARY_VIEWS, routes
from tests.rights.samples import sample_kwargs
from tests.rights.scans import read_whole
from tests.texts import text_of
from tests.world import audience_of

# Ten a page; allauth asks seven times which second factors an account has.
MOST_QUERIES, MOST_OF_LIBRARIES = 10, {"mfa_activate_totp": 14}
AUDIENCE, NOT_FOUND = "tests.audience", "web/errors/404.html"
OUTSIDE = {"anonymous", "suspended"}
METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
WRITES = ("INSERT", "UPDATE", "DELETE", "REPLACE")
# Tables a GET may touch: the session's own activity, never a business table (house.md §3).
SESSION_TABLES = ("django_session", "kit_cache", "people_session")


@contextmanager
def watch(asked, written):
    """Collects the statements with their values, and those that change a business table."""

    def look(execute, sql, params, many, context):
        if not sql.startswith(("SAVEPOINT", "RELEASE", "ROLLBACK")):
            asked.append((sql, params))
        if sql.lstrip().upper().startswith(WRITES) and not any(table in sql for table in SESSION_TABLES):
            written.append(sql[:90])
        return execute(sql, params, many, context)

    with connection.execute_wrapper(look):
        yield


@contextmanager
def undone():
    """What one actor writes is undone before the next asks: an act is done once, and who comes after would only read
    that it is done already."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def own_routes():
    """(full name, path with samples' names, methods) of every address that is ours."""
    for path, name, view in routes():
        if getattr(view, "__module__", "").startswith(LIBRARY_VIEWS) or not getattr(view, "methods", None):
            continue
        yield path, name, [m for m in view.methods if m != "HEAD"]


def outcome(response):
    """What an answer means for a right."""
    if response.status_code in (301, 302, 303):
        target = response.headers["Location"]
        return "sign in" if "/entrer/" in target else "second factor" if "/compte/double" in target else "reaches"
    return {200: "reaches", 409: "reaches", 422: "reaches", 403: "403", 404: "404", 405: "405"}.get(
        response.status_code, str(response.status_code)
    )


@cache
def declared_methods():
    """{full name: its methods}"""
    return {name: methods for _, name, methods in own_routes()}


def other_methods_taken(world, client_class, name, address, reaches):
    """The methods that an address takes and does not declare, from nobody and from one who reaches it (trust.md T1)."""
    declared = declared_methods()[name]
    refused = [method for method in METHODS if (method if method != "HEAD" else "GET") not in declared]
    clients = {actor: world.sign_in(client_class(), actor) for actor in (None, next(filter(None, reaches), "head"))}
    return [
        f"{method} {name} is taken from {actor}"
        for actor, client in clients.items()
        for method in refused
        if client.generic(method, address).status_code != 405
    ]


def whole_body(response):
    return b"".join(response.streaming_content) if response.streaming else response.content


def other_form(client, name, kwargs, turn):
    """The same table in another form it is offered in, ODS or XLSX in turn: to draw both for everyone takes minutes."""
    try:
        address = reverse(name, kwargs=kwargs | {"extension": ("ods", "xlsx")[turn % 2]})
    except NoReverseMatch:
        return b""
    return whole_body(client.get(address))


@contextmanager
def sparing(monkeypatch):
    """The page of what is not there knows nothing but who asks: each address draws it once for each audience."""
    drawn, draw = set(), errors.render

    def draw_once(request, template, *context, **how):
        audience = request.META.get(AUDIENCE)
        if template != NOT_FOUND or audience is None or audience not in drawn:
            drawn.update({audience} if template == NOT_FOUND else ())
            return draw(request, template, *context, **how)
        return HttpResponse(**how)

    with monkeypatch.context() as patch:
        patch.setattr(errors, "render", draw_once)
        yield


def ask_everyone(world, client_class, method, name, path, notes=()):
    """{outcome: [actors]}, leaks, GET writes, GET pages of too many queries and queries that read a long table whole,
    of one address. Each page that answers goes to each of the notes."""
    found, leaked, written, heavy = defaultdict(list), [], [], []
    kwargs = sample_kwargs(world, path)
    for actor in world.actors():
        asking = {AUDIENCE: audience_of(None if actor in OUTSIDE else actor)}
        client = world.sign_in(client_class(raise_request_exception=True, **asking), actor)
        asked = []
        is_read = method == "GET"
        with watch(asked, written if is_read else []), nullcontext() if is_read else undone():
            response = client.generic(method, reverse(name, kwargs=kwargs))
            bodies = [whole_body(response)]
        if is_read and len(asked) > MOST_OF_LIBRARIES.get(name, MOST_QUERIES):
            heavy.append(f"{name} asks {len(asked)} queries for {actor}")
        heavy += read_whole(name, asked)
        found[outcome(response)].append(actor or "anonymous")
        if is_read and response.status_code == 200:
            for note in notes:
                note(actor, name, response)
        if method == "GET" and response.status_code == 200 and "extension" in kwargs:
            bodies.append(other_form(client, name, kwargs, turn=len(found["reaches"])))
        stray = leaks("\n".join(map(text_of, bodies)), actor, name)
        if stray:
            leaked.append(f"{method} {name} shows {sorted(stray)} to {actor}")
    if method == declared_methods()[name][0]:  # once an address, of those that only take a form too
        reaches = (None if actor == "anonymous" else actor for actor in found.get("reaches", ()))
        leaked += other_methods_taken(world, client_class, name, reverse(name, kwargs=kwargs), reaches)
    return found, leaked, written, heavy


LABELS = ("reaches", "403", "second factor", "sign in", "405")


def as_line(method, name, found):
    """One line of docs/rights.md: who reaches the address, who is told why not, everyone else 404."""
    everyone = {actor for actors in found.values() for actor in actors}
    reach = set(found.get("reaches", ()))
    odd = sorted(set(found) - {*LABELS, "404"})
    parts = [f"{label}: {_names(set(found[label]), everyone, reach)}" for label in (*LABELS, *odd) if found.get(label)]
    return f"| `{name}` | {method} | {' · '.join(parts) or 'nobody'} |"


def _names(actors, everyone, reach):
    signed_in = everyone - OUTSIDE
    if actors == everyone:
        return "anyone"
    if actors == signed_in:
        return "everyone signed in"
    if actors == signed_in - reach:
        return "everyone else signed in"
    return ", ".join(sorted(actors))


HEADER = """# Who reaches what

Generated by `bin/test -m matrix tests/rights --update-rights` from the answers of every address to every actor of
`tests/world.py`, and kept as a snapshot: a change of right shows in the diff. Whoever is not named gets 404,
the same page as an address that does not exist. « 403 » is told the reason. Risk of a route is read from what it shows:
children's data appear only where a class, a school head or a family reaches it. What an act writes is undone
before the next actor asks.

| address | method | who |
|---|---|---|
"""
