"""Is the school open? Each answer from given hours and the national calendar, never invented."""

import datetime
from zoneinfo import ZoneInfo

import pytest

from preau.ent.sites.models import SchoolSite
from preau.ent.sites.openings import opening_at, week_lines
from preau.places.queries import Calendar, break_on, holidays_of, next_breaks, zone_of

ZONE_A = Calendar("A")
PARIS = ZoneInfo("Europe/Paris")
TIME = datetime.time
HOURS = {
    "morning_from": TIME(8, 30), "morning_to": TIME(11, 45),
    "afternoon_from": TIME(13, 45), "afternoon_to": TIME(16, 5),
}  # fmt: skip
FOUR = SchoolSite(days="four", **HOURS)
HALF = SchoolSite(days="four_and_half", **HOURS)
N = "\u00a0"


def at(text):
    return datetime.datetime.fromisoformat(text).replace(tzinfo=PARIS)


@pytest.mark.parametrize(
    "site, moment, title, detail",
    [
        (FOUR, "2026-09-15T10:00", f"L’école est ouverte jusqu’à 16{N}h{N}05", "Demain mercredi, pas d’école."),
        (HALF, "2026-09-15T10:00", f"L’école est ouverte jusqu’à 16{N}h{N}05", ""),
        (HALF, "2026-09-16T10:00", f"L’école est ouverte jusqu’à 11{N}h{N}45", ""),
        (FOUR, "2026-09-15T07:00", f"L’école ouvre à 8{N}h{N}30", "Demain mercredi, pas d’école."),
        (FOUR, "2026-09-14T12:10", f"L’école reprend à 13{N}h{N}45", "Pause de midi."),
        (FOUR, "2026-09-14T16:05", "L’école est fermée", f"Elle ouvre demain à 8{N}h{N}30."),
        (FOUR, "2026-09-16T10:00", "L’école est fermée", f"Elle ouvre demain à 8{N}h{N}30."),
        (FOUR, "2026-09-18T18:00", "L’école est fermée", f"Elle ouvre lundi 21\u00a0septembre à 8{N}h{N}30."),
        (FOUR, "2026-12-21T10:00", "Vacances de Noël", f"Reprise le lundi 4\u00a0janvier à 8{N}h{N}30."),
        (None, "2026-12-21T10:00", "Vacances de Noël", "Reprise le lundi 4\u00a0janvier."),
        (FOUR, "2026-11-11T10:00", "L’école est fermée aujourd’hui", f"Jour férié{N}: Armistice 1918."),
        (FOUR, "2026-12-18T17:00", "L’école est fermée", f"Elle ouvre lundi 4\u00a0janvier à 8{N}h{N}30."),
        (HALF, "2026-11-10T10:00", f"L’école est ouverte jusqu’à 16{N}h{N}05",
         f"Demain mercredi, pas d’école{N}: Armistice 1918."),
    ],
)  # fmt: skip
def test_what_the_page_says(site, moment, title, detail):
    opening = opening_at(site, ZONE_A, at(moment))
    assert (opening.title, opening.detail) == (title, detail)


def test_unknown_hours_are_said_unknown():
    for site in (None, SchoolSite()):
        opening = opening_at(site, ZONE_A, at("2026-09-15T10:00"))
        assert not opening.is_known and "non publiés" in opening.detail and not opening.title


def test_without_a_calendar_no_day_is_called_open():
    for zone, moment in ((None, "2026-09-15T10:00"), ("A", "2031-09-15T10:00"), ("D", "2026-09-15T10:00")):
        opening = opening_at(FOUR, Calendar(zone), at(moment))
        assert not opening.is_known and "hors vacances" in opening.detail


def test_the_calendar_is_in_order_and_sourced():
    for zone in "ABC":
        rows = holidays_of(Calendar(zone))
        assert len(rows) == 18 and all(row.source and row.first <= row.last for row in rows)
        assert [row.first for row in rows] == sorted(row.first for row in rows)
    assert zone_of("Poitiers") == "A" and zone_of("Lointaine") is None
    winter = {zone: break_on(Calendar(zone), datetime.date(2027, 2, 15)) for zone in "ABC"}
    assert [str(row and row.first) for row in winter.values()] == ["2027-02-13", "None", "2027-02-06"]
    assert break_on(ZONE_A, datetime.date(2026, 12, 25)).label == "Vacances de Noël"
    labels = [row.label for row in next_breaks(ZONE_A, datetime.date(2026, 11, 25))]
    assert labels == ["Vacances de Noël", "Vacances d’hiver", "Lundi de Pâques", "Vacances de printemps"]


def test_the_week_in_words():
    assert week_lines(FOUR) == [
        ("lundi, mardi, jeudi et vendredi", f"8{N}h{N}30 – 11{N}h{N}45, puis 13{N}h{N}45 – 16{N}h{N}05")
    ]
    assert [days for days, _ in week_lines(HALF)][-1] == "mercredi"
