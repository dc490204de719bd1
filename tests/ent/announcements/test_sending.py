"""The city's word: to whom, counted before, held for a minute, taken back; and what it never says."""

import datetime
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.timezone import now

from preau.ent.announcements import actions, queries
from preau.ent.announcements.models import Announcement
from preau.kit.answers import Conflict, Refused
from preau.notify.models import Expected, Notice
from preau.people.models import Person
from preau.spaces.models import Reach
from tests.ent.announcements.acts import SAID, confirm, gone, send, write
from tests.world import TODAY

pytestmark = pytest.mark.django_db
SECOND = datetime.timedelta(seconds=1)
GUARDIANS = {
    "guardian", "guardian_coparent", "guardian_other_family", "guardian_paper", "guardian_ulis", "guardian_two_schools",
    "guardian_other_class", "guardian_other_school",
}  # fmt: skip


def names(world, announcement):
    found = {person.pk: name for name, person in world.people.items()}
    rows = Expected.objects.filter(notice__publication=announcement.publication)
    return {found[person] for person in rows.values_list("person", flat=True)}


def page(client, name, announcement):
    return client.get(reverse(f"announcements:{name}", args=[announcement.pk]))


def test_the_city_writes_reads_who_will_receive_and_has_a_minute_to_take_it_back(world, client):
    url = reverse("announcements:announcement_create", args=[world.cities["marelle"].pk])
    saules = str(world.schools["saules"].pk)
    world.sign_in(client, "city_education")
    assert "Écrire une annonce" in client.get(url).content.decode()
    unsaid = client.post(url, SAID | {"level": "urgent", "schools": [saules]})
    assert unsaid.status_code == 422 and "pourquoi c’est urgent" in unsaid.content.decode()
    assert SAID["text"] in unsaid.content.decode()
    sent = client.post(url, SAID | {"schools": [saules]})
    announcement = Announcement.objects.get()
    assert sent.headers["Location"] == reverse("announcements:sending_create", args=[announcement.pk])
    shown = page(client, "sending_create", announcement).content.decode()
    assert "1 à 4" in shown and "Donnez un pique-nique." in shown and "Canari" not in shown
    assert "Écrivez un nombre, 1 par exemple" in shown and "Écrivez ce nombre" not in shown
    wrong = client.post(sent.headers["Location"], {"told_count": 12})
    assert wrong.status_code == 422 and "Ce n’est pas ce nombre" in wrong.content.decode()
    assert actions.publish_due(now=now() + datetime.timedelta(days=1)) == 0  # nobody confirmed it
    assert client.post(sent.headers["Location"], {"told_count": 2}).status_code == 302
    assert "Annuler l’envoi" in page(client, "announcement_detail", announcement).content.decode()
    announcement.refresh_from_db()
    client.post(reverse("announcements:sending_end", args=[announcement.pk]))
    assert actions.publish_due(now=now() + datetime.timedelta(days=1)) == 0 and not Notice.objects.exists()
    announcement = confirm(world, announcement)
    assert "Pour le service" not in page(client, "announcement_detail", announcement).text  # nothing to do there yet
    assert actions.publish_due(now=announcement.confirmed_at + 59 * SECOND) == 0
    assert actions.publish_due(now=announcement.confirmed_at + 60 * SECOND) == 1
    assert "Pour le service" in page(client, "announcement_detail", announcement).text
    late = client.post(reverse("announcements:sending_end", args=[announcement.pk]))
    assert late.status_code == 403 and "trop tard" in late.content.decode()
    assert names(world, announcement) == {"guardian_two_schools", "guardian_other_school"}


def test_who_it_is_for_is_a_city_its_schools_a_level_their_teams(world):
    everyone = send(world)
    assert names(world, everyone) == GUARDIANS and Reach.objects.filter(publication=everyone.publication).count() == 1
    cm2 = send(world, levels=["CM2"])
    assert names(world, cm2) == {
        "guardian_ulis",
        "guardian_other_class",
        "guardian_two_schools",
        "guardian_other_school",
    }
    teams = names(world, send(world, readers="teams", schools=["tilleuls"]))
    assert {"head", "teacher", "aesh"} <= teams and not teams & {*GUARDIANS, "head_other_school", "city_it"}
    both = names(world, send(world, readers="both", schools=["saules"]))
    assert {"head_other_school", "guardian_other_school"} <= both and "guardian" not in both


def test_a_network_is_its_schools_of_that_day(world, client):
    url = reverse("announcements:announcement_create", args=[world.cities["marelle"].pk])
    world.schools["saules"].network = None
    world.schools["saules"].save()
    network = world.networks["coteaux"]
    assert network.name in world.sign_in(client, "city_education").get(url).content.decode()
    assert client.post(url, SAID | {"networks": [str(network.pk)]}).status_code == 302
    targets = Announcement.objects.get().targets.all()
    assert [target.place for target in targets] == [world.schools["tilleuls"]]


def test_what_is_counted_before_is_who_is_expected_after(world):
    announcement = write(world, levels=["CP", "CM2"])
    told = queries.families_told(announcement, TODAY)
    frozen = queries.families_reached(
        gone(world, announcement).publication.notice, list(queries.schools_reached(announcement, TODAY))
    )
    assert [line.expected for line in told.lines] == [line.expected for line in frozen.lines]


def test_the_state_writes_to_teams_and_schools_to_their_families(world):
    with pytest.raises(Conflict, match="d’abord aux équipes"):
        write(world, "ien", readers="families")
    assert "head" in names(world, send(world, "ien")) and Reach.objects.count() == 1
    assert {"head", "head_other_school"} <= names(world, send(world, "dsden"))
    with pytest.raises(Conflict, match="une de ces écoles|Une de ces écoles"):
        write(world, "ien", schools=["saules"])
    for who in ("city_it", "head", "guardian"):
        with pytest.raises(Refused):
            actions.write_announcement(person=world.people[who], place=world.cities["marelle"], now=now(), **SAID)


def test_a_strike_names_nobody_and_other_words_may(world):
    teacher = world.people["teacher"].last_name
    with pytest.raises(Conflict, match="ne nomme personne"):
        write(world, text=f"Grève jeudi\u00a0: la classe de Mme {teacher} est fermée.")
    assert write(world, text=f"Mme {teacher} joue du piano jeudi.")
    with pytest.raises(Conflict, match="ne nomme personne"):
        write(world, text=f"Mme {teacher} est absente.", asks_schools=True)


def test_urgent_leaves_twice_a_month_with_its_reason_which_nobody_else_reads(world, client):
    urgent = {"level": "urgent", "urgent_reason": "Grève annoncée ce soir"}
    first = send(world, **urgent)
    assert first.publication.notice.is_urgent and first.publication.notice.leaves_at == first.publication.published_at
    told = page(world.sign_in(client, "guardian"), "announcement_detail", first).content.decode()
    assert "Urgent" in told and "Grève annoncée" not in told
    send(world, **urgent)
    with pytest.raises(Conflict, match="Deux urgences"):
        confirm(world, write(world, **urgent))


def test_a_stolen_password_does_not_send(world, client):
    announcement = write(world)
    told = {"announcement": announcement, "told_count": 8, "has_shown_factor": False, "now": now()}
    with pytest.raises(Refused, match="téléphone"):
        actions.confirm_sending(person=world.people["city_education"], **told)
    assert not Announcement.objects.get().confirmed_at


def test_withdrawn_it_is_nowhere_and_who_read_it_is_told(world, client):
    announcement = send(world)
    assert page(world.sign_in(client, "guardian"), "announcement_detail", announcement).status_code == 200
    url = reverse("announcements:withdrawal_create", args=[announcement.pk])
    assert client.post(url).status_code == 404
    world.sign_in(client, "city_education").post(url)
    told = page(world.sign_in(client, "guardian"), "announcement_detail", announcement)
    assert told.status_code == 403 and "a été retirée" in re.sub(r"\s+", " ", told.content.decode())
    assert "demandez à la Direction Éducation de la Ville" in told.text and "direction de l’école" not in told.text
    assert SAID["title"] not in client.get("/aujourdhui/").content.decode()


@pytest.mark.parametrize(
    ("language", "asked"),
    [
        ("fr", "demandez à la Direction Éducation de la Ville"),
        ("es", "pregunte al servicio de Educación del ayuntamiento"),
        ("ar", "اسألوا مصلحة التعليم في البلدية"),
    ],
)
def test_a_refusal_is_said_in_the_language_of_who_reads(world, client, language, asked):
    announcement = send(world)
    actions.withdraw_announcement(person=world.people["city_education"], announcement=announcement, now=now())
    Person.objects.filter(pk=world.people["guardian"].pk).update(reading_language=language)
    told = page(world.sign_in(client, "guardian"), "announcement_detail", announcement)
    assert told.status_code == 403 and f'<html lang="{language}"' in told.text and told.text.count(asked) == 1
    assert told.text.count('<p class="lead">') == 1 and ("Ce n’est pas possible" in told.text) == (language == "fr")


def test_an_announcement_to_more_schools_is_written_with_as_many_reads(world, client):
    """Schools are read by what a box says: nothing of one ticked is asked again."""
    schools = list(queries.schools_of(world.cities["marelle"], TODAY))
    url = reverse("announcements:announcement_create", args=[world.cities["marelle"].pk])
    client, counts = world.sign_in(client, "city_education"), []
    for some in (schools[:1], schools):
        said = SAID | {"title": f"Canari-{len(some)}", "schools": [str(each.pk) for each in some]}
        said |= {"shown_until": str(TODAY + datetime.timedelta(days=9))}
        with CaptureQueriesContext(connection) as asked:
            assert client.post(url, said).status_code == 302
        counts.append(sum('FROM "places_school"' in each["sql"] for each in asked))
        written = Announcement.objects.get(title=f"Canari-{len(some)}")
        assert {each.school for each in written.targets.all()} == {*some}
    assert len(schools) > 1 and counts[0] == counts[1], counts
    with CaptureQueriesContext(connection) as asked:
        client.get(url)
    (offered,) = (each["sql"] for each in asked if each["sql"].startswith('SELECT "places_school"'))
    assert '"shown_name"' in offered and '"address"' not in offered
