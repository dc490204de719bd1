"""A canary inside a file is found as in a page: without this, the matrix reads compressed bytes and sees nothing."""

import io
import zipfile

import pytest
from django.core.files.storage import default_storage
from fpdf import FPDF

from preau.kit.tables import write_csv, write_ods, write_xlsx
from tests.canaries import leaks
from tests.rights.samples import sheets_of_a_class
from tests.texts import text_of

CANARY = "Canari-child_adam"
HEADER, ROWS = ["Nom"], [[f"Bonjour {CANARY} et les siens"]]


def pdf(width=0):
    """One sentence on a sheet; in a narrow column its words are cut."""
    paper = FPDF()
    paper.add_page()
    paper.set_font("helvetica")
    paper.multi_cell(width, None, ROWS[0][0])
    return bytes(paper.output())


def archive(data):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("dossier/lettre.bin", data)
    return out.getvalue()


FILES = {
    "csv": write_csv(HEADER, ROWS), "ods": write_ods(HEADER, ROWS), "xlsx": write_xlsx(HEADER, ROWS),
    "pdf": pdf(), "narrow pdf": pdf(24), "a word cut anywhere": pdf(18), "archive of a pdf": archive(pdf()),
    "archive of a table": archive(write_xlsx(HEADER, ROWS)),
    "styled in its middle": archive(b"<p>Canari-<span>child</span>_adam</p>"),
}  # fmt: skip


@pytest.mark.parametrize("kind", FILES)
def test_a_canary_is_found_in_each_kind_of_file(kind):
    assert leaks(text_of(FILES[kind]), "teacher_other_class") == {CANARY}
    assert leaks(text_of(FILES[kind]), "guardian") == set()


def test_the_connection_sheets_hold_the_canaries_of_their_class_alone(world):
    job = sheets_of_a_class(world)
    job.refresh_from_db()
    with default_storage.open(job.path) as file:
        text = text_of(file.read())
    assert leaks(text, "head") == set()
    assert CANARY in leaks(text, "city_education")
