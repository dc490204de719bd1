"""The one way a mail leaves: plain text, no attachment, no picture, nothing that tells who opened it.

A mail passes through machines that are not ours: it says that something waits and where, never what it holds.
"""

from smtplib import SMTPRecipientsRefused

from django.conf import settings
from django.core.mail import EmailMessage
from django.urls import reverse

from preau.kit.mail.returned import return_path

LEAVE = "Pour ne plus recevoir de courriel, videz votre adresse sur la page «\u00a0Mon compte\u00a0»."


class NotSent(OSError):
    """The relay could not, this time. Holds the kind of error alone: a relay's words repeat the address, and what a job
    raises is logged and kept (trust.md T24)."""


class AddressRefused(Exception):
    """The relay says that this address takes no mail: trying again would not help."""


def leaves() -> bool:
    """Whether a relay is set: without one nothing is promised by mail."""
    return settings.MAIL_LEAVES


def address_of(page: str, *ids, host: str = "") -> str:
    """The whole address of a page by its name, for a mail: no request says the host of a job. `host`: the city's own,
    if any."""
    scheme = "https" if settings.HTTPS else "http"
    return f"{f'{scheme}://{host}' if host else settings.ADDRESS}{reverse(page, args=ids)}"


def send_text(*, to: str, subject: str, text: str, message_id: str, language: str = "fr") -> None:
    """One mail to one address; two copies of one mail bear one `message_id`.

    Raises AddressRefused, or NotSent when a later try may do: a relay that greylists refuses at first with a code in
    400 (RFC 5321, 4.2.1; RFC 6647).
    """
    domain = settings.ALLOWED_HOSTS[0].lstrip(".*") or "localhost"
    headers = {
        "From": settings.DEFAULT_FROM_EMAIL,
        "Message-ID": f"<{message_id}@{domain}>",
        "Auto-Submitted": "auto-generated",  # RFC 3834: no out-of-office answers it
        "Content-Language": language,
    }
    try:
        EmailMessage(subject, text, return_path(to), to=[to], headers=headers).send()
    except SMTPRecipientsRefused as error:
        is_final = all(code >= 500 for code, _ in error.recipients.values())
        raise (AddressRefused if is_final else NotSent)(type(error).__name__) from None
    except OSError as error:
        raise NotSent(type(error).__name__) from None
