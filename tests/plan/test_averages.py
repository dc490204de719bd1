"""What a figure says is what it counts: the same schools above and below the bar, the others named."""

import datetime
import html
from fractions import Fraction

import pytest
from django.db.models.sql.compiler import SQLCompiler

from preau.kit.money import amount
from preau.places.models import School
from preau.plan.desk.views.boards import IN_SIGHT as IN_BOARD
from preau.plan.equipment import actions, queries
from preau.plan.equipment.models import Acceptance, Expense, Fact, Measure
from preau.plan.equipment.rules import schools_visible_to
from preau.plan.equipment.views.reading import IN_CITY, IN_SIGHT
from preau.plan.finance import actions as finance
from preau.plan.governance.queries.dossier import dossier_data
from preau.plan.rollouts.actions import remove_acceptance
from tests.plan.conftest import NOW, TODAY, situation
from tests.plan.governance.conftest import stage_of
from tests.texts import as_drawn

TOTAL = 167_700_000


@pytest.fixture
def city(plan):
    return plan.cities["marelle"]


def overview(city):
    return queries.overview_of(city, School.objects.filter(city=city), TODAY)


def rows(city):
    """{question: (figure, convention)} of the averages, the last of two conventions."""
    return {a.question: (a.figure, a.convention.replace("\u00a0", " ")) for a in overview(city).averages}


def paid_for(name):
    return sum(Expense.objects.standing().filter(school__name=name).values_list("amount_cents", flat=True))


def read(client, path):
    return html.unescape(as_drawn(client.get(path).text)).replace("\u00a0", " ")


def test_a_closed_school_leaves_the_averages_with_its_money_and_its_classes(plan, city):
    paid = paid_for("La Toupie")
    school = School.objects.get(name="La Toupie")
    actions.close_school(person=None, school=school, last_day=TODAY - datetime.timedelta(days=1), now=NOW)
    found = situation(city)
    (costed,) = found.costed
    assert (costed.cents, costed.schools, costed.classes) == (TOTAL - paid, 22, 153)
    assert costed.cents_per_class == Fraction(TOTAL - paid, 153)
    # What was paid stays paid: the total says that it holds closed schools.
    assert (found.paid.only, found.closed_paid_count) == (TOTAL, 1)


def test_an_equipped_school_without_a_known_cost_is_named_and_counts_for_no_zero(plan, client, city):
    paid = paid_for("Le Doudou")
    for expense in Expense.objects.standing().filter(school__name="Le Doudou"):
        finance.withdraw_expense(person=None, expense=expense, now=NOW)
    (costed,) = situation(city).costed
    assert (costed.cents, costed.schools, costed.classes) == (TOTAL - paid, 22, 156)
    page = read(plan.sign_in(client, "elected"), "/plan/")
    assert "1 école équipée n’a aucune dépense connue et n’entre dans aucun coût moyen" in page
    assert ">Le Doudou</a>" in page
    federation = read(plan.sign_in(client, "parents_federation"), "/plan/")
    assert "1 école équipée n’a aucune dépense connue" in federation and "Le Doudou" not in federation
    assert "inconnu" in read(plan.sign_in(client, "elected"), "/plan/ecoles/?ville=marelle")


def test_schools_paid_with_and_without_vat_are_averaged_apart_and_the_mixed_ones_named(plan, client, city):
    dinette, doudou = (School.objects.get(name=name) for name in ("La Dînette", "Le Doudou"))
    Expense.objects.filter(school=dinette).update(regime="ttc")
    finance.record_expense(
        person=None,
        school=doudou,
        fiscal_year=TODAY.year,
        amount_cents=100,
        regime="ht",
        source="x",
        quality="measured",
        now=NOW,
    )
    found = situation(city)
    assert [(c.regime, c.schools) for c in found.costed] == [("ttc", 1), ("unknown", 21)]
    assert [s.name for s in found.mixed] == ["Le Doudou"]
    told = rows(city)
    assert told["Coût par école équipée, TTC"][0] == amount(paid_for("La Dînette"))
    assert "plusieurs régimes" in read(plan.sign_in(client, "elected"), "/plan/")


def test_a_pace_divides_by_years_of_equipment_and_not_by_years_of_expense(plan, city):
    """An invoice paid late, or a renewal, does not slow down what was equipped."""
    before = situation(city).reach
    school = School.objects.get(name="La Toupie")
    finance.record_expense(
        person=None, school=school, fiscal_year=TODAY.year, amount_cents=100, source="x", quality="measured", now=NOW
    )
    found = situation(city)
    assert found.reach == before and found.reach.received.last == TODAY.year - 1
    assert found.investment.paid.last == TODAY.year
    told = rows(city)
    assert told["Écoles équipées par an"] == ("4,60", "5 intervalles d’une année à l’autre")
    assert told["Payé par an"][1] == "6 intervalles d’un exercice à l’autre"


def test_what_remains_counts_the_classes_that_remain(plan, city):
    """A school half received counts for the other half; one that does not say its classes, for a said mean."""
    remaining = overview(city).to_equip
    (costed,) = situation(city).costed
    counts = {s.name: s.classes_count - s.received_count for s in situation(city).remaining if s.classes_count}
    assert remaining.classes == sum(counts.values())
    untold = School.objects.filter(pk__in=[s.id for s in situation(city).remaining]).get(name="Le Pantin")
    begun = Acceptance.objects.filter(school__name="La Dînette").latest("id")
    remove_acceptance(person=None, acceptance=begun, reason="Erreur.", now=NOW)
    Fact.objects.filter(school=untold, measure=Measure.CLASSES).update(withdrawn_at=NOW)
    after, reach = overview(city).to_equip, situation(city).reach
    assert (after.classes, after.untold_schools) == (
        remaining.classes + 1 - counts["Le Pantin"],
        remaining.untold_schools + 1,
    )
    assert after.cents_at(costed, reach.classes_per_school) == costed.cents_per_class * (
        after.classes + after.untold_schools * reach.classes_per_school
    )
    (said,) = [line for question, (_, line) in rows(city).items() if question.startswith("Coût des")]
    assert f"{after.classes} classes qui restent et {after.untold_schools} école" in said
    assert "hypothèse : leur nombre est inconnu" in said


def test_the_dossier_says_whose_money_it_is_and_what_it_was_counted_on(plan, city):
    stage = stage_of(plan)
    session = stage.session("convened")
    acceptance = Acceptance.objects.filter(school__name="Le Doudou").first()
    remove_acceptance(person=None, acceptance=acceptance, reason="Erreur.", now=NOW)
    schools, classes, money = dossier_data(session, "members", NOW)["figures"]
    assert schools["origin"] == classes["origin"] == "compté sur les réceptions, fictif"
    assert money["value"].replace("\u00a0", " ") == "1 677 000 €"
    part = amount(TOTAL - paid_for("Le Doudou")).replace(",00", "")
    assert money["label"] == f"payés pour toutes les écoles de la Ville, dont {part} pour 22\u00a0écoles équipées"
    assert money["origin"] == "compté sur les dépenses enregistrées, fictif"


def test_the_quality_of_the_money_is_that_of_the_expenses(plan, city):
    Expense.objects.update(quality="declared")
    assert (overview(city).quality_label, overview(city).spent_quality_label) == ("fictif", "déclaré")


def test_an_inspector_compares_her_schools_with_her_schools(plan, client, city):
    """What is published counts the whole city: it is no gap of some of its schools."""
    for measure, value in (("schools", 45), ("equipped_schools", 40)):
        actions.record_fact(
            person=None,
            city=city,
            measure=measure,
            value=value,
            as_of=TODAY,
            source="Conseil",
            quality="declared",
            now=NOW,
        )
    hers = School.objects.filter(city=city, district=plan.people["ien"].mandates.get().district)
    part = queries.overview_of(city, hers, TODAY, is_part=True)
    assert part.gaps == () and part.schools_count == hers.count() < 45
    page = read(plan.sign_in(client, "ien"), "/plan/")
    assert "les écarts" not in page and f"sur {part.schools_count}" in page
    assert "les écarts" in read(plan.sign_in(client, "elected"), "/plan/")


def test_a_school_alone_stands_as_a_set_of_one_and_its_sql_is_kept(city, monkeypatch):
    """The story and the page of a school: the same situation, day after day, without Django writing a query."""
    schools, some = list(School.objects.filter(city=city)), set()
    for on in (TODAY, TODAY.replace(year=TODAY.year - 1, day=1)):
        for school in schools:
            alone = queries.situation_of_school(school, on)
            assert alone == queries.situation_of(School.objects.filter(pk=school.pk), on), (school, on)
            some |= {(bool(state.received_count), bool(state.paid)) for state in alone.schools}
    assert len(some) > 1, some
    monkeypatch.setattr(SQLCompiler, "as_sql", None)
    assert queries.situation_of_school(schools[-1], on) == alone


def test_schools_in_sight_stand_as_any_set_and_each_person_has_theirs(plan, city, monkeypatch):
    """The lists of schools and of where each is: for every actor what a query of theirs alone gives, all cities or one;
    its SQL is kept."""
    found, people = set(), list(plan.people.values())
    for person in people:
        visible = schools_visible_to(person, TODAY)
        everywhere, here = IN_SIGHT(person, TODAY), IN_CITY(person, TODAY, city.slug)
        assert everywhere == queries.situation_of(visible, TODAY), person
        assert here == queries.situation_of(visible.filter(city=city), TODAY) == IN_BOARD(person, TODAY, city.pk)
        found |= {len(everywhere.schools), len(here.schools)}
    assert len(found) > 2 and 0 in found, found
    monkeypatch.setattr(SQLCompiler, "as_sql", None)
    assert IN_SIGHT(people[-1], TODAY) == everywhere and IN_CITY(people[-1], TODAY, city.slug) == here
