"""Pictures and voices of a page; a whole notebook."""

from preau.ent.portfolio import files, rules
from preau.ent.portfolio.models import Piece
from preau.kit.files import send_given, send_shown
from preau.kit.views import signed_in
from preau.media.queries import given_to
from preau.people.models import PupilEntry


@signed_in(for_pupils=PupilEntry.Way)
def piece(request, piece_id):
    """A picture in its page, or a voice to hear."""
    given = given_to(rules.pieces_visible_to, request.person, piece_id, shown="path")
    send = send_given if given and given.path.endswith(Piece.Kind.VOICE) else send_shown
    return send(request, files.PIECE, piece_id, given)


@signed_in(for_pupils=PupilEntry.Way)
def small_piece(request, piece_id):
    """The thumbnail of a picture."""
    given = given_to(rules.pieces_visible_to, request.person, piece_id, shown="small_path")
    return send_shown(request, files.SMALL, piece_id, given)


@signed_in()
def takeaway_pdf(request, takeaway_id):
    """The notebook as a PDF."""
    return send_given(request, files.PDF, takeaway_id, files.given_whole(files.PDF, request.person, takeaway_id))


@signed_in()
def takeaway_zip(request, takeaway_id):
    """The notebook as an archive."""
    return send_given(request, files.ZIP, takeaway_id, files.given_whole(files.ZIP, request.person, takeaway_id))
