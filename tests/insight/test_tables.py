"""A week's use taken away: the national columns, the cells, the command."""

import datetime

import pytest
import time_machine
from django.core.management import CommandError, call_command

from preau.insight.usage import actions, dnma, spool, tables
from preau.insight.usage.models import ClosedWeek, Profile, RawHit, WeekUse
from preau.places.models import City, School
from tests.insight.weeks import LATER, MONDAY, fill_week, line


@pytest.fixture(autouse=True)
def spool_root(settings, tmp_path):
    settings.SPOOL_ROOT = tmp_path / "spool"


def test_the_csv_has_the_national_names_and_the_hand_counted_numbers(world, capsys):
    fill_week(world)
    actions.close_weeks(now=LATER)
    call_command("usage", week="2026-W47", csv=True)
    head, *rows = capsys.readouterr().out.removeprefix("\ufeff").splitlines()
    names = head.split(";")
    assert names[:11] == list(tables.CONTEXT) and {"region", "ministere", "secteur"} < set(names[:11])
    assert {"visites_globales", "utilisateurs_eleve", "duree_parent", "visites_accueil"} <= set(names)
    by_uai = {row.split(";")[1]: dict(zip(names, row.split(";"), strict=True)) for row in rows}
    tilleuls = by_uai["0860001A"]
    assert (tilleuls["debutsemaine"], tilleuls["visites_globales"], tilleuls["duree_globales"]) == (
        "2026-11-16",
        "12",
        "3600",
    )
    assert by_uai["0860002B"]["utilisateurs_enseignant"] == "<5"
    assert tilleuls["utilisateurs_eleve"] == "0"


def test_a_name_that_a_spreadsheet_would_run_is_written_as_text(world):
    fill_week(world)
    actions.close_weeks(now=LATER)
    School.objects.filter(pk=world.schools["tilleuls"].pk).update(name=" =1+1", shown_name=" =1+1")
    City.objects.update(name="@Marelle")
    for write in (tables.to_csv, tables.to_cells_csv):
        told = write(WeekUse.objects.all(), "2026-W47").decode()
        assert ";' =1+1;" in told and ";'@Marelle" in told and ";@" not in told


def cells_of(text):
    """{(school, profile, service): (visits, users, seconds)} of the CSV of cells."""
    head, *rows = (row.split(";") for row in text.removeprefix("\ufeff").splitlines())
    assert head == list(tables.CELL)
    return {(row[2], row[4], row[5]): tuple(row[6:]) for row in rows}


def test_each_profile_crossed_with_each_service_is_a_line_and_the_small_ones_are_masked(world, client, capsys):
    fill_week(world)
    for number in range(6):
        spool.write(line(world.schools["tilleuls"], f"{number:032}", service="production_collaborative"), now=MONDAY)
        spool.write(line(world.schools["saules"], f"{number:031}t", profile="enseignant"), now=MONDAY)
    spool.write(line(world.schools["loin"]), now=MONDAY)
    actions.close_weeks(now=LATER)
    call_command("usage", week="2026-W47", cells=True)
    cells = cells_of(capsys.readouterr().out)
    tilleuls, saules, loin = (world.schools[name].name for name in ("tilleuls", "saules", "loin"))
    assert len(cells) == 3 * len(Profile) * len(dnma.labels())
    assert cells[tilleuls, "parents", "Production collaborative"] == ("6", "6", "0")
    assert cells[tilleuls, "parents", "Accueil"] == ("12", "6", "3600")
    assert cells[saules, Profile.TEACHER.label, "Accueil"] == ("7", "7", "0")
    few = ("<5", "<5", "<5")
    assert cells[loin, "parents", "Accueil"] == cells[loin, "parents", "Production collaborative"] == few  # one, nobody
    for actor, schools in (("city_education", {tilleuls, saules}), ("head", {tilleuls})):
        own = cells_of(world.sign_in(client, actor).get("/usages/detail.csv").content.decode())
        assert own == {key: cell for key, cell in cells.items() if key[0] in schools}, actor


def test_a_week_not_closed_or_not_a_week_is_said(world):
    with pytest.raises(CommandError, match="n’est pas close"):
        call_command("usage", week="2026-W47")
    with pytest.raises(CommandError, match="n’est pas une semaine"):
        call_command("usage", week="la semaine dernière")


@time_machine.travel(MONDAY + datetime.timedelta(hours=2), tick=False)
@pytest.mark.parametrize("week", ["2026-W47", "2026-W48", "2027-W01"])
def test_a_week_is_not_closed_before_its_end_unless_one_insists(world, capsys, week):
    fill_week(world)
    with pytest.raises(CommandError, match="n’est pas finie.*--force"):
        call_command("usage", week=week, close=True)
    assert not ClosedWeek.objects.exists() and RawHit.objects.count() == 26
    call_command("usage", week=week, close=True, force=True)
    assert ClosedWeek.objects.get().week == week


@time_machine.travel(MONDAY + datetime.timedelta(days=7), tick=False)
def test_a_week_that_is_over_is_closed_when_one_asks(world):
    fill_week(world)
    call_command("usage", week="2026-W47", close=True)
    assert ClosedWeek.objects.get().week == "2026-W47"
