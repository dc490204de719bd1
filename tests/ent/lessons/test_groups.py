"""A session of a group across classes, or of a dispositif: who opens it, who helps, who reads what is made there."""

import re

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.timezone import now

from preau.ent.comments.actions import open_discussion
from preau.ent.lessons import actions, rules
from preau.ent.lessons.models import Goal, Lesson, Work
from preau.ent.posts import actions as posts_actions
from preau.ent.posts import rules as posts
from preau.ent.posts.models import Post, Scope
from preau.kit.answers import Refused
from preau.people.models import Mandate, Role
from preau.places.models import Group
from preau.schools.models import GroupMember
from preau.schools.rules.groups import groups_led_by
from preau.spaces import audiences
from tests.ent.lessons.acts import enter, join, mixed, open_lesson
from tests.ent.lessons.works import finish, keep
from tests.world import add_person

pytestmark = pytest.mark.django_db


def body(answer):
    return answer.content.decode()


def of_school(world, name, role=Role.TEACHER):
    """Who serves the school, in no class."""
    place = {"school": world.schools["tilleuls"], "starts_on": world.before}
    Mandate.objects.create(person=add_person(world, name), role=role, **place)


def test_who_teaches_a_dispositif_opens_its_session_from_home_and_from_its_page(world, client):
    of_school(world, "teacher_ulis")
    ulis, school = world.groups["ulis"], world.schools["tilleuls"]
    client = world.sign_in(client, "teacher_ulis")
    chosen, tab = reverse("lessons:school_lesson", args=[school.pk]), reverse("lessons:group_lesson", args=[ulis.pk])
    assert chosen in body(client.get("/aujourdhui/"))
    assert tab in body(client.get(reverse("portal:group_home", args=[ulis.pk])))
    assert client.get(chosen).status_code == client.get(tab).status_code == 200
    board = client.post(chosen, {"activity": "free"})
    lesson = Lesson.objects.get()
    assert lesson.group == ulis and board["Location"] == reverse("lessons:board", args=[lesson.pk])
    assert client.get(tab)["Location"] == board["Location"] and client.get(board["Location"]).status_code == 200


def test_a_class_teacher_chooses_a_group_that_a_pupil_of_theirs_follows(world, client, django_assert_max_num_queries):
    group, cpb = mixed(world), world.classrooms["cpb"]
    page = reverse("lessons:classroom_lesson", args=[cpb.pk])
    client = world.sign_in(client, "teacher")
    with django_assert_max_num_queries(10):
        form = client.get(page).context["form"]
    assert [key for key, _ in form.fields["place"].choices] == [str(cpb.pk), str(group.pk)]  # no dispositif
    assert client.post(page, {"place": str(world.groups["ulis"].pk), "activity": "free"}).status_code == 422
    client.post(page, {"place": str(group.pk), "activity": "free"})
    client.post(page, {"place": str(cpb.pk), "activity": "free"})
    assert Lesson.objects.count() == 2
    Lesson.objects.filter(classroom=cpb).delete()
    again = client.post(page, {"place": str(group.pk), "activity": "free"})
    assert again["Location"] == reverse("lessons:board", args=[Lesson.objects.get().pk])  # it was open


@pytest.mark.long
def test_nobody_else_opens_or_sees_the_session_of_a_group(world, client):
    of_school(world, "aesh_school", Role.AESH)
    group, ulis = mixed(world), world.groups["ulis"]
    pages = [reverse("lessons:group_lesson", args=[each.pk]) for each in (group, ulis)]
    boards = [reverse("lessons:board", args=[open_lesson(world, "head", name).pk]) for name in ("mixed", "ulis")]

    def reach(method, address, *statuses):
        asked = (*filter(None, world.actors()), "aesh_school")
        return {who for who in asked if getattr(world.sign_in(client, who), method)(address).status_code in statuses}

    assert reach("get", boards[1], 200) == {"head", "aesh_school"}
    team = {"head", "teacher", "teacher_other_class", "supply"}
    assert reach("get", boards[0], 200) == team | {"aesh", "aesh_school"}
    Lesson.objects.all().delete()
    assert reach("get", pages[1], 200) == {"head"}
    assert reach("get", pages[0], 200) == team


def test_who_leads_a_group_reads_what_is_made_there_and_is_told_of_nothing_else(world):
    group = mixed(world)
    of_school(world, "teacher_ulis")
    people, pages = world.people, {}
    elsewhere = Group.objects.create(school=world.schools["saules"], school_year=world.year, name="D’une autre école")
    GroupMember.objects.create(group=elsewhere, pupil=people["child_adam"], starts_on=world.before)
    assert set(groups_led_by(people["teacher"], world.today)) == {group}
    for name, child in (("mixed", "child_adam"), ("ulis", "child_ulis")):
        tablet = Client()
        device = join(open_lesson(world, "head", name), tablet, accepted_by=people["head"])
        enter(tablet, device, people[child])
        assert not rules.can_help_in_lesson(people["guardian"], device.lesson, world.today)
        pages[name] = finish(device, keep(device, made="Une cabane").work)
    for who, read in (("teacher", {"mixed"}), ("teacher_ulis", {"mixed", "ulis"}), ("aesh", set())):
        for rule in (rules.works_visible_to, rules.works_in_hand, rules.works_to_read):
            assert set(rule(people[who], world.today)) == {pages[name] for name in read}, (who, rule)


def test_who_helps_finds_the_session_of_the_class_and_of_the_group_and_is_told_when_none_is_open(world, client):
    group, cpb = mixed(world), world.classrooms["cpb"]
    client = world.sign_in(client, "aesh")
    pages = {
        "cpb": reverse("lessons:classroom_lesson", args=[cpb.pk]),
        "mixed": reverse("lessons:group_lesson", args=[group.pk]),
    }
    for place, page in pages.items():
        refused = client.get(page)
        assert refused.status_code == 403 and "Aucune séance n’est ouverte ici" in body(refused)
        assert "Séance ouverte" not in body(client.get("/aujourdhui/"))
        lesson = open_lesson(world, "head", place)
        board = reverse("lessons:board", args=[lesson.pk])
        assert board in body(client.get("/aujourdhui/")) and client.get(page)["Location"] == board
        assert client.get(board).status_code == 200
        refused = client.post(reverse("lessons:pause", args=[lesson.pk]), {"is": "on"})
        assert refused.status_code == 403 and "La séance est menée par" in body(refused)
        Lesson.objects.all().delete()


def test_a_head_opens_from_the_page_of_a_class_and_finds_only_that_session_on_her_home(
    world, client, django_assert_max_num_queries
):
    cpb, client = world.classrooms["cpb"], world.sign_in(client, "head")
    mixed(world)
    others = [open_lesson(world, "teacher_other_class", "cm2"), open_lesson(world, "teacher", "mixed")]
    page = reverse("lessons:classroom_lesson", args=[cpb.pk])
    assert page in body(client.get(reverse("portal:classroom_home", args=[cpb.pk])))
    board = client.post(page, {"place": str(cpb.pk), "activity": "free"})["Location"]
    with django_assert_max_num_queries(10):
        home = body(client.get("/aujourdhui/"))
    assert board in home and "Séance ouverte" in home and client.get(board).status_code == 200
    assert not [lesson for lesson in others if str(lesson.pk) in home]  # led by their teachers
    Mandate.objects.create(
        person=world.people["head"], role=Role.TEACHER, classroom=world.classrooms["cm2"], starts_on=world.before
    )
    assert str(others[0].pk) in body(client.get("/aujourdhui/"))  # of the class that she teaches as well
    client.post(reverse("lessons:closing", args=[Lesson.objects.get(classroom=cpb).pk]), {})
    assert board not in body(client.get("/aujourdhui/"))


def made_in(world, name, child):
    """A page of a session of this group, for the class page, finished."""
    tablet = Client()
    device = join(open_lesson(world, "head", name), tablet, accepted_by=world.people["head"])
    enter(tablet, device, world.people[child])
    return finish(device, keep(device, made="Une cabane à deux classes", goal=Goal.CLASS).work)


def test_who_leads_a_group_shows_its_families_a_page_in_one_press_and_nobody_else_may(world, client):
    of_school(world, "teacher_ulis")
    mixed(world)
    for name, child, leader in (("mixed", "child_adam", "teacher_other_class"), ("ulis", "child_ulis", "teacher_ulis")):
        page, group, people = made_in(world, name, child), world.groups[name], world.people
        leaders = {who for who in people if posts.can_publish_in(people[who], group, Scope.GROUP, world.today)}
        across = {"teacher", "teacher_other_class", "supply", "suspended"} if name == "mixed" else set()
        assert leaders == {"head", "teacher_ulis"} | across
        for who in ("teacher_other_school", "aesh", "guardian", *({"teacher"} - leaders)):
            with pytest.raises(Refused):
                actions.show_work(person=people[who], work=page, now=now())
        client = world.sign_in(client, leader)
        words = {"mixed": "du groupe", "ulis": "du dispositif"}[name]
        address = reverse("lessons:work", args=[page.pk])
        assert f"Montrer aux familles {words}" in body(client.get(address))
        said = client.post(reverse("lessons:work_showing", args=[page.pk]), {"goal": "class"}, follow=True)
        assert f"C’est dans la vie {words}." in body(said) and Work.objects.get().state == Work.State.KEPT
        post = Post.objects.get()
        assert post.publication.group == group
        shown = client.get(reverse("posts:post_detail", args=[post.pk]))
        assert shown.status_code == 200  # its author takes it back, or changes it
        for verb in (posts.can_withdraw_post, posts.can_edit_post):
            assert verb(people[leader], post, world.today)
        Lesson.objects.all().delete()
        Work.objects.all().delete()
        Post.objects.all().delete()


def test_who_sees_a_page_of_a_group_is_who_was_told_and_its_author(world):
    """« Qui verra » and « may I see » are the same query; to publish there is not to be there."""
    mixed(world)
    people = world.people
    actions.show_work(person=people["teacher"], work=made_in(world, "mixed", "child_adam"), now=now())
    post = Post.objects.get()
    told = audiences.members_of(post.publication.reaches.values_list("audience", flat=True), world.today)
    told = {member.person_id for member in told}
    seen = {who for who, one in people.items() if posts.posts_visible_to(one, world.today).filter(pk=post.pk).exists()}
    assert {people[who].pk for who in seen} - {people["teacher"].pk} == told
    assert {"guardian", "guardian_other_class", "pupil_cm2", "head", "teacher"} <= seen
    assert not seen & {"teacher_other_class", "supply", "aesh", "guardian_restricted", "guardian_other_family"}


def dead_links(client, page):
    """Those of the page that lead nowhere."""
    links = set(re.findall(r'<a\b[^>]*?href="(/[^"]*)"', body(page)))
    assert links
    return {link for link in links if client.get(link, follow=True).status_code != 200}


@pytest.mark.long
def test_who_leads_a_group_and_is_not_in_its_space_has_a_way_back_from_what_was_published_there(
    world, client, django_assert_max_num_queries
):
    group = mixed(world)
    actions.show_work(person=world.people["teacher"], work=made_in(world, "mixed", "child_adam"), now=now())
    post = Post.objects.get()
    open_discussion(person=world.people["head"], publication=post.publication, now=now())
    pages = {name: reverse(f"posts:{name}", args=[post.pk]) for name in ("post_detail", "post_edit", "post_files")}
    pages["discussion"] = reverse("comments:discussion", args=[post.publication_id])
    client = world.sign_in(client, "teacher")
    for page in pages.values():
        with django_assert_max_num_queries(10):
            answer = client.get(page)
        assert answer.status_code == 200 and dead_links(client, answer) == set(), page

    def pressed(verb):
        answer = client.post(reverse(f"posts:{verb}", args=[post.pk]), follow=True)
        assert answer.status_code == 200 and dead_links(client, answer) == set(), verb
        return body(answer)

    gone = pressed("withdrawal_create")
    back = reverse("posts:restoration_create", args=[post.pk])
    assert "C’est retiré. Plus personne ne le voit" in gone and "Vous pouvez le remettre pendant 30 jours." in gone
    assert re.search(rf'role="status">.*?action="{back}".*?>Annuler</button>', gone, re.DOTALL)
    assert "C’est retiré" not in body(client.get(pages["post_detail"]))  # said once
    assert "C’est publié. Visible dès maintenant" in pressed("restoration_create")
    pressed("undo_create")
    with django_assert_max_num_queries(10):
        assert 'class="btn btn-main">Publier' in body(client.get(pages["post_detail"]))
    assert "Le brouillon est effacé pour de bon" in pressed("discard_create")
    for page in ("home", "life"):  # and its space is still not hers
        assert client.get(reverse(f"portal:group_{page}", args=[group.pk])).status_code == 404


def test_who_showed_a_page_to_a_group_finds_it_again_and_nobody_else(world, client, django_assert_max_num_queries):
    """From the page of the work and from the list, also withdrawn; « C'est relu » shows nothing."""
    mixed(world)
    work, kept = made_in(world, "mixed", "child_adam"), made_in(world, "cpb", "child_lina")
    said = {"person": world.people["teacher"], "now": now()}
    actions.show_work(work=work, **said)
    actions.keep_work(work=kept, **said)
    client, link = world.sign_in(client, "teacher"), reverse("posts:post_detail", args=[work.pk])
    posts_actions.withdraw_post(person=said["person"], post=Post.objects.get(), now=now())
    for page in (reverse("lessons:works"), reverse("lessons:work", args=[work.pk])):
        with django_assert_max_num_queries(10):
            answer = client.get(page)
        assert f'href="{link}"' in body(answer) and dead_links(client, answer) == set(), page
    assert "Voir la publication" not in body(client.get(reverse("lessons:work", args=[kept.pk])))
    assert str(kept.pk) not in body(client.get(reverse("lessons:works")))
    for who in ("head", "teacher_other_class"):
        assert link not in body(world.sign_in(client, who).get(reverse("lessons:works"))), who


def test_who_no_longer_teaches_the_pupils_of_a_group_no_longer_publishes_there(world):
    group, teacher = mixed(world), world.people["teacher"]
    assert posts.can_publish_in(teacher, group, Scope.GROUP, world.today)
    GroupMember.objects.filter(group=group, pupil=world.people["child_adam"]).update(ends_on=world.before)
    assert not posts.can_publish_in(teacher, group, Scope.GROUP, world.today)


def test_while_the_session_of_the_class_is_open_its_board_leads_to_one_for_a_group(
    world, client, django_assert_max_num_queries
):
    board = reverse("lessons:board", args=[open_lesson(world).pk])
    other = reverse("lessons:school_lesson", args=[world.schools["tilleuls"].pk])
    assert other not in body(world.sign_in(client, "teacher").get(board))  # no group has a pupil of theirs
    group = mixed(world)
    client.get(board)
    with django_assert_max_num_queries(9):  # and the Wi-Fi, where the plan knows some
        assert "pour un groupe" in body(client.get(board))
    assert other not in body(client.get(board, headers={"x-part": "board"}))  # asked every few seconds
    opened = client.post(other, {"activity": "free"})
    lesson = Lesson.objects.get(group=group)
    assert opened["Location"] == reverse("lessons:board", args=[lesson.pk])
    assert other not in body(client.get(opened["Location"]))  # it is the only one
    assert other in body(world.sign_in(client, "head").get(opened["Location"]))  # and the dispositif
    assert other not in body(world.sign_in(client, "aesh").get(board))
