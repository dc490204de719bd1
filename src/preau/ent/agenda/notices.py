"""What a mail about an appointment says: that it changed, and where to read it. No name, no day, no place."""

from django.utils.timezone import localdate
from django.utils.translation import gettext

from preau.ent.agenda import rules
from preau.kit import mail
from preau.kit.money import NBSP
from preau.people.languages import language_of, spoken_to
from preau.people.models import Person
from preau.people.queries import emails_of

COUNCIL = {
    "convened": "Un conseil d’école est convoqué",
    "cancelled": "Un conseil d’école est annulé",
    "kept": "Un conseil d’école qui était annulé est maintenu",
    "final": "Le procès-verbal d’un conseil d’école est définitif",
}


def appointment(guardian_id, round_id, *, now) -> mail.Letter | None:
    """None for who has no confirmed address left, or who may no longer read these appointments."""
    guardian = Person.objects.filter(pk=guardian_id).first()
    address = guardian and emails_of([guardian.pk]).get(guardian.pk)
    if not address or not rules.rounds_visible_to(guardian, localdate(now)).filter(pk=round_id).exists():
        return None
    page = mail.address_of("agenda:round_detail", round_id)
    with spoken_to(guardian):
        said = gettext(f"Un rendez-vous avec l’école a changé. Pour le lire sur Préau{NBSP}:")
        subject = gettext(f"Préau{NBSP}: un rendez-vous a changé")
        text = f"{gettext('Bonjour,')}\n\n{said}\n{page}\n\n{gettext(mail.LEAVE)}\n"
        return mail.Letter(address, subject, text, language_of(guardian))


def council(person_id, council_id, what, *, now) -> mail.Letter | None:
    """To the IEN and the elected members: which school is on the page. None for who may no longer read it, and when it
    was cancelled, or kept, before the mail left."""
    reader = Person.objects.filter(pk=person_id).first()
    address = reader and emails_of([reader.pk]).get(reader.pk)
    if not address:
        return None
    stands = {"event__cancelled_at__isnull": what != "cancelled"}
    if not rules.councils_visible_to(reader, localdate(now)).filter(pk=council_id, **stands).exists():
        return None
    page = mail.address_of("agenda:council_detail", council_id)
    text = f"Bonjour,\n\n{COUNCIL[what]}. Pour le lire{NBSP}:\n{page}\n\n{mail.LEAVE}\n"
    return mail.Letter(address, f"Préau{NBSP}: conseil d’école", text)
