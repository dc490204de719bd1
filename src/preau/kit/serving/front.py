"""The ASGI front of the WSGI application (decision 0021): a body is read whole, within limits, before it has a thread.

Three pools of threads in each web process, so that what is slow holds up its own kind only: pages (GET), which write
nothing; acts, which may wait for the base's write lock; forms with files, whose pictures are drawn. The threads of
pages have connections of their own kind (`for_pages`).
"""

import asyncio
import io
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from functools import cache
from tempfile import SpooledTemporaryFile

from asgiref.wsgi import WsgiToAsgiInstance
from django.conf import settings
from django.db import close_old_connections
from django.db.backends.signals import connection_created
from django.dispatch import receiver
from django.http import parse_cookie
from django.utils import translation
from django.utils.translation import gettext_noop as _

from preau.kit import pauses
from preau.kit.bodies import ANYONE, FIRST_SECONDS, MB, REFUSED, most_bytes, seconds_for
from preau.kit.serving.lines import hang_up_on_the_silent
from preau.kit.serving.sharing import give_back

MOST_BODIES = 1000  # being read at once by this process
IN_MEMORY = MB  # of one body; the rest of it waits on disk
MOST_ON_DISK = 4096 * MB  # said by all bodies larger than ANYONE that are read or wait for a thread
PIECE = 64 * 1024  # of an answer sent piece by piece: files give 4 KB at a time, and each waits for a thread
PAGES = "pages"  # how the names of their threads begin
PAGES_CACHE = 1536  # KB of the base, for each of their connections: with 500, large homes are read from the disk
FOR_PAGES = {
    "sqlite": f"PRAGMA cache_size=-{PAGES_CACHE}",
    "postgresql": "SET plan_cache_mode = force_generic_plan;"
    " SET join_collapse_limit = 11; SET from_collapse_limit = 11; SET random_page_cost = 1.1",
}
TIDY_EVERY = 20  # answers: what pages and files took is given back to the system
# Beyond what a pool may hold, whoever comes is answered at once, without a thread: all others would wait for them.
BUSY = """<!doctype html>
<html lang="{0}" dir="{1}"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>{2}</title>
<h1>{2}</h1>
<p>{3} {4}</p>
</html>
"""
CROWD, WHY = _("Trop de monde à la fois"), _("Préau répond à trop de visiteurs en même temps.")
LATER = _("Cette page se recharge d’elle-même dans dix secondes. Rien n’est perdu.")
AGAIN = _("Rien n’est parti. Attendez une minute, revenez en arrière, puis envoyez de nouveau.")


def for_pages(connection):
    """Sets up a connection that draws pages: the same queries come back, and each reads a few rows by their keys.

    SQLite keeps PAGES_CACHE of the base. PostgreSQL plans a query once for all values, where a plan made anew for each
    takes ten times what the rows do, and looks for the best order of eleven tables instead of eight (docs/bench.md).
    By default it takes a page found by an index to cost four read in order, as on a rotating disk: here, about one.
    """
    connection.connection.execute(FOR_PAGES[connection.vendor])
    if connection.vendor == "postgresql":  # from the third visit on, and as many as the pages of a day ask
        connection.connection.prepare_threshold, connection.connection.prepared_max = 2, 256


@receiver(connection_created)
def _for_pages(connection, **_):
    if threading.current_thread().name.startswith(PAGES):
        for_pages(connection)


class Refused(Exception):
    """The body is not taken: 408 too slow, 413 too large, 503 not now."""

    def __init__(self, status):
        self.status = status


class Gone(Exception):
    """The sender left before the end."""


class Pool(ThreadPoolExecutor):
    """Threads, and how many requests they may have to answer at once, those that wait among them."""

    def __init__(self, threads, name, most):
        super().__init__(threads, name)
        self.most, self.held_count = most, 0

    @property
    def is_full(self):
        return self.held_count >= self.most

    @contextmanager
    def held(self):
        self.held_count += 1
        try:
            yield
        finally:
            self.held_count -= 1


class Front:
    """Reads requests in the event loop, answers them in threads, sends answers in the event loop."""

    def __init__(self, application, allowed=most_bytes, seconds=FIRST_SECONDS):
        self.application, self.allowed, self.seconds = application, allowed, seconds
        self.pages, self.acts, self.files = Pool(2, PAGES, 200), Pool(2, "acts", 100), Pool(2, "files", 30)
        self.bodies_count = self.on_disk = self.answers_count = 0
        self.hangs_up = False

    async def __call__(self, scope, receive, send):
        if not self.hangs_up:  # granian opens its port once this process is made: the first request comes by it
            self.hangs_up = True
            hang_up_on_the_silent(int(scope["server"][1]))
        with SpooledTemporaryFile(max_size=IN_MEMORY) as body, ExitStack() as held:
            environ = environ_of(scope, body)
            if self._pool(environ).is_full:
                await send_busy(send, environ)
                return
            try:
                if "CONTENT_LENGTH" in environ or "HTTP_TRANSFER_ENCODING" in environ:
                    environ["CONTENT_LENGTH"] = str(await self._read(receive, environ, body, held))
                    body.seek(0)
            except Refused as refusal:
                environ |= {"wsgi.input": io.BytesIO(), "CONTENT_LENGTH": "0", REFUSED: refusal.status}
            except Gone:
                return
            pool = self._pool(environ)
            if pool.is_full:
                await send_busy(send, environ)
                return
            with pool.held():
                status, headers, answer = await run(pool, self._answer, environ)
            if REFUSED in environ:  # what is still on its way is not the next request
                headers = [*headers, ("Connection", "close")]
            await self._send(send, pool, status, headers, answer)

    async def _read(self, receive, environ, body, held) -> int:
        """Its length, once the whole body is there. Without a length said beforehand it is held to the smallest.
        `held` gives its place back once it is answered."""
        most = ANYONE
        if int(environ.get("CONTENT_LENGTH", 0)) > most:
            most = await run(self.pages, self._allowed, environ)
        if int(environ.get("CONTENT_LENGTH", 0)) > most:
            raise Refused(413)
        held.enter_context(self._room_on_disk(int(environ.get("CONTENT_LENGTH", 0))))
        if self.bodies_count >= MOST_BODIES:
            raise Refused(503)
        self.bodies_count += 1
        try:
            return await self._read_within(receive, body, most)
        except TimeoutError:
            raise Refused(408) from None
        except OSError:  # the disk of temporary files is full
            raise Refused(503) from None
        finally:
            self.bodies_count -= 1

    @contextmanager
    def _room_on_disk(self, size):
        if size <= ANYONE:
            size = 0
        elif self.on_disk + size > MOST_ON_DISK:
            raise Refused(503)
        self.on_disk += size
        try:
            yield
        finally:
            self.on_disk -= size

    async def _read_within(self, receive, body, most):
        size, start = 0, asyncio.get_running_loop().time()
        async with asyncio.timeout_at(start + self.seconds) as limit:
            while True:
                message = await receive()
                if message["type"] == "http.disconnect":
                    raise Gone
                size += len(message.get("body", b""))
                if size > most:
                    raise Refused(413)
                body.write(message.get("body", b""))
                if not message.get("more_body"):
                    return size
                limit.reschedule(start + min(self.seconds + seconds_for(size), settings.BODY_SECONDS))

    def _allowed(self, environ):
        try:
            return self.allowed(environ)
        except pauses.ERRORS:
            raise Refused(503) from None
        finally:
            close_old_connections()

    def _pool(self, environ):
        if environ["REQUEST_METHOD"] in ("GET", "HEAD"):
            return self.pages
        has_files = environ.get("CONTENT_TYPE", "").startswith("multipart/") and REFUSED not in environ
        return self.files if has_files else self.acts

    def _answer(self, environ):
        """(status, headers, body): the bytes, or the response to read on when it is sent piece by piece."""
        started = {}

        def start_response(status, headers, exc_info=None):
            started.update(status=int(status[:3]), headers=headers)

        response = self.application(environ, start_response)
        if not getattr(response, "streaming", False):
            try:
                response = b"".join(response)
            finally:
                getattr(response, "close", bool)()
        return started["status"], started["headers"], response

    async def _send(self, send, pool, status, headers, body):
        headers = [(name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in headers]
        await send({"type": "http.response.start", "status": status, "headers": headers})
        if not isinstance(body, bytes):
            try:
                pieces = iter(body)
                while (piece := await run(pool, next_of, pieces)) is not None:
                    await send({"type": "http.response.body", "body": piece, "more_body": True})
            finally:
                await run(pool, body.close)
            body = b""
        await send({"type": "http.response.body", "body": body})
        self.answers_count += 1
        if self.answers_count % TIDY_EVERY == 0:
            give_back()


def next_of(pieces):
    """The next PIECE or so of an answer, None at its end."""
    found, size = [], 0
    while size < PIECE and (piece := next(pieces, None)) is not None:
        found.append(piece)
        size += len(piece)
    return b"".join(found) if found else None


async def send_busy(send, environ):
    is_page = environ["REQUEST_METHOD"] in ("GET", "HEAD")
    headers = {"Content-Type": "text/html; charset=utf-8", "Retry-After": "10", "Cache-Control": "no-store"}
    headers |= {"Refresh": "10"} if is_page else {"Connection": "close"}  # its body may not be read
    headers = [(name.lower().encode(), value.encode()) for name, value in headers.items()]
    await send({"type": "http.response.start", "status": 503, "headers": headers})
    language = parse_cookie(environ.get("HTTP_COOKIE", "")).get(settings.LANGUAGE_COOKIE_NAME)
    body = busy_page(language if language in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE, is_page)
    await send({"type": "http.response.body", "body": body})


@cache
def busy_page(language, is_page):
    """In the language that the device keeps: who asks is not known without a thread."""
    with translation.override(language):
        way = "rtl" if translation.get_language_bidi() else "ltr"
        said = (translation.gettext(text) for text in (CROWD, WHY, LATER if is_page else AGAIN))
        return BUSY.format(language, way, *said).encode()


def environ_of(scope, body):
    """The WSGI environment. A header's name with an underscore would pass for another's with a dash: it is left out."""
    headers = [(name, value) for name, value in scope["headers"] if b"_" not in name]
    instance = WsgiToAsgiInstance(None)
    instance.scope = {**scope, "headers": headers}
    return instance.build_environ(instance.scope, body)


def run(pool, function, *arguments):
    return asyncio.get_running_loop().run_in_executor(pool, function, *arguments)
