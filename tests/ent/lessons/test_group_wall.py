"""« La classe » in the session of a group: the posts of that group too, for its pupils, while they read them."""

import pytest
from django.urls import reverse
from django.utils.timezone import now

from preau.ent.lessons import actions
from preau.ent.lessons.queries import rooms
from preau.ent.posts import actions as posts
from preau.ent.posts import rules as post_rules
from preau.ent.posts.models import Post, Scope
from preau.places.models import Group
from preau.schools.models import GroupMember
from preau.spaces import actions as spaces
from tests.ent.lessons.acts import at_home, mixed, open_lesson
from tests.ent.lessons.test_wall_voices import LISTEN, WALL, address, published, said
from tests.ent.lessons.test_works import body, seated
from tests.ent.lessons.works import finish, keep

pytestmark = pytest.mark.django_db
OURS = "Nous cherchons des feuilles."


@pytest.fixture
def group(world):
    return mixed(world)


@pytest.fixture
def lesson(world, group):
    return open_lesson(world, "head", "mixed")


def read_by(world, child, lesson=None):
    """Texts of the wall of this pupil."""
    return {post.text for post in rooms.posts_of(world.people[child], world.today, lesson=lesson)}


def test_its_pupils_read_and_hear_there_what_was_published_to_it(world, group, lesson):
    _, tablet = seated(world, lesson, "child_adam")
    voice = said(published(world, "teacher", group, Scope.GROUP, OURS))
    for page in (WALL, LISTEN):
        html = body(tablet.get(page))
        assert OURS in html or page == LISTEN
        assert f'data-say="{address(voice)}"' in html and tablet.get(address(voice)).status_code == 200
    for screen in (at_home(world, "child_adam", lesson), seated(world, open_lesson(world), "child_adam")[1]):
        pages = body(screen.get(WALL)) + body(screen.get(LISTEN))
        assert OURS not in pages and address(voice) not in pages  # elsewhere the wall is the class's alone


def test_a_page_shown_to_its_families_is_on_it_at_once(world, lesson):
    device, tablet = seated(world, lesson, "pupil_cm2")
    work = finish(device, keep(device, made="Une feuille de chêne").work)
    actions.show_work(person=world.people["teacher"], work=work, goal="class", now=now())
    assert "Une feuille de chêne" in body(tablet.get(WALL))


def test_nothing_is_on_it_that_the_pupil_does_not_read(world, group, lesson):
    ours = published(world, "teacher", group, Scope.GROUP, OURS)
    published(world, "teacher", group, Scope.FAMILIES, "Aux familles.")
    published(world, "head", world.groups["ulis"], Scope.GROUP, "Au dispositif.")
    choir = Group.objects.create(school=group.school, school_year=world.year, name="Chorale")
    GroupMember.objects.create(group=choir, pupil=world.people["child_adam"], starts_on=world.before)
    published(world, "head", choir, Scope.GROUP, "À la chorale.")  # which Adam reads elsewhere
    published(world, "head", world.schools["tilleuls"], Scope.SCHOOL, "À l’école.")
    published(world, "teacher", world.classrooms["cpb"], Scope.CLASS, "Au CP B.")
    published(world, "teacher_other_class", world.classrooms["cm2"], Scope.CLASS, "Au CM2.")
    withdrawn = published(world, "teacher", group, Scope.GROUP, "Retiré.")
    posts.withdraw_post(person=world.people["teacher"], post=withdrawn, now=now())
    assert read_by(world, "child_adam", lesson) == {OURS, "Au CP B."}
    assert read_by(world, "pupil_cm2", lesson) == {OURS, "Au CM2."}
    assert read_by(world, "child_lina", lesson) == {"Au CP B."}  # of the class, and not of the group
    assert read_by(world, "child_adam") == {"Au CP B."}
    for child in ("child_adam", "child_lina", "pupil_cm2", "child_ulis", "pupil_far"):
        visible = post_rules.posts_visible_to(world.people[child], world.today)
        assert set(rooms.posts_of(world.people[child], world.today, lesson=lesson)) <= set(visible), child
    stop = {"person": world.people["head"], "place": world.schools["tilleuls"], "readers": ["pupils"], "why": "check"}
    spaces.stop_place(**stop, now=now())
    assert read_by(world, "child_adam", lesson) == set() and Post.objects.filter(pk=ours.pk).exists()


def test_who_came_to_it_later_or_was_never_of_it_reads_what_the_audience_says(world, group, lesson):
    ours = published(world, "teacher", group, Scope.GROUP, OURS)
    lina = world.people["child_lina"]
    assert ours not in post_rules.posts_visible_to(lina, world.today)
    GroupMember.objects.create(group=group, pupil=lina, starts_on=world.today)
    assert read_by(world, "child_lina", lesson) == {OURS}
    GroupMember.objects.filter(pupil=lina).delete()
    assert read_by(world, "child_lina", lesson) == set()


def test_it_costs_no_query_more_however_many(world, group, lesson, django_assert_max_num_queries):
    _, tablet = seated(world, lesson, "child_adam")
    for number in range(10):
        said(published(world, "teacher", group, Scope.GROUP, f"Feuille {number}"), label=f"Air {number}")
    for page in (WALL, LISTEN, f"{reverse('lessons:wall')}?suite=8"):
        tablet.get(page)  # what a process keeps is read once
        with django_assert_max_num_queries(10):
            html = body(tablet.get(page))
        assert html.count('data-say="/publications/fichiers/') == (2 if "suite" in page else 8)
