"""Elected parents: what they write waits for the head, who sends it or refuses it; families read who wrote it."""

import datetime

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils.timezone import make_aware, now

from preau.ent.announcements import actions, queries
from preau.ent.announcements.actions.parents import REFUSED
from preau.ent.announcements.models import Announcement, ElectedParent
from preau.ent.announcements.rules import parents as rules
from preau.kit.answers import Conflict, Refused
from preau.kit.mail import Later
from preau.kit.mail.outbox import kinds
from preau.kit.models import Outgoing
from preau.people.models import Account
from preau.schools.models import Enrolment
from tests.canaries import leaks
from tests.ent.announcements.acts import confirm, gone, write
from tests.french_left import french, read, unnamed
from tests.world import TODAY

pytestmark = pytest.mark.django_db
WORDS = {"title": "Kermesse", "text": "Samedi, il manque dix parents pour tenir les stands."}
HOME = "/aujourdhui/"
NOON = datetime.datetime(2026, 11, 10, 12)  # a Tuesday


@pytest.fixture
def elected(world):
    parent, school = world.people["guardian"], world.schools["tilleuls"]
    actions.name_elected(person=world.people["head"], school=school, parent=parent, now=now())
    return world


def page(world, client, who, name, *args, **query):
    return world.sign_in(client, who).get(reverse(f"announcements:{name}", args=args), query)


def propose(world, **more):
    said = WORDS | {"person": world.people["guardian"], "school": world.schools["tilleuls"], "now": now()}
    return actions.propose_words(**said | more)


def test_a_head_notes_who_is_elected_among_the_parents_of_the_school(world, client):
    school = world.schools["tilleuls"]
    found = page(world, client, "head", "elected", school.pk, nom="canari guardian_coparent").text
    assert "Canari-guardian_coparent" in found and "Canari-guardian_far" not in found
    for nobody in ("guardian_far", "guardian_restricted"):
        assert f"Canari-{nobody}" not in page(world, client, "head", "elected", school.pk, nom=nobody).text
        with pytest.raises(Conflict, match="aucun élève"):
            said = {"school": school, "parent": world.people[nobody], "now": now()}
            actions.name_elected(person=world.people["head"], **said)
    url = reverse("announcements:elected_create", args=[school.pk])
    assert client.post(url, {"guardian": world.people["guardian_far"].pk}).status_code == 404
    assert client.post(url, {"guardian": "n'importe"}).status_code == 404
    for _ in range(2):
        assert "est parent élu" in client.post(url, {"guardian": world.people["guardian"].pk}, follow=True).text
    one = ElectedParent.objects.get()
    for who in ("guardian", "teacher", "head_other_school", "city_education", "ien"):
        assert page(world, client, who, "elected", school.pk).status_code == 404, who
        assert client.post(reverse("announcements:elected_end", args=[one.pk])).status_code == 404, who
    assert (
        "n’est plus"
        in world.sign_in(client, "head").post(reverse("announcements:elected_end", args=[one.pk]), follow=True).text
    )
    assert not ElectedParent.objects.exists()


def test_from_the_parent_who_writes_to_the_families_who_read_it(elected, client):
    world, school = elected, elected.schools["tilleuls"]
    mine = page(world, client, "guardian", "mine").text
    url = reverse("announcements:proposal_create", args=[school.pk])
    assert url in mine
    half = client.post(url, {"title": "Kermesse"})
    assert half.status_code == 422 and "Kermesse" in half.text
    sent = client.post(url, WORDS, follow=True).text
    assert "à la direction de l’école" in sent and "chez la" in sent
    announcement = Announcement.objects.get()
    shown = page(world, client, "guardian", "announcement_detail", announcement.pk).text
    assert "attend" in shown and "Relire et envoyer" not in shown and not leaks(shown, "guardian")
    for who in ("guardian_coparent", "teacher", "head_other_school", "city_education"):
        assert page(world, client, who, "announcement_detail", announcement.pk).status_code == 404, who
    home = world.sign_in(client, "head").get(HOME).text
    assert "1\u00a0annonce attend votre réponse" in home and "Kermesse" in home
    waiting = page(world, client, "head", "mine").text
    assert "En attente" in waiting and "pour les parents élus" in waiting
    read = page(world, client, "head", "announcement_detail", announcement.pk).text
    assert "Relire et envoyer" in read and "Refuser" in read and "Corriger" not in read
    preview = page(world, client, "head", "sending_create", announcement.pk)
    told = queries.told_by(announcement, TODAY).low
    assert (
        client.post(reverse("announcements:sending_create", args=[announcement.pk]), {"told_count": told}).status_code
        == 302
    )
    assert "Kermesse" in preview.text and "Kermesse" not in client.get(HOME).text
    announcement.refresh_from_db()
    assert actions.publish_due(now=announcement.due_at) == 1
    school = world.schools["tilleuls"].full_name
    assert f"Les parents élus ({school})" in world.sign_in(client, "guardian_other_family").get(HOME).text
    for who in ("guardian_other_family", "guardian"):
        told = page(world, client, who, "announcement_detail", announcement.pk).text
        assert "Mme Canari-guardian, pour les parents élus" in told, who
    assert "envoyé" in page(world, client, "guardian", "mine").text
    assert page(world, client, "guardian_far", "announcement_detail", announcement.pk).status_code == 404


def test_a_head_refuses_with_a_reason_and_the_parent_writes_it_otherwise(elected, client):
    world, announcement = elected, propose(elected)
    again = reverse("announcements:proposal_edit", args=[announcement.pk])
    early = world.sign_in(client, "guardian").post(again, WORDS)
    assert early.status_code == 403 and "attend la direction" in early.text
    url = reverse("announcements:refusal_create", args=[announcement.pk])
    for who in ("guardian", "teacher", "head_other_school"):
        assert world.sign_in(client, who).get(url).status_code == 404, who
    world.sign_in(client, "head")
    assert client.post(url, {"reason": " "}).status_code == 422
    assert client.post(url, {"reason": "La date n’est pas sûre."}).status_code == 302
    refused = client.get(reverse("announcements:sending_create", args=[announcement.pk]))
    assert refused.status_code == 403 and "refusé" in refused.text
    assert client.get(reverse("announcements:announcement_edit", args=[announcement.pk])).status_code == 403
    assert "Kermesse" not in client.get(HOME).text
    shown = page(world, client, "guardian", "announcement_detail", announcement.pk).text
    assert "La date n’est pas sûre." in shown and again in shown
    home = client.get(HOME).text
    assert "Une réponse de l’école" in home and f"/annonces/{announcement.pk}/" in home and "pas sûre" not in home
    assert "Une réponse de l’école" not in world.sign_in(client, "guardian_coparent").get(HOME).text
    world.sign_in(client, "guardian")
    client.post(again, WORDS | {"title": "Kermesse du 12"})
    announcement = Announcement.objects.get()
    assert announcement.title == "Kermesse du 12" and announcement.refused_at is None
    assert "Une réponse de l’école" not in client.get(HOME).text
    assert "Kermesse du 12" in world.sign_in(client, "head").get(HOME).text


def test_a_refusal_is_told_by_a_mail_until_the_text_is_written_otherwise(elected, monkeypatch):
    monkeypatch.setattr("preau.kit.tasks.enqueue", lambda *words: None)
    Account.objects.filter(person=elected.people["guardian"]).update(
        email="elue@essai.example", email_confirmed_at=now()
    )
    noon, night = make_aware(NOON), make_aware(NOON.replace(hour=22))
    refusal = {"person": elected.people["head"], "announcement": propose(elected), "reason": "Zibeline."}
    announcement = actions.refuse_words(**refusal, now=noon)
    row = Outgoing.objects.get(kind=REFUSED)
    letter = kinds()[REFUSED].write
    told = letter(*row.ids, now=noon)
    assert (
        told.to == "elue@essai.example" and "réponse" in told.subject and f"/annonces/{announcement.pk}/" in told.text
    )
    assert not any(name in told.subject + told.text for name in ("Canari", "Kermesse", "Zibeline", "Tilleuls"))
    assert isinstance(letter(*row.ids, now=night), Later)
    propose(elected, announcement=announcement)
    assert letter(*row.ids, now=noon) is None
    actions.refuse_words(**refusal, now=night)
    assert Outgoing.objects.filter(kind=REFUSED).count() == 2 and Outgoing.objects.latest("due_at").due_at > night
    Account.objects.update(email_confirmed_at=None)
    assert letter(*row.ids, now=noon) is None


def test_an_elected_parent_reads_and_is_told_in_their_language(elected, client, monkeypatch):
    monkeypatch.setattr("preau.kit.tasks.enqueue", lambda *words: None)
    world, parent = elected, elected.people["guardian"]
    Account.objects.filter(person=parent).update(email="elue@essai.example", email_confirmed_at=now())
    announcement = propose(world)
    refusal = {"person": world.people["head"], "announcement": announcement, "reason": "Zibeline."}
    announcement = actions.refuse_words(**refusal, now=now())
    world.sign_in(client, "guardian")
    paths = [HOME, reverse("announcements:mine"), reverse("announcements:announcement_detail", args=[announcement.pk])]
    paths.append(reverse("announcements:proposal_create", args=[world.schools["tilleuls"].pk]))
    in_french = {path: set(unnamed(world, read(client, path, "fr")).found) for path in paths}
    for language in ("en", "ar"):
        parent.reading_language = language
        parent.save()
        for path in paths:
            found = unnamed(world, read(client, path, language)).found
            assert french(found, language, in_french[path]) == [], (language, path)
    letter = kinds()[REFUSED].write(*Outgoing.objects.get(kind=REFUSED).ids, now=make_aware(NOON))
    assert "المدرسة" in letter.text and "La direction" not in letter.subject + letter.text


def test_only_an_elected_parent_proposes_and_no_more_than_three(elected, client):
    world = elected
    for who in ("guardian_coparent", "teacher", "head"):
        with pytest.raises(Refused, match="parents élus"):
            propose(world, person=world.people[who])
    with pytest.raises(Refused):
        propose(world, school=world.schools["saules"])
    for _ in range(3):
        propose(world)
    with pytest.raises(Conflict, match="attendent déjà"):
        propose(world)
    Enrolment.objects.filter(pupil=world.people["child_adam"]).update(ends_on=TODAY - datetime.timedelta(days=1))
    assert not rules.schools_elected_in(world.people["guardian"], TODAY).exists()  # no child there any more
    url = reverse("announcements:proposal_create", args=[world.schools["tilleuls"].pk])
    assert world.sign_in(client, "guardian").get(url).status_code == 404


def test_what_was_sent_or_is_about_to_be_is_not_refused_and_the_base_says_why(elected):
    announcement = propose(elected)
    confirm(elected, announcement, "head")
    refusal = {"announcement": announcement, "reason": "Non.", "now": now()}
    with pytest.raises(Refused, match="n’attend plus"):
        actions.refuse_words(person=elected.people["head"], **refusal)
    for wrong in ({"refused_at": now()}, {"proposed_at": None}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Announcement.objects.update(**wrong)
    plain = write(elected)
    with pytest.raises(Refused):
        actions.refuse_words(person=elected.people["head"], **refusal | {"announcement": plain})


def test_a_half_to_write_waits_at_the_head_s_home_until_it_is_written(world, client, django_assert_max_num_queries):
    joint = write(world, asks_schools=True)
    world.sign_in(client, "head").get(HOME)
    with django_assert_max_num_queries(10):
        home = client.get(HOME).text
    assert "La Ville demande la moitié de l’école" in home
    assert "La Ville demande" not in world.sign_in(client, "teacher").get(HOME).text
    joint = gone(world, joint)
    assert "La Ville demande" in world.sign_in(client, "head").get(HOME).text
    said = {"title": "Grève", "text": "Deux classes sont fermées.", "now": now()}
    actions.write_half(person=world.people["head"], joined_to=joint, school=world.schools["tilleuls"], **said)
    assert "La Ville demande" not in client.get(HOME).text
    assert "La Ville demande" in world.sign_in(client, "head_other_school").get(HOME).text
    Announcement.objects.filter(pk=joint.pk).update(asks_schools=False)
    assert "La Ville demande" not in client.get(HOME).text
