"""A text sent after the session had gone silent comes back after the door, to the same account and to nobody else."""

import datetime
from uuid import uuid4

import pytest
from django.conf import settings
from django.urls import reverse

from preau.ent.posts.models import Post
from preau.people.kept import KEPT, LASTS
from preau.plan.applications import actions
from tests.browser import assert_accessible, assert_no_sideways_scroll, new_page, open_page
from tests.people.door import PASSWORD, give_password, give_totp, sign_in, totp
from tests.people.test_sessions import age
from tests.plan.applications.conftest import NOW, Scene
from tests.world import enter

TEXT = "Nous avons planté des radis, « et » d’autres graines."
LONG = datetime.timedelta(hours=3)


def publish_path(world):
    return reverse("posts:classroom_publish", args=[world.classrooms["cpb"].pk])


def sent_too_late(world, client, path, data, name="teacher", **more):
    """What the door answers to a form sent three hours after."""
    enter(client, give_password(world.account(name)))
    age(client, seen=LONG)
    return client.post(path, data, **more)


def test_the_form_comes_back_filled_and_nothing_was_sent(world, client):
    path = publish_path(world)
    form = {"text": TEXT, "scope": "class", "once": uuid4()}
    door = sent_too_late(world, client, path, form)
    assert door.status_code == 302 and "/entrer/" in door.url and "radis" not in door.url
    assert TEXT not in str(dict(client.session))  # sealed
    back = sign_in(client, world.account("teacher").identifier, next=path)
    assert back.url == path
    page = client.get(path)
    assert page.status_code == 200 and "radis" in page.text and "rien n’est encore parti" in page.text
    assert not Post.objects.exists()
    client.post(path, form)
    assert Post.objects.get().text == TEXT
    assert KEPT not in client.session and "radis" not in client.get(path).text


def test_a_page_given_back_speaks_the_language_of_its_reader(world, client):
    guardian = world.people["guardian"]
    guardian.reading_language = "tr"
    guardian.save()
    path = reverse("attendance:tell")
    sent_too_late(world, client, path, {"when": "dates", "reason": "other"}, name="guardian")
    sign_in(client, world.account("guardian").identifier, next=path)
    page = client.get(path).text
    assert 'lang="tr"' in page and "Başka günler" in page and "henüz hiçbir şey gitmedi" in page


def test_a_text_shown_alone_is_said_in_the_language_of_its_reader(world, client):
    guardian = world.people["guardian"]
    guardian.reading_language = "tr"
    guardian.save()
    path = reverse("agenda:feed_revoke")  # it only takes acts
    sent_too_late(world, client, path, {"text": TEXT}, name="guardian")
    sign_in(client, world.account("guardian").identifier, next=path)
    page = client.get(path).text
    assert '<html lang="tr"' in page and "Metniniz saklandı" in page and "Bu metni gönder" in page and "radis" in page
    assert "Votre texte" not in page and "La session" not in page


def test_another_account_on_the_same_computer_reads_nothing(world, client):
    path = publish_path(world)
    sent_too_late(world, client, path, {"text": TEXT, "scope": "class"})
    sign_in(client, give_password(world.account("head")).identifier)
    enter(client, world.account("head"))
    assert "radis" not in client.get(path).text
    assert KEPT not in client.session


def test_it_is_forgotten_after_half_an_hour(world, client, monkeypatch):
    path = publish_path(world)
    monkeypatch.setattr("preau.people.kept.LASTS", -1)
    sent_too_late(world, client, path, {"text": TEXT, "scope": "class"})
    sign_in(client, world.account("teacher").identifier)
    assert "radis" not in client.get(path).text and LASTS == 1800


def test_an_address_without_a_form_shows_the_text_and_sends_it(world, client):
    scene = Scene(world)
    file = scene.submitted()
    path = reverse("applications:message_create", args=[file.pk])
    sent_too_late(world, client, path, {"text": TEXT})
    sign_in(client, world.account("teacher").identifier)
    page = client.get(path)
    assert page.status_code == 200 and "Votre texte est gardé" in page.text and "radis" in page.text
    assert "people/kept_writing.html" in {each.name for each in page.templates}
    client.post(path, {"text": TEXT})
    assert file.messages.get().text == TEXT


def test_what_was_sent_too_late_to_a_file_closed_meanwhile_is_shown(world, client):
    scene = Scene(world)
    file = scene.fill(scene.start())
    path = reverse("applications:section_edit", args=[file.pk, "usages"])
    first = publish_path(world)
    sent_too_late(world, client, first, {"text": TEXT, "scope": "class", "once": uuid4()})
    sign_in(client, world.account("teacher").identifier)
    age(client, seen=LONG)
    client.post(path, {"version": "1", "usages-semaine": "Ma dernière seconde"})
    actions.submit(person=scene.who("head"), application=file, now=NOW)
    sign_in(client, world.account("teacher").identifier)
    page = client.get(path)
    assert page.status_code == 403 and "Ma dernière seconde" in page.text and "ne se modifie plus" in page.text
    assert "radis" in client.get(first).text, "what waited before waits still"


def test_an_act_without_a_text_brings_back_to_its_page(world, client):
    page = reverse("applications:application_detail", args=[Scene(world).submitted().pk])
    path = reverse("end_other_sessions")
    door = sent_too_late(world, client, path, {}, headers={"referer": f"http://testserver{page}"})
    assert door.url.endswith(page.replace("/", "%2F")) and KEPT not in client.session
    elsewhere = client.post(path, headers={"referer": "https://ailleurs.example/x/"})
    assert elsewhere.url.endswith("next=%2F")


def test_passwords_are_never_kept(world, client):
    path = reverse("account_change_password")
    sent_too_late(world, client, path, {"oldpassword": "a b c", "password1": "d e f"})
    assert KEPT not in client.session


def test_a_script_is_told_to_move_the_whole_page(world, client):
    door = sent_too_late(world, client, publish_path(world), {"text": TEXT}, headers={"HX-Request": "true"})
    assert door.status_code == 200 and door.headers["HX-Redirect"].startswith("/entrer/")


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("javascript", [True, False], ids=["with script", "without script"])
def test_a_head_loses_nothing_of_a_long_silence(world, browser, live_server, monkeypatch, javascript):
    head = give_password(world.account("head"))
    give_totp(head)
    path = reverse("posts:school_publish", args=[world.schools["tilleuls"].pk])
    page = open_page(browser, live_server, path, width=360, account=head, javascript=javascript)
    page.fill("textarea[name=text]", TEXT)
    with monkeypatch.context() as later:
        later.setattr("preau.people.sessions.is_live", lambda request, account: False)
        page.click("main form button.btn-main")
        page.wait_for_url("**/entrer/**")
    page.fill("#id_login", head.identifier)
    page.fill("#id_password", PASSWORD)
    page.click("main button:has-text('Entrer')")
    page.fill("#id_code", totp())
    page.click("main button:has-text('Entrer')")
    page.wait_for_url(f"**{path}")
    assert page.input_value("textarea[name=text]") == TEXT
    assert page.locator(".toast").inner_text().startswith("La session s’était fermée")
    if javascript:  # axe itself is a script
        assert_accessible(page)
    page.click("main form button.btn-main")
    page.wait_for_url("**/vie/**")
    assert Post.objects.get().text == TEXT


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_the_page_that_shows_a_text_is_accessible(world, browser, live_server, monkeypatch):
    file = Scene(world).submitted()
    path = reverse("applications:application_detail", args=[file.pk])
    teacher = give_password(world.account("teacher"))
    page = open_page(browser, live_server, path, width=360, account=teacher)
    message = page.locator("form[action$='/messages/']")
    message.locator("textarea").fill(TEXT)
    with monkeypatch.context() as later:
        later.setattr("preau.people.sessions.is_live", lambda request, account: False)
        message.locator("button").click()
        page.wait_for_url("**/entrer/**")
    page.fill("#id_login", teacher.identifier)
    page.fill("#id_password", PASSWORD)
    page.click("main button:has-text('Entrer')")
    page.get_by_role("heading", name="Votre texte est gardé").wait_for()
    assert_accessible(page, "people/kept_writing.html")
    page.get_by_role("button", name="Envoyer ce texte").click()
    page.wait_for_url(f"**{path}**")
    assert file.messages.get().text == TEXT


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_french_typed_in_a_page_of_arabic_is_read_as_it_was_typed(world, browser, live_server, client):
    """Its full stop was drawn before its first word."""
    guardian, path = world.people["guardian"], reverse("agenda:feed_revoke")
    guardian.reading_language = "ar"
    guardian.save()
    sent_too_late(world, client, path, {"text": "Adam sera absent lundi 12."}, name="guardian")
    sign_in(client, world.account("guardian").identifier, next=path)
    page = new_page(browser, live_server, width=360)
    name = settings.SESSION_COOKIE_NAME
    page.context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": live_server.url}])
    page.goto(path)
    assert page.evaluate("document.dir") == "rtl" and page.locator("main textarea").input_value().endswith("12.")
    assert page.locator("main textarea").evaluate("it => getComputedStyle(it).unicodeBidi") == "plaintext"
    assert_no_sideways_scroll(page)
    assert_accessible(page, "people/kept_writing.html")
