"""What is said of a new device, and of a change of what opens an account. No name, no network, no link to imitate in a
false mail."""

from datetime import datetime, timedelta

from django.utils.timezone import localdate, localtime
from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from preau.kit import mail, spoken
from preau.kit.dates import hour_text, weekday_text
from preau.kit.money import NBSP
from preau.kit.seals import unseal
from preau.kit.spoken import other_language
from preau.people import queries, rules
from preau.people.languages import language_of, spoken_to
from preau.people.models import Account, SignIn

TOLD_WITHIN, TOLD_MOST = timedelta(hours=1), 3  # new devices told by mail: « Mon compte » lists the others

# What opens an account, as allauth names its changes, then as we do → what is said of it.
CHANGES = {
    "password_changed": _("le mot de passe a été changé"),
    "password_set": _("le mot de passe a été changé"),
    "totp_activated": _("un téléphone a été ajouté pour donner le code d’entrée"),
    "totp_deactivated": _("le téléphone qui donnait le code d’entrée a été retiré"),
    "recovery_codes_generated": _("de nouveaux codes de secours ont été faits"),
    "webauthn_added": _("une clé d’accès a été ajoutée"),
    "webauthn_removed": _("une clé d’accès a été retirée"),
    "new_sheet": _("une nouvelle fiche de connexion a été faite à votre nom"),
    "new_sheet_opened": _("le mot de passe a été choisi de nouveau, avec une fiche de connexion"),
    "all_withdrawn": _("le mot de passe et le second facteur ont été retirés, pour un téléphone perdu"),
    "shut": _("tout a été fermé, et une nouvelle fiche de connexion fera choisir un autre mot de passe"),
    "phone_changed": _("le portable où Préau vous écrit n’est plus le même"),
    "email_changed": _("l’adresse où Préau vous écrit n’est plus celle-ci"),
}


def change(account_id, change: str, sealed_address: str, *, now: datetime) -> mail.Letter | None:
    """To the confirmed address, or to the one just left."""
    account = Account.objects.select_related("person").filter(pk=account_id).first()
    if account is None or not rules.can_be_mailed(account.person, localdate(now)):
        return None
    known = queries.emails_of([account.person_id], even_refused=True).get(account.person_id)
    address = unseal(sealed_address) if sealed_address else known
    with spoken_to(account.person):
        return mail.Letter(address, *change_mail(change), language_of(account.person)) if address else None


def new_device(sign_in_id, *, now: datetime) -> mail.Letter | None:
    """At any hour, three an hour at most. Who has confirmed no address reads it at their next entry from a device
    already known."""
    sign_in = SignIn.objects.select_related("account__person").filter(pk=sign_in_id, told_at=None).first()
    if sign_in is None or not rules.can_be_mailed(sign_in.account.person, localdate(now)):
        return None
    who = sign_in.account.person_id
    address = queries.emails_of([who], even_refused=True).get(who)
    told = SignIn.objects.filter(account=sign_in.account_id, told_at__gt=now - TOLD_WITHIN).count()
    if not address or told >= TOLD_MOST:
        return None
    with spoken_to(sign_in.account.person):
        return mail.Letter(address, *new_device_mail(sign_in), language_of(sign_in.account.person))


def reset(account_id, *, now: datetime) -> mail.Letter | None:
    """The password serves no more: how to have another one."""
    account = Account.objects.select_related("person").filter(pk=account_id, email_confirmed_at__isnull=False).first()
    if account is None or account.has_usable_password() or not rules.can_be_mailed(account.person, localdate(now)):
        return None
    by_mail = rules.can_recover_by_mail(account, localdate(now))
    with spoken_to(account.person):
        return mail.Letter(account.email, *reset_mail(by_mail=bool(by_mail)), language_of(account.person))


def reset_mail(*, by_mail: bool) -> tuple[str, str]:
    """(subject, text)"""
    how = (
        gettext(
            "Choisissez-en un autre, quand vous voulez\u00a0: à la page d’entrée de Préau, touchez «\u00a0J’ai perdu "
            "mon mot de passe\u00a0». Un code arrivera à cette adresse."
        )
        if by_mail
        else gettext("L’école vous remet une nouvelle fiche de connexion\u00a0: elle sait que vous l’attendez.")
    )
    return gettext(f"Préau{NBSP}: choisissez un autre mot de passe"), _said(
        gettext(
            "Des mots de passe ont pu être volés. Par prudence, le vôtre ne sert plus, et vos appareils sont "
            "déconnectés. Rien de ce que vous avez écrit n’est perdu."
        ),
        how,
        gettext("Si vous aviez ce mot de passe ailleurs aussi, changez-le là-bas."),
    )


def change_mail(change: str) -> tuple[str, str]:
    """(subject, text); `change` is a key of CHANGES."""
    return gettext(f"Préau{NBSP}: un changement sur votre compte"), _said(
        gettext("Sur votre compte Préau, %(change)s.") % {"change": gettext(CHANGES[change])},
        gettext("Si c’est vous, ne faites rien."),
        gettext(
            "Sinon, entrez dans Préau comme d’habitude, ouvrez «\u00a0Mon compte\u00a0», déconnectez les autres "
            "appareils et changez votre mot de passe. Si vous ne pouvez plus entrer, prévenez qui vous a donné votre "
            "fiche de connexion."
        ),
    )


def new_device_mail(sign_in: SignIn) -> tuple[str, str]:
    """(subject, text)"""
    opened = gettext(f"Votre compte vient d’être ouvert sur un nouvel appareil{NBSP}: %(entry)s.")
    return gettext(f"Préau{NBSP}: votre compte ouvert sur un nouvel appareil"), _said(
        opened % {"entry": _entry(sign_in)},
        gettext("Si c’est vous, ne faites rien."),
        gettext(
            "Sinon, entrez dans Préau comme d’habitude, ouvrez «\u00a0Mon compte\u00a0», déconnectez cet appareil et "
            "changez votre mot de passe. Puis prévenez qui vous a donné votre fiche de connexion."
        ),
    )


def _said(*parts):
    return "\n\n".join([gettext("Bonjour,"), *parts]) + "\n"


def new_devices_line(sign_ins: list[SignIn]) -> str:
    """The same for the screen, of the latest; empty when there is none."""
    if not sign_ins:
        return ""
    others = len(sign_ins) - 1
    more = f" (et {others} autre{'s' if others > 1 else ''})" if others else ""
    if other_language():
        more = f" (+{others})" if others else ""
    return gettext(
        "Depuis votre dernière entrée ici, votre compte a été ouvert sur un nouvel appareil\u00a0: %(entry)s. Si ce "
        "n’est pas vous, ouvrez «\u00a0Mon compte\u00a0» et déconnectez-le."
    ) % {"entry": f"{_entry(sign_ins[0])}{more}"}


def _entry(sign_in):
    """« Firefox sur Android, mardi 15 septembre à 9 h 05 »"""
    at, device = localtime(sign_in.new_device_at), sign_in.device or gettext("appareil inconnu")
    if other_language():
        return f"{spoken.comma()} ".join((device.replace(" sur ", " / "), weekday_text(at.date()), hour_text(at)))
    return f"{device}, {weekday_text(at.date())} à {hour_text(at)}"
