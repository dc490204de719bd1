"""The charter of use: shown to a pupil before their first home, found again from it, in a child's words."""

import re

import pytest
from django.urls import reverse

from preau.people.models import Account

pytestmark = pytest.mark.django_db
HOME, CHARTER, SHOWN = "/aujourdhui/", reverse("pupil_charter"), reverse("pupil_charter_shown")


def test_a_pupil_reads_it_once_before_their_home_and_finds_it_there(world, client):
    Account.objects.filter(pk=world.account("pupil_cm2").pk).update(notice_version="")
    world.sign_in(client, "pupil_cm2")
    assert client.get(HOME).headers["Location"] == CHARTER
    assert SHOWN in client.get(CHARTER).content.decode()
    client.post(SHOWN)
    home = client.get(HOME).content.decode()
    assert f'href="{CHARTER}"' in home and SHOWN not in client.get(CHARTER).content.decode()


def test_nobody_else_owes_it_and_a_press_writes_nothing_of_theirs(world, client):
    before = world.account("guardian").notice_version
    world.sign_in(client, "guardian")
    assert SHOWN not in client.get(CHARTER).content.decode()
    client.post(SHOWN)
    assert Account.objects.get(pk=world.account("guardian").pk).notice_version == before
    assert client.get(HOME).status_code == 200


def test_its_sentences_are_a_child_s(client):
    said = client.get(CHARTER).content.decode().partition("<main")[2].partition("</main>")[0]
    lines = [re.sub("<[^>]+>", "", line) for line in re.findall(r"<(?:li|p)>(.*?)</(?:li|p)>", said)]
    sentences = [one for line in lines for one in re.split("[.?]", line)]
    assert len(sentences) > 12 and max(len(one.split()) for one in sentences) <= 12
    assert not re.search(r"\b(vous avez|votre|vos)\b", said)


def test_each_part_is_read_aloud_and_nothing_is_said_that_no_source_says(client):
    page = client.get(CHARTER).content.decode()
    listened = re.findall(r'data-listen="([^"]+)"', page)
    assert len(listened) == page.count("<section") == 3 and "kit/aloud" in page
    assert all(f'id="{name}" lang="fr"' in page for name in listened)
    assert "gratuit" not in page
