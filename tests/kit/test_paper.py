"""A printed page: what belongs together stays together."""

import datetime

from preau.kit.paper import Paper


def test_a_box_never_stays_behind_its_label(monkeypatch):
    paper = Paper("Séance", datetime.datetime(2026, 9, 1, tzinfo=datetime.UTC))
    pages = {"rect": [], "cell": []}
    for name in pages:
        draw = getattr(Paper, name)

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
