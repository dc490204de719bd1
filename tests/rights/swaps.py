"""Each id of an address exchanged for one that the person may know nothing of (trust.md T3, ASVS statement 31)."""

import re
import uuid
from dataclasses import dataclass

from django.db import transaction
from django.urls import reverse

from tests.canaries import FOUND, leaks
from tests.house.source import ROOT
from tests.rights.full import FAR
from tests.rights.matrix import own_routes
from tests.rights.plain import told
from tests.texts import text_of

CITY_OF_FAR = {"head_far", "city_education_far", "ien_other", "guardian_far", "pupil_far"}
EVERYWHERE = {"operator"}  # has a right over every city
# Of one school alone, and who is at its neighbour's.
OF_ONE_SCHOOL = {
    "guardian", "guardian_coparent", "guardian_other_family", "guardian_other_class", "guardian_ulis",
    "guardian_restricted", "pupil_cm2", "teacher", "teacher_other_class", "former_teacher", "supply", "aesh", "atsem",
    "canteen", "animator", "site_manager", "head",
}  # fmt: skip
NEIGHBOURS = {"head_other_school", "teacher_other_school", "guardian_other_school", "pupil_other_school"}
NAME = re.compile(r"[<:](\w+)>")
NO_ID = {"extension", "year"}  # nobody’s own, and their converters take nothing else
ANYONE = {"anyone", "everyone signed in", "everyone else signed in"}
MALFORMED = "pas-un-identifiant"


@dataclass(frozen=True)
class Values:
    """{name an address takes: a value}: of the school, of the other city, there no more, of the school next door."""

    own: dict
    far: dict
    gone: dict
    near: dict


def who_knows():
    """{(route, method): {actor: « reaches » or « 403 »}} as docs/rights.md says; « anyone » is an actor too."""
    known = {}
    for line in (ROOT / "docs" / "rights.md").read_text().splitlines():
        if line.startswith("| `"):
            route, method, who = line.strip("| ").split(" | ")
            labels = (part.split(": ") for part in who.split(" · ") if ": " in part)
            known[route.strip("`"), method] = {
                name: label for label, names in labels if label in ("reaches", "403") for name in names.split(", ")
            }
    return known


KNOWN = who_knows()


STRANGERS = {"of another city": CITY_OF_FAR, "of another school": NEIGHBOURS}


def is_closed(name, method, what):
    """No stranger of that kind reaches the address of a row of « Tilleuls », nor is told that it is there: so neither
    is one of « Tilleuls » of theirs. What exists nowhere is closed to all."""
    return what not in STRANGERS or not (STRANGERS[what] | ANYONE) & set(KNOWN[name, method])


def routes_of(actor):
    """(method, route, path) of the addresses that hold an id and that the actor reaches."""
    for path, name, methods in own_routes():
        for method in methods if set(NAME.findall(path)) - NO_ID else ():
            if KNOWN[name, method].get(actor) == "reaches":
                yield method, name, path


def foreign(name, actor, values):
    """{what: another value for this name of an address}."""
    others = {"of another city": values.far[name]}
    if actor in OF_ONE_SCHOOL and name in values.near:
        others["of another school"] = values.near[name]
    if isinstance(values.own[name], uuid.UUID):
        neighbour = uuid.UUID(int=values.own[name].int ^ 1)
        return others | {"gone": values.gone[name], "one bit away": neighbour, "nobody's": uuid.uuid4()}
    return others if name in ("slug", "tag") else {}


def ask(client, method, address, said):
    """(status, where to, body) with what was said in the address taken out; nothing it wrote stays."""
    with transaction.atomic():
        response = client.generic(method, address)
        answer = told(response, *said)
        transaction.set_rollback(True)
    return answer


def swaps(client, actor, method, name, path, values):
    """(number asked, what is wrong) for one address and one person."""
    names = NAME.findall(path)
    kwargs = {each: values.own[each] for each in names}
    asked, wrong = 0, []
    for swapped in (each for each in names if each not in NO_ID):
        nothing = ask_with(client, method, name, kwargs, swapped, absent(kwargs[swapped]))
        for what, value in foreign(swapped, actor, values).items():
            answer = ask_with(client, method, name, kwargs, swapped, value)
            asked += 1
            if fault := fault_of(answer, nothing, actor, is_closed(name, method, what)):
                wrong.append(f"{method} {name} to {actor}, {swapped} {what}: {fault}")
        answer = ask(client, method, broken(name, kwargs, swapped), (MALFORMED,))
        asked += 1
        if answer[0] not in (404, 405):
            wrong.append(f"{method} {name} to {actor}, {swapped} malformed: {answer[0]}")
    return asked, wrong


def absent(value):
    """A value of the same shape that was never anything's."""
    if isinstance(value, int):
        return 987654
    return uuid.uuid4() if isinstance(value, uuid.UUID) else "zz99zz"


def ask_with(client, method, name, kwargs, swapped, value):
    return ask(client, method, reverse(name, kwargs=kwargs | {swapped: value}), (str(value),))


def broken(name, kwargs, swapped):
    """The address with something that is no id in the place of one."""
    mark = absent(kwargs[swapped])
    return reverse(name, kwargs=kwargs | {swapped: mark}).replace(str(mark), MALFORMED)


def fault_of(answer, nothing, actor, must_equal):
    """What is wrong with an answer about a foreign row, beside the answer about nothing at all."""
    status, _, body = answer
    if status >= 500:
        return str(status)
    text = text_of(body)
    stray = leaks(text, actor) | {word for word in FOUND.findall(text) if word.startswith(f"Canari-{FAR}")}
    if stray:
        return f"shows {sorted(stray)}"
    if must_equal and (nothing[0] != 404 or answer != nothing):
        return f"{status}, and {nothing[0]} for what does not exist"
    return None
