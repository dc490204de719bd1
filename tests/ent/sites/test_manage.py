"""What a head and a city change, who may not, and how fast it shows."""

import datetime

import pytest
from django.utils.timezone import localdate, now

from preau.ent.sites import actions
from preau.ent.sites.models import SchoolSite, UrgentBanner
from preau.journal.models import Entry

ROOT = "/mon-ecole/{}/site/"
HOURS = {
    "days": "four", "morning_from": "08:30", "morning_to": "11:45", "afternoon_from": "13:45", "afternoon_to": "16:05",
}  # fmt: skip


@pytest.fixture
def root(world):
    return ROOT.format(world.schools["tilleuls"].pk)


def test_a_head_shows_and_removes_an_urgent_message(world, client, root):
    assert "alert" not in client.get("/ecoles/tilleuls/").content.decode()
    world.sign_in(client, "head")
    # Three acts: open the page, write, press. The day is already today's.
    page = client.get(root).content.decode()
    assert f'value="{localdate().isoformat()}"' in page
    client.post(f"{root}message-urgent/", {"text": "Pas de cantine jeudi.", "last_day": localdate()})
    assert "Pas de cantine jeudi." in client.get("/ecoles/tilleuls/").content.decode()
    assert "Pas de cantine" not in client.get("/ecoles/saules/").content.decode()
    client.post(f"{root}message-urgent/retrait/")
    assert "Pas de cantine" not in client.get("/ecoles/tilleuls/").content.decode()
    assert list(Entry.objects.order_by("at", "id").values_list("verb", flat=True))[-2:] == [
        "show_banner",
        "remove_banner",
    ]


def test_a_message_ends_by_itself_and_gives_way_to_the_next(world, client):
    school, head, moment = world.schools["tilleuls"], world.people["head"], now()
    say = {"person": head, "school": school, "detail": ""}
    actions.show_banner(
        **say, text="Hier", ends_at=moment - datetime.timedelta(hours=1), now=moment - datetime.timedelta(hours=3)
    )
    assert "Hier" not in client.get("/ecoles/tilleuls/").content.decode()
    later = moment + datetime.timedelta(hours=2)
    actions.show_banner(**say, text="Premier", ends_at=later, now=moment)
    actions.show_banner(**say, text="Second", ends_at=later, now=moment)
    page = client.get("/ecoles/tilleuls/").content.decode()
    assert "Second" in page and "Premier" not in page
    assert UrgentBanner.objects.get(removed_at=None, ends_at__gt=moment).text == "Second"


@pytest.mark.parametrize("data", [{"text": ""}, {"last_day": "2020-01-01"}, {"last_day": "2099-01-01"}])
def test_a_message_that_cannot_be_shown_says_why(world, client, root, data):
    world.sign_in(client, "head")
    sent = {"text": "Un mot", "last_day": localdate().isoformat(), **data}
    response = client.post(f"{root}message-urgent/", sent)
    assert response.status_code == 422 and "to-fix" in response.content.decode()
    assert not UrgentBanner.objects.exists()


@pytest.mark.parametrize(
    "actor, status",
    [
        (None, 302), ("guardian", 404), ("head_other_school", 404), ("city_education", 404), ("ien", 404),
        ("teacher", 403), ("aesh", 403), ("canteen", 404), ("former_teacher", 404),
    ],
)  # fmt: skip
def test_nobody_else_touches_the_school_s_pages(world, client, root, actor, status):
    world.sign_in(client, actor)
    for path, data in (
        ("message-urgent/", {"text": "x", "last_day": localdate()}),
        ("message-urgent/retrait/", {}),
        ("modification/", HOURS),
    ):
        told = 403 if actor is None and data else status  # who is signed out reads that nothing was sent
        assert client.post(root + path, data).status_code == told
    assert not UrgentBanner.objects.exists() and not SchoolSite.objects.exists() and not Entry.objects.exists()
    assert client.get(root).status_code == (200 if status == 403 else status)


def test_hours_and_contact_show_at_once(world, client, root):
    client.get("/ecoles/tilleuls/contact/")
    world.sign_in(client, "head")
    sent = {**HOURS, "phone": "05 00 00 00 01", "head_days": "mardi", "enrolment_words": "D’abord en mairie."}
    assert client.post(f"{root}modification/", sent).status_code == 302
    page = client.get("/ecoles/tilleuls/contact/").content.decode()
    assert "05 00 00 00 01" in page and "tel:0500000001" in page and "8\u00a0h\u00a030" in page
    home = client.get("/ecoles/tilleuls/").content.decode()
    assert "tel:0500000001" in home and "Appeler l’école" in home and home.count("Nous joindre") == 1  # its door alone
    assert "D’abord en mairie." in client.get("/ecoles/tilleuls/inscrire/").content.decode()
    world.schools["tilleuls"].refresh_from_db()
    assert world.schools["tilleuls"].phone == "05 00 00 00 01"
    assert not any("05 00" in str(entry.fields) for entry in Entry.objects.all())
    # The same again changes nothing and writes no line.
    before = Entry.objects.count()
    client.post(f"{root}modification/", sent)
    assert Entry.objects.count() == before


@pytest.mark.parametrize(
    "change, words",
    [({"afternoon_to": ""}, "Une heure manque"), ({"morning_to": "08:00"}, "ne se suivent pas")],
)
def test_hours_must_follow_one_another(world, client, root, change, words):
    world.sign_in(client, "head")
    response = client.post(f"{root}modification/", {**HOURS, **change})
    assert response.status_code == 422 and words in response.content.decode()
    assert not SchoolSite.objects.exists()


def test_hours_can_be_taken_back(world, client, root):
    world.sign_in(client, "head")
    client.post(f"{root}modification/", HOURS)
    client.post(f"{root}modification/", {**HOURS, "days": ""})
    assert not SchoolSite.objects.get().has_hours
    assert "Horaires non publiés" in client.get("/ecoles/tilleuls/contact/").content.decode()


def test_the_city_s_education_service_writes_the_legal_words(world, client):
    path = f"/ma-ville/{world.cities['marelle'].pk}/site/"
    client.get("/mentions-legales/")
    for actor, status in (("elected", 403), ("head", 404), ("city_education_far", 404), ("guardian", 404)):
        world.sign_in(client, actor)
        assert client.post(path, {"director": "Canari"}).status_code == status
    world.sign_in(client, "city_education")
    assert client.post(path, {"audit_percent": "60"}).status_code == 422
    assert client.post(path, {"director": "La Direction Éducation"}).status_code == 302
    assert client.get(path).status_code == 200


def test_a_kept_legal_page_is_renewed_at_once(world, client, settings):
    settings.DEFAULT_CITY = "marelle"
    assert "Mme Ardoise" not in client.get("/mentions-legales/").content.decode()
    actions.edit_city_site(
        person=world.people["city_education"], city=world.cities["marelle"], now=now(), director="Mme Ardoise"
    )
    assert "Mme Ardoise" in client.get("/mentions-legales/").content.decode()
