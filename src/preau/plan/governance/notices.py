"""What the mails of the committees say: a title, a day, a place, a link. The agenda and the dossier stay here."""

from django.utils.timezone import localdate

from preau.kit import mail
from preau.kit.money import NBSP
from preau.people.queries import emails_of
from preau.plan.governance import rules
from preau.plan.governance.letters import when_and_where
from preau.plan.governance.models import Invitation


def convening(invitation_id, *, now) -> mail.Letter | None:
    """None once the seat is told, its letter is to be handed over, or the session will not take place."""
    return _letter(convening_mail, invitation_id, now, told_at=None, session__cancelled_at=None)


def calling_off(invitation_id, *, now) -> mail.Letter | None:
    """For who was told by mail, and not told since that it will not take place."""
    return _letter(calling_off_mail, invitation_id, now, called_off_at=None)


def _letter(write, invitation_id, now, **condition):
    rows = Invitation.objects.select_related("session__committee__city", "seat__holder")
    invitation = rows.filter(pk=invitation_id, way=Invitation.Way.MAIL, **condition).first()
    if invitation is None or invitation.session.planned_on < localdate(now):
        return None
    address = emails_of([invitation.seat.holder_id]).get(invitation.seat.holder_id)
    return mail.Letter(address, *write(invitation, localdate(now))) if address else None


def convening_mail(invitation, today) -> tuple[str, str]:
    """(subject, text) for the holder of a seat: convened, or told that the agenda changed since."""
    session = invitation.session
    if invitation.change:
        return _agenda_mail(invitation, today)
    text = (
        f"Bonjour,\n\n{session.committee.long_name}, plan numérique, {session.committee.city.name}{NBSP}: la séance se "
        f"tient le {when_and_where(session)}.\nVous y siégez{NBSP}: {invitation.seat.title}.\n\n"
        f"L’ordre du jour{NBSP}:\n{_page(invitation, today)}"
    )
    return _subject("Convocation", session), _signed(text)


def _agenda_mail(invitation, today):
    session = invitation.session
    text = (
        f"Bonjour,\n\n{session.committee.long_name}, plan numérique, {session.committee.city.name}{NBSP}: l’ordre du "
        f"jour de la séance a changé. Elle se tient toujours le {when_and_where(session)}.\nVous y siégez{NBSP}: "
        f"{invitation.seat.title}.\n\nLe nouvel ordre du jour{NBSP}:\n{_page(invitation, today)}"
    )
    return _subject("Ordre du jour modifié", session), _signed(text)


def calling_off_mail(invitation, today) -> tuple[str, str]:
    """(subject, text) for who was convened by mail to a session that will not take place."""
    session = invitation.session
    text = (
        f"Bonjour,\n\n{session.committee.long_name}, plan numérique, {session.committee.city.name}{NBSP}: la séance "
        f"prévue le {when_and_where(session)} n’aura pas lieu.\n\nPourquoi{NBSP}:\n{_page(invitation, today)}"
    )
    return _subject("Séance annulée", session), _signed(text)


def _subject(word, session):
    return f"{word}{NBSP}: {session.committee}, séance du {session.planned_on:%d/%m/%Y}"


def _signed(text):
    return f"{text}\n\nLa Direction Éducation, secrétariat du comité\n\n{mail.LEAVE}\n"


def _page(invitation, today):
    """The session for who reads it whole, else the committees' page of the city: no link to a page that is refused."""
    session = invitation.session
    city = session.committee.city
    if rules.sessions_visible_to(invitation.seat.holder, today).filter(pk=session.pk).exists():
        return mail.address_of("governance:session_detail", session.pk, host=city.host)
    return f"{mail.address_of('governance:committee_home', host=city.host)}?ville={city.slug}"
