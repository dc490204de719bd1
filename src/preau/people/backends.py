"""Who comes back with a session: its row, then its account together with its person. Two queries of every page."""

from functools import cache

from allauth.account.auth_backends import AuthenticationBackend
from django.contrib.sessions.backends import db
from django.db.models import CharField, DateTimeField
from django.utils import timezone

from preau.kit.prepared import Asked, Prepared
from preau.people.models import Account


class SessionStore(db.SessionStore):
    """Django's sessions in the base; only how a row is read differs, its SQL being written once."""

    def _get_session_from_db(self):
        found = next(iter(_living_session().rows(self.session_key, timezone.now())), None)
        if found is None:
            self._session_key = None  # a key that a browser made up is never taken: another is drawn
        return found


@cache
def _living_session():
    rows = db.SessionStore.get_model_class().objects
    return Prepared(rows.filter(session_key=Asked(0, CharField), expire_date__gt=Asked(1, DateTimeField)))


class AccountBackend(AuthenticationBackend):
    """allauth's own, which also spends a hash on unknown identifiers so that they answer no faster."""

    def get_user(self, user_id):
        account = next(iter(_open_account().rows(user_id)), None)
        return account if account and account.person_id else None


@cache
def _open_account():
    return Prepared(Account.objects.select_related("person").filter(pk=Asked(), is_active=True))
