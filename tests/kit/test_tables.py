"""Tables in: every encoding and shape. Tables out: no formula survives."""

import io
import re
import string
import tracemalloc
import zipfile
import zlib
from decimal import Decimal

import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from preau.kit.tables import TableRefused, find_columns, neutral, read_table, write_csv, write_ods, write_xlsx
from preau.kit.tables.reading import MAX_COLUMNS

pytestmark = pytest.mark.apart

TEXT = "Nom élève;Prénom;Ville\nTOUPIE;Zoé;Œuf-sur-Clain’s\nÇA;Noël;Être\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("separator", [";", ",", "\t"])
@pytest.mark.parametrize("quoted", [True, False])
def test_each_way_of_writing_gives_the_same_table(encoding, end, separator, quoted):
    text = (
        TEXT
        if not quoted
        else "\n".join(";".join(f'"{cell}"' for cell in line.split(";")) for line in TEXT.strip().split("\n"))
    )
    table = read_table("t.csv", text.replace(";", separator).replace("\n", end).encode(encoding))
    assert table.header == ("Nom élève", "Prénom", "Ville")
    assert [row.cells for row in table.rows] == [("TOUPIE", "Zoé", "Œuf-sur-Clain’s"), ("ÇA", "Noël", "Être")]
    assert [row.number for row in table.rows] == [2, 3]


@pytest.mark.parametrize("wrong", ["cp1252", "latin-1"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_text_encoded_twice_is_repaired(wrong, mark):
    text = "Nom élève;Prénom\nÀ LA CÔTE;Noël\nÎLE;Ève\n"  # À holds a byte that Windows-1252 leaves empty
    once = (mark + text).encode()
    read = "".join(bytes([b]).decode(wrong, "ignore") or chr(b) for b in once)
    table = read_table("t.csv", read.encode())
    assert table.header == ("Nom élève", "Prénom")
    assert table.rows[0].cells == ("À LA CÔTE", "Noël")
    assert "deux fois" in table.encoding


REFUSED = {
    "empty": (b"", None, "vide"),
    "blank": (b" \r\n \n", None, "vide"),
    "separators": (b";;;\n;;\n", None, "aucune ligne"),
    "binary": (b"a;b\n\0\1\2", None, "pas un tableau"),
    "controls": (b"a;b\nc;d\ne;\x02\n", 3, "pas un tableau"),
    "pdf": (b"%PDF-1.7 ...", None, "PDF"),
    "page": (b"<html><table></table>", None, "page web"),
    "mixed": ("a;b\né;é\n".encode() + "à;à\n".encode("cp1252"), 3, "deux encodages"),
    "mixed in a line": (b"a;b\n" + "é".encode() + ";é\n".encode("cp1252"), 2, "deux encodages"),
    "mixed after a mark": (b"\xef\xbb\xbfa;b\n" + "à;à\n".encode("cp1252"), 2, "comme le début"),
    "cut in a letter": ("a;b\né;é".encode()[:-1], 2, "milieu d’un mot"),
    "cut in quotes": (b'a;b\n"c";"d"\n"e";"f', 3, "coupé"),
    "stray quote": (b'a;b\n"c"d;e\n', 2, "guillemet"),
    "wide": (b"a;b\n" + b";".join([b"x"] * 400), 2, "400 cases"),
    "one huge line": (b"a;b\n" + b"c;" * 400_000, 2, "cette ligne est démesurée"),
    "a row over endless lines": (b"a;b\n" + b'"c\n";' * 100_000, 2, "cette ligne est démesurée"),
    "huge cell": (b"a;b\n" + b"x" * 200_000 + b";c\n", 2, "démesurée"),
    "zip": (b"PK\3\4 not a zip", None, "coupé"),
    "old office cut": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, None, "coupé"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_read_is_refused_with_a_place(name):
    data, line, words = REFUSED[name]
    with pytest.raises(TableRefused) as refused:
        read_table("classe.csv", data)
    assert refused.value.problem.line == line
    assert words in refused.value.problem.reason
    assert str(refused.value).startswith("classe.csv")


def zipped(parts, **kinds):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content, **kinds)
    return out.getvalue()


def lying(declared, real):
    """An archive whose one entry says it is as small as `declared`, with the checksum of this much, and is `real`."""
    data = bytearray(zipped({"content.xml": real}))
    small = zlib.crc32(real[:declared]).to_bytes(4, "little")
    for at, crc in ((0, 14), (data.index(b"PK\1\2"), 16)):
        data[at + crc : at + crc + 4] = small
        data[at + crc + 8 : at + crc + 12] = declared.to_bytes(4, "little")
    return bytes(data)


MEGABYTE = 1 << 20
ARCHIVES = {
    "too large": (lambda: zipped({"content.xml": bytes(101 * MEGABYTE)}), "démesuré"),
    "too dense": (lambda: zipped({"content.xml": bytes(20 * MEGABYTE)}), "démesuré"),
    "too large together": (lambda: zipped({f"{n}/content.xml": bytes(8 * MEGABYTE) for n in range(14)}), "démesuré"),
    "too many": (lambda: zipped({"content.xml": "", **{str(n): "" for n in range(1000)}}), "démesuré"),
    "larger than it says": (lambda: lying(100, bytes(20 * MEGABYTE)), "démesuré"),
    "a little larger than it says": (lambda: lying(100, bytes(MEGABYTE)), "abîmé"),
    "another inside": (lambda: zipped({"content.xml": "", "objet": zipped({"a": "b"})}), "objet incorporé"),
    "packed otherwise": (lambda: zipped({"content.xml": bytes(99)}, compress_type=zipfile.ZIP_LZMA), "abîmé"),
}


@pytest.mark.parametrize("name", ARCHIVES)
def test_an_archive_is_measured_before_any_library_opens_it(name, monkeypatch):
    monkeypatch.setattr("preau.kit.tables.reading.read_apart", lambda *words, **limits: pytest.fail("opened"))
    make, words = ARCHIVES[name]
    with pytest.raises(TableRefused, match=words):
        read_table("bombe.ods", make())


@pytest.mark.parametrize("cell", [b"c;", b'"c";'])
def test_a_csv_of_one_line_is_refused_before_it_is_cut_into_cells(cell):
    data = cell * (8 * MEGABYTE // len(cell))
    tracemalloc.start()
    try:
        with pytest.raises(TableRefused, match="démesurée"):
            read_table("t.csv", data)
        assert tracemalloc.get_traced_memory()[1] < 5 * len(data)  # its text, and no cell of it
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize("long", [5_001, 32_000])
def test_a_cell_of_a_workbook_is_no_longer_than_that_of_a_csv(long):
    rows = [["Zoé", "b"], ["Noël", "x" * long]]
    with pytest.raises(TableRefused, match="démesurée") as refused:
        read_table("t.xlsx", workbook(("Écoles", [["Nom", "Note"], *rows])))
    problem = refused.value.problem
    assert (problem.line, problem.column) == (3, "case 2") and "Écoles" in problem.reason
    assert read_table("t.xlsx", workbook(("Écoles", [["Nom"], ["x" * 5_000]]))).rows[0].cells == ("x" * 5_000,)


def test_one_text_repeated_in_every_cell_is_refused_before_it_is_copied():
    data = workbook(("Écoles", [["Nom"], *[["x" * 5_000] * 5] * 1_000]))
    assert len(data) < 100_000
    with pytest.raises(TableRefused, match="démesuré"):
        read_table("t.xlsx", data)


def test_an_amount_is_written_as_french_spreadsheets_read_it():
    assert "40000,5;" in write_csv(("a", "b"), [(Decimal("40000.5"), "")]).decode()
    rows = [(Decimal("40000.5"),), (86000,), (22000.0,), (-0.5,), (True,)]
    read = [row.cells[0] for row in read_table("a.xlsx", write_xlsx(("a",), rows)).rows]
    assert read == ["40000.5", "86000", "22000", "-0.5", "oui"]  # a workbook keeps every number as a float


@pytest.mark.parametrize("write", [write_xlsx, write_ods, write_csv])
def test_what_is_written_reads_back_and_no_formula_survives(write):
    rows = [["Zoé", 12, "=1+1"], ["Noël", 3, "@SUM(A1)"], ["Ève", 0, "+33 6"], ["Ana", 1, "-2"], ["Lou", 2, "\t=1"]]
    table = read_table("t", write(["Prénom", "Nombre", "Texte"], rows))
    assert table.header == ("Prénom", "Nombre", "Texte")
    assert [row.cells[0] for row in table.rows] == ["Zoé", "Noël", "Ève", "Ana", "Lou"]
    assert [row.cells[1] for row in table.rows] == ["12", "3", "0", "1", "2"]
    assert all(row.cells[2].startswith("'") for row in table.rows)


@pytest.mark.parametrize("before", ["", " ", "\n", "\u2003", "\u3000", "\v", "\f", "\ufeff", "\u200b\u00a0", "\x1c"])
@pytest.mark.parametrize("sign", "=+-@＝＋－＠﹦⁺﹣﹫−")
def test_no_sign_in_front_hides_a_formula(before, sign):
    assert neutral(f"{before}{sign}1") == f"'{before}{sign}1"
    assert neutral(f"{before}Zoé {sign}1") == f"{before}Zoé {sign}1"


@pytest.mark.parametrize("write", [write_xlsx, write_ods])
def test_a_spreadsheet_cut_short_is_refused(write):
    data = write(["a", "b"], [["c", "d"]])
    for size in range(4, len(data) - 1, 97):
        with pytest.raises(TableRefused):
            read_table("t", data[:size])


def test_headers_meet_whatever_their_dress():
    labels = {"usage": ("Nom d'usage élève",), "cycle": ("Cycle",)}
    found, unknown = find_columns(("\ufeffNOM D’USAGE  Elève *", " Cycle", "Couleur préférée"), labels)
    assert found == {"usage": 0, "cycle": 1}
    assert unknown == ["Couleur préférée"]


@settings(max_examples=200)
@given(st.binary(max_size=400))
def test_no_bytes_make_it_fall(data):
    try:
        table = read_table("t", data)
    except TableRefused as refused:
        assert refused.problem.reason
    else:
        assert all(len(row.cells) <= MAX_COLUMNS for row in table.rows)


@pytest.mark.parametrize("text", ["«CAFÉ»;Noël", "É\u00a0: DÉJÀ;Ève", "ANDRÉ’S;À"])
def test_windows_1252_capitals_before_signs_are_not_two_encodings(text):
    table = read_table("t.csv", f"a;b\r\n{text}\r\n".encode("cp1252"))
    assert table.rows[0].cells == tuple(" ".join(cell.split()) for cell in text.split(";"))


@pytest.mark.parametrize("cells", [("A1", "XFD1048576"), ("A1", "A1048576"), ("XFD1",)])
def test_a_tiny_file_that_announces_a_huge_sheet_ends_its_own_reader_only(cells):
    """Two cells far apart are a grid of 512 GB to the library, which then ends its whole process."""
    out = io.BytesIO(write_xlsx(["a"], [["b"]]))
    with zipfile.ZipFile(out) as archive:
        parts = {entry: archive.read(entry) for entry in archive.namelist()}
    rows = "".join(f'<row r="{cell.lstrip(string.ascii_uppercase)}"><c r="{cell}"><v>1</v></c></row>' for cell in cells)
    name = "xl/worksheets/sheet1.xml"
    parts[name] = re.sub(b"<dimension[^>]*>", b"", parts[name])
    parts[name] = re.sub(b"<sheetData>.*</sheetData>", f"<sheetData>{rows}</sheetData>".encode(), parts[name])
    again = io.BytesIO()
    with zipfile.ZipFile(again, "w", zipfile.ZIP_DEFLATED) as archive:
        for entry, data in parts.items():
            archive.writestr(entry, data)
    with pytest.raises(TableRefused, match="démesuré|trop pour une école"):
        read_table("t.xlsx", again.getvalue())


KNOWN = ({"school": ("École", "Nom de l’école"), "uai": ("UAI",), "year": ("Année",)},)


@pytest.mark.parametrize("first", ["Plan numérique", "École", "Plan numérique, état au 3 mars, pour l’Année"])
@pytest.mark.parametrize("separator", [";", "\t", ","])
def test_the_header_is_found_under_a_title(first, separator):
    title = f'"{first}"' if "," in first and separator == "," else first
    text = f"{title}\n\n NOM DE L'ÉCOLE ;uai;Remarque\nZoé;0860001A;vue\n".replace(";", separator)
    table = read_table("t.csv", text.encode(), known=KNOWN)
    assert table.header == ("NOM DE L'ÉCOLE", "uai", "Remarque")
    assert (table.header_line, [tuple(row) for row in table.rows]) == (3, [(4, ("Zoé", "0860001A", "vue"))])


@pytest.mark.parametrize("separator", [";", ","])
def test_whole_lines_in_one_column_are_cut(separator):
    lines = [text.replace(";", separator) for text in ("École;UAI;Année", "Zoé;0860001A;2018", '"Lac";;2019')]
    quoted = "\n".join('"{}"'.format(line.replace('"', '""')) for line in lines)
    for name, data in (("t.csv", quoted.encode()), ("t.xlsx", workbook(("F", [[line] for line in lines])))):
        table = read_table(name, data, known=KNOWN)
        assert table.header == ("École", "UAI", "Année")
        assert [row.cells for row in table.rows] == [("Zoé", "0860001A", "2018"), ("Lac", "", "2019")]
    notes = read_table("t.csv", b'Notes\n"un; deux"\n', known=KNOWN)
    assert [row.cells for row in notes.rows] == [("un; deux",)]


def workbook(*sheets, chart=False):
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        if chart:
            book.add_chartsheet("Courbe").set_chart(book.add_chart({"type": "line"}))
        for name, rows in sheets:
            page = book.add_worksheet(name)
            for line, cells in enumerate(rows):
                page.write_row(line, 0, cells)
        for chart in book.charts:
            chart.add_series({"values": f"='{sheets[0][0]}'!$A$1:$A$2"})
    return out.getvalue()


@pytest.mark.parametrize("before", ([], ["Ce classeur décrit le plan.", "École"]))
@pytest.mark.parametrize("chart", [False, True])
def test_the_sheet_that_holds_the_table_is_the_one_read(before, chart):
    rows = [["Ville"], [], ["École", "UAI", "Année"], ["Zoé", "0860001A", 2018]]
    data = workbook(("Lisez-moi", [[said] for said in before]), ("Écoles", rows), ("Vide", []), chart=chart)
    table = read_table("t.xlsx", data, known=KNOWN)
    assert (table.sheet, table.header, table.header_line) == ("Écoles", ("École", "UAI", "Année"), 3)
    assert [tuple(row) for row in table.rows] == [(4, ("Zoé", "0860001A", "2018"))]


def test_without_a_known_header_the_first_row_of_the_first_sheet_stays():
    data = workbook(("Un", [["a", "b"]]), ("Deux", [["École", "UAI"], ["x", "y"]]))
    assert read_table("t.xlsx", data).header == ("a", "b")
    assert read_table("t.csv", "Titre\nÉcole;autre\n".encode(), known=KNOWN).header == ("Titre",)


def test_another_sheet_too_large_is_left_aside(monkeypatch):
    monkeypatch.setattr("preau.kit.tables.reading.MAX_ROWS", 5)
    data = workbook(("Écoles", [["École", "UAI"], ["Zoé", "1"]]), ("Archives", [["École", "UAI", "Année"]] * 9))
    assert read_table("t.xlsx", data, known=KNOWN).header == ("École", "UAI")


@pytest.mark.parametrize("end", ["\r", "\r\n"])
@pytest.mark.parametrize(
    "text",
    [
        "Nom;Prénom\nBÉNÉTEAU;Zoé\nÈVE;Ève",
        "a;b\nHÉLÈNE;L’Œuvre",
        "a;b\nLoïc;Benoît",
        "a;b\nÉlodie;x",
        "a;b\nÇa;François",
    ],
)
def test_a_file_of_a_mac_is_read_with_its_accents(text, end):
    table = read_table("t.csv", text.replace("\n", end).encode("mac_roman"))
    assert table.encoding == "mac-roman" and "\n".join(";".join(line.cells) for line in table.lines) == text


@pytest.mark.parametrize(
    "text", ["Božena Živa", "BOŽENA", "Škoda™", "Œuvre de cœur", "« Zoé » – Ève", "l’été…", "Noël", "Zoë’"]
)
def test_the_rarer_letters_of_windows_1252_are_no_mac(text):
    table = read_table("t.csv", f"a;b\r\nx;{text}\r\n".encode("cp1252"))
    assert table.encoding == "windows-1252" and table.rows[0].cells[1] == text


def test_accents_of_a_mac_among_those_of_windows_are_told_by_their_line():
    data = "Nom;Prénom\nx;Zoé\n".encode("cp1252") + "x;Léo\n".encode("mac_roman")
    with pytest.raises(TableRefused) as refused:
        read_table("t.csv", data)
    assert refused.value.problem.line == 3 and "deux encodages" in refused.value.problem.reason
