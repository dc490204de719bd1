"""What each page asks and weighs, in one base: queries, bytes cold and warm, requests. Prints JSON with the cookies
that the load runs use.

    PREAU_HOME=… DJANGO_SETTINGS_MODULE=bench.settings python -m bench.pages
"""

import json
import re
import time
from pathlib import PurePosixPath
from urllib.parse import urljoin, urlsplit

import django

ACCEPT = {"HTTP_ACCEPT_ENCODING": "gzip, br", "HTTP_HOST": "localhost"}
IN_HTML = re.compile(r"""<(?:link|script|img|use|source)\b[^>]*?\b(?:href|src)="([^"]+)"[^>]*>""")
NOT_LOADED = re.compile(r"""rel="(?:alternate|canonical|next|prev|author|license)\"""")
IN_CSS = re.compile(r"""url\(["']?([^"')]+)["']?\)""")
IN_SCRIPT = re.compile(r"""(?:from|import)\s*\(?\s*["'](\.{0,2}/[^"']+)["']""")


class Browser:
    """A client of the application in this process that counts what a page makes it fetch."""

    def __init__(self):
        from django.test import Client

        self.client = Client()

    def get(self, path):
        return self.client.get(path, **ACCEPT)

    def sign_in(self, identifier, password, code=None):
        """Through the door itself; returns the cookie header of the session."""
        self.client.post("/entrer/", {"login": identifier, "password": password}, **ACCEPT)
        if code:
            self.client.post("/entrer/code/", {"code": code}, **ACCEPT)
        return "; ".join(f"{name}={morsel.value}" for name, morsel in self.client.cookies.items())

    def queries(self, path):
        """Queries of a second visit: what is read once per process is not the page's."""
        from django.db import connection
        from django.test.utils import CaptureQueriesContext

        self.get(path)
        with CaptureQueriesContext(connection) as captured:
            answer = self.get(path)
        if answer.status_code != 200:
            raise SystemExit(f"{path} answered {answer.status_code}")
        return [query["sql"] for query in captured.captured_queries]

    def links(self, path):
        answer = self.get(path)
        return self._found_in(path, answer, _body(answer))

    def weigh(self, path):
        """(bytes cold, bytes warm, requests cold), bodies as sent; warm: what a browser must ask again."""
        answer = self.get(path)
        cold = warm = len(_body(answer))
        seen, wanted = {path}, self._found_in(path, answer, _body(answer))
        while wanted:
            address = wanted.pop()
            if address in seen:
                continue
            seen.add(address)
            part = self.get(address)
            content = _body(part)
            cold += len(content)
            if not re.search(r"max-age=[1-9]", part.headers.get("Cache-Control", "")) and not part.has_header("ETag"):
                warm += len(content)
            wanted |= self._found_in(address, part, content)
        return cold, warm, len(seen)

    def _found_in(self, path, answer, content):
        import brotli

        coding = answer.headers.get("Content-Encoding", "")
        if coding == "gzip":
            import gzip

            content = gzip.decompress(content)
        elif coding == "br":
            content = brotli.decompress(content)
        kind = PurePosixPath(urlsplit(path).path).suffix
        pattern = {".css": IN_CSS, ".js": IN_SCRIPT}.get(kind)
        if pattern is None and "html" not in answer.headers.get("Content-Type", ""):
            return set()
        text = content.decode()
        if pattern is None:
            tags = [m for m in IN_HTML.finditer(text) if not NOT_LOADED.search(m.group(0))]
            found = [m.group(1) for m in tags]
        else:
            found = pattern.findall(text)
        found = (urljoin(path, address.split("#")[0]) for address in found if not address.startswith(("data:", "#")))
        return {address for address in found if address.startswith("/")}


def _body(answer):
    """The bytes as sent; a file's can be read once, so it is kept."""
    if not hasattr(answer, "body_kept"):
        answer.body_kept = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return answer.body_kept


def measure():
    from preau.demo import cast, keys
    from preau.people.models import Account
    from preau.places.models import Classroom, School

    home = School.objects.get(uai=cast.LABORATORY[cast.HOME_SCHOOL])
    room = Classroom.objects.get(school=home, name=cast.HOME_CLASS)

    def account(first, last, adult=True):
        named = Account.objects.filter(person__first_name=first, person__last_name=last).order_by("created_at")
        return next(a.identifier for a in named if not adult or a.person.birth_date is None)

    visitor, teacher, guardian, city = Browser(), Browser(), Browser(), Browser()
    cookies = {
        "": "",
        "teacher": teacher.sign_in(account("Violette", "Craie"), keys.PASSWORD),
        "guardian": guardian.sign_in(account("Claire", "Toupie"), keys.PASSWORD),
    }
    agent = account("Odile", "Registre")
    cookies["city"] = city.sign_in(agent, keys.PASSWORD, keys.totp_code(agent, time.time()))
    if city.get("/pilotage/").status_code != 200:  # this code served within the last 30 s: a code enters once
        time.sleep(keys.PERIOD + 1)
        cookies["city"] = city.sign_in(agent, keys.PASSWORD, keys.totp_code(agent, time.time()))
    browsers = {"": visitor, "teacher": teacher, "guardian": guardian, "city": city}
    static = next(a for a in visitor.links("/") if a.endswith(".css"))
    pages = [
        ("sign-in", "/entrer/", ""),
        ("teacher home", "/aujourdhui/", "teacher"),
        ("guardian home", "/aujourdhui/", "guardian"),
        ("class life", f"/classe/{room.pk}/vie/", "guardian"),
        ("public site", f"/ecoles/{home.slug}/", ""),
        ("steering home", "/pilotage/", "city"),
        ("plain 8-query page", "/_bench/plain/", "teacher"),
        ("bare page", "/_bench/bare/", ""),
        ("static file", static, ""),
    ]
    found = []
    for name, path, who in pages:
        queries = [] if name == "static file" else browsers[who].queries(path)
        cold, warm, requests = browsers[who].weigh(path)
        found.append({
            "name": name, "path": path, "cookie": cookies[who], "queries": len(queries), "cold": cold, "warm": warm,
            "requests": requests,
        })  # fmt: skip
    return found


if __name__ == "__main__":
    django.setup()
    print(json.dumps(measure()))
