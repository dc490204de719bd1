"""A page that an adult gave back: the pulse of its pupil's tablet tells it, and the way there is short."""

import re

import pytest
from django.urls import reverse
from django.utils.timezone import now

from preau.ent.lessons import actions
from preau.ent.lessons.middleware import PATH
from preau.ent.lessons.models import Work
from tests.ent.lessons.acts import at_home, mixed, open_lesson
from tests.ent.lessons.test_works import MAKE, seated
from tests.ent.lessons.works import Sort, finish, keep, recorded

pytestmark = pytest.mark.django_db


def told(tablet):
    """How many pages were given back, as the pulse says it."""
    return tablet.get(PATH).content.decode().split()[7]


def made(device, words="Ma cabane"):
    work = keep(device, made=words).work
    return finish(device, work)


def give_back(world, work, who="teacher"):
    actions.return_work(person=world.people[who], work=work, remark="Ajoute une porte.", now=now())


def test_the_pulse_tells_who_made_it_and_nobody_else_in_one_query(world, django_assert_num_queries):
    lesson = open_lesson(world)
    device, adams = seated(world, lesson, "child_adam")
    other, linas = seated(world, lesson, "child_lina")
    work, hers = made(device), made(other)
    assert told(adams) == told(linas) == "0"
    give_back(world, work)
    with django_assert_num_queries(1):
        assert told(adams) == "1"
    assert told(linas) == "0"
    actions.invite(device=device, work_id=work.pk, pupil_id=other.pupil_id, now=now())
    assert told(linas) == "1"  # it is hers too
    give_back(world, hers)
    assert (told(adams), told(linas)) == ("1", "2")
    finish(device, work)
    assert (told(adams), told(linas)) == ("0", "1")
    actions.leave(device=device, now=now())
    assert told(adams) == "0"


def test_the_pulse_of_a_group_tells_it_too(world):
    mixed(world)
    device, tablet = seated(world, open_lesson(world, "head", "mixed"), "child_adam")
    give_back(world, made(device), "head")
    assert told(tablet) == "1"


def test_its_sign_leads_to_the_last_one_given_back_and_to_the_page_in_hand_when_there_is_none(world):
    device, tablet = seated(world, open_lesson(world), "child_adam")
    first, last = made(device), made(device, "Mon chat")
    asked = f"{MAKE}?page=rendue"
    assert tablet.get(asked).status_code == 200
    for work in (first, last):
        give_back(world, work)
    assert tablet.get(asked)["Location"] == f"{MAKE}?page={last.pk}"
    page = tablet.get(asked, follow=True).content.decode()
    assert "Ajoute une porte." in page and "data-came-back" in page
    Work.objects.filter(pk=last.pk).update(state=Work.State.FINISHED, remark="")
    assert tablet.get(asked)["Location"] == f"{MAKE}?page={first.pk}"


def test_the_last_one_given_back_comes_first_whenever_it_was_begun(world):
    device, tablet = seated(world, open_lesson(world), "child_adam")
    first, last = made(device), made(device, "Mon chat")
    card = at_home(world, "child_adam", device.lesson)

    def leads():
        """Where the home, the sign and the card at home lead."""
        home, card_home = (
            client.get(reverse(f"lessons:{name}")) for client, name in ((tablet, "home"), (card, "at_home"))
        )
        sign = tablet.get(f"{MAKE}?page=rendue")["Location"].split("=")[1]
        return {str(home.context["returned"].work.pk), sign, str(card_home.context["returned"].work.pk)}

    give_back(world, last)
    give_back(world, first)
    assert leads() == {str(first.pk)}
    finish(device, last)
    give_back(world, last)  # again
    assert leads() == {str(last.pk)}
    Work.objects.update(returned_at=None)  # given back before this was noted
    assert leads() == {str(last.pk)}


def test_a_page_of_a_tablet_holds_the_sign_hidden_until_the_pulse_says_so(world):
    device, tablet = seated(world, open_lesson(world), "child_adam")
    work = made(device)
    sign = f'href="{MAKE}?page=rendue"'
    for page in (reverse("lessons:make"), reverse("lessons:wall"), reverse("lessons:tool", args=[work.pk, "dessin"])):
        html = tablet.get(page).content.decode()
        assert html.count(sign) == 1 and "data-back-now" in html, page
    give_back(world, work)
    home = tablet.get(reverse("lessons:home")).content.decode()
    assert f'href="{MAKE}?page={work.pk}"' in home and "Ajoute une porte." in home  # in a line, to who reads
    device, small = seated(world, open_lesson(world, "head", "gs"), "child_two_one")
    give_back(world, made(device), "head")
    assert "Ajoute une porte." not in small.get(reverse("lessons:home")).content.decode()  # heard on its page


def test_who_does_not_read_hears_it_by_itself_on_the_first_page_and_the_voice_on_its_own(world, monkeypatch):
    """Of what is said by itself, the last in the page is heard (kit/spoken.js)."""
    monkeypatch.setattr("preau.media.voices.write_again", lambda content, most: (b"\xff\xf3" + bytes(900), 3))
    monkeypatch.setattr("preau.media.voices.programme", lambda: "ffmpeg")
    device, tablet = seated(world, open_lesson(world, "head", "gs"), "child_two_one")
    work, by = made(device), {"person": world.people["head"], "now": now()}
    actions.return_work(work=work, remark="", recording=(recorded(), "Voix"), **by)
    actions.settle_part(part=work.parts.get(sort=Sort.REMARK), now=now())
    assert last_heard(tablet.get(reverse("lessons:home"))) == "Ta page est revenue"
    page = tablet.get(MAKE, {"page": "rendue"}, follow=True)
    assert last_heard(page) == "Ce que dit ta maîtresse ou ton maître" and 'data-once="voix-' in page.content.decode()


def last_heard(answer):
    """Words of the last button of a page that is said by itself."""
    buttons = re.findall(r'<button[^>]*class="speak"[^>]*>', answer.content.decode())
    return re.search('data-words="([^"]+)"', [each for each in buttons if "data-first" in each][-1])[1]
