"""A walk round the rooms: sent once, changes nothing, and each observation is settled by a person."""

import datetime
import io
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from pypdf import PdfReader

from preau.journal.models import Entry
from preau.kit.answers import Conflict, Refused
from preau.plan.inventory import actions, queries
from preau.plan.inventory.models import Asset, CountSession, Observation, State
from tests.plan.inventory.conftest import LATE_TAG as NEW
from tests.plan.inventory.conftest import NOW

LATER = NOW + datetime.timedelta(minutes=5)


def count(stock, tags, room=None, **fields):
    given = {"person": None, "school": stock.school, "room": room, "client_id": uuid4(), "counted_at": LATER,
             "source": "screen", "now": LATER}  # fmt: skip
    return actions.record_count(tags=tags, **given | fields)


def found(session):
    return {o.tag: o.outcome for o in session.observations.all()}


def settle(session, tag, resolution, person=None):
    observation = session.observations.get(tag=tag)
    return actions.settle_observation(person=person, observation=observation, resolution=resolution, now=LATER)


def walk(stock, room=None):
    address = reverse("inventory:count_walk", args=[stock.school.pk])
    return f"{address}?local={room.pk}" if room else address


def test_a_count_tells_what_is_seen_elsewhere_missed_and_unknown(stock):
    actions.place_asset(person=None, asset=stock.projector, school=stock.school, room=stock.rooms["cm2"], now=NOW)
    tags = [stock.cart.tag, stock.laptops[0].tag, stock.projector.tag, NEW, NEW]
    session = count(stock, tags, room=stock.rooms["cpb"])
    said = found(session)
    assert (said[stock.cart.tag], said[stock.projector.tag], said[NEW]) == ("seen", "elsewhere", "unknown")
    assert sum(outcome == "not_seen" for outcome in said.values()) == 8 and len(said) == 12
    assert count(stock, [stock.projector.tag]).observations.get(tag=stock.projector.tag).outcome == "seen"
    assert Asset.objects.filter(state=State.DEPLOYED).count() == 11, "a count changes nothing"
    assert Entry.objects.filter(verb="assets_counted").count() == 2


def test_the_same_sending_twice_is_one_count(stock):
    one = uuid4()
    first = count(stock, [stock.cart.tag], client_id=one)
    again = count(stock, [stock.cart.tag, NEW], client_id=one)
    assert first == again and CountSession.objects.count() == 1 and Observation.objects.count() == 11
    with pytest.raises(Conflict, match="autre école"):
        count(stock, [], client_id=one, school=stock.world.schools["saules"])


def test_what_moved_after_the_walk_is_not_contradicted_by_it(stock):
    actions.place_asset(person=None, asset=stock.projector, school=None, now=LATER + datetime.timedelta(minutes=1))
    actions.place_asset(person=None, asset=stock.laptops[0], school=None, now=LATER)
    session = count(stock, [stock.projector.tag], now=LATER + datetime.timedelta(hours=1))
    assert found(session)[stock.projector.tag] == "seen"
    actions.send_to_repair(person=None, asset=stock.laptops[1], note="", now=LATER + datetime.timedelta(hours=2))
    with pytest.raises(Conflict, match="a changé depuis"):
        settle(session, stock.laptops[1].tag, "missing")
    settle(session, stock.laptops[1].tag, "left")


def test_each_observation_is_settled_once_by_an_act_of_the_inventory(stock):
    actions.place_asset(person=None, asset=stock.projector, school=None, now=NOW)
    tags = [stock.projector.tag, NEW, *(a.tag for a in stock.laptops), stock.cart.tag, stock.access_point.tag]
    session = count(stock, tags, room=stock.rooms["cpb"])
    settle(session, stock.projector.tag, "placed")
    projector = stock.again(stock.projector)
    assert (projector.room, projector.state) == (stock.rooms["cpb"], State.IN_STOCK)
    settle(session, stock.master.tag, "missing")
    assert stock.again(stock.master).state == State.MISSING
    made = actions.add_observed(
        person=None, observation=session.observations.get(tag=NEW), kind="board", label="Tableau", serial="", now=LATER
    )
    assert (made.tag, made.room, made.state) == (NEW, stock.rooms["cpb"], State.IN_STOCK)
    assert not queries.to_settle(session).exists()
    for tag, resolution in ((stock.projector.tag, "placed"), (NEW, "left"), (stock.cart.tag, "left")):
        with pytest.raises(Conflict, match="déjà réglé"):
            settle(session, tag, resolution)


@pytest.mark.parametrize("resolution", ["placed", "missing", "created"])
def test_no_observation_is_settled_in_a_way_of_another(stock, resolution):
    session = count(stock, [NEW])
    with pytest.raises(Conflict, match="ainsi"):
        settle(session, NEW, resolution)
    assert session.observations.get(tag=NEW).resolution == ""


def test_what_is_retired_and_seen_again_comes_back_by_whoever_may(stock):
    actions.retire_asset(person=None, asset=stock.projector, reason="broken", now=NOW)
    session = count(stock, [stock.projector.tag])
    with pytest.raises(Refused):
        settle(session, stock.projector.tag, "placed", person=stock.world.people["erun"])
    settle(session, stock.projector.tag, "placed", person=stock.world.people["city_it"])
    assert stock.again(stock.projector).state == State.IN_STOCK


def test_a_count_is_refused_whole(stock):
    for wrong, match in (
        ({"tags": ["ABC"]}, "n’est pas une étiquette"),
        ({"tags": [], "counted_at": LATER - datetime.timedelta(days=90)}, "deux mois"),
        ({"tags": [NEW] * 3001}, "local par local"),
        ({"tags": [], "school": stock.world.schools["saules"], "room": stock.rooms["cpb"]}, "de cette école"),
    ):
        with pytest.raises(Conflict, match=match):
            count(stock, **{"tags": (), **wrong})
    for actor in ("head", "ien", "city_education", "teacher"):
        with pytest.raises(Refused):
            count(stock, [], person=stock.world.people[actor])
    assert not CountSession.objects.exists()


def test_the_base_refuses_what_a_count_refuses(stock):
    session = count(stock, [NEW, stock.cart.tag])
    unknown, seen = (session.observations.filter(tag=tag) for tag in (NEW, stock.cart.tag))
    for rows, fields in (
        (seen, {"asset": None}),
        (unknown, {"asset": stock.cart}),
        (unknown, {"resolution": "left"}),
        (unknown, {"tag": stock.cart.tag}),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            rows.update(**fields)
    with pytest.raises(IntegrityError), transaction.atomic():
        CountSession.objects.filter(pk=session.pk).update(posted_at=LATER - datetime.timedelta(days=1))


def test_a_plain_form_counts_too(stock, client):
    stock.world.sign_in(client, "city_it")
    path = walk(stock, stock.rooms["cpb"])
    answer = client.get(path)
    page, roof = answer.content.decode(), answer.context["roof"]
    assert roof.whose in page and roof.mark not in page, "the device keeps this page, not what seals the texts there"
    assert page.count('name="seen"') == 11 and "!!" not in page and "toute l’école" in page and "data-walk" in page
    assert stock.world.people["city_it"].first_name not in page, "the page that a device keeps names nobody"
    sent = {
        "client_id": uuid4(),
        "seen": [stock.cart.tag, stock.projector.tag],
        "others": "acd 234\n",
        "source": "paper",
    }
    wrong = client.post(path, sent | {"others": "ABC"})
    assert wrong.status_code == 422 and "six signes" in wrong.content.decode()
    assert wrong.content.decode().count(" checked") == 3, "two boxes and the paper stay as they were"
    done = client.post(path, sent, follow=True)
    assert "10 écarts" in done.content.decode().replace("\u00a0", " ")
    assert client.post(path, sent).headers["Location"] == done.redirect_chain[0][0]
    assert CountSession.objects.get().source == "paper"
    away = sent | {"client_id": uuid4(), "counted_at": "2001-01-01T00:00:00.000Z"}
    assert "deux mois" in client.post(path, away).content.decode()


def test_a_person_settles_by_the_pages(stock, client):
    stock.world.sign_in(client, "erun")
    actions.place_asset(person=None, asset=stock.projector, school=None, is_in_use=False, now=NOW)
    session = count(stock, [stock.projector.tag, NEW], room=stock.rooms["cpb"])
    detail = reverse("inventory:count_detail", args=[session.pk])
    page = client.get(detail).content.decode()
    assert "!!" not in page and "Placer ici" in page and "Noter manquants" in page and "Ajouter à l’inventaire" in page
    assert "Rien n’est coché" in client.post(f"{detail}suites/", {"resolution": "placed"}, follow=True).content.decode()
    ids = {o.tag: o.pk for o in session.observations.all()}
    missing = {"observations": [ids[a.tag] for a in stock.laptops], "resolution": "missing"}
    assert "Constats réglés\u00a0: 7" in client.post(f"{detail}suites/", missing, follow=True).content.decode()
    wrong = {"observations": [ids[NEW]], "resolution": "placed"}
    assert "ne se règle pas ainsi" in client.post(f"{detail}suites/", wrong, follow=True).content.decode()
    add = reverse("inventory:observation_asset", args=[ids[NEW]])
    assert client.post(add, {"kind": "board", "label": ""}).status_code == 422
    assert (
        "est dans l’inventaire" in client.post(add, {"kind": "board", "label": "Tableau"}, follow=True).content.decode()
    )
    assert "déjà réglé" in client.post(add, {"kind": "board", "label": "Tableau"}).content.decode()
    listed = client.get(reverse("inventory:count_list", args=[stock.school.pk])).content.decode()
    assert "1\u00a0comptage" in listed and "!!" not in listed
    read = stock.world.sign_in(client, "head").get(detail).content.decode()
    assert "Placer ici" not in read and "À régler" not in read
    assert client.get(walk(stock)).status_code == 403


def test_the_second_of_two_who_settle_is_told_and_the_rest_is_done(stock, client):
    session = count(stock, [], room=stock.rooms["cpb"])
    first, second = session.observations.filter(outcome="not_seen")[:2]
    actions.settle_observation(person=None, observation=first, resolution="left", now=NOW)
    stock.world.sign_in(client, "erun")
    sent = {"observations": [first.pk, second.pk], "resolution": "missing"}
    page = client.post(f"{reverse('inventory:count_detail', args=[session.pk])}suites/", sent, follow=True)
    said = page.text.replace("\u00a0", " ")
    assert f"{first.asset.shown_tag}".replace("\u00a0", " ") in said and "déjà réglé : laissé tel quel" in said
    assert "Constats réglés : 1" in said and "Rien n’est coché" not in said
    first.asset.refresh_from_db(), second.asset.refresh_from_db()
    assert (first.asset.state, second.asset.state) == ("deployed", "missing")


def test_the_paper_sheet_lists_what_the_page_lists(stock, client):
    stock.world.sign_in(client, "city_it")
    path = reverse("inventory:count_sheet", args=[stock.school.pk])
    text = PdfReader(io.BytesIO(client.get(path).content)).pages[0].extract_text().replace(" ", "\u00a0")
    assert all(asset.shown_tag in text for asset in (stock.cart, stock.projector, *stock.laptops))
    assert client.get(f"{path}?local={stock.rooms['cm2'].pk}").status_code == 200
    assert client.get(f"{path}?local={uuid4()}").status_code == 404 == client.get(f"{path}?local=x").status_code
