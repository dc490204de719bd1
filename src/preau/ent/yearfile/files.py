"""Gives the certificates that guardians sent, to whom the rules let have them at this instant (kit/files.py)."""

from functools import partial

from preau.ent.yearfile import rules
from preau.kit.files import FileGiver
from preau.media.queries import give

CERTIFICATE = "attestation"
GIVEN = (FileGiver(CERTIFICATE, partial(give, rules.certificates_visible_to)),)
