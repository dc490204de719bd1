"""The mails that bear six figures. No name: the address may be a stranger's. No link where figures are enough: a false
mail has nothing to imitate then."""

from datetime import datetime, timedelta

from preau.kit import mail
from preau.kit.money import NBSP
from preau.kit.outbound.texting import Text
from preau.kit.seals import unseal
from preau.people import email_links
from preau.people.models import MailCode
from preau.people.recovery.mail_codes import figures_of

Purpose = MailCode.Purpose
WAITS = timedelta(hours=6)  # a relay was down: after that, whoever asked has found another way


def code_by_mail(code_id, *, now: datetime) -> mail.Letter | None:
    """At any hour: somebody is waiting at the door."""
    code = MailCode.objects.select_related("account").filter(pk=code_id, used_at=None, account__is_active=True).first()
    if code is None or not code.address or now - code.asked_at > WAITS:
        return None
    is_confirmed = code.account.email_confirmed_at is not None
    if is_confirmed == (code.purpose == Purpose.ADDRESS):
        return None  # an address is confirmed once, and serves nothing else before
    figures = figures_of(code)
    return mail.Letter(code.account.email, *WRITERS[code.purpose](code, f"{figures[:3]} {figures[3:]}"))


def _to_confirm(code, figures):
    return f"Préau{NBSP}: confirmer votre adresse", (
        "Bonjour,\n\nCette adresse a été donnée à Préau pour y prévenir quelqu’un de ce qui l’attend. Si c’est vous, "
        f"écrivez ce code là où Préau le demande{NBSP}:\n\n    {figures}\n\n"
        "Il sert une fois, pendant dix minutes. Plus tard, ouvrez cette page, dans les trois jours"
        f"{NBSP}:\n{mail.address_of('account_email_confirm', email_links.token_of(code.account))}\n\n"
        "Sinon, ne faites rien\u00a0: aucun autre courriel ne sera envoyé.\n"
    )


def _to_choose_password(code, figures):
    return f"Préau{NBSP}: votre code pour choisir un autre mot de passe", (
        "Bonjour,\n\nUn autre mot de passe est demandé pour votre compte Préau. Si c’est vous, écrivez ce code là où "
        f"Préau le demande{NBSP}:\n\n    {figures}\n\n{ONCE}"
        "Sinon, ne faites rien\u00a0: votre mot de passe ne change pas.\n"
    )


def _to_enter(code, figures):
    return f"Préau{NBSP}: votre code pour un nouvel appareil", (
        "Bonjour,\n\nQuelqu’un entre dans votre compte Préau sur un nouvel appareil, avec votre mot de passe. Si c’est "
        f"vous, écrivez ce code là où Préau le demande{NBSP}:\n\n    {figures}\n\n{ONCE}"
        f"Sinon, entrez dans Préau comme d’habitude, ouvrez «{NBSP}Mon compte{NBSP}» et changez votre mot de passe.\n"
    )


def code_by_text(code_id, text_id, *, now: datetime) -> Text | None:
    """The same on a telephone."""
    code = MailCode.objects.select_related("account__phone").filter(pk=code_id, used_at=None).first()
    if code is None or not code.address or now - code.asked_at > WAITS:
        return None
    is_confirmed = code.account.phone.confirmed_at is not None
    if is_confirmed == (code.purpose == Purpose.PHONE):
        return None
    figures = figures_of(code)
    said = f"Préau{NBSP}: votre code est {figures[:3]} {figures[3:]}. Il sert une fois, pendant dix minutes. {UNGIVEN}"
    return Text(code.address, said, text_id)


def left_by_text(sealed_number, text_id, *, now: datetime) -> Text | None:
    """To a number that serves no more: it may be the only way to its owner."""
    number = unseal(sealed_number)
    return Text(number, LEFT, text_id) if number else None


LEFT = (
    f"Préau{NBSP}: ce portable ne sert plus à votre compte. Si vous ne l’avez pas demandé, entrez et changez votre mot "
    "de passe."
)
UNGIVEN = "Ne le donnez à personne."
ONCE = (
    "Il sert une fois, pendant dix minutes. Ne le donnez à personne\u00a0: ni l’école ni la Ville ne le demandent.\n\n"
)
WRITERS = {Purpose.ADDRESS: _to_confirm, Purpose.PASSWORD: _to_choose_password, Purpose.DEVICE: _to_enter}
