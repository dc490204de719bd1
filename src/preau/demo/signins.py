"""The table of sign-ins: one line per role, with the password and the code of the moment."""

from dataclasses import dataclass

from allauth.mfa.models import Authenticator

from preau.demo import cast, keys
from preau.people.models import Account

# What each line shows: the words of the role, then the full name of who plays it.
OF_PUPILS = ("Enseignante de CM2", "Sandrine Girouette", "les textes de ses élèves, à relire")
TWO_CLASSES = ("Enseignante de deux classes ce jour", "Claire Lanterne", "pour écrire aux deux, son téléphone")
NURSERY = ("Enseignant de maternelle", "Perrin Gommette", "moyenne et grande section")
FAMILIES = (
    ("Parent, deux écoles", "Amina Marelle", "Adam à Montmidi, Sara à Mermoz"),
    ("Parent séparé", "Claire Toupie", "mère de Lina"),
    ("Parent séparé", "Julien Toupie", "père de Lina"),
    ("Parent, UPE2A", "Ngoc Lanterne", "mère de Linh"),
    ("Parent, ULIS", "Sandrine Ficelle", "mère de Tom"),
    ("Parent, maternelle", "Jeanne Ribambelle", "mère de Zoé, grande section"),
    ("Élève de CM2", "Inès Diabolo", "ses textes, et celui qui revient avec une remarque"),
)


@dataclass(frozen=True)
class SignIn:
    """A line of the table; `code` is empty where no second factor is asked."""

    role: str
    name: str
    note: str
    identifier: str
    code: str


def sign_ins(at: float) -> list[SignIn]:
    """Every named person who can sign in, adults of the school first. Two queries."""
    wanted = [(actor.role.label, f"{actor.first_name} {actor.last_name}", _note(actor)) for actor in actors()]
    wanted[3:3] = (TWO_CLASSES, OF_PUPILS, NURSERY, *FAMILIES)
    accounts = _accounts([name for _, name, _ in wanted])
    return [
        SignIn(role, name, note, accounts[name].identifier, _code(accounts[name], at))
        for role, name, note in wanted
        if name in accounts
    ]


def _note(actor):
    kind, name = actor.place or ("", "")
    if kind.startswith("commune"):
        return f"{name}, commune fictive"
    where = "commune fictive" if name == cast.COMMUNE else ""
    return ", ".join(filter(None, (actor.title, where)))


def actors():
    return (
        cast.TEACHER,
        cast.HEAD,
        cast.SUPPLY,
        *cast.SCHOOL_STAFF,
        cast.ATSEM,
        *cast.CITY_AND_STATE,
        *cast.COMMUNE_HEADS,
        *cast.COMMUNE_TEACHERS,
        cast.OPERATOR,
    )


def table_text(rows) -> str:
    """The table as a terminal shows it."""
    head = SignIn("Rôle", "Personne", "", "Identifiant", "Code")
    lines = [
        (row.role, f"{row.name} ({row.note})" if row.note else row.name, row.identifier, row.code)
        for row in (head, *rows)
    ]
    widths = [max(len(line[column]) for line in lines) for column in range(4)]
    text = ["  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip() for line in lines]
    return "\n".join([text[0], "-" * len(text[0]), *text[1:]])


def _accounts(names):
    first_names, last_names = ({name.split(" ", 1)[part] for name in names} for part in (0, 1))
    found = Account.objects.filter(
        person__first_name__in=first_names, person__last_name__in=last_names, is_active=True
    ).select_related("person")
    return {account.person.full_name: account for account in found.order_by("-created_at", "-id")}


def _code(account, at):
    has = account.authenticator_set.filter(type=Authenticator.Type.TOTP).exists()
    return keys.totp_code(account.identifier, at) if has else ""
