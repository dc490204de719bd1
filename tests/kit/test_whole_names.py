"""A whole name in one cell is cut where that is sure, and nowhere else."""

import pytest

from preau.kit.tables.whole_names import cut_by_capitals, cut_surely


@pytest.mark.parametrize(
    "text, last, first",
    [
        ("TOUPIE Zoé", "TOUPIE", "Zoé"),
        ("Zoé TOUPIE", "TOUPIE", "Zoé"),
        ("CANARI DU LAC Lina Rose", "CANARI DU LAC", "Lina Rose"),
        ("Lina Rose CANARI DU LAC", "CANARI DU LAC", "Lina Rose"),
        ("de CANARI Lina", "de CANARI", "Lina"),
        ("Lina de la TOUR", "de la TOUR", "Lina"),
        ("D’AUBIER Jean-Luc", "D’AUBIER", "Jean-Luc"),
        ("ÉTÉ Éva", "ÉTÉ", "Éva"),
        ("Canari, Lina", "Canari", "Lina"),
        ("CANARI, LINA", "CANARI", "LINA"),
        ("Lina, CANARI", "CANARI", "Lina"),
    ],
)
def test_what_is_sure_is_cut(text, last, first):
    assert cut_surely(text) == (last, first)
    assert "," in text or cut_by_capitals(text) == (last, first)


@pytest.mark.parametrize(
    "text",
    [
        "Canari Lina", "CANARI LINA", "canari lina", "CANARI", "Lina", "", "CANARI Lina TOUPIE", "CANARI A. Lina",
        "Lina CANARI Rose", "CANARI lina", "CANARI de Lina", "Canari, ", ", Lina", "Canari, Lina, Rose",
        "CANARI dit Lina",
    ],
)  # fmt: skip
def test_what_is_not_sure_is_left(text):
    assert cut_surely(text) is None
