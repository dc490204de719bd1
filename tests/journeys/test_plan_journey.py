"""One school from the call to its service, by eight roles, in a real browser: the way the deck tells it (issue 3).

What Préau knew before the call (the city's ambitions, its standard kit, the school's premises) is set by actions;
everything that follows is done by hand, and each person starts from « Ce qui vous attend ».
"""

import pytest
from django.urls import reverse

from preau.plan.applications.models import Application
from preau.plan.equipment.models import Acceptance
from preau.plan.governance.models import Committee
from preau.plan.inventory.models import Asset
from preau.plan.priorities.models import PriorityList, Programme, Recommendation
from preau.plan.rollouts.models import Rollout
from preau.plan.rollouts.queries import progress_of
from tests.browser import assert_says, open_page
from tests.journeys.plan_office import (
    DAY,
    SECTIONS,
    TODAY,
    Office,
    answer_choices,
    fill,
    known_before,
    press,
    save,
    text_of,
)

pytestmark = [pytest.mark.browser, pytest.mark.journey, pytest.mark.django_db(transaction=True)]


def the_city_opens_a_call(office):
    page = office.at("city_education", reverse("applications:form_list"))
    press(page, "Commencer une version")
    press(page, "Publier cette version")
    page.goto(reverse("applications:call_create"))
    fill(
        page, title="Appel 2026", school_year="2026-2027", opens_on=(TODAY - DAY).isoformat(),
        closes_on=(TODAY + 30 * DAY).isoformat(), criteria="Un projet, une équipe.", envelope="120000",
    )  # fmt: skip
    save(page)


def the_team_writes_its_project(office):
    page = office.take("head", "Candidater, ou non")
    press(page, "Commencer la candidature")
    file = Application.objects.get()
    for section, values in SECTIONS.items():
        page.goto(reverse("applications:section_edit", args=[file.pk, section]))
        for box in page.locator("main input[type=checkbox][name=ambitions]").all()[:1]:
            box.check()
        answer_choices(page)
        fill(page, **values)
        press(page, "Enregistrer")
    # The teacher finds the same file, and what the head has written.
    teacher = office.take("teacher", "Finir la candidature")
    assert_says(teacher, "Raconter la science")
    for section, values in (("usages", {"usages-semaine": "Deux heures par classe."}), ("suivi", {})):
        teacher.goto(reverse("applications:section_edit", args=[file.pk, section]))
        answer_choices(teacher)
        fill(teacher, **values)
        press(teacher, "Enregistrer")
    page.goto(reverse("applications:submission_create", args=[file.pk]))
    press(page, "Déposer")
    file.refresh_from_db()
    assert file.state == "inspector_review"


def each_authority_gives_its_opinion(office):
    # The city's IT holds two pens: the buildings' opinion is given by the Direction Éducation, before it.
    for name in ("ien", "dsden", "dan", "city_education", "city_it"):
        page = office.take(name, "Rendre un avis")
        page.locator("main input[name=verdict][value=favourable]").check()
        save(page)
    opinions = Application.objects.get().opinions
    assert set(opinions.values_list("authority", "verdict")) == {
        (authority, "favourable") for authority in ("ien", "dsden", "dan", "city_it", "buildings")
    }


def the_state_says_what_to_buy(office):
    page = office.at("dsden", reverse("priorities:recommendation_list"))
    page.locator("main a", has_text="Écrire une préconisation").first.click()
    page.select_option("#id_school_kind", value=office.world.schools["tilleuls"].kind)
    page.fill("#id_reasons", "Le tableau interactif sert à toute la classe.")
    page.fill("#id_form-0-item", "Écran interactif")
    press(page, "Écrire cette préconisation")
    press(page, "Signer au nom de la DSDEN")
    page = office.take("dan", "Signer la préconisation")
    press(page, "Signer au nom de la DAN")
    page = office.take("city_education", "Répondre à la préconisation")
    press(page, "Écrire la réponse de la Ville")
    assert "suivie" in text_of(page)
    assert Recommendation.objects.get().lines.get().answers.get().choice == "followed"


def the_state_ranks(office):
    page = office.at("dsden", reverse("priorities:list_list"))
    press(page, "Ouvrir la liste de cet appel")
    page.fill("#id_reason", "Équipe prête, projet solide.")
    press(page, "Mettre en fin de liste")
    press(page, "Proposer au nom de la DSDEN")
    page = office.take("dan", "Signer la liste")
    press(page, "Signer au nom de la DAN")
    press(page, "Présenter au COPIL")
    assert PriorityList.objects.get().state == "before_copil"
    # The city reads the order and has no way to change it.
    city = office.at("city_education", reverse("priorities:list_detail", args=[PriorityList.objects.get().pk]))
    assert_says(city, "La Ville ne peut pas en changer l’ordre")
    assert city.locator("main .ranks form").count() == 0


def the_city_programmes(office):
    page = office.at("city_education", reverse("priorities:programme_list"))
    page.locator("main a", has_text="Ouvrir un programme").click()
    fill(page, school_year="2026-2027", envelope="120000")
    page.select_option("#id_priority_list", index=1)
    press(page, "Ouvrir ce programme")
    page.select_option("#id_school", label="École Tilleuls")
    fill(page, cost="40000")
    press(page, "Ajouter cette école")
    press(page, "Arbitrer ce programme")
    press(page, "Soumettre au COPIL")
    assert Programme.objects.get().state == "submitted_copil"


def a_session_is_prepared(office, kind, points, aim):
    """Planned, its agenda written, convened, its dossier frozen; its page is left open."""
    page = office.at("city_education", reverse("governance:session_create", args=[Committee.objects.get(kind=kind).pk]))
    fill(page, planned_on=TODAY.isoformat(), place="Salle du conseil")
    save(page)
    for title, linked in points:
        page.locator("main a", has_text="Ajouter un point").click()
        fill(page, title=title)
        page.select_option("#id_aim", value=aim)
        option = page.locator(f"#id_linked option[value*='{linked}:']").first.get_attribute("value")
        page.select_option("#id_linked", value=option)
        save(page)
    press(page, "Convoquer")
    page.locator(".eyebrow a", has_text="séance").click()  # who is told has its own page
    press(page, "Figer le dossier")
    return page


def the_session_is_held(page):
    page.locator("main a", has_text="La séance s’est tenue").click()
    fill(page, held_on=TODAY.isoformat())
    save(page)
    return page.url


def a_decision_is_noted(page, text):
    page.locator("main a", has_text="Noter la décision").first.click()
    fill(page, text=text)
    page.select_option("#id_result", value="adopted")
    page.locator("main input[name=ambitions]").first.check()
    save(page)


def the_minutes_are_written(office, session, text):
    """Written by the secretariat, approved by the city and the State."""
    page = office.at("city_education", session)
    page.locator("main a", has_text="Le relevé").click()
    page.locator("main a", has_text="Écrire le relevé").click()
    fill(page, text=text)
    save(page)


def the_cotech_gives_its_opinion(office):
    page = office.at("city_education", reverse("governance:committee_home"))
    press(page, "Installer le COPIL et le COTECH")
    page = a_session_is_prepared(office, "cotech", [("Le programme de l’année", "programme")], "opinion")
    session = the_session_is_held(page)
    a_decision_is_noted(page, "Le comité est favorable.")
    the_minutes_are_written(office, session, "Le COTECH est favorable au programme.")
    press(office.take("dsden", "Approuver le relevé"), "Approuver ce relevé")
    assert Programme.objects.get().state == "submitted_copil", "an opinion decides nothing"


def the_copil_decides(office):
    points = [("Liste priorisée", "list"), ("Programme", "programme")]
    page = a_session_is_prepared(office, "copil", points, "decision")
    session = the_session_is_held(page)
    for _ in points:
        page.goto(session)
        a_decision_is_noted(page, "Le comité adopte.")
    the_minutes_are_written(office, session, "La liste et le programme sont adoptés.")
    assert Programme.objects.get().state == "submitted_copil", "nothing holds before both have approved"
    for name in ("elected", "dsden"):
        page = office.take(name, "Approuver le relevé")
        press(page, "Approuver ce relevé")
    assert PriorityList.objects.get().state == "adopted"
    assert Programme.objects.get().state == "decided"
    minutes = page.url
    page = office.at("city_education", minutes)
    press(page, "Publier le relevé")


def the_inventory_receives(office, school):
    page = office.at("city_it", reverse("inventory:cart_delivery", args=[school.pk]))
    fill(page, label="Classe mobile", terminal_label="Portable d’élève", received_on=TODAY.isoformat())
    save(page)
    assert Asset.objects.filter(school=school, kind="laptop").count() >= 7


def the_field_installs(office):
    school = office.world.schools["tilleuls"]
    page = office.at("city_education", reverse("rollouts:rollout_create", args=[school.pk]))
    fill(page, classes_count="1")
    press(page, "Ouvrir le déploiement")
    rollout = Rollout.objects.get()
    assert Application.objects.get().state == "converted"
    page = office.at("city_it")
    for kind in ("site_survey", "council_informed", "cabling", "link_ready", "ordered", "delivered", "installed",
                 "configured"):  # fmt: skip
        page.goto(reverse("rollouts:step_edit", args=[rollout.pk, kind]))
        fill(page, done_on=TODAY.isoformat())
        press(page, "Enregistrer")
    the_inventory_receives(office, school)
    page.goto(reverse("rollouts:reception_create", args=[rollout.pk]))
    fill(page, held_on=TODAY.isoformat(), labels="CP B")
    page.check("#id_has_common")
    save(page)
    fill(page, text="L’écran n’est pas fixé.", due_on=(TODAY + 15 * DAY).isoformat())
    page.select_option("#id_line", label="CP B")
    page.select_option("#id_kit_line", label="Vidéoprojecteur interactif")
    press(page, "Ajouter cette réserve")
    press(page, "Signer pour la Ville")
    head = office.take("head", "Signer la réception pour l’école")
    press(head, "Signer pour l’école")
    assert not Acceptance.objects.standing().filter(label="CP B"), "a class with a réserve is not received"
    page = office.take("city_it", "Lever une réserve")
    fill(page, lifted_on=TODAY.isoformat(), note="Écran fixé.")
    save(page)
    dsden = office.at("dsden", reverse("rollouts:step_edit", args=[rollout.pk, "trained"]))
    fill(dsden, done_on=TODAY.isoformat(), proof="Feuille d’émargement du jour")
    press(dsden, "Enregistrer")
    page.goto(reverse("rollouts:service_create", args=[rollout.pk]))
    fill(page, service_on=TODAY.isoformat())
    save(page)
    (progress,) = progress_of(Rollout.objects.all(), TODAY)
    assert progress.is_in_service
    assert list(Acceptance.objects.standing().values_list("label", flat=True)) == ["CP B"]


def the_story_is_told(office):
    school = office.world.schools["tilleuls"]
    told = text_of(office.at("dsden", reverse("desk:story", args=[school.pk])))
    for words in (
        "Projet déposé",
        "Avis favorable, IEN",
        "1re de la liste priorisée",
        "Au programme",
        "Mise en service",
    ):
        assert words in told, words
    assert "Mise en service" in text_of(office.at("elected", reverse("desk:story", args=[school.pk])))
    head = text_of(office.at("head"))
    assert "Rien ne vous attend" in head
    stranger = open_page(
        office.browser, office.server, reverse("desk:story", args=[school.pk]),
        account=office.world.account("head_other_school"),
    )  # fmt: skip
    assert_says(stranger, "Cette page n’est pas là")
    assert "Tilleuls" not in stranger.content()


def test_a_school_goes_from_the_call_to_its_service(world, browser, live_server):
    office = Office(world, browser, live_server)
    known_before(world)
    the_city_opens_a_call(office)
    the_team_writes_its_project(office)
    each_authority_gives_its_opinion(office)
    the_state_says_what_to_buy(office)
    the_state_ranks(office)
    the_city_programmes(office)
    the_cotech_gives_its_opinion(office)
    the_copil_decides(office)
    the_field_installs(office)
    the_story_is_told(office)
