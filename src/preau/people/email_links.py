"""The link that proves an address: only who reads its mail and is signed in to the account opens it.

The link bears neither the address nor the name: both are in the salt, so that it falls when the address changes.
"""

from datetime import timedelta

from django.core.signing import TimestampSigner

from preau.people.models import Account

LASTS = timedelta(days=3)


def token_of(account: Account) -> str:
    """To write at the end of the page's address."""
    return _signer(account).sign(account.pk.hex)


def check(account: Account, token: str) -> None:
    """Raises BadSignature for a link that is not of this account and its address of now, SignatureExpired for one that
    is too old."""
    _signer(account).unsign(token, max_age=LASTS)


def _signer(account):
    return TimestampSigner(sep=".", salt=f"preau.people.email {account.pk} {account.email}")
