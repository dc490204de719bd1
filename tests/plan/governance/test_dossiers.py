"""Dossiers: the same bytes for ever, a digest on each page, nothing secret for a federation."""

import hashlib
import io
import json

import pytest
from django.urls import reverse
from pypdf import PdfReader

from preau.insight.steering.journal import verify_city
from preau.kit.answers import Refused
from preau.plan.governance import actions, printing
from preau.plan.governance.models import Dossier
from preau.plan.governance.queries import dossier_bytes
from preau.plan.studies import actions as studies
from tests.kept import kept
from tests.plan.governance.conftest import NOW, SECRET, day

pytestmark = pytest.mark.django_db


@pytest.fixture
@kept
def frozen(stage):
    """A COPIL with everything that a federation must not read: (members' dossier, federation's)."""
    stage.seat_everyone()
    actions.add_seat(
        person=stage.secretary,
        committee=stage.copil,
        college="canope",
        title="directrice",
        starts_on=day(-9),
        holder=stage.who("trainer"),
        now=NOW,
    )
    comparison = studies.open_comparison(
        person=stage.secretary, city=stage.city, title="Quel espace", need=f"{SECRET} besoin", now=NOW
    )
    studies.add_criterion(person=stage.secretary, comparison=comparison, label="Simplicité", weight=2, now=NOW)
    studies.add_option(person=stage.secretary, comparison=comparison, name="Un", vendor=f"{SECRET} SA", now=NOW)
    before = stage.session("minutes_draft")
    stage.decide(before, text=f"{SECRET} non publié")
    stage.approve(before)
    session = stage.session(
        "planned", item={"object_kind": "comparison", "object_id": comparison.pk, "title": "Choisir un espace"}
    )
    actions.add_item(
        person=stage.secretary,
        session=session,
        title=f"{SECRET} réservé",
        presented_by="state",
        is_reserved=True,
        now=NOW,
    )
    actions.convene_session(person=stage.secretary, session=session, now=NOW)
    return actions.freeze_dossier(person=stage.secretary, session=session, now=NOW)


def text_of(dossier):
    pages = PdfReader(io.BytesIO(bytes(dossier.pdf))).pages
    return [page.extract_text() for page in pages]


def test_each_page_carries_the_digest_of_the_data(frozen):
    for dossier in frozen:
        assert dossier.digest == hashlib.sha256(bytes(dossier.data)).hexdigest()
        pages = text_of(dossier)
        assert len(pages) == dossier.pages_count >= 1
        assert all(dossier.digest in page for page in pages)


def test_the_dossier_is_a4(frozen):
    for dossier in frozen:
        box = PdfReader(io.BytesIO(bytes(dossier.pdf))).pages[0].mediabox
        assert (round(float(box.width)), round(float(box.height))) == (595, 842)


def test_a_federation_reads_nothing_secret(frozen):
    members, federation = frozen
    assert SECRET in bytes(members.data).decode() and SECRET in "".join(text_of(members))
    for content in (bytes(federation.data).decode(), "".join(text_of(federation))):
        assert SECRET not in content and "Canari-" not in content
        assert "Choisir un espace" in content and "Point réservé aux membres" in content


def test_the_same_bytes_for_ever(stage, frozen, client):
    dossier = frozen[0]
    stage.world.sign_in(client, "elected")
    first = client.get(reverse("governance:dossier_pdf", args=[dossier.pk])).content
    actions.add_seat(
        person=stage.secretary, committee=stage.copil, college="parents", title="une autre", starts_on=day(0), now=NOW
    )
    stage.city.name = "Un autre nom"
    stage.city.save()
    again = client.get(reverse("governance:dossier_pdf", args=[dossier.pk]))
    assert again.content == first == bytes(dossier.pdf) and again["Cache-Control"] == "no-store"
    data = client.get(reverse("governance:dossier_json", args=[dossier.pk])).content
    assert hashlib.sha256(data).hexdigest() == dossier.digest and json.loads(data)["city"] == "Marelle"


def test_drawn_again_from_its_own_data_it_is_the_same_to_the_byte(frozen):
    for dossier in Dossier.objects.filter(pk__in=[each.pk for each in frozen]):
        data = json.loads(bytes(dossier.data))
        assert dossier_bytes(data) == bytes(dossier.data), "one way only to write the same data"
        pdf, pages = printing.draw(data, bytes(dossier.data), dossier.frozen_at)
        assert pages == dossier.pages_count and hashlib.sha256(pdf).hexdigest() == dossier.pdf_digest
        assert pdf == bytes(dossier.pdf)


def test_what_is_served_is_what_is_kept(stage, frozen, client):
    """Even wrong bytes: the page tells they changed, nothing draws them anew."""
    stage.world.sign_in(client, "elected")
    Dossier.objects.filter(pk=frozen[0].pk).update(pdf=b"%PDF autre", data=b"{}")
    for name, written in (("dossier_pdf", b"%PDF autre"), ("dossier_json", b"{}")):
        assert client.get(reverse(f"governance:{name}", args=[frozen[0].pk])).content == written


def test_a_dossier_is_frozen_once(stage, frozen):
    with pytest.raises(Refused, match="une seule fois"):
        actions.freeze_dossier(person=stage.secretary, session=frozen[0].session, now=NOW)
    with pytest.raises(Refused, match="figé"):
        actions.add_item(person=stage.secretary, session=frozen[0].session, title="x", presented_by="city", now=NOW)
    assert Dossier.objects.count() == 4


def test_a_cotech_has_no_dossier_for_federations(stage):
    session = stage.session("pack_frozen", committee=stage.cotech)
    assert [d.audience for d in session.dossiers.all()] == ["members"]


def test_a_changed_byte_is_seen(stage, frozen, client):
    dossier = frozen[0]
    stage.world.sign_in(client, "dsden")
    page = reverse("governance:dossier_detail", args=[dossier.pk])
    assert "Le dossier est intact" in client.get(page).content.decode()
    Dossier.objects.filter(pk=dossier.pk).update(data=bytes(dossier.data).replace(b"Marelle", b"Marolle"))
    assert "Les données ont changé" in client.get(page).content.decode()


def test_verification_by_digest_and_by_file(stage, frozen, client):
    members, federation = frozen
    stage.world.sign_in(client, "parents_federation")
    page = reverse("governance:verification")
    assert "bien un dossier figé" in client.get(page, {"empreinte": federation.digest}).content.decode()
    assert "Aucun dossier" in client.get(page, {"empreinte": members.digest}).content.decode()
    good = io.BytesIO(bytes(federation.pdf))
    good.name = "dossier.pdf"
    assert "bien un dossier figé" in client.post(page, {"found": good}).content.decode()
    bad = io.BytesIO(bytes(federation.pdf) + b" ")
    bad.name = "dossier.pdf"
    refused = client.post(page, {"found": bad}).text
    assert "Aucun dossier" in refused and "Ce fichier n’est pas celui" in refused and "64 signes. S" not in refused


def test_a_federation_reaches_only_its_dossier(stage, frozen, client):
    members, federation = frozen
    stage.world.sign_in(client, "parents_federation")
    for name in ("dossier_detail", "dossier_pdf", "dossier_json"):
        assert client.get(reverse(f"governance:{name}", args=[federation.pk])).status_code == 200
        assert client.get(reverse(f"governance:{name}", args=[members.pk])).status_code == 404
    listed = client.get(reverse("governance:dossier_list")).content.decode()
    assert str(federation.pk) in listed and str(members.pk) not in listed


def publish(stage, session):
    stage.approve(session)
    session.refresh_from_db()
    actions.publish_minutes(person=stage.secretary, session=session, now=NOW)


@pytest.fixture
@kept
def reserved(stage):
    """The decision of a reserved point, published beside an open one; each asks for something."""
    stage.seat_everyone()
    session = stage.session("minutes_draft", item={"is_reserved": True})
    made = [
        stage.decide(session, text="Décision ouverte."),
        stage.decide(session, text=f"{SECRET} décidé", item=session.items.get()),
    ]
    for decision, text in zip(made, ("Suite ouverte.", f"{SECRET} suite"), strict=True):
        actions.add_follow_up(
            person=stage.secretary, decision=decision, text=text, owner="DSDEN", due_on=day(9), now=NOW
        )
    publish(stage, session)
    made[1].refresh_from_db()
    return made[1]


def test_a_decision_on_a_reserved_point_stays_with_the_members(stage, reserved, client):
    later = stage.session("minutes_draft", item={"title": "Remplacer"})
    replacing = stage.decide(later, text="Une autre décision.", replaces=reserved)
    publish(stage, later)
    stage.world.sign_in(client, "parents_federation")
    listed = client.get(reverse("governance:decision_list")).content.decode()
    assert "Décision ouverte." in listed and SECRET not in listed
    assert client.get(reverse("governance:decision_detail", args=[reserved.pk])).status_code == 404
    page = client.get(reverse("governance:decision_detail", args=[replacing.pk])).content.decode()
    assert "Une autre décision." in page and str(reserved.pk) not in page
    follow_ups = client.get(reverse("governance:follow_up_list")).content.decode()
    assert "Suite ouverte." in follow_ups and SECRET not in follow_ups


def test_a_dossier_for_federations_recalls_no_reserved_point(stage, reserved):
    session = stage.session("pack_frozen", on=day(0))
    told = {dossier.audience: bytes(dossier.data).decode() for dossier in session.dossiers.all()}
    for audience, reads in (("members", True), ("federation", False)):
        assert "Décision ouverte." in told[audience] and "Suite ouverte." in told[audience]
        assert (f"{SECRET} décidé" in told[audience]) is (f"{SECRET} suite" in told[audience]) is reads


def test_the_chain_proves_the_files_of_a_dossier(frozen, stage):
    read = verify_city(stage.city.pk)
    assert read.is_whole and read.bound_count > Dossier.objects.count() > 0, "the files, and the acts they recall"
    members, _ = frozen
    other = bytes(members.pdf) + b" "
    # Whoever rewrites the file and its digest beside it is found by the sealed line.
    Dossier.objects.filter(pk=members.pk).update(pdf=other, pdf_digest=hashlib.sha256(other).hexdigest())
    assert not verify_city(stage.city.pk).is_whole
