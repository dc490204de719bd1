"""Sentences of the door: what happened, and what to do."""

import math
from datetime import date, timedelta

from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from preau.kit import spoken

ERRORS = {
    "username_password_mismatch": _(
        "Cet identifiant et ce mot de passe ne vont pas ensemble. Vérifiez votre fiche de connexion ; "
        "si le mot de passe est perdu, l’école vous donne une nouvelle fiche."
    ),
    "uncounted": _("La porte est fermée pour un moment. Réessayez dans une minute."),
    "full": _("Le disque du serveur est plein\u00a0: personne n’entre pour l’instant. Prévenez l’école ou la Ville."),
    "too_many_login_attempts": _("Trop d’essais. Attendez une minute, puis réessayez."),
    "rate_limited": _("Trop d’essais. Attendez une minute, puis réessayez."),
    "incorrect_password": _("Ce n’est pas votre mot de passe actuel. Écrivez-le encore une fois."),
    "enter_current_password": _("Ce n’est pas votre mot de passe actuel. Écrivez-le encore une fois."),
    "incorrect_code": _(
        "Ce code ne marche pas. Il change toutes les 30 secondes et ne sert qu’une fois : attendez le suivant."
    ),
    "wrong_device_code": _(
        "Ce code ne marche pas, ou ne marche plus. Il ne sert qu’une fois\u00a0: relisez-le sur l’autre appareil, dans "
        "le dernier courriel ou sur votre papier."
    ),
    "wrong_mail_code": _(
        "Ce code ne marche pas, ou ne marche plus\u00a0: il sert une fois, pendant dix minutes. Relisez le dernier "
        "message reçu, ou demandez un autre code."
    ),
    "cannot_delete_authenticator": _("Votre rôle demande un second facteur : il ne peut pas être retiré."),
    "cannot_generate_recovery_codes": _("Réglez d’abord un second facteur ; les codes de secours viennent avec lui."),
}
# allauth's messages that are said, by the name of their template; the others stay silent.
MESSAGES = {
    "account/messages/password_changed.txt": _("Votre mot de passe est changé. Vos autres appareils sont déconnectés."),
    "account/messages/logged_out.txt": _("Vous êtes sorti."),
    "mfa/messages/totp_activated.txt": _("Votre second facteur est réglé."),
    "mfa/messages/totp_deactivated.txt": _("Ce téléphone ne sert plus de second facteur."),
    "mfa/messages/webauthn_added.txt": _("Cette clé d’accès est ajoutée."),
    "mfa/messages/webauthn_removed.txt": _("Cette clé d’accès est retirée."),
}
DEAD_CODE = _("Ce code ne marche pas, ou ne marche plus. Relisez-le ; sinon, demandez une autre fiche à l’école.")
OWN_CODE = _("Cette fiche est déjà la vôtre\u00a0: elle a servi, et ne sert plus.")
TOO_MANY_CODES = _("Trop de codes essayés depuis cette adresse. Attendez une heure, ou demandez à l’école.")
TOO_MANY_ASKS = _("Trop de demandes depuis cette adresse. Attendez une heure, ou parlez-en à l’école.")
# The day of people/_notice.html, written by hand: who was shown another one is shown this one. A digest would show it
# again to ten thousand families for a comma; tests/people/test_notice.py holds one, so that nobody forgets to decide.
NOTICE_ON = date(2026, 11, 29)
NOTICE_VERSION = NOTICE_ON.isoformat()
CHARTER_VERSION = "charte-1"  # of privacy/pupil_charter.html, which a pupil is shown in place of the notice


def locked_text(wait: timedelta) -> str:
    """« Trop d’essais. Attendez 4 minutes, puis réessayez. », in the language of the page."""
    seconds = max(1, math.ceil(wait.total_seconds()))
    if seconds <= 30:
        said = spoken.counted(seconds, "seconde", "secondes")
    else:
        said = spoken.counted(math.ceil(seconds / 60), "minute", "minutes")
    return gettext("Trop d’essais. Attendez %(wait)s, puis réessayez.") % {"wait": said}
