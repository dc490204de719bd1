"""Persons, their accounts and the roles they hold."""

from preau.people.languages import Language
from preau.people.models.cards import Badge, Colour, Picture, PictureCode, PupilSign
from preau.people.models.entries import PupilEntry
from preau.people.models.help import HelpAsk
from preau.people.models.persons import (
    Account,
    AccountManager,
    ActivationCode,
    Contact,
    Mandate,
    MandateQuerySet,
    Person,
    SignIn,
    SignInAttempt,
)
from preau.people.models.recovery import MailCode, SheetAsk, SpareCode
from preau.people.models.refusals import RefusedEntry
from preau.people.models.roles import (
    CITY_ROLES,
    CLASS_ROLES,
    SCHOOL_ROLES,
    SECOND_FACTOR_ROLES,
    SITE_ROLES,
    SITE_WRITERS,
    STATE_ROLES,
    TEACHER_ROLES,
    Role,
)
from preau.people.models.texting import Phone, TextBudget, TextMessage

__all__ = [
    "CITY_ROLES", "CLASS_ROLES", "SCHOOL_ROLES", "SECOND_FACTOR_ROLES", "SITE_ROLES", "SITE_WRITERS", "STATE_ROLES",
    "TEACHER_ROLES",
    "Account", "AccountManager",
    "ActivationCode", "Badge", "Colour", "Contact", "HelpAsk", "Language", "MailCode", "Mandate", "MandateQuerySet",
    "Person", "Phone", "Picture", "PictureCode", "PupilEntry", "PupilSign", "RefusedEntry", "Role", "SheetAsk",
    "SignIn", "SignInAttempt", "SpareCode", "TextBudget", "TextMessage",
]  # fmt: skip
