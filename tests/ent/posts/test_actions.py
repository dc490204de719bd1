"""Writing, publishing, taking back: who may, what is left when they may not."""

import datetime
import uuid

import pytest
from django.core.files.storage import default_storage
from django.utils import timezone

from preau.ent.posts import actions, queries, rules
from preau.ent.posts.actions import NewPicture
from preau.ent.posts.models import Post, Scope
from preau.ent.posts.queries.who import who_will_see
from preau.journal.models import Entry
from preau.kit.answers import Conflict, Refused
from preau.media import images
from preau.media.models import Picture
from preau.people.models import Mandate, Role
from preau.privacy.actions import erase_person
from preau.spaces.models import Publication, Reach
from tests.media import samples
from tests.world import TODAY, add_person

NOW = timezone.now()


def sees(person, post, today) -> bool:
    """Whether one post is in the person's visible set."""
    return rules.posts_visible_to(person, today).filter(pk=post.pk).exists()


PLACES = {
    Scope.CLASS: ("classrooms", "cpb"), Scope.GROUP: ("groups", "ulis"), Scope.SCHOOL: ("schools", "tilleuls"),
    Scope.STAFF: ("schools", "tilleuls"), Scope.PUBLIC: ("schools", "tilleuls"), Scope.CITY: ("cities", "marelle"),
    Scope.FAMILIES: ("classrooms", "cpb"), Scope.NETWORK: ("networks", "coteaux"),
}  # fmt: skip
ALLOWED = {
    Scope.CLASS: {"teacher", "supply", "head", "suspended"},
    Scope.GROUP: {"head"},
    Scope.SCHOOL: {"head"},
    Scope.STAFF: {"head"},
    Scope.FAMILIES: {"teacher", "supply", "head", "suspended"},
    Scope.PUBLIC: {"head", "teacher", "supply", "teacher_other_class", "suspended"},
    Scope.CITY: {"city_education"},
    Scope.NETWORK: {"city_education"},
}


def place_for(world, scope):
    shelf, name = PLACES[scope]
    return getattr(world, shelf)[name]


def picture(alt="Trois peintures sèchent sur un fil."):
    return NewPicture(images.draw_again(samples.encoded(samples.drawing()), "a.jpg"), alt)


def publish(world, who="teacher", scope=Scope.CLASS, **more):
    more.setdefault("no_child_declared", bool(more.get("pictures")))  # nobody here has an accord
    return actions.publish_post(
        person=world.people[who],
        place=place_for(world, scope),
        scope=scope,
        **{"text": "Nous avons mélangé les couleurs.", "now": NOW} | more,
    )


def confirm(person, post):
    """As from the page the head has open now."""
    seen = queries.item_of(queries.with_pictures(Post.objects.all()).get(pk=post.pk)).seen
    return actions.confirm_post(person=person, post=post, seen=seen, now=NOW)


@pytest.mark.parametrize("scope", Scope)
def test_who_publishes_where(world, scope):
    for name, person in world.people.items():
        if name in ALLOWED[scope]:
            assert scope in rules.scopes_open_to(person, place_for(world, scope), TODAY), name
            publish(world, name, scope)
        else:
            with pytest.raises(Refused):
                publish(world, name, scope)
    assert set(Post.objects.values_list("publication__author", flat=True)) == {
        world.people[name].pk for name in ALLOWED[scope]
    }


@pytest.mark.parametrize("shelf, name", [("classrooms", "cpb"), ("groups", "ulis"), ("schools", "tilleuls")])
def test_what_is_for_families_reaches_their_adults_and_no_pupil(world, shelf, name):
    place = getattr(world, shelf)[name]
    post = actions.publish_post(
        person=world.people["head"], place=place, scope=Scope.FAMILIES, text="Le conseil se réunit.", now=NOW
    )
    pupil, guardian = ("child_ulis", "guardian_ulis") if shelf == "groups" else ("child_adam", "guardian")
    for one, seen in ((pupil, False), (guardian, True), ("head", True)):
        assert sees(world.people[one], post, TODAY) is seen, one
    assert who_will_see(Scope.FAMILIES, place, TODAY).pupils_count == 0


def test_a_class_of_another_school_is_refused_to_a_head(world):
    with pytest.raises(Refused):
        publish(world, "head_other_school")
    assert not Publication.objects.exists()


def test_one_sending_writes_one_post(world):
    once = uuid.uuid4()
    first, second = publish(world, once=once), publish(world, once=once)
    assert first.pk == second.pk == once
    assert Post.objects.count() == Publication.objects.count() == 1
    stranger = publish(world, "head", once=once)
    assert stranger.pk != once
    with pytest.raises(Conflict, match="avec un autre texte"):  # completed while the page was slow: nothing is lost
        publish(world, once=once, text="Nous avons mélangé, et goûté.")
    for other in ({"scope": Scope.STAFF}, {"question": "Quelles couleurs ?"}):
        with pytest.raises(Conflict, match="d’autres réglages"):
            publish(world, once=once, **other)


def test_one_sending_with_other_pictures_is_refused_and_said(world):
    once, other = uuid.uuid4(), NewPicture(images.draw_again(samples.encoded(samples.drawing((320, 480))), "a.jpg"))
    post = publish(world, once=once, pictures=[picture()])
    assert publish(world, once=once, pictures=[picture()]) == post
    for pictures in ([], [other], [picture(), other]):
        with pytest.raises(Conflict, match="d’autres fichiers"):
            publish(world, once=once, pictures=pictures)
    assert post.publication.pictures.count() == 1


def test_pictures_stay_within_a_school(world):
    for scope, who in ((Scope.CLASS, "teacher"), (Scope.SCHOOL, "head"), (Scope.STAFF, "head")):
        publish(world, who, scope, pictures=[picture()])
    for scope in (Scope.CITY, Scope.NETWORK):
        with pytest.raises(Refused):
            publish(world, "city_education", scope, pictures=[picture()])
    assert list(Picture.objects.order_by("id").values_list("perimeter", flat=True)) == [1, 2, 2]


def test_a_public_picture_needs_the_declaration_and_the_head(world):
    with pytest.raises(Refused):
        publish(world, scope=Scope.PUBLIC, pictures=[picture()], no_child_declared=False)
    assert not Post.objects.exists()
    post = publish(world, scope=Scope.PUBLIC, pictures=[picture()], no_child_declared=True)
    assert post.publication.state == "waiting" and not Reach.objects.exists()
    for name, person in world.people.items():
        assert sees(person, post, TODAY) is (name in ("teacher", "head")), name
        if name != "head":
            with pytest.raises(Refused):
                confirm(person, post)
    assert not sees(None, post, TODAY)
    confirm(world.people["head"], post)
    assert sees(None, post, TODAY)
    line = Entry.objects.get(verb="confirm_post")
    assert line.actor_id == world.people["head"].pk and line.fields == ["confirmed_at", "no_child_declared_at"]
    assert post.confirmed_by == world.people["head"]


def test_the_head_s_own_public_picture_is_declared_and_journalled_too(world):
    with pytest.raises(Refused):
        publish(world, "head", Scope.PUBLIC, pictures=[picture()], no_child_declared=False)
    publish(world, "head", Scope.PUBLIC, pictures=[picture()], no_child_declared=True)
    assert Entry.objects.filter(verb="confirm_post").count() == 1


def test_what_was_sent_back_is_a_draft_again(world):
    post = publish(world, scope=Scope.PUBLIC)
    actions.send_back_post(person=world.people["head"], post=post, now=NOW)
    assert post.publication.state == "draft"
    assert not sees(world.people["head"], post, TODAY)


def test_undo_gives_the_draft_back_for_ten_minutes(world):
    post = publish(world, pictures=[picture()])
    guardian = world.people["guardian"]
    assert sees(guardian, post, TODAY)
    with pytest.raises(Refused):
        actions.undo_post(person=world.people["head"], post=post, now=NOW)
    with pytest.raises(Refused):
        actions.undo_post(person=world.people["teacher"], post=post, now=NOW + datetime.timedelta(minutes=11))
    actions.undo_post(person=world.people["teacher"], post=post, now=NOW + datetime.timedelta(minutes=1))
    assert not sees(guardian, post, TODAY)
    assert post.publication.state == "draft" and Picture.objects.count() == 1
    actions.publish_draft(person=world.people["teacher"], post=post, now=NOW)
    assert sees(guardian, post, TODAY)


@pytest.mark.parametrize("who", ["teacher", "head"])
def test_withdrawn_then_put_back(world, who):
    post = publish(world)
    for name in ("supply", "aesh", "guardian", "teacher_other_class", "head_other_school"):
        with pytest.raises(Refused):
            actions.withdraw_post(person=world.people[name], post=post, now=NOW)
    actions.withdraw_post(person=world.people[who], post=post, now=NOW)
    assert not sees(world.people["guardian"], post, TODAY)
    with pytest.raises(Refused):
        later = NOW + datetime.timedelta(days=32)
        actions.restore_post(person=world.people[who], post=post, now=later)
    actions.restore_post(person=world.people[who], post=post, now=NOW)
    assert sees(world.people["guardian"], post, TODAY)


def test_what_the_head_withdrew_its_author_does_not_put_back(world):
    post, head, teacher = publish(world), world.people["head"], world.people["teacher"]
    actions.withdraw_post(person=head, post=post, now=NOW)
    answer = rules.can_restore_post(teacher, post, TODAY)
    assert answer.reason == "La direction l’a retirée\u00a0: demandez-lui de la remettre."
    with pytest.raises(Refused):
        actions.restore_post(person=teacher, post=post, now=NOW)
    assert not sees(world.people["guardian"], post, TODAY)
    actions.restore_post(person=head, post=post, now=NOW)
    assert sees(world.people["guardian"], post, TODAY)
    # Back online, nothing is remembered: its author takes it back and puts it back alone.
    actions.withdraw_post(person=teacher, post=post, now=NOW)
    actions.restore_post(person=teacher, post=post, now=NOW)


def test_the_head_who_withdrew_is_forgotten_when_erased_and_the_post_stays(world):
    post = publish(world)
    actions.withdraw_post(person=world.people["head"], post=post, now=NOW)
    assert Publication.objects.get().withdrawn_by == world.people["head"]
    erase_person(subject=world.people["head"], person=None, now=NOW)
    assert Publication.objects.get().withdrawn_by is None
    assert Publication.objects.get().author == world.people["teacher"]


def test_what_the_author_withdrew_the_head_may_put_back_and_a_city_word_its_education(world):
    post, education = publish(world), world.people["city_education"]
    actions.withdraw_post(person=world.people["teacher"], post=post, now=NOW)
    actions.restore_post(person=world.people["head"], post=post, now=NOW)
    word = publish(world, "city_education", Scope.CITY)
    colleague = add_person(world, "city_education_two")
    Mandate.objects.create(person=colleague, role=Role.CITY_EDUCATION, city=world.cities["marelle"], starts_on=TODAY)
    actions.withdraw_post(person=colleague, post=word, now=NOW)
    actions.restore_post(person=education, post=word, now=NOW)


def test_only_its_author_changes_a_text(world):
    post = publish(world)
    for name in ("head", "supply", "guardian"):
        with pytest.raises(Refused):
            actions.edit_post(person=world.people[name], post=post, text="autre", now=NOW)
    actions.edit_post(person=world.people["teacher"], post=post, text="Nous avons <b>peint</b>.", now=NOW)
    post.refresh_from_db()
    assert post.html == "<p>Nous avons &lt;b&gt;peint&lt;/b&gt;.</p>" and post.edited_at == NOW
    assert "peint" not in str(list(Entry.objects.values()))


def test_a_teacher_does_not_change_what_the_head_confirmed(world):
    post = publish(world, scope=Scope.PUBLIC)
    confirm(world.people["head"], post)
    with pytest.raises(Refused):
        actions.edit_post(person=world.people["teacher"], post=post, text="autre", now=NOW)


def test_each_picture_added_for_the_public_site_is_declared_again(world):
    """A first declaration says nothing of the photo that comes after it."""
    teacher, later = world.people["teacher"], NOW + datetime.timedelta(hours=1)
    draft = actions.write_post(
        person=teacher,
        place=place_for(world, Scope.PUBLIC),
        scope=Scope.PUBLIC,
        text="Notre jardin.",
        pictures=[picture()],
        no_child_declared=True,
        now=NOW,
    )
    with pytest.raises(Refused):
        actions.edit_post(person=teacher, post=draft, text="Notre jardin.", added=[picture()], now=later)
    draft.refresh_from_db()
    assert Picture.objects.count() == 1 and draft.no_child_declared_at == NOW
    actions.edit_post(
        person=teacher, post=draft, text="Notre jardin.", added=[picture()], no_child_declared=True, now=later
    )
    draft.refresh_from_db()
    assert Picture.objects.count() == 2 and draft.no_child_declared_at == later
    assert draft.confirmed_at is None and draft.confirmed_by is None
    assert actions.publish_draft(person=teacher, post=draft, now=later).publication.state == "waiting"


def test_the_head_who_adds_a_public_picture_declares_and_so_confirms_again(world):
    head, later = world.people["head"], NOW + datetime.timedelta(hours=1)
    post = publish(world, "head", Scope.PUBLIC, pictures=[picture()], no_child_declared=True)
    with pytest.raises(Refused):
        actions.edit_post(person=head, post=post, text=post.text, added=[picture()], now=later)
    post.refresh_from_db()
    assert Picture.objects.count() == 1 and post.confirmed_at == NOW
    actions.edit_post(person=head, post=post, text=post.text, added=[picture()], no_child_declared=True, now=later)
    post.refresh_from_db()
    assert post.no_child_declared_at == post.confirmed_at == later and post.confirmed_by == head
    assert Entry.objects.filter(verb="confirm_post").count() == 2


def test_a_discarded_draft_leaves_no_file(world, django_capture_on_commit_callbacks):
    person = world.people["teacher"]
    post = actions.write_post(
        person=person, place=world.classrooms["cpb"], scope=Scope.CLASS, text="", pictures=[picture()], now=NOW
    )
    kept = Picture.objects.get()
    assert default_storage.exists(kept.path) and default_storage.exists(kept.thumbnail_path)
    with pytest.raises(Refused):
        actions.discard_draft(person=world.people["head"], post=post, now=NOW)
    with django_capture_on_commit_callbacks(execute=True):
        actions.discard_draft(person=person, post=post, now=NOW)
    assert not Post.objects.exists() and not Publication.objects.exists()
    assert not default_storage.exists(kept.path) and not default_storage.exists(kept.thumbnail_path)
