"""The pages of the life of a space, as each visitor meets them."""

import re
import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from preau.ent.posts.models import Post, Scope
from preau.media.models import Picture
from preau.people.models import Person
from preau.spaces import caps
from tests.accords import say
from tests.ent.posts.test_actions import picture, publish
from tests.media import samples

IN_CLASS = {
    "teacher", "supply", "aesh", "head", "former_teacher",
    "guardian", "guardian_coparent", "guardian_other_family",
}  # fmt: skip
WRITERS = {"teacher", "supply", "head"}


def life_url(world, name="cpb"):
    return reverse("portal:classroom_life", kwargs={"classroom_id": world.classrooms[name].pk})


def publish_url(world, name="cpb"):
    return reverse("posts:classroom_publish", kwargs={"classroom_id": world.classrooms[name].pk})


def photo(name="a.jpg", content=None):
    return SimpleUploadedFile(name, content or samples.encoded(samples.drawing()), "image/jpeg")


def open_actors(world):
    return [name for name in world.actors() if name not in (None, "suspended")]


def test_the_life_of_a_class_is_its_members_only(world, client):
    publish(world, text="Canari-texte du CP", pictures=[picture()])
    assert client.get(life_url(world)).status_code == 302
    for name in open_actors(world):
        response = world.sign_in(client, name).get(life_url(world))
        assert response.status_code == (200 if name in IN_CLASS else 404), name
        # A former member enters, and finds what was said in their time: nothing of today.
        expected = name in IN_CLASS - {"former_teacher"}
        assert (b"Canari-texte" in response.content) is expected, name
        assert b"&lt;div" not in response.content, name  # as a page, with a « Merci » beside it or none


def test_the_life_of_a_space_is_that_space_s_own(world, client):
    """A head who reads every class finds in each one only what was said there."""
    publish(world, text="Mot-du-CP")
    publish(world, "head", Scope.SCHOOL, text="Mot-de-l’école")
    publish(world, "head", Scope.STAFF, text="Mot-des-adultes")
    school = reverse("portal:school_life", kwargs={"school_id": world.schools["tilleuls"].pk})
    world.sign_in(client, "head")
    for address, said in (
        (life_url(world), {"Mot-du-CP"}),
        (life_url(world, "cm2"), set()),
        (school, {"Mot-de-l’école", "Mot-des-adultes"}),
    ):
        page = client.get(address).content.decode()
        assert {text for text in ("Mot-du-CP", "Mot-de-l’école", "Mot-des-adultes") if text in page} == said
    page = world.sign_in(client, "guardian").get(school).content.decode()
    assert "Mot-de-l’école" in page and "Mot-des-adultes" not in page


def test_a_picture_is_its_readers_only(world, client):
    publish(world, pictures=[picture()])
    kept = Picture.objects.get()
    for name in (None, *open_actors(world)):
        client.logout()
        world.sign_in(client, name)
        for view in ("picture", "thumbnail"):
            response = client.get(reverse(f"media:{view}", kwargs={"picture_id": kept.pk}))
            assert response.status_code == (200 if name in IN_CLASS - {"former_teacher"} else 404), name


def test_a_private_picture_is_asked_again_and_never_run(world, client):
    publish(world, pictures=[picture()])
    address = reverse("media:picture", kwargs={"picture_id": Picture.objects.get().pk})
    response = world.sign_in(client, "guardian").get(address)
    assert response["Content-Type"] == "image/webp"
    assert response["Cache-Control"] == "private, no-cache"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in response["Content-Security-Policy"]
    assert response.content.startswith(b"RIFF")
    for tag in (response["ETag"], f"W/{response['ETag']}", f'"other", W/{response["ETag"]}'):  # weak once compressed
        again = client.get(address, headers={"If-None-Match": tag})
        assert again.status_code == 304 and again.content == b""
    assert client.get(address, headers={"If-None-Match": '"other"'}).status_code == 200
    world.sign_in(client, "guardian_other_class")
    assert client.get(address, headers={"If-None-Match": response["ETag"]}).status_code == 404


def test_a_public_picture_needs_nobody_signed_in(world, client):
    post = publish(world, "head", Scope.PUBLIC, pictures=[picture()], no_child_declared=True)
    address = reverse("media:thumbnail", kwargs={"picture_id": Picture.objects.get().pk})
    response = client.get(address)
    assert response.status_code == 200 and response["Cache-Control"] == "public, max-age=60"
    assert not response.cookies
    from preau.ent.posts import actions

    actions.withdraw_post(person=world.people["head"], post=post, now=timezone.now())
    assert client.get(address).status_code == 404


def test_a_draft_s_picture_is_its_author_s_and_a_waiting_one_the_head_s_too(world, client):
    from preau.ent.posts import actions

    publish(world, scope=Scope.PUBLIC, pictures=[picture()], no_child_declared=True)
    actions.write_post(
        person=world.people["teacher"],
        place=world.classrooms["cpb"],
        scope="class",
        text="Canari-brouillon",
        pictures=[picture()],
        now=timezone.now(),
    )
    waiting, draft = Picture.objects.order_by("added_at")
    for name in (None, *open_actors(world)):
        client.logout()
        world.sign_in(client, name)
        for kept, readers in ((waiting, {"teacher", "head"}), (draft, {"teacher"})):
            response = client.get(reverse("media:picture", kwargs={"picture_id": kept.pk}))
            assert response.status_code == (200 if name in readers else 404), name
        if name in IN_CLASS:
            assert (b"Canari-brouillon" in client.get(life_url(world)).content) is (name == "teacher"), name


def test_a_teacher_publishes_a_picture_and_a_sentence(world, client):
    once = uuid.uuid4()
    page = world.sign_in(client, "teacher").get(publish_url(world)).text
    assert page.index('name="pictures"') < page.index('name="text"') < page.index('name="alt1"')  # what matters first
    sent = {"text": "Nous avons peint.", "alt1": "Une peinture rouge.", "once": once}
    for _ in range(2):
        response = client.post(publish_url(world), sent | {"pictures": [photo()], "act": "publish", "no_child": "on"})
        assert response.status_code == 302
    page = client.get(response["Location"])
    assert "C’est publié".encode() in page.content and b"Annuler" in page.content
    assert Post.objects.get().publication.state == "published"
    assert Picture.objects.get().alt == "Une peinture rouge."
    page = world.sign_in(client, "guardian").get(life_url(world))
    assert b"Nous avons peint." in page.content and b'alt="Une peinture rouge."' in page.content


def test_each_photo_of_a_sending_is_described_apart(world, client):
    world.sign_in(client, "teacher")
    sent = {
        "text": "Trois ateliers.",
        "alt1": "Un mur bleu",
        "alt3": "Des radis",
        "pictures": [photo(), photo(), photo()],
        "no_child": "on",
    }
    response = client.post(publish_url(world), sent | {"act": "publish"})
    assert [p.alt for p in Picture.objects.order_by("position")] == ["Un mur bleu", "", "Des radis"]
    page = client.get(response["Location"]).content.decode()
    assert 'alt="Un mur bleu"' in page and 'alt="Des radis"' in page and 'alt="Photo 2 de ' in page
    edit = reverse("posts:post_edit", kwargs={"post_id": Post.objects.get().pk})
    added = {"alt1": "Un arbre", "alt2": "Un banc", "pictures": [photo(), photo()], "no_child": "on"}
    client.post(edit, {"text": "Trois ateliers."} | added)
    assert [p.alt for p in Picture.objects.order_by("position")][3:] == ["Un arbre", "Un banc"]


@pytest.mark.parametrize("name", ["aesh", "guardian", "former_teacher", "pupil_cm2", "ien", "city_education"])
def test_readers_do_not_publish(world, client, name):
    world.sign_in(client, name)
    expected = 403 if name in IN_CLASS else 404
    assert client.get(publish_url(world)).status_code == expected
    assert client.post(publish_url(world), {"text": "Bonjour"}).status_code == expected
    assert not Post.objects.exists()


def test_what_is_sent_cannot_choose_its_author_its_place_or_its_state(world, client):
    world.sign_in(client, "teacher")
    client.post(
        publish_url(world),
        {
            "text": "Bonjour",
            "author": str(world.people["head"].pk),
            "school": str(world.schools["saules"].pk),
            "state": "withdrawn",
            "scope": "public",
            "html": "<script>",
            "confirmed_at": "2020-01-01",
        },
    )
    client.post(publish_url(world), {"text": "Bonjour", "author": str(world.people["head"].pk), "html": "<script>"})
    post = Post.objects.get()
    assert post.publication.author == world.people["teacher"] and post.scope == Scope.CLASS
    assert post.publication.classroom == world.classrooms["cpb"] and post.html == "<p>Bonjour</p>"


@pytest.mark.parametrize("sent, sentence", [
    ({}, "écrivez une phrase ou choisissez une photo"),
    ({"text": "   "}, "écrivez une phrase ou choisissez une photo"),
    ({"pictures": [photo("a.svg", samples.SVG)]}, "n’est pas une photo"),
    ({"pictures": [photo("a.jpg", samples.HEIC)], "text": "Gardé"}, "format HEIC"),
    ({"pictures": [photo() for _ in range(11)]}, "choisissez-en 10"),
    ({"text": "x" * 5001}, "appris ? 5001 caractères"),
    ({"scope": "city", "text": "Bonjour"}, "choisissez-en une autre"),
])  # fmt: skip
def test_what_cannot_be_published_is_said_and_kept(world, client, sent, sentence):
    for files in sent.get("pictures", []):
        files.seek(0)
    response = world.sign_in(client, "teacher").post(publish_url(world), sent)
    assert response.status_code == 422
    assert sentence in response.content.decode().replace("\u00a0", " ")
    assert sent.get("text", "").strip() in response.content.decode()
    assert not Post.objects.exists()


def test_who_will_see_counts_families_and_hints_name_children(world, client):
    Person.objects.filter(pk=world.people["child_lina"].pk).update(first_name="Lina")
    say(world, "guardian", "child_adam")
    say(world, "guardian_coparent", "child_adam")
    page = world.sign_in(client, "teacher").get(publish_url(world)).content.decode().replace("\u00a0", " ")
    for choice, pupils in (("Les familles et les élèves de la classe", ", 2 élèves"), ("Les familles seulement", "")):
        line = " ".join(re.search(rf"<b>«&nbsp;{choice}.*?</li>", page, re.DOTALL).group().split())
        assert f"2 familles (4 parents et responsables){pupils}, Mme Canari-aesh, Mme Canari-head" in line
    assert "Lina n’a pas d’accord de diffusion" in " ".join(page.split())
    other = reverse("posts:classroom_publish", kwargs={"classroom_id": world.classrooms["cm2"].pk})
    say(world, "guardian_other_class", "pupil_cm2")
    say(world, "guardian_ulis", "child_ulis")
    assert "d’accord de diffusion" not in world.sign_in(client, "head").get(other).content.decode()


def test_who_publishes_reads_the_names_of_their_own_list_alone(world, client):
    for child, name in (("child_adam", "Amandine"), ("pupil_cm2", "Barnabé")):
        Person.objects.filter(pk=world.people[child].pk).update(first_name=name)
    in_school = reverse("posts:school_publish", kwargs={"school_id": world.schools["tilleuls"].pk})
    edit = reverse("posts:post_edit", kwargs={"post_id": publish(world, "supply").pk})
    for who, url, names in (
        ("supply", publish_url(world), {"Amandine"}),
        ("supply", edit, {"Amandine"}),
        ("teacher", in_school, {"Amandine"}),
        ("head", in_school, {"Amandine", "Barnabé"}),
    ):
        page = world.sign_in(client, who).get(url).content.decode()
        assert {name for name in ("Amandine", "Barnabé") if name in page} == names, (who, url)
        assert ("élèves d’autres classes" in page) is (who == "teacher"), (who, url)


def test_who_will_see_says_that_a_family_reads_no_french_only_when_none_of_it_does(world, client):
    said = "famille lit plutôt une autre langue que le français"
    for name, is_said in (("guardian", False), ("guardian_coparent", True)):
        Person.objects.filter(pk=world.people[name].pk).update(reading_language="ar")
        page = world.sign_in(client, "teacher").get(publish_url(world)).content.decode().replace("\u00a0", " ")
        assert (f"1 {said}" in page) is is_said, name
    assert "l’arabe" not in page  # counted, not told: the record is where it is read


def test_each_verb_refuses_whoever_it_is_not_for(world, client):
    post = publish(world)
    verbs = ("publication", "confirmation", "return", "withdrawal", "restoration", "undo", "discard")
    for name in open_actors(world):
        if name in ("teacher", "head"):
            continue
        world.sign_in(client, name)
        for verb in verbs:
            response = client.post(reverse(f"posts:{verb}_create", kwargs={"post_id": post.pk}))
            assert response.status_code == (403 if name in IN_CLASS - {"former_teacher"} else 404), (name, verb)
            assert client.get(reverse(f"posts:{verb}_create", kwargs={"post_id": post.pk})).status_code == 405
    post.refresh_from_db()
    assert post.publication.state == "published"


def test_in_a_feed_a_post_leads_to_its_own_page_where_its_gestures_are(world, client):
    post = publish(world)
    own, withdrawal = (reverse(f"posts:{name}", args=[post.pk]) for name in ("post_detail", "withdrawal_create"))
    for name, word in (("teacher", "Modifier ou retirer"), ("head", "Retirer"), ("guardian", None)):
        feed = world.sign_in(client, name).get(life_url(world)).text
        assert withdrawal not in feed and ("retirer" in feed.lower()) == bool(word), name
        assert word is None or re.search(rf'href="{own}">{word}</a>', feed), name
        assert (withdrawal in client.get(own).text) == bool(word), name


def test_withdrawn_with_its_undo_then_put_back(world, client):
    post = publish(world)
    world.sign_in(client, "teacher")
    done = client.post(reverse("posts:withdrawal_create", kwargs={"post_id": post.pk}), follow=True)
    assert "C’est retiré" in done.content.decode()
    assert "Pas encore en ligne" in client.get(life_url(world)).content.decode()
    client.post(reverse("posts:restoration_create", kwargs={"post_id": post.pk}))
    assert "Nous avons mélangé" in world.sign_in(client, "guardian").get(life_url(world)).content.decode()


def test_what_was_just_published_stands_above_what_is_not_online(world, client):
    waiting, done = publish(world), publish(world, text="Le jardin pousse.")
    world.sign_in(client, "teacher").post(reverse("posts:withdrawal_create", kwargs={"post_id": waiting.pk}))
    page = client.get(life_url(world), {"fait": done.pk}).content.decode()
    assert page.index("Le jardin pousse.") < page.index("Pas encore en ligne")
    page = client.get(life_url(world)).content.decode()
    assert page.index("Pas encore en ligne") < page.index("Le jardin pousse.")


def test_taken_back_from_the_site_says_the_site(world, client):
    post = publish(world, "head", Scope.PUBLIC)
    world.sign_in(client, "head")
    done = client.post(reverse("posts:withdrawal_create", kwargs={"post_id": post.pk}), follow=True)
    assert "Plus personne ne le voit, même sur le site de l’école" in done.content.decode()


def test_editing_text_and_pictures(world, client):
    post = publish(world, pictures=[picture("")])
    kept = Picture.objects.get()
    address = reverse("posts:post_edit", kwargs={"post_id": post.pk})
    assert world.sign_in(client, "head").get(address).status_code == 403
    assert world.sign_in(client, "guardian_other_class").get(address).status_code == 404
    world.sign_in(client, "teacher")
    assert client.get(address).status_code == 200
    sent = {"text": "Autre", f"alt_{kept.pk.hex}": "Un dessin"}
    assert client.post(address, sent | {"pictures": [photo()]}).status_code == 422
    client.post(address, sent | {"pictures": [photo()], "no_child": "on"})
    assert [p.alt for p in Picture.objects.order_by("position")] == ["Un dessin", ""]
    client.post(address, {"text": "Autre", f"remove_{kept.pk.hex}": "on"})
    post.refresh_from_db()
    assert post.text == "Autre" and Picture.objects.count() == 1
    emptied = client.post(address, {"text": "", f"remove_{Picture.objects.get().pk.hex}": "on"})
    assert emptied.status_code == 422 and Picture.objects.count() == 1


def test_a_photo_added_to_a_public_text_needs_its_box_and_nothing_typed_is_lost(world, client):
    post = publish(world, "head", Scope.PUBLIC, text="Le préau est repeint.")
    address = reverse("posts:post_edit", kwargs={"post_id": post.pk})
    page = world.sign_in(client, "head").get(address).content.decode()
    assert "Aucun enfant sans accord n’est reconnaissable sur ces photos" in page
    sent = {"text": "Le préau est tout repeint.", "alt1": "Un mur bleu"}
    refused = client.post(address, sent | {"pictures": [photo()]})
    page = refused.content.decode()
    assert refused.status_code == 422 and "Cochez cette case, ou retirez ces photos." in page
    assert "Le préau est tout repeint." in page and "Un mur bleu" in page
    post.refresh_from_db()
    assert post.text == "Le préau est repeint." and not Picture.objects.exists()
    assert client.post(address, sent | {"pictures": [photo()], "no_child": "on"}).status_code == 302
    post.refresh_from_db()
    assert Picture.objects.get().alt == "Un mur bleu" and post.no_child_declared_at == post.confirmed_at
    assert client.post(address, {"text": "Sans photo nouvelle, rien à dire."}).status_code == 302
    in_class = reverse("posts:post_edit", kwargs={"post_id": publish(world).pk})
    say(world, "guardian", "child_adam")
    say(world, "guardian_coparent", "child_adam")
    assert "no_child" in world.sign_in(client, "teacher").get(in_class).content.decode()
    say(world, "guardian_other_family", "child_lina")
    say(world, None, "child_lina", guardian=world.people["guardian_paper"], person=world.people["head"])
    assert "no_child" not in world.sign_in(client, "teacher").get(in_class).content.decode()


def test_queries_of_the_life_are_ten_at_most_whatever_its_age(
    world, client, django_assert_max_num_queries, monkeypatch
):
    monkeypatch.setattr(caps, "HOURLY", dict.fromkeys(caps.HOURLY, 1000))  # a year of posts in an instant
    for number in range(3):
        publish(world, text=f"Jour {number}", pictures=[picture()])
    world.sign_in(client, "teacher")
    with django_assert_max_num_queries(10) as first:
        assert client.get(life_url(world)).status_code == 200
    for number in range(30):
        publish(world, text=f"Jour {number}", pictures=[picture()] if number < 9 else [])
    with django_assert_max_num_queries(len(first.captured_queries)):
        client.get(life_url(world))
    with django_assert_max_num_queries(10):
        client.get(publish_url(world))
