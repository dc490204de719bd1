"""Pictures and voices of a page; a whole notebook."""

from django.http import Http404
from django.utils.timezone import localdate

from preau.ent.portfolio import files, rules
from preau.ent.portfolio.models import Piece
from preau.kit.files import send_given, send_picture
from preau.kit.views import signed_in
from preau.media.queries import given_to


@signed_in()
def piece(request, piece_id):
    """A picture in its page, or a voice to hear."""
    found = _piece(request, piece_id)
    if found.kind == Piece.Kind.VOICE:
        return send_given(request, files.PIECE, piece_id, given_to(rules.pieces_visible_to, request.person, piece_id))
    return send_picture(request, found.path)


@signed_in()
def small_piece(request, piece_id):
    """The thumbnail of a picture."""
    found = _piece(request, piece_id)
    if not found.small_path:
        raise Http404
    return send_picture(request, found.small_path)


@signed_in()
def takeaway_pdf(request, takeaway_id):
    """The notebook as a PDF."""
    return send_given(request, files.PDF, takeaway_id, files.given_whole(files.PDF, request.person, takeaway_id))


@signed_in()
def takeaway_zip(request, takeaway_id):
    """The notebook as an archive."""
    return send_given(request, files.ZIP, takeaway_id, files.given_whole(files.ZIP, request.person, takeaway_id))


def _piece(request, piece_id):
    found = rules.pieces_visible_to(request.person, localdate()).filter(pk=piece_id).first()
    if found is None:
        raise Http404
    return found
