"""Every field of the house filled with what tries to run, and every answer read by a parser (trust.md T4, T5, T9).

Fields are found where a person meets them, in the forms of the pages that they reach, searches included: a new field is
there by itself. What is typed is marked: `<x-canari…>`, and an attribute of that name for what leaves its
quotes; found as a node or as an attribute, somebody's words became code.
"""

import csv
import datetime
import io
import re
import zipfile
from functools import cache
from itertools import cycle

import lxml.etree
import lxml.html
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.urls import resolve, reverse
from django.utils import timezone

from preau.kit.mail import send_due
from preau.notify.actions import tell_evening
from tests.ent.posts.xss import CALL, payloads
from tests.media import films, sounds
from tests.media.samples import drawing, encoded
from tests.rights.matrix import own_routes, whole_body
from tests.rights.posted import filled
from tests.rights.swaps import KNOWN, NAME
from tests.texts import text_of
from tests.world import TODAY

MARK = "x-canari"
# What a base, a table, a template, a log or a spreadsheet might stumble on.
NAUGHTY = (
    "=1+1", "+1+1", "-1+1", "@SUM(A1)", "\t=1+1", "{{ 7|add:7 }}{% now 'Y' %}", "${7*7}", "%s%n%x", "' OR '1'='1", "\\",
    "NULL", "undefined", "1e309", "٣٫١٤", "e\u0301\u0323", "👩‍👩‍👧‍👦🏳️‍🌈", "﷽",
    "\u202eelbisivni\u2066", "\u200b\u00ad\ufeff", "Ω≈ç√∫",
    "BEGIN:VEVENT\r\nEND:VCALENDAR", "Bcc: a@exemple.fr\r\n\r\nx", "../../etc/passwd", "<?xml version='1.0'?>", "]]>",
    "a" * 300, "مرحبا", "\ud83d".encode("utf-16", "surrogatepass").decode("utf-16", "replace"),
)  # fmt: skip
ANGLES = f"=1+1 \"'><{MARK} onfocus={CALL}></{MARK}><script>{CALL}</script>"
NO_ANGLES = f"=1+1 \"' {MARK}=1 onfocus={CALL} autofocus "
TYPED = ("text", "search", "textarea", "tel", "url", "email", "password")
RUNS = re.compile(r"^[\x00-\x20]*(?:j\s*a\s*v\s*a|v\s*b)\s*s\s*c\s*r\s*i\s*p\s*t\s*:|^[\x00-\x20]*data:text/html", re.I)
LEADS = ("href", "src", "action", "formaction", "data", "poster", "xlink:href", "srcset")
NEVER = ("iframe", "object", "embed", "base", "applet", "frame", "marquee", "portal")
NUMBER = re.compile(r"[+-]?[\d\s\u00a0\u202f.,]+%?$")
ICS_LINE = re.compile(rb"[A-Z-]+[;:]| ")
LEFT_EMPTY, LATER = ("last_on", "is_sure"), {"ends_at": ["11:00"]}  # an end equal to its beginning is refused
# Of a name of person, where no sign of a tag and no figure is taken; what a date is when today is not.
AS_A_NAME = f"d'{MARK} onfocus autofocus"
DAYS = [str(TODAY + datetime.timedelta(days=days)) for days in (7 - TODAY.weekday(), 20)]
ROUNDS = 7
STATIC = ("/static/", "/media/")


def forms_met(client, pages):
    """(route, address, method, data, {field: (its kind, the most it takes)}, {field of files: what it takes}) of each
    form on these pages, each shape once, when one types words in it or joins a file to it."""
    seen = set()
    for _, page in pages:
        with undone():
            response = client.get(page)
            body = whole_body(response)
        if not response.headers.get("Content-Type", "").startswith("text/html") or b"<form" not in body:
            continue
        for form in lxml.html.fromstring(body).iter("form"):
            method = (form.get("method") or "get").lower()
            address = (form.get("action") or page).strip()  # as a browser does
            typed, files = fields_of(form)
            route = route_of(address)
            shape = (route, method, *sorted(typed), *files.items())
            if (typed or files) and shape not in seen and (method == "get" or (route, "POST") in KNOWN):
                seen.add(shape)
                yield route, address, method, filled(form), typed, files


def route_of(address):
    return resolve(address.partition("?")[0]).view_name


def pages_of(actor, own):
    """(route, address) of what docs/rights.md says that the actor reaches."""
    for path, name, methods in own_routes():
        known = KNOWN.get((name, "GET"), {})
        if "GET" in methods and ("anyone" in known or known.get(actor) == "reaches" or actor and _everyone(known)):
            yield name, reverse(name, kwargs={each: own[each] for each in NAME.findall(path)})


def _everyone(known):
    return "everyone signed in" in known


def fields_of(form):
    """({name of a field where one types: (its kind, the most it takes)}, {name of one of files: what it takes})"""
    typed, files = {}, {}
    for field in form.iter("input", "textarea"):
        kind = "textarea" if field.tag == "textarea" else field.get("type", "text")
        if kind in TYPED and field.get("name"):
            typed[field.get("name")] = kind, int(field.get("maxlength") or 0)
        elif kind == "file" and field.get("name"):
            files[field.get("name")] = field.get("accept", "")
    return typed, files


class undone:  # noqa: N801  (read as a word)
    """What is done within leaves nothing, unless it is `kept`."""

    def __init__(self):
        self.kept = False

    def __enter__(self):
        self.within = transaction.atomic()
        self.within.__enter__()
        return self

    def __exit__(self, *raised):
        if not self.kept:
            transaction.set_rollback(True)
        return self.within.__exit__(*raised)


def rungs(data, typed, files, corpus):
    """{field: what is sent there, the worst first}: each that the page says to mend takes the next, the last a person's
    own words, or nothing. A day is another day."""
    found = {name: [[str(TODAY)], *([day] for day in DAYS), [""]] for name in data if data[name] == [str(TODAY)]}
    for name, (_, longest) in typed.items():
        worst = (f"{ANGLES}{next(corpus)}", NO_ANGLES, AS_A_NAME)
        found[name] = [*([each[: longest or 4000]] for each in worst), data.get(name, [""]), [""]]
    return found | {name: [file, None] for name, file in joined(files).items()}


def to_mend(response):
    """The fields that a page says to mend."""
    if not response.headers.get("Content-Type", "").startswith("text/html"):
        return set()
    return set(lxml.html.fromstring(whole_body(response) or b"<p>").xpath('//*[@aria-invalid="true"]/@name'))


def joined(files):
    """A picture, a sound that lies, a film that tells, under a name that tries to run."""
    return {field: _file_for(accepted) for field, accepted in files.items()}


def _file_for(accepted):
    ending, content = "jpg", encoded(drawing())
    if accepted.startswith("audio/"):
        ending, content = next(_sounds())
    elif "video/" in accepted:
        ending, content = "mp4", films.film(told=True)
    kind = "image" if ending == "jpg" else accepted.partition("/")[0]
    # A browser writes a quote in a name as %22: a raw one would end it, and its ending be lost.
    return SimpleUploadedFile(f"'><{MARK} onerror={CALL}>.{ending}", content, f"{kind}/{ending}")


@cache
def _sounds():
    return cycle([(ending, content) for _, ending, content, _ in sounds.lying(count=2)])


class Walk:
    """Fills in the forms of one person, reads what comes back. `faults`: what is wrong; `filled`, `kept`: how many
    forms, and how many took what was typed; `refused`: the others. `joined`: the fields whose file was taken."""

    def __init__(self, seed=0):
        corpus = [*payloads(), *NAUGHTY]
        self.corpus = cycle(corpus[seed % len(corpus) :] + corpus[: seed % len(corpus)])
        self.faults, self.refused, self.fields, self.joined, self.filled, self.kept = [], [], set(), set(), 0, 0

    def write(self, client, actor, pages):
        for route, address, method, data, typed, files in list(forms_met(client, pages)):
            self.filled += 1
            self.fields |= {(route, name) for name in (*typed, *files)}
            data |= {name: value for name, value in LATER.items() if data.get(name) == ["10:00"]}
            for name in LEFT_EMPTY:
                data.pop(name, None)
            where, steps = f"{route} as {actor}", rungs(data, typed, files, self.corpus)
            if self.climb_down(client, where, address, method, data, steps):
                self.kept += 1
                self.joined |= {(route, name) for name in files if steps[name][0] is not None}
            else:
                self.refused.append(route)

    def climb_down(self, client, where, address, method, data, steps):
        """Whether the form took what was sent, each field that is to mend a step lower at each round."""
        for _ in range(ROUNDS):
            sent = data | {name: values[0] for name, values in steps.items() if values[0] is not None}
            response, is_taken = self.send(client, where, address, method, sent)
            wrong = [name for name in to_mend(response) if len(steps.get(name, ())) > 1]
            if is_taken or not wrong:
                return is_taken
            for name in wrong:
                del steps[name][0]
        return False

    def send(self, client, where, address, method, sent):
        """(the answer, whether the form took it); what it wrote stays then, and the page that it leads to is read."""
        for file in filter(lambda value: hasattr(value, "seek"), sent.values()):
            file.seek(0)  # sent again
        with undone() as within:
            if method == "get":
                response = client.get(address, sent)
            else:
                response = client.post(address, {"csrfmiddlewaretoken": "x", **sent})
            self.read(where, response)
            if response.status_code in (301, 302, 303) and not _is_door(response):
                answer = client.get(response.headers["Location"])
                within.kept = not _is_door(answer) and answer.status_code < 500
                self.read(f"{where}, then {response.headers['Location']}", answer)
            return response, within.kept or method == "get" and response.status_code == 200

    def read_all(self, client, actor, pages):
        """Every page, table, paper, calendar, feed that the person reaches."""
        for name, address in pages:
            with undone():
                self.read(f"{name} to {actor}", client.get(address))

    def read_mails(self):
        """What the writes gave to tell, at once or that evening, read by who receives it."""
        now = timezone.now()
        tell_evening(now=now + datetime.timedelta(days=1))
        send_due(now=now + datetime.timedelta(days=3))
        for letter in mail.outbox:
            for body, kind in getattr(letter, "alternatives", ()):
                if kind == "text/html":
                    self.faults += [f"a mail to {letter.to}: {fault}" for fault in faults_of_page(body.encode())]
        self.mails = len(mail.outbox)

    def read(self, where, response):
        if response.status_code >= 500:
            self.faults.append(f"{where}: {response.status_code}")
        self.faults += [f"{where}: {fault}" for fault in faults_of(response)]


def _is_door(response):
    return "/entrer/" in response.headers.get("Location", "")


def faults_of(response):
    """What somebody's words became in an answer, whatever it is."""
    kind, body = response.headers.get("Content-Type", ""), whole_body(response)
    disposition = response.headers.get("Content-Disposition", "")
    if re.search(rf'filename="[^"]*"[^;]*{MARK}', disposition):
        yield f"a name of file leaves its quotes: {disposition}"
    if kind.startswith("text/html"):
        yield from faults_of_page(body)
    elif kind.startswith("text/csv"):
        yield from faults_of_table(body)
    elif kind.startswith("text/calendar"):
        yield from (f"a line of its own: {line!r}" for line in body.split(b"\r\n") if line and not ICS_LINE.match(line))
    elif "xml" in kind:
        yield from faults_of_feed(body)
    elif body.startswith(b"PK\x03\x04"):
        yield from faults_of_archive(body)
    else:
        text_of(body)  # a PDF that reads


def faults_of_page(body):
    """Nodes and attributes that words made; addresses that run, images of elsewhere."""
    if f"<{MARK}".encode() in body:
        yield f"a node: {_around(body, f'<{MARK}'.encode())}"
    for node in lxml.html.fromstring(body or b"<p>").iter(lxml.etree.Element):
        if node.tag in NEVER or node.tag == "script" and not node.get("src", "").startswith(STATIC):
            yield f"<{node.tag}>: {lxml.html.tostring(node)[:120]!r}"
        for name, value in node.attrib.items():
            if name.startswith(("on", MARK)) or name in ("srcdoc",):
                yield f"{name}= of <{node.tag}>: {value[:80]}"
            elif name in LEADS and RUNS.search(value):
                yield f"{name} of <{node.tag}> runs: {value[:80]}"
        if node.tag == "img" and re.match(r"\s*(?:https?:)?//", node.get("src", "")):
            yield f"a picture of elsewhere: {node.get('src')[:80]}"


def _around(body, word):
    at = body.index(word)
    return body[max(0, at - 60) : at + 60].decode("utf-8", "replace")


def faults_of_table(body):
    """Cells that a spreadsheet would work out."""
    for row in csv.reader(io.StringIO(body.decode("utf-8-sig")), delimiter=";"):
        for cell in row:
            if cell.startswith(("=", "+", "-", "@", "\t", "\r")) and not NUMBER.match(cell) and cell != "-":
                yield f"a cell that runs: {cell[:60]}"


def faults_of_feed(body):
    for node in lxml.etree.fromstring(body).iter(lxml.etree.Element):
        if MARK in str(node.tag):
            yield f"a node of the feed: {node.tag}"
        if node.get("type") == "html" and node.text:
            yield from faults_of_page(node.text.encode())


def faults_of_archive(body):
    with zipfile.ZipFile(io.BytesIO(body)) as archive:
        for name in archive.namelist():
            if name.startswith("/") or ".." in name or "<" in name:
                yield f"a member that leaves its folder: {name}"
            if name.endswith((".html", ".htm")):
                yield from (f"{name}: {fault}" for fault in faults_of_page(archive.read(name)))
            elif name.endswith(".csv"):
                yield from (f"{name}: {fault}" for fault in faults_of_table(archive.read(name)))
