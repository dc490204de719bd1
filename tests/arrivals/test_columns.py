"""« Dire ce que sont les colonnes »: a list made by hand is read as its head says, this one and the next."""

import pytest
from django.urls import reverse

from preau.arrivals.models import FileTitle, Upload
from preau.arrivals.reading import GUARDIANS, PUPILS, TEACHERS, read_file
from preau.kit.digest import business_digest
from preau.people.models import Person
from preau.schools.models import Enrolment, Guardianship
from tests.arrivals.onde_files import (
    CHILD,
    GUARDIAN_24,
    Family,
    guardians_file,
    pupils_file,
    teachers_file,
    write,
)

ODD = "Petit nom;Famille;Venu au monde;Groupe\nZoé;TOUPIE;04/03/2018;CP A\nLéo;TOUPIE;05/03/2018;CP A\n".encode()
WHOLE = "Enfant;Né(e) le;Classe\nTOUPIE Zoé;04/03/2018;CP A\nLéo DE LA TOUR;05/03/2018;CP A\n"
SAID = {"c0": "first_name", "c1": "last_name", "c2": "birth_date", "c3": "class_label"}


def address_of(place=0):
    upload = Upload.objects.get(state="received")
    return reverse("arrivals:columns", args=[upload.school_id, upload.pk, place])


def pupils():
    """Those whom the files brought."""
    return set(Person.objects.filter(birth_date__year=2018, birth_date__month=3).values_list("last_name", "first_name"))


def test_the_head_says_the_columns_once(desk):
    page = desk.client.get(desk.drop(ODD)).text
    assert "ni un fichier d’élèves" in page and address_of() in page
    before = business_digest()
    page = desk.client.get(address_of()).text
    assert "Il manque le nom et le prénom et la date de naissance" in page and "Venu au monde" in page and "Zoé" in page
    short = desk.client.post(address_of(), SAID | {"c2": "-"})
    assert short.status_code == 422 and "Il manque la date de naissance" in short.text
    assert business_digest() == before and not FileTitle.objects.exists()
    page = desk.client.post(address_of(), SAID, follow=True).text
    assert "2\u00a0élèves" in page and "Zoé Toupie" in page and "ni un fichier" not in page
    assert FileTitle.objects.count() == 4
    assert 'value="last_name" selected' in desk.client.get(address_of()).text  # as it was said
    address = desk.drop(ODD)
    assert "2\u00a0élèves" in desk.client.get(address).text  # the next file asks nothing
    desk.apply(address)
    assert pupils() == {("Toupie", "Zoé"), ("Toupie", "Léo")}


def test_the_names_of_one_cell_are_shown_before_they_are_applied(desk):
    address = desk.drop(WHOLE.replace("Enfant", "Nom et prénom").encode())
    page = desk.client.get(address).text
    assert "2\u00a0noms et prénoms séparés" in page
    assert '<th scope="row">Léo DE LA TOUR</th><td data-label="Nom">de La Tour</td>' in page
    desk.apply(address)
    assert pupils() == {("Toupie", "Zoé"), ("de La Tour", "Léo")}


def test_a_name_that_is_not_sure_is_never_guessed(desk):
    page = desk.client.get(desk.drop((WHOLE + "Marelle Lina;06/03/2018;CP A\n").encode())).text
    desk.client.post(address_of(), {"c0": "full_name", "c1": "birth_date", "c2": "class_label"})
    page = desk.client.get(address_of().split("0/colonnes")[0]).text
    assert "Marelle Lina\u00a0» ne dit pas sûrement où finit le nom" in page
    assert 'name="seen"' not in page  # nothing is applied while it is so


def test_a_list_of_guardians_by_hand(desk):
    odd = "Parent;Enfant;Tél\nTOUPIE Rosa;TOUPIE Zoé;0611223344\n".encode()
    address = desk.drop(pupils_file(Family.sample().children), odd)
    asked = f"{address_of(1)}?contient=guardians"
    assert "Il manque" in desk.client.get(asked).text
    page = desk.client.post(asked, {"c0": "full_name", "c1": "child_full_name", "c2": "phone"}, follow=True).text
    assert "1\u00a0responsable" in page
    desk.apply(address)
    assert Guardianship.objects.get(guardian__first_name="Rosa").child.first_name == "Zoé"
    assert Enrolment.objects.filter(pupil__first_name="Zoé").exists()


def test_a_title_lower_in_the_sheet_and_another_kind(desk):
    desk.drop("Mes collègues;;\nQui;Où;Lieu\nPALET Luc;CP A;x\n".encode())
    moved = desk.client.post(address_of(), {"deplacer": "1", "contient": "teachers", "ligne": "2"})
    assert moved["Location"].endswith("?contient=teachers&ligne=2")
    page = desk.client.post(moved["Location"], {"c0": "full_name", "c1": "class_1", "c2": "-"}, follow=True).text
    assert "1\u00a0enseignant" in page
    assert dict(FileTitle.objects.values_list("title_key", "kind")) == dict.fromkeys(("qui", "ou", "lieu"), "teachers")


def test_what_was_said_of_one_list_keeps_no_file_of_onde_from_being_read():
    said = {
        PUPILS: {"nom eleve": "-", "date naissance": "-"},
        GUARDIANS: {"nom": "last_name", "prenom": "first_name", "eleve": "child_full_name"},
        TEACHERS: {"classe": "-"},
    }
    family = Family.sample()
    files = [pupils_file(family.children), guardians_file(family.adults), b"Nom;Pr\xc3\xa9nom;Classe\nPALET;LUC;CP\n"]
    kinds = [read_file("f.csv", data, said=said) for data in files]
    assert [one.kind for one in kinds] == [PUPILS, GUARDIANS, TEACHERS] and len(kinds[0].lines) == 5
    assert not any(problem.blocks for one in kinds for problem in one.problems)


def test_files_that_wait_no_more_take_no_word(desk):
    desk.drop(ODD)
    address = address_of()
    assert desk.client.get(address.replace("/0/", "/7/"), follow=True).status_code == 200
    Upload.objects.update(state="dropped")
    page = desk.client.post(address, SAID, follow=True).text
    assert "ne sont plus gardés" in page and not FileTitle.objects.exists()


@pytest.mark.parametrize("count", [1, 5])
def test_many_classes_of_a_teacher(count):
    read = read_file("t.csv", "\n".join(["Nom;Prénom" + ";Classe" * count, "PALET;LUC" + ";CP" * count]).encode())
    assert read.lines[0].classes == ("CP",) and not read.unknown_headers
    assert teachers_file(())


CHILDREN = CHILD + CHILD
OWN = ["MME", "", "BALLON", "ROSA", "3 rue A", "86000", "POITIERS", "FRANCE", "rosa@example.org", "", "", "0611223344"]
TWO = ["", "TOUPIE", "ZOÉ", "CP A", "", "TOUPIE", "LÉO", "CP A"]


@pytest.mark.parametrize("cut", [0, 4, 8])
def test_columns_of_a_guardian_after_those_of_the_children_are_read(cut):
    only_one = ["MME", "", "PALET", "ÈVE", *OWN[4:8], "eve@example.org", "", "", "0611223355"]
    rows = [
        [*GUARDIAN_24[:cut], *CHILDREN, *GUARDIAN_24[cut:]],
        [*OWN[:cut], *TWO, *OWN[cut:]],
        [*only_one[:cut], *TWO[:4], "", "", "", "", *only_one[cut:]],
    ]
    read = read_file("r.csv", write(rows))
    assert read.kind == GUARDIANS and read.problems == ()
    said = [(one.names.last_name, [child.names.first_name for child in one.children]) for one in read.lines]
    assert said == [("Ballon", ["Zoé", "Léo"]), ("Palet", ["Zoé"])]
    assert ("email", "rosa@example.org") in read.lines[0].contacts and len(read.lines[1].contacts) == 3


def test_a_child_on_each_side_is_lost_on_neither():
    read = read_file("r.csv", write([[*CHILD, *GUARDIAN_24, *CHILD], [*TWO[:4], *OWN, *TWO[4:]]]))
    assert [child.names.first_name for child in read.lines[0].children] == ["Zoé", "Léo"]


def test_a_column_named_for_the_last_name_alone_that_holds_both():
    data = "Nom élève;Date naissance;Classe\nDE LA TOUPIE Zoé Anne;04/03/2018;CP A\n{};05/03/2018;CP A\n"
    read = read_file("f.csv", data.format("TOUPIE Léo").encode())
    assert [one.names.full for one in read.lines] == ["Zoé Anne de La Toupie", "Léo Toupie"] and not read.problems
    read = read_file("f.csv", data.format("Toupie Léo").encode())
    (problem,) = read.problems
    assert (problem.line, problem.column, problem.blocks) == (3, "Nom élève", True)
    assert "Toupie Léo\u00a0» ne dit pas" in problem.reason and "en capitales" in problem.reason
    lacking = read_file("f.csv", b"Nom;Date naissance;Classe\nTOUPIE;04/03/2018;CP A\n")
    assert "Prénom" in lacking.problems[0].reason  # a last name alone is none of both
