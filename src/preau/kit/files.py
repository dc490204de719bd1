"""Stored files on their way to a browser: from here, or from an origin of their own (trust.md 8 and 53).

With `PREAU_FILES_ORIGIN` the page that knows who asks sends the browser to a signed, short-lived address of a host that
holds no cookie and serves nothing else: whatever a file could make a browser do, it would do it away from Préau.
"""

import time
from urllib.parse import urlsplit

from django.conf import settings
from django.core import signing
from django.core.files.storage import default_storage
from django.http import Http404, HttpResponse, HttpResponseNotFound, HttpResponseNotModified, HttpResponseRedirect
from django.utils.cache import patch_vary_headers
from django.utils.http import content_disposition_header, parse_etags

# Nothing in a picture may run, were a browser to take it for a page.
SANDBOX = "default-src 'none'; img-src 'self'; style-src 'unsafe-inline'; sandbox"
PUBLIC, PRIVATE = "public, max-age=60", "private, no-cache"
NEVER_KEPT = "private, no-cache, no-store"
KINDS = {"pdf": "application/pdf", "webp": "image/webp"}  # of a document, by the extension of its file
# An address stays the same for a window, so that a browser keeps what it has, and opens for one or two.
WINDOW = 900  # seconds
_signer = signing.Signer(salt="preau.kit.files")


def send_picture(request, path: str, lasts: str = PRIVATE) -> HttpResponse:
    """The WebP at `path` in the storage, to someone already allowed; `lasts` is PUBLIC or PRIVATE. 404 without file."""
    response = HttpResponseRedirect(signed_address(path)) if settings.FILES_ORIGIN else _from_here(request, path)
    response.headers["Cache-Control"] = lasts
    if lasts == PRIVATE:
        patch_vary_headers(response, ["Cookie"])
    return response


def send_document(path: str, name: str) -> HttpResponse:
    """What somebody joined, at `path` in the storage, to someone already allowed: to be saved as `name`, never shown in
    a page. 404 without file."""
    if settings.FILES_ORIGIN:
        response = HttpResponseRedirect(signed_address(path, name))
    else:
        response = _document(path, name)
        response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
    response.headers["Cache-Control"] = NEVER_KEPT
    patch_vary_headers(response, ["Cookie"])
    return response


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


def signed_address(path: str, name: str = "") -> str:
    """Where the files' own origin gives `path`, for a quarter of an hour at least and half an hour at most; as a
    document to save when it has a `name`."""
    until = (int(time.time()) // WINDOW + 2) * WINDOW
    return f"{settings.FILES_ORIGIN}/{_signer.sign_object([path, until, name] if name else [path, until])}"


class FilesOrigin:
    """Answers for the files' own host, before any session: signed addresses, and nothing else of Préau."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if not settings.FILES_ORIGIN or request.META.get("HTTP_HOST") != urlsplit(settings.FILES_ORIGIN).netloc:
            return self.get_response(request)
        try:
            path, until, *name = _signer.unsign_object(request.path_info[1:])
            if request.method not in ("GET", "HEAD") or until < time.time():
                raise Http404
            response = _document(path, *name) if name else _picture(path)
        except (signing.BadSignature, Http404):
            return HttpResponseNotFound()
        response.headers["Cache-Control"] = NEVER_KEPT if name else f"private, max-age={WINDOW}"
        response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
        return response


def _picture(path):
    headers = {"Content-Disposition": 'inline; filename="photo.webp"', "Content-Security-Policy": SANDBOX}
    return HttpResponse(_content(path), "image/webp", headers=headers)


def _document(path, name):
    headers = {
        "Content-Disposition": content_disposition_header(True, name), "Content-Security-Policy": SANDBOX,
        "X-Content-Type-Options": "nosniff",
    }  # fmt: skip
    return HttpResponse(_content(path), KINDS[path.rpartition(".")[2]], headers=headers)


def _content(path):
    """Read whole: a picture weighs 250 KB at most, a document 10 MB."""
    try:
        with default_storage.open(path) as file:
            return file.read()
    except FileNotFoundError:
        raise Http404 from None
