"""Conseil d’école: convened eight days before, minutes in draft then final, read by who must."""

import datetime
import io

import pytest
from django.urls import reverse
from django.utils.timezone import now
from pypdf import PdfReader

from preau.ent.agenda import actions, notices
from preau.ent.agenda.models import Council, Event
from preau.kit.answers import Conflict, Refused
from preau.kit.mail.outbox import REFUSED, kinds
from preau.kit.models import Outgoing
from preau.notify.models import Notice
from preau.people.models import Account
from tests.ent.agenda.acts import LATER, convene
from tests.world import TODAY

pytestmark = pytest.mark.django_db
DAY = datetime.timedelta(days=1)
READERS = {"guardian", "teacher", "head", "ien", "elected", "city_education"}
OTHERS = {
    "head_other_school",
    "guardian_other_school",
    "ien_other",
    "city_it",
    "dsden",
    "city_education_far",
    "pupil_cm2",
}


def body(answer):
    return answer.content.decode()


def page_of(world, client, who, council):
    return world.sign_in(client, who).get(reverse("agenda:council_detail", args=[council.pk]))


def held(world, **more):
    """A council whose day has come."""
    council = convene(world, **more)
    Event.objects.filter(pk=council.event_id).update(first_on=TODAY, last_on=TODAY)
    council.event.refresh_from_db()
    return council


def write(world, council, text="Adopté à l’unanimité."):
    said = {"council": council, "minutes": text, "version": council.version, "now": now()}
    return actions.write_minutes(person=world.people["head"], **said)


def test_it_is_convened_eight_days_before_and_nothing_typed_is_lost(world, client):
    url = reverse("agenda:council_new", args=[world.schools["tilleuls"].pk])
    client = world.sign_in(client, "head")
    typed = {"day": LATER - DAY, "begins_at": "18:00", "where": "Salle", "items": "Le règlement", "members": "Mme A"}
    late = client.post(url, typed)
    assert late.status_code == 422 and f"à partir du {LATER:%d/%m/%Y}" in body(late) and "Le règlement" in body(late)
    assert not Council.objects.exists() and not Event.objects.exists()
    assert client.post(url, typed | {"day": LATER}).status_code == 302
    council = Council.objects.get()
    assert {row.ids[0] for row in Outgoing.objects.filter(kind="agenda.council")} == {
        str(world.people[who].pk) for who in ("ien", "elected")
    }
    for who in ("teacher", "guardian", "ien", "city_education"):
        assert world.sign_in(client, who).get(url).status_code in (403, 404), who
        with pytest.raises(Refused):
            actions.write_minutes(person=world.people[who], council=council, minutes="x", version=1, now=now())


@pytest.mark.parametrize("has_district", [True, False])
def test_the_head_of_a_school_without_circonscription_reads_that_no_ien_was_told(world, client, has_district):
    if not has_district:
        type(world.schools["tilleuls"]).objects.filter(pk=world.schools["tilleuls"].pk).update(district=None)
    url = reverse("agenda:council_new", args=[world.schools["tilleuls"].pk])
    typed = {"day": LATER, "begins_at": "18:00", "where": "Salle", "items": "La cour", "members": "Mme A"}
    said = body(world.sign_in(client, "head").post(url, typed, follow=True))
    assert ("l’IEN et la mairie le lisent" in said) == has_district
    assert ("dites-le vous-même à l’IEN" in said) != has_district


def test_it_is_read_by_the_school_the_ien_and_the_city_and_nobody_else(world, client):
    council = convene(world)
    for who in READERS:
        assert "Le règlement" in body(page_of(world, client, who, council)), who
    for who in OTHERS:
        assert page_of(world, client, who, council).status_code == 404, who
    for who in ("ien", "elected", "city_education"):
        assert world.schools["tilleuls"].shown_name in body(
            world.sign_in(client, who).get(reverse("agenda:council_list"))
        )


def test_minutes_are_the_heads_draft_then_final_for_all_and_change_no_more(world, client):
    with pytest.raises(Refused):  # before its day
        write(world, convene(world))
    council = held(world)
    council = write(world, council)
    for who in READERS - {"head"}:
        assert "unanimité" not in body(page_of(world, client, who, council)), who
    assert "unanimité" in body(page_of(world, client, "head", council))
    with pytest.raises(Conflict):
        write(world, Council(pk=council.pk, version=1))
    client.post(reverse("agenda:minutes_finish", args=[council.pk]))
    for who in READERS:
        assert "unanimité" in body(page_of(world, client, who, council)), who
    council.refresh_from_db()
    with pytest.raises(Refused):
        write(world, council)
    pdf = world.sign_in(client, "ien").get(reverse("agenda:council_pdf", args=[council.pk]))
    assert pdf["Content-Type"] == "application/pdf" and pdf.content.startswith(b"%PDF")
    assert Outgoing.objects.filter(kind="agenda.council", ids__1=str(council.pk)).count() == 4


def test_empty_minutes_are_not_final_and_the_mail_names_nobody(world):
    council = held(world)
    with pytest.raises(Conflict):
        actions.make_minutes_final(person=world.people["head"], council=council, now=now())
    ien = world.people["ien"]
    assert notices.council(ien.pk, council.pk, "convened", now=now()) is None
    Account.objects.filter(person=ien).update(email="ien@etat.example", email_confirmed_at=now())
    letter = notices.council(ien.pk, council.pk, "convened", now=now())
    assert f"/agenda/conseils/{council.pk}/" in letter.text and "Tilleuls" not in letter.text + letter.subject
    other = world.people["ien_other"]
    Account.objects.filter(person=other).update(email="autre@etat.example", email_confirmed_at=now())
    assert notices.council(other.pk, council.pk, "convened", now=now()) is None


def test_it_is_cancelled_and_kept_from_its_page_and_who_was_told_is_told(world, client):
    council = convene(world)
    cancel, keep = (reverse(f"agenda:{name}_create", args=[council.event_id]) for name in ("cancellation", "keeping"))
    for who in READERS - {"head"}:
        page = body(page_of(world, client, who, council))
        assert cancel not in page and keep not in page and client.post(cancel).status_code in (403, 404), who
    assert cancel in body(page_of(world, client, "head", council))
    assert "Annulé le" in body(client.post(cancel, follow=True))
    told = Outgoing.objects.filter(kind="agenda.council", ids__2="cancelled")
    assert {row.ids[0] for row in told} == {str(world.people[who].pk) for who in ("ien", "elected")}
    assert max(len(row.key) for row in told) <= Outgoing._meta.get_field("key").max_length  # SQLite lets it pass
    ien = world.people["ien"]
    Account.objects.filter(person=ien).update(email="ien@etat.example", email_confirmed_at=now())
    say = {what: notices.council(ien.pk, council.pk, what, now=now()) for what in ("convened", "cancelled")}
    assert say["convened"] is None and "est annulé" in say["cancelled"].text
    account = Account.objects.get(person=ien)
    kinds()["agenda.council"].settled(ids=told.get(ids__0=str(ien.pk)).ids, state=REFUSED, now=now())
    account.refresh_from_db()
    assert account.email_refused_at  # nothing more is written there
    Account.objects.filter(person=ien).update(email_refused_at=None)
    first = Notice.objects.get(publication=council.event.publication)  # the evening news of the school
    page = body(page_of(world, client, "head", council))
    assert keep in page and cancel not in page
    assert "Annulé le" not in body(client.post(keep, follow=True))
    assert Notice.objects.get(publication=council.event.publication).pk != first.pk
    assert "est maintenu" in notices.council(ien.pk, council.pk, "kept", now=now()).text
    assert notices.council(ien.pk, council.pk, "cancelled", now=now()) is None


def test_who_reads_councils_finds_them_from_the_agenda_and_others_have_no_link(world, client):
    council, page = convene(world), reverse("agenda:council_list")
    for who in ("guardian", "teacher", "head"):
        assert page in body(world.sign_in(client, who).get(reverse("agenda:mine"))), who
        assert "Convoqué" in body(client.get(page)), who
    for who in ("pupil_cm2", "animator"):
        assert page not in body(world.sign_in(client, who).get(reverse("agenda:mine"))), who
        assert reverse("agenda:council_detail", args=[council.pk]) not in body(client.get(page)), who
    actions.cancel_event(person=world.people["head"], event=council.event, now=now())
    shown = body(world.sign_in(client, "ien").get(page))
    assert "Annulé" in shown and "Convoqué" not in shown
    pdf = client.get(reverse("agenda:council_pdf", args=[council.pk]))
    assert "Annulé le" in PdfReader(io.BytesIO(pdf.content)).pages[0].extract_text()


def test_a_sitting_with_final_minutes_is_not_cancelled(world, client):
    council = write(world, held(world))
    actions.make_minutes_final(person=world.people["head"], council=council, now=now())
    assert "/annulation/" not in body(page_of(world, client, "head", council))
    with pytest.raises(Refused, match="définitif"):
        actions.cancel_event(person=world.people["head"], event=Event.objects.get(council=council), now=now())


def test_the_list_asks_ten_queries_at_most(world, client, django_assert_max_num_queries):
    for _ in range(3):
        convene(world)
    for who in ("ien", "city_education", "head"):
        world.sign_in(client, who)
        with django_assert_max_num_queries(10):
            assert client.get(reverse("agenda:council_list")).status_code == 200


@pytest.mark.parametrize("who", ["ien", "elected", "city_education"])
def test_who_receives_the_minutes_reads_at_home_what_is_convened_cancelled_and_final(
    world, client, who, django_assert_max_num_queries
):
    council, home = convene(world, day=LATER + 60 * DAY), "/aujourdhui/"
    name = world.schools["tilleuls"].shown_name
    for other in ("ien_other", "city_education_far", "city_it"):
        assert "Conseils d’école</h2>" not in body(world.sign_in(client, other).get(home)), other
    client = world.sign_in(client, who)
    client.get(home)
    with django_assert_max_num_queries(10):
        page = body(client.get(home))
    assert reverse("agenda:council_detail", args=[council.pk]) in page and name in page and "Annulé" not in page
    long_ago = now() - 20 * DAY
    Council.objects.update(convened_at=long_ago)
    assert "Conseils d’école</h2>" not in body(client.get(home)), "told once, and far off"
    actions.cancel_event(person=world.people["head"], event=council.event, now=now())
    again = convene(world, day=LATER + 61 * DAY)
    page = body(client.get(home))
    assert "Annulé" in page and reverse("agenda:council_detail", args=[again.pk]) in page, "moved: both are read"
    Council.objects.filter(pk=again.pk).update(minutes="Adopté.", final_at=now())
    Event.objects.update(first_on=TODAY - DAY, last_on=TODAY - DAY)
    page = body(client.get(home))
    assert "Procès-verbal à lire" in page and "Annulé" not in page
