"""What pages say where there is nobody yet, one person, or another word for the same thing: no sentence is false."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from preau.ent.announcements.models import Announcement
from preau.people.models import Account, Mandate, Role
from preau.people.rules import OFFERED_FOR, is_offered_mail
from preau.schools.models import Enrolment
from tests.world import TODAY

pytestmark = pytest.mark.django_db


def text(client, name, *args):
    return " ".join(client.get(reverse(name, args=args)).text.split())


def test_a_school_without_pupils_writes_to_nobody_and_is_told_so(world, client):
    school, room = world.schools["tilleuls"].pk, world.classrooms["cpb"].pk
    head = world.sign_in(client, "head")
    assert "Aucun élève n’est encore inscrit" not in text(head, "notes:school_write", school)
    Enrolment.objects.all().delete()
    for name in ("notes:school_write", "afterschool:school_day"):
        page = text(head, name, school)
        assert "Aucun élève n’est" in page and "Envoyer aux familles" not in page and "le fichier de la" not in page
    page = text(world.sign_in(client, "teacher"), "notes:classroom_write", room)
    assert "Aucun élève n’est encore inscrit" in page


def test_a_home_without_a_child_has_no_empty_heading(world, client):
    Enrolment.objects.filter(pupil=world.people["child_lina"]).update(starts_on=TODAY + datetime.timedelta(days=6))
    page = text(world.sign_in(client, "guardian_other_family"), "today")
    assert "L’inscription n’a pas commencé" in page
    assert '<h2 id="fil" class="section">La vie de mes enfants</h2>' in page


def test_a_site_that_takes_no_photo_is_told_of_none(world, client):
    site = world.afterschools["tilleuls"].pk
    animator = world.sign_in(client, "animator")
    for page in (text(animator, "portal:afterschool_home", site), text(animator, "portal:afterschool_life", site)):
        assert "Une phrase&nbsp;: les familles la verront" in page
    assert "Une photo" not in animator.get("/aujourdhui/").text
    teacher = world.sign_in(client, "teacher")
    assert "Une photo, une phrase" in text(teacher, "portal:classroom_life", world.classrooms["cpb"].pk)


def test_a_nursery_class_reads_of_carnets_alone(world, client):
    teacher = world.sign_in(client, "head")
    for room, word, other in (("gs", "carnet", "le cahier de son"), ("cpb", "cahier", "le carnet de son")):
        page = text(teacher, "portfolio:classroom_notebooks", world.classrooms[room].pk)
        assert f"Chaque famille lit le {word}" in page and other not in page


@pytest.mark.parametrize(
    ("named", "said"),
    [((), "dire qui répond"), ((1,), "à son responsable sa fiche"), ((1, 2), "à chaque responsable sa fiche")],
)
def test_who_arrives_leaves_as_many_cards_to_give_as_there_are_guardians(world, client, named, said):
    typed = {"first_name": "Milo", "last_name": "Carré", "level": "CP", "starts_on": TODAY.isoformat()}
    typed |= {"birth_date": "2019-05-05", "classroom": world.classrooms["cpb"].pk}
    for number in named:
        typed |= {f"guardian_{number}_first_name": ("Rosa", "Max")[number - 1], f"guardian_{number}_last_name": "Carré"}
    url = reverse("schools:arrival", args=[world.schools["tilleuls"].pk])
    assert said in world.sign_in(client, "head").post(url, typed, follow=True).text


def test_who_leads_a_dispositif_is_named_for_the_whole_school_and_no_other_supply_is_spoken_of(world, client):
    head = world.sign_in(client, "head")
    assert "Qui a une ULIS ou une UPE2A" in text(head, "schools:staff_new", world.schools["tilleuls"].pk)
    room = world.classrooms["cpb"].pk
    assert "Quelqu’un d’autre" in text(head, "schools:give_class", room)
    Mandate.objects.filter(role=Role.SUPPLY_TEACHER).delete()
    assert "Quelqu’un d’autre" not in text(head, "schools:give_class", room)


def test_a_parent_who_has_just_entered_is_offered_to_be_told_by_mail(world, client, settings):
    account = world.account("guardian")
    link = f'href="{reverse("account_email")}"'

    def offers(given):
        Account.objects.filter(pk=account.pk).update(created_at=timezone.now(), **given)
        return link in world.sign_in(client, "guardian").get("/aujourdhui/").text

    assert offers({"email": ""}) and "jamais ce qu’il y a dedans" in text(client, "today")
    assert not offers({"email": "rosa@example.org"})
    account.refresh_from_db()
    account.email, account.created_at = "", timezone.now() - OFFERED_FOR
    assert not is_offered_mail(account, timezone.now())
    settings.MAIL_LEAVES = False
    assert not offers({"email": ""})


def test_a_head_without_announcement_is_told_where_the_school_writes_itself(world, client):
    Announcement.objects.all().delete()
    said = "Écrire vous-même aux familles"
    assert said in text(world.sign_in(client, "head"), "announcements:mine")
    for who in ("guardian", "teacher"):
        assert said not in text(world.sign_in(client, who), "announcements:mine"), who


def test_where_no_access_point_is_known_nobody_declared_the_wifi_off(world, client):
    page = text(world.sign_in(client, "head"), "wifi:school_wifi", world.schools["tilleuls"].pk)
    assert 'Aucune séance de <span class="unbroken">Wi-Fi</span> en ce moment' in page
    assert "est éteint" not in page and ">déclaré</span>" not in page
