"""What families read on paper: each letter of their languages, joined and set from the right where it is read so."""

import datetime
import io
import tomllib

import pytest
from django.conf import settings
from pypdf import PdfReader

from preau.ent.notes.translated import path_of
from preau.kit.paper import ink
from preau.kit.paper.ink import Sheet
from preau.people.languages import WRITTEN
from tests.catalogues import read

NOW = datetime.datetime(2026, 9, 1, tzinfo=datetime.UTC)
NAMES = "Nguyễn Thị Hương, İpek Şahin Çağ, Łukasz, Ștefan, Олена, Ђорђе, Ελένη, يوسف, چنگیز, ښاپېرۍ"


def words_of(language):
    """All that a mot, its answers and its coupons may say in it."""
    _, *entries = read(settings.CATALOGUES_ROOT / f"{language}.po").values()
    types = tomllib.loads(path_of(language).read_text())
    return "\n".join([said for each in entries for said in each] + [str(one) for one in types.values()])


def drawn(text):
    pdf = Sheet("Coupons", NOW, text)
    pdf.add_page()
    pdf.write_text(15, 15, 180, text, 11)
    data = bytes(pdf.output())
    close(pdf)
    return pdf, data


def close(pdf):
    for font in pdf.fonts.values():
        font.ttfont.close()


@pytest.mark.parametrize("words", [*WRITTEN, "names"])
def test_no_sign_of_a_familys_language_is_an_empty_box(words):
    signs = sorted(set(NAMES if words == "names" else words_of(words)) - {"\n"})
    pdf, _ = drawn(" ".join(signs))
    missing = {name: list(map(chr, font.missing_glyphs)) for name, font in pdf.fonts.items() if font.missing_glyphs}
    unknown = [sign for sign in signs if not any(ord(sign) in font.cmap for font in pdf.fonts.values())]
    assert (missing, unknown) == ({}, [])


def test_french_is_written_in_the_letter_of_the_pages_alone():
    pdf, _ = drawn("« Élève, cœur, 12 € » : à l’école…")
    assert set(pdf.fonts) == {"atkinson", "atkinsonB"}


def test_a_text_in_cyrillic_reads_back():
    _, data = drawn("Воші у школі, 12 rue de la Paix")
    assert "Воші у школі, 12 rue de la Paix" in PdfReader(io.BytesIO(data)).pages[0].extract_text()


def test_arabic_is_joined_and_set_from_the_right_and_what_is_inside_keeps_its_order(monkeypatch):
    aligned = {}
    multi_cell = ink.FPDF.multi_cell

    def watched(self, width, height, text, align, **asked):
        aligned[text] = align
        return multi_cell(self, width, height, text, align=align, **asked)

    monkeypatch.setattr(ink.FPDF, "multi_cell", watched)
    pdf, data = drawn("Des poux\nقمل في المدرسة، Musée Ours, 12 rue, 08:30")
    assert list(aligned.values()) == ["L", "R"]
    used = {glyph.glyph_name for glyph in pdf.fonts["plex"].subset._char_id_per_glyph}
    assert used >= {"uniFED7", "uniFEE4", "uniFEDE"}  # of « قمل »: the first form of its first letter, and so on
    text = PdfReader(io.BytesIO(data)).pages[0].extract_text()
    assert "Musée Ours, 12 rue, 08:30" in text and "قمل في المدرسة" in text


def test_the_two_halves_of_a_label_are_each_in_their_own_letter_and_direction(monkeypatch):
    written, cell = [], ink.FPDF.cell

    def watched(self, wide, high, text, **asked):
        written.append((text, self.font_family, bool(self.text_shaping)))
        return cell(self, wide, high, text, **asked)

    monkeypatch.setattr(ink.FPDF, "cell", watched)
    pdf = Sheet("Coupons", NOW, "الاثنين")
    pdf.add_page()
    assert pdf.write_label(15, 15, "Lundi à 16 h 45 / الاثنين 16:45", 10) > 15
    close(pdf)
    assert written == [("Lundi à 16 h 45 / ", "atkinson", False), ("الاثنين 16:45", "plex", True)]


def test_a_word_is_not_written_with_the_letters_of_two_fonts():
    pdf, _ = drawn("Nguyễn")
    assert pdf.font_family == "fira"
