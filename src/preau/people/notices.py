"""What is said of a new device, and of a change of what opens an account. No name, no network, no link to imitate in a
false mail."""

from django.utils.timezone import localtime

from preau.kit.dates import hour_text, weekday_text
from preau.kit.money import NBSP
from preau.people.models import SignIn

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
    "email_changed": "l’adresse où Préau vous écrit n’est plus celle-ci",
}


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
