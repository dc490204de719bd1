"""A mail refused for its address: nothing else is sent there, its sender sees it, its owner corrects it."""

import pytest
from django.urls import reverse
from django.utils.timezone import now

from preau.kit.mail import send_due
from preau.notify import actions, queries
from preau.people import actions as people
from preau.people.models import Account
from preau.people.queries import emails_of
from tests.ent.notes.acts import send
from tests.notify.sinks import Relay, Sink
from tests.notify.told import at, said
from tests.people.door import give_password, sign_in
from tests.world import TODAY

pytestmark = pytest.mark.django_db
GONE = "guardian@famille.example"


@pytest.fixture
def relay(settings):
    with Sink(Relay, unknown={GONE}) as relay:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", relay.port
        yield relay


def reasons(notice):
    return {line.person_id: line.reason for line in queries.reach(notice, TODAY).unreached}


def test_the_sender_sees_it_and_nothing_else_is_sent_there(mailed, relay, client):
    guardian = mailed.people["guardian"]
    first = said(mailed, at(0, 10))
    assert send_due(now=at(0, 10, 1)) == 2 and GONE not in relay.accepted
    assert reasons(first)[guardian.pk] == queries.Reason.BOUNCED
    assert guardian.pk not in emails_of([guardian.pk]) and guardian.pk in emails_of([guardian.pk], even_refused=True)
    second = said(mailed, at(1, 10))
    assert send_due(now=at(1, 10, 1)) == 2 and reasons(second)[guardian.pk] == queries.Reason.BOUNCED
    account = give_password(mailed.account("guardian"))
    sign_in(client, account.identifier)
    assert "refuse nos courriels" in client.get("/mon-compte/").content.decode()
    assert client.post("/mot-de-passe-perdu/", {"identifier": account.identifier}).status_code == 302
    relay.unknown.clear()
    client.post("/mon-compte/courriel/", {"email": GONE})  # the box works again, its owner says
    account.refresh_from_db()
    assert account.email_refused_at is None and account.email_confirmed_at is None
    people.confirm_email(account=account, person=guardian, now=now())
    assert reasons(second)[guardian.pk] == queries.Reason.NEVER_OPENED


def test_the_follow_up_counts_who_is_not_reached_by_reason(mailed, relay, client):
    note = send(mailed)
    notice = note.publication.notice
    actions.freeze(notice_id=notice.pk, now=now())
    Account.objects.filter(person=mailed.people["guardian"]).update(email_refused_at=now())
    page = mailed.sign_in(client, "teacher").get(reverse("notes:note_follow", args=[note.pk])).content.decode()
    for said_of in ("Courriel refusé par son adresse&nbsp;: 1.", "Pas encore lu&nbsp;: 2.", "Sans compte&nbsp;: 1."):
        assert said_of in page, said_of


def test_a_digest_refused_is_a_refusal_too(mailed, relay):
    said(mailed, at(0, 10), level="info")
    assert send_due(now=at(0, 17, 41)) == 2
    assert Account.objects.get(person=mailed.people["guardian"]).email_refused_at
