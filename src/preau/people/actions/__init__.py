"""The only writes about persons, accounts, mandates, codes and sessions."""

from preau.people.actions.accounts import (
    close_account,
    create_account,
    create_person,
    note_notice,
    set_password,
    set_totp,
)
from preau.people.actions.activation import (
    issue_activation_codes,
    open_with_code,
    remove_second_factor,
    use_activation_code,
)
from preau.people.actions.mandates import end_mandate, give_mandate, name_holder
from preau.people.actions.sessions import end_sessions, end_sign_in, open_sign_in, touch_sign_in
from preau.people.actions.throttle import Locked, count_network, count_try, forget_tries, forgive
from preau.people.queries import make_identifier

__all__ = [
    "Locked",
    "close_account",
    "count_network",
    "count_try",
    "create_account",
    "create_person",
    "end_mandate",
    "end_sessions",
    "end_sign_in",
    "forget_tries",
    "forgive",
    "give_mandate",
    "issue_activation_codes",
    "make_identifier",
    "name_holder",
    "note_notice",
    "open_sign_in",
    "open_with_code",
    "remove_second_factor",
    "set_password",
    "set_totp",
    "touch_sign_in",
    "use_activation_code",
]
