"""A week's use taken away: the national columns, the command."""

import pytest
from django.core.management import CommandError, call_command

from preau.insight.usage import actions, tables
from preau.insight.usage.models import WeekUse
from preau.places.models import City, School
from tests.insight.weeks import LATER, fill_week


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
        "2026-11-16", "12", "3600",
    )  # fmt: skip
    assert by_uai["0860002B"]["utilisateurs_enseignant"] == "<5"
    assert tilleuls["utilisateurs_eleve"] == "0"


def test_a_name_that_a_spreadsheet_would_run_is_written_as_text(world):
    fill_week(world)
    actions.close_weeks(now=LATER)
    School.objects.filter(pk=world.schools["tilleuls"].pk).update(name=" =1+1")
    City.objects.update(name="@Marelle")
    told = tables.to_csv(WeekUse.objects.all(), "2026-W47").decode()
    assert ";' =1+1;" in told and ";'@Marelle;" in told and ";@" not in told


def test_a_week_not_closed_or_not_a_week_is_said(world):
    with pytest.raises(CommandError, match="n’est pas close"):
        call_command("usage", week="2026-W47")
    with pytest.raises(CommandError, match="n’est pas une semaine"):
        call_command("usage", week="la semaine dernière")
