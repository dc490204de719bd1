"""The public pages' cache: outside sessions, cookies and compression, so that a hit costs one small read.

A page is kept with the generation its place had before it was made. A publication, a withdrawal or an urgent message
raises that number in its own transaction: the next request finds another number and the page is made again
(house.md §7). Whatever happens a page lives at most 60 seconds, so that hours and dates stay true.
"""

import gzip
import hashlib
import threading
import time
from collections import OrderedDict
from dataclasses import dataclass
from uuid import UUID

from django.conf import settings
from django.http import HttpResponse, HttpResponseNotModified

from preau.kit import pauses
from preau.spaces.queries import public_generation

SECONDS = 60
MOST_PAGES = 512
MOST_BYTES = 24 * 1024 * 1024
KEPT_HEADERS = ("Content-Type", "Content-Encoding", "Content-Language", "Vary")
HOME = "/"
ROOTS = ("/ecoles/", "/mentions-legales/", "/accessibilite/", "/plan-du-site/")


@dataclass(frozen=True)
class Kept:
    """One page as it was sent."""

    place_id: UUID
    generation: int
    until: float
    body: bytes
    headers: tuple[tuple[str, str], ...]
    etag: str


class Shelf:
    """A bounded memory of pages, the least lately read thrown first; one per process, shared by its threads."""

    def __init__(self):
        self.pages: OrderedDict[tuple, Kept] = OrderedDict()
        self.bytes_count = 0
        self.lock = threading.Lock()

    def get(self, key) -> Kept | None:
        with self.lock:
            page = self.pages.get(key)
            if page is not None:
                self.pages.move_to_end(key)
            return page

    def put(self, key, page: Kept) -> None:
        with self.lock:
            self._drop(key)
            self.pages[key] = page
            self.bytes_count += len(page.body)
            while len(self.pages) > MOST_PAGES or self.bytes_count > MOST_BYTES:
                self._drop(next(iter(self.pages)))

    def clear(self) -> None:
        with self.lock:
            self.pages.clear()
            self.bytes_count = 0

    def _drop(self, key):
        page = self.pages.pop(key, None)
        self.bytes_count -= len(page.body) if page else 0


SHELF = Shelf()


def keep(response, place_id: UUID, generation: int):
    """Called by a public view: this answer may be kept until the place's generation moves past `generation`."""
    response.kept_for = (place_id, generation)
    return response


class PublicPageCache:
    """Answers a public page from the shelf, or lets it be made and keeps it."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        key = shelf_key(request)
        if key is None:
            return self.get_response(request)
        page = SHELF.get(key)
        if page and page.until > time.monotonic() and is_of_now(page):
            return answer(request, page)
        response = self.get_response(request)
        page = page_of(response)
        if page is None:
            return response
        SHELF.put(key, page)
        return answer(request, page)


def shelf_key(request):
    """Host, path and whether the browser reads gzip; None for what is never kept."""
    if request.method != "GET" or request.META.get("QUERY_STRING"):
        return None
    path = request.path_info
    if path == HOME:
        # A signed-in person is sent to their own home.
        if settings.SESSION_COOKIE_NAME in request.COOKIES:
            return None
    elif not path.startswith(ROOTS):
        return None
    return request.META.get("HTTP_HOST", ""), path, "gzip" in request.META.get("HTTP_ACCEPT_ENCODING", "")


def is_of_now(page: Kept) -> bool:
    """Whether nothing was published or withdrawn there since. While the base is away, nothing could be: the page goes
    on to the end of its minute."""
    try:
        return public_generation(page.place_id) == page.generation
    except pauses.ERRORS as failure:
        if not pauses.is_pause(failure):
            raise
        return True


def page_of(response) -> Kept | None:
    """The page to keep, if its view said so and it carries no cookie."""
    kept_for = getattr(response, "kept_for", None)
    if kept_for is None or response.status_code != 200 or response.streaming or response.cookies:
        return None
    body = response.content
    plain = gzip.decompress(body) if response.headers.get("Content-Encoding") == "gzip" else body
    headers = tuple((name, response.headers[name]) for name in KEPT_HEADERS if name in response.headers)
    etag = f'W/"{hashlib.sha256(plain).hexdigest()[:24]}"'
    return Kept(*kept_for, time.monotonic() + SECONDS, body, headers, etag)


def answer(request, page: Kept):
    """The page, or 304 for a browser that has this very one."""
    if request.META.get("HTTP_IF_NONE_MATCH") == page.etag:
        response = HttpResponseNotModified()
    else:
        response = HttpResponse(page.body)
        del response.headers["Content-Type"]
        for name, value in page.headers:
            response.headers[name] = value
        response.headers["Content-Length"] = str(len(page.body))
    response.headers["ETag"] = page.etag
    response.headers["Cache-Control"] = f"public, max-age={SECONDS}"
    return response
