"""Priority lists are closed to the finance of the city: no page, table or PDF tells it a rank (plan.md, matrix)."""

import io
import re
import zipfile

import pytest
from django.urls import reverse
from pypdf import PdfReader

from preau.plan.governance import actions
from preau.plan.priorities import actions as priorities
from tests.kept import kept
from tests.plan.governance.conftest import day
from tests.plan.governance.test_effects import approve, order
from tests.plan.priorities.conftest import NOW, Scene, decision

WHY = "Canari-chantier"  # why a school passes before better ranked ones
pytestmark = pytest.mark.django_db


@pytest.fixture
@kept
def decided(world):
    """A programme whose one school, third of the list, passes before two."""
    scene = Scene(world)
    scene.adopted()
    year, agent = scene.programme(()), scene.who("city_education")
    priorities.add_school(
        person=agent,
        programme=year,
        school=scene.applications["Billes"].school,
        kit=scene.kit(),
        cost_cents=1,
        reason=WHY,
        now=NOW,
    )
    priorities.arbitrate(person=agent, programme=year, now=NOW)
    priorities.submit_programme(person=agent, programme=year, now=NOW)
    priorities.decide_programme(person=None, programme=year, decision=decision(), now=NOW)
    return scene, year


def told(response):
    """The text of a page, a CSV, an ODS or a PDF."""
    assert response.status_code == 200
    body = response.content
    if body.startswith(b"%PDF"):
        text = "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(body)).pages)
    elif body.startswith(b"PK"):
        text = zipfile.ZipFile(io.BytesIO(body)).read("content.xml").decode()
    else:
        text = body.decode()
    return " ".join(text.replace("\u00a0", " ").split())


def addresses(scene, year):
    yield reverse("priorities:programme_detail", args=[year.pk])
    for extension in ("csv", "ods"):
        yield reverse("priorities:programme_school_export", args=[year.pk, extension])
        yield reverse("desk:strengths_export", args=[extension])
    yield reverse("desk:strengths")
    yield reverse("desk:story", args=[scene.applications["Billes"].school.pk])


@pytest.mark.parametrize(
    ("actor", "reads"), [("city_finance", False), ("city_education", True), ("elected", True), ("dsden", True)]
)
def test_a_programme_tells_ranks_and_departures_to_who_reads_the_list(decided, client, actor, reads):
    decided[0].world.sign_in(client, actor)
    for address in addresses(*decided):
        page = told(client.get(address))
        assert "Billes" in page and (WHY in page) is reads, address
        if "histoire" not in address:
            assert ("Rang de la liste" in page) is reads, address
            assert bool(re.search("passe avant [0-9]|Passe avant|mieux classées après", page)) is reads, address


@pytest.mark.parametrize("kind", ["list", "programme"])
def test_a_dossier_that_prints_ranks_is_closed_and_the_redacted_one_open(decided, stage, client, kind):
    year = decided[1]
    about = {"object_kind": kind, "object_id": year.pk if kind == "programme" else year.priority_list_id}
    session = stage.session("pack_frozen", item=about, on=day(3))
    stage.world.sign_in(client, "city_finance")
    seen = {
        (dossier.audience, client.get(reverse(f"governance:dossier_{form}", args=[dossier.pk])).status_code)
        for dossier in session.dossiers.all()
        for form in ("pdf", "json", "detail")
    }
    assert seen == {("members", 404), ("federation", 200)}
    page = told(client.get(reverse("governance:session_detail", args=[session.pk])))
    assert ">fédérations de parents<" in page and ">membres du comité<" not in page
    whole = session.dossiers.get(audience="members")
    for actor in ("city_education", "elected", "dsden", "ien", "trainer"):
        stage.world.sign_in(client, actor)
        assert "Billes" in told(client.get(reverse("governance:dossier_pdf", args=[whole.pk]))), actor


def test_a_dossier_without_ranks_stays_open_to_every_member(stage, client):
    session = stage.session("pack_frozen", on=day(3))
    stage.world.sign_in(client, "city_finance")
    whole = session.dossiers.get(audience="members")
    assert "Un point" in told(client.get(reverse("governance:dossier_pdf", args=[whole.pk])))


def test_the_order_a_copil_decided_is_for_who_reads_the_list(stage, client):
    scene = Scene(stage.world)
    session = stage.session("held", item={"object_kind": "list", "object_id": scene.before_copil().pk})
    made = stage.decide(
        session,
        item=session.items.get(),
        result="changed",
        reason="Un chantier.",
        order=order(scene, "Saules", "Tilleuls", "Billes", "Ficelle", reason=WHY),
    )
    approve(stage, session)
    actions.publish_minutes(person=stage.secretary, session=session, now=NOW)
    for actor, reads in (("city_finance", False), ("elected", True), ("dsden", True)):
        stage.world.sign_in(client, actor)
        page = told(client.get(reverse("governance:decision_detail", args=[made.pk])))
        assert "Un chantier." in page and ("L’ordre décidé" in page, WHY in page) == (reads, reads), actor
