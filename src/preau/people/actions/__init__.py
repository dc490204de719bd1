"""The only writes about persons, accounts, mandates, codes and sessions."""

from preau.people.actions.accounts import (
    confirm_email,
    create_account,
    create_person,
    note_notice,
    set_email,
    set_password,
    set_totp,
    use_factor_step,
)
from preau.people.actions.activation import (
    issue_activation_codes,
    issue_first_sheet,
    open_with_code,
    remove_second_factor,
    renew_sheet,
    shut_account,
    use_activation_code,
)
from preau.people.actions.changes import note_change
from preau.people.actions.help import answer_help, ask_help, pass_help_on, pass_on_what_waits
from preau.people.actions.mail_codes import ask_mail_code, note_code_sent, use_mail_code
from preau.people.actions.mandates import (
    end_mandate,
    end_mandates,
    give_mandate,
    name_holder,
    take_back_end,
)
from preau.people.actions.recovery import (
    ask_sheet,
    ask_way_back,
    draw_spare_codes,
    drop_sheet_ask,
    open_with_mail_code,
    use_spare_code,
)
from preau.people.actions.resetting import reset_passwords
from preau.people.actions.sessions import (
    admit_device,
    close_doors,
    end_sessions,
    end_sign_in,
    forget_devices,
    note_device_told,
    note_new_device,
    open_sign_in,
    touch_sign_in,
)
from preau.people.actions.spraying import count_account, hear_network, settle_account
from preau.people.actions.suspension import note_refused, reinstate_account, suspend_account
from preau.people.actions.throttle import Locked, count_network, count_try, forget_tries, forgive
from preau.people.queries import make_identifier

__all__ = [
    "answer_help",
    "ask_help",
    "pass_help_on",
    "pass_on_what_waits",
    "use_spare_code",
    "open_with_mail_code",
    "drop_sheet_ask",
    "draw_spare_codes",
    "ask_way_back",
    "ask_sheet",
    "Locked",
    "admit_device",
    "ask_mail_code",
    "close_doors",
    "confirm_email",
    "count_account",
    "count_network",
    "count_try",
    "create_account",
    "create_person",
    "end_mandate",
    "end_mandates",
    "end_sessions",
    "end_sign_in",
    "forget_devices",
    "forget_tries",
    "forgive",
    "give_mandate",
    "hear_network",
    "issue_activation_codes",
    "issue_first_sheet",
    "make_identifier",
    "name_holder",
    "note_change",
    "note_code_sent",
    "note_device_told",
    "note_new_device",
    "note_notice",
    "note_refused",
    "open_sign_in",
    "open_with_code",
    "reinstate_account",
    "remove_second_factor",
    "renew_sheet",
    "reset_passwords",
    "shut_account",
    "set_email",
    "set_password",
    "set_totp",
    "settle_account",
    "suspend_account",
    "take_back_end",
    "touch_sign_in",
    "use_activation_code",
    "use_factor_step",
    "use_mail_code",
]
