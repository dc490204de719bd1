"""The committees' pages: who reads what, what two secretaries see, how many queries."""

import pytest
from django.urls import reverse

from preau.kit.answers import Conflict
from preau.kit.tables import read_table
from preau.plan.ambitions import actions as ambitions
from preau.plan.governance import actions
from preau.plan.governance.models import AgendaItem, Attendance, Decision, Session
from preau.plan.priorities import actions as priorities
from preau.plan.studies import actions as studies
from tests.kept import kept
from tests.plan.governance.conftest import NOW, SECRET, TODAY, day
from tests.plan.priorities.conftest import Scene as Ranks

pytestmark = pytest.mark.django_db
MEMBERS = ("city_education", "city_it", "city_finance", "elected", "dsden", "dan", "ia_dasen", "ien", "trainer")
STRANGERS = ("city_education_far", "ien_other", "head", "teacher", "guardian", "pupil_cm2", "operator")


def url(name, *args):
    return reverse(f"governance:{name}", args=args)


@pytest.fixture
@kept
def published(stage):
    """A published decision and one that is not, in two sessions."""
    stage.seat_everyone()
    session = stage.session("minutes_draft")
    stage.decide(session, text="Décision publiée.", dissent=f"{SECRET} contre", item=session.items.get())
    stage.approve(session)
    actions.publish_minutes(person=stage.secretary, session=session, now=NOW)
    later = stage.session("held")
    stage.decide(later, text=f"{SECRET} à venir")
    return session, later


def pages_of(session):
    decision = session.decisions.get()
    return (
        url("session_detail", session.pk),
        url("minutes_detail", session.pk),
        url("attendance", session.pk),
        url("decision_detail", decision.pk),
        url("session_list", session.committee_id),
        url("seat_list", session.committee_id),
    )


@pytest.mark.parametrize("name", MEMBERS)
def test_both_authorities_and_both_sides_read_the_same(stage, published, client, name):
    stage.world.sign_in(client, name)
    for session in published:
        assert [client.get(page).status_code for page in pages_of(session)] == [200] * 6
    assert SECRET in client.get(url("committee_home")).content.decode()


@pytest.mark.parametrize("name", STRANGERS)
def test_strangers_find_nothing(stage, published, client, name):
    stage.world.sign_in(client, name)
    for session in published:
        assert {client.get(page).status_code for page in pages_of(session)} == {404}
    for page in ("committee_home", "decision_list", "follow_up_list", "dossier_list", "verification"):
        answer = client.get(url(page) + "?ville=marelle")
        assert answer.status_code == 404 or SECRET not in answer.content.decode()


def test_a_federation_reads_published_decisions_without_dissent(stage, published, client):
    session, later = published
    stage.world.sign_in(client, "parents_federation")
    shown = [url("committee_home"), url("decision_list"), url("decision_detail", session.decisions.get().pk)]
    for page in [*shown, url("follow_up_list"), url("decision_export", "csv")]:
        answer = client.get(page)
        assert answer.status_code == 200 and SECRET not in answer.content.decode()
    assert "Décision publiée." in client.get(url("decision_list")).content.decode()
    hidden = [url("decision_detail", later.decisions.get().pk), *pages_of(session)[:3], *pages_of(session)[4:]]
    assert {client.get(page).status_code for page in hidden} == {404}


def test_the_secretary_prepares_and_holds_a_session(stage, client):
    stage.seat_everyone()
    stage.world.sign_in(client, "city_education")
    client.post(url("session_create", stage.copil.pk), {"planned_on": TODAY, "place": "Mairie"})
    session = Session.objects.get()
    for title in ("Premier", "Second"):
        client.post(url("item_create", session.pk), {"title": title, "aim": "decision", "presented_by": "city"})
    second = AgendaItem.objects.get(title="Second")
    session.refresh_from_db()
    client.post(url("item_move", second.pk), {"sens": "haut", "version": session.version})
    assert list(session.items.order_by("position").values_list("title", flat=True)) == ["Second", "Premier"]
    client.post(url("session_convening", session.pk))
    client.post(url("session_freezing", session.pk))
    client.post(url("session_holding", session.pk), {"held_on": TODAY})
    seat = stage.copil.seats.first()
    client.post(url("attendance", session.pk), {f"presence-{seat.pk}": "present", f"attendee-{seat.pk}": "Mme X"})
    answer = client.post(
        url("decision_create", session.pk) + f"?point={second.pk}", {"text": "Adopté.", "result": "adopted"}
    )
    decision = Decision.objects.get()
    assert answer.headers["Location"] == url("decision_detail", decision.pk)
    client.post(url("minutes_edit", session.pk), {"text": "Le relevé."})
    session.refresh_from_db()
    assert (session.state, decision.item, Attendance.objects.get().attendee) == ("minutes_draft", second, "Mme X")


def test_a_session_changes_its_day_from_its_page_until_it_is_convened(stage, client):
    session = stage.session("planned")
    session.refresh_from_db()
    stage.world.sign_in(client, "city_education")
    page, way = url("session_detail", session.pk), url("session_edit", session.pk)
    assert way in client.get(page).content.decode()
    assert "salle du conseil" in client.get(way).content.decode()
    told = {"planned_on": TODAY, "starts_at": "14:30", "place": "Préau", "version": session.version}
    assert client.post(way, told).headers["Location"] == page
    shown = client.get(page).content.decode().replace("\u00a0", " ")
    assert "14 h 30, Préau" in shown and f"La séance {session.number} est prévue le" in shown
    assert "Ce jour est passé" not in shown
    second = client.post(way, told | {"place": "Gymnase"})
    assert second.status_code == 422
    assert "a changé depuis" in second.content.decode() and 'value="Gymnase"' in second.content.decode()
    session.refresh_from_db()
    assert (session.planned_on, session.place) == (TODAY, "Préau")
    client.post(url("session_convening", session.pk))
    assert way not in client.get(page).content.decode()
    assert (client.get(way).status_code, client.post(way, told).status_code) == (403, 403)


@pytest.mark.parametrize("place", ["session_edit", "session_create"])
def test_a_mistyped_day_is_read_at_once(stage, client, place):
    """A session of the past may be written down, a slip of the year numbers it: the answer says both."""
    session = stage.session("planned")
    session.refresh_from_db()
    stage.world.sign_in(client, "city_education")
    way = url(place, session.pk if place == "session_edit" else session.committee_id)
    slip = {"planned_on": day(-400), "starts_at": "", "place": "", "version": session.version}
    page = client.post(way, slip, follow=True).content.decode().replace("\u00a0", " ")
    assert f"La séance {day(-400).year}-1 est prévue le" in page and "Ce jour est passé : corrigez la date" in page


def test_a_stale_page_keeps_what_was_typed(stage, client):
    session = stage.session("minutes_draft")
    stage.world.sign_in(client, "city_education")
    old = session.version
    actions.draft_minutes(person=stage.secretary, session=session, text="La première.", now=NOW)
    answer = client.post(url("minutes_edit", session.pk), {"text": "Ma phrase.", "version": old})
    page = answer.content.decode()
    assert answer.status_code == 422 and "a changé depuis" in page and "Ma phrase." in page
    session.refresh_from_db()
    assert session.minutes == "La première." and f'name="version" value="{session.version}"' in page
    client.post(url("minutes_edit", session.pk), {"text": "Ma phrase.", "version": session.version})
    session.refresh_from_db()
    assert session.minutes == "Ma phrase."


def test_an_agenda_button_of_an_old_page_changes_nothing(stage, client):
    session = stage.session("planned")
    item = session.items.get()
    stage.world.sign_in(client, "city_education")
    for version in ("", "1"):
        client.post(url("item_removal", item.pk), {"version": version})
        assert session.items.exists()
    session.refresh_from_db()
    client.post(url("item_removal", item.pk), {"version": session.version})
    assert not session.items.exists()


def test_a_decision_serves_an_ambition(stage, client):
    ambitions.add_deck_ambitions(person=stage.secretary, city=stage.city, now=NOW)
    session = stage.session("held")
    stage.world.sign_in(client, "city_education")
    page = url("decision_create", session.pk)
    assert client.post(page, {"text": "x", "result": "adopted"}).status_code == 422
    with pytest.raises(Conflict, match="aucune ambition"):
        stage.decide(session)
    chosen = stage.city.ambitions.first()
    client.post(page, {"text": "x", "result": "adopted", "ambitions": [chosen.pk]})
    assert list(Decision.objects.get().ambitions.all()) == [chosen]


def test_a_form_asks_only_what_can_be_answered(stage, client):
    """No ambition written, no decision published: neither is asked."""
    session = stage.session("held")
    stage.world.sign_in(client, "city_education")
    page = client.get(url("decision_create", session.pk)).content.decode()
    assert "Ambitions servies" not in page and "Remplace la décision" not in page


def test_a_motive_is_asked_for_a_change(stage, client):
    session = stage.session("held")
    stage.world.sign_in(client, "city_education")
    answer = client.post(url("decision_create", session.pk), {"text": "x", "result": "changed"})
    assert answer.status_code == 422 and "Le motif manque" in answer.content.decode()


def test_approval_button_is_for_those_who_must_agree(stage, client):
    session = stage.session("minutes_draft")
    page = url("minutes_detail", session.pk)
    for name, sees in (("elected", True), ("dsden", True), ("city_education", False), ("ien", False)):
        stage.world.sign_in(client, name)
        assert ("Approuver ce relevé" in client.get(page).content.decode()) is sees, name


def test_the_state_remarks_and_others_do_not(stage, client):
    session = stage.session("minutes_draft")
    stage.world.sign_in(client, "ien")
    client.post(url("comment_create", session.pk), {"text": "Une remarque."})
    assert session.comments.get().written_as == "IEN"
    stage.world.sign_in(client, "elected")
    assert client.post(url("comment_create", session.pk), {"text": "Non."}).status_code == 403
    assert session.comments.count() == 1


def test_decisions_are_found_by_number_and_by_words(stage, published, client):
    stage.world.sign_in(client, "elected")
    number = published[0].decisions.get().number
    for word in (number, "decision PUBLIEE"):
        page = client.get(url("decision_list"), {"mot": word}).content.decode()
        assert "Décision publiée." in page and "à venir" not in page


@pytest.mark.parametrize("extension", ["csv", "ods"])
def test_decisions_are_taken_away(stage, client, extension):
    stage.seat_everyone()
    told = {"reason": "=SOMME(A1)", "votes_for": 4, "votes_against": 2, "abstentions": 0}
    decision = stage.decide(stage.session("held"), text="Décision entière.", **told)
    stage.world.sign_in(client, "dsden")
    answer = client.get(url("decision_export", extension))
    (line,) = read_table(f"t.{extension}", answer.content).rows
    said = [str(cell) for cell in line.cells]
    assert said[0] == decision.number and said[2] == decision.session.number
    assert said[4:] == ["Décision entière.", decision.get_result_display(), "'=SOMME(A1)", "4", "2", "0"]


def test_pages_ask_ten_queries_at_most_whatever_the_size(stage, published, client, django_assert_max_num_queries):
    session = published[0]
    stage.world.sign_in(client, "city_education")
    pages = [*pages_of(session), url("committee_home"), url("decision_list"), url("follow_up_list"),
             url("dossier_list"), url("dossier_detail", session.dossiers.first().pk)]  # fmt: skip
    for size in (1, 2):
        for page in pages:
            client.get(page)
            with django_assert_max_num_queries(10, info=page):
                client.get(page)
        for _ in range(6):
            other = stage.session("held", on=day(-2))
            decision = stage.decide(other)
            actions.add_follow_up(
                person=stage.secretary, decision=decision, text="x", owner="y", due_on=day(-size), now=NOW
            )


@pytest.fixture
@kept
def full_evening(stage):
    """A published COPIL whose points bore on a list, a programme and compared options, each decided; its follow-up."""
    stage.seat_everyone()
    ranks, agent = Ranks(stage.world), stage.secretary
    listed, year = ranks.before_copil(), ranks.programme()
    priorities.arbitrate(person=agent, programme=year, now=NOW)
    priorities.submit_programme(person=agent, programme=year, now=NOW)
    compared = studies.open_comparison(person=agent, city=stage.city, title="Quel espace", need="Un", now=NOW)
    studies.add_option(person=agent, comparison=compared, name="Le premier", vendor="Une société", now=NOW)
    session = stage.session("planned", on=day(-1))
    for kind, row in (("list", listed), ("programme", year), ("comparison", compared)):
        point = {"title": kind, "aim": "decision", "presented_by": "city", "object_kind": kind, "object_id": row.pk}
        actions.add_item(person=agent, session=session, now=NOW, **point)
    for _, step in stage.steps(day(-1))[:3]:
        step(session)
        session.refresh_from_db()
    seat = session.committee.seats.first()
    Attendance.objects.create(session=session, seat=seat, presence="present")
    made = [stage.decide(session, item=item, result="sent_back", reason="À revoir.") for item in session.items.all()]
    for decision in made:
        actions.add_follow_up(person=agent, decision=decision, text="x", owner="y", due_on=day(9), now=NOW)
    actions.draft_minutes(person=agent, session=session, text="Relevé.", now=NOW)
    stage.approve(session)
    actions.publish_minutes(person=agent, session=session, now=NOW)
    session.refresh_from_db()
    return session, session.decisions.all()


@pytest.mark.parametrize("name", ["city_education", "city_it", "city_finance", "elected", "dsden", "ien"])
def test_a_copil_on_a_list_a_programme_and_options_asks_ten_queries_at_most(
    full_evening, stage, client, django_assert_max_num_queries, name
):
    session, made = full_evening
    later = stage.session("held", on=day(-1))
    stage.decide(later, replaces=made[0])
    stage.world.sign_in(client, name)
    for page in (url("session_detail", session.pk), *(url("decision_detail", each.pk) for each in made)):
        client.get(page)
        with django_assert_max_num_queries(10, info=page):
            assert client.get(page).status_code == 200


def test_a_name_without_a_presence_is_told_and_stays_typed(stage, client):
    stage.seat_everyone()
    session, seat = stage.session("held"), stage.copil.seats.first()
    stage.world.sign_in(client, "city_education")
    answer = client.post(
        url("attendance", session.pk), {f"attendee-{seat.pk}": "Mme Canari", "version": session.version}
    )
    page = answer.content.decode()
    assert answer.status_code == 422 and "Un nom est écrit" in page and 'value="Mme Canari"' in page
    assert not Attendance.objects.filter(session=session, attendee="Mme Canari").exists()
