"""The pages: who reaches which, what they show, how many queries they ask; a file told from draft to opinions."""

import uuid

import pytest
from django.urls import reverse

from preau.people.models import Mandate
from preau.places.models import School
from preau.plan.applications import actions
from preau.plan.applications.models import Application, Authority, Opinion, State
from tests.plan.applications.conftest import DAY, NOW, PROJECT, TODAY
from tests.plan.days import due_on

MOST = 10
SECRET = "Canari-motivation"


def url(name, *args):
    return reverse(f"applications:{name}", args=args)


def file_url(application):
    return url("application_detail", application.id)


@pytest.mark.parametrize("posted", ["saules", "loin", "pas-un-identifiant"])
def test_a_file_begun_for_a_school_that_is_not_one_s_own_does_not_exist(scene, client, posted):
    school = scene.world.schools.get(posted)
    sent = {"school": school.id if school else posted}
    assert scene.world.sign_in(client, "head").post(url("application_start", scene.call.id), sent).status_code == 404
    assert not Application.objects.exists()


def test_a_team_fills_and_the_head_files_by_the_pages_alone(scene, client):
    scene.world.sign_in(client, "head")
    page = client.get(url("call_detail", scene.call.id)).content.decode()
    assert "Commencer la candidature de l’école Tilleuls" in page
    client.post(url("application_start", scene.call.id), {"school": scene.school.id})
    application = Application.objects.get()
    for section, data in (
        ("projet", {"title": "Raconter", "project": PROJECT, "ambitions": [scene.ambitions[0].id]}),
        ("usages", {"usages-domaines": ["Création de contenus"], "usages-semaine": "Deux heures."}),
        ("equipe", {"committed_count": "8", "posts_count": "9", "equipe-formation": "Avec l’ERUN."}),
        ("familles", {"familles-place": "Elles écoutent."}),
        ("equipement", {"equipement-souhaite": "Deux chariots."}),
        (
            "organisation",
            {
                "organisation-rangement": "RDC",
                "organisation-tour": "Chacun sa semaine",
                "organisation-wifi": "oui",
            },
        ),
        ("suivi", {"suivi-indicateurs": ["Formations suivies"]}),
        (
            "conseils",
            {
                "teachers_council_on": "2026-02-01",
                "school_council_on": "2026-02-10",
                "conseils-avis": "Favorable.",
            },
        ),
    ):
        sent = client.post(url("section_edit", application.id, section), {"version": "0"} | data)
        assert sent.status_code == 302, (section, sent.content.decode()[-900:])
    assert "Une copie du dossier" in client.get(url("submission_create", application.id)).content.decode()
    client.post(url("submission_create", application.id))
    application.refresh_from_db()
    assert application.state == State.INSPECTOR_REVIEW
    assert list(application.ambitions.all()) == [scene.ambitions[0]]


def test_what_lacks_is_said_with_where_to_mend_it(scene, client):
    application = scene.start()
    scene.world.sign_in(client, "head")
    answer = client.post(url("submission_create", application.id))
    page = answer.content.decode()
    assert answer.status_code == 422 and "projet pédagogique" in page
    assert url("section_edit", application.id, "projet") in page


def test_a_section_saves_as_one_types(scene, client):
    application = scene.start()
    scene.world.sign_in(client, "teacher")
    data = {"version": "0", "usages-semaine": "Deux"}
    answer = client.post(url("section_edit", application.id, "usages"), data, headers={"HX-Request": "true"})
    page = answer.content.decode()
    assert 'name="version" value="1"' in page and "<html" not in page
    assert application.sections.get().answers["usages-semaine"] == "Deux"


@pytest.mark.parametrize(
    ("section", "mine", "theirs", "told"),
    [
        ("projet", {"project": "Texte de la collègue"}, {"project": "Texte de la directrice"}, "Texte de la collègue"),
        ("equipe", {"committed_count": "3", "posts_count": "9"}, {"committed_count": "8", "posts_count": "9"},
         "<dt>Enseignants qui s’engagent</dt><dd>3"),
        ("conseils", {"school_council_on": "2026-02-10"}, {"school_council_on": "2026-03-10"}, "10\u00a0février 2026"),
    ],
)  # fmt: skip
def test_what_the_first_one_saved_of_the_project_stands_beside(scene, client, section, mine, theirs, told):
    where = url("section_edit", scene.start().id, section)
    scene.world.sign_in(client, "teacher").post(where, {"version": "0"} | mine)
    answer = scene.world.sign_in(client, "head").post(where, {"version": "0"} | theirs)
    page = answer.content.decode()
    assert answer.status_code == 422 and told in page
    assert all(each in page for each in theirs.values()), "what was typed stays"


def test_the_projects_ambitions_stand_beside_too(scene, client):
    where, (first, other) = url("section_edit", scene.start().id, "projet"), scene.ambitions[:2]
    scene.world.sign_in(client, "teacher").post(where, {"version": "0", "ambitions": [first.id]})
    answer = scene.world.sign_in(client, "head").post(where, {"version": "0", "ambitions": [other.id]})
    assert f"<dt>Ambitions que le projet sert</dt><dd>{first.label}</dd>" in answer.content.decode()


def test_the_second_to_save_sees_both_and_loses_nothing(scene, client):
    application = scene.start()
    where = url("section_edit", application.id, "usages")
    scene.world.sign_in(client, "teacher").post(where, {"version": "0", "usages-semaine": "Texte de la collègue"})
    answer = scene.world.sign_in(client, "head").post(where, {"version": "0", "usages-semaine": "Mon texte"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Texte de la collègue" in page and "Mon texte" in page and 'name="version" value="1"' in page
    assert client.post(where, {"version": "1", "usages-semaine": "Mon texte"}).status_code == 302


def test_one_s_other_page_keeps_what_was_typed(scene, client):
    application = scene.start()
    where = url("section_edit", application.id, "usages")
    scene.world.sign_in(client, "head")
    client.post(where, {"version": "0", "page": uuid.uuid4(), "usages-semaine": "Première page"})
    answer = client.post(where, {"version": "0", "page": uuid.uuid4(), "usages-semaine": "Seconde page"})
    page = answer.content.decode()
    assert answer.status_code == 422 and "depuis une autre page" in page
    assert "Première page" in page and "Seconde page" in page


def test_an_ien_gives_an_opinion_in_three_actions(scene, client):
    application = scene.submitted()
    scene.world.sign_in(client, "ien")
    opinion = scene.opinion(application)
    assert url("opinion_edit", opinion.id) in client.get(url("opinion_list")).content.decode()  # 1: open it
    page = client.get(url("opinion_edit", opinion.id)).content.decode()
    assert PROJECT in page and "8 sur 9" in page
    empty = client.post(url("opinion_edit", opinion.id), {"verdict": "unfavourable", "reader": "school"})
    assert empty.status_code == 422 and "se motive" in empty.content.decode()
    client.post(url("opinion_edit", opinion.id), {"verdict": "favourable", "reader": "school"})  # 2: choose, 3: send
    application.refresh_from_db()
    assert application.state == State.STATE_REVIEW


def test_ac_24_another_ien_finds_nothing_the_right_one_too_late_is_told_why(scene, client):
    application = scene.submitted()
    opinion = scene.opinion(application)
    for address in (url("opinion_edit", opinion.id), file_url(application)):
        assert scene.world.sign_in(client, "ien_other").get(address).status_code == 404
    due_on(Opinion.objects.all(), TODAY - DAY)
    answer = scene.world.sign_in(client, "ien").get(url("opinion_edit", opinion.id))
    assert answer.status_code == 403 and "nouveau délai" in answer.content.decode()
    page = client.get(file_url(application)).content.decode()
    assert "avis non rendu" in page and "ne vaut pas accord" in page


def test_the_second_of_one_authority_keeps_what_was_typed(scene, client):
    application = scene.in_state_review()
    opinion = scene.give(application, Authority.DSDEN, "dsden")
    data = {"verdict": "unfavourable", "motivation": "Mes raisons", "reader": "never"}
    answer = scene.world.sign_in(client, "ia_dasen").post(url("opinion_edit", opinion.id), data)
    page = answer.content.decode()
    assert answer.status_code == 422 and "Mes raisons" in page and "Canari-dsden" in page


def test_who_writes_while_the_school_files_again_keeps_what_was_typed(scene, client):
    application, first = scene.refiled()
    data = {"verdict": "unfavourable", "motivation": "Mes raisons", "reader": "never"}
    scene.world.sign_in(client, "ien")
    answer = client.post(url("opinion_edit", first.id), data)
    page = answer.content.decode()
    assert answer.status_code == 422 and "Mes raisons" in page and "nouvelle copie" in page
    assert client.get(url("opinion_edit", first.id)).status_code == 403
    assert url("opinion_edit", scene.opinion(application).id) in client.get(file_url(application)).content.decode()


@pytest.mark.parametrize("actor", ["head", "city_education", "dan"])
def test_a_stranger_to_an_opinion_given_learns_nothing_by_sending_one(scene, client, actor):
    application = scene.in_state_review()
    opinion = scene.give(application, Authority.DSDEN, "dsden", "unfavourable", SECRET, is_confidential=True)
    data = {"verdict": "favourable", "motivation": "", "reader": "never"}
    answer = scene.world.sign_in(client, actor).post(url("opinion_edit", opinion.id), data)
    assert answer.status_code == 403 and "défavorable" not in answer.content.decode()


READERS = {
    # a confidential opinion of the IEN, and of the DSDEN: who reads the motivation
    ("ien", Authority.IEN): {"ien", "dsden", "dan", "ia_dasen", "ia_dasen_deputy", "city_education"},
    ("dsden", Authority.DSDEN): {"dsden", "dan", "ia_dasen", "ia_dasen_deputy", "city_education", "city_it"},
}


@pytest.mark.parametrize("giver, authority", READERS)
def test_a_confidential_opinion_never_reaches_the_school_nor_a_stranger(scene, client, giver, authority):
    application = scene.submitted() if authority == Authority.IEN else scene.in_state_review()
    opinion = scene.give(application, authority, giver, "with_reservations", SECRET, is_confidential=True)
    pages = (
        file_url(application), url("application_copy", application.id), url("application_list"),
        url("opinion_edit", opinion.id), url("application_export", "csv"), url("note_list", application.id),
    )  # fmt: skip
    read = set()
    for actor in scene.world.actors():
        scene.world.sign_in(client, actor)
        if any(SECRET in client.get(page).content.decode("utf-8", "replace") for page in pages):
            read.add(actor)
        client.logout()
    assert read == READERS[giver, authority]


def test_a_draft_is_the_team_s_alone(scene, client):
    application = scene.fill(scene.start())
    reached = set()
    for actor in scene.world.actors():
        scene.world.sign_in(client, actor)
        if client.get(file_url(application)).status_code == 200:
            reached.add(actor)
        assert (
            actor in ("head", "teacher", "teacher_other_class")
            or "Canari-projet" not in client.get(url("application_list")).content.decode()
        )
        client.logout()
    assert reached == {"head", "teacher", "teacher_other_class"}


def test_an_opinion_past_its_day_is_not_counted_among_those_to_give(scene, client, django_assert_max_num_queries):
    scene.submitted()
    scene.world.sign_in(client, "ien")
    assert "<h1>1 avis à rendre</h1>" in client.get(url("opinion_list")).content.decode().replace("\u00a0", " ")
    due_on(Opinion.objects.all(), TODAY - DAY)
    with django_assert_max_num_queries(6) as asked:
        page = client.get(url("opinion_list")).content.decode().replace("\u00a0", " ")
    assert "<h1>0 avis à rendre, 1 non rendu</h1>" in page
    assert 'submission"."content"' not in str(asked.captured_queries)  # a whole file, that no line shows


def test_what_is_asked_of_the_school_is_said_before_its_sections(scene, client):
    application = scene.submitted()
    actions.request_changes(person=scene.who("ien"), application=application, text="Canari-demande", now=NOW)
    page = scene.world.sign_in(client, "head").get(file_url(application)).content.decode()
    assert 0 < page.find("Canari-demande") < page.find(url("section_edit", application.id, "projet"))
    actions.submit(person=scene.who("head"), application=application, now=NOW)
    page = client.get(file_url(application)).content.decode()
    assert page.count("Canari-demande") == 1 and 'id="demande"' not in page, "answered: it stays among the messages"


def test_what_is_typed_after_changes_were_asked_is_not_read_before_it_is_filed(scene, client):
    application = scene.submitted()
    actions.request_changes(person=scene.who("ien"), application=application, text="Précisez.", now=NOW)
    columns = {"title": "Titre-brouillon", "project": "Texte-brouillon"}
    actions.save_section(
        person=scene.who("head"),
        application=application,
        section="projet",
        version=1,
        answers={},
        now=NOW,
        columns=columns,
    )
    scene.world.sign_in(client, "ien")
    for page in (file_url(application), url("application_copy", application.id), url("application_list")):
        assert "brouillon" not in client.get(page).content.decode().casefold().replace("brouillons", "")
    actions.submit(person=scene.who("head"), application=application, now=NOW)
    changes = client.get(url("application_changes", application.id)).content.decode()
    assert "Texte-brouillon" in changes and PROJECT in changes


def test_the_city_s_it_reads_the_technical_part_only(scene, client):
    application = scene.in_state_review()
    scene.world.sign_in(client, "city_it")
    opinion = scene.opinion(application, Authority.CITY_IT)
    for page in (file_url(application), url("application_copy", application.id), url("opinion_edit", opinion.id)):
        text = client.get(page).content.decode()
        assert "Deux chariots." in text and PROJECT not in text


def test_notes_are_read_by_their_own_service(scene, client):
    application = scene.submitted()
    data = {"question": "note-pedagogie", "version": "0", "text": "Note-secrète"}
    assert scene.world.sign_in(client, "ien").post(url("note_list", application.id), data).status_code == 302
    assert "Note-secrète" in client.get(url("note_list", application.id)).content.decode()
    for actor in ("dsden", "city_education"):
        assert (
            "Note-secrète"
            not in scene.world.sign_in(client, actor).get(url("note_list", application.id)).content.decode()
        )
    assert scene.world.sign_in(client, "head").get(url("note_list", application.id)).status_code == 403


def test_messages_are_read_by_the_school_the_state_and_the_city(scene, client):
    application = scene.submitted()
    scene.world.sign_in(client, "ien").post(url("message_create", application.id), {"text": "Mot-de-l-IEN"})
    for actor, reads in (("head", True), ("dan", True), ("city_education", True), ("city_it", False)):
        page = scene.world.sign_in(client, actor).get(file_url(application)).content.decode()
        assert ("Mot-de-l-IEN" in page) is reads, actor


def test_the_pdf_carries_its_digest(scene, client):
    application = scene.submitted()
    answer = scene.world.sign_in(client, "ien").get(url("application_pdf", application.id))
    assert answer.status_code == 200 and answer.content.startswith(b"%PDF")


def test_the_list_goes_out_as_a_table(scene, client):
    scene.submitted()
    scene.world.sign_in(client, "dsden")
    assert "Raconter la science" in client.get(url("application_export", "csv")).content.decode("utf-8-sig")
    assert client.get(url("application_export", "ods")).content.startswith(b"PK")


def many(scene, count):
    """As many schools with a filed file in the same call and district."""
    for number in range(count):
        school = School.objects.create(
            name=f"École {number}",
            slug=f"ecole-{number}",
            kind="primary",
            city=scene.school.city,
            district=scene.school.district,
        )
        Mandate.objects.create(
            person=scene.who("head_other_school"), role="school_head", school=school, starts_on=TODAY - DAY
        )
    head = type(scene.who("head_other_school")).objects.get(pk=scene.who("head_other_school").pk)
    scene.world.people["head_other_school"] = head
    for school in School.objects.filter(slug__startswith="ecole-"):
        application = actions.start_application(person=head, call=scene.call, school=school, now=NOW)
        scene.fill(application, head="head_other_school")
        actions.submit(person=head, application=application, now=NOW)


@pytest.mark.parametrize("actor", ["ien", "dsden", "city_education"])
def test_lists_ask_ten_queries_at_most_whatever_their_length(scene, client, actor, django_assert_max_num_queries):
    application = scene.in_state_review()
    many(scene, 6)
    scene.world.sign_in(client, actor)
    names = ["application_list", "opinion_list", "call_list"]
    for address in (*map(url, names), url("call_detail", scene.call.id), file_url(application)):
        client.get(address)
        with django_assert_max_num_queries(MOST):
            assert client.get(address).status_code == 200


def test_the_pages_of_the_team_ask_ten_queries_at_most(scene, client, django_assert_max_num_queries):
    application = scene.fill(scene.start())
    scene.world.sign_in(client, "head")
    addresses = [file_url(application), url("application_list"), url("submission_create", application.id)]
    addresses += [
        url("section_edit", application.id, section)
        for section in ("projet", "usages", "conseils", "ecole", "existant")
    ]
    for address in addresses:
        client.get(address)  # what is read once per process is not the page's
        with django_assert_max_num_queries(MOST):
            assert client.get(address).status_code == 200


@pytest.mark.parametrize(("actor", "reads"), [("city_education", True), ("city_it", False)])
def test_the_it_of_the_city_reads_no_title(scene, client, actor, reads):
    scene.in_state_review()
    scene.world.sign_in(client, actor)
    for address in (url("application_list"), url("opinion_list")):
        page = client.get(address).content.decode()
        assert "Tilleuls" in page and ("Raconter la science" in page) is reads, address
        assert "sans titre" not in page
    table = client.get(url("application_export", "csv")).content.decode("utf-8-sig")
    assert "Tilleuls" in table and ("Raconter la science" in table) is reads


@pytest.mark.parametrize(("actor", "reads"), [("ien", True), ("dsden", True), ("head", False), ("city_it", False)])
def test_an_opinion_not_released_is_in_no_list_of_the_school(scene, client, actor, reads):
    application = scene.submitted()
    scene.give(application, verdict="unfavourable", motivation=SECRET, is_confidential=True)
    scene.world.sign_in(client, actor)
    for address in (url("application_list"), url("application_export", "csv")):
        page = client.get(address).content.decode()
        assert ("défavorable" in page) is reads and ("rendu, non communiqué" in page) is not reads, address
        assert "attendu" in page and SECRET not in page


@pytest.mark.parametrize(
    ("actor", "reads"), [("ien", True), ("dsden", True), ("city_education", True), ("head", True), ("city_it", False)]
)
def test_the_it_of_the_city_reads_no_opinion_of_the_ien_released_or_not(scene, client, actor, reads):
    application = scene.submitted()
    scene.give(application, verdict="unfavourable", motivation=SECRET, is_released=True)
    scene.world.sign_in(client, actor)
    page = client.get(url("application_detail", application.pk)).content.decode()
    assert (SECRET in page) is reads and ("défavorable" in page) is reads
