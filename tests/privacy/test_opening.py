"""A school writes to its families once its papers are signed: three papers drawn from the declarations, one record."""

import contextlib
import datetime
import io

import pytest
from django.urls import reverse
from django.utils.timezone import now
from pypdf import PdfReader

from preau.ent.notes.actions import publish_due
from preau.ent.notes.models import Note
from preau.kit.answers import Conflict, Refused
from preau.kit.privacy import Privacy
from preau.places.models import City
from preau.privacy import papers, queries
from preau.privacy.declarations import declared
from preau.schools import actions
from preau.schools.models import FamiliesOpening
from preau.spaces.models import Publication
from tests.ent.notes.acts import send
from tests.ent.posts.test_actions import publish

pytestmark = pytest.mark.django_db


@pytest.fixture
def closed(world):
    """No paper of the Tilleuls is signed."""
    FamiliesOpening.objects.filter(school=world.schools["tilleuls"]).delete()
    return world


def open_it(world, who="operator", **said):
    return actions.open_to_families(
        person=world.people[who],
        schools=[world.schools["tilleuls"]],
        now=now(),
        **{"signed_on": world.today, "signed_by": "La maire, le DASEN", "version": papers.version()} | said,
    )


def test_nothing_leaves_to_families_before_the_papers_are_signed_and_all_does_after(closed, client):
    for act in (send, publish):
        with pytest.raises(Conflict, match="pas encore ouverte"):
            act(closed)
    send(closed, "teacher_other_school", "saules_cm2")  # another school of the city is open
    publish(closed, "head", "staff")  # adults of the school are not families
    publish(closed, "head", "public")
    url = reverse("notes:classroom_write", args=[closed.classrooms["cpb"].pk])
    said = {"title": "Un mot", "text": "Bonjour à tous.", "nature": "see"}
    answer = closed.sign_in(client, "teacher").post(url, said)
    assert answer.status_code == 422 and "pas encore ouverte" in answer.text and "Bonjour à tous." in answer.text
    open_it(closed)
    assert client.post(url, said).status_code == 302 and Note.objects.count() == 2
    assert publish(closed).publication.state == Publication.State.PUBLISHED


def test_a_mot_that_waits_for_its_hour_stays_a_draft_in_a_school_not_open(closed):
    note = send(closed, due_at=now() + datetime.timedelta(hours=1))
    assert publish_due(now=note.due_at) == 0
    note.refresh_from_db()
    assert note.due_at is None and note.publication.state == Publication.State.DRAFT


def test_only_who_keeps_the_base_records_it_with_a_day_that_has_come(closed, client):
    for who in ("head", "city_education", "teacher", "guardian", "ia_dasen"):
        with pytest.raises(Refused):
            open_it(closed, who)
    with pytest.raises(Conflict, match="pas encore venue"):
        open_it(closed, signed_on=closed.today + datetime.timedelta(days=1))
    with pytest.raises(Conflict, match="Aucune école"):
        actions.open_to_families(
            person=closed.people["operator"], schools=[], signed_on=closed.today, signed_by="X", version="x", now=now()
        )
    url = reverse("opening_city", args=[closed.cities["marelle"].pk])
    operator = closed.sign_in(client, "operator")
    page = operator.get(url).text
    assert page.count('name="schools"') == 1 and " checked" not in page and papers.version() in page
    said = {"schools": str(closed.schools["tilleuls"].pk), "signed_on": str(closed.today), "signed_by": "La maire"}
    assert operator.post(url, said).status_code == 422  # the box is not ticked
    assert not FamiliesOpening.objects.filter(school=closed.schools["tilleuls"]).exists()
    assert operator.post(url, said | {"told": "on"}).status_code == 302
    line = FamiliesOpening.objects.get(school=closed.schools["tilleuls"])
    assert (line.signed_by, line.version, line.recorded_by) == ("La maire", papers.version(), closed.people["operator"])
    city = closed.sign_in(client, "city_education")
    assert "La maire" in city.get(url).text and city.post(url, said | {"told": "on"}).status_code == 403
    assert closed.sign_in(client, "city_education_far").get(url).status_code == 404


def test_who_writes_before_the_opening_reads_it_first_and_loses_nothing(closed, client):
    head, school = closed.sign_in(client, "head"), closed.schools["tilleuls"]
    pages = [reverse(name, args=[school.pk]) for name in ("notes:school_write", "posts:school_publish")]
    assert all("pas encore ouverte aux familles" in head.get(page).text for page in pages)
    scope = head.get(pages[1]).context["form"]["scope"].value()
    once = head.get(pages[1]).context["form"]["once"].value()
    said = head.post(pages[1], {"scope": scope, "text": "Bonjour.", "act": "publish", "once": once}, follow=True).text
    assert "pas encore ouverte aux familles" in said and "C’est gardé en brouillon" in said
    assert Publication.objects.get().state == Publication.State.DRAFT
    open_it(closed)
    assert not any("pas encore ouverte aux familles" in head.get(page).text for page in pages)


@pytest.mark.parametrize(("days", "is_there"), [(-1, False), (0, True), (1, True)])
def test_a_school_is_counted_shown_and_opened_until_its_last_day(closed, days, is_there):
    city, school = closed.cities["marelle"], closed.schools["tilleuls"]
    school.closed_on = closed.today + datetime.timedelta(days=days)
    school.save()
    assert queries.openings_by_city(City.objects.filter(pk=city.pk), closed.today) == [(city, 1, 1 + is_there)]
    assert queries.schools_opened(city, closed.today)[1] == [school] * is_there
    with contextlib.nullcontext() if is_there else pytest.raises(Refused, match="fermée"):
        open_it(closed)


def test_the_papers_hold_what_every_table_declares_and_say_that_they_are_drafts(world, client):
    told = [each.privacy for each in declared() if each.privacy.holds != Privacy.none("").holds]
    city = reverse("opening_paper", args=[world.cities["marelle"].pk, "aipd"])
    study = [cell for part in papers.paper("aipd").parts for row in part.rows for cell in row]
    assert [each.holds for each in told if each.holds not in study or each.keeps not in study] == []
    page = world.sign_in(client, "city_education").get(city).text
    assert "à relire par votre délégué" in page and "Marelle" in page
    assert "Ville de Marelle" in page and f"Ville de {papers.BLANK}" in papers.paper("convention").title
    notice = client.get(reverse("family_notice")).text
    assert "réponse ou signature d’un responsable" in notice.lower() and "CNIL" in notice
    assert world.sign_in(client, "head").get(city).status_code == 403
    assert client.get(reverse("family_notice")).status_code == 200


def test_the_version_changes_with_what_is_declared(monkeypatch):
    before = papers.version()
    assert papers.version() == before
    monkeypatch.setattr(FamiliesOpening, "privacy", Privacy(holds="autre chose", why="x", keeps="y"))
    assert papers.version() != before


@pytest.mark.apart
def test_the_convention_names_each_service_that_is_sent_something(settings):
    def processors():
        return [line for part in papers.paper("convention").parts for line in part.says if "Sous-traitant, " in line]

    settings.SMS_DRIVER, settings.TRANSLATION_URL = "", ""
    assert len(processors()) == 2
    settings.TRANSLATION_URL = "https://traduire.example/translate"
    assert ["courriels" in processors()[0], "traduction" in processors()[-1], len(processors())] == [True, True, 3]


@pytest.mark.long
@pytest.mark.once  # what is drawn is read from the code
def test_each_paper_prints_as_a_pdf(world, client):
    for kind in papers.KINDS:
        address = reverse("opening_pdf", args=[world.cities["marelle"].pk, kind])
        answer = world.sign_in(client, "operator").get(address)
        assert answer.content.startswith(b"%PDF") and answer.headers["Content-Type"] == "application/pdf"
        feet = [page.extract_text() for page in PdfReader(io.BytesIO(answer.content)).pages]
        assert all(f"Version {papers.version()}. Projet, à relire par votre DPO." in said for said in feet)
    assert client.get(reverse("opening_paper", args=[world.cities["marelle"].pk, "autre"])).status_code == 404
