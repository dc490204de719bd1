"""Voices that become ready, notebooks to take away, what announces their end."""

from django.utils import timezone

from preau.ent.portfolio import actions, notices
from preau.ent.portfolio.actions.taking import ERASURE
from preau.ent.portfolio.models import Piece, Takeaway
from preau.kit.mail import Kind
from preau.kit.schedule import Every
from preau.kit.tasks import task


@task
def settle_pieces():
    """Running twice settles each voice once."""
    return actions.settle_pieces(now=timezone.now())


@task
def settle_piece(label, piece_id):
    """One voice, as soon as it is sent; gone meanwhile, there is nothing to do."""
    piece = Piece.objects.filter(pk=piece_id).first()
    return piece is not None and actions.settle_piece(piece=piece, now=timezone.now())


@task
def make_takeaway(takeaway_id):
    """Running twice makes it once."""
    takeaway = Takeaway.objects.select_related("child", "guardian").filter(pk=takeaway_id).first()
    return takeaway is not None and actions.make_takeaway(takeaway=takeaway, now=timezone.now())


@task
def announce_erasure():
    """Running twice tells each guardian once."""
    return actions.announce_erasure(now=timezone.now())


OUTGOING = (Kind(ERASURE, notices.erasure_of, actions.note_mailed),)
SCHEDULE = (Every(settle_pieces, minutes=2), Every(announce_erasure, at="09:20"))
