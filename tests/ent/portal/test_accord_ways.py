"""The ways by which what a class did goes further: its week told to families, its pupils' texts, the newspaper of its
school. By none of them is a picture shown where a child without accord is marked."""

import random
import re

import pytest
from django.urls import reverse

from preau.ent.posts import actions as posts
from preau.ent.posts.models import Post, Scope
from preau.ent.writings import actions as writings
from preau.ent.writings.models import KIND, Writing
from preau.kit.answers import Conflict
from preau.media.models import Marking, Picture
from preau.spaces.audiences import keys
from preau.spaces.models import Publication, Reach
from tests.ent.posts.test_accords import ATTEMPTS, attempts
from tests.ent.posts.test_actions import NOW
from tests.world import TODAY

TRIED = 40  # of each way; all that are of a class under --corpora
SHOWN = re.compile(r'src="/photos/([0-9a-f-]{36})/')


def of_class(world, seed):
    """[(publication, post, picture, marked, whether it may be shown)] of those attempts that are for the class."""
    made = [one for one in attempts(world, random.Random(seed)) if one[1].scope == Scope.CLASS]
    assert len(made) > ATTEMPTS / 5
    return made


def kept(made, **more):
    """Their rows, as if everything had been allowed: accords are taken back after a picture went out too."""
    for publication, *_ in made:
        for name, value in more.items():
            setattr(publication, name, value)
    Publication.objects.bulk_create(one[0] for one in made)
    Picture.objects.bulk_create(one[2] for one in made)
    Marking.objects.bulk_create(
        Marking(picture=row, child=child, marked_at=NOW) for _, _, row, marked, _ in made for child in marked
    )


def test_a_week_told_to_families_leads_to_no_picture_of_a_marked_child_without_accord(world, client, pytestconfig):
    most = None if pytestconfig.getoption("--corpora") else TRIED
    made = of_class(world, 1)[:most]
    kept(made, state="published", published_at=NOW)
    Post.objects.bulk_create(one[1] for one in made)
    audiences = keys(world.classrooms["cpb"])
    Reach.objects.bulk_create(Reach(publication=one[0], audience=key, at=NOW) for one in made for key in audiences)
    said = {"person": world.people["teacher"], "classroom": world.classrooms["cpb"], "text": "Notre semaine."}
    week = posts.tell_week(**said, week=TODAY, told=[one[0] for one in made], now=NOW)
    page = world.sign_in(client, "guardian").get(reverse("posts:post_detail", args=[week.pk])).content.decode()
    assert SHOWN.findall(page) == []  # words that lead there
    seen = set()
    for _, post, row, _, may in made:
        address = reverse("posts:post_detail", args=[post.pk])
        assert address in page
        shown = set(SHOWN.findall(client.get(address).content.decode()))
        assert shown == ({str(row.pk)} if may else set()), (shown, may)
        seen.add(may)
    assert seen == {True, False}


def test_no_text_of_a_pupil_takes_such_a_picture_to_the_class_nor_to_the_newspaper(world, client, pytestconfig):
    most = None if pytestconfig.getoption("--corpora") else TRIED
    made = of_class(world, 2)[:most]
    kept(made, kind=KIND, state="waiting", author=world.people["pupil_cm2"])
    teacher, out = world.people["teacher"], set()
    for publication, _, _, marked, may in made:
        text = {"title": "Les poules", "text": "Elles pondent.", "version": 1}
        writing = Writing.objects.create(publication=publication, given_at=NOW, changed_at=NOW, **text)
        go = {"person": teacher, "writing": writing, "no_child_declared": True, "now": NOW}
        if may:
            writings.publish(**go, **text)
            writings.put_in_journal(person=teacher, writing=writing, is_in=True, now=NOW)
            out.add(bool(marked))
        else:
            with pytest.raises(Conflict, match="sans accord"):
                writings.publish(**go, **text)
    gone = Publication.objects.filter(state="published").values_list("pk", flat=True)
    assert set(gone) == {one[0].pk for one in made if one[4]} and out == {True, False}
    Marking.objects.all().delete()  # and, whatever was said of them, the newspaper shows no picture
    page = reverse("writings:school_journal", args=[world.schools["tilleuls"].pk])
    newspaper = world.sign_in(client, "guardian").get(page).content.decode()
    assert "Les poules" in newspaper and SHOWN.findall(newspaper) == []
