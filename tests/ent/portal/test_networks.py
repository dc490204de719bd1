"""Networks of schools: made by the city, read by the families and adults of their schools, and by nobody else."""

import pytest
from django.urls import reverse
from django.utils.timezone import now

from preau.ent.portal import actions
from preau.ent.posts.models import Scope
from preau.kit.answers import Refused
from preau.places.models import Network, School
from preau.spaces import audiences
from tests.ent.posts.test_actions import publish
from tests.world import TODAY

pytestmark = pytest.mark.django_db
INSIDE = {
    "head", "teacher", "teacher_other_class", "teacher_other_school", "supply", "aesh", "atsem", "head_other_school",
    "guardian", "guardian_coparent", "guardian_other_family", "guardian_other_class", "guardian_other_school",
    "guardian_two_schools", "guardian_ulis",
}  # fmt: skip
OUTSIDE = {"head_far", "guardian_far", "guardian_restricted", "pupil_cm2", "dsden", "ien", "operator"}


def test_what_the_city_says_to_a_network_reaches_its_schools_alone(world, client):
    post = publish(world, "city_education", Scope.NETWORK, text="La piscine rouvre lundi.")
    page = reverse("posts:post_detail", args=[post.pk])
    for who in INSIDE & set(world.people):
        assert world.sign_in(client, who).get(page).status_code == 200, who
    for who in OUTSIDE & set(world.people):
        assert world.sign_in(client, who).get(page).status_code == 404, who
    home = world.sign_in(client, "guardian").get("/aujourdhui/").content.decode()
    assert "La piscine rouvre lundi." in home


def test_a_school_that_leaves_reads_no_more(world):
    network, tilleuls = world.networks["coteaux"], world.schools["tilleuls"]
    key = audiences.keys(network, [audiences.Readers.FAMILIES])[0]
    held = {m.audience for m in audiences.memberships_of(world.people["guardian"], TODAY)}
    assert key in held
    saules = School.objects.filter(name=world.schools["saules"].name)
    actions.change_network(
        person=world.people["city_education"], network=network, name="Coteaux", schools=saules, now=now()
    )
    tilleuls.refresh_from_db()
    assert tilleuls.network_id is None
    assert key not in {m.audience for m in audiences.memberships_of(world.people["guardian"], TODAY)}


def test_the_city_makes_one_in_the_browser_and_a_name_taken_keeps_what_was_ticked(world, client):
    city, saules = world.cities["marelle"], world.schools["saules"]
    url = reverse("portal:network_create", args=[city.pk])
    client = world.sign_in(client, "city_education")
    taken = client.post(url, {"name": "REP des Coteaux", "schools": [saules.pk]})
    assert taken.status_code == 422 and "déjà pris" in taken.content.decode() and "checked" in taken.content.decode()
    assert client.post(url, {"name": "Le centre", "schools": []}).status_code == 422
    made = client.post(url, {"name": "Le centre", "schools": [saules.pk]})
    assert made.headers["Location"] == (listed := reverse("portal:city_networks", args=[city.pk]))
    text = client.get(listed).content.decode()
    assert "Le centre" in text and "REP des Coteaux" in text
    saules.refresh_from_db()
    assert saules.network == Network.objects.get(name="Le centre")  # it left the other


def test_a_school_of_another_city_is_not_taken(world, client):
    far = world.schools["loin"]
    url = reverse("portal:network_edit", args=[world.networks["coteaux"].pk])
    answered = world.sign_in(client, "city_education").post(url, {"name": "REP des Coteaux", "schools": [far.pk]})
    far.refresh_from_db()
    assert answered.status_code == 422 and far.network_id is None


def test_only_the_city_keeps_them(world, client):
    network = world.networks["coteaux"]
    for who in ("head", "teacher", "guardian", "city_education_far", "ien", "dsden", "operator"):
        for name, pk in (("network_edit", network.pk), ("city_networks", world.cities["marelle"].pk)):
            assert world.sign_in(client, who).get(reverse(f"portal:{name}", args=[pk])).status_code == 404, (who, name)
        said = {"person": world.people[who], "name": "Autre", "schools": [], "now": now()}
        with pytest.raises(Refused):
            actions.add_network(city=world.cities["marelle"], **said)
        with pytest.raises(Refused):
            actions.change_network(network=network, **said)


def test_its_space_asks_ten_queries_at_most(world, client, django_assert_max_num_queries):
    publish(world, "city_education", Scope.NETWORK)
    for who in ("guardian", "city_education"):
        url = reverse("portal:network_home", args=[world.networks["coteaux"].pk])
        world.sign_in(client, who).get(url)
        with django_assert_max_num_queries(10):
            assert client.get(url).status_code == 200
