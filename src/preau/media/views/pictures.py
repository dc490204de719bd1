"""Pictures, to those who may read their publication."""

from django.http import Http404
from django.utils.timezone import localdate

from preau.kit.files import PUBLIC, send_picture
from preau.kit.rows import one_or_none
from preau.kit.views import public
from preau.media.rules import can_view_picture, pictures_visible_to
from preau.people.models import PupilEntry


@public(for_pupils=PupilEntry.Way)
def picture(request, picture_id):
    """The picture itself, 1600 points at most."""
    return _send(request, picture_id, "path")


@public(for_pupils=PupilEntry.Way)
def thumbnail(request, picture_id):
    """Its thumbnail, 20 KB at most."""
    return _send(request, picture_id, "thumbnail_path")


def _send(request, picture_id, path):
    """404 for whoever may not read its publication; anyone's pictures are found without asking who it is."""
    today = localdate()
    found = one_or_none(pictures_visible_to(None, today).filter(pk=picture_id))
    if found is not None and can_view_picture(None, found, today):
        return send_picture(request, getattr(found, path), PUBLIC)
    found = request.person and one_or_none(pictures_visible_to(request.person, today).filter(pk=picture_id))
    if found is None or not can_view_picture(request.person, found, today):
        raise Http404
    return send_picture(request, getattr(found, path))
