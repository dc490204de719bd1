"""The pages of the room: what each reads, what an act refused gives back, what they cost."""

import re

import pytest
from django.urls import reverse

from preau.plan.applications import actions as applications
from preau.plan.priorities import actions
from preau.plan.priorities.models import ListState, PriorityList, Programme, ProgrammeEntry, Recommendation
from tests.plan.priorities.conftest import DAY, NOW, TODAY, decision, order_of
from tests.plan.priorities.test_recommendations import signed
from tests.texts import as_drawn


def detail(row):
    return reverse("priorities:list_detail", args=[row.pk])


def test_the_dsden_ranks_by_number_and_says_why(scene, client):
    draft = scene.open()
    scene.world.sign_in(client, "dsden")
    page = client.get(detail(draft)).content.decode()
    assert "Changer le rang" in page
    # The reason of a rank is not offered for the next one: each move asks its own.
    assert not re.search(r'name="reason"[^>]*value="[^"]', page)
    form = {
        "edition": draft.edition, "application": scene.applications["Ficelle"].pk, "rank": 1, "reason": "REP+.",
        "unready_reason": "Travaux cet été.",
    }  # fmt: skip
    page = client.post(reverse("priorities:rank_moving", args=[draft.pk]), form, follow=True).content.decode()
    assert "le nouveau rang est écrit" in page.lower() and "4 → 1" in page
    assert order_of(draft)[0] == "Ficelle"


def test_a_move_without_its_reason_opens_its_form_again_as_it_was_typed(scene, client):
    draft = scene.open()
    scene.world.sign_in(client, "dsden")
    form = {"edition": draft.edition, "application": scene.applications["Ficelle"].pk, "rank": 2, "reason": "",
            "unready_reason": "Canari-malgré"}  # fmt: skip
    refused = client.post(reverse("priorities:rank_moving", args=[draft.pk]), form)
    page = refused.content.decode()
    assert refused.status_code == 422 and page.count('class="no-print" open') == 1
    assert re.search(r'id="rang-4"[^>]*value="2"', page) and "Canari-malgré" in page


def test_who_comes_second_is_told_and_keeps_what_was_typed(scene, client):
    draft = scene.open()
    scene.world.sign_in(client, "dan")
    form = {
        "edition": draft.edition - 1, "application": scene.applications["Ficelle"].pk, "rank": 1,
        "reason": "Une raison longue à écrire.",
    }  # fmt: skip
    response = client.post(reverse("priorities:rank_moving", args=[draft.pk]), form)
    page = response.content.decode()
    assert response.status_code == 422 and "Quelqu’un d’autre" in page and "Une raison longue à écrire." in page
    assert order_of(draft)[-1] == "Ficelle"


def test_who_comes_second_is_told_what_the_other_moved(scene, client):
    draft = scene.open()
    actions.move_rank(
        person=scene.who("dsden"), priority_list=draft, application=scene.applications["Saules"], to_rank=4,
        reason="Canari-motif.", now=NOW,
    )  # fmt: skip
    scene.world.sign_in(client, "dan")
    form = {
        "edition": draft.edition,
        "application": scene.applications["Ficelle"].pk,
        "rank": 1,
        "reason": "La mienne.",
    }
    page = client.post(reverse("priorities:rank_moving", args=[draft.pk]), form).content.decode()
    assert "École Saules, du rang 2 au rang 4. Raison\u00a0: Canari-motif." in page and "La mienne." in page


def test_the_list_says_the_opinions_and_that_one_is_not_given(scene, client):
    file = scene.applications["Tilleuls"]
    scene.opinion(file, 1, "dan", "unfavourable", motivation="Trop tôt.")
    late = scene.opinion(file, 1, "dsden")
    type(late).objects.filter(pk=late.pk).update(
        verdict="", given_at=None, due_on=TODAY - DAY, asked_at=late.asked_at - 2 * DAY
    )
    row = scene.cosigned()
    for actor, reads in (("dsden", True), ("city_education", True), ("elected", False)):
        if actor == "elected":
            actions.send_to_copil(person=scene.who("dsden"), priority_list=row, now=NOW)
        scene.world.sign_in(client, actor)
        page = client.get(detail(row)).content.decode()
        assert ("DSDEN avis non rendu&nbsp;; DAN défavorable." in page) is reads, actor


def test_a_file_no_longer_to_rank_is_shown_and_keeps_the_dsden_from_signing(scene, client):
    draft, gone = scene.open(), scene.applications["Tilleuls"]
    applications.close_without_follow_up(person=scene.who("dan"), application=gone, reason="Fermeture.", now=NOW)
    scene.world.sign_in(client, "dsden")
    page = client.get(detail(draft)).content.decode()
    assert page.count("n’est plus à classer") == 1 and "sans suite</span>" in page
    answer = client.post(reverse("priorities:list_proposal", args=[draft.pk]), {"edition": draft.edition})
    page = answer.content.decode()
    assert answer.status_code == 422 and "École Tilleuls («\u00a0sans suite\u00a0»). Ôtez-la" in page
    assert PriorityList.objects.get().state == ListState.DRAFT
    actions.remove_from_list(
        person=scene.who("dsden"), priority_list=draft, application=gone, reason="Sans suite.", now=NOW
    )
    assert actions.propose_list(person=scene.who("dsden"), priority_list=draft, now=NOW).state == ListState.PROPOSED


def test_the_path_of_a_list_by_its_buttons(scene, client):
    draft = scene.open()
    for actor, name, state in (
        ("dsden", "list_proposal", ListState.PROPOSED), ("dan", "list_signing", ListState.COSIGNED),
        ("dan", "list_sending", ListState.BEFORE_COPIL),
    ):  # fmt: skip
        scene.world.sign_in(client, actor)
        draft.refresh_from_db()
        client.post(reverse(f"priorities:{name}", args=[draft.pk]), {"edition": draft.edition})
        draft.refresh_from_db()
        assert draft.state == state


def test_a_file_withdrawn_once_the_list_is_proposed_is_named_to_who_signs(scene, client):
    proposed = actions.propose_list(person=scene.who("dsden"), priority_list=scene.open(), now=NOW)
    gone = scene.applications["Tilleuls"]
    applications.withdraw(person=scene.who("head"), application=gone, now=NOW)
    scene.world.sign_in(client, "dan")
    answer = client.post(reverse("priorities:list_signing", args=[proposed.pk]), {"edition": proposed.edition})
    page = answer.content.decode()
    assert answer.status_code == 422 and "École Tilleuls\u00a0: le dossier est" in page
    assert PriorityList.objects.get().state == ListState.PROPOSED


def test_the_city_reads_a_signed_list_and_has_no_button(scene, client):
    signed_list = scene.cosigned()
    scene.world.sign_in(client, "city_education")
    page = client.get(detail(signed_list)).content.decode()
    assert "La Ville ne peut pas en changer l’ordre" in page and "Changer le rang" not in page
    assert client.post(reverse("priorities:rank_moving", args=[signed_list.pk]), {}).status_code == 403


def test_a_draft_does_not_exist_for_the_city(scene, client):
    scene.world.sign_in(client, "city_education")
    assert client.get(detail(scene.open())).status_code == 404


def test_a_federation_reads_the_order_and_no_reason(scene, client):
    for entry in scene.open(motive="Canari-raison").entries.all():
        assert entry.reason == "Canari-raison"
    row = PriorityList.objects.get()
    actions.propose_list(person=scene.who("dsden"), priority_list=row, now=NOW)
    actions.cosign_list(person=scene.who("dan"), priority_list=row, now=NOW)
    actions.send_to_copil(person=scene.who("dan"), priority_list=row, now=NOW)
    actions.adopt_list(person=None, priority_list=row, decision=decision("Canari-motif"), now=NOW)
    scene.world.sign_in(client, "parents_federation")
    page = client.get(detail(row)).content.decode()
    assert "École Tilleuls" in page and "Canari-" not in page.replace("Canari-parents_federation", "")
    assert client.get(reverse("priorities:list_aid", args=[row.pk])).status_code == 404


def test_costs_are_for_the_city_and_its_elected_members(scene, client):
    scene.adopted()
    year = scene.programme(("Tilleuls",), cost_cents=3_141_500, envelope_cents=20_000_000)
    agent = scene.who("city_education")
    actions.arbitrate(person=agent, programme=year, now=NOW)
    actions.submit_programme(person=agent, programme=year, now=NOW)
    url = reverse("priorities:programme_detail", args=[year.pk])
    for actor, reads in (("elected", True), ("city_finance", True), ("dsden", False)):
        scene.world.sign_in(client, actor)
        page = client.get(url).content.decode()
        assert ("Coût estimé" in page) is reads, actor


def test_the_city_fills_a_year_in_the_browser(scene, client):
    scene.adopted()
    kit = scene.kit("primary")
    scene.world.sign_in(client, "city_education")
    client.post(
        reverse("priorities:programme_create"),
        {"school_year": "2026-2027", "envelope": "90 000", "regime": "ttc"},
    )
    year = Programme.objects.get()
    school = scene.applications["Tilleuls"].school
    url = reverse("priorities:school_adding", args=[year.pk])
    form = {"edition": year.edition, "school": school.pk, "kit": kit.pk, "cost": "95\u00a0000", "reason": ""}
    client.post(url, form)
    year.refresh_from_db()
    step = reverse("priorities:programme_step", args=[year.pk, "arbitrage"])
    refused = client.post(step, {"edition": year.edition})
    assert refused.status_code == 422 and "dépasse l’enveloppe" in refused.content.decode()


@pytest.mark.parametrize(
    ("actor", "told"),
    [
        ("city_education", "Hors candidature, motif\xa0: Canari-motif"),
        ("elected", "Hors candidature, motif\xa0: Canari-motif"),
        ("city_finance", "Hors candidature<"),
        ("parents_federation", "Hors candidature<"),
    ],
)
def test_a_programme_says_which_school_has_no_candidature(scene, client, actor, told):
    scene.adopted()
    year, agent = scene.programme(()), scene.who("city_education")
    school, kit = scene.applications["Tilleuls"].school, scene.kit("primary")
    year.priority_list.entries.filter(application__school=school).delete()
    actions.add_school(
        person=agent, programme=year, school=school, kit=kit, cost_cents=1, reason="Canari-motif", now=NOW
    )
    for act in (actions.arbitrate, actions.submit_programme):
        act(person=agent, programme=year, now=NOW)
    actions.decide_programme(person=None, programme=year, decision=decision(), now=NOW)
    scene.world.sign_in(client, actor)
    page = client.get(reverse("priorities:programme_detail", args=[year.pk])).text
    assert told in page and ("Canari-motif" in page) is ("motif" in told)


def test_the_city_says_beside_a_school_why_it_passes_before(scene, client):
    scene.adopted()
    year, agent = scene.programme(("Tilleuls", "Saules")), scene.who("city_education")
    ProgrammeEntry.objects.filter(programme=year).update(reason="")
    tilleuls, saules = (scene.applications[name].school for name in ("Tilleuls", "Saules"))
    actions.remove_school(person=agent, programme=year, school=tilleuls, now=NOW)
    year.refresh_from_db()
    page = reverse("priorities:programme_detail", args=[year.pk])
    scene.world.sign_in(client, "elected")
    assert client.get(page).status_code == 404
    scene.world.sign_in(client, "city_education")
    assert "Pourquoi elle passe avant 1\xa0école mieux classée" in as_drawn(client.get(page).text)
    step = reverse("priorities:programme_step", args=[year.pk, "arbitrage"])
    refused = client.post(step, {"edition": year.edition})
    assert refused.status_code == 422 and "École Saules passe avant une école mieux classée" in as_drawn(refused.text)
    reason = reverse("priorities:programme_step", args=[year.pk, "raison"])
    typed = {"edition": year.edition, "school": saules.pk, "reason": "Un chantier"}
    assert "La raison est vide" in as_drawn(client.post(reason, typed | {"reason": ""}).text)
    refused = client.post(reason, typed | {"edition": 1})
    assert refused.status_code == 422 and 'value="Un chantier"' in as_drawn(refused.text), "what was typed stays"
    shown = as_drawn(client.post(reason, typed, follow=True).text)
    assert "Un chantier" in shown and "Pourquoi elle passe avant" not in shown


def test_a_version_that_another_replaced_is_not_put_before_the_copil(scene, client):
    row = scene.cosigned()
    scene.world.sign_in(client, "dsden")
    assert "Présenter au COPIL" in as_drawn(client.get(detail(row)).text)
    actions.open_list(person=scene.who("dsden"), call=scene.call, now=NOW)
    shown = as_drawn(client.get(detail(row)).text)
    assert "Présenter au COPIL" not in shown and "Ouvrir une nouvelle version" not in shown
    assert "remplacée par une version plus récente" in shown
    refused = client.post(reverse("priorities:list_sending", args=[row.pk]), {"edition": row.edition})
    assert refused.status_code == 422 and "La version 2 remplace celle-ci" in as_drawn(refused.text)


def test_the_dsden_writes_a_preconisation_and_the_city_answers(scene, client):
    scene.world.sign_in(client, "dsden")
    form = {
        "school_kind": "elementary", "reasons": "Cycle 2.", "form-TOTAL_FORMS": 1, "form-INITIAL_FORMS": 0,
        "form-0-item": "Tablettes", "form-0-rule": "per_class", "form-0-quantity_min": 1, "form-0-quantity_max": 2,
    }  # fmt: skip
    client.post(reverse("priorities:recommendation_create"), form)
    row = Recommendation.objects.get()
    assert row.lines.get().item == "Tablettes"
    client.post(reverse("priorities:recommendation_signing", args=[row.pk]), {"pen": "dsden"})
    actions.sign_recommendation(person=scene.who("dan"), recommendation=row, pen="dan", now=NOW)
    kit = scene.kit()
    scene.world.sign_in(client, "city_education")
    url = reverse("priorities:recommendation_answer", args=[row.pk])
    said = {"line": row.lines.get().pk, "kit": kit.pk, "choice": "departed", "reason": ""}
    refused = client.post(url, said)
    page = as_drawn(refused.text)
    assert refused.status_code == 422 and page.count('<details class="no-print" open>') == 1
    assert 'value="departed" selected' in page, "what was chosen stays"
    page = as_drawn(client.post(url, said | {"reason": "Marché en cours."}, follow=True).text)
    assert "non suivie, Marché en cours." in page


@pytest.mark.parametrize("actor", ["guardian", "pupil_cm2", "operator", "head"])
@pytest.mark.parametrize("name", ["list_list", "programme_list"])
def test_others_find_nothing(scene, client, actor, name):
    assert scene.world.sign_in(client, actor).get(reverse(f"priorities:{name}")).status_code == 404


def test_the_finance_of_a_city_is_offered_programmes_and_no_list(scene, client):
    scene.world.sign_in(client, "city_finance")
    assert client.get(reverse("priorities:list_list")).status_code == 404
    assert client.get(reverse("priorities:list_export", args=["csv"])).status_code == 404
    page = client.get(reverse("priorities:programme_list")).content.decode()
    assert reverse("priorities:list_list") not in page
    scene.world.sign_in(client, "elected")
    assert reverse("priorities:list_list") in client.get(reverse("priorities:programme_list")).content.decode()


def test_pages_cost_ten_queries_at_most_and_no_more_with_more_schools(scene, client, django_assert_max_num_queries):
    draft = scene.open(("Tilleuls", "Saules"))
    scene.world.sign_in(client, "dsden")
    client.get(detail(draft))
    with django_assert_max_num_queries(10) as few:
        client.get(detail(draft))
    for name in ("Billes", "Ficelle"):
        actions.add_to_list(person=None, priority_list=draft, application=scene.applications[name], reason="x", now=NOW)
        actions.move_rank(
            person=None, priority_list=draft, application=scene.applications[name], to_rank=1, reason="x", now=NOW
        )
    with django_assert_max_num_queries(10) as many:
        client.get(detail(draft))
    assert len(many) <= len(few)


@pytest.mark.parametrize("actor", ["city_education", "dsden"])
def test_the_other_pages_cost_ten_queries_at_most(scene, client, django_assert_max_num_queries, actor):
    row = signed(scene)
    scene.kit()
    year = scene.programme(("Saules", "Billes", "Ficelle"))
    if actor == "dsden":
        Programme.objects.update(state="submitted_copil")
    scene.world.sign_in(client, actor)
    for url in (
        reverse("priorities:list_list"), reverse("priorities:programme_list"),
        reverse("priorities:recommendation_list"), reverse("priorities:recommendation_detail", args=[row.pk]),
        reverse("priorities:programme_detail", args=[year.pk]),
    ):  # fmt: skip
        client.get(url)
        with django_assert_max_num_queries(10):
            assert client.get(url).status_code == 200, (url, TODAY)


@pytest.mark.parametrize(("actor", "reads"), [("dsden", True), ("city_education", True), ("parents_federation", False)])
def test_a_version_out_of_sight_is_not_told_by_what_changed_since(scene, client, actor, reads):
    actions.send_back_list(person=None, priority_list=scene.before_copil(), decision=decision("Revoir."), now=NOW)
    row = actions.open_list(person=scene.who("dsden"), call=scene.call, now=NOW)
    actions.move_rank(
        person=scene.who("dsden"), priority_list=row, application=scene.applications["Billes"], to_rank=1,
        reason="Équité.", now=NOW,
    )  # fmt: skip
    row = actions.propose_list(person=scene.who("dsden"), priority_list=row, now=NOW)
    row = actions.cosign_list(person=scene.who("dan"), priority_list=row, now=NOW)
    row = actions.send_to_copil(person=scene.who("dsden"), priority_list=row, now=NOW)
    row = actions.adopt_list(person=None, priority_list=row, decision=decision(), now=NOW)
    page = scene.world.sign_in(client, actor).get(detail(row)).content.decode()
    assert "École Billes" in page and ("Ce qui change depuis" in page) is reads


def test_a_federation_reads_the_programme_and_no_reason(scene, client):
    followed = scene.adopted()
    year = scene.programme(("Saules",))
    year.priority_list = followed
    year.save()
    year.entries.update(reason="Canari-motif")
    actions.arbitrate(person=scene.who("city_education"), programme=year, now=NOW)
    actions.submit_programme(person=scene.who("city_education"), programme=year, now=NOW)
    actions.decide_programme(person=None, programme=year, decision=decision(), now=NOW)
    url = reverse("priorities:programme_detail", args=[year.pk])
    for actor, reads in (("city_education", True), ("ien", True), ("parents_federation", False)):
        page = scene.world.sign_in(client, actor).get(url).content.decode()
        assert "passe avant" in page and ("Canari-motif" in page) is reads, actor


def test_a_programme_leads_to_its_list_only_for_who_opens_it(scene, client):
    followed = scene.adopted()
    year = scene.programme(("Saules",))
    year.priority_list = followed
    year.save()
    actions.arbitrate(person=scene.who("city_education"), programme=year, now=NOW)
    actions.submit_programme(person=scene.who("city_education"), programme=year, now=NOW)
    actions.decide_programme(person=None, programme=year, decision=decision(), now=NOW)
    PriorityList.objects.update(state="sent_back", decision_reason="Renvoyée.")  # a later session gave it back
    for actor, opens in (("dsden", True), ("city_finance", False), ("parents_federation", False)):
        scene.world.sign_in(client, actor)
        page = client.get(reverse("priorities:programme_detail", args=[year.pk])).text
        assert f"liste v{followed.version}" in page and (detail(followed) in page) is opens, actor
        assert client.get(detail(followed)).status_code == (200 if opens else 404)


@pytest.mark.parametrize(
    ("actor", "opens"),
    [
        ("dsden", True),
        ("ia_dasen", True),
        ("city_it", True),
        ("elected", True),
        ("ien", False),
        ("parents_federation", False),
    ],
)
def test_a_school_leads_to_its_story_for_who_opens_each(scene, client, actor, opens):
    """From a rank and from a programme: the evidence of both is what was filed and what was received."""
    followed, year = scene.adopted(), scene.programme(("Saules",))
    actions.arbitrate(person=scene.who("city_education"), programme=year, now=NOW)
    actions.submit_programme(person=scene.who("city_education"), programme=year, now=NOW)
    actions.decide_programme(person=None, programme=year, decision=decision(), now=NOW)
    scene.world.sign_in(client, actor)
    for address in (detail(followed), reverse("priorities:programme_detail", args=[year.pk])):
        answer = client.get(address)
        links = set(re.findall(r'href="(/plan/ecoles/[^"]*/histoire/)"', answer.text))
        assert bool(links) is opens or answer.status_code == 404, address
        assert {client.get(link).status_code for link in links} <= {200}
    assert links or not opens
