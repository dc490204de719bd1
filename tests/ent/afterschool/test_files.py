"""The city's file: read whole, shown, applied once, undone; what only a school can say goes to its head."""

import datetime

import pytest
from django.utils.timezone import now

from preau.ent.afterschool import actions, queries
from preau.ent.afterschool.models import ServiceFile, ServiceLine
from preau.kit.answers import Conflict, Refused
from preau.schools.models import Activity, ActivityEnrolment
from tests.ent.afterschool.services import apply, bring, csv_of, line_of, plan, renders, upload, url
from tests.world import BEFORE, TODAY, add_child

Kind = Activity.Kind
ONE = datetime.timedelta(days=1)


def held(world, name):
    """(service, days) of a child, in force."""
    rows = ActivityEnrolment.objects.current(TODAY).filter(child=world.people[name])
    return {(row.activity.kind, row.days) for row in rows.select_related("activity")}


def test_the_city_reads_applies_and_undoes_its_file_by_its_pages(world, client):
    renders(world, Kind.EVENING)
    city = world.sign_in(client, "city_education")
    page = city.get(url("city_sites", world.cities["marelle"])).text
    assert url("file_new", world.cities["marelle"]) in page and "Canari-site-tilleuls" in page
    data = csv_of(
        line_of(world, "child_adam", days="lundi, jeudi"),
        line_of(world, "child_lina", service="Accueil du soir", fetched="Mme Pomme, grand-mère"),
        "Inconnu;Zoé;;École Tilleuls;;cantine;lundi;;;",
    )
    answer = city.post(url("file_new", world.cities["marelle"]), upload(data), follow=True)
    file = ServiceFile.objects.get()
    assert "3\u00a0lignes lues" in answer.text and "1\u00a0inscription nouvelle<" in answer.text
    assert "1\u00a0inscription changée<" in answer.text and "1\u00a0ligne ira" in answer.text
    assert held(world, "child_adam") == {("canteen", "1245")}, "nothing is written before"
    seen = plan(file).fingerprint
    city.post(url("application", file), {"seen": seen})
    city.post(url("application", file), {"seen": seen})  # a second click is the same act
    assert held(world, "child_adam") == {("canteen", "14")} and held(world, "child_lina") == {("evening", "12")}
    assert ActivityEnrolment.objects.count() == 2
    assert "1\u00a0ligne attend" in city.get(url("file_detail", file)).text
    city.post(url("undoing", file))
    assert held(world, "child_adam") == {("canteen", "1245")} and not held(world, "child_lina")


@pytest.mark.parametrize(
    ("titles", "days", "read"),
    [
        ("Lundi;Mardi;Mercredi;Jeudi;Vendredi", "x;;;1;non", "14"),
        ("Lun;Mar;Jeu;Ven", "oui;oui;oui;OUI", "1245"),
        ("Lu;Ma;Je;Ve", "x;;x;", "14"),
        ("Jours", "LMJV", "1245"),
        ("Jours", "LMMJV", "12345"),
        ("Jours", "L M J V", "1245"),
        ("Jours", "LJ", "14"),
        ("Jours", "L, J, V", "145"),
        ("Jours", "LMaJ", "124"),
        ("Jours", "MeV", "35"),
        ("Jours", "Ma Me", "23"),
        ("Jours", "LMeJ", "134"),
        ("Jours", "L Ma Me J V", "12345"),
        ("Jours", "LuMaJeVe", "1245"),
    ],
)
def test_days_are_read_as_family_software_writes_them(world, titles, days, read):
    child = world.people["child_adam"]
    lines = (
        f"Nom de l’enfant;Prénom de l’enfant;École;Prestation;{titles}",
        f"{child.last_name};{child.first_name};{world.schools['tilleuls'].name};Repas;{days}",
    )
    city = world.cities["marelle"]
    file = actions.read_services(
        city=city, name="a.csv", data="\n".join(lines).encode(), person=world.people["city_education"], now=now()
    )
    assert [line.days for line in file.lines.all()] == [read] and file.problems == []


@pytest.mark.parametrize(("days", "said"), [("x;peut-être", "n’est ni"), (";", "aucun jour n’est coché")])
def test_a_day_neither_ticked_nor_left_is_said(world, client, days, said):
    data = f"Nom;Prénom;École;Service;Lundi;Mardi\nA;B;{world.schools['tilleuls'].name};cantine;{days}\n".encode()
    city = world.sign_in(client, "city_education")
    answer = city.post(url("file_new", world.cities["marelle"]), upload(data), follow=True)
    assert said in answer.text and not ServiceLine.objects.exists()
    listed = " ".join(city.get(url("city_sites", world.cities["marelle"])).text.split())
    assert "Aucune ligne lue, à reprendre" in listed


def test_every_problem_of_a_line_is_said_at_once_and_the_others_are_read(world, client):
    city = world.sign_in(client, "city_education")
    bad = "Nom1;;31/02/2018;École Perdue;;piscine;lundi, dimanche;04/09/2026;03/09/2026;"
    answer = city.post(
        url("file_new", world.cities["marelle"]), upload(csv_of(bad, line_of(world, "child_adam"))), follow=True
    )
    file = ServiceFile.objects.get()
    assert {one["column"] for one in file.problems} == {
        "Nom",
        "Prénom",
        "École",
        "Service",
        "Date de naissance",
        "Jours",
        "Au",
    }
    assert "n’est pas une école de la Ville" in answer.text and file.lines.count() == 1
    for name, data, said in (
        ("vide.csv", b"", "est vide"),
        ("image.png", b"\x89PNG....", "une image"),
    ):
        refused = city.post(url("file_new", world.cities["marelle"]), upload(data, name))
        assert refused.status_code == 422 and said in refused.text, name


def test_titles_of_another_software_are_read_and_what_is_not_read_is_said(world, client):
    adam = world.people["child_adam"]
    data = f"""NOM ÉLÈVE;PRENOM ELEVE;École fréquentée;Structure;Accueil;Jours réservés;Date début;Validité;Quotient
{adam.last_name};{adam.first_name};Tilleuls;;Cantine;LU/MA/JEU/ven;;31/12/2026;3
{adam.last_name};{adam.first_name};Tilleuls;;Cantine;L M J;;;3"""
    city = world.sign_in(client, "city_education")
    page = city.post(url("file_new", world.cities["marelle"]), upload(data.encode()), follow=True).text
    assert "2\u00a0colonnes non lues" in page and "Validité, Quotient" in page
    assert ServiceLine.objects.get().days == "1245"
    asked = "«\u00a0L M J\u00a0» se lit «\u00a0lundi, mardi, jeudi\u00a0» ou «\u00a0lundi, mercredi, jeudi\u00a0»."
    assert asked in page, "one letter may be two days"


def test_a_line_over_already_is_to_review_and_the_others_are_applied(world, client):
    """Without its start the base would hold an end before it; read yesterday, over today, it changes nothing."""
    yesterday, tomorrow = TODAY - ONE, TODAY + ONE
    over = line_of(world, "child_lina").replace(";;;", f";;{yesterday:%d/%m/%Y};")
    ends = line_of(world, "child_lina").replace(";;;", f";;{tomorrow:%d/%m/%Y};")
    file = apply(world, line_of(world, "child_adam", days="lundi"), over)
    assert [(one["line"], one["column"]) for one in file.problems] == [(3, "Au")]
    assert "le début n’est pas écrit" in file.problems[0]["reason"]
    assert held(world, "child_adam") == {("canteen", "1")} and not held(world, "child_lina")
    late = {"seen": None, "person": world.people["city_education"], "now": now() + 3 * ONE}
    file = actions.apply_services(file=bring(world, line_of(world, "child_adam"), ends), **late)
    assert file.applied_at and file.batch_id and not held(world, "child_lina")
    file = apply(world, ends.replace("Canari", "Passant"))
    actions.match_line(
        line=file.lines.get(), child=world.people["child_lina"], person=world.people["head"], now=late["now"]
    )
    assert not ActivityEnrolment.objects.filter(child=world.people["child_lina"]).exists()


def test_a_service_that_ended_is_read_again_and_opens_again(world):
    """The base holds one enrolment from a day: the file that names it again changes that one."""
    first, lina = BEFORE, world.people["child_lina"]
    ended = line_of(world, "child_lina").replace(";;;", f";{first:%d/%m/%Y};{TODAY - ONE:%d/%m/%Y};")
    apply(world, ended)
    apply(world, ended)
    assert ActivityEnrolment.objects.get(child=lina).ends_on == TODAY - ONE
    apply(world, line_of(world, "child_lina").replace(";;;", f";{first:%d/%m/%Y};;"))
    assert ActivityEnrolment.objects.get(child=lina).ends_on is None


def test_a_file_given_up_is_the_citys_own_and_not_applied(world, client):
    file, dropped = bring(world, line_of(world, "child_adam")), {"now": now()}
    for actor in ("head", "site_manager", "city_education_far"):
        with pytest.raises(Refused):
            actions.drop_file(file=file, person=world.people[actor], **dropped)
    stale = ServiceFile.objects.get(pk=file.pk)  # as a page read it
    actions.apply_services(file=file, seen=None, person=world.people["city_education"], now=now())
    with pytest.raises(Conflict, match="il s’annule"):
        actions.drop_file(file=stale, person=world.people["city_education"], **dropped)
    city = world.sign_in(client, "city_education")
    assert "il s’annule" in city.post(url("removal", file), follow=True).text
    waiting = bring(world, line_of(world, "child_lina"))
    assert "Rien n’a changé" in city.post(url("removal", waiting), follow=True).text
    assert ServiceFile.objects.get() == file


def test_a_homonym_or_another_birth_date_is_nobody_until_the_head_says(world):
    twin = add_child(world, "child_twin", "cm2", "CM1")
    lina = world.people["child_lina"]
    type(twin).objects.filter(pk=twin.pk).update(first_name=lina.first_name, last_name=lina.last_name)
    file = bring(world, line_of(world, "child_lina"), line_of(world, "child_adam", born="01/01/2001"))
    assert len(plan(file).to_match) == 2 and plan(file).writes == []


def test_the_head_matches_a_line_and_the_next_file_asks_nothing(world, client):
    renders(world, Kind.EVENING)
    lines = [f"Lina-Rose;Canari;;École Tilleuls;;{service};vendredi;;;" for service in ("cantine", "soir")]
    file = apply(world, *lines)
    head = world.sign_in(client, "head")
    page = head.get(url("school_day", world.schools["tilleuls"])).text
    assert url("school_lines", world.schools["tilleuls"]) in page
    page = head.get(url("school_lines", world.schools["tilleuls"])).text
    assert "Canari Lina-Rose" in page and world.people["child_lina"].full_name in page
    line = file.lines.get(number=2)
    assert "Rien n’est choisi" in head.post(url("match", line), {"child": ""}, follow=True).text
    far = world.people["child_two_two"]  # of another school
    assert "Rien n’est choisi" in head.post(url("match", line), {"child": str(far.pk)}, follow=True).text
    with pytest.raises(Conflict):
        actions.match_line(line=line, child=far, person=world.people["head"], now=now())
    assert not held(world, "child_lina") and ServiceLine.objects.get(pk=line.pk).child_id is None
    head.post(url("match", line), {"child": str(world.people["child_lina"].pk)})
    assert held(world, "child_lina") == {("canteen", "5"), ("evening", "5")}, "both lines of that name"
    again = bring(world, *lines)
    assert not plan(again).to_match and not plan(again).writes
    actions.undo_services(file=file, person=world.people["city_education"], now=now())
    assert not held(world, "child_lina")


def test_a_newer_file_asks_its_lines_once_and_a_pupil_who_came_since_is_already_chosen(world, client):
    unknown = "Passant;Noé;;École Tilleuls;;cantine;lundi;;;"
    late = "Tard;Venue;;École Tilleuls;;cantine;jeudi;;;"
    old = apply(world, unknown, late)
    newer = apply(world, unknown)
    assert queries.to_match_count(old) == 1 and queries.to_match_count(newer) == 1
    pupil = add_child(world, "child_late", "cm2", "CM1")
    type(pupil).objects.filter(pk=pupil.pk).update(first_name="Venue", last_name="Tard")
    head = world.sign_in(client, "head")
    page = head.get(url("school_lines", world.schools["tilleuls"])).text
    assert "2\u00a0lignes à rapprocher" in page and page.count("<b>Noé Passant</b>") == 1
    assert page.count(" selected\n") == 1 and f'"{pupil.pk}" selected' in page
    home = head.get("/aujourdhui/").text
    assert "2\u00a0lignes à rapprocher de vos élèves" in home
    assert url("school_lines", world.schools["tilleuls"]) in home
    assert "à rapprocher" not in world.sign_in(client, "head_other_school").get("/aujourdhui/").text
    actions.undo_services(file=newer, person=world.people["city_education"], now=now())
    assert queries.to_match_count(old) == 2, "undone, the newer file says nothing"


def test_a_line_for_each_day_makes_one_week(world, client):
    days = [line_of(world, "child_lina", days=day, fetched=who) for day, who in (("lundi", ""), ("jeudi", "Mme Pomme"))]
    page = world.sign_in(client, "city_education").get(url("file_detail", bring(world, *days, days[0]))).text
    assert "3\u00a0lignes lues" in page and "2\u00a0lignes se joignent à une autre" in page
    apply(world, *days)
    assert held(world, "child_lina") == {("canteen", "14")}
    assert ActivityEnrolment.objects.get(child=world.people["child_lina"]).fetched_by == "Mme Pomme"


@pytest.mark.parametrize("born", ["", "04/03/2018"])
def test_the_head_who_matches_each_day_of_a_child_loses_none(world, born):
    file = apply(world, *(f"Lina-Rose;Canari;{born};Tilleuls;;cantine;{day};;;" for day in ("lundi", "jeudi")))
    said = {"child": world.people["child_lina"], "person": world.people["head"], "now": now()}
    for line in file.lines.order_by("number"):
        if not ServiceLine.objects.get(pk=line.pk).child_id:
            actions.match_line(line=line, **said)
    assert held(world, "child_lina") == {("canteen", "14")}
    actions.undo_services(file=file, person=world.people["city_education"], now=now())
    assert not held(world, "child_lina")


def test_a_line_set_aside_is_not_asked_again_and_writes_nothing(world, client):
    unknown = "Passant;Noé;;École Tilleuls;;cantine;lundi;;;"
    line = apply(world, unknown).lines.get()
    world.sign_in(client, "head").post(url("aside", line))
    with pytest.raises(Conflict):
        actions.match_line(line=line, child=world.people["child_lina"], person=world.people["head"], now=now())
    again = bring(world, unknown)
    assert not plan(again).to_match and not plan(again).writes
    page = world.sign_in(client, "city_education").get(url("file_detail", again)).text
    assert "laissé de côté par l’école" in page and ">oui<" not in page


def test_a_line_set_aside_is_read_again_once_a_pupil_of_that_name_has_come(world):
    unknown = "Tard;Venue;03/03/2019;École Tilleuls;;cantine;jeudi;;;"
    line = apply(world, unknown).lines.get()
    actions.set_line_aside(line=line, person=world.people["head"], now=now())
    pupil = add_child(world, "child_late", "cpb", "CP")
    type(pupil).objects.filter(pk=pupil.pk).update(first_name="Venue", last_name="Tard", birth_date="2019-03-03")
    assert not plan(bring(world, unknown)).writes, "a pupil of then is the head's to name"
    pupil.enrolments.update(starts_on=TODAY)
    apply(world, unknown)
    assert held(world, "child_late") == {("canteen", "4")}


def test_only_a_complete_file_ends_what_it_does_not_name(world):
    renders(world, Kind.EVENING)
    apply(world, line_of(world, "child_lina"))
    assert held(world, "child_adam") == {("canteen", "1245")}
    file = bring(world, line_of(world, "child_lina"))
    assert plan(file, complete=True).counts["ended"] == 1
    actions.apply_services(file=file, seen=None, complete=True, person=world.people["city_education"], now=now())
    assert not held(world, "child_adam") and held(world, "child_lina")


def test_what_moved_since_it_was_read_is_read_again(world):
    file = bring(world, line_of(world, "child_adam"))
    seen = plan(file).fingerprint
    ActivityEnrolment.objects.all().delete()
    with pytest.raises(Conflict):
        actions.apply_services(file=file, seen=seen, person=world.people["city_education"], now=now())
    assert not ActivityEnrolment.objects.exists()


def test_a_new_period_ends_the_former_on_its_eve(world):
    first = f"{TODAY:%d/%m/%Y}"
    apply(world, line_of(world, "child_adam").replace(";;;", f";{first};;", 1))
    rows = ActivityEnrolment.objects.filter(child=world.people["child_adam"]).order_by("starts_on")
    assert [(row.starts_on, row.ends_on) for row in rows] == [(BEFORE, TODAY - ONE), (TODAY, None)]


@pytest.mark.parametrize("actor", ["head", "site_manager", "city_it", "city_education_far", "operator", "guardian"])
def test_nobody_else_brings_reads_or_undoes_the_city_s_file(world, client, actor):
    file = apply(world, line_of(world, "child_adam"))
    other = world.sign_in(client, actor)
    for name, thing in (("city_sites", file.city), ("file_new", file.city), ("file_detail", file)):
        assert other.get(url(name, thing)).status_code == 404, name
    assert other.post(url("undoing", file)).status_code == 404
    with pytest.raises(Refused):
        bring(world, line_of(world, "child_adam"), by=actor)
    assert ServiceLine.objects.count() == 1


def test_another_school_s_head_reads_no_line(world, client):
    line = apply(world, "Passant;Noé;;École Tilleuls;;cantine;lundi;;;").lines.get()
    other = world.sign_in(client, "head_other_school")
    assert other.get(url("school_lines", world.schools["tilleuls"])).status_code == 404
    assert other.post(url("aside", line)).status_code == 404
    assert "Passant" not in other.get(url("school_lines", world.schools["saules"])).text


def test_the_page_of_a_file_costs_the_same_with_many_lines(world, client, django_assert_max_num_queries):
    lines = [
        line_of(world, "child_adam"),
        *(f"Passant{chr(97 + n % 26) * (1 + n // 26)};Noé;;Tilleuls;;cantine;lundi;;;" for n in range(40)),
    ]
    city = world.sign_in(client, "city_education")
    for make in (bring, apply):
        file = make(world, *lines)
        with django_assert_max_num_queries(10):
            page = city.get(url("file_detail", file))
        assert "41\u00a0lignes lues" in page.text
    world.sign_in(client, "head")
    with django_assert_max_num_queries(9):  # the pupils to choose from are read once for all the lines, answers too
        page = client.get(url("school_lines", world.schools["tilleuls"]))
    assert "40\u00a0lignes à rapprocher" in page.text


def test_a_school_without_a_site_says_to_open_one(world):
    site, line = world.afterschools["tilleuls"], line_of(world, "child_lina")
    type(site).objects.filter(pk=site.pk).update(school=None)
    (problem,) = bring(world, line).problems
    assert problem["column"] == "Site" and "ouvrez-en un et déposez le fichier à nouveau" in problem["reason"]
    type(site).objects.update(school=world.schools["tilleuls"])
    (problem,) = bring(world, line).problems
    assert "sites se tiennent" in problem["reason"] and "ouvrez-en" not in problem["reason"]


@pytest.mark.parametrize(
    ("dates", "said"),
    [
        ("01/09/2026;31/10/2026", "lundi, du 01/09/2026 au 31/10/2026<"),
        ("46266;46326", "lundi, du 01/09/2026 au 31/10/2026<"),  # days as a workbook counts them, its column as numbers
        ("86000;", "« 86000 » n’est pas une date"),
        (";31/12/2099", "lundi, au 31/12/2099<"),
        (";", "lundi <"),
    ],
)
def test_a_line_says_from_when_and_until_when(world, client, dates, said):
    lina = world.people["child_lina"]
    file = bring(world, f"{lina.last_name};{lina.first_name};;Tilleuls;;cantine;lundi;{dates};")
    page = world.sign_in(client, "city_education").get(url("file_detail", file)).text
    assert said in " ".join(page.split())
