"""The only writes about persons, accounts, mandates, codes and sessions."""

from preau.people.actions.accounts import (
    close_account,
    create_account,
    create_person,
    set_password,
    set_totp,
)
from preau.people.actions.activation import issue_activation_codes, use_activation_code
from preau.people.actions.mandates import end_mandate, give_mandate
from preau.people.actions.sessions import end_sessions
from preau.people.queries import make_identifier

__all__ = [
    "close_account",
    "create_account",
    "create_person",
    "end_mandate",
    "end_sessions",
    "give_mandate",
    "issue_activation_codes",
    "make_identifier",
    "set_password",
    "set_totp",
    "use_activation_code",
]
