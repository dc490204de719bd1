"""Who may do what about accounts and the base itself."""

from datetime import date, datetime, timedelta

from django.db.models import Q
from django.utils.translation import gettext_noop as _

from preau.kit import mail
from preau.kit.answers import Answer, No, Yes
from preau.kit.outbound import texting
from preau.people.models import Account, HelpAsk, Mandate, Person, Phone, Role, SignIn
from preau.people.passwords import OwnWordsRule as OwnWordsRule  # a room above adds the words it knows
from preau.people.queries import (
    asks_new_devices,
    has_second_factor,
    holds,
    is_address_shared,
    is_child,
    needs_second_factor,
)
from preau.people.queries.base import is_kept_without, operators
from preau.people.queries.grounds import Grounds
from preau.people.queries.recovery import is_heard
from preau.people.queries.texting import is_phone_shared

OFFERED_FOR = timedelta(days=14)
WHY_AN_ADDRESS = _(
    "Ce n’est pas obligatoire. Une adresse vous rend un mot de passe perdu, même le dimanche. Un courriel dit que "
    "quelque chose vous attend, jamais ce qu’il y a dedans."
)


def sign_ins_visible_to(account: Account):
    """Each sees only the entries of their own account."""
    return SignIn.objects.filter(account=account)


def can_add_device(person: Person, today: date) -> Answer:
    """The code of one's own account, read on a device already known."""
    if is_child(person, today):
        return No("Pour entrer ailleurs, demande à un adulte.")
    if needs_second_factor(person, today):
        return No("Votre rôle demande le code de votre téléphone à chaque entrée : il suffit sur tout appareil.")
    return Yes()


def can_set_up_factor(person: Person, today: date) -> Answer:
    """A telephone's code is an adult's: a child is asked for no telephone."""
    if is_child(person, today):
        return No("Ton mot de passe suffit\u00a0: tu n’as pas de téléphone à régler.")
    return Yes()


def can_be_mailed(person: Person, today: date) -> Answer:
    """Any adult who wants it: a title calls to acts, a parent finds a lost password. Never a child."""
    if is_child(person, today):
        return No("Tout se lit ici\u00a0: aucun courriel n’est envoyé aux élèves.")
    if not mail.leaves():
        return No(_("Cette installation n’envoie pas de courriel\u00a0: ce qui vous attend est sur votre page."))
    return Yes()


def is_offered_mail(account: Account, now: datetime) -> bool:
    """On the home of a guardian who has just entered, and not for ever: nobody must have an address."""
    return mail.leaves() and not account.email and now - account.created_at < OFFERED_FOR


def can_choose_language(person: Person, today: date) -> Answer:
    """Any adult, for themselves: only families' pages are written in several languages."""
    return No("Tes pages sont en français.") if is_child(person, today) else Yes()


def can_recover_by_mail(account: Account, today: date) -> Answer:
    """The address opens the account: it must be its person's alone. A role with a second factor has one to show
    besides, or else it takes a sheet."""
    if not is_heard(account) or not can_be_mailed(account.person, today):
        return No("Aucune adresse confirmée ne va avec ce compte.")
    if needs_second_factor(account.person, today) and not has_second_factor(account):
        return No("Votre rôle demande un second facteur, qui n’est pas encore réglé.")
    if is_address_shared(account):
        return No("Cette adresse sert aussi à une autre personne\u00a0: elle ne rend pas un mot de passe.")
    return Yes()


def can_recover_by_text(account: Account, today: date) -> Answer:
    """The same, of a telephone that was confirmed and takes messages."""
    phone = Phone.objects.filter(account=account, confirmed_at__isnull=False, refused_at=None).first()
    if not account.is_active or phone is None or not texting.leaves() or is_child(account.person, today):
        return No("Aucun portable confirmé ne va avec ce compte.")
    if needs_second_factor(account.person, today):
        return No("Votre rôle demande un second facteur\u00a0: un SMS ne suffit pas.")
    if is_phone_shared(phone):
        return No("Ce numéro sert aussi à une autre personne\u00a0: il ne rend pas un mot de passe.")
    return Yes()


def can_set_text_budget(person: Person, city, today: date) -> Answer:
    """The city's education service."""
    if HELPS_CITY.covers(person, city, today):
        return Yes()
    return No("La Direction Éducation de la Ville règle son budget de SMS.")


def can_keep_spare_codes(person: Person, today: date) -> Answer:
    """For who is asked for more than a password on a new device, and has no second factor to give codes of its own."""
    if not asks_new_devices(person, today):
        return No("Ces codes servent aux adultes qui n’ont pas de second facteur.")
    if has_second_factor(person.account):
        return No("Votre second facteur a ses propres codes de secours.")
    return Yes()


def can_edit_email(account: Account, today: date) -> Answer:
    """Whoever has an address may empty it, without a relay too (trust.md R9)."""
    return Yes() if account.email else can_be_mailed(account.person, today)


HELPS_SCHOOL = Grounds("school", school=(Role.SCHOOL_HEAD,))
HELPS_CITY = Grounds("city", city=(Role.CITY_EDUCATION,))
HELPERS = (Role.SCHOOL_HEAD, Role.CITY_EDUCATION, Role.OPERATOR)


def help_asks_visible_to(person: Person, today: date):
    """Calls for help where they are now: of the school one heads, of the city one serves; the operator those left."""
    level = HelpAsk.Level
    here = Q(HELPS_SCHOOL.where(person, today, "school"), level=level.SCHOOL)
    here |= Q(HELPS_CITY.where(person, today, "city"), level=level.CITY)
    if holds(person, Role.OPERATOR, today=today):
        here |= Q(level=level.OPERATOR)
    return HelpAsk.objects.filter(here)


def can_answer_help(person: Person, today: date) -> Answer:
    """Those to whom calls for help go."""
    if holds(person, *HELPERS, today=today):
        return Yes()
    return No("Les demandes d’aide vont à la direction de l’école, à la Ville, puis à la personne qui tient la base.")


def can_open_base(person: Person, today: date) -> Answer:
    """Cities, schools and the first head of each come from the operator."""
    if holds(person, Role.OPERATOR, today=today):
        return Yes()
    return No("L’ouverture de la base revient à l’opératrice ou à l’opérateur.")


LAST_OPERATOR = No(
    "La base ne reste jamais sans personne pour la tenir\u00a0: nommez d’abord quelqu’un d’autre, "
    "et attendez son entrée dans Préau."
)


def can_end_named(person: Person, mandate: Mandate, today: date, *, kept_by: list[Mandate] | None = None) -> Answer:
    """Who names a role ends it, never the last who keeps the base. `kept_by` spares a second read of the operators."""
    if not (opens := can_open_base(person, today)) or mandate.role != Role.OPERATOR:
        return opens
    return Yes() if is_kept_without(mandate, operators(today) if kept_by is None else kept_by) else LAST_OPERATOR
