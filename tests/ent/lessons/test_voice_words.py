"""What a child says is written by who reads it over, and read wherever the voice is heard (users.md, rule 8)."""

import io
import zipfile

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.timezone import now
from pypdf import PdfReader

from preau.ent.lessons import actions
from preau.ent.lessons.models import Goal, Work
from preau.ent.portfolio import actions as notebooks
from preau.ent.portfolio.models import Page, Piece
from preau.ent.posts import actions as posts
from preau.ent.posts.models import PostFile
from preau.kit.answers import Conflict
from preau.media.models import Accord
from preau.people.models import Person
from preau.schools.models import PupilDisplay
from tests.ent.lessons.acts import open_lesson
from tests.ent.lessons.test_works import body, seated
from tests.ent.lessons.works import Sort, finish, keep, recorded
from tests.ent.portfolio.test_taking import taken
from tests.ent.posts.test_accords import agree

pytestmark = pytest.mark.django_db
VOICE, SAYS = b"\xff\xf3" + bytes(900), "Ma cabane est <b>haute</b>."
SEEN = "Ma cabane est &lt;b&gt;haute&lt;/b&gt;."


@pytest.fixture
def voice(world, monkeypatch):
    """Of Adam, finished and ready: (its part, his tablet)."""
    monkeypatch.setattr("preau.media.voices.write_again", lambda content, most: (VOICE, 3))
    monkeypatch.setattr("preau.media.voices.programme", lambda: "ffmpeg")
    device, tablet = seated(world, open_lesson(world, title="Dis ta cabane", activity="page"), "child_adam")
    part = keep(device, sort=Sort.VOICE, made=recorded())
    actions.settle_part(part=part, now=now())
    finish(device, part.work)
    part.refresh_from_db()
    return part, tablet


def sent(part, words=SAYS, **more):
    return {"version": part.work.version, f"heard-{part.pk.hex}": words} | more


def test_what_one_hears_follows_the_voice_to_the_notebook_and_all_that_comes_of_it(world, client, voice):
    part, tablet = voice
    world.sign_in(client, "teacher")
    assert f'name="heard-{part.pk.hex}"' in body(client.get(reverse("lessons:work", args=[part.work_id])))
    client.post(reverse("lessons:work_showing", args=[part.work_id]), sent(part))
    notebooks.settle_pieces(now=now())
    piece = Piece.objects.get()
    assert piece.heard == SAYS and piece.page.state == Page.State.APPROVED
    family = body(
        world.sign_in(Client(), "guardian").get(reverse("portfolio:child_notebook", args=[piece.page.child_id]))
    )
    for page in (family, body(tablet.get(reverse("lessons:mine"))), body(tablet.get(reverse("lessons:listen")))):
        assert page.count(SEEN) == 1 and reverse("portfolio:piece", args=[piece.pk]) in page
    kept = zipfile.ZipFile(io.BytesIO(taken(world, client)[1]))
    assert kept.read("index.html").decode().count(SEEN) == 1 and SAYS in kept.read("textes.txt").decode()
    words = PdfReader(io.BytesIO(kept.read("cahier.pdf"))).pages[0].extract_text()
    assert f"Ce qu’on y entend\u00a0: {SAYS}" in words.replace(" :", "\u00a0:")


def test_who_speaks_and_where_it_goes_are_said_by_the_name(world, client, voice):
    part, tablet = voice
    Person.objects.filter(pk=part.by_id).update(first_name="Adam")
    page = reverse("lessons:work", args=[part.work_id])
    world.sign_in(client, "teacher")
    for seen in (client.get(page), tablet.get(f"{reverse('lessons:make')}?page={part.work_id}")):
        assert 'aria-label="Voix d’Adam"' in body(seen)
    shown = client.post(reverse("lessons:work_showing", args=[part.work_id]), sent(part), follow=True)
    assert "dans le cahier d’Adam" in body(shown) and "dans le cahier d’Adam" in body(client.get(page))


def test_the_word_about_children_speaks_of_what_the_page_holds(world, client, voice):
    part, _ = voice
    Work.objects.update(goal=Goal.CLASS)
    page = reverse("lessons:work", args=[part.work_id])
    html = body(world.sign_in(client, "teacher").get(page))
    assert "Aucun enfant sans accord ne s’entend sur cette page" in html and "reconnaissable" not in html


def test_where_a_pupil_reads_what_is_said_it_is_asked_and_what_was_typed_stays(world, client, voice):
    part, tablet = voice
    PupilDisplay.objects.create(pupil=world.people["child_adam"], signs_first=True)
    world.sign_in(client, "teacher")
    assert "Un élève lit ce qui se dit" in body(client.get(reverse("lessons:work", args=[part.work_id])))
    for verb in ("work_showing", "work_keeping"):
        answer = client.post(
            reverse(f"lessons:{verb}", args=[part.work_id]), sent(part) | {f"heard-{part.pk.hex}": " "}
        )
        assert answer.status_code == 422 and "Écrivez ce qu’on entend" in body(answer)
        answer = client.post(reverse(f"lessons:{verb}", args=[part.work_id]), sent(part, version=0))
        assert answer.status_code == 422 and SEEN in body(answer)  # the page changed since: nothing typed is lost
    with pytest.raises(Conflict, match="Écrivez ce qu’on entend"):
        actions.show_work(person=world.people["teacher"], work=part.work, now=now())
    client.post(reverse("lessons:work_keeping", args=[part.work_id]), sent(part))
    part.refresh_from_db()
    assert part.heard == SAYS and Work.objects.get().state == Work.State.KEPT
    assert SEEN in body(client.get(reverse("lessons:work", args=[part.work_id])))
    assert SEEN in body(tablet.get(f"{reverse('lessons:make')}?page={part.work_id}"))


def test_in_the_class_page_it_is_asked_for_who_reads_there_and_families_read_it(world, client, voice):
    part, _ = voice
    Work.objects.update(goal=Goal.CLASS)
    agree(world, kinds=(Accord.Kind.VOICE,))
    PupilDisplay.objects.create(pupil=world.people["child_lina"], has_subtitles=True)
    page = reverse("lessons:work_showing", args=[part.work_id])
    world.sign_in(client, "teacher")
    answer = client.post(page, sent(part, words="", no_child="on", goal="class"))
    assert answer.status_code == 422 and not PostFile.objects.exists()
    client.post(page, sent(part, no_child="on", goal="class"))
    posts.settle_files(now=now())
    file = PostFile.objects.get()
    assert file.heard == SAYS
    seen = body(world.sign_in(client, "guardian").get(reverse("posts:post_detail", args=[file.post_id])))
    assert seen.count(SEEN) == 1 and "Ce qu’on y entend" in seen
