"""One post, read by its id: by the SQL that is kept, each person finds what the rules let them see."""

from django.utils import timezone

from preau.ent.posts import actions, rules
from preau.ent.posts.models import Post, Scope
from preau.ent.posts.views.spaces import _POST
from preau.spaces import audiences
from tests.world import TODAY


def written(world, place, scope=Scope.CLASS, author="teacher", act=actions.publish_post):
    said = {"text": "Nous avons semé des radis.", "pictures": [], "no_child_declared": False}
    return act(person=world.people[author], place=place, scope=scope, now=timezone.now(), **said)


def test_each_person_reads_by_its_id_what_the_rules_let_them_see(world):
    cpb, school = world.classrooms["cpb"], world.schools["tilleuls"]
    back = written(world, cpb)
    actions.withdraw_post(person=world.people["teacher"], post=back, now=timezone.now())
    posts = [
        written(world, cpb), written(world, cpb, Scope.FAMILIES), back, written(world, cpb, act=actions.write_post),
        written(world, school, Scope.PUBLIC, "head"), written(world, school, Scope.PUBLIC),
        written(world, school, Scope.STAFF, "head"),
    ]  # fmt: skip
    read = 0
    for actor, person in world.people.items():
        memberships = audiences.memberships_of(person, TODAY)
        visible = set(rules.posts_visible_to(person, TODAY).values_list("pk", flat=True))
        for post in posts:
            found = _POST.rows(person, post.pk, TODAY, memberships, key=("pk",))
            assert [one.pk for one in found] == [post.pk] * (post.pk in visible), (actor, post.scope)
            read += len(found)
    assert 60 < read < len(posts) * len(world.people)
    assert Post.objects.count() == len(posts)
