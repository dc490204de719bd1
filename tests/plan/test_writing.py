"""The city writes its plan by its pages: each act shows at once, each wrong answer is said and changes nothing."""

import datetime
import re
from importlib import import_module

import pytest
from django.apps import apps
from django.core.management import CommandError
from django.db import IntegrityError, transaction
from django.urls import reverse

from preau.journal.models import Entry
from preau.kit.answers import Conflict
from preau.people.models import Person
from preau.places.models import City, School
from preau.plan.equipment.models import Acceptance, Fact, StandardKit
from preau.plan.rollouts.actions import record_acceptance
from tests.plan.conftest import NOW, TODAY
from tests.plan.upgrades import unchecked

NAMED = import_module("preau.plan.equipment.migrations.0007_acceptances_named")
GIVEN = {"label": "Classe 1", "accepted_on": str(TODAY), "source": "PV 1", "quality": "measured"}


@pytest.fixture
def city_it(plan, client):
    plan.sign_in(client, "city_it")
    return client


def kit_of(school):
    return StandardKit.objects.filter(city=school.city, school_kind=school.kind).order_by("-version").first()


def test_a_class_is_received_once(city_it):
    school = School.objects.get(name="Cache-Cache")
    address = reverse("rollouts:acceptance_create", args=[school.id])
    assert city_it.get(address).status_code == 200
    assert city_it.post(address, {**GIVEN, "kit": kit_of(school).id}).status_code == 302
    assert Entry.objects.filter(verb="acceptance_recorded", object_id=school.acceptances.get().id).exists()
    again = city_it.post(address, {**GIVEN, "kit": kit_of(school).id, "label": "CLASSE  1"})
    assert again.status_code == 422 and "déjà reçue" in again.content.decode()
    assert school.acceptances.count() == 1


@pytest.mark.parametrize(
    "wrong", [{"accepted_on": str(TODAY + datetime.timedelta(days=1))}, {"label": ""}, {"quality": "deck"}, {"kit": ""}]
)
def test_a_wrong_reception_changes_nothing(city_it, wrong):
    school = School.objects.get(name="Cache-Cache")
    given = {**GIVEN, "kit": kit_of(school).id, **wrong}
    response = city_it.post(reverse("rollouts:acceptance_create", args=[school.id]), given)
    assert response.status_code == 422 and not school.acceptances.exists()


@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        ({"accepted_on": TODAY + datetime.timedelta(days=1)}, "pas encore passée"),
        ({"label": " "}, "classe ou la source"), ({"source": ""}, "classe ou la source"),
        ({"quality": "deck"}, "ne s’écrit pas à la main"), ({"quality": "fictitious"}, "ne s’écrit pas à la main"),
        ({"kit": "of another kind"}, "n’est pas celui de"), ({"kit": "to come"}, "n’est pas celui de"),
        ({"kit": "of elsewhere"}, "n’est pas celui de"),
    ],
)  # fmt: skip
def test_the_act_itself_refuses_a_wrong_reception(city_it, plan, wrong, why):
    """By any road: the page only offers and shows."""
    school = School.objects.get(name="Cache-Cache")
    City.objects.filter(pk=school.city_id).update(is_fictitious=False)
    kit = kit_of(school)
    if wrong.get("kit"):
        change = {
            "of another kind": {"school_kind": "creche"},
            "of elsewhere": {"city": plan.cities["ailleurs"]},
            "to come": {"published_on": TODAY + datetime.timedelta(days=1)},
        }[wrong["kit"]]
        StandardKit.objects.filter(pk=kit.pk).update(**change)
    given = {**GIVEN, "accepted_on": TODAY, **wrong, "kit": StandardKit.objects.get(pk=kit.pk)}
    school, person = School.objects.get(pk=school.pk), Person.objects.get(pk=plan.people["city_it"].pk)
    with pytest.raises(Conflict, match=why):
        record_acceptance(person=person, school=school, now=NOW, **given)
    assert not school.acceptances.exists()


@pytest.mark.parametrize("blank", ["label", "source"])
def test_the_base_refuses_a_reception_that_names_no_class_or_no_source(city_it, blank):
    acceptances = Acceptance.objects.filter(pk=Acceptance.objects.first().pk)
    with pytest.raises(IntegrityError, match="acceptance_names_its_class"), transaction.atomic():
        acceptances.update(**{blank: ""})
    NAMED.refuse_unnamed(apps, None)
    with unchecked("equipment_acceptance", "acceptance_names_its_class_and_its_source"):
        acceptances.update(**{blank: ""})
    with pytest.raises(CommandError, match=f"{acceptances.get().school.name}.*{acceptances.get().pk}"):
        NAMED.refuse_unnamed(apps, None)


def test_another_city_s_kit_is_not_offered(city_it, plan):
    school = School.objects.get(name="Cache-Cache")
    kit = kit_of(school)
    StandardKit.objects.filter(pk=kit.pk).update(city=plan.cities["ailleurs"])
    response = city_it.post(reverse("rollouts:acceptance_create", args=[school.id]), {**GIVEN, "kit": kit.id})
    assert response.status_code == 422 and not school.acceptances.exists()


def test_a_reception_is_removed_and_put_back_by_its_page(city_it):
    acceptance = Acceptance.objects.get(school__name="Le Doudou", label="Classe 1")
    silent = city_it.post(reverse("rollouts:acceptance_removal", args=[acceptance.id]), {"reason": " "})
    assert silent.status_code == 422 and Acceptance.objects.standing().count() == 169
    for name, standing in (("acceptance_removal", 168), ("acceptance_restoral", 169)):
        city_it.post(reverse(f"rollouts:{name}", args=[acceptance.id]), {"reason": "Comptée deux fois"})
        assert Acceptance.objects.standing().count() == standing
        page = city_it.get(reverse("rollouts:acceptance_detail", args=[acceptance.id])).text
        assert ("Comptée deux fois" in page) is (standing == 168)
        assert ("Part du coût" in page) is (standing == 169)  # what counts no more has no part
    assert list(Entry.objects.filter(object_id=acceptance.id).order_by("id").values_list("verb", flat=True)) == [
        "acceptance_recorded",
        "acceptance_removed",
        "acceptance_restored",
    ]


def test_a_school_closes_and_the_closing_is_undone(city_it):
    school = School.objects.get(name="Cache-Cache")
    city_it.post(reverse("equipment:school_closing", args=[school.id]), {"last_day": "2026-07-03"})
    school.refresh_from_db()
    assert str(school.closed_on) == "2026-07-03"
    page = city_it.get(reverse("equipment:school_detail", args=[school.id])).content.decode()
    assert "Fermée depuis le 3\u00a0juillet 2026" in page
    twice = city_it.post(reverse("equipment:school_closing", args=[school.id]), {"last_day": "2026-07-04"})
    assert twice.status_code == 422
    city_it.post(reverse("equipment:school_reopening", args=[school.id]))
    school.refresh_from_db()
    assert school.closed_on is None


def test_a_kit_gets_a_new_version_and_the_old_one_stays(city_it):
    address = reverse("equipment:kit_publication", args=["nursery"])
    lines = {"form-TOTAL_FORMS": "2", "form-INITIAL_FORMS": "0"}
    for n, item in enumerate(["Tablettes", ""]):
        lines |= {f"form-{n}-item": item, f"form-{n}-rule": "per_class"}
        lines |= {f"form-{n}-quantity_min": "2", f"form-{n}-quantity_max": "4"}
    head = {"school_kind": "nursery", "published_on": str(TODAY), "source": "Préconisations"}
    assert city_it.post(address, {**head, **lines}).status_code == 302
    versions = StandardKit.objects.filter(school_kind="nursery").order_by("version")
    assert [kit.version for kit in versions] == [1, 2] and versions[0].lines.count() == 5
    assert [(x.item, x.quantity_min, x.quantity_max) for x in versions[1].lines.all()] == [("Tablettes", 2, 4)]
    more = city_it.post(address, {**head, **lines, "form-0-is_wifi": "on", "encore": "1"})
    assert more.status_code == 200 and 'name="form-2-item"' in more.text and 'value="Tablettes"' in more.text
    assert re.search(r'name="form-0-is_wifi"[^>]*checked', more.text) and versions.count() == 2
    assert city_it.post(address, {**head, **lines, "form-0-quantity_max": "1"}).status_code == 422
    assert city_it.post(address, {**head, **lines, "form-0-item": ""}).status_code == 422
    assert versions.count() == 2


def test_a_figure_is_added_beside_the_former_ones(city_it):
    given = {"measure": "invested_cents", "value": "1 677 000,50", "as_of": "2018-12-31", "source": "x"}
    for quality in ("declared", "estimated"):
        assert city_it.post("/plan/chiffres/ajout/", {**given, "quality": quality}).status_code == 302
    facts = Fact.objects.filter(measure="invested_cents")
    assert [fact.value for fact in facts] == [167700050, 167700050]
    wrong = city_it.post("/plan/chiffres/ajout/", {**given, "measure": "pupils", "quality": "declared"})
    assert wrong.status_code == 422 and facts.count() == 2
    city_it.post(reverse("equipment:fact_withdrawal", args=[facts.first().id]))
    assert facts.standing().count() == 1 and facts.count() == 2
