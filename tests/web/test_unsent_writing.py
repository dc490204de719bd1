"""A form whose session changed while writing gives its text back at once: signed out, or in again, in another tab."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from preau.ent.posts.models import Post
from preau.kit.views import sent_from
from tests.browser import assert_accessible, open_page, session_cookie
from tests.people.door import give_password

TEXT = "Nous avons planté des radis, <b>« et »</b> d’autres graines."
ESCAPED = "Nous avons planté des radis, &lt;b&gt;« et »&lt;/b&gt; d’autres graines."
HOST = "http://testserver"


@pytest.fixture
def path(world):
    return reverse("posts:classroom_publish", args=[world.classrooms["cpb"].pk])


def send(client, path, page=None, **more):
    """Posts as the browser does from a page drawn before."""
    data = {"text": TEXT, "scope": "class", "csrfmiddlewaretoken": "a" * 64} | more
    return client.post(path, data, headers={"origin": HOST, "referer": f"{HOST}{page or path}"})


@pytest.mark.django_db
def test_a_stale_form_shows_its_text_and_leads_back_to_its_page(world, path):
    client = world.sign_in(Client(enforce_csrf_checks=True), "teacher")
    answer = send(client, path)
    assert answer.status_code == 403 and ESCAPED in answer.text and "<b>«" not in answer.text
    assert f'href="{path}">Reprendre la page' in answer.text
    assert answer["Cache-Control"] == "no-store" and not Post.objects.exists()


@pytest.mark.django_db
def test_a_family_reads_in_its_language_that_its_page_was_open_too_long(world):
    world.people["guardian"].reading_language = "tr"
    world.people["guardian"].save()
    client = world.sign_in(Client(enforce_csrf_checks=True), "guardian")
    answer = send(client, reverse("attendance:tell"))
    assert answer.status_code == 403 and 'lang="tr"' in answer.text and ESCAPED in answer.text
    assert "Sayfa çok uzun süre açık kaldı" in answer.text and "Sayfaya dön" in answer.text


@pytest.mark.django_db
def test_each_form_of_a_page_holds_the_token_of_its_reader_and_each_page_another(world, path):
    client = world.sign_in(Client(enforce_csrf_checks=True), "teacher")
    pages = [re.findall(r'name="csrfmiddlewaretoken" value="([^"]+)"', client.get(path).text) for _ in range(2)]
    assert all(len(found) > 2 and len(set(found)) == 1 for found in pages) and pages[0][0] != pages[1][0]
    other = world.sign_in(Client(enforce_csrf_checks=True), "teacher")
    other.get(path)
    assert send(other, path, csrfmiddlewaretoken=pages[0][0]).status_code == 403
    assert send(client, path, csrfmiddlewaretoken=pages[0][0]).status_code == 302 and Post.objects.exists()


@pytest.mark.django_db
def test_a_stale_form_of_nobody_leads_to_the_door(world, path):
    answer = send(Client(enforce_csrf_checks=True), path)
    assert answer.status_code == 403 and ESCAPED in answer.text
    assert re.search(r'href="/entrer/\?next=[^"]+">Entrer', answer.text) and answer["Cache-Control"] == "no-store"


@pytest.mark.django_db
@pytest.mark.parametrize("sender", ["https://ailleurs.example", "null"])
def test_what_another_site_has_us_say_is_not_shown(world, path, sender):
    client = world.sign_in(Client(enforce_csrf_checks=True), "teacher")
    data = {"text": "Appelez le numéro suivant"}
    answer = client.post(path, data, headers={"origin": sender, "referer": f"{HOST}{path}"})
    assert answer.status_code == 403 and "numéro suivant" not in answer.text
    alone = client.post(path, data)  # a browser that says nothing of where it comes from
    assert alone.status_code == 403 and "numéro suivant" not in alone.text


@pytest.mark.django_db
def test_passwords_codes_and_fields_so_named_are_never_shown(world, path):
    client = world.sign_in(Client(enforce_csrf_checks=True), "teacher")
    secret = "quatre chaises bleues"
    for page, data in (
        (reverse("account_change_password"), {"oldpassword": secret, "password1": secret}),
        ("/entrer/", {"login": secret, "password": secret}),
        (path, {"wifi_password": secret, "code_du_jour": secret}),
    ):
        answer = send(client, page, **data)
        assert answer.status_code == 403 and secret not in answer.text, page


@pytest.mark.django_db
def test_who_was_signed_out_while_writing_reads_the_text_again(world, client, path):
    answer = send(client, path)
    assert answer.status_code == 403 and ESCAPED in answer.text and "La session est fermée" in answer.text
    assert answer["Cache-Control"] == "no-store" and 'href="/entrer/?next=%2F' in answer.text
    assert "radis" not in str(dict(client.session))
    assert client.post(path, {}).status_code == 302  # nothing given: straight to the door


@pytest.mark.django_db
def test_who_told_an_absence_without_a_word_written_reads_that_nothing_was_sent(world, client):
    path = reverse("attendance:tell")
    told = {"child": "1", "when": "2026-11-26", "part": "all", "reason": ""}
    client.cookies["preau-langue"] = "tr"  # of the device, as nobody is known any more
    answer = send(client, path, text="", scope="", **told)
    assert answer.status_code == 403 and "Hiçbir şey gönderilmedi" in answer.text and 'lang="tr"' in answer.text
    assert 'href="/entrer/?next=%2Fabsences' in answer.text and "<textarea" not in answer.text


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("javascript", [True, False], ids=["with script", "without script"])
def test_a_second_tab_costs_no_word(world, browser, live_server, path, javascript):
    teacher = give_password(world.account("teacher"))
    page = open_page(browser, live_server, path, width=360, account=teacher, javascript=javascript)
    page.fill("textarea[name=text]", TEXT)
    other = page.context.new_page()
    other.goto("/sortir/")
    other.click("main form button")
    other.wait_for_url(live_server.url + "/")
    page.click("main button[value=publish]")
    back = page.get_by_label("Ce que vous aviez écrit")
    assert back.input_value() == TEXT
    if javascript:
        assert_accessible(page, "people/signed_out_writing.html")
    page.goto(path)  # the door, then another tab where one enters again: the first one's token is old
    page.context.add_cookies([session_cookie(live_server, teacher)])
    page.goto(path)
    if javascript:
        page.locator("form[data-ready]").wait_for()  # what was kept here is given back first
    page.fill("textarea[name=text]", TEXT)
    page.context.clear_cookies(name="preau-csrf")
    page.click("main button[value=publish]")
    assert back.input_value() == TEXT and not Post.objects.exists()
    if javascript:
        assert_accessible(page, "web/errors/csrf.html")
    page.click("text=Reprendre la page")
    page.wait_for_url(f"**{path}")


@pytest.mark.parametrize(
    "path, back",
    [
        ("//ailleurs.example/", "/"),
        ("//ailleurs.example/?semaine=2026-11-30", "/"),
        ("/agenda/", "/agenda/"),
        ("/lecons/?semaine=2026-11-30#lundi", "/lecons/?semaine=2026-11-30"),
        ("?semaine=2026-11-30", "/"),
    ],
)
def test_where_an_act_was_sent_from_is_a_page_of_ours(rf, path, back):
    assert sent_from(rf.get("/", headers={"referer": HOST + path})) == back
    assert sent_from(rf.get("/", headers={"referer": f"https://ailleurs.example{path}"})) == "/"
