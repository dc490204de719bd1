"""The videos of a class on the wall of its tablets: none plays by itself, LSF is beside or first."""

import re

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.timezone import now

from preau.ent.posts import actions as posts
from preau.ent.posts.models import PostVideo, Scope
from preau.kit.pages.pupils import Arrangement
from preau.schools.actions import arrange_display
from preau.spaces import actions as spaces
from tests.ent.lessons.acts import enter, join, open_lesson
from tests.ent.posts.test_actions import publish
from tests.rights.videos import ready

pytestmark = pytest.mark.django_db
FILMS = re.compile(r'src="(/publications/videos/[^"]+)"')


@pytest.fixture
def tablet(world):
    client = Client()
    device = join(open_lesson(world), client, accepted_by=world.people["teacher"])
    return enter(client, device, world.people["child_adam"])


def wall(client):
    return client.get(reverse("lessons:wall")).content.decode()


def address(video):
    return reverse("posts:post_video", args=[video.pk])


def test_the_wall_shows_videos_that_wait_to_be_asked_with_what_one_hears(world, tablet):
    post = publish(world, text="La chorale.")
    video = ready(post, heard="On chante <b>fort</b>.")
    html = wall(tablet)
    assert FILMS.findall(html) == [address(video)]
    assert html.count('<video controls preload="none"') == 1 and "autoplay" not in html and "#lsf-" not in html
    assert "On chante &lt;b&gt;fort&lt;/b&gt;." in html and "data-plays" in html and "Regarder" in html
    given = tablet.get(address(video), headers={"range": "bytes=0-1"})
    assert given.status_code == 206 and given.getvalue() == b"fi"
    assert tablet.get(reverse("posts:video_poster", args=[video.pk])).getvalue()[:4] == b"RIFF"
    elsewhere = {"place": world.classrooms["cm2"], "scope": Scope.CLASS, "text": "Au CM2.", "now": now()}
    other = ready(posts.publish_post(person=world.people["teacher_other_class"], **elsewhere))
    assert tablet.get(address(other)).status_code == 404 and address(other) not in wall(tablet)
    PostVideo.objects.filter(pk=video.pk).update(ready_at=None)
    assert "<video" not in wall(tablet) and "La chorale." in wall(tablet)
    PostVideo.objects.filter(pk=video.pk).update(ready_at=now())
    spaces.withdraw(person=world.people["teacher"], publication=post.publication, now=now())
    assert "<video" not in wall(tablet) and tablet.get(address(video)).status_code == 404


def test_lsf_is_one_touch_away_and_first_for_who_asks_so(world, tablet):
    post = publish(world, text="La chorale.")
    both = [ready(post), ready(post, heard="", is_in_lsf=True)]
    html = wall(tablet)
    assert FILMS.findall(html) == [address(video) for video in both]
    assert 'href="#lsf-1"' in html and 'class="film until-asked" id="lsf-1"' in html
    assert 'data-key="in-lsf"' in html and 'data-key="change-places"' in html
    waits = reverse("posts:video_poster", args=[both[1].pk])
    assert f'data-poster="{waits}"' in html and f' poster="{waits}"' not in html
    arrangement = Arrangement(signs_first=True)
    adam = world.people["child_adam"]
    arrange_display(person=world.people["teacher"], pupil=adam, arrangement=arrangement, now=now())
    html = wall(tablet)
    assert FILMS.findall(html) == [address(video) for video in reversed(both)]
    assert "until-asked" not in html and "#lsf-1" not in html and f' poster="{waits}"' in html


def test_videos_cost_the_wall_one_query_and_weigh_as_photos_do(world, tablet, django_assert_max_num_queries):
    for number in range(5):
        post = publish(world, text=f"Film {number}")
        ready(post)
        ready(post, is_in_lsf=True)
    wall(tablet)  # what a process keeps is read once
    with django_assert_max_num_queries(10):
        html = wall(tablet)
    assert len(FILMS.findall(html)) == 8 and 'href="?suite=4"' in html  # three photos each: twelve at most
    assert "Film 4" in html and "Film 0" not in html
    assert "Film 0" in tablet.get(reverse("lessons:wall") + "?suite=4").content.decode()
