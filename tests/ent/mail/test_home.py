"""What each home says of messages: how many wait, since when, where to read them."""

import datetime
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.timezone import now

from preau.ent.mail import actions
from preau.ent.mail.models import Message
from preau.ent.mail.views import writing
from preau.kit.dates import weekday_text
from preau.schools.models import Guardianship
from preau.spaces import actions as spaces
from tests.ent.mail.acts import answer, begin
from tests.web.test_today import HOME, page_of
from tests.world import TODAY

pytestmark = pytest.mark.django_db
YESTERDAY = TODAY - datetime.timedelta(days=1)


def told(page):
    """(what is told, where it leads), None when no message waits."""
    if 'aria-labelledby="messages"' not in page:
        return None
    section = page.partition('aria-labelledby="messages"')[2].partition("</section>")[0]
    return section.replace("&nbsp;", "\u00a0"), section.partition('href="')[2].partition('"')[0]


@pytest.mark.parametrize(
    "writer, reader, child",
    [
        ("guardian", "teacher", "child_adam"),
        ("teacher", "guardian", "child_adam"),
        ("teacher", "head", None),
        ("head", "site_manager", None),
        ("head", "ien", None),
        ("head", "city_education", None),
        ("teacher_other_class", "pupil_cm2", None),
    ],
)
def test_a_home_counts_the_messages_that_wait_in_no_query_more(world, client, writer, reader, child):
    assert told(page_of(world, client, reader)) is None
    with CaptureQueriesContext(connection) as before:
        client.get(HOME)
    first = begin(world, writer, (reader,), child=child)
    answer(world, first, writer)
    Message.objects.update(sent_at=now() - datetime.timedelta(days=1))
    with CaptureQueriesContext(connection) as after:
        said, url = told(client.get(HOME).content.decode())
    assert "2\u00a0messages à lire" in said and f"depuis le {weekday_text(YESTERDAY)}" in said
    assert url == reverse("mail:conversation", args=[first.pk]) + "#nouveau"
    assert client.get(url).content.decode().count('id="nouveau"') == 1, "where one goes on reading"
    assert len(after) == len(before) <= 10
    begin(world, writer, (reader,), child=child)
    said, url = told(client.get(HOME).content.decode())
    assert "3\u00a0messages à lire" in said and url == f"{reverse('mail:inbox')}#liste"


def test_it_counts_nothing_that_is_read_muted_or_stopped(world, client):
    first, second = begin(world), begin(world)
    actions.mark_seen(person=world.people["teacher"], conversation=first, number=1, now=now())
    assert str(second.pk) in told(page_of(world, client, "teacher"))[1]
    assert "Nouveau" not in client.get(reverse("mail:conversation", args=[first.pk])).content.decode()
    actions.mute(person=world.people["teacher"], conversation=second, is_muted=True, now=now())
    assert told(client.get(HOME).content.decode()) is None
    answer(world, first)
    assert told(page_of(world, client, "guardian"))
    spaces.stop_place(
        person=world.people["head"], place=world.classrooms["cpb"], readers=["families"], why="threat", now=now()
    )
    assert told(client.get(HOME).content.decode()) is None


def test_who_works_in_a_school_and_has_a_child_in_another_begins_with_the_one_they_are_here_for(world, client):
    teacher, other = world.people["teacher"], world.schools["saules"]
    Guardianship.objects.create(
        guardian=teacher,
        child=world.people["child_two_two"],
        starts_on=world.before,
        authority=Guardianship.Authority.YES,
    )
    world.sign_in(client, "teacher")
    inbox = client.get(reverse("mail:inbox")).content.decode()
    found = client.get(re.search(r'href="([^"]*)"><svg[^>]*><use[^>]*pencil', inbox)[1]).content.decode()
    assert f'href="?ecole={other.pk}"' in found, "the other is one touch away"
    chosen = re.search(r'aria-current="true" href="\?ecole=([^"]+)"', found)
    assert chosen and chosen[1] == str(world.schools["tilleuls"].pk)


def test_a_school_is_one_touch_away_and_a_list_where_they_are_many(world, client, monkeypatch):
    school = world.schools["saules"]
    page = world.sign_in(client, "guardian_two_schools").get(reverse("mail:choose")).content.decode()
    assert page.count('href="?ecole=') == 2 and "<select" not in page
    found = client.get(f"{reverse('mail:choose')}?ecole={school.pk}").content.decode()
    write = reverse("mail:write", args=[school.pk, world.people["teacher_other_school"].pk])
    assert write in found
    child = world.people["child_two_two"]
    form = client.get(f"{write}?enfant={child.pk}").content.decode()
    assert f'href="{reverse("mail:choose")}?ecole={school.pk}"' in form, "the way back keeps the school"
    monkeypatch.setattr(writing, "FEW", 1)
    assert "<select" in client.get(reverse("mail:choose")).content.decode()


def test_a_teacher_reads_why_a_family_is_not_in_the_list_and_a_guardian_does_not(world, client):
    why = "seuls les responsables qui ont ouvert leur compte sont là"
    assert why in world.sign_in(client, "teacher").get(reverse("mail:choose")).content.decode()
    assert why not in world.sign_in(client, "guardian").get(reverse("mail:choose")).content.decode()
