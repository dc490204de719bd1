"""Options compared and laboratories: each authority its own acts, and the deck's gate."""

from datetime import timedelta
from fractions import Fraction

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from preau.kit.answers import Conflict, Refused
from preau.plan.governance import actions as governance
from preau.plan.governance.models import State
from preau.plan.studies import actions, queries
from preau.plan.studies.models import Cohort, Comparison, Mark
from tests.kept import kept
from tests.plan.governance.conftest import NOW, day

pytestmark = [pytest.mark.django_db, pytest.mark.long]
SECRET = "Canari-brouillon"
HOUR = timedelta(hours=1)


@pytest.fixture
@kept
def comparison(stage):
    made = actions.open_comparison(person=stage.secretary, city=stage.city, title="Quel espace", need="Un", now=NOW)
    for label, weight in (("Simplicité", 3), ("Coût", 1)):
        actions.add_criterion(person=stage.secretary, comparison=made, label=label, weight=weight, now=NOW)
    for name in ("Le premier", "Le second"):
        actions.add_option(person=stage.secretary, comparison=made, name=name, vendor="Une société", now=NOW)
    return made


@pytest.fixture
@kept
def cohort(stage):
    return actions.open_cohort(
        person=stage.secretary,
        city=stage.city,
        name="Les six",
        aim="Essayer un espace",
        starts_on=day(-300),
        ends_on=day(-10),
        schools=[stage.world.schools["tilleuls"]],
        questions=["Qui s’en sert ?"],
        now=NOW,
    )


def give(stage, name, comparison, values):
    places = [(o.pk, c.pk) for o in comparison.options.all() for c in comparison.criteria.all()]
    actions.mark_options(
        person=stage.who(name), comparison=comparison, values=dict(zip(places, values, strict=True)), now=NOW
    )


def test_both_authorities_marks_stand_side_by_side(stage, comparison):
    give(stage, "city_it", comparison, [5, 1, 2, 2])
    give(stage, "dan", comparison, [3, None, 4, 2])
    table = queries.comparison_table(comparison)
    first, second = table.rows
    assert [(c.city, c.state) for c in first.cells] == [(5, 3), (1, None)]
    assert first.mean == Fraction(3 * 4 + 1, 4) and second.mean == Fraction(3 * 3 + 2, 4)
    assert table.missing_count == 1


def test_a_criterion_or_an_option_sent_twice_is_added_once_and_said(stage, comparison, client):
    """Until its relevé is approved, what a committee said is not « non prise » but « pas encore »."""
    stage.world.sign_in(client, "city_education")
    for name, given in (
        ("criterion_create", {"label": "simplicité ", "weight": 3}),
        ("option_create", {"name": "LE PREMIER"}),
    ):
        page = client.post(reverse(f"studies:{name}", args=[comparison.pk]), given)
        assert page.status_code == 422 and "est déjà dans cette comparaison" in page.content.decode()
    assert (comparison.criteria.count(), comparison.options.count()) == (2, 2)
    page = client.get(reverse("studies:comparison_detail", args=[comparison.pk])).content.decode()
    assert "une fois le relevé de sa séance approuvé" in page and "non prise" not in page


def test_an_option_is_put_right_until_the_cotech_and_by_the_city_alone(stage, comparison, client):
    """Added before its vendor came, it can be told presented; a weight typed wrong is not for ever."""
    option, criterion = comparison.options.first(), comparison.criteria.first()
    give(stage, "city_it", comparison, [5, 1, 2, 2])
    on_option, on_criterion = (
        reverse("studies:option_edit", args=[option.pk]), reverse("studies:criterion_edit", args=[criterion.pk]),
    )  # fmt: skip
    stage.world.sign_in(client, "dsden")
    assert client.post(on_criterion, {"label": "Simplicité", "weight": 1}).status_code == 403
    stage.world.sign_in(client, "city_education")
    detail = client.get(reverse("studies:comparison_detail", args=[comparison.pk])).content.decode()
    assert on_option in detail and on_criterion in detail and "Pas encore présentée." in detail
    given = {"name": "Le premier", "vendor": "Une société", "presented_on": day(-1)}
    assert client.post(on_option, given | {"name": "le second"}).status_code == 422
    assert (
        client.post(on_option, given).status_code
        == client.post(on_criterion, {"label": "Simplicité", "weight": 1}).status_code
        == 302
    )
    assert queries.comparison_table(comparison).rows[0].mean == Fraction(5 + 1, 2)
    settle(stage, stage.cotech, comparison, text="Favorable.")
    assert client.post(on_criterion, {"label": "Simplicité", "weight": 9}).status_code == 403
    assert "Corriger" not in client.get(reverse("studies:comparison_detail", args=[comparison.pk])).content.decode()


def test_two_colleagues_mark_at_once_and_keep_both_marks(stage, comparison, client):
    """One left blank what the other gave meanwhile: nothing is taken back."""
    stage.world.sign_in(client, "city_it")
    address = reverse("studies:marks", args=[comparison.pk])
    form = client.get(address).context["form"]
    sent = {}
    for field in form:
        sent |= {field.html_name: field.value(), field.html_initial_name: field.value()}
    give(stage, "city_education", comparison, [5, None, None, None])
    client.post(address, sent | {list(form.fields)[3]: "2"})
    assert sorted(Mark.objects.values_list("value", flat=True)) == [2, 5]


def test_an_authority_writes_no_mark_of_the_other(stage, comparison):
    give(stage, "city_it", comparison, [5, 5, 5, 5])
    give(stage, "dsden", comparison, [0, 0, 0, 0])
    assert set(Mark.objects.filter(authority="city").values_list("value", flat=True)) == {5}
    for name in ("elected", "city_finance", "ien", "trainer", "city_education_far"):
        with pytest.raises(Refused):
            give(stage, name, comparison, [1, 1, 1, 1])


def settle(stage, committee, linked, **decision):
    """A session that decides on one object, up to its approval."""
    kind = "comparison" if isinstance(linked, Comparison) else "cohort"
    item = {"object_kind": kind, "object_id": linked.pk}
    session = stage.session("minutes_draft", committee=committee, item=item)
    stage.decide(session, item=session.items.get(), **decision)
    stage.approve(session)
    linked.refresh_from_db()
    session.refresh_from_db()
    return session


def test_the_cotech_gives_its_opinion_then_the_copil_chooses(stage, comparison):
    settle(stage, stage.cotech, comparison, text="Le second convient mieux.")
    assert (comparison.state, comparison.opinion_text) == ("heard", "Le second convient mieux.")
    with pytest.raises(Refused, match="ne change plus"):
        give(stage, "city_it", comparison, [1, 1, 1, 1])
    second = comparison.options.get(position=2)
    session = settle(stage, stage.copil, comparison, choice=str(second.pk), reason="Plus simple en classe.")
    assert (comparison.choice, comparison.decision_reason) == (second, "Plus simple en classe.")
    assert comparison.decision_number == session.decisions.get().number


def test_an_unfavourable_opinion_is_an_opinion(stage, comparison, client):
    """Issue 3 §6: the COPIL decides all the same, the opinion before its eyes."""
    settle(stage, stage.cotech, comparison, text="Ni l’un ni l’autre.", result="rejected", reason="Trop chers.")
    assert comparison.state == "heard"
    assert comparison.opinion_text == "Avis défavorable\xa0: Trop chers.\nNi l’un ni l’autre."
    stage.world.sign_in(client, "elected")
    assert "Trop chers." in client.get(reverse("studies:comparison_detail", args=[comparison.pk])).text
    session = stage.session("held", item={"object_kind": "comparison", "object_id": comparison.pk})
    stage.world.sign_in(client, "city_education")
    page = reverse("governance:decision_create", args=[session.pk]) + f"?point={session.items.get().pk}"
    shown = client.get(page).text
    assert "L’avis du COTECH" in shown and "Avis défavorable\xa0: Trop chers." in shown
    choice = str(comparison.options.get(position=1).pk)
    settle(stage, stage.copil, comparison, choice=choice, reason="Il en faut un.")
    assert comparison.state == "chosen"


def test_an_unfavourable_opinion_on_a_pilot_leaves_the_copil_its_gate(stage, cohort):
    for name in ("city_education", "dsden"):
        review(stage, cohort, name)
        actions.sign_review(person=stage.who(name), cohort=cohort, now=NOW)
    settle(stage, stage.cotech, cohort, text="À arrêter.", result="rejected", reason="Peu d’usages.")
    settle(stage, stage.copil, cohort, choice="stop", reason="Au vu de l’avis.")
    assert (cohort.state, cohort.outcome) == ("decided", "stop")


def test_nothing_takes_effect_before_both_authorities_approve(stage, cohort, comparison):
    settle(stage, stage.cotech, comparison, text="Avis.")
    item = {"object_kind": "comparison", "object_id": comparison.pk}
    session = stage.session("minutes_draft", item=item)
    choice = str(comparison.options.get(position=1).pk)
    stage.decide(session, item=session.items.get(), choice=choice, reason="Parce que.")
    session.refresh_from_db()
    governance.approve_minutes(person=stage.who("elected"), session=session, version=session.version, now=NOW)
    comparison.refresh_from_db()
    assert comparison.state == "heard"


def test_a_copil_does_not_choose_without_the_cotech(stage, comparison):
    choice = str(comparison.options.get(position=1).pk)
    with pytest.raises(Conflict, match="l’avis du COTECH"), transaction.atomic():
        settle(stage, stage.copil, comparison, choice=choice, reason="Vite.")
    comparison.refresh_from_db()
    assert comparison.state == "open"


def review(stage, cohort, name, text="Bilan."):
    answers = {question.pk: f"{text} réponse" for question in cohort.questions.all()}
    actions.write_review(person=stage.who(name), cohort=cohort, text=text, answers=answers, now=NOW)


def test_a_pilot_is_reviewed_once_both_authorities_signed(stage, cohort):
    for name in ("city_education", "dsden"):
        review(stage, cohort, name)
        assert cohort.state == "running"
        actions.sign_review(person=stage.who(name), cohort=cohort, now=NOW)
        cohort.refresh_from_db()
    assert cohort.state == "reviewed"
    with pytest.raises(Refused, match="ne change plus"):
        review(stage, cohort, "dsden", "Autre chose.")


def test_one_authority_never_signs_twice_for_both(stage, cohort):
    review(stage, cohort, "city_education")
    actions.sign_review(person=stage.who("city_education"), cohort=cohort, now=NOW)
    with pytest.raises(Conflict, match="déjà signé"):
        actions.sign_review(person=stage.who("city_it"), cohort=cohort, now=NOW)
    cohort.refresh_from_db()
    assert cohort.state == "running"


def test_the_other_sides_draft_is_not_read(stage, cohort, client):
    review(stage, cohort, "dsden", SECRET)
    page = reverse("studies:cohort_detail", args=[cohort.pk])
    for name, reads in (("dsden", True), ("dan", True), ("city_education", False), ("elected", False), ("ien", False)):
        stage.world.sign_in(client, name)
        assert (SECRET in client.get(page).content.decode()) is reads, name
    actions.sign_review(person=stage.who("dan"), cohort=cohort, now=NOW)
    stage.world.sign_in(client, "elected")
    assert SECRET in client.get(page).content.decode()


def test_two_colleagues_write_the_same_half_and_nothing_is_lost(stage, cohort, client):
    stage.world.sign_in(client, "city_it")
    address = reverse("studies:review_edit", args=[cohort.pk])
    seen = client.get(address).context["form"]["edition"].value() or ""
    review(stage, cohort, "city_education", "Celui de la collègue.")
    answer = f"question-{cohort.questions.get().pk}"
    typed = {"text": "Le mien.", answer: "Le mien.", "edition": seen}
    page = client.post(address, typed)
    shown = page.content.decode()
    assert page.status_code == 422 and "depuis que vous l’avez ouvert" in shown
    assert "Le mien." in shown and "«\u00a0Celui de la collègue. réponse\u00a0»" in shown
    assert cohort.reviews.get().text == "Celui de la collègue."
    client.post(address, typed | {"edition": page.context["form"]["edition"].value()})
    assert cohort.reviews.get().text == "Le mien."


def test_a_half_changed_since_it_was_read_is_not_signed(stage, cohort, client):
    stage.world.sign_in(client, "city_it")
    review(stage, cohort, "city_education")
    seen = client.get(reverse("studies:cohort_detail", args=[cohort.pk])).context["mine"].edition
    actions.write_review(person=stage.who("city_it"), cohort=cohort, text="Autre.", answers={}, now=NOW + HOUR)
    address = reverse("studies:review_signature", args=[cohort.pk])
    assert "Relisez-le, puis signez." in client.post(address, {"edition": seen}, follow=True).content.decode()
    assert cohort.reviews.get().signed_at is None
    client.post(address, {"edition": cohort.reviews.get().edition})
    assert cohort.reviews.get().signed_at


def test_a_laboratory_is_under_way_between_its_days_and_reviewed_after_the_first(stage, cohort, client):
    Cohort.objects.filter(pk=cohort.pk).update(starts_on=day(3), ends_on=day(9))
    with pytest.raises(Refused, match="Le laboratoire commence le"):
        review(stage, cohort, "city_education")
    stage.world.sign_in(client, "city_education")
    pages = (reverse("studies:cohort_list"), reverse("studies:cohort_detail", args=[cohort.pk]))
    for first, last, said in ((3, 9, "à venir"), (-3, 9, "en cours"), (-9, -3, "terminé, bilan attendu")):
        Cohort.objects.filter(pk=cohort.pk).update(starts_on=day(first), ends_on=day(last))
        assert all(said in client.get(page).content.decode() for page in pages), said
    assert "Écrire notre bilan" in client.get(pages[1]).content.decode()


def test_a_question_too_long_is_not_cut_unseen_and_one_twice_is_asked_once(stage, client):
    stage.world.sign_in(client, "city_education")
    given = {"name": "Dehors", "aim": "Écrire dehors", "starts_on": day(1), "ends_on": day(9)}
    given |= {"schools": stage.world.schools["tilleuls"].pk, "questions": f"Qui ?\n Qui ? \n{'Q' * 301}"}
    page = client.post(reverse("studies:cohort_create"), given)
    assert page.status_code == 422 and "Une question est trop longue" in page.content.decode()
    client.post(reverse("studies:cohort_create"), given | {"questions": "Qui ?\n Qui ? \nQuoi ?"})
    assert list(Cohort.objects.get().questions.values_list("text", flat=True)) == ["Qui ?", "Quoi ?"]


@pytest.mark.parametrize("outcome", ["extend", "adjust", "stop"])
def test_the_gate_of_the_deck(stage, cohort, outcome):
    """Pilot review → COTECH → COPIL decides to extend, adjust or stop (mission D17)."""
    for name in ("city_education", "dsden"):
        review(stage, cohort, name)
        actions.sign_review(person=stage.who(name), cohort=cohort, now=NOW)
    settle(stage, stage.cotech, cohort, text="Favorable.")
    settle(stage, stage.copil, cohort, choice=outcome, reason="Au vu du bilan.")
    assert (cohort.state, cohort.outcome, cohort.opinion_text) == ("decided", outcome, "Favorable.")


def test_no_gate_without_a_signed_review(stage, cohort):
    review(stage, cohort, "city_education")
    with pytest.raises(Conflict, match="signé par les deux autorités"), transaction.atomic():
        settle(stage, stage.cotech, cohort, text="Favorable.")
    cohort.refresh_from_db()
    assert cohort.state == "running"


def test_a_committee_takes_note_of_a_running_laboratory_and_its_releve_is_approved(stage, cohort):
    for committee in (stage.cotech, stage.copil):
        session = settle(stage, committee, cohort, text="Le comité prend acte de l’avancement.", result="noted")
        assert (session.state, cohort.state) == (State.MINUTES_APPROVED, "running")
    for name in ("city_education", "dsden"):
        review(stage, cohort, name)
        actions.sign_review(person=stage.who(name), cohort=cohort, now=NOW)
    settle(stage, stage.cotech, cohort, text="Vu le bilan.", result="noted")
    assert (cohort.state, cohort.opinion_text) == ("heard", "Vu le bilan.")
    settle(stage, stage.copil, cohort, text="Le choix attendra.", result="noted")
    assert (cohort.state, cohort.outcome) == ("heard", "")
    settle(stage, stage.copil, cohort, result="noted", choice="adjust", reason="Au vu du bilan.")
    assert (cohort.state, cohort.outcome) == ("decided", "adjust")


def test_a_committee_takes_note_of_options_without_choosing_one(stage, comparison):
    settle(stage, stage.copil, comparison, text="Vu.", result="noted")
    assert comparison.state == "open"
    settle(stage, stage.cotech, comparison, text="Le second.", result="noted")
    session = settle(stage, stage.cotech, comparison, text="Revu.", result="noted")
    assert (session.state, comparison.opinion_text) == (State.MINUTES_APPROVED, "Le second.")


def test_a_copil_that_adopts_says_what_it_chooses(stage, comparison, client):
    session = stage.session("held", item={"object_kind": "comparison", "object_id": comparison.pk})
    stage.world.sign_in(client, "city_education")
    page = reverse("governance:decision_create", args=[session.pk]) + f"?point={session.items.get().pk}"
    typed = {"text": "Le comité adopte.", "result": "adopted", "reason": "Il le faut.", "version": session.version}
    refused = client.post(page, typed)
    assert refused.status_code == 422 and "ou notez qu’il prend acte" in refused.text
    assert not session.decisions.exists()
    assert client.post(page, typed | {"result": "noted"}).status_code == 302


def test_a_decision_sent_back_has_no_effect(stage, comparison):
    session = settle(stage, stage.cotech, comparison, result="sent_back", reason="Il manque un prix.")
    assert (comparison.state, session.state) == ("open", State.MINUTES_APPROVED)


@pytest.mark.parametrize("fields", [{"state": "heard"}, {"state": "chosen"}])
def test_the_base_refuses_a_state_without_its_acts(stage, comparison, fields):
    with pytest.raises(IntegrityError), transaction.atomic():
        Comparison.objects.filter(pk=comparison.pk).update(**fields)


def test_the_base_refuses_a_gate_without_its_decision(stage, cohort):
    with pytest.raises(IntegrityError), transaction.atomic():
        Cohort.objects.filter(pk=cohort.pk).update(state="decided", outcome="stop")


def test_pages_ask_ten_queries_at_most(stage, comparison, cohort, client, django_assert_max_num_queries):
    give(stage, "city_it", comparison, [5, 1, 2, 2])
    stage.world.sign_in(client, "city_education")
    for name, args in (
        ("comparison_list", []),
        ("comparison_detail", [comparison.pk]),
        ("marks", [comparison.pk]),
        ("cohort_list", []),
        ("cohort_detail", [cohort.pk]),
        ("review_edit", [cohort.pk]),
        ("cohort_create", []),
    ):
        client.get(reverse(f"studies:{name}", args=args))
        with django_assert_max_num_queries(10):
            assert client.get(reverse(f"studies:{name}", args=args)).status_code == 200


def test_marks_and_reviews_are_written_on_their_pages(stage, comparison, cohort, client):
    stage.world.sign_in(client, "dan")
    option, criterion = comparison.options.first(), comparison.criteria.first()
    client.post(reverse("studies:marks", args=[comparison.pk]), {f"{option.pk}|{criterion.pk}": "4"})
    assert Mark.objects.get().value == 4 and Mark.objects.get().authority == "state"
    question = cohort.questions.get()
    client.post(reverse("studies:review_edit", args=[cohort.pk]), {"text": "Vu.", f"question-{question.pk}": "Tous."})
    assert cohort.reviews.get(authority="state").answers == {str(question.pk): "Tous."}
