"""« Ce midi, ce soir »: who eats, stays, leaves and with whom; what nobody said is never a no."""

import datetime
import io

import pytest
from django.urls import reverse
from django.utils.timezone import now
from pypdf import PdfReader

from preau.ent.afterschool import printing, queries, rules
from preau.ent.afterschool.actions import set_line_aside
from preau.ent.afterschool.models import ServiceLine
from preau.ent.afterschool.queries import ABSENT, NO, UNKNOWN, YES
from preau.kit.answers import Conflict, Refused
from preau.places.queries import Break
from preau.schools.actions import change_activity_day
from preau.schools.models import Activity, ActivityChange, ActivityEnrolment, Guardianship
from tests.ent.afterschool.services import apply, renders, url
from tests.ent.attendance.acts import tell
from tests.world import BEFORE, TODAY

MONDAY = TODAY + datetime.timedelta(days=7 - TODAY.weekday())
WEDNESDAY = MONDAY + datetime.timedelta(days=2)
AT = f"?jour={MONDAY.isoformat()}"


CHRISTMAS = Break("vacances", "Vacances de Noël", TODAY, MONDAY, MONDAY + datetime.timedelta(days=1), "")


@pytest.fixture(autouse=True)
def in_school_time(no_holidays):
    """Whatever the day of the run."""


@pytest.fixture
def evening(world):
    """Adam stays on Mondays for the study, and leaves with somebody; Lina is known on other days."""
    renders(world, Activity.Kind.EVENING, Activity.Kind.STUDY)
    study = Activity.objects.get(kind=Activity.Kind.STUDY)
    said = {"activity": study, "starts_on": BEFORE}
    ActivityEnrolment.objects.create(
        child=world.people["child_adam"], days="1", fetched_by="M. Poire, grand-père", **said
    )
    ActivityEnrolment.objects.create(child=world.people["child_lina"], days="45", **said)
    return study


def states(world, day):
    tables = queries.day_of(world.classrooms["cpb"], TODAY, day, reader=world.people["head"])
    return {line.child.pk: (line.noon.state, line.evening.state) for table in tables for line in table.lines}


def test_unknown_is_not_no(world, evening):
    adam, lina = world.people["child_adam"], world.people["child_lina"]
    assert states(world, MONDAY) == {adam.pk: (YES, YES), lina.pk: (UNKNOWN, NO)}
    assert states(world, WEDNESDAY) == {adam.pk: (NO, NO), lina.pk: (UNKNOWN, NO)}


def test_with_whom_they_leave_has_a_column_only_when_the_city_says_it_of_somebody(world, client, evening):
    room = world.classrooms["cpb"]
    monday = world.sign_in(client, "teacher").get(url("classroom_day", room) + AT).text
    assert "ou n’est pas encore donné" in monday, "a new school has no file: the page does not say that there is one"
    assert "Repart avec" in monday and reverse("yearfile:classroom_handing", args=[room.pk]) in monday
    ActivityEnrolment.objects.update(fetched_by="")
    assert "Repart avec" not in client.get(url("classroom_day", room) + AT).text
    school = world.sign_in(client, "head").get(url("school_day", world.schools["tilleuls"]) + AT).text
    assert "Repart avec" not in school and "qui-vient-chercher" not in school


def test_the_class_and_the_school_read_it_and_print_it(world, client, evening):
    for actor, name, thing in (
        ("teacher", "classroom_day", world.classrooms["cpb"]),
        ("head", "school_day", world.schools["tilleuls"]),
    ):
        page = world.sign_in(client, actor).get(url(name, thing, AT)).text
        assert "M. Poire, grand-père" in page and "étude" in page and "non indiqué" in page, actor
        assert "Ce midi\u00a0: 1\u00a0enfant mange, 1\u00a0non indiqué. Ce soir\u00a0: 1\u00a0enfant reste." in page
        pdf = client.get(url(f"{name}_pdf", thing, AT))
        assert pdf.headers["Content-Type"] == "application/pdf" and pdf.content.startswith(b"%PDF")
    assert client.get(url("school_day", world.schools["tilleuls"], "?jour=demain")).status_code == 200


@pytest.mark.parametrize(
    "actor, status",
    [("teacher", 200), ("supply", 200), ("head", 200), ("aesh", 404), ("atsem", 404), ("teacher_other_class", 404),
     ("site_manager", 404), ("canteen", 404), ("guardian", 404), ("city_education", 404), ("head_other_school", 404)],
)  # fmt: skip
def test_who_reads_the_evening_of_a_class(world, client, evening, actor, status):
    for name in ("classroom_day", "classroom_day_pdf"):
        answer = world.sign_in(client, actor).get(url(name, world.classrooms["cpb"]))
        assert answer.status_code == status, name


def test_a_site_reads_its_own_children_and_the_canteen_the_canteen_alone(world, client, evening):
    site, lina = world.afterschools["tilleuls"], world.people["child_lina"]
    page = world.sign_in(client, "animator").get(url("afterschool_day", site, AT)).text
    assert lina.full_name in page and "M. Poire" in page
    assert (
        f'<p class="eyebrow">{site.name}</p>' in page
    )  # of who serves in two sites, the head of the page may say another
    page = world.sign_in(client, "canteen").get(url("afterschool_day", site, AT)).text
    assert world.people["child_adam"].full_name in page
    assert lina.full_name not in page and "M. Poire" not in page
    for actor in ("head", "teacher", "guardian", "city_education"):
        assert world.sign_in(client, actor).get(url("afterschool_day", site)).status_code in (403, 404), actor


def test_a_day_is_changed_by_the_site_and_comes_back(world, client, evening):
    site, adam = world.afterschools["tilleuls"], world.people["child_adam"]
    canteen = site.activities.get(kind=Activity.Kind.CANTEEN)
    said = {"child": adam.pk, "activity": canteen.pk, "on": MONDAY.isoformat()}
    assert world.sign_in(client, "canteen").post(url("change", site), said | {"comes": "0"}).status_code == 403
    manager = world.sign_in(client, "site_manager")
    page = manager.post(url("change", site), said | {"comes": "0"}, follow=True).text
    assert "ne vient pas ce jour-là" in page and "changé ce jour" in page
    assert states(world, MONDAY)[adam.pk][0] == NO
    manager.post(url("change", site), said | {"comes": "1"})
    assert states(world, MONDAY)[adam.pk][0] == YES and not ActivityChange.objects.exists()
    yesterday = (TODAY - datetime.timedelta(days=1)).isoformat()
    answer = manager.post(url("change", site), said | {"comes": "0", "on": yesterday}, follow=True)
    assert "Ce jour est passé" in answer.text and answer.request["QUERY_STRING"] == f"jour={yesterday}"
    assert "pas arrivé entier" in manager.post(url("change", site), {"comes": "0"}, follow=True).text
    far = said | {"comes": "0", "child": world.people["child_two_two"].pk}
    assert manager.post(url("change", site), far).status_code == 404
    assert not ActivityChange.objects.exists()


def test_only_the_site_changes_a_day_and_only_of_who_is_put_down_that_day(world, client, evening):
    site, adam, lina = world.afterschools["tilleuls"], world.people["child_adam"], world.people["child_lina"]
    canteen = site.activities.get(kind=Activity.Kind.CANTEEN)
    said = {"activity": canteen, "on": MONDAY, "comes": False, "now": now()}
    for actor in ("canteen", "teacher", "head", "guardian", "city_education"):
        with pytest.raises(Refused):
            change_activity_day(child=adam, person=world.people[actor], **said)
    ActivityEnrolment.objects.create(
        activity=canteen, child=lina, days="1", starts_on=BEFORE, ends_on=TODAY - datetime.timedelta(days=1)
    )
    with pytest.raises(Conflict, match="pas inscrit"):
        change_activity_day(child=lina, person=world.people["animator"], **said | {"comes": True})
    asked = {"child": lina.pk, "activity": canteen.pk, "on": MONDAY.isoformat(), "comes": "1"}
    assert world.sign_in(client, "animator").post(url("change", site), asked).status_code == 404
    assert not ActivityChange.objects.exists()


def test_who_fetches_ones_own_child_is_not_read_at_work(world, client, evening):
    """Maybe the other parent's word; a decision of a judge changes nothing to it."""
    site, lina = world.afterschools["tilleuls"], world.people["child_lina"]
    ActivityEnrolment.objects.filter(child=lina).update(days="1", fetched_by="Mme Figue, nourrice")
    pages = (("teacher", "classroom_day", world.classrooms["cpb"]), ("head", "school_day", world.schools["tilleuls"]),
             ("animator", "afterschool_day", site))  # fmt: skip
    for restricted in ({}, {"restricted_on": TODAY, "restriction_reference": "x"}):
        for actor, name, thing in pages:
            links = Guardianship.objects.filter(guardian=world.people[actor])
            links.delete()
            links.create(guardian=world.people[actor], child=world.people["child_adam"], starts_on=BEFORE, **restricted)
            page = world.sign_in(client, actor).get(url(name, thing, AT)).text
            assert "M. Poire" not in page and "Mme Figue" in page, actor


def test_pages_cost_the_same_with_many_children(world, client, evening, django_assert_max_num_queries):
    from tests.world import add_child

    for number in range(30):
        child = add_child(world, f"child_more{number}", "cpb", "CP")
        ActivityEnrolment.objects.create(activity=evening, child=child, days="1", starts_on=BEFORE)
    for actor, name, thing in (
        ("teacher", "classroom_day", world.classrooms["cpb"]),
        ("head", "school_day", world.schools["tilleuls"]),
        ("site_manager", "afterschool_day", world.afterschools["tilleuls"]),
    ):
        world.sign_in(client, actor)
        with django_assert_max_num_queries(10):
            assert client.get(url(name, thing, AT)).status_code == 200


def test_nobody_is_expected_on_holidays_nor_at_the_weekend(world, client, evening, monkeypatch):
    saturday = f"?jour={MONDAY - datetime.timedelta(days=2)}"
    pages = (("teacher", "classroom_day", world.classrooms["cpb"]), ("head", "school_day", world.schools["tilleuls"]),
             ("animator", "afterschool_day", world.afterschools["tilleuls"]))  # fmt: skip
    for actor, name, thing in pages:
        page = world.sign_in(client, actor).get(url(name, thing, saturday)).text
        assert "fin de semaine" in page and "M. Poire" not in page, name
        with monkeypatch.context() as patch:
            patch.setattr("preau.places.queries.break_on", lambda zone, day: CHRISTMAS if day <= MONDAY else None)
            page = client.get(url(name, thing, AT)).text
            assert "Pas d’école ce jour-là&nbsp;: Vacances de Noël." in page and "M. Poire" not in page, name
            assert f'value="{CHRISTMAS.resumes_on}"' in client.get(url(name, thing)).text, name
            if name != "afterschool_day":
                text = PdfReader(io.BytesIO(client.get(url(f"{name}_pdf", thing, AT)).content)).pages[0].extract_text()
                assert "Vacances de Noël" in text and "Poire" not in text


def test_what_nobody_said_is_not_zero_and_what_changed_says_so(world, evening):
    adam, cpb = world.people["child_adam"], world.classrooms["cpb"]
    canteen = Activity.objects.get(kind=Activity.Kind.CANTEEN)

    def said():
        (table,) = queries.day_of(cpb, TODAY, MONDAY, reader=world.people["head"])
        return printing.counts_of(table), {line.child: printing.row_of(line) for line in table.lines}[adam][1]

    change_activity_day(
        activity=canteen, child=adam, on=MONDAY, comes=False, person=world.people["animator"], now=now()
    )
    assert said() == (
        "Ce midi\u00a0: 0\u00a0enfant mange, 1\u00a0non indiqué. Ce soir\u00a0: 1\u00a0enfant reste.",
        "ne mange pas (changé ce jour)",
    )
    ActivityChange.objects.all().delete()
    ActivityEnrolment.objects.filter(activity=canteen).delete()
    assert said() == ("Ce midi\u00a0: non indiqué. Ce soir\u00a0: 1\u00a0enfant reste.", "non indiqué")
    ActivityEnrolment.objects.all().delete()
    assert said() == ("Ce midi\u00a0: non indiqué. Ce soir\u00a0: non indiqué.", "non indiqué")


def test_a_site_reads_who_comes_before_who_is_put_down_for_other_days(world, client, evening):
    adam, lina = (world.people[f"child_{name}"].full_name for name in ("adam", "lina"))
    change = {
        "activity": evening,
        "child": world.people["child_adam"],
        "person": world.people["animator"],
        "now": now(),
    }
    for said, is_first in ((None, True), (False, True)):
        if said is False:
            change_activity_day(on=MONDAY, comes=False, **change)
        page = world.sign_in(client, "animator").get(url("afterschool_day", world.afterschools["tilleuls"], AT)).text
        study = page.partition("Étude, ")[2]
        expected, others = study.split("inscrit d’autres jours")[:2]
        assert (adam in expected, lina in expected, lina in others) == (is_first, False, True)
        assert ("changé ce jour" in expected) is (said is False) and "pas ce" in others
    tell(world, child="child_lina", who="guardian_other_family", day=MONDAY)
    page = client.get(url("afterschool_day", world.afterschools["tilleuls"], AT)).text
    assert "absent de l’école" not in page  # who is not expected is not told absent


def test_said_twice_a_change_is_one(world, evening):
    adam = world.people["child_adam"]
    canteen = Activity.objects.get(kind=Activity.Kind.CANTEEN)
    common = {"activity": canteen, "child": adam, "on": WEDNESDAY, "person": world.people["animator"], "now": now()}
    change_activity_day(comes=True, **common)
    change_activity_day(comes=True, **common)
    assert ActivityChange.objects.get().comes
    assert states(world, WEDNESDAY)[adam.pk][0] == YES
    assert rules.kinds_read_by(world.people["canteen"], canteen.afterschool, TODAY) == (canteen.kind,)


def test_who_is_told_absent_neither_eats_nor_stays_and_nobody_reads_why(world, client, evening):
    adam, site = world.people["child_adam"], world.afterschools["tilleuls"]
    tell(world, day=MONDAY, reason="illness")
    assert states(world, MONDAY)[adam.pk] == (ABSENT, ABSENT)
    for actor, name, thing in (
        ("canteen", "afterschool_day", site),
        ("animator", "afterschool_day", site),
        ("teacher", "classroom_day", world.classrooms["cpb"]),
    ):
        page = world.sign_in(client, actor).get(url(name, thing, AT)).text
        assert ("absent de l’école" if thing == site else "absent") in page and "malad" not in page.lower(), actor


def test_services_are_in_the_order_of_the_day_and_say_whom_the_school_has_not_matched(world, client, evening):
    site = world.afterschools["tilleuls"]
    renders(world, Activity.Kind.MORNING)
    page = world.sign_in(client, "animator").get(url("afterschool_day", site, AT)).text
    places = [page.index(f">{words}") for words in ("Accueil du matin", "Cantine", "Étude", "Accueil du soir")]
    assert places == sorted(places) and "pas encore" not in page
    apply(world, "Inconnue;Zoé;;École Tilleuls;;accueil du soir;lundi;;;")
    page = client.get(url("afterschool_day", site, AT)).text
    assert page.count("reconnu&nbsp;: il peut venir") == 1 and "Inconnue" not in page
    assert "il peut venir" not in world.sign_in(client, "canteen").get(url("afterschool_day", site, AT)).text
    thursday = f"?jour={MONDAY + datetime.timedelta(days=3)}"
    assert "il peut venir" not in world.sign_in(client, "animator").get(url("afterschool_day", site, thursday)).text
    set_line_aside(line=ServiceLine.objects.get(), person=world.people["head"], now=now())
    assert "il peut venir" not in client.get(url("afterschool_day", site, AT)).text
