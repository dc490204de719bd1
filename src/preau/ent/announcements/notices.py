"""What a mail to an elected parent says: that the head does not send their text. No name, no word of it, no place."""

from django.utils.timezone import localdate
from django.utils.translation import gettext

from preau.ent.announcements.rules import parents as rules
from preau.kit import mail
from preau.kit.money import NBSP
from preau.notify.queries import leaves_at
from preau.people.languages import language_of, spoken_to
from preau.people.models import Person
from preau.people.queries import emails_of


def refused(person_id, announcement_id, *, now) -> mail.Letter | mail.Later | None:
    """None for who has no confirmed address left, or has written it otherwise since; in the hours of the school."""
    parent = Person.objects.filter(pk=person_id).first()
    address = parent and emails_of([parent.pk]).get(parent.pk)
    if not address:
        return None
    mine = rules.proposals_visible_to(parent, localdate(now)).select_related("publication__school__city")
    announcement = mine.filter(pk=announcement_id, refused_at__isnull=False).first()
    if announcement is None:
        return None
    if (opens := leaves_at(announcement.publication.school, now)) > now:
        return mail.Later(opens)
    page = mail.address_of("announcements:announcement_detail", announcement.pk)
    with spoken_to(parent):
        said = gettext(
            f"La direction n’envoie pas votre texte de parent élu. Pour lire pourquoi, et l’écrire autrement{NBSP}:"
        )
        subject = gettext(f"Préau{NBSP}: une réponse de l’école")
        text = f"{gettext('Bonjour,')}\n\n{said}\n{page}\n\n{gettext(mail.LEAVE)}\n"
        return mail.Letter(address, subject, text, language_of(parent))
