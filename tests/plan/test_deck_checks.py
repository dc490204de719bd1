"""The deck's figures as acceptance checks (plan.md, part d), each derived, none typed in the product."""

import datetime
import re
from fractions import Fraction

import pytest
from django.template.loader import render_to_string

from preau.demo.plan_world import build_poitiers
from preau.kit.money import decimal, euros, round_half_up
from preau.people.models import Mandate, Person, Role
from preau.places import actions as places
from preau.places.models import City, Department
from preau.plan.equipment import actions, queries
from preau.plan.equipment.models import Acceptance, Measure, Quality, Subscription
from preau.plan.inventory import actions as inventory
from preau.plan.loans import actions as loans
from preau.plan.loans.models import SharedKit
from preau.plan.rollouts.actions import remove_acceptance, restore_acceptance
from tests.commune import build_commune
from tests.plan.conftest import NOW, TODAY, situation
from tests.standing import settle, standing
from tests.texts import as_drawn


@pytest.fixture(scope="module")
def cities(django_db_setup, django_db_blocker):
    """The two demo cities, built by the demo's own builder: what visitors read is what the checks read."""
    with standing(django_db_blocker):
        agent = Person.objects.create(first_name="Agathe", last_name="Bureau")
        commune = make_city("Sainte-Marelle (fictive)", agent, slug="sainte-marelle", is_fictitious=True)
        poitiers = make_city("Poitiers", agent)
        agent = Person.objects.get()  # read again: mandates are remembered
        build_commune(city=commune, person=agent, now=NOW)
        build_poitiers(city=poitiers, person=agent, now=NOW)
        settle()
        yield agent, commune, poitiers


def make_city(name, person, **fields):
    vienne, _ = Department.objects.get_or_create(code="86", name="Vienne", academy="Poitiers")
    city = places.add_city(person=None, name=name, department=vienne, now=NOW, **fields)
    for role in (Role.CITY_EDUCATION, Role.CITY_IT):
        Mandate.objects.create(person=person, role=role, city=city, starts_on=TODAY - datetime.timedelta(days=9))
    return city


@pytest.fixture
def agent(cities, db):
    """The Direction Éducation and the IT of both."""
    return Person.objects.get(pk=cities[0].pk)


@pytest.fixture
def commune(cities, db) -> City:
    return City.objects.get(pk=cities[1].pk)


@pytest.fixture
def poitiers(cities, db) -> City:
    return City.objects.get(pk=cities[2].pk)


def cents(value):
    """An exact amount as the screens show it, two decimals."""
    return euros(int(round_half_up(Fraction(value))), 2).replace("\u00a0", " ")


def deck(city):
    return queries.published_investment(queries.published_facts(city, TODAY))


def investments(commune, poitiers):
    """The same arithmetic reads the acceptances of one city and the published totals of the other."""
    return situation(commune).investment, deck(poitiers)


def reaches(commune, poitiers):
    published = queries.published_facts(poitiers, TODAY)
    return situation(commune).reach, queries.published_reach(published)


def part(city, name):
    """A part of the city's page, as it is read there."""
    overview = queries.overview_of_city(queries.marked(City.objects.filter(pk=city.pk)).get(), TODAY)
    page = render_to_string(f"equipment/{name}.html", {"overview": overview})
    return as_drawn(page).replace("\u00a0", " ").replace("&nbsp;", " ")


def averages(city):
    """[(question, calculation, convention)] of the table."""
    page = part(city, "_averages")
    return re.findall(r"<tr><th[^>]*>(.*?)</th><td[^>]*>(.*?)</td><td[^>]*>(.*?)</td></tr>", page)


@pytest.mark.long
def test_ac_01_45_schools_23_fully_equipped(commune, poitiers):
    derived = situation(commune)
    assert (len(derived.schools), len(derived.equipped), len(derived.remaining)) == (45, 23, 22)
    assert decimal(derived.share_equipped * 100) == "51,1"
    facts = queries.published_facts(poitiers, TODAY)
    assert (facts[Measure.SCHOOLS].value, facts[Measure.EQUIPPED_SCHOOLS].value) == (45, 23)
    assert facts[Measure.SCHOOLS].as_of.year == 2018
    assert Measure.SCHOOLS.label == "écoles maternelles et élémentaires publiques"
    assert facts[Measure.SCHOOLS].quality == Quality.DECK


def test_ac_02_split_5_and_18_sums_or_raises(commune, agent, poitiers):
    derived = situation(commune)
    assert (derived.equipped_nurseries, derived.equipped_elementaries) == (5, 18)
    values = {
        Measure.EQUIPPED_SCHOOLS: 23, Measure.EQUIPPED_NURSERIES: 6, Measure.EQUIPPED_ELEMENTARIES: 18
    }  # fmt: skip
    before = poitiers.facts.count()
    with pytest.raises(queries.SplitMismatch, match="24, et le total dit 23"):
        actions.record_facts(
            person=agent, city=poitiers, values=values, as_of=TODAY, source="x", quality=Quality.DECLARED, now=NOW
        )
    assert poitiers.facts.count() == before


def test_ac_03_161_classes_mean_exactly_7(commune, poitiers):
    assert situation(commune).classes == 161
    for reach in reaches(commune, poitiers):
        assert (reach.classes, reach.schools) == (161, 23)
        assert reach.classes_per_school == 7
        assert decimal(reach.classes_per_school, 2) == "7,00"


def test_ac_04_1677000_euros_per_school_and_per_class(commune, poitiers):
    for investment in investments(commune, poitiers):
        assert cents(investment.total.only) == "1 677 000,00 €"
        assert cents(investment.only.cents_per_school) == "72 913,04 €"
        assert cents(investment.only.cents_per_class) == "10 416,15 €"
    for what, figure in (("école", "72 913,04 €"), ("classe", "10 416,15 €")):
        row = (f"Coût par {what} équipée", figure, "moyenne, aucune ventilation publiée")
        assert row in averages(poitiers)
        # each class says its own part
        assert (*row[:2], "moyenne, 1 677 000 € pour 23 écoles, 161 classes") in averages(commune)


def test_ac_04_an_average_names_the_sum_it_divides(commune, agent):
    """Once a school is no more equipped the sum spent is not what its average divides: both are said."""
    whole = part(commune, "_three_figures")
    assert "soit 72 913 € par école équipée" in whole and " dont " not in whole
    gone = next(s for s in situation(commune).equipped if s.name == "Le Doudou")
    acceptance = Acceptance.objects.standing().filter(school=gone.id).first()
    remove_acceptance(person=agent, acceptance=acceptance, reason="Comptée deux fois.", now=NOW)
    after = situation(commune).investment
    assert after.total.only == 167700000 and after.only.cents == 167700000 - gone.paid.only
    told = f"dont {euros(after.only.cents, 0)} pour 22 écoles équipées, soit ".replace("\u00a0", " ")
    assert told in part(commune, "_three_figures")
    row = next(row for row in averages(commune) if row[0] == "Coût par école équipée")
    assert row[2] == f"moyenne, {euros(after.only.cents, 0)} pour 22 écoles, 156 classes".replace("\u00a0", " ")


def test_ac_05_regime_not_said_both_readings(commune, poitiers):
    for investment in investments(commune, poitiers):
        assert not investment.regime_is_known
        assert cents(investment.ht_if_ttc) == "1 397 500,00 €"
        assert cents(investment.vat_if_ttc) == "279 500,00 €"
        assert cents(investment.ttc_if_ht) == "2 012 400,00 €"
    for city in (commune, poitiers):
        assert "Régime fiscal non précisé : HT ou TTC, la source ne le dit pas." in part(city, "_three_figures")


def test_ac_06_two_conventions_for_a_year(commune, poitiers):
    for investment, reach in zip(investments(commune, poitiers), reaches(commune, poitiers), strict=True):
        assert investment.paid == reach.received
        assert (reach.received.both_ends, reach.received.intervals) == (6, 5)
        assert cents(investment.paid_a_year(6).only) == "279 500,00 €"
        assert decimal(reach.schools_a_year(6), 2) == "3,83"
        assert cents(investment.paid_a_year(5).only) == "335 400,00 €"
        assert decimal(reach.schools_a_year(5), 2) == "4,60"
    for city, years in ((commune, situation(commune).reach.received), (poitiers, deck(poitiers).paid)):
        told, span = averages(city), f"({years.first} à {years.last}), bornes comprises"
        both = f"6 exercices {span}"
        assert {
            ("Payé par an", "279 500,00 €", both),
            ("Payé par an", "335 400,00 €", "5 intervalles d’un exercice à l’autre"),
            ("Écoles équipées par an", "3,83", f"6 années d’équipement {span}"),
            ("Écoles équipées par an", "4,60", "5 intervalles d’une année à l’autre"),
        } <= set(told)
        # The trap: a sixth of the total is also its VAT. One figure, two labels.
        same = {
            (question, convention) for question, figure, convention in told if "279 500,00 €" in figure + convention
        }
        assert same == {("Payé par an", both), ("Si le total est TTC", "dont TVA à 20 % : 279 500,00 €")}


def test_ac_07_what_remains_on_a_straight_line(commune, poitiers):
    remaining = len(situation(commune).remaining)
    assert remaining == 22
    for reach in reaches(commune, poitiers):
        assert decimal(reach.years_for(remaining, reach.received.both_ends)) == "5,7"
        assert decimal(reach.years_for(remaining, reach.received.intervals)) == "4,8"
    said = "22 écoles à 7,00 classes, hypothèse : leur nombre est inconnu, extrapolation linéaire, hors inflation"
    assert ("Coût des 22 restantes", "1 604 086,96 €", said) in averages(poitiers)
    # Here their classes are known: they are counted, and no mean stands for them.
    classes = sum(s.classes_count - s.received_count for s in situation(commune).remaining)
    (row,) = [row for row in averages(commune) if row[0] == "Coût des 22 restantes"]
    assert row[1] == cents(classes * Fraction(167700000, 161))
    assert row[2] == f"{classes} classes qui restent, extrapolation linéaire, hors inflation"
    for city in (commune, poitiers):
        told = averages(city)
        for left, convention in (("5,7", "6 années d’équipement"), ("4,8", "5 intervalles d’une année")):
            (found,) = [row for row in told if row[:2] == ("Années pour les 22 restantes", left)]
            assert found[2].startswith(f"à ce rythme, {convention}")


@pytest.fixture
def laboratory(poitiers):
    return queries.laboratory_of(poitiers, queries.published_facts(poitiers, TODAY), TODAY)


def test_ac_09_subscription_computed(laboratory, poitiers):
    check = laboratory.check
    assert (check.pupils, check.schools) == (750, 4)
    assert cents(check.ht_cents) == "1 500,00 €"
    assert cents(check.vat_cents) == "300,00 €"
    assert cents(check.ttc_cents) == "1 800,00 €"
    assert cents(check.ttc_cents_per_pupil) == "2,40 €"
    assert "2,40 € TTC par élève" in part(poitiers, "_price")


def test_ac_10_published_beside_computed_with_the_gap(laboratory):
    check = laboratory.check
    assert cents(check.published_ttc_cents) == "2 000,00 €"
    assert cents(check.gap_cents) == "200,00 €"
    assert decimal(check.gap_share_of_computed * 100) == "11,1"
    assert decimal(check.gap_share_of_published * 100) == "10,0"
    assert cents(check.published_ht_cents) == "1 666,67 €"
    assert check.pupils_at_published == 833
    assert cents(check.unit_ht_cents_at_published) == "2,22 €"


def test_ac_11_one_headcount_no_split(laboratory, poitiers):
    assert decimal(laboratory.check.pupils_per_school) == "187,5"
    assert not poitiers.facts.exclude(school=None).filter(measure=Measure.PILOT_PUPILS).exists()
    assert "187,5 élèves par école en moyenne : effectif global, non ventilé" in part(poitiers, "_price")


def test_ac_12_six_schools_two_payers(laboratory, poitiers):
    by_state, by_city = (laboratory.paid_by(payer) for payer in (Subscription.Payer.STATE, Subscription.Payer.CITY))
    assert sorted(s.school.name for s in by_state) == ["Jean Mermoz", "Montmidi"]
    assert {(s.starts_on.year, s.years_count) for s in by_state} == {(2017, 3)}
    assert sorted(s.school.name for s in by_city) == [
        "Alphonse Bouloux",
        "Georges Brassens",
        "Pablo Neruda",
        "Saint-Exupéry",
    ]
    assert len(laboratory.subscriptions) == 6
    page = part(poitiers, "_laboratory")
    assert page.count("non chiffré") == page.count("durée déduite de la mise en page") == len(by_state)


def test_ac_15_161_of_each_as_an_upper_bound(poitiers, commune):
    (row,) = [row for row in averages(poitiers) if row[0] == "Tableaux, vidéoprojecteurs, postes"]
    assert row[1] == "161 de chaque au plus"
    assert row[2] == "un de chaque par classe ; la configuration des maternelles n’est pas détaillée"
    # Elsewhere the inventory counts what is there.
    assert "Tableaux, vidéoprojecteurs, postes" not in {question for question, _, _ in averages(commune)}


def test_ac_19_shared_kits_and_extra_carts_enter_no_average(commune):
    """Two cases of connected objects, a cart for ULIS, one for hearing loss: the deck does not say what they cost."""
    before = situation(commune).investment
    objects, carts = SharedKit.Kind.CONNECTED_OBJECTS, (SharedKit.Kind.ULIS, SharedKit.Kind.HEARING)
    for kind, name in ((objects, "Bleue"), (objects, "Verte"), *((kind, kind.label) for kind in carts)):
        loans.add_kit(person=None, city=commune, kind=kind, name=name, parts=[("robots", 6)], now=NOW)
    inventory.receive_assets(
        person=None,
        city=commune,
        school=None,
        delivery_ref="BL 1",
        now=NOW,
        items=[inventory.Delivered("cart", "Chariot ULIS", funding="city", price_cents=500_000)],
    )
    assert situation(commune).investment == before
    assert commune.shared_kits.filter(kind=objects).count() == 2


def test_ac_30_one_acceptance_less_makes_22_at_once(commune, agent):
    equipped = situation(commune).equipped
    opened = Acceptance.objects.standing().filter(school__in=[s.id for s in equipped])
    assert queries.classes_received(opened, TODAY).count() == 161
    acceptance = opened.get(school__name="Le Doudou", label="Classe 3")
    remove_acceptance(person=agent, acceptance=acceptance, reason="Comptée deux fois.", now=NOW)
    after = situation(commune)
    assert (len(after.equipped), after.classes, after.equipped_nurseries) == (22, 160, 4)
    assert after.paid.only == 167700000
    restore_acceptance(person=agent, acceptance=acceptance, now=NOW)
    assert (len(situation(commune).equipped), situation(commune).classes) == (23, 161)


def test_no_equipment_is_given_to_a_real_school(poitiers):
    derived = situation(poitiers)
    assert len(derived.schools) == 44
    assert not derived.has_acceptances and derived.investment is None
