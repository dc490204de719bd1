"""A site: opened by the city, its team named, its space for its own families."""

import datetime

import pytest
from django.urls import reverse
from django.utils.timezone import now

from preau.ent.afterschool import actions
from preau.ent.posts import actions as posts
from preau.ent.posts import rules as rules_of_posts
from preau.ent.posts.models import Scope
from preau.kit.answers import Conflict, Refused
from preau.people.models import Account, ActivationCode, Mandate, Person, Role
from preau.people.queries import needs_second_factor
from preau.places.models import AfterSchool
from preau.schools.models import Activity
from tests.ent.afterschool.services import renders, url
from tests.world import BEFORE, TODAY, add_person

YEAR = datetime.timedelta(days=366)
NAMED = {"civility": "Mme", "first_name": "Rosa", "last_name": "Billes", "starts_on": TODAY.isoformat()}


def life(site):
    return reverse("portal:afterschool_life", args=[site.pk])


def test_the_city_opens_a_site_names_its_manager_who_names_the_others(world, client):
    city, school = world.sign_in(client, "city_education"), world.schools["saules"]
    asked = {"name": "Les Hirondelles", "school": str(school.pk), "kinds": ["canteen", "evening"]}
    city.post(url("site_new", world.cities["marelle"]), asked)
    site = AfterSchool.objects.get(name="Les Hirondelles")
    assert site.school == school and {one.kind for one in site.activities.all()} == {"canteen", "evening"}
    refused = city.post(url("site_new", world.cities["marelle"]), asked)
    assert refused.status_code == 422 and "se nomme déjà ainsi" in refused.text and "Les Hirondelles" in refused.text
    page = city.post(url("agent_new", site), NAMED | {"role": "site_manager"}).text
    assert "Fiche de connexion" in page
    manager = Person.objects.get(last_name="Billes")
    assert manager.mandates.get().place == site and needs_second_factor(manager, TODAY)


def test_a_manager_names_animators_and_restauration_never_a_manager(world, client):
    site, manager = world.afterschools["tilleuls"], world.sign_in(client, "site_manager")
    page = manager.post(url("agent_new", site), NAMED | {"role": "animator"}).text
    assert "Fiche de connexion" in page and "Animatrice périscolaire" in page
    other = {"role": "site_manager", "last_name": "Autre"}
    assert manager.post(url("agent_new", site), NAMED | other).status_code == 422
    assert not Person.objects.filter(last_name="Autre").exists()
    agent = Mandate.objects.get(person__last_name="Billes")
    assert ActivationCode.objects.filter(person=agent.person, revoked_at=None).count() == 1
    manager.post(url("agent_sheet", agent))
    assert ActivationCode.objects.filter(person=agent.person, revoked_at=None).count() == 1
    manager.post(url("agent_end", agent), {"on": TODAY.isoformat()})
    agent.refresh_from_db()
    assert agent.ends_on == TODAY
    own = Mandate.objects.get(person=world.people["site_manager"])
    assert manager.post(url("agent_end", own), {"on": TODAY.isoformat()}).status_code == 403


def test_no_sheet_opens_what_is_held_elsewhere(world, client):
    agent = Mandate.objects.get(person=world.people["animator"])
    Mandate.objects.create(person=agent.person, role=Role.TEACHER, classroom=world.classrooms["cpb"], starts_on=TODAY)
    manager = world.sign_in(client, "site_manager")
    assert manager.post(url("agent_sheet", agent)).status_code == 403
    assert not ActivationCode.objects.exists()
    Account.objects.filter(person=agent.person).update(last_login=None)
    known = NAMED | {"role": "catering", "first_name": agent.person.first_name, "last_name": agent.person.last_name}
    answer = manager.post(url("agent_new", world.afterschools["tilleuls"]), known | {"answer": str(agent.person_id)})
    assert answer.status_code == 302 and not ActivationCode.objects.exists()


def test_no_sheet_opens_what_was_held_and_is_still_read(world, client):
    """Who taught until the summer still reads what that class published."""
    agent, manager = Mandate.objects.get(person=world.people["animator"]), world.sign_in(client, "site_manager")
    held = {"role": Role.TEACHER, "classroom": world.classrooms["cpb"], "starts_on": BEFORE - 3 * YEAR}
    taught = Mandate.objects.create(person=agent.person, ends_on=TODAY - datetime.timedelta(days=1), **held)
    assert manager.post(url("agent_sheet", agent)).status_code == 403 and not ActivationCode.objects.exists()
    Mandate.objects.filter(pk=agent.pk).delete()  # and is named for the first time, without having ever entered
    Account.objects.filter(person=agent.person).update(last_login=None)
    who = {"first_name": agent.person.first_name, "last_name": agent.person.last_name, "civility": ""}
    site = {"site": agent.afterschool, "role": Role.ANIMATOR, "same_as": agent.person, "starts_on": TODAY}
    agent, secret = actions.name_agent(person=world.people["site_manager"], now=now(), **site, **who)
    assert not secret and not ActivationCode.objects.exists()
    Mandate.objects.filter(pk=taught.pk).update(ends_on=TODAY - 2 * YEAR)  # none of it is kept
    assert manager.post(url("agent_sheet", agent)).status_code == 200 and ActivationCode.objects.exists()


@pytest.mark.parametrize(
    "actor", ["animator", "canteen", "head", "teacher", "guardian", "city_it", "city_education_far"]
)
def test_nobody_else_names_the_team(world, client, actor):
    site = world.afterschools["tilleuls"]
    for name in ("team", "agent_new"):
        assert world.sign_in(client, actor).get(url(name, site)).status_code in (403, 404), name
    agent = Mandate.objects.get(person=world.people["canteen"])
    assert client.post(url("agent_end", agent), {"on": TODAY.isoformat()}).status_code == 404


def test_a_service_where_children_are_put_down_stays(world, client):
    site = world.afterschools["tilleuls"]
    renders(world, Activity.Kind.MORNING)
    asked = {"name": site.name, "school": "", "kinds": ["evening"]}
    said = world.sign_in(client, "city_education").post(url("site_edit", site), asked, follow=True).text
    assert "Toujours ouvert\u00a0: cantine." in said
    assert {one.kind for one in site.activities.all()} == {"canteen", "evening"}


def test_a_site_writes_to_the_families_of_its_children_and_to_nobody_else(world, client):
    site = world.afterschools["tilleuls"]
    animator = world.sign_in(client, "animator")
    page = animator.get(reverse("posts:afterschool_publish", args=[site.pk])).text
    assert "2\u00a0parents" in page, "« Qui verra » and who reads are one query"
    posts.publish_post(
        person=world.people["animator"], place=site, scope=Scope.FAMILIES, text="Canari-du-soir", now=now()
    )
    readers = {
        name
        for name in world.actors()
        if name not in (None, "suspended") and "Canari-du-soir" in world.sign_in(client, name).get(life(site)).text
    }
    assert readers == {"guardian", "guardian_coparent", "animator", "site_manager", "canteen"}
    assert "Canari-du-soir" in world.sign_in(client, "guardian").get("/aujourdhui/").text
    for actor in ("canteen", "head", "city_education", "atsem"):
        with pytest.raises(Refused):
            posts.publish_post(person=world.people[actor], place=site, scope=Scope.FAMILIES, text="non", now=now())


def test_the_manager_withdraws_what_an_animator_wrote_and_puts_it_back(world):
    site, manager = world.afterschools["tilleuls"], world.people["site_manager"]
    said = {"person": world.people["animator"], "place": site, "scope": Scope.FAMILIES, "now": now()}
    post = posts.publish_post(text="La fête du site", **said)
    posts.withdraw_post(person=manager, post=post, now=now())
    assert list(rules_of_posts.posts_awaiting(manager, TODAY)) == [post]
    with pytest.raises((Refused, Conflict)):
        posts.restore_post(person=world.people["animator"], post=post, now=now())
    posts.restore_post(person=manager, post=post, now=now())


def test_an_atsem_is_of_the_class_team_and_a_canteen_agent_of_no_class(world):
    from preau.schools import rules

    assert rules.classrooms_visible_to(world.people["atsem"], TODAY).get() == world.classrooms["gs"]
    for name in ("canteen", "animator", "site_manager"):
        person = world.people[name]
        assert not rules.classrooms_visible_to(person, TODAY).exists()
        assert not rules.pupils_visible_to(person, TODAY).exists() and not rules.schools_visible_to(person, TODAY)


def test_the_page_of_a_team_costs_the_same_with_many(world, client, django_assert_max_num_queries):
    site = world.afterschools["tilleuls"]
    for number in range(12):
        agent = add_person(world, f"agent{number}")
        Mandate.objects.create(person=agent, role=Role.ANIMATOR, afterschool=site, starts_on=TODAY)
    for actor in ("city_education", "site_manager"):
        world.sign_in(client, actor)
        with django_assert_max_num_queries(10):
            assert client.get(url("team", site)).text.count("Fiche de connexion<") == (
                15 if actor == "city_education" else 14
            )
