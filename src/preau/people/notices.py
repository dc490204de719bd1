"""What is said of a new device, and of a change of what opens an account. No name, no network, no link to imitate in a
false mail."""

from datetime import datetime, timedelta

from django.utils.timezone import localdate, localtime

from preau.kit import mail
from preau.kit.dates import hour_text, weekday_text
from preau.kit.money import NBSP
from preau.kit.seals import unseal
from preau.people import queries, rules
from preau.people.models import Account, SignIn

TOLD_WITHIN, TOLD_MOST = timedelta(hours=1), 3  # new devices told by mail: « Mon compte » lists the others

# What opens an account, as allauth names its changes, then as we do → what is said of it.
CHANGES = {
    "password_changed": "le mot de passe a été changé",
    "password_set": "le mot de passe a été changé",
    "totp_activated": "un téléphone a été ajouté pour donner le code d’entrée",
    "totp_deactivated": "le téléphone qui donnait le code d’entrée a été retiré",
    "recovery_codes_generated": "de nouveaux codes de secours ont été faits",
    "webauthn_added": "une clé d’accès a été ajoutée",
    "webauthn_removed": "une clé d’accès a été retirée",
    "new_sheet": "une nouvelle fiche de connexion a été faite à votre nom",
    "new_sheet_opened": "le mot de passe a été choisi de nouveau, avec une fiche de connexion",
    "all_withdrawn": "le mot de passe et le second facteur ont été retirés, pour un téléphone perdu",
    "shut": "tout a été fermé, et une nouvelle fiche de connexion fera choisir un autre mot de passe",
    "phone_changed": "le portable où Préau vous écrit n’est plus le même",
    "email_changed": "l’adresse où Préau vous écrit n’est plus celle-ci",
}


def change(account_id, change: str, sealed_address: str, *, now: datetime) -> mail.Letter | None:
    """To the confirmed address, or to the one just left."""
    account = Account.objects.select_related("person").filter(pk=account_id).first()
    if account is None or not rules.can_be_mailed(account.person, localdate(now)):
        return None
    known = queries.emails_of([account.person_id], even_refused=True).get(account.person_id)
    address = unseal(sealed_address) if sealed_address else known
    return mail.Letter(address, *change_mail(change)) if address else None


def new_device(sign_in_id, *, now: datetime) -> mail.Letter | None:
    """At any hour, three an hour at most. Who has confirmed no address reads it at their next entry from a device
    already known."""
    sign_in = SignIn.objects.select_related("account__person").filter(pk=sign_in_id, told_at=None).first()
    if sign_in is None or not rules.can_be_mailed(sign_in.account.person, localdate(now)):
        return None
    who = sign_in.account.person_id
    address = queries.emails_of([who], even_refused=True).get(who)
    told = SignIn.objects.filter(account=sign_in.account_id, told_at__gt=now - TOLD_WITHIN).count()
    return mail.Letter(address, *new_device_mail(sign_in)) if address and told < TOLD_MOST else None


def reset(account_id, *, now: datetime) -> mail.Letter | None:
    """The password serves no more: how to have another one."""
    account = Account.objects.select_related("person").filter(pk=account_id, email_confirmed_at__isnull=False).first()
    if account is None or account.has_usable_password() or not rules.can_be_mailed(account.person, localdate(now)):
        return None
    by_mail = rules.can_recover_by_mail(account, localdate(now))
    return mail.Letter(account.email, *reset_mail(by_mail=bool(by_mail)))


def reset_mail(*, by_mail: bool) -> tuple[str, str]:
    """(subject, text)"""
    how = (
        f"Choisissez-en un autre, quand vous voulez{NBSP}: à la page d’entrée de Préau, touchez «{NBSP}J’ai perdu "
        f"mon mot de passe{NBSP}». Un code arrivera à cette adresse."
        if by_mail
        else f"L’école vous remet une nouvelle fiche de connexion{NBSP}: elle sait que vous l’attendez."
    )
    return f"Préau{NBSP}: choisissez un autre mot de passe", (
        "Bonjour,\n\nDes mots de passe ont pu être volés. Par prudence, le vôtre ne sert plus, et vos appareils sont "
        f"déconnectés. Rien de ce que vous avez écrit n’est perdu.\n\n{how}\n\n"
        "Si vous aviez ce mot de passe ailleurs aussi, changez-le là-bas.\n"
    )


def change_mail(change: str) -> tuple[str, str]:
    """(subject, text); `change` is a key of CHANGES."""
    return f"Préau{NBSP}: un changement sur votre compte", (
        f"Bonjour,\n\nSur votre compte Préau, {CHANGES[change]}.\n\n"
        "Si c’est vous, ne faites rien.\n\n"
        f"Sinon, entrez dans Préau comme d’habitude, ouvrez «{NBSP}Mon compte{NBSP}», déconnectez les autres appareils "
        "et changez votre mot de passe. Si vous ne pouvez plus entrer, prévenez qui vous a donné votre fiche de "
        "connexion.\n"
    )


def new_device_mail(sign_in: SignIn) -> tuple[str, str]:
    """(subject, text)"""
    return f"Préau{NBSP}: votre compte ouvert sur un nouvel appareil", (
        f"Bonjour,\n\nVotre compte vient d’être ouvert sur un nouvel appareil{NBSP}: {_entry(sign_in)}.\n\n"
        "Si c’est vous, ne faites rien.\n\n"
        f"Sinon, entrez dans Préau comme d’habitude, ouvrez «{NBSP}Mon compte{NBSP}», déconnectez cet appareil et "
        "changez votre mot de passe. Puis prévenez qui vous a donné votre fiche de connexion.\n"
    )


def new_devices_line(sign_ins: list[SignIn]) -> str:
    """The same for the screen, of the latest; empty when there is none."""
    if not sign_ins:
        return ""
    others = len(sign_ins) - 1
    more = f" (et {others} autre{'s' if others > 1 else ''})" if others else ""
    return (
        f"Depuis votre dernière entrée ici, votre compte a été ouvert sur un nouvel appareil{NBSP}: "
        f"{_entry(sign_ins[0])}{more}. Si ce n’est pas vous, ouvrez «{NBSP}Mon compte{NBSP}» et déconnectez-le."
    )


def _entry(sign_in):
    """« Firefox sur Android, mardi 15 septembre à 9 h 05 »"""
    at = localtime(sign_in.new_device_at)
    return f"{sign_in.device or 'appareil inconnu'}, {weekday_text(at.date())} à {hour_text(at)}"
