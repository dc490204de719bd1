"""Who reads pages in another language is told once, on each page that shows what a school wrote, that it is French."""

import pytest
from django.urls import reverse
from django.utils.translation import gettext, override

from tests.ent.homework.acts import assign
from tests.ent.portfolio.acts import write
from tests.ent.posts.test_actions import publish
from tests.ent.posts.test_views import life_url

pytestmark = [pytest.mark.django_db, pytest.mark.once]  # which words a page says does not depend on the base
SAID = "Ce que l’école écrit ici est en français. Ce n’est pas traduit."


@pytest.mark.parametrize("language", ["ar", "en"])
def test_what_the_school_writes_is_said_to_be_in_french(world, client, language):
    post, guardian = publish(world, text="La cour est verte."), world.people["guardian"]
    notebook = write(world)[0].child_id
    assign(world)
    pages = [
        reverse("today"), life_url(world), reverse("posts:post_detail", args=[post.pk]), reverse("homework:mine"),
        reverse("portfolio:child_notebook", args=[notebook]),
    ]  # fmt: skip
    with override(language):
        said = gettext(SAID)
    assert said != SAID
    world.sign_in(client, "guardian")
    assert not any(SAID in client.get(page, follow=True).text for page in pages)
    guardian.reading_language = language
    guardian.save()
    assert [client.get(page, follow=True).text.count(said) for page in pages] == [1] * len(pages)
