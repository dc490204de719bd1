"""The only writes of the dossier de rentrée. The rules are asked again in each."""

from preau.ent.yearfile.actions.asking import change_year_file, open_year_file, report_change
from preau.ent.yearfile.actions.certificates import (
    accept_certificate,
    refuse_certificate,
    send_certificate,
    settle_certificates,
)
from preau.ent.yearfile.actions.filling import (
    check_contacts,
    check_pickups,
    end_pickup,
    name_pickup,
    read_charter,
    say_sharing,
)
from preau.ent.yearfile.actions.sheets import print_sheets, return_sheet

__all__ = [
    "accept_certificate", "change_year_file", "check_contacts", "check_pickups", "end_pickup", "name_pickup",
    "open_year_file", "print_sheets", "read_charter", "refuse_certificate", "report_change", "return_sheet",
    "say_sharing", "send_certificate", "settle_certificates",
]  # fmt: skip
