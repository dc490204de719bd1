"""Who may ask to be told by mail."""

from datetime import date

from preau.kit.answers import Answer, No, Yes
from preau.people.models import Account, Person
from preau.people.rules import can_be_mailed


def can_choose_evening(person: Person, today: date) -> Answer:
    """Those Préau may write to, at an address they confirmed."""
    if not (mailed := can_be_mailed(person, today)):
        return mailed
    if not Account.objects.filter(person=person, email_confirmed_at__isnull=False).exists():
        return No("Donnez d’abord votre adresse de courriel, et confirmez-la, sur la page «\u00a0Mon compte\u00a0».")
    return Yes()
