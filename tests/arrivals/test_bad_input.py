"""Every bad file gets a sentence that says what and where, and changes nothing."""

import io

import pytest
import xlsxwriter
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from preau.arrivals import queries
from preau.arrivals.reading import GUARDIANS, PUPILS, TEACHERS, read_file
from preau.kit.digest import business_digest
from preau.kit.tables import write_ods, write_xlsx
from preau.people.models import Contact, Person
from preau.places.models import Classroom
from preau.schools.models import Enrolment
from tests.arrivals.conftest import numbers
from tests.arrivals.onde_files import (
    CHILD,
    GUARDIAN_24,
    PUPILS_20,
    PUPILS_22,
    Family,
    Style,
    guardians_file,
    pupils_file,
    write,
)
from tests.arrivals.onde_files import TEACHERS as TEACHERS_ROW

pytestmark = pytest.mark.apart

FAMILY = Family.sample()
PUPILS_OK = pupils_file(FAMILY.children)
GUARDIANS_OK = guardians_file(FAMILY.adults)
FORBIDDEN = ("Erreur", "erreur", "invalide", "obligatoire", "veuillez", "Veuillez")


def row(**values):
    cells = dict.fromkeys(PUPILS_22, "")
    cells |= {
        "Nom élève": "TOUPIE",
        "Prénom élève": "ZOÉ",
        "Date naissance": "04/03/2018",
        "Niveau": "CP",
        "Libellé classe": "CP A",
    } | values
    return list(cells.values())


def pupils(*rows):
    return write([PUPILS_22, *rows])


# name: (pupils, guardians, file, line, column, words)
BAD = {
    "empty": (b"", None, "pupils.csv", None, "", "vide"),
    "header alone": (pupils(), None, "pupils.csv", None, "", "n’a que son en-tête"),
    "binary": (b"\x00\x01\x02" * 50, None, "pupils.csv", None, "", "pas un tableau"),
    "truncated in quotes": (PUPILS_OK[:-9], None, "pupils.csv", 6, "", "coupé"),
    "truncated workbook": (write_xlsx(PUPILS_22, [row()])[:-300], None, "pupils.csv", None, "", "coupé"),
    "mixed encodings": (
        PUPILS_OK + write([row(**{"Nom élève": "ÉTÉ"})], Style(encoding="cp1252")), None, "pupils.csv", 7, "",
        "deux encodages",
    ),
    "guardians given as pupils": (GUARDIANS_OK, None, "pupils.csv", 1, "", "fichier des responsables"),
    "pupils given as guardians": (PUPILS_OK, PUPILS_OK, "guardians.csv", 1, "", "fichier des élèves"),
    "another table": (write([["Nom", "Couleur"], ["a", "b"]]), None, "pupils.csv", 1, "Prénom", "Couleur"),
    "no birth date": (pupils(row(), row(**{"Date naissance": ""})), None, "pupils.csv", 3, "Date naissance", "manque"),
    "odd date": (pupils(row(**{"Date naissance": "31/02/18"})), None, "pupils.csv", 2, "Date naissance", "31/02/18"),
    "no name": (pupils(row(**{"Nom élève": ""})), None, "pupils.csv", 2, "Nom élève", "vide"),
    "a name of digits": (pupils(row(**{"Prénom élève": "12"})), None, "pupils.csv", 2, "Prénom élève", "12"),
    "a tag in a name": (
        pupils(row(), row(**{"Prénom élève": "<b>LÉO</b>"})), None, "pupils.csv", 3, "Prénom élève", "le signe",
    ),
    "a digit in a name": (pupils(row(**{"Nom élève": "TOUPIE2"})), None, "pupils.csv", 2, "Nom élève", "un chiffre"),
    "two cells in one": (
        pupils(row(), row(**{"Nom élève": "TOUPIE; ZOÉ"})), None, "pupils.csv", 3, "Nom élève", "sans doute décalées",
    ),
    "an address in a name": (
        PUPILS_OK, GUARDIANS_OK.replace(b"SAMIA", b"samia@example.org", 1), "guardians.csv", 4, "Prénom", "décalées",
    ),
    "a separator in a cell": (
        PUPILS_OK + b"TOUPIE;;NOE;04/03/2018;F;;3;rue A;86000;POITIERS;;;;;;CYCLE II;CP;CP A;41;Oui;Oui;Oui;\r\n",
        None, "pupils.csv", 7, "", "sans doute décalées",
    ),
    "a lost accent": (pupils(row(**{"Prénom élève": "ZO?"})), None, "pupils.csv", 2, "Prénom élève", "Un accent"),
    "formula": (pupils(row(Commune1="=HYPERLINK(1)")), None, "pupils.csv", 2, "Commune1", "formule"),
    "formula in a name": (pupils(row(**{"Nom élève": "-1+2"})), None, "pupils.csv", 2, "Nom élève", "pas un nom"),
    "400 cells": (pupils(row(), ["x"] * 400), None, "pupils.csv", 3, "case 301", "400 cases"),
    "one INE for two": (
        pupils(row(INE="1A"), row(INE="1A", **{"Nom élève": "BILLE", "Date naissance": "01/01/2017"})), None,
        "pupils.csv", 3, "INE", "ligne 2",
    ),
    "unknown child": (
        PUPILS_OK, GUARDIANS_OK.replace(b"ANA-LOU", b"INCONNUE"), "guardians.csv", 5, "enfant 1", "Inconnue",
    ),
    "half a child": (
        PUPILS_OK, write([[*GUARDIAN_24, *CHILD],
                          ["MME", "", "BALLON", "ROSA", *[""] * 8, "", "TOUPIE", "", "CP"]]),
        "guardians.csv", 2, "enfant 1", "cases attendues",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", BAD)
def test_a_bad_file_changes_nothing_and_says_where(bring, name):
    pupils_data, guardians_data, file, line, column, words = BAD[name]
    before = business_digest()
    result = bring(pupils_data, guardians_data)
    assert business_digest() == before
    assert result.refused and result.batch is None
    problem = next(problem for problem in result.problems if problem.blocks)
    assert (problem.file, problem.line) == (file, line)
    assert column in problem.column and words in problem.reason
    assert not any(word in problem.reason for word in FORBIDDEN)


def test_signs_that_nobody_sees_are_not_kept(bring, school):
    bring(pupils(row(), row(**{"Prénom élève": "JO\u00a0LÉA"})))
    dirty = row(
        **{"Nom élève": "\u200bTOU\u00adPIE", "Prénom élève": "ZO\u200dÉ\u202c", "Libellé classe": "CP\u200e A"}
    )
    again = bring(pupils(dirty, row(**{"Prénom élève": "JO LÉA\ufeff"})))
    assert numbers(again, "pupils") == (0, 0, 2, 0) and numbers(again, "classes") == (0, 0, 1, 0)
    other = bring(
        pupils(row(**{"Nom élève": "BIL\u2060LE", "Date naissance": "01/02/2018", "Libellé classe": "CP\u2063 Z"}))
    )
    assert other.batch and Person.objects.filter(last_name="Bille").exists()
    assert Classroom.objects.filter(name="CP Z").exists()


def test_lines_with_a_problem_can_be_left_aside_on_purpose(bring):
    data = pupils(row(), row(**{"Prénom élève": "LÉO", "Date naissance": "hier"}))
    result = bring(data, set_aside=True)
    assert not result.refused and numbers(result, "pupils") == (1, 0, 0, 0)
    assert [problem.line for problem in result.problems] == [3]


def test_a_file_refused_whole_is_never_set_aside(bring):
    result = bring(b"", set_aside=True)
    assert result.refused and result.batch is None


def test_unknown_headers_are_named_and_do_not_block(bring):
    header = [*PUPILS_20, "Couleur préférée"]
    data = write([header, ["TOUPIE", "", "ZOÉ", "2018-03-04", *[""] * 10, "CP", "CP A", "", "", "", "", "bleu"]])
    result = bring(data)
    (problem,) = result.problems
    assert (problem.line, problem.column) == (1, "Couleur préférée") and "laissée de côté" in problem.reason
    assert numbers(result, "pupils") == (1, 0, 0, 0)


def test_a_file_in_the_place_of_the_teachers_list_is_named_in_right_french():
    said = read_file("teachers.csv", PUPILS_OK, expected=TEACHERS).problems[0].reason
    assert "à la place de la liste des enseignants" in said


def test_a_contact_that_cannot_be_one_is_said_and_does_not_block(bring):
    adult = ["MME", "", "TOUPIE", "ROSA", *[""] * 4, "rosa chez example", "12", "00", "-", "", "TOUPIE", "ZOÉ", "CP A"]
    result = bring(pupils(row()), write([[*GUARDIAN_24, *CHILD], adult]))
    assert not result.refused and numbers(result, "guardians") == (1, 0, 0, 0)
    said = [(problem.line, problem.reason) for problem in result.problems]
    assert [line for line, _ in said] == [2, 2]
    assert "rosa chez example" in said[0][1] and "«\u00a012\u00a0»" in said[1][1]


@pytest.mark.parametrize("written, told", [("04/03/1918", "4\u00a0mars 1918"), ("04/03/2031", "4\u00a0mars 2031")])
def test_a_birth_date_of_no_pupil_is_one_line_to_decide_and_makes_nobody_leave(bring, written, told):
    bring(pupils(row(), row(**{"Prénom élève": "LÉO"})))
    odd = row(**{"Prénom élève": "LÉO", "Date naissance": written})
    adult = write([[*GUARDIAN_24, *CHILD], ["MME", "", "TOUPIE", "ROSA", *[""] * 9, "TOUPIE", "LÉO", "CP A"]])
    other = row(**{"Nom élève": "CERCEAU", "Prénom élève": "ANNA", "Date naissance": "02/02/2019"})
    result = bring(pupils(row(), odd, other), adult, complete=True)
    assert not result.refused and numbers(result, "pupils") == (1, 0, 1, 0), "the other lines go on"
    assert numbers(result, "guardians") == (0, 0, 0, 0), "hers waits with its child, and blocks nothing"
    (question,) = result.to_decide
    assert (question.kind, question.line, question.candidate) == ("births", 3, told)
    assert not any(difference.verb == "ended" for difference in result.comparison.differences)


def test_a_file_that_names_nobody_of_the_school_is_doubted_and_does_not_block(bring, school):
    assert not bring(pupils(row())).problems  # an empty school waits for everybody
    assert not bring(pupils(row(), row(**{"Prénom élève": "LÉO"}))).problems
    result = bring(pupils(row(**{"Nom élève": "AILLEURS", "Date naissance": "01/02/2017"})))
    (problem,) = result.problems
    assert not result.refused and problem.file == "pupils.csv"
    assert f"à {school.with_article}, qui en compte 2" in problem.reason


def test_an_unknown_level_stays_empty_and_is_said(bring):
    result = bring(pupils(row(Niveau="6EME")))
    assert not result.refused and "6EME" in result.problems[0].reason


def test_columns_may_be_in_any_order(bring):
    order = list(reversed(PUPILS_22))
    result = bring(write([order, list(reversed(row()))]))
    assert numbers(result, "pupils") == (1, 0, 0, 0) and result.problems == ()


@pytest.mark.parametrize("make", [write_xlsx, write_ods])
def test_a_spreadsheet_of_the_same_table_is_read_alike(bring, make):
    result = bring(make(PUPILS_22, [row(), row(**{"Prénom élève": "LÉO"})]))
    assert numbers(result, "pupils") == (2, 0, 0, 0) and not result.problems


def test_a_table_under_a_title_in_another_sheet_is_read_and_the_sheet_is_named():
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        book.add_worksheet("Notes").write_row(0, 0, ["Liste de rentrée"])
        guardians, pupils_sheet = book.add_worksheet("Responsables"), book.add_worksheet("Élèves")
        guardians.write_row(0, 0, [*GUARDIAN_24, *CHILD])
        for line, cells in enumerate([["École Montmidi"], [], PUPILS_22, row()]):
            pupils_sheet.write_row(line, 0, cells)
    read = read_file("classe.xlsx", out.getvalue(), expected=PUPILS)
    assert (read.kind, read.encoding, read.problems) == (PUPILS, "xlsx, feuille «\u00a0Élèves\u00a0»", ())
    assert [line.line for line in read.lines] == [4]


CELLS = st.one_of(
    st.sampled_from(["TOUPIE", "ZOÉ", "CP", "04/03/2018", "2018-03-04", "=1+1", "oui", "0611111111", "é" * 90, ""]),
    st.text(st.characters(blacklist_categories=("Cs",)), max_size=12),
)


@pytest.mark.long
@settings(max_examples=150)
@given(
    st.sampled_from([PUPILS_20, PUPILS_22, GUARDIAN_24 + ["Prénom enfant", "Nom de famille enfant"]]),
    st.lists(st.lists(CELLS, max_size=30), max_size=5),
    st.sampled_from(["utf-8", "utf-16"]), st.sampled_from([";", ",", "\t"]), st.booleans(),
)  # fmt: skip
def test_no_table_makes_reading_fall(header, rows, encoding, separator, quoted):
    data = write([header, *rows], Style(encoding=encoding, separator=separator, quoted=quoted))
    for expected in (PUPILS, GUARDIANS, TEACHERS, ""):
        read = read_file("f.csv", data, expected=expected)
        assert all(problem.reason for problem in read.problems)


@settings(max_examples=100)
@given(st.integers(0, len(PUPILS_OK) - 1), st.integers(0, 255))
def test_no_changed_byte_makes_reading_fall(place, byte):
    data = PUPILS_OK[:place] + bytes([byte]) + PUPILS_OK[place + 1 :]
    read = read_file("f.csv", data, expected=PUPILS)
    assert read.lines or read.problems


@pytest.mark.parametrize("cut", range(1, 110, 5))
def test_a_pupils_file_cut_in_its_last_line_is_refused(bring, cut):
    data = pupils_file(FAMILY.children, Style(quoted=False)).rstrip(b"\r\n")
    data = data[:-cut]
    short = data.rsplit(b"\n", 1)[1].count(b";") < len(PUPILS_22) - 1
    result = bring(data)
    assert result.refused is short or cut < 3
    if short:
        line = data.count(b"\n") + 1
        assert any(problem.line == line for problem in result.problems if problem.blocks)


def test_a_guardians_row_cut_in_a_block_is_refused(bring):
    data = guardians_file(FAMILY.adults, Style("24", quoted=False)).rstrip(b"\r\n")
    assert not bring(PUPILS_OK, data).refused
    result = bring(PUPILS_OK, data.rsplit(b";", 1)[0])
    assert result.refused and "au milieu de cette ligne" in result.problems[0].reason


def test_a_last_line_with_an_empty_last_column_is_whole(bring):
    lines = guardians_file(FAMILY.adults, Style("24", quoted=False)).rstrip(b"\r\n").splitlines()
    assert not bring(PUPILS_OK, b"\r\n".join(line + b";" for line in lines)).refused


@pytest.mark.parametrize(
    "country, kept", [("FRANCE", "01000 POITIERS"), ("Suisse", "1000 POITIERS"), ("", "1000 POITIERS")]
)
def test_a_postcode_of_france_takes_its_first_zero_back(bring, country, kept):
    data = guardians_file(FAMILY.adults, Style("24", quoted=False)).replace(b"86000", b"1000")
    bring(PUPILS_OK, data.replace(b"FRANCE", country.encode()))
    assert Contact.objects.get(kind=Contact.Kind.ADDRESS).value == f"3 r. des Lilas, {kept}"


def test_a_telephone_that_a_workbook_rounded_is_left_aside_and_said(bring):
    data = guardians_file(FAMILY.adults, Style("24", quoted=False)).replace(b"06 11 22 33 44", b"6.11223344E8", 1)
    assert b"6.11223344E8" in data
    assert "téléphone complet" in bring(PUPILS_OK, data).problems[0].reason


def test_the_footer_is_dropped_and_said(bring):
    bring(PUPILS_OK)
    result = bring(PUPILS_OK, guardians_file(FAMILY.adults, Style("pairs")))
    assert result.comparison.files[1].set_aside == ((10, "pied de page"),)
    assert not result.problems


@pytest.mark.parametrize(
    "last", [[["FCPE", *[""] * 3]], [["Nombre total", "4"]], [["FCPE"], ["Nombre total", "", "4 élèves"]]]
)
def test_last_lines_that_are_nobody_are_set_aside(bring, last):
    header, adult = [*GUARDIAN_24, *CHILD], ["MME", "", "TOUPIE", "ROSA", *[""] * 8, "", "TOUPIE", "ZOÉ", "CP A"]
    teachers = write([TEACHERS_ROW, ["Mme", "", "CRAIE", "ANNE", *[""] * 9], *last])
    result = bring(write([PUPILS_22, row(), *last]), write([header, adult, *last]), teachers)
    assert not result.problems and numbers(result, "pupils") == (1, 0, 0, 0)
    assert [len(file.set_aside) for file in result.comparison.files] == [len(last)] * 3


def test_a_line_of_one_word_before_others_is_still_told(bring):
    result = bring(pupils(row(), ["FCPE"], row(**{"Prénom élève": "LÉO"})))
    assert result.refused and {problem.line for problem in result.problems} == {3}


def test_a_class_of_one_level_says_the_level(bring):
    bring(pupils(row(Niveau=""), row(**{"Prénom élève": "LÉO", "Niveau": "", "Libellé classe": "CM1-CM2 M. Ps"})))
    assert dict(Enrolment.objects.values_list("pupil__first_name", "level")) == {"Zoé": "CP", "Léo": ""}


def test_a_head_who_may_be_one_is_said(bring):
    maybe = write([TEACHERS_ROW, ["Mme", "", "CRAIE", "ANNE", *[""] * 7, "peut-être", ""]])
    result = bring(pupils(row()), teachers=maybe)
    (problem,) = result.problems
    assert (problem.line, problem.column, problem.blocks) == (2, "Directeur", False) and "peut-être" in problem.reason
    assert numbers(result, "teachers") == (1, 0, 0, 0)


def test_two_files_of_one_kind_are_told_once(school):
    read = [read_file(name, PUPILS_OK) for name in ("a.csv", "b.csv")]
    result = queries.compare_files(school=school, files=read, today=timezone.localdate())
    assert [file.name for file in result.files] == ["a.csv", "b.csv"] and result.refused
    (problem,) = result.problems
    assert problem.file == "b.csv" and "a.csv" in problem.reason


@pytest.mark.parametrize(
    "header, lacking",
    [
        ("Nom;Prénom;Naissance le;Classe", "Date de naissance"),
        ("Nom;Prénom;Niveau;Classe", "Date de naissance"),
        ("Nom et prénom;Né(e) le;Classe", "« TOUPIE » ne dit pas sûrement"),
        ("Enfant;Né(e) le;Classe", "« Nom », « Prénom »"),
    ],
)
def test_a_list_of_pupils_is_never_one_of_teachers(header, lacking):
    read = read_file("liste.csv", f"{header}\nTOUPIE;ZOÉ;CP;CP B\n".encode())
    assert not read.lines and lacking in read.problems[0].reason.replace("\u00a0", " ")


def test_a_column_without_a_title_is_no_shift(bring):
    lines = pupils_file(FAMILY.children, Style(quoted=False)).splitlines()
    assert not bring(b"\r\n".join([lines[0], *(line + b";vu" for line in lines[1:]), b""])).refused


@pytest.mark.parametrize("count, is_doubted", [(8, False), (9, True)])
def test_a_class_with_more_teachers_than_any_is_a_list_of_pupils(count, is_doubted):
    rows = "".join(f"TOUPIE;{name};CP B\n" for name in "ABCDEFGHI"[:count])
    problems = read_file("liste.csv", f"Nom;Prénom;Classe\n{rows}".encode()).problems
    assert [problem.blocks for problem in problems] == [True] * is_doubted


def test_titles_of_a_list_made_by_hand():
    adult, teacher, child = (
        read_file("liste.csv", text.encode())
        for text in (
            "Civilité;Nom du responsable;Prénom du responsable;Tél.;Mail;Nom de l'élève;Prénom de l'élève\n"
            "Mme;TOUPIE;ROSA;06 11 22 33 44;r@example.org;TOUPIE;ZOÉ\n",
            "NOM;Prénom;Mail académique;Téléphone;Classe(s)\nPALET;LUC;l@example.org;0549000001;CP\n",
            "Nom de l'enfant;Prénom de l'enfant;DDN;Classe(s)\nTOUPIE;ZOÉ;3 mai 2019;CP\n",
        )
    )
    assert [kind for kind, _ in adult.lines[0].contacts] == ["email", "mobile"]
    assert [kind for kind, _ in teacher.lines[0].contacts] == ["email", "home"] and teacher.lines[0].classes == ("CP",)
    assert (child.kind, child.problems, len(child.lines)) == (PUPILS, (), 1)
