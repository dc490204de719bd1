"""A printed page: what belongs together stays together."""

import datetime
import subprocess
import sys
from pathlib import Path

import pytest

from preau.kit.paper import Paper, draw_sheet
from preau.kit.paper.ink import Flow

pytestmark = pytest.mark.apart

NOW = datetime.datetime(2026, 9, 1, tzinfo=datetime.UTC)


def test_a_box_never_stays_behind_its_label(monkeypatch):
    paper = Flow("Séance", NOW, head=("", ""), foot="")
    pages = {"rect": [], "cell": []}
    for name in pages:
        draw = getattr(Flow, name)

        def watched(*args, name=name, draw=draw, **kwargs):
            result = draw(paper, *args, **kwargs)
            pages[name].append(paper.page_no())
            return result

        monkeypatch.setattr(paper, name, watched)
    monkeypatch.setattr(paper, "header", lambda: None)
    monkeypatch.setattr(paper, "footer", lambda: None)
    for count in range(60):  # each height on the page, the last one too
        paper.boxes([f"adopte {count}", "renvoie, motif"])
    assert paper.page_no() > 1 and pages["rect"] == pages["cell"]


def test_a_document_is_drawn_in_another_process_and_counts_its_pages():
    paper = Paper("Séance", NOW, head=("Ville", "Dossier"), foot="pied")
    paper.section("Ordre du jour")
    paper.grid(("N°", "Point"), [(1, "Budget")], widths=(1, 4), numbers=(0,))
    paper.add_page()
    paper.bullets(each for each in ("un", "deux"))
    data, pages = paper.finish()
    assert data.startswith(b"%PDF") and pages == 2


def test_a_document_that_cannot_be_drawn_is_an_error(capfd):
    with pytest.raises(subprocess.CalledProcessError):
        draw_sheet("preau.kit.nothing", "Séance", NOW)
    assert "preau.kit.nothing" in capfd.readouterr().err


def test_the_letters_of_a_document_leave_the_disk_with_its_process():
    code = "from preau.kit.paper.figures import plain_font as made; path = made('Bold'); print(path, path.exists())"
    path, was_there = subprocess.check_output([sys.executable, "-c", code], text=True).split()
    assert was_there == "True" and not Path(path).parent.exists()
