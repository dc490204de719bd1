"""« Aujourd’hui » of each face: what it may show, what it must never show, what it weighs."""

import datetime
import gzip
import re

import pytest
from django.urls import reverse

from preau.ent.posts.models import Scope
from preau.kit.dates import day_text
from preau.people.actions.activation import issue_activation_codes
from preau.people.models import CITY_ROLES, STATE_ROLES, Account, Mandate, Role
from preau.places.models import Classroom, School
from preau.schools.models import Enrolment, FamiliesOpening, Guardianship
from preau.spaces import caps
from preau.spaces.models import Publication
from preau.web.views.today import LATEST
from tests.ent.posts.test_actions import NOW, picture, publish
from tests.ent.posts.test_views import open_actors
from tests.texts import as_drawn
from tests.world import TODAY, add_child, open_to_families

HOME = "/aujourdhui/"
DAY = datetime.timedelta(days=1)
# The canary text of each class, and who may meet it on their home.
CLASS_READERS = {
    "cpb": {"teacher", "supply", "aesh", "head", "guardian", "guardian_coparent", "guardian_other_family"},
    "cm2": {"teacher_other_class", "head", "guardian_ulis", "guardian_other_class", "pupil_cm2"},
    "saules_cm2": {
        "teacher_other_school", "head_other_school", "guardian_two_schools", "guardian_other_school",
        "pupil_other_school",
    },
    "loin_cm2": {"head_far", "guardian_far", "pupil_far"},
}  # fmt: skip
WRITERS = {"cpb": "teacher", "cm2": "teacher_other_class", "saules_cm2": "teacher_other_school", "loin_cm2": "head_far"}


def say(world, name, text, **more):
    from preau.ent.posts import actions

    more = {"now": NOW, "no_child_declared": True} | more
    return actions.publish_post(
        person=world.people[WRITERS[name]], place=world.classrooms[name], scope=Scope.CLASS, text=text, **more
    )


def page_of(world, client, name, query=""):
    return world.sign_in(client, name).get(HOME + query).content.decode()


@pytest.mark.long
def test_each_class_is_read_at_home_by_its_own_people_only(world, client):
    for name in CLASS_READERS:
        say(world, name, f"Mot-de-{name}-fin", pictures=[picture(f"Image-de-{name}-fin")])
    for actor in open_actors(world):
        page = page_of(world, client, actor)
        for name, readers in CLASS_READERS.items():
            assert (f"Mot-de-{name}-fin" in page) is (actor in readers), (actor, name)
            assert (f"Image-de-{name}-fin" in page) is (actor in readers), (actor, name)


def test_city_and_state_are_told_that_classes_are_not_theirs_to_read(world, client):
    for actor in open_actors(world):
        roles = {m.role for m in world.people[actor].mandates.all()}
        if roles & {*CITY_ROLES, *STATE_ROLES}:
            assert "reste entre elles et les familles" in page_of(world, client, actor), actor


def test_a_family_reads_each_child_once_beside_class_cahier_and_consents(world, client):
    for name, children in (("guardian_two_schools", 2), ("guardian", 1)):
        section = page_of(world, client, name).split('id="classes"')[1].split("</section>")[0]
        lines = section.split("<li")[1:]
        assert len(lines) == children
        for line in lines:
            assert line.count('class="tag') == (children > 1), name
            for part in ("/classe/", "/ecole/", "/mon-cahier/", "/accords/"):
                assert line.count(f'href="{part}') == 1, part


def test_a_family_in_two_schools_reads_both_and_each_child_apart(world, client):
    first, second = world.people["child_two_one"], world.people["child_two_two"]
    for child, name in ((first, "Nour"), (second, "Sacha")):
        child.first_name = name
        child.save()
    publish(world, "head", Scope.SCHOOL, text="Mot-des-tilleuls")
    say(world, "saules_cm2", "Mot-des-saules")
    page = page_of(world, client, "guardian_two_schools")
    assert "Mot-des-tilleuls" in page and "Mot-des-saules" in page
    assert "2\u00a0enfants, 2\u00a0écoles" in as_drawn(page)
    item = page[: page.index("Mot-des-saules")].rpartition("<li>")[2]
    assert "Sacha" in item and "Nour" not in item and "#snail" in item and 'data-child="2"' in item
    only = page_of(world, client, "guardian_two_schools", f"?enfant={first.pk}")
    assert "Mot-des-tilleuls" in only and "Mot-des-saules" not in only


@pytest.mark.parametrize("query", [
    "?enfant=nimporte", "?enfant=00000000-0000-0000-0000-000000000000", "?avant=hier", "?avant=2026-01-01_0",
])  # fmt: skip
def test_a_made_up_address_is_no_page(world, client, query):
    assert world.sign_in(client, "guardian").get(HOME + query).status_code == 404


def test_another_s_child_is_no_filter(world, client):
    other = world.people["child_lina"].pk
    assert world.sign_in(client, "guardian").get(f"{HOME}?enfant={other}").status_code == 404


def test_older_things_are_a_page_away(world, client):
    for number in range(20):
        say(world, "cpb", f"Jour-{number}-fin")
    seen, page = set(), page_of(world, client, "guardian")
    while True:
        seen |= {number for number in range(20) if f"Jour-{number}-fin" in page}
        if 'rel="next"' not in page:
            break
        link = page[: page.index('rel="next"')].rpartition('href="')[2].partition('"')[0]
        page = client.get(HOME + link.replace("&amp;", "&")).content.decode()
    assert seen == set(range(20))


def test_a_pupil_has_no_way_out_and_no_chooser_of_words(world, client):
    say(world, "cm2", "Voir https://www.exemple.fr/loin")
    page = page_of(world, client, "pupil_cm2")
    assert 'data-voice="cour"' in page and "www.exemple.fr/loin" in page
    assert 'href="https://' not in page
    assert 'href="https://www.exemple.fr/loin"' in page_of(world, client, "guardian_other_class")


def test_a_head_decides_and_a_teacher_takes_a_draft_up(world, client):
    post = publish(world, scope=Scope.PUBLIC, text="Nos semis")
    page = page_of(world, client, "head")
    assert "1\u00a0publication attend votre décision" in page
    assert reverse("posts:post_detail", kwargs={"post_id": post.pk}) in page
    assert "En attente de la direction" in page_of(world, client, "teacher")
    assert "Nos semis" not in page_of(world, client, "supply")


@pytest.mark.long
def test_homes_ask_ten_questions_at_most_whatever_the_age(world, client, django_assert_max_num_queries):
    actors = ("teacher", "head", "guardian_two_schools", "guardian", "pupil_cm2", "city_education", "ien", "aesh")
    counts = {}
    for factor in (1, 10):
        for number in range(2 * factor):
            for name in CLASS_READERS:
                moment = NOW - caps.WINDOW * number  # an account publishes so many times an hour
                say(world, name, f"Jour {number}", pictures=[picture()] if number % 3 == 0 else [], now=moment)
            publish(world, "head", Scope.SCHOOL)
        for actor in actors:
            world.sign_in(client, actor)
            client.get(HOME)
            with django_assert_max_num_queries(10) as asked:
                client.get(HOME)
            assert counts.setdefault(actor, len(asked.captured_queries)) == len(asked.captured_queries), actor
    assert Publication.objects.count() > 80


@pytest.mark.long
def test_a_family_home_weighs_little(world, client):
    """≤ 15 KB of HTML once the assets are known, whatever is published (users.md §3.1)."""
    add_child(world, "child_third", "cpb", "CP", ["guardian_two_schools"])
    for number in range(12):
        for name in ("cpb", "saules_cm2"):
            say(world, name, f"{number} Nous avons appris à compter les quarts. " * 4, pictures=[picture()] * 2)
    page = page_of(world, client, "guardian_two_schools").encode()
    assert len(gzip.compress(page)) <= 12_000
    assert len(page) <= 60_000


def test_the_head_of_a_school_without_pupils_is_shown_where_to_begin(world, client):
    assert "Déposer les fichiers" not in page_of(world, client, "head")
    Enrolment.objects.filter(school=world.schools["tilleuls"]).update(starts_on=TODAY + datetime.timedelta(days=1))
    assert (
        reverse("arrivals:start", args=[world.schools["tilleuls"].pk])
        in re.search('aria-labelledby="debut".*?</section>', page_of(world, client, "head"), re.S)[0]
    )
    assert "Déposer les fichiers" not in page_of(world, client, "teacher")


def test_a_day_without_roles_says_what_to_do(world, client):
    assert TODAY and "Aucun rôle" in page_of(world, client, "former_teacher")


def test_a_supply_teacher_reads_that_the_class_is_open_until_when(world, client):
    said = f"{world.classrooms['cpb'].name}, jusqu’à ce soir"
    assert said in as_drawn(page_of(world, client, "supply")) and said not in page_of(world, client, "teacher")
    friday = TODAY + datetime.timedelta(days=3)
    Mandate.objects.filter(person__in=[world.people["supply"], world.people["teacher"]]).update(ends_on=friday)
    later = f"jusqu’au soir du {day_text(friday)}"
    assert later in as_drawn(page_of(world, client, "supply")) and later not in page_of(world, client, "teacher")


def test_the_day_after_a_supply_teacher_reads_what_ended(world, client):
    yesterday = TODAY - datetime.timedelta(days=1)
    Mandate.objects.filter(person=world.people["supply"]).update(starts_on=yesterday, ends_on=yesterday)
    page = page_of(world, client, "supply").replace("&nbsp;", "\u00a0")
    title = f"Remplaçante, {world.classrooms['cpb'].name}, {world.schools['tilleuls'].full_name}"
    assert f"{title}\u00a0: c’était jusqu’au {day_text(yesterday)}" in page
    assert "vérifier vos dates" not in page


@pytest.mark.django_db
def test_the_operator_arrives_on_the_schools_that_nobody_heads(world, client, django_assert_max_num_queries):
    school = world.schools["tilleuls"]
    naming = reverse("base_name", args=["school", school.pk])
    assert naming not in page_of(world, client, "operator")
    Mandate.objects.filter(role=Role.SCHOOL_HEAD, school=school).update(ends_on=TODAY - datetime.timedelta(days=1))
    with django_assert_max_num_queries(10):
        page = client.get(HOME).content.decode().replace("\u00a0", " ")
    assert f'href="{naming}"' in page and school.full_name in page and "1 école attend sa direction" in page
    assert client.get(naming).status_code == 200


@pytest.mark.django_db
def test_the_operator_reads_how_many_schools_the_page_leaves_to_the_base(world, client):
    city, words = world.cities["marelle"], "premières sur"
    for number in range(LATEST):
        School.objects.create(city=city, name=f"Neuve {number}", slug=f"neuve-{number}", kind="primary")
    assert words not in page_of(world, client, "operator")
    for number in range(LATEST, LATEST + 3):
        School.objects.create(city=city, name=f"Neuve {number}", slug=f"neuve-{number}", kind="primary")
    page = page_of(world, client, "operator")
    assert f"Les {LATEST} premières sur {LATEST + 3}" in page
    base = client.get(reverse("base")).content.decode()
    assert all(f"Neuve {number}" in base for number in range(LATEST + 3))


def test_a_head_who_begins_reads_what_comes_next_until_all_of_it_is_done(world, client):
    """Each line leads to its act, and goes once it is done; a school that has published is asked nothing."""
    school, families = world.schools["tilleuls"], Account.objects.filter(person=world.people["guardian"])
    opening, pupils = FamiliesOpening.objects.filter(school=school), Enrolment.objects.filter(school=school)
    of_families = Account.objects.filter(person__in=Guardianship.objects.values("guardian"))
    held = Mandate.objects.filter(classroom__school=school)
    kept = list(held)
    steps = {
        "Aucun élève n’est encore inscrit": lambda: pupils.update(starts_on=TODAY + DAY),
        "3\u00a0classes n’ont encore personne": held.delete,
        "Aucune famille n’est encore entrée": lambda: of_families.update(is_active=False),
        "pas encore ouverte aux familles": opening.delete,
    }

    def asked():
        page = page_of(world, client, "head")
        return [said for said in steps if said in page]

    assert asked() == [] and "1\u00a0classe n’a encore personne" in page_of(world, client, "head")
    for undo in steps.values():
        undo()
    first, *others = steps
    assert asked() == [first], "the files come first"
    pupils.update(starts_on=TODAY)
    assert asked() == others
    Mandate.objects.bulk_create(kept)
    assert asked() == others[1:]
    families.update(is_active=True)
    assert asked() == others[2:]
    operator = page_of(world, client, "operator")
    assert "1\u00a0école n’écrit pas encore à ses familles" in operator and "La base est vide" not in operator
    assert "1\u00a0école n’écrit pas encore" in page_of(world, client, "city_education")
    assert not any("n’écrit pas encore" in page_of(world, client, who) for who in ("city_it", "city_education_far"))
    open_to_families(school, TODAY)
    assert "n’écrit pas encore" not in page_of(world, client, "city_education")
    assert asked() == [] and "n’écrit pas encore" not in page_of(world, client, "operator")
    pupils.update(starts_on=TODAY + DAY)
    assert asked() == [first]
    publish(world, who="head", scope=Scope.SCHOOL)
    assert asked() == []


def test_a_head_who_begins_reads_how_many_sheets_of_families_are_made(world, client):
    """Those not used yet, the day of the last: once all are printed, nothing is left to print."""
    Enrolment.objects.filter(school=world.schools["tilleuls"]).update(starts_on=TODAY)
    Account.objects.filter(person__in=Guardianship.objects.values("guardian")).update(is_active=False)
    assert "Imprimez les fiches de connexion, une par parent." in page_of(world, client, "head")
    drawn = [world.people[name] for name in ("guardian", "guardian_other_family", "teacher")]
    issue_activation_codes(persons=drawn, person=None, now=NOW)
    page = " ".join(page_of(world, client, "head").replace("\u00a0", " ").split())
    assert f"2 fiches de connexion sont faites, les dernières le {day_text(TODAY)}.".replace("\u00a0", " ") in page
    assert "Imprimez les fiches" not in page


def test_a_head_who_begins_reads_which_colleagues_have_no_account_yet(world, client):
    Enrolment.objects.filter(school=world.schools["tilleuls"], pupil=world.people["child_lina"]).update(starts_on=TODAY)
    team, said = reverse("schools:team", args=[world.schools["tilleuls"].pk]), "pas encore dans Préau"
    assert said not in page_of(world, client, "head") and "pas encore de compte" not in client.get(team).text
    Account.objects.filter(person__in=(world.people["teacher"], world.people["aesh"])).delete()
    page = page_of(world, client, "head")
    assert "2\u00a0collègues ne sont pas encore dans Préau" in page and f'href="{team}"' in page
    assert client.get(team).text.count("pas encore de compte") == 2


def test_what_a_school_publishes_hides_no_class_that_nobody_teaches(world, client):
    publish(world, who="head", scope=Scope.SCHOOL)
    assert "1\u00a0classe n’a personne" in page_of(world, client, "head")
    for room in Classroom.objects.filter(school=world.schools["tilleuls"]):
        Mandate.objects.create(person=world.people["teacher"], role=Role.TEACHER, classroom=room, starts_on=TODAY)
    assert "classe n’a personne" not in page_of(world, client, "head")
