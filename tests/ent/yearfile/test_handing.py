"""To whom a child is handed over at the end of the day, and who reads it."""

import pytest
from django.urls import reverse

from preau.ent.yearfile import actions
from preau.people.models import Mandate, Role
from preau.schools.models import Activity, ActivityEnrolment, Guardianship
from tests.rights.yearfiles import opened_year_file, year_file_of
from tests.world import TODAY

pytestmark = pytest.mark.django_db
GRANNY, PHONE = "Odette Ballerine", "06 39 98 00 22"
DEAF = {
    "teacher_other_class", "head_other_school", "city_education", "dsden", "ien", "aesh", "canteen", "atsem",
    "guardian", "guardian_coparent", "site_manager", "animator", "operator",
}  # fmt: skip


@pytest.fixture
def address(world):
    opened_year_file(world)
    actions.name_pickup(**year_file_of(world), name=GRANNY, tie="grand-mère", phone=PHONE)
    world.people["guardian"].contacts.create(kind="mobile", value="06 39 98 00 11", match_key="0639980011")
    return reverse("yearfile:classroom_handing", args=[world.classrooms["cpb"].pk])


def test_the_class_and_the_head_read_who_fetches_each_child_and_nobody_else(world, client, address):
    for who in ("teacher", "supply", "head"):
        page = world.sign_in(client, who).get(address).text
        assert GRANNY in page and "grand-mère" in page and world.people["guardian"].full_name in page, who
        assert 'href="tel:0639980022"' in page and 'href="tel:0639980011"' in page, who
    for who in DEAF:
        assert world.sign_in(client, who).get(address).status_code == 404, who


def test_an_atsem_of_the_class_reads_the_names_and_no_telephone(world, client, address):
    Mandate.objects.create(
        person=world.people["atsem"], role=Role.ATSEM, classroom=world.classrooms["cpb"], starts_on=TODAY
    )
    page = world.sign_in(client, "atsem").get(address).text
    assert GRANNY in page and "tel:" not in page and PHONE not in page


def test_whom_a_judge_restricts_and_whom_nobody_names_any_more_are_left_out(world, client, address):
    restricted = world.people["guardian_restricted"].full_name
    assert restricted not in world.sign_in(client, "teacher").get(address).text
    Guardianship.objects.filter(guardian=world.people["guardian"]).update(ends_on=world.before)
    page = client.get(address).text
    assert GRANNY not in page, "who named her answers for the child no more"


def test_a_parent_who_teaches_the_class_reads_nothing_of_their_own_child(world, client, address):
    Guardianship.objects.create(guardian=world.people["teacher"], child=world.people["child_adam"], starts_on=TODAY)
    page = world.sign_in(client, "teacher").get(address).text
    assert GRANNY not in page and "Votre propre enfant" in page


def test_who_stays_in_the_evening_is_told_with_whom_they_leave(world, client, address):
    assert "ce soir," not in world.sign_in(client, "teacher").get(address).text
    evening = Activity.objects.create(afterschool=world.afterschools["tilleuls"], kind=Activity.Kind.EVENING)
    said = {"child": world.people["child_adam"], "days": "1234567", "fetched_by": "Tante Zoé"}
    ActivityEnrolment.objects.create(activity=evening, starts_on=world.before, **said)
    page = " ".join(client.get(address).text.split())
    assert "ce soir, accueil du soir" in page and "Repart avec Tante Zoé" in page


def test_a_nursery_class_alone_has_its_tab_and_the_page_costs_little(
    world, client, address, django_assert_max_num_queries
):
    world.sign_in(client, "teacher").get(address)
    with django_assert_max_num_queries(10):
        assert client.get(address).status_code == 200
    home = reverse("portal:classroom_home", args=[world.classrooms["cpb"].pk])
    assert address not in client.get(home).text
    world.classrooms["cpb"].levels = ["GS", "CP"]
    world.classrooms["cpb"].save()
    assert address in client.get(home).text


def test_an_atsem_of_a_class_has_the_two_pages_of_the_day_at_the_thumb(world, client):
    home = world.sign_in(client, "atsem").get("/aujourdhui/").text
    room = world.classrooms["gs"].pk
    for name in ("yearfile:classroom_handing", "afterschool:classroom_day"):
        address = reverse(name, args=[room])
        assert address in home.partition('class="verbs')[2].partition("</ul>")[0], name
        assert client.get(address).status_code == 200, name


def test_a_name_typed_with_either_apostrophe_is_one_person(world, client, address):
    granny = {"tie": "grand-mère", "phone": PHONE}
    first = actions.name_pickup(**year_file_of(world), name="Yvonne L'Heveder", **granny)
    assert actions.name_pickup(**year_file_of(world), name="yvonne L’HEVEDER", **granny) == first
    for name in ("Олена", "Марія"):  # no letter of ours: still two persons
        actions.name_pickup(**year_file_of(world), name=name, **granny)
    other = {name: world.people["guardian_coparent"] for name in ("person", "guardian")}
    actions.name_pickup(**year_file_of(world) | other, name="Yvonne L’Heveder", **granny)
    for name in ("classroom_handing", "classroom_files"):
        page = world.sign_in(client, "teacher").get(reverse(f"yearfile:{name}", args=[world.classrooms["cpb"].pk])).text
        assert page.count("Heveder") == 1 and "Олена" in page and "Марія" in page, name
