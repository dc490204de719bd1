"""The mails that bear six figures. No name: the address may be a stranger's. No link where figures are enough: a false
mail has nothing to imitate then."""

from datetime import datetime, timedelta

from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from preau.kit import mail
from preau.kit.money import NBSP
from preau.kit.outbound.texting import Text
from preau.kit.seals import unseal
from preau.people import email_links
from preau.people.languages import language_of, spoken_to
from preau.people.models import Account, MailCode, TextMessage
from preau.people.queries import phones_of
from preau.people.recovery.mail_codes import figures_of

Purpose = MailCode.Purpose
WAITS = timedelta(hours=6)  # a relay was down: after that, whoever asked has found another way


def code_by_mail(code_id, *, now: datetime) -> mail.Letter | None:
    """At any hour: somebody is waiting at the door."""
    code = (
        MailCode.objects.select_related("account__person")
        .filter(pk=code_id, used_at=None, account__is_active=True)
        .first()
    )
    if code is None or not code.address or now - code.asked_at > WAITS:
        return None
    is_confirmed = code.account.email_confirmed_at is not None
    if is_confirmed == (code.purpose == Purpose.ADDRESS):
        return None  # an address is confirmed once, and serves nothing else before
    figures, reader = figures_of(code), code.account.person
    with spoken_to(reader):
        said = WRITERS[code.purpose](code, f"{figures[:3]} {figures[3:]}")
    return mail.Letter(code.account.email, *said, language_of(reader))


def _to_confirm(code, figures):
    page = mail.address_of("account_email_confirm", email_links.token_of(code.account))
    later = gettext(f"Il sert une fois, pendant dix minutes. Plus tard, ouvrez cette page, dans les trois jours{NBSP}:")
    return gettext(f"Préau{NBSP}: confirmer votre adresse"), _said(
        gettext(
            "Cette adresse a été donnée à Préau pour y prévenir quelqu’un de ce qui l’attend. Si c’est vous, écrivez "
            "ce code là où Préau le demande\u00a0:"
        ),
        figures,
        f"{later}\n{page}",
        gettext("Sinon, ne faites rien\u00a0: aucun autre courriel ne sera envoyé."),
    )


def _to_choose_password(code, figures):
    return gettext(f"Préau{NBSP}: votre code pour choisir un autre mot de passe"), _said(
        gettext(
            "Un autre mot de passe est demandé pour votre compte Préau. Si c’est vous, écrivez ce code là où Préau le "
            "demande\u00a0:"
        ),
        figures,
        gettext(ONCE),
        gettext("Sinon, ne faites rien\u00a0: votre mot de passe ne change pas."),
    )


def _to_enter(code, figures):
    return gettext(f"Préau{NBSP}: votre code pour un nouvel appareil"), _said(
        gettext(
            "Quelqu’un entre dans votre compte Préau sur un nouvel appareil, avec votre mot de passe. Si c’est vous, "
            "écrivez ce code là où Préau le demande\u00a0:"
        ),
        figures,
        gettext(ONCE),
        gettext(
            "Sinon, entrez dans Préau comme d’habitude, ouvrez «\u00a0Mon compte\u00a0» et changez votre mot de passe."
        ),
    )


def _said(asked, figures, *then):
    return "\n\n".join([gettext("Bonjour,"), asked, f"    {figures}", *then]) + "\n"


def code_by_text(code_id, text_id, *, now: datetime) -> Text | None:
    """The same on a telephone."""
    code = MailCode.objects.select_related("account__phone", "account__person").filter(pk=code_id, used_at=None).first()
    if code is None or not code.address or now - code.asked_at > WAITS:
        return None
    is_confirmed = code.account.phone.confirmed_at is not None
    if is_confirmed == (code.purpose == Purpose.PHONE):
        return None
    figures = figures_of(code)
    with spoken_to(code.account.person):
        return Text(code.address, code_text(f"{figures[:3]} {figures[3:]}"), text_id)


def code_text(figures: str = "000 000") -> str:
    """In the language at hand; all figures take as much room."""
    return gettext(CODE) % {"code": figures}


def left_by_text(sealed_number, text_id, *, now: datetime) -> Text | None:
    """To a number that serves no more: it may be the only way to its owner."""
    number = unseal(sealed_number)
    told = TextMessage.objects.select_related("account__person").filter(pk=text_id).first()
    with spoken_to(told and told.account and told.account.person):
        return Text(number, left_text(), text_id) if number else None


def left_text() -> str:
    return gettext(LEFT)


def reset_by_text(account_id, text_id, *, now: datetime) -> Text | None:
    """None once another password was chosen, or the number is not confirmed any more."""
    account = Account.objects.select_related("person", "phone").filter(pk=account_id, is_active=True).first()
    if account is None or account.has_usable_password() or now - account.sessions_from > WAITS:
        return None
    phones = phones_of([account.person_id])
    if not phones:
        return None
    with spoken_to(account.person):
        return Text(phones[0].number, reset_text(), text_id)


def reset_text() -> str:
    return gettext(RESET)


CODE = _("Préau\u00a0: votre code est %(code)s. Il sert une fois, pendant dix minutes. Ne le donnez à personne.")
LEFT = _(
    "Préau\u00a0: ce portable ne sert plus à votre compte. Si vous ne l’avez pas demandé, entrez et changez votre mot "
    "de passe."
)
RESET = _(
    "Préau\u00a0: par prudence, votre mot de passe ne sert plus. Entrez par «\u00a0J’ai perdu mon mot de passe\u00a0»."
)
ONCE = _(
    "Il sert une fois, pendant dix minutes. Ne le donnez à personne\u00a0: ni l’école ni la Ville ne le demandent."
)
WRITERS = {Purpose.ADDRESS: _to_confirm, Purpose.PASSWORD: _to_choose_password, Purpose.DEVICE: _to_enter}
