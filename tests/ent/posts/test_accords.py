"""Pictures and the « accord de diffusion »: what may not go out, what leaves at once, what is hidden for good."""

import contextlib
import datetime
import io
import random
import secrets
from importlib import import_module

import pytest
from django.apps import apps
from django.core.files.storage import default_storage
from django.urls import reverse
from PIL import Image

from preau.ent.posts import accords, actions, queries
from preau.ent.posts.models import KIND, Post, Scope
from preau.kit.answers import Conflict, Refused
from preau.media import actions as media
from preau.media.images import Parts
from preau.media.models import Accord, Marking, Perimeter, Picture
from preau.media.queries.accords import is_shown
from preau.people.models import Person
from preau.schools.models import Enrolment, Guardianship
from preau.spaces import caps
from preau.spaces.models import Publication
from tests.accords import say
from tests.ent.posts.test_actions import NOW, picture, place_for, publish
from tests.ent.posts.test_views import photo
from tests.world import TODAY

IMAGE = Accord.Kind.IMAGE
CHILDREN, ATTEMPTS, PUBLISHED = 40, 1000, 60


def agree(world, answer="yes", **more):
    """All who answer for Adam and for Lina."""
    for who, child in (
        ("guardian", "child_adam"),
        ("guardian_coparent", "child_adam"),
        ("guardian_other_family", "child_lina"),
    ):
        say(world, who, child, answer, **more)
    paper = {"person": world.people["head"], "guardian": world.people["guardian_paper"]}
    say(world, None, "child_lina", answer, **paper, **more)


def mark(post, world, child="child_adam"):
    kept = Picture.objects.get(publication=post.publication)
    media.mark_child(person=post.publication.author, picture=kept, child=world.people[child], now=NOW)
    return kept


def test_a_picture_goes_to_a_class_only_with_every_accord_or_the_author_s_word(world):
    with pytest.raises(Refused, match="n’ont pas d’accord"):
        publish(world, pictures=[picture()], no_child_declared=False)
    agree(world)
    publish(world, pictures=[picture()], no_child_declared=False)
    with pytest.raises(Refused, match="n’ont pas d’accord"):  # two more classes are in the school
        publish(world, "head", Scope.SCHOOL, pictures=[picture()], no_child_declared=False)


def test_a_picture_where_a_child_without_accord_is_marked_does_not_go_out(world):
    draft = actions.write_post(
        person=world.people["teacher"],
        place=world.classrooms["cpb"],
        scope=Scope.CLASS,
        text="à",
        now=NOW,
        pictures=[picture()],
        no_child_declared=True,
    )
    mark(draft, world)
    with pytest.raises(Refused, match="est sur l’une de ces photos"):
        actions.publish_draft(person=world.people["teacher"], post=draft, now=NOW)
    agree(world)
    actions.publish_draft(person=world.people["teacher"], post=draft, now=NOW)


def attempts(world, draw):
    """Drafts with a picture each, in three perimeters, and at random: families, their answers, who is marked."""
    school, cpb = world.schools["tilleuls"], world.classrooms["cpb"]
    children = [Person(first_name=f"E{n}", last_name="Hasard") for n in range(CHILDREN)]
    guardians = [Person(first_name=f"R{n}", last_name="Hasard") for n in range(2 * CHILDREN)]
    Person.objects.bulk_create([*children, *guardians])
    Enrolment.objects.bulk_create(Enrolment(pupil=c, school=school, classroom=cpb, starts_on=TODAY) for c in children)
    links = [
        Guardianship(child=child, guardian=guardians[2 * n + k], starts_on=TODAY, authority=draw.choice(["yes", "no"]))
        for n, child in enumerate(children)
        for k in range(draw.choice([1, 2]))
    ]
    Guardianship.objects.bulk_create(links)
    said = {
        (link.child_id, link.guardian_id, perimeter): draw.choices(["yes", "no"], [8, 1])[0]
        for link in links
        for perimeter in Perimeter
        if draw.random() < 0.9
    }
    Accord.objects.bulk_create(
        Accord(child_id=c, guardian_id=g, kind=IMAGE, perimeter=p, answer=answer, at=NOW)
        for (c, g, p), answer in said.items()
    )

    def may_show(child, perimeter):
        """The rule once more, child by child: what the query is compared with."""
        asked = [link for link in links if link.child_id == child.pk and link.authority == "yes"]
        wanted = [said.get((child.pk, one.guardian_id, p)) for one in asked for p in Perimeter if p <= perimeter]
        return bool(asked) and set(wanted) == {"yes"}

    scopes = ((Scope.CLASS, cpb, 1), (Scope.SCHOOL, school, 2), (Scope.PUBLIC, school, 3))
    for _ in range(ATTEMPTS):
        scope, place, perimeter = draw.choice(scopes)
        where = {"classroom": place} if place == cpb else {"school": place}
        publication = Publication(author=world.people["head"], kind=KIND, created_at=NOW, **where)
        post = Post(publication=publication, scope=scope, text="à", no_child_declared_at=NOW)
        small = {"width": 1, "height": 1, "weight": 1, "added_at": NOW, "name": secrets.token_hex(16)}
        row = Picture(publication=publication, perimeter=perimeter, **small)
        marked = draw.sample(children, draw.choice([0, 1, 1, 2]))
        yield publication, post, row, marked, all(may_show(child, perimeter) for child in marked)


def _ways(world):
    """How a post goes out: at once, proposed to the head or published by a teacher, left for later."""
    head, teacher = world.people["head"], world.people["teacher"]
    later = NOW + datetime.timedelta(hours=1)
    return (
        lambda post: actions.publish_draft(person=head, post=post, now=NOW),
        lambda post: actions.publish_draft(person=head if post.scope == Scope.SCHOOL else teacher, post=post, now=NOW),
        lambda post: actions.schedule_post(person=head, post=post, leaves_at=later, now=NOW),
    )


@pytest.mark.long
def test_none_of_a_thousand_random_attempts_shows_a_marked_child_without_accord(world, monkeypatch, pytestconfig):
    """Of each, the rule and what is read; sixty go out by each way, all of them under --corpora."""
    most = ATTEMPTS if pytestconfig.getoption("--corpora") else PUBLISHED
    monkeypatch.setattr(caps, "HOURLY", dict.fromkeys(caps.HOURLY, ATTEMPTS + 1))
    made = list(attempts(world, random.Random(20261129)))
    Publication.objects.bulk_create(one[0] for one in made)
    Post.objects.bulk_create(one[1] for one in made)
    Picture.objects.bulk_create(one[2] for one in made)
    Marking.objects.bulk_create(
        Marking(picture=row, child=child, marked_at=NOW) for _, _, row, marked, _ in made for child in marked
    )
    shown = set(Picture.objects.filter(is_shown(TODAY)).values_list("pk", flat=True))
    assert shown == {row.pk for _, _, row, _, may in made if may}
    prepared = list(Post.objects.filter(pk__in=[one[1].pk for one in made]).select_related("publication"))
    queries.join_pictures(prepared, TODAY)
    told = {post.pk: bool(accords.can_show_read(post, owes=True)) for post in prepared}  # on the page of each
    out, ways = 0, _ways(world)
    for rank, (_, post, _, marked, may) in enumerate(made):
        assert bool(accords.can_show(post, TODAY)) is told[post.pk] is may, marked  # asked of every post that goes out
        if rank < most:
            with contextlib.nullcontext() if may else pytest.raises(Refused):
                ways[rank % len(ways)](post)
        out += bool(marked and may)
    gone = set(Post.objects.exclude(publication__state="draft", leaves_at=None).values_list("pk", flat=True))
    assert gone == {post.pk for _, post, _, _, may in made[:most] if may}
    assert len(made) == ATTEMPTS and 100 < out < ATTEMPTS / 2


def everywhere(world, post, kept, client):
    """{where: whether the picture, or its address, is there for who reads there}."""
    address = reverse("media:picture", args=[kept.pk])
    life = f"/ecoles/tilleuls/vie/{post.publication_id}/"
    pages = [
        ("guardian_other_family", reverse("portal:school_life", args=[world.schools["tilleuls"].pk])),
        ("guardian_other_family", "/aujourdhui/"),
        ("teacher", reverse("posts:post_detail", args=[post.pk])),
        (None, "/ecoles/tilleuls/"),
        (None, life),
        (None, "/ecoles/tilleuls/fil.atom"),
    ]
    found = {}
    for who, path in pages:
        client.cookies.clear()
        found[path] = str(kept.pk) in world.sign_in(client, who).get(path).content.decode()
    for who in (None, "guardian", "teacher", "head"):
        client.cookies.clear()
        for path in (address, f"{address}vignette/"):
            found[who, path] = world.sign_in(client, who).get(path).status_code == 200
    return found


def test_an_accord_taken_back_takes_the_marked_picture_from_everywhere_at_once(
    world, client, django_capture_on_commit_callbacks
):
    agree(world)
    post = publish(world, "head", Scope.PUBLIC, pictures=[picture()], text="Les radis.")
    kept = mark(post, world)
    there = everywhere(world, post, kept, client)
    assert [where for where, is_there in there.items() if not is_there] == ["/ecoles/tilleuls/fil.atom"]
    with django_capture_on_commit_callbacks(execute=True):
        say(world, "guardian", "child_adam", "no", kinds=[IMAGE], perimeters=[Perimeter.CLASS])
    assert not any(everywhere(world, post, kept, client).values())
    assert not default_storage.exists(kept.path)  # an address signed before leads nowhere
    shown = world.sign_in(client, "head").get(reverse("posts:post_detail", args=[post.pk])).content.decode()
    assert "n’est plus montrée" in shown
    say(world, "guardian", "child_adam", kinds=[IMAGE], perimeters=[Perimeter.CLASS])
    assert everywhere(world, post, kept, client) == there


def test_a_post_whose_only_picture_left_leaves_no_hole(world, client):
    agree(world)
    mark(publish(world, "head", Scope.PUBLIC, pictures=[picture()], text=""), world)
    say(world, "guardian", "child_adam", "no")
    for who, path in (("guardian", "/aujourdhui/"), (None, "/ecoles/tilleuls/vie/")):
        assert "Une photo" not in world.sign_in(client, who).get(path).content.decode()


def test_unmarked_pictures_are_looked_over_by_their_author_and_the_head(world, client):
    agree(world)
    Person.objects.filter(pk=world.people["child_adam"].pk).update(first_name="Amandin")
    post = publish(world, pictures=[picture()])
    address = reverse("posts:post_detail", args=[post.pk])

    def asked(who):
        home = world.sign_in(client, who).get("/aujourdhui/").content.decode()
        page = client.get(address).content.decode()
        assert ("Une publication à revoir" in home) is ("Amandin n’a plus d’accord" in " ".join(page.split())), who
        return "Une publication à revoir" in home

    assert not asked("teacher")
    say(world, "guardian", "child_adam", "no")
    assert [who for who in ("teacher", "head", "supply", "guardian_coparent") if asked(who)] == ["teacher", "head"]
    for who, status in (("supply", 403), ("guardian", 403), ("teacher_other_class", 404), ("teacher", 302)):
        done = world.sign_in(client, who).post(reverse("posts:declaration_create", args=[post.pk]))
        assert done.status_code == status, who
    assert not asked("teacher") and not asked("head")


def test_several_posts_to_look_over_are_one_line_of_a_home(world, client):
    agree(world)
    posts = [publish(world, pictures=[picture()], text=f"Atelier {number}") for number in (1, 2)]
    say(world, "guardian", "child_adam", "no")
    home = world.sign_in(client, "teacher").get("/aujourdhui/").content.decode()
    assert home.count("Une publication à revoir") == 1 and "Il y en a d’autres." in home
    client.post(reverse("posts:declaration_create", args=[posts[1].pk]))
    home = client.get("/aujourdhui/").content.decode()
    assert home.count("Une publication à revoir") == 1 and "Il y en a d’autres." not in home


def squares(*chosen):
    return Parts(8, 12, frozenset(chosen))


def test_what_is_blurred_is_gone_from_the_file_and_its_thumbnail(world, django_capture_on_commit_callbacks):
    post = publish(world, pictures=[picture()])
    kept = Picture.objects.get()
    old, teacher = (kept.path, kept.thumbnail_path), world.people["teacher"]
    about = {"person": teacher, "post": post, "picture": kept, "now": NOW}
    with pytest.raises(Conflict):
        actions.hide_on_picture(**about, parts=squares(), crops=False)
    with pytest.raises(Refused):
        actions.hide_on_picture(**about | {"person": world.people["head"]}, parts=squares((0, 0)), crops=False)
    with django_capture_on_commit_callbacks(execute=True):
        actions.hide_on_picture(**about, parts=squares(*((r, c) for r in range(8) for c in range(6))), crops=False)
    kept.refresh_from_db()
    assert not any(map(default_storage.exists, old))
    for path in (kept.path, kept.thumbnail_path):
        with default_storage.open(path) as file:
            image = Image.open(io.BytesIO(file.read())).convert("L")
        width, height = image.size
        square = image.crop((width // 12 + 4, height // 8 + 4, width // 6 - 4, height // 4 - 4))
        low, high = square.getextrema()
        assert high - low < 12, path  # flat, but for what WebP adds
    wide = kept.width
    with django_capture_on_commit_callbacks(execute=True):
        actions.hide_on_picture(**about | {"picture": kept}, parts=squares((0, 6), (7, 11)), crops=True)
    kept.refresh_from_db()
    assert kept.width == wide - wide * 6 // 12


def test_a_teacher_blurs_marks_and_publishes_in_the_browser(world, client):
    url = reverse("posts:classroom_publish", args=[world.classrooms["cpb"].pk])
    client = world.sign_in(client, "teacher")
    sent = {"text": "Les radis.", "pictures": [photo()], "act": "hide"}
    draft = client.post(url, sent)["Location"]
    post, kept = Post.objects.get(), Picture.objects.get()
    assert post.publication.state == "draft" and reverse("posts:picture_hide", args=[kept.pk]) in client.get(draft).text
    children = reverse("posts:picture_children", args=[kept.pk])
    adam = str(world.people["child_adam"].pk)
    assert client.get(children).text.count("sans accord") >= 2
    assert client.post(children, {"children": [adam]}).status_code == 302
    publishes = reverse("posts:publication_create", args=[post.pk])
    seen = queries.item_of(queries.with_pictures(Post.objects.all()).get()).seen
    refused = client.post(publishes, {"seen": seen, "no_child": "on"})
    assert refused.status_code == 403 and "est sur l’une de ces photos" in refused.text
    hides = reverse("posts:picture_hide", args=[kept.pk])
    assert client.get(hides).text.count('name="square"') == 96
    done = client.post(hides, {"square": ["0.0", "7.11", "99.0", "x"], "act": "blur"}, follow=True)
    assert "effacé pour de bon" in done.text
    client.post(children, {})
    assert not Marking.objects.exists()
    seen = queries.item_of(queries.with_pictures(Post.objects.all()).get()).seen
    assert client.post(publishes, {"seen": seen}).status_code == 403
    assert client.post(publishes, {"seen": seen, "no_child": "on"}).status_code == 302
    post.refresh_from_db()
    assert post.publication.state == "published" and post.no_child_declared_at


def test_pictures_of_today_leave_public_sites_until_declared_again(world, client):
    """What the migration does, on rows as they were before it."""
    in_class = publish(world, pictures=[picture()])
    public = publish(world, "head", Scope.PUBLIC, pictures=[picture()], text="Le jardin.")
    kept = Picture.objects.get(publication=public.publication)
    Picture.objects.update(perimeter=Perimeter.CLASS)
    assert str(kept.pk) in client.get("/ecoles/tilleuls/").text
    import_module("preau.ent.posts.migrations.0005_pictures_by_accord").leave_public_sites(apps, None)
    page, address = client.get("/ecoles/tilleuls/").text, reverse("media:picture", args=[kept.pk])
    assert "Le jardin" in page and str(kept.pk) not in page and client.get(address).status_code == 404
    shown = Picture.objects.get(publication=in_class.publication)
    assert shown.perimeter == Perimeter.CLASS and shown.withheld_at is None
    detail = reverse("posts:post_detail", args=[public.pk])
    assert "ont quitté le site public" in world.sign_in(client, "head").get(detail).text
    assert client.get(address).status_code == 200
    client.post(reverse("posts:declaration_create", args=[public.pk]))
    client.cookies.clear()
    assert str(kept.pk) in client.get("/ecoles/tilleuls/").text and client.get(address).status_code == 200


def test_the_place_of_a_post_says_how_far_its_pictures_are_shown(world):
    for scope in (Scope.GROUP, Scope.PUBLIC, Scope.FAMILIES):
        actions.write_post(
            person=world.people["head"],
            place=place_for(world, scope),
            scope=scope,
            text="",
            now=NOW,
            pictures=[picture()],
        )
    assert [one.perimeter for one in Picture.objects.order_by("id")] == [2, 3, 1]


THREE = "Bravo à Zoé, Timéo et Maïwenn pour les radis."


@pytest.mark.parametrize(
    "text, holds",
    [
        (THREE, "nomme 3 élèves"),
        ("Bravo à Zoé et à Timéo.", ""),
        ("Zoé, Zoé, Zoé et Timéo.", ""),
        ("la zoé, un timéo, des maïwenn", ""),
        ("Exercice PPMS : la classe va au sous-sol.", "plan de mise en sûreté"),
        ("Le point de rassemblement est dans la cour.", "plan de mise en sûreté"),
    ],
)
def test_a_public_text_that_names_three_pupils_or_tells_a_plan_is_held(world, client, text, holds):
    for child, name in (("child_adam", "Zoé"), ("child_lina", "Timéo"), ("pupil_cm2", "Maïwenn")):
        Person.objects.filter(pk=world.people[child].pk).update(first_name=name)
    url = reverse("posts:school_publish", args=[world.schools["tilleuls"].pk])
    sent = {"text": text, "scope": "public", "act": "publish"}
    page = world.sign_in(client, "head").post(url, sent, follow=True).text
    post = Post.objects.get()
    assert (holds in page) and (post.publication.state == "draft") is bool(holds)
    if holds:
        publishes = reverse("posts:publication_create", args=[post.pk])
        for more, state in (({}, "draft"), ({"sure": "on"}, "published")):
            seen = queries.item_of(queries.with_pictures(Post.objects.all()).get()).seen
            client.post(publishes, {"seen": seen} | more)
            assert Publication.objects.get().state == state


def test_a_text_already_public_is_not_reworded_into_a_list_and_a_class_s_may_name_its_own(world):
    for child, name in (("child_adam", "Zoé"), ("child_lina", "Timéo"), ("pupil_cm2", "Maïwenn")):
        Person.objects.filter(pk=world.people[child].pk).update(first_name=name)
    post = publish(world, "head", Scope.PUBLIC, text="Les radis poussent.")
    with pytest.raises(Conflict, match="nomme 3"):
        actions.edit_post(person=world.people["head"], post=post, text=THREE, now=NOW)
    publish(world, text=THREE)
