"""« Importer mon tableau » is no way round a roll-out: the city's history is taken, what a roll-out receives is not."""

import datetime
from io import StringIO
from types import SimpleNamespace

from django.core.management import call_command
from django.urls import reverse

from preau.places.models import City, School
from preau.plan.equipment.models import Acceptance, Expense
from preau.plan.rollouts import actions as rollouts
from preau.plan.rollouts.actions import record_acceptance
from preau.plan.sheets.actions import plan as actions
from tests.plan.days import morning
from tests.plan.rollouts.conftest import NOW, TODAY, day, receive
from tests.plan.rollouts.test_by_hand import call
from tests.plan.test_imports import csv_of


def keep(city, *rows):
    rows = [(name, "", kind, when, count, "1 000", "TTC", "PV") for name, kind, when, count in rows]
    return actions.keep_draft(person=None, city=city, name="plan.csv", data=csv_of(rows), now=NOW)


def run(city, *rows):
    return actions.apply_draft(person=None, draft=keep(city, *rows), now=NOW)


def written(on):
    return f"{on:%d/%m/%Y}"


def test_a_school_with_a_roll_out_under_way_is_not_received_by_a_table(rollout):
    name = rollout.school.name
    applied = run(rollout.school.city, (name, "", written(day(10)), "2"))
    (problem,) = applied.comparison.problems
    assert applied.batch is None and not Acceptance.objects.exists() and not Expense.objects.exists()
    assert (problem.line, problem.column) == (2, "Classes équipées")
    assert problem.reason.startswith("un déploiement est en cours dans cette école depuis le ")
    assert problem.reason.endswith("Videz cette case pour prendre le reste de la ligne.")
    assert run(rollout.school.city, (name, "", written(day(10)), "")).batch  # the amount of that year is the city's
    assert run(rollout.school.city, (name, "", written(day(-1)), "2")).batch  # its history too
    assert Acceptance.objects.count() == 2


def test_a_year_alone_is_told_to_write_its_day(rollout):
    year = min(TODAY, datetime.date(day(0).year, 12, 31)).year
    (problem,) = run(rollout.school.city, (rollout.school.name, "", str(year), "2")).comparison.problems
    assert f"écrivez leur jour, comme 15/03/{year}. Sinon, videz cette case" in problem.reason


def test_a_year_whose_every_day_is_barred_asks_for_no_day(school, kit):
    call(school, morning(day(-800)))
    line = ("Le Quai", "primaire", str(day(-400).year), "2")
    (problem,) = run(school.city, line).comparison.problems
    assert problem.reason.endswith("s’écrit ici. Videz cette case pour prendre le reste de la ligne.")


def test_a_class_with_a_reserve_open_is_received_by_no_table(ready):
    city, name = ready.school.city, ready.school.name
    receive(ready, reserve="Classe 2")
    rollouts.abandon_rollout(person=None, rollout=ready, reason="École en travaux", now=NOW)
    (problem,) = run(city, (name, "", written(day(30)), "3")).comparison.problems
    assert problem.reason.startswith("une réserve reste à lever sur une classe de cette école")
    assert run(city, (name, "", written(day(-400)), "2")).batch
    found = set(Acceptance.objects.filter(accepted_on__lt=day(0)).values_list("label", flat=True))
    assert found == {"Classe 3", "Classe 4"}, "the class with its réserve is none of those received before"


def test_since_its_first_call_a_city_equips_no_school_by_a_table_but_those_it_had(school, kit):
    call(school, morning(day(10)))
    new, since, before = ("Le Quai", "primaire"), written(day(10)), written(day(9))
    (problem,) = run(school.city, (*new, since, "2")).comparison.problems
    assert "depuis le premier appel de la Ville" in problem.reason
    assert not School.objects.filter(name="Le Quai").exists(), "a line set aside adds no school"
    rows = [(school.name, "", since, "2"), (*new, since, "1"), (school.name, "", str(day(0).year - 3), "1")]
    applied = run(school.city, *rows)
    assert [p.line for p in applied.comparison.problems] == [3]
    assert [d.line.number for d in applied.comparison.changes] == [2, 4], "in the order of the table"
    assert Acceptance.objects.filter(school=school).count() == 3
    assert run(school.city, *rows).batch is None, "the same table again changes nothing"
    assert run(school.city, (*new, before, "2")).batch


def test_a_city_that_calls_and_knows_no_school_equips_none_by_a_table(school):
    new = City.objects.create(name="Neuve", slug="neuve", department=school.city.department)
    call(SimpleNamespace(city=new), morning(day(10)))
    (problem,) = run(new, ("Le Quai", "primaire", written(TODAY), "2")).comparison.problems
    assert "depuis le premier appel" in problem.reason and not new.schools.exists()


def test_what_changed_since_the_comparison_is_set_aside_when_it_is_applied(world, client, school, kit):
    draft = keep(school.city, (school.name, "", written(TODAY), "2"))
    seen = actions.compare_draft(draft=draft, now=NOW).fingerprint
    assert actions.compare_draft(draft=draft, now=NOW).changes
    way = rollouts.open_rollout(person=None, school=school, kit=kit, classes_count=2, now=NOW)
    world.sign_in(client, "city_it")
    page = client.post(reverse("sheets:import_application", args=[draft.pk]), {"seen": seen}, follow=True)
    text = page.content.decode()
    assert "Rien à appliquer" in text and "un déploiement est en cours dans cette école" in text
    assert not Acceptance.objects.exists()
    rollouts.abandon_rollout(person=None, rollout=way, reason="École en travaux", now=NOW)
    client.post(reverse("sheets:import_application", args=[draft.pk]), {"seen": seen})
    assert Acceptance.objects.count() == 2


def test_the_command_says_why_too(rollout, tmp_path):
    path = tmp_path / "plan.csv"
    path.write_bytes(csv_of([(rollout.school.name, "", "", written(day(10)), "2", "", "", "")]))
    out = StringIO()
    call_command("import_plan", str(path), city=rollout.school.city.slug, stdout=out)
    assert "à revoir, ligne 2, Classes équipées\u00a0: un déploiement est en cours" in out.getvalue()
    assert not Acceptance.objects.exists()


def test_a_line_that_says_what_preau_counts_already_is_not_set_aside(ready):
    record_acceptance(
        person=None, school=ready.school, label="Classe 1", kit=ready.kit, accepted_on=day(20), source="PV", now=NOW
    )
    applied = run(ready.school.city, (ready.school.name, "", written(day(20)), "1"))
    assert applied.comparison.problems == [] and applied.comparison.counts["acceptances"] == {"unchanged": 1}
