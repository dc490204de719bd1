"""A guardian reads in their language: no French sentence is left on the pages of mots but what people typed."""

import datetime
import re

import pytest
from django.urls import reverse

from preau.people.languages import WRITTEN
from preau.people.models import Account
from preau.places.models import City, Classroom, School
from tests.ent.notes.acts import answer, send
from tests.ent.posts.test_actions import picture, publish
from tests.french_left import french, read
from tests.world import TODAY

pytestmark = pytest.mark.django_db


@pytest.fixture
def pages(world):
    """One of each nature, an outing, a mot answered, a mot corrected."""
    post = publish(world, pictures=[picture(), picture()])
    soon = TODAY + datetime.timedelta(days=2)
    asked = [send(world, title=f"Titre {nature}", nature=nature) for nature in ("see", "both", "date", "text")]
    asked.append(send(world, title="Choix", nature="choice", choices=["Lundi", "Mardi"], answer_before=soon))
    hours = {"leaves_at": datetime.time(8, 30), "returns_at": datetime.time(18)}
    asked.append(send(world, title="Sortie", outing="beyond", happens_on=soon, **hours))
    signed = send(world, title="Signé")
    answer(world, signed)
    answer(world, asked[2], agreed="", on_date=soon)
    paths = [reverse("notes:note_detail", args=[note.pk]) for note in [*asked, signed]]
    Account.objects.filter(person=world.people["guardian"]).update(email="a@ecole.example")
    history = reverse("notes:child_history", args=[world.people["child_adam"].pk])
    return [
        "/aujourdhui/",
        reverse("notes:mine"),
        reverse("account_home"),
        history,
        *paths,
        reverse("account_email_code"),
        reverse("notify:devices"),
        *of_spaces(post),
    ]


def of_spaces(post):
    """What was published there, and the homes and lives of its class, its school and its city."""
    classroom = post.publication.place
    places = {"classroom": classroom, "school": classroom.school, "city": classroom.school.city}
    for kind, place in places.items():
        yield from (reverse(f"portal:{kind}_{page}", args=[place.pk]) for page in ("home", "life"))
    yield reverse("posts:post_detail", args=[post.pk])
    first, last = post.publication.pictures.order_by("pk")
    yield from (reverse("posts:picture_detail", args=[picture.pk]) for picture in (first, last))
    yield reverse("arrivals:other_child")


def choose(world, client, language, who="guardian"):
    client = world.sign_in(client, who)
    sent = client.post(
        reverse("language_choose"), {"language": language}, headers={"referer": "http://testserver/mots/"}
    )
    assert (sent.status_code, sent.headers["Location"]) == (302, "/mots/")
    return client


@pytest.mark.once  # the words are the same on any base
@pytest.mark.parametrize("language", list(WRITTEN))
def test_no_french_is_left_on_the_pages_where_a_family_reads_and_answers(world, client, pages, language):
    client = choose(world, client, "")
    in_french = {path: set(read(client, path, "fr").found) for path in pages}
    names = {text for person in world.people.values() for text in (person.first_name, person.full_name)}
    names |= {str(place) for model in (Classroom, School, City) for place in model.objects.all()}
    names |= {school.full_name for school in School.objects.all()}
    choose(world, client, language)
    for path in pages:
        page = read(client, path, language)
        assert page.page["lang"] == language and page.page.get("dir", "ltr") == ("rtl" if language == "ar" else "ltr")
        said = [re.sub("|".join(map(re.escape, sorted(names, key=len, reverse=True))), "", text) for text in page.found]
        assert french([text for text in said if text], language, in_french[path]) == [], path
    refused = client.post(
        reverse("notes:answer_create", args=[pages[5].split("/")[2], world.people["child_adam"].pk]), {}
    )
    assert refused.status_code == 422
