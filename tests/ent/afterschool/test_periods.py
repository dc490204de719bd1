"""Several lines of one child in one service of the city's file: as many periods, or a sentence that names the line."""

import datetime

import pytest
from django.utils.timezone import now

from preau.ent.afterschool import actions
from preau.ent.afterschool.models import ServiceLine
from preau.kit.answers import Conflict
from preau.schools.models import ActivityEnrolment
from tests.ent.afterschool.services import apply, bring, line_of, plan, url
from tests.world import BEFORE, TODAY

ONE = datetime.timedelta(days=1)
MONTH = 30 * ONE
TWO = (("lundi", TODAY - MONTH, TODAY + ONE), ("mardi", TODAY + 2 * ONE, None))


def dated(world, days, start, end, name="child_lina"):
    said = ";".join(f"{day:%d/%m/%Y}" if day else "" for day in (start, end))
    return line_of(world, name, days=days).replace(";;;", f";{said};", 1)


def kept(world, name="child_lina"):
    rows = ActivityEnrolment.objects.filter(child=world.people[name]).order_by("starts_on")
    return [(row.days, row.starts_on, row.ends_on) for row in rows]


def test_two_lines_are_two_periods_and_the_file_given_again_changes_nothing(world):
    week = ("1", TODAY - MONTH, TODAY + ONE), ("2", TODAY + 2 * ONE, None)
    lines = [dated(world, *period) for period in reversed(TWO)]
    file = apply(world, *lines)
    assert kept(world) == list(week) and file.problems == []
    assert plan(bring(world, *lines)).writes == []
    apply(world, dated(world, "jeudi", TODAY - MONTH, TODAY), dated(world, "mardi", TODAY + 2 * ONE, None))
    assert kept(world) == [("4", TODAY - MONTH, TODAY), week[1]]
    newest = apply(world, *lines)
    actions.undo_services(file=newest, person=world.people["city_education"], now=now())
    assert kept(world) == [("4", TODAY - MONTH, TODAY), week[1]]


def test_of_two_periods_without_an_end_the_second_ends_the_first_on_its_eve(world):
    for name, start in (("child_adam", BEFORE), ("child_lina", TODAY)):  # the one known before, the other not
        apply(world, line_of(world, name, days="lundi"), dated(world, "mardi", TODAY + MONTH, None, name))
        assert kept(world, name) == [("1", start, TODAY + MONTH - ONE), ("2", TODAY + MONTH, None)]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ((TODAY, TODAY + MONTH), (TODAY + ONE, None)),
        ((TODAY, None), (TODAY + ONE, TODAY + MONTH)),  # what holds after the second is not said
        ((TODAY, None), (None, None)),
    ],
)
def test_a_period_over_another_is_refused_by_its_line_and_nothing_else_is(world, client, first, second):
    lines = dated(world, "lundi", *first), dated(world, "mardi", *second), line_of(world, "child_adam", days="jeudi")
    file = bring(world, *lines)
    city = world.sign_in(client, "city_education")
    page = city.get(url("file_detail", file)).text
    assert "chevauche celle de la ligne 2" in page and "<b>Ligne 3, Du</b>" in page
    assert page.count("non reprise, à revoir") == 1
    actions.apply_services(file=file, seen=None, person=world.people["city_education"], now=now())
    assert kept(world) == [("1", *first)] and kept(world, "child_adam")[0][0] == "4"
    assert "chevauche celle de la ligne 2" in city.get(url("file_detail", file)).text, "still said once applied"


@pytest.mark.parametrize("born", ["", "04/03/2018"])
def test_the_head_who_matches_a_child_of_two_periods_loses_none(world, born):
    def line(days, start, end):
        return dated(world, days, start, end).replace("Canari", "Perdue").replace(";;É", f";{born};É", 1)

    file = apply(world, *(line(*period) for period in TWO), line("jeudi", TODAY, TODAY + 5 * ONE))
    said = {"child": world.people["child_lina"], "person": world.people["head"], "now": now()}
    first, second, over = file.lines.order_by("number")
    for each in (first, second):
        if not ServiceLine.objects.get(pk=each.pk).child_id:
            actions.match_line(line=each, **said)
    assert kept(world) == [("1", *TWO[0][1:]), ("2", *TWO[1][1:])]
    with pytest.raises(Conflict, match="Ligne 4 .* chevauche celle de la ligne 2"):
        actions.match_line(line=over, **said)
