"""A nursery school has no social index: it is lent that of the school its children go to, always as an estimate."""

import datetime

import pytest
from django.db import IntegrityError, transaction
from django.db.models import F
from django.urls import reverse

from preau.journal.models import Entry
from preau.kit.answers import Conflict, Refused
from preau.people.models import Person
from preau.places.models import School
from preau.plan.equipment import actions
from preau.plan.equipment.models import Fact, Measure
from preau.plan.equipment.queries import overview_of, published_facts
from tests.plan.conftest import NOW, TODAY
from tests.texts import as_drawn

INDEX = Measure.SOCIAL_INDEX_TENTHS
COLUMNS = ("city", "school", "measure", "value", "as_of", "source", "quality", "proxy_of")
DAY = datetime.timedelta(days=1)


@pytest.fixture
def nursery(plan):
    """One that the city has said nothing of."""
    return School.objects.create(
        name="La Neuve",
        slug="la-neuve",
        kind="nursery",
        city=plan.cities["marelle"],
        district=plan.districts["north"],
    )


@pytest.fixture
def agent(plan):
    return Person.objects.get(pk=plan.people["city_education"].pk)


def lent_to(school):
    return Fact.objects.standing().get(school=school, proxy_of__isnull=False)


def index(school, tenths, year=2025, person=None):
    return actions.record_fact(
        person=person,
        city=school.city,
        school=school,
        measure=INDEX,
        value=tenths,
        as_of=datetime.date(year, 9, 1),
        period=f"rentrée {year}",
        source="DEPP, IPS des écoles",
        quality="measured",
        now=NOW,
    )


def test_the_city_says_it_on_the_school_s_page_and_takes_it_back(plan, client, nursery):
    marelle, billes = (School.objects.get(name=name) for name in ("La Marelle", "Les Billes"))
    index(marelle, 1184)
    plan.sign_in(client, "city_education")
    shown = reverse("equipment:school_detail", args=[nursery.pk])
    address = reverse("equipment:index_estimate", args=[nursery.pk])
    assert address in client.get(shown).text and "n’est publié que pour" in client.get(shown).text
    assert "Les Billes" in client.get(address).text and "La Poupée" not in client.get(address).text
    page = as_drawn(client.post(address, {"proxy_of": marelle.pk}, follow=True).text)
    assert "Indice de position sociale estimé d’après l’école La Marelle" in page
    assert "<b>118,4</b> (rentrée 2025)" in page and "Estimé. Source&nbsp;: DEPP, IPS des écoles" in page
    assert "Publié sur cette école" not in page, "never among what was published"
    client.post(address, {"proxy_of": billes.pk})
    assert lent_to(nursery).proxy_of == billes and lent_to(nursery).quality == "fictitious"
    client.post(reverse("equipment:fact_withdrawal", args=[lent_to(nursery).pk]))
    assert "n’est publié que pour" in client.get(shown).text
    told = Fact.objects.filter(school=nursery)
    assert told.count() == 2 and not told.standing().exists(), "what was said before stays"
    verbs = Entry.objects.filter(object_id__in=told.values("pk")).order_by("id").values_list("verb", flat=True)
    assert list(verbs) == ["index_estimated", "fact_withdrawn"] * 2


@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        ("of another city", "est d’une autre ville"), ("itself", "n’est pas une école élémentaire ou primaire ouverte"),
        ("a nursery", "n’est pas une école élémentaire"), ("closed", "n’est pas une école élémentaire ou primaire ouv"),
        ("without an index", "avec son indice publié"), ("to an elementary", "Seule une maternelle reçoit"),
        ("to one with its own", "a son indice publié"),
    ],
)  # fmt: skip
def test_what_lends_nothing_is_refused_in_a_sentence(plan, nursery, agent, wrong, why):
    lender = School.objects.get(name="La Marelle")
    if wrong == "of another city":
        lender = plan.schools["loin"]
        index(lender, 900)
    elif wrong == "itself":
        lender = nursery
    elif wrong == "a nursery":
        lender = School.objects.get(name="La Poupée")
    elif wrong == "closed":
        School.objects.filter(pk=lender.pk).update(closed_on=TODAY - DAY)
    elif wrong == "without an index":
        lender = plan.schools["saules"]
    elif wrong == "to an elementary":
        nursery = School.objects.get(name="Les Billes")
    else:
        index(nursery, 1010)
    before = Fact.objects.count()
    with pytest.raises((Conflict, Refused)) as refused:
        actions.estimate_index(person=agent, school=nursery, proxy_of=lender, now=NOW)
    assert why in refused.value.reason and Fact.objects.count() == before


def test_who_does_not_write_the_plan_lends_nothing(plan, client, nursery):
    address, billes = reverse("equipment:index_estimate", args=[nursery.pk]), School.objects.get(name="Les Billes")
    for actor, status in (("dsden", 403), ("elected", 403), ("ien", 403), ("city_education_far", 404), ("head", 404)):
        plan.sign_in(client, actor)
        assert client.post(address, {"proxy_of": billes.pk}).status_code == status, actor
        assert client.post(reverse("equipment:fact_withdrawal", args=[lent_to_poupee().pk])).status_code != 302, actor
    reader = Person.objects.get(pk=plan.people["dsden"].pk)
    with pytest.raises(Refused, match="écrivent son plan"):
        actions.estimate_index(person=reader, school=nursery, proxy_of=billes, now=NOW)
    assert not nursery.facts.exists() and lent_to_poupee()
    of_another_kind = reverse("equipment:index_estimate", args=[billes.pk])
    answer = plan.sign_in(client, "city_education").get(of_another_kind)
    assert answer.status_code == 403 and "Seule une maternelle" in answer.text


def lent_to_poupee():
    return lent_to(School.objects.get(name="La Poupée"))


def test_what_is_lent_follows_the_index_it_comes_from(plan, agent):
    nursery, lender = School.objects.get(name="La Poupée"), School.objects.get(name="Le Chamboule-tout")
    assert (lent_to(nursery).value, lent_to(nursery).proxy_of) == (803, lender)
    newer = index(lender, 815, person=agent)
    assert (lent_to(nursery).value, lent_to(nursery).period) == (815, "rentrée 2025")
    actions.withdraw_fact(person=agent, fact=newer, now=NOW)
    assert lent_to(nursery).value == 803
    index(nursery, 990)
    assert not Fact.objects.standing().filter(school=nursery, proxy_of__isnull=False).exists()


@pytest.mark.parametrize("change", [{"proxy_of": F("school")}, {"measure": "classes"}, {"quality": "measured"}, None])
def test_the_base_holds_one_estimate_and_only_of_an_index(plan, change):
    lent = lent_to_poupee()
    with pytest.raises(IntegrityError, match="fact_lent|equipment_fact.school_id"), transaction.atomic():
        if change:
            Fact.objects.filter(pk=lent.pk).update(**change)
        else:
            Fact.objects.create(**{name: getattr(lent, name) for name in COLUMNS})


def test_the_city_s_groups_compare_published_indexes_alone(plan, client):
    city = plan.cities["marelle"]
    overview = overview_of(city, School.objects.filter(city=city), TODAY)
    kinds = School.objects.filter(pk__in=overview.social_indexes).values_list("kind", flat=True)
    assert set(kinds) == {"elementary"} and INDEX not in published_facts(city, TODAY)
    page = plan.sign_in(client, "city_education").get("/pilotage/").text
    assert "Les maternelles n’y sont pas" in page and "aucun indice estimé n’est compté ici" in page
