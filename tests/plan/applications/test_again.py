"""A file begins from what Préau counted in the school, and from what its team wrote another year."""

import datetime

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from preau.journal.models import Entry
from preau.kit.answers import Refused
from preau.plan.applications import actions, queries
from preau.plan.applications.models import Application, FormField, Note, State
from preau.plan.inventory import actions as inventory
from preau.plan.inventory.actions import Delivered
from preau.plan.inventory.models import Kind
from tests.kept import kept
from tests.plan.applications.conftest import DAY, NOW, PROJECT, TODAY
from tests.plan.inventory.conftest import deck_cart
from tests.texts import as_drawn

pytestmark = pytest.mark.django_db
YEAR = 365 * DAY
SECRET = "Canari-avis-confidentiel"


def address(name, *args):
    return reverse(f"applications:{name}", args=args)


@pytest.fixture
@kept
def earlier(scene):
    """Filed last year, advised in confidence, not kept."""
    first = scene.submitted()
    scene.give(first, motivation=SECRET, is_confidential=True)
    actions.save_note(
        person=scene.who("ien"),
        application=first,
        authority="ien",
        question="note-ien",
        text=SECRET,
        version=0,
        now=NOW,
    )
    actions.send_message(person=scene.who("ien"), application=first, text=SECRET, now=NOW)
    Application.objects.filter(pk=first.pk).update(
        state=State.NOT_SELECTED,
        decision_id=first.pk,
        decision_number="2025-04",
        decided_on=TODAY,
        started_at=NOW - YEAR,
    )
    scene.call.school_year = "2025-2026"
    scene.call.save()
    first.refresh_from_db()
    return first


@pytest.fixture
def draft(scene, earlier):
    """Begun this year, for another call."""
    scene.call = scene.open_call(title="Appel suivant", school_year="2026-2027")
    return scene.start()


def take_up(scene, draft):
    count = actions.take_up(person=scene.who("head"), application=draft, now=NOW)
    draft.refresh_from_db()
    return count


def answers_of(application):
    return {key: value for row in application.sections.all() for key, value in row.answers.items() if value}


def test_the_texts_come_back_and_the_acts_of_that_year_do_not(scene, earlier, draft):
    count = take_up(scene, draft)
    assert (draft.title, draft.project, draft.taken_from) == ("Raconter la science", PROJECT, earlier)
    assert list(draft.ambitions.all()) == list(earlier.ambitions.all())
    kept = answers_of(earlier)
    assert kept.pop("conseils-avis") == "Favorable."
    assert answers_of(draft) == kept and count == 3 + len(kept)
    assert draft.teachers_council_on is draft.school_council_on is draft.committed_count is None
    assert draft.state == State.DRAFT and draft.copies_count == 0


def test_nothing_confidential_follows(scene, earlier, draft, client):
    take_up(scene, draft)
    assert not draft.opinions.exists() and not draft.messages.exists()
    assert not Note.objects.filter(application=draft).exists()
    assert SECRET not in str(queries.content_of(draft, ()))
    page = scene.world.sign_in(client, "head").get(address("application_detail", draft.pk)).text
    assert SECRET not in page and "Commencée à partir du dossier de 2025-2026" in page


def test_what_is_typed_is_never_replaced(scene, earlier, draft):
    actions.save_section(
        person=scene.who("head"),
        application=draft,
        section="familles",
        version=0,
        now=NOW,
        answers={"familles-place": "Elles viennent le samedi."},
    )
    actions.save_section(
        person=scene.who("head"),
        application=draft,
        section="projet",
        version=0,
        now=NOW,
        answers={},
        columns={"title": "Un autre titre", "project": "", "ambitions": scene.ambitions[1:2]},
    )
    take_up(scene, draft)
    assert answers_of(draft)["familles-place"] == "Elles viennent le samedi."
    assert (draft.title, draft.project) == ("Un autre titre", PROJECT)
    assert list(draft.ambitions.all()) == list(scene.ambitions[1:2])


def test_a_page_open_on_a_section_is_told_it_moved(scene, draft):
    take_up(scene, draft)
    with pytest.raises(actions.SectionChanged):
        actions.save_section(
            person=scene.who("head"), application=draft, section="usages", version=0, now=NOW, answers={}
        )


def test_an_answer_comes_back_only_to_a_question_still_asked_so(scene, earlier, draft):
    fields = FormField.objects.filter(revision=draft.call.form_revision)
    revision = actions.start_revision(person=scene.who("city_education"), city=scene.call.city, now=NOW)
    revision.fields.filter(key="usages-semaine").update(kind=FormField.Kind.NUMBER)
    revision.fields.filter(key="familles-place").update(section="organisation")
    revision.fields.filter(key="usages-domaines").update(choices=["Autre chose"])
    revision.fields.filter(key="equipement-souhaite").update(audience=FormField.Audience.ANNOTATION, is_required=False)
    actions.publish_revision(person=scene.who("city_education"), revision=revision, now=NOW)
    draft.call.form_revision = revision
    draft.call.save()
    take_up(scene, draft)
    found = {row.section: row.answers for row in draft.sections.all()}
    assert found["organisation"]["familles-place"] and "familles" not in found
    assert "usages" not in found and "equipement" not in found and fields.exists()


def test_a_retired_ambition_does_not_come_back(scene, earlier, draft):
    ambition = earlier.ambitions.get()
    ambition.retired_on = TODAY
    ambition.save()
    take_up(scene, draft)
    assert not draft.ambitions.exists()


def test_it_is_done_once_and_journalled(scene, earlier, draft):
    take_up(scene, draft)
    assert Entry.objects.filter(verb="application_taken_up").count() == 1
    with pytest.raises(Refused, match="déjà été repris"):
        take_up(scene, draft)


@pytest.mark.parametrize("state", [State.SELECTED, State.WAITING_LIST, State.CONVERTED])
def test_a_file_that_was_kept_is_not_begun_again(scene, earlier, draft, state):
    Application.objects.filter(pk=earlier.pk).update(state=state)
    with pytest.raises(Refused):
        take_up(scene, draft)


def test_only_the_team_begins_again_and_only_from_its_own_school(scene, earlier, draft):
    for name in ("head_other_school", "ien", "city_education", "dsden"):
        with pytest.raises(Refused):
            actions.take_up(person=scene.who(name), application=draft, now=NOW)
    other = scene.start("saules", "head_other_school")
    assert queries.file_to_take_up(other) is None
    with pytest.raises(Refused):
        actions.take_up(person=scene.who("head_other_school"), application=other, now=NOW)
    assert queries.file_to_take_up(earlier) is None


def test_by_its_button_without_a_script(scene, earlier, draft, client, django_assert_max_num_queries):
    scene.world.sign_in(client, "teacher")
    url = address("application_detail", draft.pk)
    client.get(url)
    with django_assert_max_num_queries(10):
        page = as_drawn(client.get(url).text)
    assert "Reprendre le dossier de 2025-2026" in page and address("application_copy", earlier.pk) in page
    page = client.post(address("take_up_create", draft.pk), follow=True).text
    assert "réponses sont reprises" in page and "Reprendre le dossier" not in page
    assert client.post(address("take_up_create", draft.pk)).status_code == 403


def test_no_file_is_taken_from_itself(draft):
    with pytest.raises(IntegrityError), transaction.atomic():
        Application.objects.filter(pk=draft.pk).update(taken_from=draft.pk)


def test_what_the_school_has_is_counted_by_kind_and_age(scene, client):
    application = scene.start()
    scene.world.sign_in(client, "head")
    page = lambda: client.get(address("section_edit", application.pk, "existant")).text  # noqa: E731
    assert "aucun bien inscrit" in page()
    receive = {"person": None, "school": scene.school, "delivery_ref": "BL", "now": NOW}
    inventory.receive_assets(
        items=[Delivered(Kind.LAPTOP, "Portable", 2)], received_on=datetime.date(2019, 9, 3), **receive
    )
    inventory.receive_assets(items=[deck_cart()], received_on=datetime.date(2024, 1, 8), **receive)
    inventory.receive_assets(items=[Delivered(Kind.LAPTOP, "Portable", 1)], **receive)
    inventory.receive_assets(items=[Delivered(Kind.TABLET, "À venir", 5)], state="expected", **receive)
    told = page()
    assert "10, livraisons\u00a0: 2 en 2019, 7 en 2024, 1 sans date" in told
    assert "1, livraison de 2024" in told and "Tablette" not in told
    filled = scene.fill(application)
    actions.submit(person=scene.who("head"), application=filled, now=NOW)
    assert "7 en 2024" in str(filled.copies.get().content), "the locked copy keeps the count of its day"


TAKEN_UP = "Commencée à partir du dossier de 2025-2026"


@pytest.fixture
def told(world, client, scene):
    """told(earlier) → those whom the page of a file filed after it tells of it."""

    def told(earlier):
        scene.call.school_year = "2025-2026"
        scene.call.save()
        scene.call = scene.open_call(title="Appel suivant", school_year="2026-2027")
        file = scene.submitted()
        Application.objects.filter(pk=file.pk).update(taken_from=earlier)
        names = ("head", "teacher", "ien", "dsden", "city_education", "city_it")
        pages = {name: world.sign_in(client, name).get(address("application_detail", file.pk)) for name in names}
        assert {page.status_code for page in pages.values()} == {200}
        return [name for name, page in pages.items() if TAKEN_UP in page.text]

    return told


def test_only_the_team_is_told_of_a_file_that_was_never_filed(scene, told):
    never_filed = scene.fill(scene.start())
    actions.withdraw(person=scene.who("head"), application=never_filed, now=NOW)
    assert told(never_filed) == ["head", "teacher"]


def test_whoever_reads_a_file_is_told_of_the_one_filed_before(earlier, told):
    assert told(earlier) == ["head", "teacher", "ien", "dsden", "city_education", "city_it"]
