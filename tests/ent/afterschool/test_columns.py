"""A file whose titles or services nobody knows: the city says what they are on one page, for the next files too."""

import pytest
from django.utils.timezone import now

from preau.ent.afterschool import actions
from preau.ent.afterschool.models import ServiceFile, ServiceLine, ServiceWord
from preau.ent.afterschool.schools_named import BY_CHILD, school_key
from preau.kit.answers import Refused
from preau.places.models import AfterSchool, School
from preau.schools.models import Activity
from tests.ent.afterschool.services import renders, upload, url

Kind = Activity.Kind
FIELDS = ("full_name", "birth_date", "-", "school", "service", "days")
COLUMNS = {f"c{place}": each for place, each in enumerate(FIELDS)}
BOTH = "morning,evening"


def odd(world, *services):
    """« Enfant » holds the whole name; the services are the software's own words."""
    school, lina = world.schools["tilleuls"].name, world.people["child_lina"]
    lines = [f"{lina.last_name.upper()} {lina.first_name};;CP;{school};{word};lundi" for word in services]
    return "\n".join(["Enfant;Jour de venue au monde;Groupe;Lieu d’étude;Quoi;Quand", *lines]).encode()


def give(world, client, data):
    return client.post(url("file_new", world.cities["marelle"]), upload(data), follow=True)


def test_the_city_says_its_columns_and_services_once(world, client):
    renders(world, Kind.MORNING, Kind.EVENING)
    city = world.sign_in(client, "city_education")
    data = odd(world, "cantine", "Garderie", "Poney")
    page = give(world, city, data).text
    file = ServiceFile.objects.get()
    assert "il manque" in page and "Jour de venue au monde" in page and not file.lines.exists()
    address = url("file_columns", file)
    seen = city.post(address, COLUMNS | {"voir": "1"})
    assert seen.status_code == 200 and world.people["child_lina"].last_name.upper() in seen.text
    assert "«\u00a0Garderie\u00a0», 1\u00a0ligne" in seen.text
    assert not ServiceLine.objects.exists() and not ServiceWord.objects.exists(), "seen, not written"
    short = city.post(address, COLUMNS)
    assert short.status_code == 422 and "Garderie" in short.text and not ServiceWord.objects.exists()
    said = COLUMNS | {"s-garderie": BOTH, "s-poney": "-"}
    page = city.post(address, said, follow=True).text
    assert "3\u00a0lignes lues" in page and "Poney" in page and "à revoir" not in page
    lines = file.lines.order_by("activity__kind").values_list("number", "activity__kind", "child")
    assert list(lines) == [(2, "canteen", None), (3, "evening", None), (3, "morning", None)]
    page = give(world, city, data).text  # the next file of the same titles
    assert "3\u00a0lignes lues" in page and "3\u00a0inscriptions nouvelles" in page
    actions.apply_services(file=ServiceFile.objects.get(), seen=None, person=world.people["city_education"], now=now())
    assert ServiceFile.objects.get().table == {}, "its other cells are not kept once it is applied"
    late = city.get(address.replace(str(file.pk), str(ServiceFile.objects.get().pk)), follow=True)
    assert "ses colonnes ne changent plus" in late.text


@pytest.mark.parametrize(
    ("title", "written", "last", "first"),
    [
        ("Nom et prénom", "DE LA TOUR Lina Rose", "DE LA TOUR", "Lina Rose"),
        ("Nom Prénom", "Toupie Lina", "Toupie", "Lina"),
        ("Nom Prénom", "TOUPIE LINA", "TOUPIE", "LINA"),
        ("Nom et prénom de l’élève", "Le Goff, Lina", "Le Goff", "Lina"),
        ("Prénom Nom", "Lina Rose DE LA TOUR", "DE LA TOUR", "Lina Rose"),
        ("Prénom et nom", "Lina Toupie", "Toupie", "Lina"),
    ],
)
def test_a_whole_name_in_one_cell_is_cut(world, client, title, written, last, first):
    city = world.sign_in(client, "city_education")
    data = f"{title};École;Service;Jours\n{written};{world.schools['tilleuls'].name};cantine;lundi\n"
    give(world, city, data.encode())
    line = ServiceLine.objects.get()
    assert (line.last_name, line.first_name) == (last, first)


def test_a_title_further_down_is_read_there_and_two_columns_never_say_the_same(world, client):
    city = world.sign_in(client, "city_education")
    data = b"Un;Deux;Trois;Quatre;Cinq;Six\n" + odd(world, "cantine")
    give(world, city, data)
    file = ServiceFile.objects.get()
    moved = city.post(url("file_columns", file), {"ligne": "2", "deplacer": "1"}).headers["Location"]
    assert "Jour de venue au monde" in city.get(moved).text and ServiceFile.objects.get().columns == {}
    twice = city.post(moved, COLUMNS | {"c2": "school"})
    assert twice.status_code == 422 and "Une autre colonne le dit déjà" in twice.text
    city.post(moved, COLUMNS)
    assert file.lines.get().number == 3


def test_the_words_of_a_city_are_its_own_and_nobody_else_says_them(world, client):
    city = world.sign_in(client, "city_education")
    give(world, city, odd(world, "cantine"))
    file = ServiceFile.objects.get()
    for actor in ("head", "site_manager", "city_it", "city_education_far"):
        other = world.sign_in(client, actor)
        assert other.get(url("file_columns", file)).status_code == 404
        with pytest.raises(Refused):
            actions.say_columns(
                file=file, header_line=1, columns={}, services={}, person=world.people[actor], now=now()
            )
    assert not ServiceWord.objects.exists()


@pytest.fixture
def two_of_one_name(world):
    """« Les Tilleuls » is a nursery school and an elementary school, where Lina is a pupil."""
    first = world.schools["tilleuls"]
    second = School.objects.create(name=first.name, slug="tilleuls-m", kind="nursery", city=first.city)
    site = AfterSchool.objects.create(name="Accueil de la maternelle", city=first.city, school=second)
    Activity.objects.create(afterschool=site, kind=Kind.CANTEEN)
    return first, second


def of_school(world, *lines, name=""):
    name, lina = name or world.schools["tilleuls"].name, world.people["child_lina"]
    told = [f"{last or lina.last_name};{lina.first_name};{name};{site};cantine;lundi" for last, site in lines]
    return "\n".join(["Nom;Prénom;École;Site;Service;Jours", *told]).encode()


def test_of_two_schools_of_one_name_the_city_says_which_and_no_line_is_lost(world, client, two_of_one_name):
    first, second = two_of_one_name
    city, data = world.sign_in(client, "city_education"), of_school(world, ("", ""), ("Inconnu", ""))
    page = give(world, city, data).text
    file = ServiceFile.objects.get()
    assert "2 écoles se nomment ainsi\u00a0: dites plus haut laquelle" in page and not file.lines.exists()
    address = url("file_columns", file)
    assert address in page
    columns = {f"c{place}": each for place, each in enumerate(("last_name", "first_name", "school", "site"))}
    columns |= {"c4": "service", "c5": "days"}
    asked = city.get(address).text
    assert (
        "Vos écoles" in asked
        and "Tilleuls, maternelle" in asked
        and f"Tilleuls, {first.get_kind_display().lower()}" in asked
    )
    short = city.post(address, columns | {"e-tilleuls": ""})
    assert short.status_code == 422 and "choisissez" in short.text and not ServiceWord.objects.exists()
    assert city.post(address, columns | {"e-tilleuls": str(world.schools["saules"].pk)}).status_code == 422
    city.post(address, columns | {"e-tilleuls": str(second.pk)})
    assert {line.school for line in file.lines.all()} == {second}
    city.post(address, columns | {"e-tilleuls": BY_CHILD})
    assert [line.school for line in file.lines.all()] == [first], "where Lina is a pupil"
    file.refresh_from_db()
    assert [one["line"] for one in file.problems] == [3] and "écrivez l’UAI" in file.problems[0]["reason"]
    again = give(world, city, data).text  # the next file asks nothing
    assert "1\u00a0ligne lue" in again and "dites plus haut" not in again


def test_the_site_of_a_line_tells_two_schools_of_one_name_apart(world, client, two_of_one_name):
    _, second = two_of_one_name
    give(world, world.sign_in(client, "city_education"), of_school(world, ("", "Accueil de la maternelle")))
    assert ServiceLine.objects.get().school == second
    assert "Vos écoles" not in client.get(url("file_columns", ServiceFile.objects.get())).text


def test_a_name_that_no_school_bears_is_said_once(world, client):
    """The software writes « Groupe scolaire du Bourg », Préau « Tilleuls »; left aside, its lines stay to look over."""
    tilleuls, data = world.schools["tilleuls"], of_school(world, ("", ""), name="Groupe scolaire du Bourg")
    city = world.sign_in(client, "city_education")
    assert "dites plus haut laquelle" in give(world, city, data).text.lower()
    file = ServiceFile.objects.get()
    address, asked = url("file_columns", file), f"e-{school_key('Groupe scolaire du Bourg')}"
    said = {f"c{place}": each for each, place in file.columns.items()}
    assert "Tilleuls" in city.get(address).text and not file.lines.exists()
    city.post(address, said | {asked: ""})
    assert not (ServiceWord.objects.filter(kind="school").exists() or file.lines.exists())
    assert city.post(address, said | {asked: BY_CHILD}).status_code == 422
    city.post(address, said | {asked: str(tilleuls.pk)})
    assert {line.school for line in file.lines.all()} == {tilleuls}
    assert "dites plus haut" not in give(world, city, data).text.lower()  # the next file asks nothing
    city.post(url("file_columns", ServiceFile.objects.latest("received_at")), said | {asked: ""})
    assert not ServiceWord.objects.filter(kind="school").exists()  # taken back


def test_a_line_for_each_child_gives_each_service_its_column(world, client):
    """« Cantine » and « Garderie soir » are columns, their days in the cell; an empty one says nothing."""
    renders(world, Kind.CANTEEN, Kind.EVENING)
    adam, lina = (world.people[name] for name in ("child_adam", "child_lina"))
    school = world.schools["tilleuls"].name
    rows = (
        "Nom;Prénom;École;Cantine;Garderie matin;Garderie soir",
        f"{adam.last_name};{adam.first_name};{school};LMJV;;L, J",
        f"{lina.last_name};{lina.first_name};{school};;;",
        f"{lina.last_name};{lina.first_name};{school};oui;;V",
    )
    city = world.sign_in(client, "city_education")
    page = give(world, city, "\n".join(rows).encode()).text
    assert "Cantine, ses jours dans la case" in page and not ServiceLine.objects.exists()
    fields = ("last_name", "first_name", "school", "canteen_days", "-", "evening_days")
    said = {f"c{place}": each for place, each in enumerate(fields)}
    city.post(url("file_columns", ServiceFile.objects.get()), said)
    read = {(line.number, line.activity.kind, line.days) for line in ServiceLine.objects.select_related("activity")}
    assert read == {(2, "canteen", "1245"), (2, "evening", "14")}
    (problem,) = ServiceFile.objects.get().problems
    assert (problem["line"], problem["column"]) == (4, "Cantine") and "n’est pas un jour" in problem["reason"]
    page = give(world, city, "\n".join(rows[:2]).encode()).text  # the next file of the same titles
    assert "2\u00a0lignes lues" in page and ServiceLine.objects.count() == 2


def test_a_file_that_lacks_a_site_leads_to_open_one(world, client):
    city = world.sign_in(client, "city_education")
    opening = f'href="{url("site_new", world.cities["marelle"])}"'
    AfterSchool.objects.update(school=None)
    page = give(world, city, odd(world, "cantine")).text
    seen = city.post(url("file_columns", ServiceFile.objects.get()), COLUMNS | {"voir": "1"}).text
    assert "aucun site ne se tient" in seen and opening in seen and opening not in page
    page = city.post(url("file_columns", ServiceFile.objects.get()), COLUMNS, follow=True).text
    assert "aucun site ne se tient" in page and opening in page
