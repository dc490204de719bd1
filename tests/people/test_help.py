"""« Aide »: asked without an account, read by the school, then the city, then who keeps the base; delays counted."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from preau.journal.models import Entry
from preau.kit.answers import Conflict
from preau.people import actions
from preau.people.models import HelpAsk, Mandate, Role
from preau.people.queries.help import answered_lately
from preau.people.rules import help_asks_visible_to
from preau.privacy.actions.retention import clocks
from tests.browser import WIDTHS, assert_accessible, open_page
from tests.world import TODAY

pytestmark = pytest.mark.django_db
PAGE, SENT, LIST = "/aide/", "/aide/envoyee/", "/demandes-aide/"
WORDS = "Je n’ai plus ma fiche et j’ai changé de téléphone."


def ask(world, *, school="tilleuls", days=0, **more):
    facts = {"school_typed": "", "city": None, "words": WORDS, "name": "Mme Toupie", "reach": "05 49 00 00 00"}
    now = timezone.now() - timedelta(days=days)
    return actions.ask_help(school=world.schools[school] if school else None, now=now, **(facts | more))


def readers(world, row):
    """Who may open the list with this ask in it."""
    names = filter(None, world.actors())
    return {name for name in names if help_asks_visible_to(world.people[name], TODAY).filter(pk=row.pk).exists()}


def test_it_is_asked_from_the_sign_in_page_and_read_by_the_head(client, world):
    assert PAGE in client.get("/entrer/").content.decode()
    sent = {"school": world.schools["tilleuls"].pk, "words": WORDS, "name": "Mme Toupie", "reach": ""}
    assert client.get(SENT)["Location"] == PAGE and "<select" not in client.get(PAGE).content.decode()
    assert world.schools["tilleuls"].name in client.get(f"{PAGE}?ville=marelle").content.decode()
    assert client.post(f"{PAGE}?ville=marelle", sent)["Location"] == SENT
    page = client.get(SENT).content.decode()
    assert "l’école qui la lit" in page and "vous n’avez pas dit où vous répondre" in page.lower()
    row = HelpAsk.objects.get()
    assert readers(world, row) == {"head"}
    shown = world.sign_in(Client(), "head").get(LIST).content.decode()
    assert WORDS in shown and "Mme Toupie" in shown and "1\u00a0demande d’aide attend" in shown


def test_a_school_that_is_typed_is_found_or_goes_to_the_city_of_the_page(client, world, settings):
    settings.DEFAULT_CITY = "marelle"
    client.post(PAGE, {"school_typed": "école des tilleuls", "words": WORDS})
    client.post(PAGE, {"school_typed": "Une école que personne ne connaît", "words": WORDS})
    found, unknown = HelpAsk.objects.order_by("asked_at")
    assert found.school == world.schools["tilleuls"]
    assert unknown.school is None and unknown.level == "city" and unknown.city == world.cities["marelle"]
    assert readers(world, unknown) == {"city_education"}


@pytest.mark.parametrize(
    "wrong, told",
    [
        ({"words": WORDS}, "Choisissez votre école, ou écrivez son nom ici"),
        ({"school_typed": "Tilleuls", "words": ""}, "Ce qui arrive"),
        ({"school_typed": "Tilleuls", "words": f"{WORDS} Né le 03/05/2018."}, "date de naissance n’est pas utile"),
    ],
)
def test_what_is_missing_or_too_much_is_told_and_nothing_typed_is_lost(client, world, wrong, told):
    answer = client.post(PAGE, {"name": "Mme Toupie", **wrong})
    page = answer.content.decode()
    assert answer.status_code == 422 and told in page and "Mme Toupie" in page and not HelpAsk.objects.exists()


def test_one_press_passes_it_to_the_city_then_to_who_keeps_the_base(world):
    row = ask(world)
    for name, next_ones in (("head", {"city_education"}), ("city_education", {"operator"})):
        client = world.sign_in(Client(), name)
        assert client.post(reverse("help_pass_on", args=[row.pk]))["Location"] == LIST
        assert readers(world, row) == next_ones
        assert client.post(reverse("help_answer", args=[row.pk])).status_code == 404, "it is no more theirs"
    row.refresh_from_db()
    with pytest.raises(Conflict):
        actions.pass_help_on(ask=row, person=None, now=timezone.now())


def test_without_an_answer_it_rises_by_itself_after_its_delays(world):
    row, fresh = ask(world, days=4), ask(world, days=3)
    now = timezone.now()
    assert actions.pass_on_what_waits(now=now) == 1 and actions.pass_on_what_waits(now=now) == 0
    assert [HelpAsk.objects.get(pk=each.pk).level for each in (row, fresh)] == ["city", "school"]
    actions.answer_help(ask=fresh, person=world.people["head"], now=now)
    assert actions.pass_on_what_waits(now=now + timedelta(days=6)) == 0
    assert actions.pass_on_what_waits(now=now + timedelta(days=7)) == 1
    assert readers(world, row) == {"operator"}


def test_a_school_without_a_head_is_the_city_s_and_a_city_without_an_agent_the_operator_s(world):
    Mandate.objects.filter(role=Role.SCHOOL_HEAD).update(ends_on=TODAY - timedelta(days=1))
    assert readers(world, ask(world)) == {"city_education"}
    Mandate.objects.filter(role=Role.CITY_EDUCATION).update(ends_on=TODAY - timedelta(days=1))
    assert readers(world, ask(world)) == {"operator"}


def test_answered_is_said_once_and_delays_are_counted(world, client):
    rows = [ask(world, days=days) for days in (6, 2, 1)]
    world.sign_in(client, "head")
    client.post(reverse("help_answer", args=[rows[2].pk]))
    assert "en 30 jours, en 1\u00a0jour au plus" in client.get(LIST).text.replace("\n  ", "")
    for row in rows[:2]:
        client.post(reverse("help_answer", args=[row.pk]))
    assert "déjà répondu" in client.post(reverse("help_answer", args=[rows[0].pk]), follow=True).content.decode()
    head = world.people["head"]
    told = answered_lately(help_asks_visible_to(head, TODAY), timezone.now())
    assert (told.count, told.days_count) == (3, 2)
    page = client.get(LIST).content.decode()
    assert "Aucune demande d’aide n’attend" in page and "3\u00a0demandes répondues en 30 jours" in page
    assert Entry.objects.filter(verb="answer_help", actor_id=head.pk).count() == 3


def test_those_who_answer_find_the_list(world):
    school = reverse("schools:school", args=[world.schools["tilleuls"].pk])
    for name, page in (("head", school), ("city_education", "/aujourdhui/"), ("operator", "/base/")):
        assert LIST in world.sign_in(Client(), name).get(page).content.decode(), name


def test_nobody_else_reads_the_list(world):
    for name in filter(None, world.actors()):
        answer = world.sign_in(Client(), name).get(LIST)
        opens = name.startswith(("head", "city_education", "operator"))
        assert (answer.status_code == 200) is opens, name


def test_one_network_does_not_fill_the_list(client, world):
    sent = {"school_typed": "École Tilleuls", "words": WORDS}
    answers = [client.post(PAGE, sent) for _ in range(8)]
    assert HelpAsk.objects.count() < 8 and "Trop d’essais" in answers[-1].content.decode()
    assert WORDS in answers[-1].content.decode()


def test_it_is_forgotten_thirty_days_after_the_answer_and_three_months_without(world):
    now = timezone.now()
    ask(world, days=92)
    answered, waiting = ask(world, days=40), ask(world, days=40)
    actions.answer_help(ask=answered, person=world.people["head"], now=now - timedelta(days=31))
    (clock,) = [each for each in clocks() if getattr(each, "table", None) is HelpAsk]
    assert clock.rows(now).count() == 2 and waiting not in clock.rows(now)


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("width", WIDTHS)
def test_somebody_without_an_account_asks_on_a_telephone(world, browser, live_server, width):
    page = open_page(browser, live_server, "/entrer/", width=width)
    page.click("main >> text=Aide")
    page.click("main >> text=Marelle")
    page.select_option("#id_school", label="École Tilleuls")
    page.fill("#id_words", WORDS)
    page.click("text=Envoyer ma demande")
    page.wait_for_url("**/envoyee/")
    assert_accessible(page, "people/help_sent.html")
    assert HelpAsk.objects.get().school == world.schools["tilleuls"]
