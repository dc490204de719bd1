"""What a kit asks (plan.md, part d): AC-15 to AC-17, AC-19, and a crèche that refuses Wi-Fi."""

import datetime

import pytest
from django.db import IntegrityError, transaction

from preau.kit.answers import Conflict
from preau.kit.money import decimal
from preau.places.models import School
from preau.plan.equipment import actions, queries
from preau.plan.equipment.models import KitLine, SiteKind, StandardKit
from preau.plan.premises import queries as premises
from tests.plan.conftest import NOW, TODAY


@pytest.fixture
def kit(world):
    """The deck's kit of an elementary school."""
    return publish(world, "elementary", actions.deck_lines(school_kind="elementary"))


def publish(world, kind, lines):
    return actions.publish_kit_version(
        person=None,
        city=world.cities["marelle"],
        school_kind=kind,
        lines=lines,
        published_on=TODAY,
        source="essai",
        now=NOW,
    )


def needs(kit, classes=7, floors=2, pupils=None, options=()):
    return queries.needs_of(kit.lines.all(), classes=classes, floors=floors, pupils=pupils, options=options)


def asked(found, kind, **facts):
    return [(n.least, n.most) for n in found if n.kind == kind and all(getattr(n, k) == v for k, v in facts.items())]


def test_ac_15_one_board_projector_and_pc_for_each_class(kit):
    for kind in ("board", "projector", "pc"):
        assert asked(needs(kit), kind) == [(7, 7)]
        assert asked(needs(kit, classes=161), kind) == [(161, 161)]


def test_ac_15_the_nursery_has_its_own_configuration(world):
    nursery = publish(world, "nursery", actions.deck_lines(school_kind="nursery"))
    assert asked(needs(nursery), "projector") == [] and asked(needs(nursery), "terminal") == [(7, 7)]


def test_ac_16_one_or_two_carts_a_floor(kit):
    found = needs(kit, floors=2)
    assert asked(found, "cart") == [(2, 4)]
    tally = queries.tally_of([need for need in found if need.kind == "cart"])
    assert tally.pupil_terminals == (14, 28)
    assert tally.computers == (16, 32)
    assert tally.access_points == (2, 4)


def test_a_cart_holds_what_its_city_wrote_and_nothing_is_counted_of_one_that_does_not_say(world):
    cart = {"item": "Chariot", "kind": "cart", "is_wifi": True, "rule": "per_floor"}
    twelve = publish(world, "elementary", [cart | {"terminals_each": 12}])
    assert queries.tally_of(needs(twelve)).computers == (26, 26)
    silent = queries.tally_of(needs(publish(world, "elementary", [cart])))
    assert (silent.computers, silent.pupil_terminals, silent.carts) == (None, None, (2, 2))
    uncounted = queries.tally_of(needs(twelve, floors=None))  # nobody knows how many floors it has
    assert (uncounted.computers, uncounted.computers_per_hundred(168)) == (None, None)


def test_ac_17_density_at_the_least_the_kit_asks(kit):
    tally = queries.tally_of(needs(kit, classes=7, floors=2))
    assert tally.computers[0] == 7 + 14 + 2
    assert decimal(tally.computers_per_hundred(7 * 24)) == "13,7"
    assert decimal(tally.displays_per_thousand(7 * 24)) == "41,7"


def test_ac_17_beside_what_the_country_had():
    mark = premises.benchmark_of(School(kind="elementary"))
    assert (decimal(mark.computers_per_hundred), decimal(mark.displays_per_thousand)) == ("14,4", "31,9")
    assert "2018-2019" in mark.source and premises.benchmark_of(School(kind="nursery")) is None


def test_ac_19_extras_are_asked_of_the_schools_concerned_only(kit):
    assert asked(needs(kit), "cart", option="ulis") == []
    found = needs(kit, options={"ulis"})
    assert asked(found, "cart", option="ulis") == [(1, 1)] and asked(found, "cart", option="hearing") == []
    assert [need.is_extra for need in found if need.option == "ulis"] == [True]


def test_ac_19_extras_never_enter_what_makes_a_class_equipped(kit):
    """Averages of equipped schools count classes received: an extra line is never one of a class."""
    assert not kit.lines.filter(rule="per_class").exclude(option="always").exists()
    with pytest.raises(IntegrityError), transaction.atomic():
        KitLine.objects.create(kit=kit, position=90, item="x", rule="per_class", option="ulis")


@pytest.mark.parametrize("line, unknown", [
    ({"rule": "per_class"}, "classes"), ({"rule": "per_floor"}, "étages"),
    ({"rule": "per_n_pupils", "pupils_per_group": 8}, "élèves"),
])  # fmt: skip
def test_what_is_not_known_is_said(world, line, unknown):
    kit = publish(world, "elementary", [{"item": "x", **line}])
    (need,) = needs(kit, classes=None, floors=None)
    assert need.least is None and unknown in need.unknown


def test_a_group_begun_counts_whole(world):
    kit = publish(world, "elementary", [{"item": "x", "rule": "per_n_pupils", "pupils_per_group": 8}])
    assert [(n.least, n.most) for n in needs(kit, pupils=17)] == [(3, 3)]


def test_a_creche_refuses_wifi_and_a_nursery_school_does_not(world):
    wifi = [{"item": "Borne", "kind": "access_point", "is_wifi": True, "rule": "per_school"}]
    with pytest.raises(Conflict, match="crèche ne reçoit aucun élément en Wi-Fi"):
        publish(world, SiteKind.CRECHE, wifi)
    assert not StandardKit.objects.filter(school_kind=SiteKind.CRECHE).exists()
    assert publish(world, SiteKind.CRECHE, [{"item": "Poste", "kind": "pc", "rule": "per_school"}]).refuses_wifi
    assert not publish(world, "nursery", wifi).refuses_wifi


def test_an_access_point_cannot_be_told_without_wifi(kit):
    with pytest.raises(IntegrityError), transaction.atomic():
        KitLine.objects.create(kit=kit, position=91, item="Borne", kind="access_point", rule="per_school")


def test_the_page_publishes_a_kit_and_refuses_wifi_in_a_creche(world, client):
    world.sign_in(client, "city_education")
    lines = {"form-TOTAL_FORMS": "1", "form-INITIAL_FORMS": "0", "form-0-item": "Classe mobile", "form-0-kind": "cart",
             "form-0-rule": "per_floor", "form-0-quantity_min": "1", "form-0-quantity_max": "2",
             "form-0-option": "always"}  # fmt: skip
    silent = client.post("/plan/equipement-type/nursery/publication/", {**lines, "school_kind": "nursery"})
    assert silent.status_code == 422 and "écrivez combien d’élèves y ont un poste" in silent.text
    lines["form-0-terminals_each"] = "12"
    head = {"published_on": str(TODAY - datetime.timedelta(days=1)), "source": "essai"}
    refused = client.post("/plan/equipement-type/creche/publication/", {**lines, **head, "school_kind": "creche"})
    assert refused.status_code == 422 and "loi du 9 février 2015" in refused.content.decode()
    kept = client.post("/plan/equipement-type/nursery/publication/", {**lines, **head, "school_kind": "nursery"})
    assert kept.status_code == 302
    line = KitLine.objects.get(kit__school_kind="nursery")
    assert (line.kind, line.is_wifi, line.quantity_max, line.terminals_each) == ("cart", True, 2, 12)
    assert client.get("/plan/equipement-type/lycee/publication/").status_code == 404
