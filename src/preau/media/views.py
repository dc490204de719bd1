"""Pictures, to those who may read their publication."""

from django.core.files.storage import default_storage
from django.http import Http404, HttpResponse, HttpResponseNotModified
from django.utils.cache import patch_vary_headers
from django.utils.timezone import localdate

from preau.kit.views import public
from preau.media.rules import pictures_visible_to

# Nothing in a picture may run, were a browser to take it for a page.
SANDBOX = "default-src 'none'; img-src 'self'; style-src 'unsafe-inline'; sandbox"


@public()
def picture(request, picture_id):
    """The picture itself, 1600 points at most."""
    return _send(request, picture_id, "path")


@public()
def thumbnail(request, picture_id):
    """Its thumbnail, 20 KB at most."""
    return _send(request, picture_id, "thumbnail_path")


def _send(request, picture_id, path):
    """404 for whoever may not read its publication; anyone's pictures are found without asking who it is."""
    today = localdate()
    found = pictures_visible_to(None, today).filter(pk=picture_id).first()
    lasts = "public, max-age=60"
    if found is None:
        found = pictures_visible_to(request.person, today).filter(pk=picture_id).first() if request.person else None
        lasts = "private, no-cache"
    if found is None:
        raise Http404
    etag = f'"{found.name}{path[0]}"'
    if request.headers.get("If-None-Match") == etag:
        response: HttpResponse = HttpResponseNotModified()
    else:
        response = _file(getattr(found, path))
    response.headers["ETag"] = etag
    response.headers["Cache-Control"] = lasts
    response.headers["Content-Security-Policy"] = SANDBOX
    response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
    if lasts.startswith("private"):
        patch_vary_headers(response, ["Cookie"])
    return response


def _file(path):
    """Read whole: a picture weighs 250 KB at most."""
    try:
        with default_storage.open(path) as file:
            content = file.read()
    except FileNotFoundError:
        raise Http404 from None
    return HttpResponse(content, "image/webp", headers={"Content-Disposition": 'inline; filename="photo.webp"'})
