"""What was typed in a form of a list or of a programme stays when the act is refused, and can be sent again."""

import re

from django.urls import reverse

from preau.plan.priorities import actions
from tests.plan.conftest import NOW
from tests.plan.priorities.conftest import NAMES, decision, order_of


def fields_of(page, name):
    return re.findall(rf'<(?:input|select)[^>]* name="{name}"[^>]*>', page)


def test_a_school_put_on_the_list_stays_chosen_when_its_reason_lacks(scene, client):
    draft = scene.open(NAMES[:2])
    ficelle = scene.applications["Ficelle"].pk
    scene.world.sign_in(client, "dsden")
    url = reverse("priorities:entry_create", args=[draft.pk])
    typed = {"edition": draft.edition, "application": ficelle, "reason": "", "unready_reason": "Canari-malgré"}
    refused = client.post(url, typed)
    assert refused.status_code == 422 and "«\xa0Raison de ce rang\xa0» est vide" in refused.text
    assert f'value="{ficelle}" selected' in refused.text and "Canari-malgré" in refused.text
    client.post(url, typed | {"reason": "REP+."})
    entry = draft.entries.get(application=ficelle)
    assert (entry.reason, entry.unready_reason) == ("REP+.", "Canari-malgré")


def test_a_school_not_ready_is_put_on_the_list_and_signed_without_moving_it(scene, client):
    draft = scene.open(NAMES[:1])
    scene.world.sign_in(client, "dsden")
    typed = {"edition": draft.edition, "application": scene.applications["Ficelle"].pk, "reason": "REP+.",
             "unready_reason": "Travaux cet été."}  # fmt: skip
    client.post(reverse("priorities:entry_create", args=[draft.pk]), typed)
    draft.refresh_from_db()
    assert draft.entries.get(rank=2).lacks and not draft.moves.exists()
    assert actions.propose_list(person=scene.who("dsden"), priority_list=draft, now=NOW).dsden_signed_at == NOW


def test_who_comes_second_sends_again_what_the_page_kept(scene, client):
    draft = scene.open(NAMES[:3])
    ficelle, tilleuls = (scene.applications[name].pk for name in ("Ficelle", "Tilleuls"))
    scene.world.sign_in(client, "dan")
    added = {"edition": draft.edition - 1, "application": ficelle, "reason": "REP+."}
    refused = client.post(reverse("priorities:entry_create", args=[draft.pk]), added).text
    assert "Quelqu’un d’autre" in refused and f'value="{ficelle}" selected' in refused
    kept = [tag for tag in fields_of(refused, "edition") if "id_edition" in tag]
    assert len(kept) == 1 and f'value="{draft.edition}"' in kept[0], "the page shows the list as it is now"
    taken_off = {"edition": draft.edition - 1, "application": tilleuls, "reason": "Canari-retrait"}
    refused = client.post(reverse("priorities:entry_removal", args=[draft.pk]), taken_off).text
    assert re.search(r'id="retrait-1"[^>]*value="Canari-retrait"', refused)
    assert refused.count('class="no-print" open') == 1
    assert order_of(draft) == list(NAMES[:3])


def test_a_rank_that_is_no_number_is_named(scene, client):
    draft = scene.open()
    scene.world.sign_in(client, "dsden")
    typed = {"edition": draft.edition, "application": scene.applications["Ficelle"].pk, "rank": "un", "reason": "REP."}
    refused = client.post(reverse("priorities:rank_moving", args=[draft.pk]), typed)
    assert refused.status_code == 422
    assert "Rang\xa0: Ce n’est pas un nombre\xa0: écrivez seulement des chiffres." in refused.text


def test_a_vote_refused_keeps_its_one_form(scene, client):
    scene.adopted()
    year, agent = scene.programme(), scene.who("city_education")
    for act in (actions.arbitrate, actions.submit_programme):
        act(person=agent, programme=year, now=NOW)
    actions.decide_programme(person=None, programme=year, decision=decision(), now=NOW)
    year.refresh_from_db()
    scene.world.sign_in(client, "city_education")
    url = reverse("priorities:programme_step", args=[year.pk, "vote"])
    typed = {"edition": year.edition, "reference": "Canari-D12", "voted_on": "2090-01-01"}
    refused = client.post(url, typed).text
    assert "n’a pas encore voté ce jour-là" in refused
    assert len(fields_of(refused, "reference")) == 1 and "Canari-D12" in refused


def test_a_step_that_is_passed_says_so_to_who_sends_it_badly(scene, client):
    scene.adopted()
    year, agent = scene.programme(), scene.who("city_education")
    actions.arbitrate(person=agent, programme=year, now=NOW)
    actions.submit_programme(person=agent, programme=year, now=NOW)
    scene.world.sign_in(client, "city_education")
    refused = client.post(reverse("priorities:programme_step", args=[year.pk, "arbitrage"]), {"edition": "x"})
    assert refused.status_code == 422 and "cette étape n’est plus à faire" in refused.text


def test_a_school_of_the_programme_is_sent_again_after_someone_else(scene, client):
    scene.adopted()
    year = scene.programme(())
    scene.world.sign_in(client, "city_education")
    url = reverse("priorities:school_adding", args=[year.pk])
    school = scene.applications["Tilleuls"].school
    typed = {"edition": year.edition - 1, "school": school.pk, "kit": scene.kit(school.kind).pk, "cost": "41000"}
    refused = client.post(url, typed).text
    assert "Quelqu’un d’autre" in refused and f'value="{school.pk}" selected' in refused
    assert f'value="{year.edition}"' in next(tag for tag in fields_of(refused, "edition") if "id_edition" in tag)


def test_schools_of_the_list_are_offered_first_in_its_order(scene, client):
    """The COPIL put Ficelle first; Billes is not on the list."""
    row = scene.cosigned(("Tilleuls", "Saules", "Ficelle"))
    row = actions.send_to_copil(person=scene.who("dsden"), priority_list=row, now=NOW)
    order = [(scene.applications[name], "REP+.") for name in ("Ficelle", "Saules", "Tilleuls")]
    actions.adopt_list(person=None, priority_list=row, decision=decision("REP+."), order=order, now=NOW)
    year, _ = scene.programme(()), scene.kit("elementary")
    scene.world.sign_in(client, "city_education")
    page = client.get(reverse("priorities:programme_detail", args=[year.pk])).text
    on, off = re.search(r"Dans l’ordre de la liste suivie(.*)Hors de la liste(.*?)</select>", page, re.DOTALL).groups()
    assert re.findall(r">École (\w+)", on) == ["Ficelle", "Saules", "Tilleuls"]
    assert "Billes" in off and "Saules" not in off
