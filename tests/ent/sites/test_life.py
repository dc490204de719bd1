"""School life on the public site: what is published shows at once, what is taken back goes at once, nothing else."""

from xml.etree import ElementTree

import pytest
from django.utils.timezone import now

from preau.ent.posts import actions
from preau.ent.posts.actions import NewPicture
from preau.ent.posts.models import Scope
from preau.ent.sites.queries import title_and_rest
from preau.media import images
from tests.canaries import leaks
from tests.media import samples

ATOM = "{http://www.w3.org/2005/Atom}"
KEPT = ["/ecoles/tilleuls/", "/ecoles/tilleuls/vie/", "/ecoles/tilleuls/actualites.atom"]
TEXT = "Les radis sont plantés\nChaque élève a semé six graines."


def publish(world, text=TEXT, scope=Scope.PUBLIC, who="head", **more):
    place = {Scope.PUBLIC: world.schools["tilleuls"], Scope.SCHOOL: world.schools["tilleuls"]}.get(scope)
    return actions.publish_post(
        person=world.people[who], place=place or world.classrooms["cpb"], scope=scope, text=text, now=now(), **more
    )


@pytest.mark.parametrize("path", KEPT)
def test_a_publication_shows_and_goes_at_once(world, client, path):
    assert "radis" not in client.get(path).content.decode()
    post = publish(world)
    assert "radis" in client.get(path).content.decode()
    actions.edit_post(person=world.people["head"], post=post, text="Les navets sont plantés", now=now())
    page = client.get(path).content.decode()
    assert "navets" in page and "radis" not in page
    actions.withdraw_post(person=world.people["head"], post=post, now=now())
    assert "navets" not in client.get(path).content.decode()
    actions.restore_post(person=world.people["head"], post=post, now=now())
    assert "navets" in client.get(path).content.decode()
    actions.undo_post(person=world.people["head"], post=post, now=now())
    assert "navets" not in client.get(path).content.decode()


def test_a_withdrawn_post_has_no_page_left(world, client):
    post = publish(world)
    path = f"/ecoles/tilleuls/vie/{post.publication_id}/"
    page = client.get(path).content.decode()
    assert "<h1>Les radis sont plantés</h1>" in page and "six graines" in page
    assert client.get(f"/ecoles/saules/vie/{post.publication_id}/").status_code == 404
    actions.withdraw_post(person=world.people["head"], post=post, now=now())
    assert client.get(path).status_code == 404


@pytest.mark.parametrize("scope, who", [(Scope.CLASS, "teacher"), (Scope.SCHOOL, "head"), (Scope.PUBLIC, "teacher")])
def test_what_is_not_for_everyone_never_shows(world, client, scope, who):
    """A class's and the school's own life stay inside; what a teacher proposes waits for the head."""
    post = publish(world, "Canari-secret", scope, who)
    for path in [*KEPT, f"/ecoles/tilleuls/vie/{post.publication_id}/"]:
        response = client.get(path)
        assert "Canari-secret" not in response.content.decode()
    assert client.get(f"/ecoles/tilleuls/vie/{post.publication_id}/").status_code == 404


def test_a_public_picture_is_read_by_anyone_and_described(world, client):
    drawn = images.draw_again(samples.encoded(samples.drawing()), "a.jpg")
    post = publish(world, "", pictures=[NewPicture(drawn, "Le carré potager au printemps.")], no_child_declared=True)
    page = client.get("/ecoles/tilleuls/").content.decode()
    picture = post.publication.pictures.get()
    assert page.count("Le carré potager au printemps.") == 2  # title and description
    assert f"/photos/{picture.pk}/vignette/" in page
    shown = client.get(f"/photos/{picture.pk}/vignette/")
    assert shown.status_code == 200 and not shown.cookies and b"".join(shown)


def test_a_public_picture_that_nobody_described_is_heard_all_the_same(world, client):
    drawn = images.draw_again(samples.encoded(samples.drawing()), "a.jpg")
    pictures = [NewPicture(drawn, ""), NewPicture(drawn, "Le carré potager.")]
    post = publish(world, pictures=pictures, no_child_declared=True)
    for path in ("/ecoles/tilleuls/", "/ecoles/tilleuls/vie/", f"/ecoles/tilleuls/vie/{post.publication_id}/"):
        page = client.get(path).content.decode()
        assert 'alt="Photo 1 de l’école, ' in page and 'alt="Le carré potager."' in page, path
        assert 'alt=""' not in page and leaks(page, None) == set(), path


def test_life_names_nobody(world, client):
    publish(world)
    for path in KEPT:
        text = client.get(path).content.decode()
        assert leaks(text, None) == set() and "Canari-head" not in text


def test_the_feed_is_atom(world, client):
    post = publish(world)
    response = client.get("/ecoles/tilleuls/actualites.atom")
    assert response.headers["Content-Type"].startswith("application/atom+xml")
    feed = ElementTree.fromstring(response.content)
    assert feed.tag == f"{ATOM}feed"
    entry = feed.find(f"{ATOM}entry")
    assert entry.find(f"{ATOM}title").text == "Les radis sont plantés"
    link = entry.find(f"{ATOM}link").get("href")
    assert link == f"http://testserver/ecoles/tilleuls/vie/{post.publication_id}/"
    assert entry.find(f"{ATOM}id").text and feed.find(f"{ATOM}updated").text
    assert {link.get("rel") for link in feed.findall(f"{ATOM}link")} >= {"alternate", "self"}


def test_news_of_one_line_has_no_empty_summary_in_the_feed(world, client):
    publish(world, "La chorale chante ce soir.")
    publish(world)
    feed = ElementTree.fromstring(client.get("/ecoles/tilleuls/actualites.atom").content)
    said = [entry.findtext(f"{ATOM}summary") for entry in feed.findall(f"{ATOM}entry")]
    assert len(said) == 2 and said[1] is None and "six graines" in said[0]


def test_old_news_are_a_page_away(world, client, django_assert_max_num_queries):
    for number in range(23):
        publish(world, f"Nouvelle {number:02d}")
    with django_assert_max_num_queries(10):
        page = client.get("/ecoles/tilleuls/vie/").content.decode()
    assert "Nouvelle 22" in page and "Nouvelle 03" in page and "Nouvelle 02" not in page
    following = page.split('rel="next" href="')[1].split('"')[0].replace("&amp;", "&")
    older = client.get(f"/ecoles/tilleuls/vie/{following}").content.decode()
    assert "Nouvelle 02" in older and "Nouvelle 00" in older and "Nouvelle 03" not in older
    assert client.get("/ecoles/tilleuls/vie/?avant=nimporte").status_code == 200
    with django_assert_max_num_queries(10):
        client.get("/ecoles/tilleuls/")


@pytest.mark.parametrize(
    "text, title, rest",
    [
        ("Court", "Court", ""), ("Un titre\n\nLa suite.", "Un titre", "La suite."), ("", "", ""),
        ("Une marelle attend sous le préau. " + "Venez l’essayer avec vos enfants dès lundi matin. " * 2 + "\nBis",
         "Une marelle attend sous le préau", "Venez l’essayer avec vos enfants dès lundi matin. " * 2 + "\nBis"),
        ("mot " * 40 + "fin\nBis", "mot " * 21 + "mot…", "…" + "mot " * 18 + "fin\nBis"),
        ("x" * 120, "x" * 89 + "…", "…" + "x" * 31),
        ("Le compte rendu est à l’entrée\u00a0: " + "travaux, chorale, " * 4 + "projet.",
         "Le compte rendu est à l’entrée", "Travaux, chorale, " + "travaux, chorale, " * 3 + "projet."),
        ("Bravo : c’est fini !", "Bravo\u00a0: c’est fini\u00a0!", ""),
        ("« Bravo !\u00a0» disent-ils, " + "encore et encore, " * 4 + "tous. Suite.",
         "«\u00a0Bravo\u00a0!\u00a0» disent-ils, encore et encore, encore et encore, encore et encore, encore et…",
         "…encore, tous. Suite."),
    ],
)  # fmt: skip
def test_a_title_is_found_in_the_first_line(text, title, rest):
    assert title_and_rest(text) == (title, rest)
