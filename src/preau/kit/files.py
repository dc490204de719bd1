"""Stored files on their way to a browser: from here, or from an origin of their own (trust.md 8 and 53).

With `PREAU_FILES_ORIGIN` the page that knows who asks sends the browser to a signed, short-lived address of a host that
holds no cookie and serves nothing else: whatever a file could make a browser do, it would do it away from Préau.
The address of what people send to each other (`send_given`) is one person's, for one file and a minute; the rule of the
room that keeps it is asked again there. Each room gives, in `files.py`, `GIVEN = (FileGiver("mot", give),)`.
"""

import re
import time
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.conf import settings
from django.core import signing
from django.core.files.storage import default_storage
from django.http import (
    FileResponse,
    Http404,
    HttpResponse,
    HttpResponseNotFound,
    HttpResponseNotModified,
    HttpResponseRedirect,
)
from django.utils.cache import patch_vary_headers
from django.utils.http import content_disposition_header, parse_etags

from preau.kit.rooms import given_by_rooms

# Nothing in a file may run, were a browser to take it for a page.
SANDBOX = "default-src 'none'; img-src 'self'; media-src 'self'; style-src 'unsafe-inline'; sandbox"
PUBLIC, PRIVATE = "public, max-age=60", "private, no-cache"
NEVER_KEPT = "private, no-cache, no-store"
# Of a document, by the extension of its file.
KINDS = {
    "pdf": "application/pdf",
    "webp": "image/webp",
    "mp3": "audio/mpeg",
    "mp4": "video/mp4",
    "zip": "application/zip",
}
HEAVY = ("zip", "mp4")  # sent as it is read: the others are read whole
PLAYED = ("mp3", "mp4")  # in the page; the others are saved
# An address stays the same for a window, so that a browser keeps what it has, and opens for one or two.
WINDOW = 900  # seconds
PIECE = 64 * 1024  # bytes read at a time of what is heavy
LASTS = 60  # seconds, of an address that is one person's
PART = re.compile(r"bytes=(\d{0,12})-(\d{0,12})")  # `int` refuses thousands of digits
_signer = signing.Signer(salt="preau.kit.files")
_one_person = signing.Signer(salt="preau.kit.files.given")


@dataclass(frozen=True)
class Given:
    """A file that somebody may have now: its path in the storage, and the name it is saved under. `is_shown`: an image
    of a page, that a browser shows rather than saves."""

    path: str
    name: str
    is_shown: bool = False


@dataclass(frozen=True)
class FileGiver:
    """How a room serves its files: `give(person_id, file_id)` checks its rule and returns a Given, or None."""

    name: str
    give: Callable[..., Given | None]


def send_picture(request, path: str, lasts: str = PRIVATE) -> HttpResponse:
    """The WebP at `path` in the storage, to someone already allowed; `lasts` is PUBLIC or PRIVATE. 404 without file."""
    response = HttpResponseRedirect(signed_address(path)) if settings.FILES_ORIGIN else _from_here(request, path)
    response.headers["Cache-Control"] = lasts
    if lasts == PRIVATE:
        patch_vary_headers(response, ["Cookie"])
    return response


def send_drawn(request, path: str) -> HttpResponse:
    """A WebP that we wrote ourselves, from this origin whatever the others': a script is to read its points."""
    response = _from_here(request, path)
    response.headers["Cache-Control"] = PRIVATE
    patch_vary_headers(response, ["Cookie"])
    return response


def send_given(request, door: str, file_id, given: Given | None, to=None, is_kept=False) -> HttpResponse:
    """What somebody sent to this person, or to what has the id `to`, whom the rule has just let in: 404 when it has
    not, or without file. `is_kept`: a script keeps it for a cut line, which it may do of this origin alone."""
    if given is None:
        raise Http404
    if settings.FILES_ORIGIN and not is_kept:
        response = HttpResponseRedirect(_address_of_one(door, file_id, to or request.person.pk))
    else:
        response = _part_asked(request, _document(given))
        response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
    response.headers["Cache-Control"] = NEVER_KEPT
    patch_vary_headers(response, ["Cookie"])
    return response


def send_shown(request, door: str, file_id, given: Given | None) -> HttpResponse:
    """The same of an image of a page: served from here, the browser keeps it, and asks each time whether it may."""
    if given is None or settings.FILES_ORIGIN:
        return send_given(request, door, file_id, given)
    return send_picture(request, given.path)


def has_already(request, etag) -> bool:
    """Whether the browser says that it has the answer of this ETag. Compression makes an ETag weak on its way out, and
    a browser gives back what it got (RFC 9110, 13.1.2: compared as weak)."""
    return etag in [each.removeprefix("W/") for each in parse_etags(request.headers.get("If-None-Match", ""))]


def _from_here(request, path):
    tag = f'"{path}"'
    response = HttpResponseNotModified() if has_already(request, tag) else _picture(path)
    response.headers["ETag"] = tag
    response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
    return response


def signed_address(path: str) -> str:
    """Where the files' own origin gives a picture, for a quarter of an hour at least and half an hour at most."""
    until = (int(time.time()) // WINDOW + 2) * WINDOW
    return f"{settings.FILES_ORIGIN}/{_signer.sign_object([path, until])}"


def _address_of_one(door, file_id, person_id):
    signed = _one_person.sign_object([door, str(file_id), str(person_id), int(time.time()) + LASTS])
    return f"{settings.FILES_ORIGIN}/{signed}"


class FilesOrigin:
    """Answers for the files' own host, before any session: signed addresses, and nothing else of Préau."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if not settings.FILES_ORIGIN or request.META.get("HTTP_HOST") != urlsplit(settings.FILES_ORIGIN).netloc:
            return self.get_response(request)
        try:
            if request.method not in ("GET", "HEAD"):
                raise Http404
            response = _signed_file(request)
        except (signing.BadSignature, Http404):
            return HttpResponseNotFound()
        response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
        return response


def _signed_file(request):
    """By either kind of signature. Raises BadSignature, Http404."""
    signed = request.path_info[1:]
    try:
        path, until = _signer.unsign_object(signed)
    except signing.BadSignature:
        return _file_of_one(request, *_one_person.unsign_object(signed))
    if until < time.time():
        raise Http404
    response = _picture(path)
    response.headers["Cache-Control"] = f"private, max-age={WINDOW}"
    return response


def _file_of_one(request, door, file_id, person_id, until):
    """The rule is asked again: a right lost since, or a file taken back, and there is nothing there."""
    give = next((each.give for each in given_by_rooms("files", "GIVEN") if each.name == door), None)
    given = give(person_id, file_id) if give and time.time() <= until else None
    if given is None:
        raise Http404
    response = _part_asked(request, _document(given))
    response.headers["Cache-Control"] = NEVER_KEPT
    return response


def _part_asked(request, response):
    """The bytes that a player asks for, « bytes=0-1 »: some play nothing from a server that gives only the whole."""
    size = response.file_to_stream.size if response.streaming else len(response.content)
    response.headers["Accept-Ranges"] = "bytes"
    asked = PART.fullmatch(request.headers.get("Range", ""))
    if not asked or not any(asked.groups()):
        return response
    first, last = asked.groups()
    start = int(first) if first else max(size - int(last), 0)
    end = min(int(last) if first and last else size - 1, size - 1)
    if start > end:
        response.status_code, said, start, end = 416, f"*/{size}", 0, -1
    else:
        response.status_code, said = 206, f"{start}-{end}/{size}"
    response.headers["Content-Range"] = f"bytes {said}"
    if response.streaming:
        response.streaming_content = _part_of(response.file_to_stream, start, end + 1 - start)
        response.headers["Content-Length"] = str(end + 1 - start)
    else:
        response.content = response.content[start : end + 1]
    return response


def _part_of(file, start, left):
    """So many bytes of an open file, which the response closes."""
    file.seek(start)
    while left and (piece := file.read(min(left, PIECE))):
        left -= len(piece)
        yield piece


def _picture(path):
    headers = {"Content-Disposition": 'inline; filename="photo.webp"', "Content-Security-Policy": SANDBOX}
    return HttpResponse(_content(path), "image/webp", headers=headers)


def _document(given):
    kind = given.path.rpartition(".")[2]
    is_saved = not given.is_shown and kind not in PLAYED
    headers = {
        "Content-Disposition": content_disposition_header(is_saved, given.name),
        "Content-Security-Policy": SANDBOX, "X-Content-Type-Options": "nosniff",
    }  # fmt: skip
    if kind in HEAVY:
        return FileResponse(_opened(given.path), content_type=KINDS[kind], headers=headers)
    return HttpResponse(_content(given.path), KINDS[kind], headers=headers)


def _opened(path):
    try:
        return default_storage.open(path)
    except FileNotFoundError:
        raise Http404 from None


def _content(path):
    """Read whole: a picture weighs 250 KB at most, a document 10 MB."""
    try:
        with default_storage.open(path) as file:
            return file.read()
    except FileNotFoundError:
        raise Http404 from None
