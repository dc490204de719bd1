"""Calls and their form: written by the Direction Éducation, versions compared, a published one never changed."""

import re
from importlib import import_module

import pytest
from django.apps import apps
from django.urls import reverse

from preau.kit.answers import Conflict, Refused
from preau.plan.ambitions.models import Ambition
from preau.plan.applications import actions, queries
from preau.plan.applications.models import Call, FormField, FormRevision, Opinion
from preau.plan.applications.views import calls
from tests.plan.applications.conftest import DAY, NOW, TODAY
from tests.plan.days import due_on


def url(name, *args):
    return reverse(f"applications:{name}", args=args)


CALL = {
    "title": "Appel 2027", "school_year": "2026-2027", "opens_on": "2026-01-05", "closes_on": "2026-12-31",
    "criteria": "Une équipe.", "envelope": "150\u202f000,50 €", "opinion_days_count": "15",
}  # fmt: skip


def test_the_city_opens_a_call_and_reads_its_envelope_the_school_does_not(scene, client):
    scene.world.sign_in(client, "city_education")
    answer = client.post(url("call_create"), CALL | {"form_revision": scene.revision.id})
    call = Call.objects.get(title="Appel 2027")
    assert answer.status_code == 302 and call.envelope_cents == 15000050
    assert "150\u00a0000,50\u00a0€" in client.get(url("call_detail", call.id)).content.decode()
    page = scene.world.sign_in(client, "head").get(url("call_detail", call.id)).content.decode()
    assert "Appel 2027" in page and "Enveloppe" not in page


def test_no_call_opens_before_an_ambition_is_written_and_a_school_is_told_what_lacks(scene, client):
    """Every project must serve one: without any, a file could be filled and never filed."""
    Ambition.objects.update(retired_on=TODAY)
    scene.world.sign_in(client, "city_education")
    address = reverse("ambitions:ambition_list")
    page = client.get(url("call_create")).text
    assert f'<a href="{address}">Écrivez d’abord' in page and "Critères" not in page and "Ouvrir l’appel</" not in page
    data = CALL | {"form_revision": scene.revision.id}
    refused = client.post(url("call_create"), data)
    assert refused.status_code == 422 and "aucune école ne pourrait déposer" in refused.text
    assert "Une équipe." in refused.text, "what was typed stays"
    assert client.post(url("call_edit", scene.call.id), data | {"version": "1"}).status_code == 302, "open already"
    file = scene.start()
    page = scene.world.sign_in(client, "head").get(url("section_edit", file.id, "projet")).text
    assert "demandez-les à la Direction Éducation" in page and "Au moins une." not in page


def test_two_who_change_a_call_the_second_is_told(scene, client):
    scene.world.sign_in(client, "city_education")
    data = CALL | {"form_revision": scene.revision.id, "version": "1"}
    assert client.post(url("call_edit", scene.call.id), data).status_code == 302
    answer = client.post(url("call_edit", scene.call.id), data | {"criteria": "Mon texte"})
    assert answer.status_code == 422
    assert "a été changé" in answer.content.decode() and "Mon texte" in answer.content.decode()


def test_a_school_reads_how_many_filed_and_not_none_because_it_sees_none(scene, client):
    scene.submitted()
    for actor, own in (
        ("head_other_school", "Votre école"),
        ("city_education", "1\u00a0école a déposé un dossier sur 2"),
    ):
        scene.world.sign_in(client, actor)
        page = re.sub(r"\n *", " ", client.get(url("call_detail", scene.call.id)).text)
        assert own in page and ("Dans toute la Ville, 1\u00a0école a déposé un dossier." in page) is (
            actor != "city_education"
        )
        assert 'data-label="Dossiers déposés">1</td>' in client.get(url("call_list")).content.decode()
        assert ";1\r\n" in client.get("/plan/appels.csv").content.decode("utf-8-sig")
    assert (
        "Raconter la science"
        not in scene.world.sign_in(client, "head_other_school").get(url("call_detail", scene.call.id)).content.decode()
    )


def test_a_call_may_be_for_some_schools_only(scene):
    call = scene.open_call(schools=[scene.world.schools["saules"]])
    with pytest.raises(Refused, match="votre école"):
        actions.start_application(person=scene.who("head"), call=call, school=scene.school, now=NOW)


def test_a_call_that_is_not_open_takes_no_file(scene):
    call = scene.open_call(opens_at=NOW + DAY)
    with pytest.raises(Refused, match="pas encore ouvert"):
        actions.start_application(person=scene.who("head"), call=call, school=scene.school, now=NOW)


def test_the_form_of_a_call_stays_once_a_file_is_begun(scene):
    scene.start()
    agent, city = scene.who("city_education"), scene.world.cities["marelle"]
    draft = actions.start_revision(person=agent, city=city, now=NOW)
    with pytest.raises(Conflict, match="formulaire"):
        actions.change_call(person=agent, call=scene.call, version=1, form_revision=draft, now=NOW)


def test_only_the_direction_education_writes_calls_and_forms(scene, client):
    for actor in scene.world.actors():
        scene.world.sign_in(client, actor)
        expected = actor == "city_education"
        answer = client.post(url("form_publication", scene.revision.id))
        if actor not in (None, "suspended"):
            assert (answer.status_code == 302) is expected, actor
            assert (client.get(url("call_create")).status_code == 200) is (expected or actor == "city_education_far"), (
                actor
            )
        client.logout()


def test_a_published_version_never_changes_and_the_next_begins_as_its_copy(scene, client):
    agent = scene.who("city_education")
    field = scene.revision.fields.get(key="usages-semaine")
    with pytest.raises(Conflict, match="publiée"):
        actions.change_field(person=agent, field=field, label="Autre", now=NOW)
    scene.world.sign_in(client, "city_education").post(url("form_start"))
    draft = FormRevision.objects.get(published_at=None)
    assert draft.number == 2 and draft.fields.count() == scene.revision.fields.count()
    data = {
        "section": "usages", "label": "Une semaine type", "kind": "text", "audience": "public", "hint": "",
        "choices": "", "levels": "every",
    }  # fmt: skip
    client.post(url("question_edit", draft.fields.get(key="usages-semaine").id), data)
    client.post(url("question_create", draft.id), data | {"label": "Et ensuite"})
    client.post(url("question_retirement", draft.fields.get(key="note-technique").id))
    changes = queries.field_changes(scene.revision, draft)
    assert [(c.label, bool(c.before), bool(c.after)) for c in changes] == [
        ("Une semaine type", True, True),
        ("Et ensuite", False, True),
        ("Note technique", True, False),
    ]
    assert (changes[0].before, changes[0].after) == (
        "Une semaine ordinaire avec cet équipement · Qui s’en sert, quand, pour quoi. · un texte · obligatoire",
        "Une semaine type · sans aide · une ligne · facultatif",
    )
    page = client.get(url("form_changes", draft.id)).content.decode()
    assert "3\u00a0différences de la version 1 à la version 2" in page
    assert url("call_create") not in client.get(url("form_detail", draft.id)).text
    client.post(url("form_publication", draft.id))
    draft.refresh_from_db()
    assert draft.published_at is not None and url("call_create") in client.get(url("form_detail", draft.id)).text


def test_a_question_moves_in_its_section(scene, client):
    scene.world.sign_in(client, "city_education").post(url("form_start"))
    draft = FormRevision.objects.get(published_at=None)
    keys = lambda: list(  # noqa: E731
        draft.fields.filter(section="projet", audience="public").order_by("position").values_list("key", flat=True)
    )
    assert keys() == ["projet-cycle1", "projet-cycle2", "projet-cycle3"]
    client.post(url("question_move", draft.fields.get(key="projet-cycle2").id), {"sens": "haut"})
    assert keys() == ["projet-cycle2", "projet-cycle1", "projet-cycle3"]
    client.post(url("question_move", draft.fields.get(key="projet-cycle2").id), {"sens": "haut"})
    assert keys() == ["projet-cycle2", "projet-cycle1", "projet-cycle3"]
    (change,) = queries.field_changes(scene.revision, draft)
    assert (change.section_title, change.label) == ("Le projet pédagogique", "Ordre des questions")
    assert change.before.startswith("Au cycle 1\nAu cycle 2\n") and change.after.startswith("Au cycle 2\nAu cycle 1\n")


def test_calls_come_by_page(scene, client, monkeypatch):
    monkeypatch.setattr(calls, "BY_PAGE", 1)
    scene.open_call(title="Appel d’avant", opens_at=NOW - 60 * DAY)
    scene.world.sign_in(client, "dsden")
    first, second = (client.get(url("call_list") + f"?page={number}").text for number in (1, 2))
    assert "Appel 2026" in first and "Appel d’avant" not in first and "Page 1 sur 2" in first
    assert "Appel d’avant" in second and "Appel 2026" not in second


def test_a_retired_question_never_gives_its_key_to_another(scene):
    agent, city = scene.who("city_education"), scene.world.cities["marelle"]
    draft = actions.start_revision(person=agent, city=city, now=NOW)
    first = actions.add_field(person=agent, revision=draft, section="suivi", label="Bilan", now=NOW)
    actions.publish_revision(person=agent, revision=draft, now=NOW)
    following = actions.start_revision(person=agent, city=city, now=NOW)
    actions.retire_field(person=agent, field=following.fields.get(key=first.key), now=NOW)
    again = actions.add_field(person=agent, revision=following, section="suivi", label="Bilan", now=NOW)
    assert (first.key, again.key) == ("bilan", "bilan-2")
    assert FormField.objects.filter(key="bilan").count() == 1


def test_a_file_is_not_late_for_the_copy_the_school_replaced(scene, client):
    application, first = scene.refiled()
    due_on(Opinion.objects.filter(pk=first.pk), TODAY - DAY)
    late = reverse("applications:application_list") + "?etat=retard"
    scene.world.sign_in(client, "dsden")
    assert "Tilleuls" not in client.get(late).content.decode()
    due_on(Opinion.objects.filter(application=application), TODAY - DAY)
    assert "Tilleuls" in client.get(late).content.decode()


def test_copies_filed_before_are_given_the_ambitions_they_say(scene):
    application = scene.submitted()
    copy = application.copies.get()
    copy.ambitions.clear()
    migration = import_module("preau.plan.applications.migrations.0007_ambitions_as_filed")
    migration.read_from_content(apps, None)
    assert list(copy.ambitions.all()) == list(application.ambitions.all()) == scene.ambitions[:1]
