"""Who may do what about accounts and the base itself."""

from datetime import date

from preau.kit.answers import Answer, No, Yes
from preau.people.models import Account, Person, Role, SignIn
from preau.people.queries import holds


def sign_ins_visible_to(account: Account):
    """Each sees only the entries of their own account."""
    return SignIn.objects.filter(account=account)


def can_open_base(person: Person, today: date) -> Answer:
    """Cities, schools and the first head of each come from the operator."""
    if holds(person, Role.OPERATOR, today=today):
        return Yes()
    return No("L’ouverture de la base revient à l’opératrice ou à l’opérateur.")
