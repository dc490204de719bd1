"""Every way in, in one place: a session opened by an address that is not here is refused (trust.md 12)."""

from django.utils.translation import gettext_noop as _

# name of the address that ends an entry → (name kept in the journal, how a person reads it)
WAYS = {
    "account_login": ("password", _("identifiant et mot de passe")),
    "mfa_authenticate": ("second_factor", _("mot de passe et second facteur")),
    "first_time_password": ("sheet", _("code d’une fiche de connexion")),
    "lost_password_choice": ("mail_code", _("code reçu par courriel ou SMS, et nouveau mot de passe")),
}
LABELS = dict(WAYS.values())


class UnknownWay(Exception):
    """Someone tried to open a session by an address that is no declared way in."""


def way_of(url_name: str) -> str:
    """The way's name, from the address that is opening a session."""
    if url_name not in WAYS:
        raise UnknownWay(url_name)
    return WAYS[url_name][0]
